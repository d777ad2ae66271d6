import { describe, expect, test } from 'vitest';
import { addWords, crc32, expectedChecksum, internetChecksum, pseudoHeaderSum } from './checksum.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

describe('Internet checksum', () => {
  test('of the example in RFC 1071 §3', () => {
    expect(internetChecksum(addWords(0, bytes('0001f203f4f5f6f7'), 0, 8))).toBe(~0xddf2 & 0xffff);
  });
  test('counts an odd last byte as if a zero followed', () => {
    expect(internetChecksum(addWords(0, bytes('0102ff'), 0, 3))).toBe(internetChecksum(addWords(0, bytes('0102ff00'), 0, 4)));
  });
  test('is 0 over a header with its correct checksum', () => {
    expect(internetChecksum(addWords(0, bytes('45000073000040004011b861c0a80001c0a800c7'), 0, 20))).toBe(0);
  });
  test('folds sums of many words', () => {
    expect(internetChecksum(addWords(0, new Uint8Array(65_535).fill(0xff), 0, 65_534))).toBe(0);
  });
  test('tells what the field should have held', () => {
    const header = bytes('45000073000040004011dead' + 'c0a80001c0a800c7');
    expect(expectedChecksum(0xdead, internetChecksum(addWords(0, header, 0, 20)))).toBe(0xb861);
  });
  test('covers the pseudo header of both versions', () => {
    const four = bytes('c0a80001c0a800c7');
    expect(pseudoHeaderSum({ version: 4, bytes: four, source: 0, destination: 4 }, 17, 9)).toBe(0xc0a8 + 1 + 0xc0a8 + 0xc7 + 17 + 9);
    const six = bytes('20010db8000000000000000000000001' + '20010db8000000000000000000000002');
    expect(pseudoHeaderSum({ version: 6, bytes: six, source: 0, destination: 16 }, 58, 0x1_0002)).toBe(2 * (0x2001 + 0x0db8) + 3 + 58 + 3);
  });
});

test('CRC-32 reads as the four bytes on the wire', () => {
  // Check value of CRC-32/ISO-HDLC is 0xcbf43926; Ethernet sends its low byte first.
  expect(crc32(bytes('313233343536373839'), 0, 9)).toBe(0x2639f4cb);
});
