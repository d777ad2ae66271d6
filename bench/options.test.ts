import { describe, expect, test } from 'vitest';
import { benchOptions, BenchUsageError } from './options.ts';

describe('bench options', () => {
  test.each([
    [[], { parts: ['reading', 'flat', 'engine', 'filters', 'window'], rounds: 3, quick: false }],
    [['--quick'], { parts: ['reading', 'flat', 'engine', 'filters', 'window'], rounds: 1, quick: true }],
    [['--quick', '--rounds=4'], { parts: ['reading', 'flat', 'engine', 'filters', 'window'], rounds: 4, quick: true }],
    // Parts run in one order, however they were named.
    [['--engine', '--reading', '--rounds', '7'], { parts: ['reading', 'engine'], rounds: 7, quick: false }],
    [['--filters'], { parts: ['filters'], rounds: 3, quick: false }],
    [['--flat'], { parts: ['flat'], rounds: 3, quick: false }],
    [['--window'], { parts: ['window'], rounds: 3, quick: false }],
  ])('%j', (words, expected) => {
    expect(benchOptions(words)).toEqual(expected);
  });

  test.each([
    [['--rounds=0'], /--rounds takes a number from 1 to 100, not "0"/],
    [['--rounds=1.5'], /not "1.5"/],
    [['--rounds=many'], /not "many"/],
    [['--rounds=1000'], /not "1000"/],
    [['--rounds'], /npm run bench/],
    [['--fast'], /--fast[^]*npm run bench/],
    [['mix100.pcap'], /npm run bench/],
  ])('%j is refused with what is wrong', (words, message) => {
    expect(() => benchOptions(words)).toThrow(BenchUsageError);
    expect(() => benchOptions(words)).toThrow(message);
  });
});
