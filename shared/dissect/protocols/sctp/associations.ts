/**
 * The two directions of associations: which belong together, where each began to count, which
 * chunks were sent again and which acknowledged. A direction is known by its ports and
 * verification tag, its opposite by the addresses (RFC 9260 §8.5).
 *
 * What is acknowledged follows Wireshark 4.0, whose arithmetic takes the first TSN off twice
 * (SACK's numbers are relative already): acknowledgments show where associations count from a
 * small number, and with NR-SACK.
 */
import { CAPTURE_KEY } from '../../state.ts';
import type { Messages } from './messages.ts';
import { note } from './sctp-layer.ts';
import type { Distance, SctpLayer } from './sctp-layer.ts';

/** Chunks of one direction that are remembered; the oldest are forgotten beyond that. */
const MOST_CHUNKS = 8192;
const MOST_REPEATS = 32;
/** A SACK that goes further than this acknowledges nothing in particular. */
const MOST_ACKNOWLEDGED = 5000;
/** One that goes further than this comes late: it lies behind what is acknowledged already. */
const MOST_AHEAD = 0xffff_0000;

/** What SCTP keeps for the whole capture. */
export interface Known {
  associations?: Associations;
  messages?: Messages;
}

interface Sent {
  readonly tsn: number;
  readonly packet: number;
  readonly occurrence: number;
  readonly seconds: number;
  readonly nanos: number;
  readonly repeats: (Distance & { readonly occurrence: number })[];
  repeatCount: number;
  acknowledged: Distance | null;
}

export interface Direction {
  /** Number of the association, from 0, and which of its directions this is. */
  association: number;
  side: 0 | 1;
  peer: Direction | null;
  /** First TSN that was seen; -1 before. */
  firstTsn: number;
  /** First TSN that no SACK acknowledged, counted from `firstTsn` (see above). */
  firstUnacknowledged: number;
  /** By TSN, counted from the first. */
  readonly sent: Map<number, Sent>;
  /** The latest packet that acknowledged something. */
  latestAcknowledgment: number;
}

export interface Associations {
  count: number;
  /** By ports and tag. */
  readonly byTag: Map<string, Direction>;
  /** Directions that wait for their opposite: by ports and destination of that opposite. */
  readonly waiting: Map<string, Direction | null>;
}

function tagKey(layer: SctpLayer, tag: number): string {
  return `${layer.run.sourcePort} ${layer.run.destinationPort} ${tag}`;
}

/** The direction that the packet belongs to, as far as known; null for packets without a tag and quoted ones. */
export function directionOf(layer: SctpLayer, tag: number): Direction | null {
  if (tag === 0 || layer.run.quoted) return null;
  if (layer.run.pass === 'deep') return joinDirection(layer, tag);
  return layer.run.state.knownFlowState<Known>('sctp', CAPTURE_KEY)?.associations?.byTag.get(tagKey(layer, tag)) ?? null;
}

function joinDirection(layer: SctpLayer, tag: number): Direction | null {
  const { network, sourcePort, destinationPort, state } = layer.run;
  const known = layer.learnGlobally<Known>(() => ({}));
  if (known === null || network === null) return null;
  const associations = (known.associations ??= { count: 0, byTag: new Map(), waiting: new Map() });
  const key = tagKey(layer, tag);
  let direction = associations.byTag.get(key);
  if (direction?.peer) return direction;
  if (direction === undefined) {
    direction = { association: associations.count, side: 0, peer: null, firstTsn: -1, firstUnacknowledged: 0, sent: new Map(), latestAcknowledgment: 0 };
    associations.count += 1;
    associations.byTag.set(key, direction);
  }
  const to = state.streams.addresses.intern(network.version, network.bytes, network.destination);
  const from = state.streams.addresses.intern(network.version, network.bytes, network.source);
  const forward = `${sourcePort} ${destinationPort} ${to}`;
  const waiting = associations.waiting.get(forward);
  if (waiting === undefined) associations.waiting.set(`${destinationPort} ${sourcePort} ${from}`, direction);
  else if (waiting === null) associations.waiting.set(forward, direction);
  else if (waiting !== direction) match(direction, waiting, () => associations.waiting.set(forward, null));
  return direction;
}

