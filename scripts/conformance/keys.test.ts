import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { withoutKeys } from './keys.ts';

/** Blocks of pcapng, in either byte order: a section's header, then others of the given types with a body of 8 bytes. */
function capture(isLittle: boolean, types: readonly number[]): Buffer {
  const words = [0x0a0d0d0a, 28, 0x1a2b3c4d, 0x00010000, 0xffffffff, 0xffffffff, 28, ...types.flatMap((type) => [type, 20, 0x544c534b, 0x01020304, 20])];
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => (isLittle ? bytes.writeUInt32LE(word, index * 4) : bytes.writeUInt32BE(word, index * 4)));
  return bytes;
}

describe.each([
  ['little-endian', true],
  ['big-endian', false],
])('a %s capture', (_order, isLittle) => {
  test('with keys loses what they are of, and nothing else', () => {
    const expected = capture(isLittle, [5, 10, 5]);
    expected.writeUInt32LE(0, 28 + 20 + 8);
    expect(withoutKeys(capture(isLittle, [5, 10, 5]))).toEqual(expected);
    expect(withoutKeys(gzipSync(capture(isLittle, [5, 10, 5])))).toEqual(expected);
  });

  test('without keys stays as it is', () => {
    expect(withoutKeys(capture(isLittle, [5, 6]))).toBe(null);
  });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no pcapng', Buffer.alloc(40, 0xd4)],
  ['damaged gzip', Buffer.from('1f8b0800ffff', 'hex')],
  ['a block that claims no length', Buffer.concat([capture(true, []), Buffer.alloc(16)])],
])('%s has none', (_name, bytes) => {
  expect(withoutKeys(bytes)).toBe(null);
});
