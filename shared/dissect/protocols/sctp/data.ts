/** Chunks with user data: DATA (RFC 9260 §3.3.1) and I-DATA (RFC 8260 §2.1). */
import { directionOf, firstTsn, isRepeat, learnData } from './associations.ts';
import type { Direction } from './associations.ts';
import { byteWords } from './lengths.ts';
import { learnPart, putMessage } from './messages.ts';
import type { ChunkContext, ChunkFact, SctpLayer, UserData } from './sctp-layer.ts';

const LAST = 0x01;
const FIRST = 0x02;
const UNORDERED = 0x04;
/** From so many repeats on, they are remarked on. */
const MANY_REPEATS = 2;

const SEGMENTS: Readonly<Record<number, string>> = { 0: 'middle segment', [LAST]: 'last segment', [FIRST]: 'first segment', [FIRST | LAST]: 'complete segment' };

export function takeDataChunk(layer: SctpLayer, length: number, context: ChunkContext, isInterleaved: boolean): string {
  const flags = layer.peekU8(-3);
  const direction = directionOf(layer, context.tag);
  const absolute = layer.peekU32();
  if (direction !== null && layer.run.pass === 'deep' && layer.left >= 4) learnData(layer, direction, absolute);
  const tsn = takeTsn(layer, direction, absolute);
  const stream = layer.take('data_sid');
  const order = isInterleaved ? takeInterleaved(layer, flags) : takeOrdered(layer);
  if (layer.broken) return '';
  layer.infoAppend(() => `(TSN=${tsn}) `);
  const headerLength = isInterleaved ? 16 : 12;
  const place = { flags, stream, direction, number: isInterleaved ? order.fragment : absolute };
  if (length > headerLength) context.data = userData(layer, { ...place, order: order.message, payloadProtocol: order.payloadProtocol, isInterleaved }, length - headerLength);
  const kind = `${(flags & UNORDERED) === 0 ? 'ordered' : 'unordered'}, ${SEGMENTS[flags & (FIRST | LAST)]}`;
  return ` (${kind}, TSN: ${tsn}, SID: ${stream}, ${order.words}, payload length: ${byteWords(length - headerLength)})`;
}

/** Gives the TSN as it is shown: counted from the first of its direction where that is known. */
function takeTsn(layer: SctpLayer, direction: Direction | null, absolute: number): number {
  const tsn = (absolute - firstTsn(direction)) >>> 0;
  if (!layer.has(4)) return tsn;
  if (direction !== null) {
    layer.put('data_tsn', tsn, layer.cursor, 4);
    putHistory(layer);
  }
  layer.take('data_tsn_raw');
  return tsn;
}

interface Order {
  /** Number of the message within its stream. */
  readonly message: number;
  readonly fragment: number;
  readonly payloadProtocol: number;
  readonly words: string;
}

function takeOrdered(layer: SctpLayer): Order {
  const message = layer.take('data_ssn');
  const payloadProtocol = layer.take('data_payload_proto_id');
  return { message, fragment: 0, payloadProtocol, words: `SSN: ${message}, PPID: ${payloadProtocol}` };
}

/** The first fragment says what the message is, the others which of its fragments they are. */
function takeInterleaved(layer: SctpLayer, flags: number): Order {
  layer.take('data_reserved');
  const message = layer.take('data_mid');
  if ((flags & FIRST) !== 0) return { message, fragment: 0, payloadProtocol: layer.take('data_payload_proto_id'), words: `MID: ${message}` };
  const fragment = layer.take('data_fsn');
  return { message, fragment, payloadProtocol: 0, words: `MID: ${message}, FSN: ${fragment}` };
}

// ── retransmissions and acknowledgments ──────────────────────────────────────

/** Below the TSN: when the chunk was sent before or again, and acknowledged. */
function putHistory(layer: SctpLayer): void {
  const fact = layer.run.remarks ? layer.fact<ChunkFact>() : undefined;
  if (fact === undefined) return;
  layer.inside(() => {
    if (fact.original !== undefined) putOriginal(layer, fact, fact.original);
    else if (fact.repeats !== undefined) putRepeats(layer, fact.repeats, fact.repeatCount ?? 0);
    if (fact.acknowledged === undefined) return;
    layer.putGenerated('acked', fact.acknowledged.packet);
    const { seconds } = fact.acknowledged;
    layer.inside(() => layer.putGenerated('data_rtt', seconds));
  });
}

function putOriginal(layer: SctpLayer, { acknowledged }: ChunkFact, original: { readonly packet: number; readonly seconds: number }): void {
  layer.putGenerated('retransmission', original.packet);
  layer.expert('retransmission.expert', 'note', 'Sequence', 'Retransmitted TSN');
  layer.inside(() => {
    layer.putGenerated('retransmission_time', original.seconds);
    if (acknowledged === undefined || acknowledged.packet >= layer.packet.number) return;
    layer.putGenerated('retransmitted_after_ack', acknowledged.packet);
    layer.expert('retransmitted_after_ack.expert', 'warn', 'Sequence', 'This TSN was acked prior to this retransmission (reneged ack?).');
  });
}

function putRepeats(layer: SctpLayer, repeats: readonly { readonly packet: number; readonly seconds: number }[], count: number): void {
  layer.putGenerated('retransmitted_count', count);
  if (count > MANY_REPEATS) layer.expert('retransmission.more_than_twice', 'warn', 'Sequence', 'This TSN was retransmitted more than 2 times.');
  layer.inside(() => {
    for (const { packet, seconds } of repeats) {
      layer.putGenerated('retransmitted', packet);
      layer.label(() => `This TSN was retransmitted in frame ${packet} (${seconds.toFixed(9)} seconds after this frame)`);
    }
  });
}

// ── payload ──────────────────────────────────────────────────────────────────

interface Part {
  readonly flags: number;
  readonly stream: number;
  readonly order: number;
  readonly number: number;
  readonly direction: Direction | null;
  readonly payloadProtocol: number;
  readonly isInterleaved: boolean;
}

/** What is handed on: nothing of repeats, and of messages in several chunks only where they become whole. */
function userData(layer: SctpLayer, part: Part, length: number): UserData | null {
  const { payloadProtocol } = part;
  const { cursor } = layer;
  if (isRepeat(layer)) {
    layer.infoAppend(() => '(retransmission) ');
    return null;
  }
  if ((part.flags & (FIRST | LAST)) === (FIRST | LAST)) return { start: cursor, length, whole: null, payloadProtocol };
  if (layer.run.pass === 'deep' && !layer.run.quoted && layer.left >= length) learnPart(layer, placeOf(layer, part), cursor, length);
  const whole = putMessage(layer);
  if (whole !== null) return { start: 0, length: whole.length, whole, payloadProtocol };
  layer.infoAppend(() => '(Message Fragment) ');
  return null;
}

function placeOf(layer: SctpLayer, { flags, stream, order, number, direction, isInterleaved }: Part): Parameters<typeof learnPart>[1] {
  const { run } = layer;
  const way = direction === null ? `${run.sourcePort} ${run.destinationPort}` : `${direction.association} ${direction.side}`;
  const isUnordered = (flags & UNORDERED) !== 0;
  // TSNs tell unordered messages apart; interleaved ones have numbers of their own.
  const message = isUnordered && !isInterleaved ? '' : order;
  return { key: `${way} ${stream} ${isUnordered ? 'u' : 'o'} ${message}`, number, isFirst: (flags & FIRST) !== 0, isLast: (flags & LAST) !== 0 };
}
