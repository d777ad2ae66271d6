/** Messages: in several frames (RFC 6455 §5.4), and compressed (RFC 7692). */
import { joinPieces } from '../../../streams/reassembly-message.ts';
import { deflateOf, inflateMessage, NOTHING_BEFORE, windowAfter } from './deflate.ts';
import type { WebSocketLayer } from './fields.ts';
import { CONTINUATION } from './fields.ts';

/** Bytes of fragments and of decompressed messages kept for one capture; messages beyond are not put together. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

interface Piece {
  readonly packet: number;
  readonly length: number;
}

/** A message as its last frame shows it. */
export interface Message {
  readonly opcode: number;
  readonly pieces: readonly Piece[];
  /** Empty where there is but one piece: the frame has it. */
  readonly bytes: Uint8Array;
  readonly isCompressed: boolean;
  /** What a compressed message says; null where it cannot be told. */
  readonly plain: Uint8Array | null;
}

/** What a frame's head says of its message. */
export interface FrameHead {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly isMasked: boolean;
  /** RSV1, of the first frame of a message (RFC 7692 §6). */
  readonly isCompressed: boolean;
}

/** One direction's message, while it is collected. */
interface Open {
  opcode: number;
  isCompressed: boolean;
  pieces: Piece[];
  parts: Uint8Array[];
  /** What compressed messages may refer to; null once one could not be read. */
  before: Uint8Array | null;
}

/** Bytes kept so far, of the whole capture. */
interface Budget {
  bytes: number;
}

/**
 * Notes one frame's part. Gives the message that the frame ends, or null: it goes on, or was
 * not put together. In the show pass: as the deep pass noted.
 */
export function collect(layer: WebSocketLayer, head: FrameHead, payload: Uint8Array): Message | null {
  const sides = layer.learn<[Open, Open]>(() => [nothing(), nothing()]);
  if (sides === null) return layer.fact<Message>() ?? null;
  const open = sides[layer.run.flow?.direction ?? 0];
  const { opcode, isLast } = head;
  if (opcode !== CONTINUATION) {
    open.opcode = opcode;
    open.isCompressed = head.isCompressed && deflateOf(layer.run.upgrade?.extensions ?? null) !== null;
    open.pieces = [];
    open.parts = [];
  }
  if (open.opcode === CONTINUATION) return null;
  open.pieces.push({ packet: layer.packet.number, length: payload.length });
  const isAlone = open.pieces.length === 1 && isLast;
  const bytes = isAlone ? NOTHING_BEFORE : keep(layer, open, isLast, payload);
  if (bytes === null || !isLast) return null;
  const plain = open.isCompressed ? decompress(layer, open, head.isMasked, isAlone ? payload : bytes) : null;
  const message = { opcode: open.opcode, pieces: open.pieces, bytes, isCompressed: open.isCompressed, plain };
  open.pieces = [];
  open.parts = [];
  layer.setFact(message);
  return message;
}

function nothing(): Open {
  return { opcode: CONTINUATION, isCompressed: false, pieces: [], parts: [], before: NOTHING_BEFORE };
}

function budgetOf(layer: WebSocketLayer): Budget {
  return layer.learnGlobally<Budget>(() => ({ bytes: 0 })) ?? { bytes: MAX_KEPT_BYTES };
}

/** Keeps the part's bytes; gives all of them when it is the last, null where there is no more room. */
function keep(layer: WebSocketLayer, open: Open, isLast: boolean, payload: Uint8Array): Uint8Array | null {
  const budget = budgetOf(layer);
  if (budget.bytes + payload.length > MAX_KEPT_BYTES) {
    open.opcode = CONTINUATION;
    open.before = null;
    return null;
  }
  budget.bytes += payload.length;
  open.parts.push(payload.slice());
  if (!isLast) return NOTHING_BEFORE;
  let offset = 0;
  const placed = open.parts.map((bytes) => {
    offset += bytes.length;
    return { offset: offset - bytes.length, bytes };
  });
  return joinPieces(placed, offset);
}

/** What the side's message says, which the ones after it may refer to. Clients mask what they send (RFC 6455 §5.1). */
function decompress(layer: WebSocketLayer, open: Open, isOfClient: boolean, bytes: Uint8Array): Uint8Array | null {
  const deflate = deflateOf(layer.run.upgrade?.extensions ?? null);
  if (deflate === null) return null;
  const refersBack = isOfClient ? deflate.client : deflate.server;
  const before = refersBack ? open.before : NOTHING_BEFORE;
  const budget = budgetOf(layer);
  const plain = inflateMessage(layer.run.state.inflate, bytes, MAX_KEPT_BYTES - budget.bytes, before);
  budget.bytes += plain?.length ?? 0;
  open.before = before === null || plain === null ? null : windowAfter(before, plain);
  return plain;
}

/** Shows the frames that a message is made of. */
export function putFragments(layer: WebSocketLayer, { pieces, bytes }: Message, source: number): void {
  if (!layer.run.items) return;
  layer.onSource(source, () => {
    layer.putGenerated('fragments', 0, 0, bytes.length);
    layer.label(() => `${pieces.length} Reassembled WebSocket Fragments (${bytes.length} bytes): ${pieces.map(({ packet, length }) => `#${packet}(${length})`).join(', ')}`);
    layer.inside(() => {
      let offset = 0;
      for (const { packet, length } of pieces) {
        const from = offset;
        layer.putGenerated('fragment', packet, from, length);
        layer.label(() => `Frame: ${packet}, payload: ${from}-${from + length - 1} (${length} bytes)`);
        offset += length;
      }
      layer.putGenerated('fragment.count', pieces.length);
      layer.putGenerated('reassembled.length', bytes.length);
    });
  });
}
