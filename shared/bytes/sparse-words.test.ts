import { describe, expect, test } from 'vitest';
import { packedLimit, packWords, unpackWords } from './sparse-words.ts';

function packed(words: Uint32Array): Uint32Array {
  const into = new Uint32Array(packedLimit(words.length));
  return into.slice(0, packWords(words, into));
}

const cases: readonly (readonly [string, Uint32Array, number])[] = [
  ['nothing', new Uint32Array(0), 0],
  ['zeros', new Uint32Array(100), 4],
  ['one in the middle', Uint32Array.from({ length: 64 }, (_, index) => (index === 40 ? 7 : 0)), 3],
  ['no zeros', Uint32Array.from({ length: 64 }, (_, index) => 0xffff_ffff - index), 66],
  ['the last of a group', Uint32Array.from({ length: 32 }, (_, index) => (index === 31 ? 0x8000_0000 : 0)), 2],
  ['a group that is not full', Uint32Array.of(1, 0, 3), 3],
];

describe('words that are mostly 0', () => {
  test.each(cases)('%s', (_, words, length) => {
    const small = packed(words);
    expect(small).toHaveLength(length);
    const back = new Uint32Array(words.length).fill(99);
    unpackWords(small, back);
    expect(back).toEqual(words);
  });

  test('doubles that stand for "never" take half', () => {
    const never = new Uint32Array(new Float64Array(320).fill(-Infinity).buffer);
    expect(packed(never)).toHaveLength(320 + 20);
  });
});
