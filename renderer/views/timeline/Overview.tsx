/** The stream as a strip: ticks of both ends in time, silences, and the part that the ladder shows. */
import { memo, useMemo, useRef, type PointerEvent } from 'react';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import styles from './Overview.module.css';
import { foldFromNs } from './ladder-layout.ts';
import { nearestMark, overviewMarks, silentStretches, type OverviewMark } from './overview-model.ts';
import { roundTimes, roundTimeText, unitFor } from './time-text.ts';

export interface OverviewProps {
  readonly timeline: StreamTimeline;
  /** Time range that the ladder shows now. */
  readonly fromNs: number;
  readonly toNs: number;
  readonly onGoTo: (packet: number) => void;
}

const pixelsPerAxisLabel = 80;

export function Overview({ timeline, fromNs, toNs, onGoTo }: OverviewProps) {
  const [strip, width] = useElementWidth<HTMLDivElement>(800);
  const dragged = useRef(0);
  const marks = useMemo(() => overviewMarks(timeline), [timeline]);
  const silences = useMemo(() => silentStretches(marks, timeline.durationNs, foldFromNs, 0.12), [marks, timeline.durationNs]);
  const whole = Math.max(1, timeline.durationNs);
  const unit = unitFor(timeline.durationNs);
  const go = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const mark = nearestMark(marks, (event.clientX - box.left) / Math.max(1, box.width));
    if (mark !== null && mark.packet !== dragged.current) onGoTo(mark.packet);
    dragged.current = mark?.packet ?? 0;
  };
  return (
    <div className={styles.overview} aria-hidden>
      <span className={styles.name} style={{ top: 8 }}>
        client
      </span>
      <span className={styles.name} style={{ top: 21 }}>
        server
      </span>
      <div
        ref={strip}
        className={styles.strip}
        onPointerDown={(event) => {
          dragged.current = 0;
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) go(event);
        }}
      >
        {silences.map((silence) => (
          <div key={silence.from} className={styles.silence} style={{ left: silence.from * width + 4, width: (silence.to - silence.from) * width - 8 }}>
            {(silence.to - silence.from) * width > 110 && <span>{formatDuration(silence.ns)} silent</span>}
          </div>
        ))}
        <Ticks marks={marks} width={width} />
        <div className={styles.window} style={{ left: (Math.max(0, fromNs) / whole) * width - 6, width: Math.max(12, ((Math.min(toNs, whole) - Math.max(0, fromNs)) / whole) * width + 12) }} />
        {roundTimes(timeline.durationNs, Math.floor(width / pixelsPerAxisLabel)).map((time) => (
          <span key={time} className={styles.time} style={{ left: (time / whole) * width }}>
            {roundTimeText(unit, time)}
          </span>
        ))}
      </div>
    </div>
  );
}

const Ticks = memo(function Ticks({ marks, width }: { readonly marks: readonly OverviewMark[]; readonly width: number }) {
  return (
    <svg className={styles.ticks} width={width} height={36}>
      <path className={styles.sent} d={ticks(marks, width, (mark) => !mark.isTrouble && mark.client, 8) + ticks(marks, width, (mark) => !mark.isTrouble && mark.server, 21)} />
      <path className={styles.trouble} d={ticks(marks, width, (mark) => mark.isTrouble && mark.client, 8) + ticks(marks, width, (mark) => mark.isTrouble && mark.server, 21)} />
    </svg>
  );
});

function ticks(marks: readonly OverviewMark[], width: number, wanted: (mark: OverviewMark) => boolean, top: number): string {
  return marks.filter(wanted).map((mark) => `M${(mark.x * width).toFixed(1)} ${top}v11`).join('');
}
