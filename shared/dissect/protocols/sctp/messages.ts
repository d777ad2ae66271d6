/** Messages that were sent in several chunks, put together from wherever their parts came (RFC 9260 §6.9, RFC 8260 §2.2). */
import { note } from './sctp-layer.ts';
import type { ChunkFact, Piece, SctpLayer } from './sctp-layer.ts';

/** Parts that wait for others, over the whole capture; the oldest messages are given up beyond that. */
const MOST_PENDING = 65_536;

/** Where a part belongs. */
export interface PartPlace {
  /** Names what its message could be confused with: direction, stream, order. */
  readonly key: string;
  /** Parts of one message have consecutive numbers: TSNs, or fragment numbers. */
  readonly number: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

interface Waiting extends PartPlace {
  readonly piece: Piece;
}

/** Parts that wait for the rest of their messages. */
export interface Messages {
  count: number;
  readonly byKey: Map<string, Map<number, Waiting>>;
}

/** Takes the part that lies between the cursor and the chunk's end; deep pass. */
export function learnPart(layer: SctpLayer, place: PartPlace, start: number, length: number): void {
  const known = layer.learnGlobally<{ messages?: Messages }>(() => ({}));
  if (known === null) return;
  const pending = (known.messages ??= { count: 0, byKey: new Map() });
  let parts = pending.byKey.get(place.key);
  if (parts === undefined) {
    parts = new Map();
    pending.byKey.set(place.key, parts);
  }
  if (parts.has(place.number)) return;
  const isInFrame = layer.source === 0;
  const bytes = isInFrame ? null : layer.bytes.slice(start, start + length);
  parts.set(place.number, { ...place, piece: { packet: layer.packet.number, occurrence: layer.occurrence, position: isInFrame ? start : -1, length, bytes } });
  pending.count += 1;
  const whole = wholeAround(parts, place.number);
  if (whole === null) giveUpOldest(pending);
  else finish(layer, pending, parts, whole);
}

/** The parts of the message that a part belongs to, in order; null while some are missing. */
function wholeAround(parts: ReadonlyMap<number, Waiting>, number: number): readonly Waiting[] | null {
  const whole: Waiting[] = [];
  let at = number;
  let part = parts.get(at);
  while (part !== undefined && !part.isFirst) {
    at = (at - 1) >>> 0;
    if (at === number) return null;
    part = parts.get(at);
  }
  while (part !== undefined) {
    whole.push(part);
    if (part.isLast) return whole;
    at = (at + 1) >>> 0;
    part = parts.get(at);
    if (part?.isFirst) return null;
  }
  return null;
}

function finish(layer: SctpLayer, pending: Messages, parts: Map<number, Waiting>, whole: readonly Waiting[]): void {
  const { number } = layer.packet;
  for (const part of whole) {
    parts.delete(part.number);
    if (part.piece.packet !== number || part.piece.occurrence !== layer.occurrence) note(layer, part.piece.packet, part.piece.occurrence, { reassembledIn: number });
  }
  pending.count -= whole.length;
  note(layer, number, layer.occurrence, { pieces: whole.map(({ piece }) => ({ ...piece })) });
}

function giveUpOldest(pending: Messages): void {
  for (const [key, parts] of pending.byKey) {
    if (pending.count <= MOST_PENDING) return;
    pending.byKey.delete(key);
    pending.count -= parts.size;
  }
}

/** The bytes of a message, read again from its packets. */
export function bytesOf({ run }: SctpLayer, pieces: readonly Piece[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { packet, position, length, bytes } of pieces) {
    const captured = packet === run.packet.number ? run.packet.bytes : run.state.readPacketBytes(packet);
    whole.set(bytes ?? captured.subarray(position, position + length), at);
    at += length;
  }
  return whole;
}

/** Records what the part at hand belongs to; the whole message's bytes where it is the last to come. */
export function putMessage(layer: SctpLayer): Uint8Array | null {
  const fact = layer.fact<ChunkFact>();
  if (fact?.pieces === undefined) {
    if (fact?.reassembledIn !== undefined) layer.putGenerated('reassembled_in', fact.reassembledIn);
    return null;
  }
  const { pieces } = fact;
  const whole = bytesOf(layer, pieces);
  layer.putGenerated('fragments', null);
  layer.label(() => `Reassembled SCTP Fragments (${whole.length} bytes, ${pieces.length} fragments)`);
  layer.inside(() => {
    let from = 0;
    for (const { packet, length } of pieces) {
      const start = from;
      layer.putGenerated('fragment', packet);
      layer.label(() => `Frame: ${packet}, payload: ${start}-${start + length - 1} (${length} bytes)`);
      from += length;
    }
  });
  return whole;
}