function match(direction: Direction, other: Direction, done: () => void): void {
  direction.peer = other;
  other.peer = direction;
  direction.association = other.association;
  direction.side = 1;
  done();
}

/** What is taken off a direction's TSNs; 0 where it has sent none. */
export function firstTsn(direction: Direction | null): number {
  return direction === null || direction.firstTsn < 0 ? 0 : direction.firstTsn;
}

/** Notes that a chunk with data is sent; deep pass. */
export function learnData(layer: SctpLayer, direction: Direction, absolute: number): void {
  const { packet, occurrence } = layer;
  if (direction.firstTsn < 0) direction.firstTsn = absolute;
  const tsn = (absolute - direction.firstTsn) >>> 0;
  const sent = direction.sent.get(tsn);
  if (sent === undefined) {
    direction.sent.set(tsn, { tsn, packet: packet.number, occurrence, seconds: packet.timeSeconds, nanos: packet.timeNanos, repeats: [], repeatCount: 0, acknowledged: null });
    if (direction.sent.size > MOST_CHUNKS) direction.sent.delete(direction.sent.keys().next().value as number);
  } else if (sent.packet !== packet.number) learnRepeat(layer, sent);
}

function since(layer: SctpLayer, sent: Sent): number {
  return layer.packet.timeSeconds - sent.seconds + (layer.packet.timeNanos - sent.nanos) / 1e9;
}

function learnRepeat(layer: SctpLayer, sent: Sent): void {
  const seconds = since(layer, sent);
  sent.repeatCount += 1;
  if (sent.repeats.length < MOST_REPEATS) sent.repeats.push({ packet: layer.packet.number, seconds, occurrence: layer.occurrence });
  note(layer, sent.packet, sent.occurrence, { repeats: sent.repeats.map(({ packet, seconds: later }) => ({ packet, seconds: later })), repeatCount: sent.repeatCount });
  const original = { packet: sent.packet, seconds };
  note(layer, layer.packet.number, layer.occurrence, sent.acknowledged === null ? { original } : { original, acknowledged: { ...sent.acknowledged } });
}

/** True where the chunk was sent before. */
export function isRepeat(layer: SctpLayer): boolean {
  return layer.fact<{ readonly original?: Distance }>()?.original !== undefined;
}

/** Notes what a SACK acknowledges up to `end`, as it is shown; deep pass. */
export function learnCumulative(layer: SctpLayer, direction: Direction, end: number): void {
  const { peer } = direction;
  if (peer === null || peer.firstTsn < 0 || peer.latestAcknowledgment === layer.packet.number) return;
  const first = peer.firstUnacknowledged;
  const last = (end - peer.firstTsn) >>> 0;
  if (last < first || last - first > MOST_AHEAD) return;
  peer.firstUnacknowledged = (last + 1) >>> 0;
  acknowledge(layer, peer, first, last);
}

/** Notes what a gap block acknowledges; the first thing that a packet acknowledges is the only one. */
export function learnGap(layer: SctpLayer, direction: Direction, start: number, end: number): void {
  const { peer } = direction;
  if (peer === null || peer.firstTsn < 0 || peer.latestAcknowledgment === layer.packet.number) return;
  acknowledge(layer, peer, (start - peer.firstTsn) >>> 0, (end - peer.firstTsn) >>> 0);
}

/** `first`, `last`: counted from the peer's first TSN. */
function acknowledge(layer: SctpLayer, peer: Direction, first: number, last: number): void {
  if (last - first >= MOST_ACKNOWLEDGED) return;
  const { packet, occurrence } = layer;
  const acknowledges: (Distance & { tsn: number })[] = [];
  for (let tsn = first; tsn <= last; tsn += 1) {
    const sent = peer.sent.get(tsn);
    if (sent === undefined || sent.acknowledged !== null) continue;
    const seconds = since(layer, sent);
    sent.acknowledged = { packet: packet.number, seconds };
    for (const place of [sent, ...sent.repeats]) note(layer, place.packet, place.occurrence, { acknowledged: { ...sent.acknowledged } });
    acknowledges.push({ tsn: (sent.tsn + peer.firstTsn) >>> 0, packet: sent.packet, seconds });
  }
  if (acknowledges.length === 0) return;
  peer.latestAcknowledgment = packet.number;
  note(layer, packet.number, occurrence, { acknowledges });
}
