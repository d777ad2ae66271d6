/**
 * Identifier and length octets (X.690 §8.1): short and long tags, definite and indefinite
 * lengths. Nothing here throws or records; positions are absolute in the bytes.
 */
import { readU8 } from '../../bytes/reader.ts';
import { UNIVERSAL } from './tags.ts';

/** Elements may not nest deeper than this, and indefinite lengths are not followed further. */
export const MAX_NESTING = 64;

export interface Header {
  readonly tagClass: number;
  readonly constructed: boolean;
  readonly tag: number;
  readonly start: number;
  /** First byte of the content. */
  readonly content: number;
  /** End of the content, which may lie behind all bytes; with an indefinite length, where the end marker begins (of primitive ones, which must not have one, where it ends). */
  readonly end: number;
  /** End of the element: the end marker counts. */
  readonly next: number;
  readonly indefinite: boolean;
}

/** Why there is no header: the bytes end too early, `at` the first one missing; or it nests too deep. */
export interface NoHeader {
  readonly missing: number;
}

export function isHeader(found: Header | NoHeader): found is Header {
  return 'content' in found;
}

/** Reads the header at `start`; only bytes before `end` exist. Lengths have 32 bits: no element is longer. */
export function readHeader(bytes: Uint8Array, start: number, end: number, nesting = 0): Header | NoHeader {
  let at = start;
  if (at >= end) return { missing: at + 1 };
  const first = readU8(bytes, at);
  at += 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let more = true; more; at += 1) {
      if (at >= end) return { missing: at + 1 };
      const octet = readU8(bytes, at);
      tag = ((tag << 7) | (octet & 0x7f)) >>> 0;
      more = (octet & 0x80) !== 0;
    }
  }
  const shape = { tagClass: first >> 6, constructed: (first & 0x20) !== 0, tag, start };
  if (at >= end) return { missing: at + 1 };
  const octet = readU8(bytes, at);
  at += 1;
  if (octet === 0x80) return indefinite(bytes, shape, at, end, nesting);
  if (octet < 0x80) return { ...shape, content: at, end: at + octet, next: at + octet, indefinite: false };
  const lengthEnd = at + (octet & 0x7f);
  if (lengthEnd > end) return { missing: lengthEnd };
  let length = 0;
  for (; at < lengthEnd; at += 1) length = ((length << 8) | readU8(bytes, at)) >>> 0;
  return { ...shape, content: at, end: at + length, next: at + length, indefinite: false };
}

/** Elements follow, up to one of tag and length 0. */
function indefinite(bytes: Uint8Array, shape: Pick<Header, 'tagClass' | 'constructed' | 'tag' | 'start'>, content: number, end: number, nesting: number): Header | NoHeader {
  if (nesting >= MAX_NESTING) return { missing: end + 1 };
  for (let at = content; ; ) {
    const inner = readHeader(bytes, at, end, nesting + 1);
    if (!isHeader(inner)) return inner;
    if (inner.tagClass === UNIVERSAL && inner.tag === 0 && !inner.constructed && inner.end === inner.content) {
      return { ...shape, content, end: shape.constructed ? at : inner.next, next: inner.next, indefinite: true };
    }
    at = inner.next;
  }
}
