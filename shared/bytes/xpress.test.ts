import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { unpackLz77, unpackLz77Huffman, unpackLznt1 } from './xpress.ts';

const MANY = 1 << 20;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
const ABC = 'abc'.repeat(100);

function text(bytes: Uint8Array | null): string | null {
  return bytes && String.fromCharCode(...bytes);
}

/** Lengths of codes by symbol, four bits each. */
function codeLengths(lengths: Readonly<Record<number, number>>): Bytes {
  const table = new Uint8Array(256);
  for (const [symbol, length] of Object.entries(lengths)) {
    const index = Number(symbol) >> 1;
    table[index] = (table[index] ?? 0) | (Number(symbol) % 2 === 0 ? length : length << 4);
  }
  return table;
}

/** MS-XCA §3.2: "a" 110, "b" 111, "c" 00, end 01, a match of three bytes back and a long length 10. */
const ABC_CODES = codeLengths({ 97: 3, 98: 3, 99: 2, 256: 2, 287: 2 });

describe('LZ77 (MS-XCA §3.1)', () => {
  test.each([
    ['no match', concat(hex('3f000000'), latin1(ALPHABET)), ALPHABET],
    ['a match of 297 bytes, from three bytes back', hex('ffffff1f 616263 1700 0f ff 2601'), ABC],
    ['a length in half a byte, which the next match shares', hex('ffffff5f 61 0700 21 62 0f00'), `${'a'.repeat(12)}b${'ab'.repeat(6)}`],
    ['a length in a byte of its own', hex('ffffff7f 61 0700 0f 05'), 'a'.repeat(1 + 5 + 15 + 7 + 3)],
    ['nothing', hex(''), ''],
  ])('%s', (_what, bytes, expected) => {
    expect(text(unpackLz77(bytes, MANY))).toBe(expected);
  });

  test('output ends at the limit', () => {
    expect(text(unpackLz77(hex('ffffff1f 616263 1700 0f ff 2601'), 10))).toBe('abcabcabca');
    expect(unpackLz77(hex('ffffff7f 61 0700 0f ff 0000 ffffffff'), 100)).toHaveLength(100);
  });

  test.each([
    ['a match before the first byte', 'ffffff7f 61 0800'],
    ['a match that is cut off', 'ffffff7f 61 07'],
    ['a length that is too short for its place', 'ffffff7f 61 0700 0f ff 0500'],
  ])('damaged: %s', (_what, bytes) => {
    expect(unpackLz77(hex(bytes), MANY)).toBeNull();
  });
});

describe('LZ77 with Huffman codes (MS-XCA §3.2)', () => {
  test('a match of 297 bytes', () => {
    expect(text(unpackLz77Huffman(concat(ABC_CODES, hex('a8dc0000ff2601')), ABC.length))).toBe(ABC);
  });

  test('blocks of 64 KiB have tables of their own', () => {
    const long = codeLengths({ 97: 1, 271: 1 });
    const block = concat(long, hex('0040 0000 ff fcff'));
    expect(unpackLz77Huffman(concat(block, block), 2 * 65_536)).toEqual(new Uint8Array(2 * 65_536).fill(97));
  });

  test.each([
    ['codes that leave room', concat(codeLengths({ 97: 2 }), hex('0000 0000'))],
    ['more codes than there is room for', concat(codeLengths({ 97: 1, 98: 1, 99: 1 }), hex('0000 0000'))],
    ['a match before the first byte', concat(ABC_CODES, hex('0080 0000 05'))],
    ['less than was announced', concat(ABC_CODES, hex('a8dc0000ff0500'))],
    ['no table', hex('00')],
  ])('damaged: %s', (_what, bytes) => {
    expect(unpackLz77Huffman(bytes, ABC.length)).toBeNull();
  });
});

describe('LZNT1', () => {
  test.each([
    ['a match', hex('05b0 08 616263 0620'), 'abcabcabcabc'],
    ['bytes as they are, and the end', hex('0230 616263 0000 ffff'), 'abc'],
    ['two chunks', hex('05b0 08 616263 0620 0030 64'), 'abcabcabcabcd'],
    ['behind 16 bytes, an offset has a bit more', concat(hex('15b0 00'), latin1('01234567'), hex('00'), latin1('89abcdef'), hex('02 67 0780')), `0123456789abcdefg${'0123456789'}`],
  ])('%s', (_what, bytes, expected) => {
    expect(text(unpackLznt1(bytes, MANY))).toBe(expected);
  });

  test('output ends at the limit', () => {
    expect(text(unpackLznt1(hex('05b0 08 616263 0620'), 5))).toBe('abcab');
  });

  test.each([
    ['a chunk that is cut off', '05b0 08 6162'],
    ['a match before the chunk', '05b0 08 616263 0640'],
    ['a match that is cut off', '02b0 02 61 06'],
  ])('damaged: %s', (_what, bytes) => {
    expect(unpackLznt1(hex(bytes), MANY)).toBeNull();
  });
});
