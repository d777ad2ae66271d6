/** What has to be known of a message before its options are shown one by one. */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import type { DhcpLayer } from './fields.ts';

export const PAD = 0;
export const END = 255;
const OVERLOAD = 52;
const MESSAGE_TYPE = 53;
const VENDOR_CLASS = 60;
/** Options that may be cut into several (RFC 3396), of those that are read as a whole. */
const LONG_OPTIONS: ReadonlySet<number> = new Set([119, 120]);

export interface Piece {
  readonly start: number;
  readonly length: number;
}

export interface MessageFacts {
  /** Option 53; -1 for BOOTP. */
  messageType: number;
  /** Option 52: bit 0 the file name, bit 1 the server name hold options. */
  overload: number;
  vendorClass: string;
  /** While the options in the fields for names are read. */
  isOverloading: boolean;
  /** Pieces of the long options, by code. */
  readonly pieces: Map<number, Piece[]>;
}

/** Reads the value of an option; the cursor stands on it. */
export type OptionReader = (layer: DhcpLayer, length: number, facts: MessageFacts) => void;

/** Looks through the options from `start` on without recording anything. */
export function gatherFacts(layer: DhcpLayer, start: number): MessageFacts {
  const { bytes, end } = layer;
  const facts: MessageFacts = { messageType: -1, overload: 0, vendorClass: '', isOverloading: false, pieces: new Map() };
  let at = start;
  while (at < end) {
    const code = readU8(bytes, at);
    if (code === END) break;
    if (code === PAD) {
      at += 1;
      continue;
    }
    const length = at + 1 < end ? readU8(bytes, at + 1) : 0;
    if (at + 2 < end) note(layer, facts, code, { start: at + 2, length });
    at += 2 + length;
  }
  return facts;
}

function note(layer: DhcpLayer, facts: MessageFacts, code: number, piece: Piece): void {
  const { bytes } = layer;
  if (code === OVERLOAD) facts.overload = readU8(bytes, piece.start);
  else if (code === MESSAGE_TYPE) facts.messageType = readU8(bytes, piece.start);
  else if (code === VENDOR_CLASS) facts.vendorClass = latin1(bytes, piece.start, piece.start + piece.length);
  else if (LONG_OPTIONS.has(code)) {
    const pieces = facts.pieces.get(code);
    if (pieces) pieces.push(piece);
    else facts.pieces.set(code, [piece]);
  }
}
