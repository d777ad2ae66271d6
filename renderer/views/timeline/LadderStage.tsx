/** The ladder: both ends with their states, and every segment as an arrow between them. Draws only what is in sight. */
import { Clock } from 'lucide-react';
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { Arrows } from './Arrows.tsx';
import { Labels, labelId } from './Labels.tsx';
import { Lane } from './Lane.tsx';
import styles from './LadderStage.module.css';
import { layOutLane } from './lane-layout.ts';
import type { Arrow, LadderLayout } from './ladder-layout.ts';
import { endDistances } from './ladder-timing.ts';
import { decimalsFor, timeIn, unitFor } from './time-text.ts';

export interface LadderStageProps {
  readonly timeline: StreamTimeline;
  readonly layout: LadderLayout;
  readonly selectedPacket: number | null;
  /** Packet to bring into sight once, for example after a jump; 0 for none. */
  readonly sought: number;
  readonly onSelectPacket: (packet: number) => void;
  readonly onShowPacket: (packet: number) => void;
  readonly onViewport: (first: number, last: number) => void;
}

/** Drawn above and below what is in sight, so that scrolling never shows an empty place. */
const margin = 300;
const scrollStep = 100;

export const LadderStage = memo(function LadderStage(props: LadderStageProps) {
  const { timeline, layout, selectedPacket, sought, onViewport } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 1200 });
  const [field, fieldWidth] = useElementWidth<HTMLDivElement>(560);
  const isSmall = layout.height < 1500;

  const onScroll = useCallback((): void => {
    const element = scroller.current;
    if (element === null) return;
    const from = Math.floor(element.scrollTop / scrollStep) * scrollStep;
    const to = Math.ceil((element.scrollTop + element.clientHeight) / scrollStep) * scrollStep;
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, []);

  useLayoutEffect(onScroll, [onScroll, layout]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onScroll]);

  useLayoutEffect(() => bringIntoSight(scroller.current, timeline, layout, selectedPacket ?? 0), [timeline, layout, selectedPacket]);
  useLayoutEffect(() => bringIntoSight(scroller.current, timeline, layout, sought), [timeline, layout, sought]);

  const visible = useMemo(
    () => (isSmall ? layout.arrows : layout.arrows.filter((arrow) => Math.max(arrow.startY, arrow.endY) >= range.from - margin && arrow.startY <= range.to + margin)),
    [isSmall, layout, range],
  );
  useEffect(() => {
    const inSight = layout.arrows.filter((arrow) => arrow.startY >= range.from && arrow.startY <= range.to);
    const [first] = inSight;
    const last = inSight.at(-1);
    if (first !== undefined && last !== undefined) onViewport(first.index, last.index);
  }, [layout, range, onViewport]);

  const shown = { timeline, arrows: visible, fieldWidth, selectedPacket };
  return (
    <div ref={scroller} className={styles.scroller} onScroll={onScroll}>
      <StageHead timeline={timeline} />
      <div className={styles.stage} style={{ height: layout.height }}>
        <Axis timeline={timeline} layout={layout} from={isSmall ? 0 : range.from - margin} to={isSmall ? layout.height : range.to + margin} />
        <Lanes timeline={timeline} layout={layout} />
        <i className={styles.clientLine} />
        <i className={styles.serverLine} />
        <div ref={field} className={styles.field}>
          <Arrows {...shown} onSelectPacket={props.onSelectPacket} onShowPacket={props.onShowPacket} />
          <SegmentList {...props} arrows={visible} fieldWidth={fieldWidth} />
        </div>
        {layout.folds.map((fold) => (
          <div key={fold.y} className={styles.fold} style={{ top: fold.y }}>
            <span>
              <Clock size={14} aria-hidden /> {fold.reason}: {formatDuration(fold.silentNs)} folded
            </span>
          </div>
        ))}
        <div className={styles.end} style={{ top: layout.height - 18 }}>
          <span>{endText(timeline)}</span>
        </div>
      </div>
    </div>
  );
});

function endText(timeline: StreamTimeline): string {
  const isLast = timeline.firstShown + timeline.segments.length >= timeline.totalSegments;
  return isLast ? `last packet of the stream, after ${formatDuration(timeline.durationNs)}` : `${timeline.totalSegments - timeline.firstShown - timeline.segments.length} more segments follow: choose a later place in the strip above`;
}

