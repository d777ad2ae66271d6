/** Patterns end in time, whatever they are: the linear engine or a thread that is ended. */
import { describe, expect, test } from 'vitest';
import { PatternTimeout, plainMatcher } from '../../shared/filter/compile.ts';
import { translatePattern } from '../../shared/filter/pattern.ts';
import { boundedMatcher } from './bounded-patterns.ts';

const MANY = 5000;

describe('patterns that backtrack without end', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(MANY)}b`],
    ['(a|aa)+$', `${'a'.repeat(MANY)}b`],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(MANY) + '!'],
    ['(.*)*x', 'y'.repeat(MANY)],
    ['(?-i)(x+x+)+y', 'x'.repeat(MANY)],
  ])('%s is decided by the linear engine', (pattern, subject) => {
    const matches = boundedMatcher(translatePattern(pattern));
    const from = performance.now();
    matches(subject);
    // Backtracking would take longer than the universe has.
    expect(performance.now() - from).toBeLessThan(5000);
  });

  test.each([
    [String.raw`^(a+)+\1$`, `${'a'.repeat(40)}b`],
    ['^(?=(a+)+$)', `${'a'.repeat(40)}b`],
    ['^(a{1,1000}){1,1000}$', `${'a'.repeat(400)}b`],
  ])('%s, which that one cannot run, is ended', (pattern, subject) => {
    expect(() => boundedMatcher(translatePattern(pattern))(subject)).toThrow(PatternTimeout);
  });
});

describe('bounded patterns match what plain ones match', () => {
  test.each([
    ['exa.ple', 'www.EXAMPLE.net'], ['^www', 'www.example.net'], ['(.)\\1', 'abba'], ['(?<=a)b', 'ab'], ['(?!a)b', 'cb'], ['^$', ''], ['', 'x'],
    ['[^a]', 'a'], [String.raw`\x00\xff`, '\x00\xff'], ['a{3}', 'aa'], ['(?-i)A', 'a'], ['net$', 'example.net\n'],
  ])('%s on %j', (pattern, subject) => {
    const translated = translatePattern(pattern.replaceAll('\\\\', '\\'));
    expect(boundedMatcher(translated)(subject)).toBe(plainMatcher(translated)(subject));
  });

  test('a thread goes on with the next value, also a longer one', () => {
    const matches = boundedMatcher(translatePattern('^(?=x).*y$'));
    expect(['xy', 'ay', `x${'z'.repeat(200_000)}y`, 'x', 'xy'].map(matches)).toEqual([true, false, true, false, true]);
  });
});
