/** The words along the arrows, at the sender's end: packet, name, arithmetic. */
import { memo, useMemo } from 'react';
import type { StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { cx } from '../../ui/cx.ts';
import styles from './Labels.module.css';
import type { Arrow } from './ladder-layout.ts';
import { severityOf } from './segment-facts.ts';
import { analysisText, segmentArithmetic, segmentName, type SegmentsByPacket } from './segment-labels.ts';

export interface LabelsProps {
  readonly timeline: StreamTimeline;
  readonly arrows: readonly Arrow[];
  readonly fieldWidth: number;
  readonly selectedPacket: number | null;
  readonly onSelectPacket: (packet: number) => void;
  readonly onShowPacket: (packet: number) => void;
}

export function labelId(packet: number): string {
  return `segment-${packet}`;
}

export function Labels({ timeline, arrows, fieldWidth, selectedPacket, onSelectPacket, onShowPacket }: LabelsProps) {
  const byPacket = useMemo(() => new Map(timeline.segments.map((segment) => [segment.packet, segment])), [timeline]);
  return arrows.map((arrow) => {
    const segment = timeline.segments[arrow.index];
    if (segment === undefined) return null;
    return (
      <Label
        key={segment.packet}
        segment={segment}
        arrow={arrow}
        place={timeline.firstShown + arrow.index + 1}
        count={timeline.totalSegments}
        byPacket={byPacket}
        fieldWidth={fieldWidth}
        selected={segment.packet === selectedPacket}
        onSelectPacket={onSelectPacket}
        onShowPacket={onShowPacket}
      />
    );
  });
}

interface LabelProps extends Pick<LabelsProps, 'fieldWidth' | 'onSelectPacket' | 'onShowPacket'> {
  readonly segment: TimelineSegment;
  readonly arrow: Arrow;
  /** 1-based place in the stream. */
  readonly place: number;
  readonly count: number;
  readonly byPacket: SegmentsByPacket;
  readonly selected: boolean;
}

const inset = 10;
/** Below this labels of both ends would meet: the sums wait until a segment is selected or pointed at. */
const roomForSums = 480;

/** Kept as it is while others scroll in and out. */
const Label = memo(function Label({ segment, arrow, place, count, byPacket, fieldWidth, selected, onSelectPacket, onShowPacket }: LabelProps) {
  const fall = (arrow.endY - arrow.startY) / Math.max(1, fieldWidth);
  const angle = Math.atan(fall) * (arrow.fromClient ? 1 : -1);
  const severity = severityOf(segment);
  const name = segmentName(segment);
  const arithmetic = segmentArithmetic(segment, byPacket);
  const trouble = analysisText(segment);
  return (
    <div
      id={labelId(segment.packet)}
      role="option"
      aria-selected={selected}
      aria-posinset={place}
      aria-setsize={count}
      aria-label={spoken(segment, name, arithmetic, arrow.fate)}
      title={[trouble, segment.content].filter((text) => text !== '').join('\n') || undefined}
      className={cx(styles.label, arrow.fromClient ? styles.left : styles.right, arrow.fate === 'lost' && styles.lost, selected && styles.selected, fieldWidth < roomForSums && styles.brief)}
      style={{ top: arrow.startY + inset * fall, transform: `rotate(${angle}rad) translateY(calc(-100% - 2px))` }}
      onClick={() => onSelectPacket(segment.packet)}
      onDoubleClick={() => onShowPacket(segment.packet)}
    >
      {severity !== null && <SeverityIcon severity={severity} size={13} />}
      <span className={styles.packet}>{segment.packet}</span>
      <b>{name}</b>
      <span className={styles.sum}>{arithmetic}</span>
    </div>
  );
});

function spoken(segment: TimelineSegment, name: string, arithmetic: string, fate: Arrow['fate']): string {
  const way = segment.fromClient ? 'client to server' : 'server to client';
  const answer = segment.acknowledgedBy > 0 ? `, acknowledged by packet ${segment.acknowledgedBy}` : '';
  const trouble = analysisText(segment);
  return `Packet ${segment.packet}, ${way}, ${name}, ${arithmetic}, at ${formatDuration(segment.timeNs)}${fate === 'arrives' ? '' : fate === 'lost' ? ', lost' : ', not answered'}${answer}${trouble === '' ? '' : `, ${trouble}`}`;
}
