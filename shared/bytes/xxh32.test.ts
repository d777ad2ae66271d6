import { expect, test } from 'vitest';
import { Xxh32, xxh32 } from './xxh32.ts';

const bytesOf = (words: string): Uint8Array => Uint8Array.from(words, (character) => character.charCodeAt(0));

test.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('the check sum of %j', (words, sum) => {
  expect(xxh32(bytesOf(words))).toBe(sum);
});

test('pieces of any length give the sum of the whole', () => {
  const bytes = Uint8Array.from({ length: 500 }, (_, at) => at * 7);
  for (const length of [1, 3, 15, 16, 17, 100]) {
    const sum = new Xxh32();
    for (let at = 0; at < bytes.length; at += length) sum.update(bytes.subarray(at, at + length));
    expect(sum.digest()).toBe(xxh32(bytes));
  }
});