/** Scrolls just as far as needed, with the head and a line of surroundings in mind. */
function bringIntoSight(element: HTMLElement | null, timeline: StreamTimeline, layout: LadderLayout, packet: number): void {
  const arrow = packet === 0 ? undefined : layout.arrows.find((candidate) => timeline.segments[candidate.index]?.packet === packet);
  if (element === null || arrow === undefined) return;
  const top = arrow.startY - 30;
  const bottom = Math.max(arrow.startY, arrow.endY) + headHeight + 20;
  if (top < element.scrollTop || bottom > element.scrollTop + element.clientHeight) {
    const isFar = Math.abs(top - element.scrollTop) > element.clientHeight * 1.5;
    element.scrollTop = isFar ? top - element.clientHeight / 3 : top < element.scrollTop ? top : bottom - element.clientHeight;
  }
}

const headHeight = 34;

const vantageNotes: Readonly<Record<StreamTimeline['vantage'], readonly [client: string, server: string]>> = {
  client: ['fact', '½ RTT estimated'],
  server: ['½ RTT estimated', 'fact'],
  middle: ['estimated', 'estimated'],
  unknown: ['as captured', 'as captured'],
};

function StageHead({ timeline }: { readonly timeline: StreamTimeline }) {
  const [clientNote, serverNote] = vantageNotes[timeline.vantage];
  return (
    <div className={styles.head}>
      <div className={styles.unit}>{unitFor(timeline.durationNs).name}</div>
      <div>
        <b>Client</b>
        <small>{timeline.clientKnown ? 'states' : 'by its port'}</small>
      </div>
      <div className={styles.ends}>
        <span>
          <b>{timeline.client.address}</b>
          <small>
            port {timeline.client.port} · {clientNote}
          </small>
        </span>
        <span>
          <b>{timeline.server.address}</b>
          <small>
            port {timeline.server.port} · {serverNote}
          </small>
        </span>
      </div>
      <div>
        <b>Server</b>
        <small>{timeline.clientKnown ? 'states' : 'by its port'}</small>
      </div>
    </div>
  );
}

function Axis({ timeline, layout, from, to }: { readonly timeline: StreamTimeline; readonly layout: LadderLayout; readonly from: number; readonly to: number }) {
  const unit = unitFor(timeline.durationNs);
  const { segments } = timeline;
  const decimals = decimalsFor(unit, ((segments.at(-1)?.timeNs ?? 0) - (segments[0]?.timeNs ?? 0)) / Math.max(1, segments.length));
  return (
    <div className={styles.axis} aria-hidden>
      {layout.axis
        .filter((label) => label.y >= from && label.y <= to)
        .map((label) => (
          <span key={label.y} style={{ top: label.y }}>
            {timeIn(unit, label.timeNs, decimals)}
          </span>
        ))}
    </div>
  );
}

function Lanes({ timeline, layout }: { readonly timeline: StreamTimeline; readonly layout: LadderLayout }) {
  const lanes = useMemo(() => {
    const distances = endDistances(timeline);
    const { vantage } = timeline;
    const uncertain = (end: 'client' | 'server'): number | null => (distances === null ? null : vantage === end ? 0 : end === 'client' ? distances.clientNs : distances.serverNs);
    return { client: layOutLane(timeline, layout, true, uncertain('client')), server: layOutLane(timeline, layout, false, uncertain('server')) };
  }, [timeline, layout]);
  return (
    <>
      <Lane name="Client" side="client" lane={lanes.client} />
      <Lane name="Server" side="server" lane={lanes.server} />
    </>
  );
}

interface SegmentListProps extends LadderStageProps {
  readonly arrows: readonly Arrow[];
  readonly fieldWidth: number;
}

/** The labels are a list box: one stop for the keyboard, arrows move the selection, Enter shows the packet in the list. */
function SegmentList({ timeline, arrows, fieldWidth, selectedPacket, onSelectPacket, onShowPacket }: SegmentListProps) {
  const { segments } = timeline;
  const selected = segments.findIndex((segment) => segment.packet === selectedPacket);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = moved(event.key, selected, segments.length);
    if (target !== null) onSelectPacket(segments[target]?.packet ?? 0);
    else if (event.key === 'Enter' && selectedPacket !== null) onShowPacket(selectedPacket);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="listbox"
      tabIndex={0}
      className={styles.list}
      aria-label={`Segments of tcp.stream ${timeline.stream}`}
      aria-activedescendant={selected >= 0 && arrows.some((arrow) => arrow.index === selected) ? labelId(selectedPacket ?? 0) : undefined}
      onKeyDown={onKeyDown}
      data-segments=""
    >
      <Labels timeline={timeline} arrows={arrows} fieldWidth={fieldWidth} selectedPacket={selectedPacket} onSelectPacket={onSelectPacket} onShowPacket={onShowPacket} />
    </div>
  );
}

const page = 10;

/** Index that a key leads to; null for other keys. */
function moved(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -count, End: count };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined) return null;
  return Math.min(count - 1, Math.max(0, (from < 0 && step > 0 ? -1 : Math.max(0, from)) + step));
}
