/** The TCP timeline of the selected packet's stream: overview, ladder with both ends' states, and explanations. */
import { Activity, TriangleAlert } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { formatCount } from '../../../shared/format/size.ts';
import type { TimelineViewProps } from '../../app/slots.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Cards } from './Cards.tsx';
import { LadderStage } from './LadderStage.tsx';
import { layOutLadder } from './ladder-layout.ts';
import { Overview } from './Overview.tsx';
import { StreamBar } from './StreamBar.tsx';
import styles from './TimelineView.module.css';
import { useTimeline } from './use-timeline.ts';

export function TimelineView(props: TimelineViewProps) {
  const { stream, selectedPacket, load, onSelectPacket } = props;
  const { timeline, sought, failure, isLoading, loader } = useTimeline(props);
  if (stream === null) return <NoStream selectedPacket={selectedPacket} load={load} onSelectPacket={onSelectPacket} />;
  if (failure !== null) {
    return (
      <EmptyState icon={TriangleAlert} failure title={`tcp.stream ${stream} cannot be shown`} action={<Button onClick={() => loader.retry()}>Try again</Button>}>
        {failure}
      </EmptyState>
    );
  }
  if (timeline === null) return isLoading ? <p className={styles.loading}>Reading tcp.stream {stream}…</p> : null;
  return <LoadedView {...props} timeline={timeline} sought={sought} onSeek={(packet) => loader.seek(packet)} />;
}

interface LoadedViewProps extends TimelineViewProps {
  readonly timeline: StreamTimeline;
  readonly sought: number;
  readonly onSeek: (packet: number) => void;
}

function LoadedView({ timeline, sought, selectedPacket, load, onSelectPacket, onShowPacket, onSeek }: LoadedViewProps) {
  const layout = useMemo(() => layOutLadder(timeline), [timeline]);
  const [inSight, setInSight] = useState({ first: 0, last: 0 });
  const [wanted, setWanted] = useState(0);
  const onViewport = useCallback((first: number, last: number) => setInSight((before) => (before.first === first && before.last === last ? before : { first, last })), []);
  const goTo = (packet: number): void => {
    const isShown = timeline.segments.some((segment) => segment.packet === packet);
    if (isShown) setWanted(packet);
    else onSeek(packet);
  };
  const { segments } = timeline;
  return (
    <div className={styles.view}>
      <StreamBar timeline={timeline} load={load} onSelectPacket={onSelectPacket} />
      <div className={styles.grid}>
        <section className={styles.ladder} aria-label="TCP timeline">
          <Overview timeline={timeline} fromNs={segments[inSight.first]?.timeNs ?? 0} toNs={segments[inSight.last]?.timeNs ?? timeline.durationNs} onGoTo={goTo} />
          <LadderStage timeline={timeline} layout={layout} selectedPacket={selectedPacket} sought={wanted > 0 ? wanted : sought} onSelectPacket={onSelectPacket} onShowPacket={onShowPacket} onViewport={onViewport} />
        </section>
        <Cards timeline={timeline} selectedPacket={selectedPacket} onSelectPacket={onSelectPacket} />
      </div>
    </div>
  );
}

/** The selected packet is no TCP. The first stream is a way on, where there is one. */
function NoStream({ selectedPacket, load, onSelectPacket }: Pick<TimelineViewProps, 'selectedPacket' | 'load' | 'onSelectPacket'>) {
  const [failure, setFailure] = useState<string | null>(null);
  const goToFirst = (): void => {
    load(0, 0, new AbortController().signal).then(
      (first) => { onSelectPacket(first.firstPacket); },
      (error: unknown) => { setFailure(error instanceof Error ? error.message : String(error)); },
    );
  };
  const title = selectedPacket === null ? 'No packet is selected' : `Packet ${formatCount(selectedPacket)} is not part of a TCP stream`;
  return (
    <EmptyState icon={Activity} title={title} action={failure === null ? <Button onClick={goToFirst}>Show the first TCP stream</Button> : undefined}>
      {failure ?? 'The timeline shows the segments of one TCP connection, and the states of both ends.'}
    </EmptyState>
  );
}
