/** Messages in several frames (RFC 6455 §5.4). */
import { joinPieces } from '../../../streams/reassembly-message.ts';
import type { WebSocketLayer } from './fields.ts';
import { CONTINUATION } from './fields.ts';

/** Bytes of fragments kept for one capture; messages beyond are not put together. */
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
}

/** One direction's message, while it is collected. */
interface Open {
  opcode: number;
  pieces: Piece[];
  parts: Uint8Array[];
}

/** Bytes kept so far, of the whole capture. */
interface Budget {
  bytes: number;
}

/**
 * Notes one frame's part. Gives the message that the frame ends, or null: it goes on, or was
 * not put together. In the show pass: as the deep pass noted.
 */
export function collect(layer: WebSocketLayer, opcode: number, isLast: boolean, source: number, start: number, length: number): Message | null {
  const sides = layer.learn<[Open, Open]>(() => [nothing(), nothing()]);
  if (sides === null) return layer.fact<Message>() ?? null;
  const open = sides[layer.run.flow?.direction ?? 0];
  if (opcode !== CONTINUATION) {
    open.opcode = opcode;
    open.pieces = [];
    open.parts = [];
  }
  if (open.opcode === CONTINUATION) return null;
  open.pieces.push({ packet: layer.packet.number, length });
  const message = open.pieces.length === 1 && isLast ? { opcode: open.opcode, pieces: open.pieces, bytes: new Uint8Array(0) } : keep(layer, open, isLast, source, start, length);
  if (isLast) {
    open.pieces = [];
    open.parts = [];
  }
  if (message !== null) layer.setFact(message);
  return message;
}

function nothing(): Open {
  return { opcode: CONTINUATION, pieces: [], parts: [] };
}

/** Keeps the part's bytes; gives the whole when it is the last. */
function keep(layer: WebSocketLayer, open: Open, isLast: boolean, source: number, start: number, length: number): Message | null {
  const budget = layer.learnGlobally<Budget>(() => ({ bytes: 0 }));
  if (budget === null || budget.bytes + length > MAX_KEPT_BYTES) {
    open.opcode = CONTINUATION;
    return null;
  }
  budget.bytes += length;
  open.parts.push((layer.run.sources[source]?.bytes ?? new Uint8Array(0)).slice(start, start + length));
  if (!isLast) return null;
  let offset = 0;
  const placed = open.parts.map((bytes) => {
    offset += bytes.length;
    return { offset: offset - bytes.length, bytes };
  });
  return { opcode: open.opcode, pieces: open.pieces, bytes: joinPieces(placed, offset) };
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
