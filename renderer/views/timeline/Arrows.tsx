/** The lines of the ladder. Facts about them are in the labels, so screen readers skip this. */
import { CircleHelp, CircleX } from 'lucide-react';
import { memo } from 'react';
import type { StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';
import { cx } from '../../ui/cx.ts';
import styles from './Arrows.module.css';
import { markShare, type Arrow } from './ladder-layout.ts';
import { RST } from './segment-facts.ts';

export interface ArrowsProps {
  readonly timeline: StreamTimeline;
  readonly arrows: readonly Arrow[];
  readonly fieldWidth: number;
  readonly selectedPacket: number | null;
  readonly onSelectPacket: (packet: number) => void;
  readonly onShowPacket: (packet: number) => void;
}

export function Arrows({ timeline, arrows, fieldWidth, selectedPacket, onSelectPacket, onShowPacket }: ArrowsProps) {
  if (arrows.length === 0) return null;
  // The drawing begins near what it holds, in steps, so that lines keep their numbers while one scrolls.
  const top = Math.floor(arrows.reduce((least, arrow) => Math.min(least, arrow.startY), Number.POSITIVE_INFINITY) / originStep) * originStep;
  const bottom = arrows.reduce((most, arrow) => Math.max(most, arrow.endY), 0) + 20;
  return (
    <>
      <svg className={styles.lines} style={{ top }} width={fieldWidth} height={bottom - top} aria-hidden>
        {arrows.map((arrow) => {
          const segment = timeline.segments[arrow.index];
          if (segment === undefined) return null;
          return <Line key={segment.packet} arrow={arrow} segment={segment} top={top} width={fieldWidth} selected={segment.packet === selectedPacket} onSelectPacket={onSelectPacket} onShowPacket={onShowPacket} />;
        })}
      </svg>
      {arrows
        .filter((arrow) => arrow.fate !== 'arrives')
        .map((arrow) => (
          <span key={arrow.index} className={cx(styles.mark, styles[arrow.fate])} style={{ top: arrow.startY + markShare * (arrow.endY - arrow.startY), left: (arrow.fromClient ? markShare : 1 - markShare) * fieldWidth }} aria-hidden>
            {arrow.fate === 'lost' ? <CircleX size={14} /> : <CircleHelp size={14} />} {arrow.fate === 'lost' ? 'lost' : 'no answer'}
          </span>
        ))}
    </>
  );
}

const originStep = 4000;

interface LineProps extends Pick<ArrowsProps, 'onSelectPacket' | 'onShowPacket'> {
  readonly arrow: Arrow;
  readonly segment: TimelineSegment;
  readonly top: number;
  readonly width: number;
  readonly selected: boolean;
}

/** What was lost ends at its mark, clear of its own label: where on the way it was lost nobody knows. */
function lostShare(width: number): number {
  return Math.max(0.1, markShare - 50 / Math.max(1, width));
}

/** Kept as it is while others scroll in and out. */
const Line = memo(function Line({ arrow, segment, top, width, selected, onSelectPacket, onShowPacket }: LineProps) {
  const share = arrow.fate === 'arrives' ? 1 : lostShare(width);
  const x1 = arrow.fromClient ? 0 : width;
  const x2 = arrow.fromClient ? share * width : width - share * width;
  const y1 = arrow.startY - top;
  const y2 = y1 + share * (arrow.endY - arrow.startY);
  const kind = arrow.fate !== 'arrives' ? cx(styles.endless, styles[arrow.fate]) : (segment.flags & RST) !== 0 ? styles.reset : segment.payloadLength > 0 ? styles.data : undefined;
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  return (
    <g className={cx(styles.line, kind, selected && styles.selected)} onClick={() => onSelectPacket(segment.packet)} onDoubleClick={() => onShowPacket(segment.packet)}>
      <line className={styles.target} x1={x1} y1={y1} x2={x2} y2={y2} />
      <line x1={x1} y1={y1} x2={x2} y2={y2} />
      {arrow.fate === 'arrives' && <path d="M0 0l-9 -5v10z" transform={`translate(${x2} ${y2}) rotate(${angle})`} />}
    </g>
  );
});
