/**
 * Messages that a protocol itself spreads over several packets: a mail over the segments of
 * SMTP and POP, a file over the blocks of TFTP. What is known of them are the places of their
 * pieces; the bytes are read from the packets again when somebody wants to see the whole.
 */
import type { Layer } from './layer.ts';

/** A message of more pieces is not put together. */
export const MAX_PIECES = 65_536;
/** So much of a message is shown. */
const MAX_JOINED_BYTES = 64 * 1024 * 1024;

/** One packet's share of a message; plain data. */
export interface Piece {
  readonly packet: number;
  readonly length: number;
  /** Where the frame has the bytes; -1 where they are not the frame's own and are kept in `bytes`. */
  readonly start: number;
  readonly bytes: Uint8Array | null;
}

/** The bytes from `start` on as a piece. Deep pass. */
export function pieceOf(layer: Pick<Layer, 'source' | 'bytes' | 'packet'>, start: number, length: number): Piece {
  const { number: packet } = layer.packet;
  return layer.source === 0 ? { packet, length, start, bytes: null } : { packet, length, start: -1, bytes: layer.bytes.slice(start, start + length) };
}

export function piecesLength(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { length }) => total + length, 0);
}

/** The whole, as far as it is shown. */
export function joinPieces(layer: Pick<Layer, 'packet' | 'run'>, pieces: readonly Piece[]): Uint8Array {
  const { run } = layer;
  const whole = new Uint8Array(Math.min(piecesLength(pieces), MAX_JOINED_BYTES));
  let at = 0;
  for (const { packet, length, start, bytes } of pieces) {
    if (at >= whole.length) break;
    const frame = packet === layer.packet.number ? run.packet.bytes : null;
    const piece = bytes ?? (frame ?? run.state.readPacketBytes(packet)).subarray(start, start + length);
    whole.set(piece.subarray(0, whole.length - at), at);
    at += length;
  }
  return whole;
}

/** How a protocol names the fields of its list of pieces. */
export interface PieceFields {
  readonly list: string;
  readonly piece: string;
  readonly count: string;
  readonly length: string;
  /** Field with the whole's bytes; absent where there is none. */
  readonly data?: string;
  /** What one piece is called, for example "DATA fragment". */
  readonly word: string;
}

/** Lists the pieces that the bytes of `source` were put together from. */
export function putPieces(layer: Layer, names: PieceFields, pieces: readonly Piece[], source: number): void {
  if (!layer.run.items) return;
  const total = piecesLength(pieces);
  layer.onSource(source, () => {
    const isTruth = layer.protocol.byKey[names.list]?.type === 'none';
    layer.putGenerated(names.list, isTruth ? 0 : layer.bytes, 0, total);
    layer.label(() => `${pieces.length} ${names.word}${pieces.length === 1 ? '' : 's'} (${total} bytes): ${pieces.map(({ packet, length }) => `#${packet}(${length})`).join(', ')}`);
    layer.inside(() => {
      let at = 0;
      for (const { packet, length } of pieces) {
        const from = at;
        at += length;
        layer.putGenerated(names.piece, packet, from, length);
        layer.label(() => `Frame: ${packet}, payload: ${from}-${from + length - 1} (${length} byte${length === 1 ? '' : 's'})`);
      }
      layer.putGenerated(names.count, pieces.length);
      layer.putGenerated(names.length, total);
      if (names.data !== undefined) layer.putGenerated(names.data, layer.bytes, 0, total);
    });
  });
}
