/** The selected segment's sums: which numbers it uses, which come next, who acknowledged them. */
import { Check } from 'lucide-react';
import type { StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';
import { formatCount } from '../../../shared/format/size.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { PacketLink } from '../layers/Sentences.tsx';
import styles from './cards.module.css';
import { ACK, FIN, flagsText, nextSequence, numbersUsed, SYN } from './segment-facts.ts';
import { segmentName } from './segment-labels.ts';

export interface SegmentCardProps {
  readonly timeline: StreamTimeline;
  readonly segment: TimelineSegment;
  readonly onSelectPacket: (packet: number) => void;
}

export function SegmentCard({ timeline, segment, onSelectPacket }: SegmentCardProps) {
  return (
    <section className={styles.card} aria-label="Selected segment">
      <h3 className={styles.title}>
        <LayerChip osi={4} />
        <span className={styles.name}>
          Segment {segment.packet} · {segmentName(segment)}
        </span>
      </h3>
      <Sums segment={segment} onSelectPacket={onSelectPacket} />
      <Raw timeline={timeline} segment={segment} />
      <Numbers timeline={timeline} segment={segment} />
    </section>
  );
}

function Sums({ segment, onSelectPacket }: Omit<SegmentCardProps, 'timeline'>) {
  const hasAck = (segment.flags & ACK) !== 0;
  return (
    <dl className={styles.sums}>
      <dt>sequence number</dt>
      <dd>{segment.relativeSequence}</dd>
      {segment.payloadLength > 0 && (
        <>
          <dt>+ payload</dt>
          <dd>{segment.payloadLength}</dd>
        </>
      )}
      {[SYN, FIN].filter((flag) => (segment.flags & flag) !== 0).map((flag) => (
        <Row key={flag} name={`+ ${flagsText(flag)} counts as`} value="1" />
      ))}
      {numbersUsed(segment) > 0 && (
        <>
          <dt className={styles.total}>next expected</dt>
          <dd className={styles.total}>{nextSequence(segment)}</dd>
          <Acknowledged segment={segment} onSelectPacket={onSelectPacket} />
        </>
      )}
      {hasAck && <Row name="acknowledges all before" value={String(segment.relativeAcknowledgment)} />}
    </dl>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Acknowledged({ segment, onSelectPacket }: Omit<SegmentCardProps, 'timeline'>) {
  if (segment.acknowledgedBy === 0) return <Row name="acknowledged by" value="none seen" />;
  return (
    <>
      <dt>
        acknowledged by <PacketLink packet={segment.acknowledgedBy} onGoToPacket={onSelectPacket} />
      </dt>
      <dd className={styles.good}>
        <Check size={13} aria-label="yes" />
      </dd>
    </>
  );
}

function Raw({ timeline, segment }: Omit<SegmentCardProps, 'onSelectPacket'>) {
  const used = numbersUsed(segment);
  const raw = used > 0 ? `Raw: ${segment.sequence} + ${used} = ${(segment.sequence + used) % 2 ** 32}.` : `Raw: ${segment.sequence}.`;
  return (
    <p className={styles.text}>
      {segment.acknowledgedAfterNs !== null && (
        <>
          The ACK came <b>{formatDuration(segment.acknowledgedAfterNs)}</b> later{isOneRoundTrip(timeline, segment.acknowledgedAfterNs) ? ': one round trip' : ''}.{' '}
        </>
      )}
      {raw}
    </p>
  );
}

function isOneRoundTrip({ initialRoundTripNs }: StreamTimeline, ns: number): boolean {
  return initialRoundTripNs !== null && ns > initialRoundTripNs * 0.7 && ns < initialRoundTripNs * 1.4;
}

function Numbers({ timeline, segment }: Omit<SegmentCardProps, 'onSelectPacket'>) {
  const states = statesAfter(timeline, segment.packet);
  return (
    <dl className={styles.facts}>
      <dt>Flags</dt>
      <dd>{flagsText(segment.flags)}</dd>
      <dt>Can still receive</dt>
      <dd>{windowText(timeline, segment)}</dd>
      {segment.bytesInFlight > 0 && (
        <>
          <dt>On their way with it</dt>
          <dd>{formatCount(segment.bytesInFlight)} B</dd>
        </>
      )}
      <dt>Then the client is</dt>
      <dd>{states.client}</dd>
      <dt>and the server</dt>
      <dd>{states.server}</dd>
    </dl>
  );
}

/** Without both SYNs nobody knows by what the number in the header is to be multiplied (RFC 7323 §2.2). */
function windowText({ handshake }: StreamTimeline, segment: TimelineSegment): string {
  const isKnown = (handshake?.client ?? null) !== null && (handshake?.server ?? null) !== null;
  return isKnown || (segment.flags & SYN) !== 0 ? `${formatCount(segment.windowBytes)} B` : `${formatCount(segment.windowBytes)} × unknown scale`;
}

/** States of both ends once this packet has been seen. */
function statesAfter({ lanes }: StreamTimeline, packet: number): { readonly client: string; readonly server: string } {
  const last = (periods: StreamTimeline['lanes']['client']): string => periods.findLast((period, index) => (period.cause === 0 ? index === 0 || period.fromNs === 0 : period.cause <= packet))?.state ?? '?';
  return { client: last(lanes.client), server: last(lanes.server) };
}
