/** Patterns mean in JavaScript what they mean in PCRE2 over bytes, caseless; expected outcomes are pcre2test's. */
import { describe, expect, test } from 'vitest';
import { utf8ByteText } from './byte-text.ts';
import { PatternError, translatePattern } from './pattern.ts';

function matches(pattern: string, subject: string): boolean {
  const { source, flags } = translatePattern(utf8ByteText(pattern));
  return new RegExp(source, flags).test(utf8ByteText(subject));
}

describe('patterns', () => {
  test.each<[pattern: string, matching: readonly string[], others: readonly string[]]>([
    ['abc', ['xABCx', 'abc'], ['ab', 'a.c']],
    ['(?-i)abc', ['abc'], ['ABC']],
    ['(?-i)a(?i)b', ['aB', 'ab'], ['AB']],
    ['(?-i:a)b', ['aB'], ['AB']],
    ['a.c', ['abc', 'a\rc'], ['a\nc']],
    ['(?s)a.c', ['a\nc'], []],
    ['^a$', ['a', 'a\n'], ['a\n\n', 'ba', 'ab']],
    ['(?m)^b$', ['a\nb\nc'], ['ab']],
    [String.raw`\Aa\z`, ['a'], ['a\n']],
    [String.raw`a\Z`, ['a', 'a\n'], ['ab']],
    [String.raw`\d\w\s`, ['1a '], ['1a\u00a0', 'aa ']],
    [String.raw`\D\W\S`, ['a.b'], ['1.b']],
    [String.raw`\h\v\R`, [' \n\r\n', '\t\u000b\n'], ['a\n\n']],
    [String.raw`\bfoo\b`, ['a foo b'], ['afoo']],
    [String.raw`\x41\101\x{42}\o{102}\e?`, ['AABB', 'aabb'], ['AAB']],
    [String.raw`\cA`, ['\u0001'], ['A']],
    [String.raw`\Qa.b*\E+`, ['a.b**', 'a.b*'], ['aXb', 'a.b']],
    ['[a-c]', ['B'], ['d']],
    ['[^a-c]', ['d'], ['A', 'b']],
    ['[]a]', [']', 'a'], ['b']],
    ['[a-]', ['-'], ['b']],
    [String.raw`[\d-x]`, ['5', '-', 'x'], ['y']],
    [String.raw`[\]\\]`, [']', '\\'], ['a']],
    ['[[:alpha:][:digit:]_]', ['a', '5', '_'], ['-']],
    ['[[:^alpha:]]', ['5'], ['a']],
    ['a{2}', ['aa'], ['a']],
    ['a{2,}b', ['aaab'], ['ab']],
    ['a{,2}', ['a{,2}'], ['aa']],
    ['a{x}', ['a{x}'], ['a']],
    ['a*?b+?', ['b', 'aab'], ['a']],
    ['a++a', [], ['aaa']],
    ['(?>a+)b', ['aab'], ['aac']],
    ['(a|b)*c', ['abac', 'c'], ['ab']],
    [String.raw`(a)(b)\2\1`, ['abba', 'ABBA'], ['abab']],
    [String.raw`(?<n>a|b)\k<n>`, ['aa', 'bb'], ['ab']],
    [String.raw`(?P<n>x)(?P=n)`, ['xx'], ['xy']],
    [String.raw`(a)\g{-1}\g1`, ['aaa'], ['aa']],
    ['(?=ab)a', ['ab'], ['ac']],
    ['(?!ab)a', ['ac'], ['ab']],
    ['(?<=a)b(?<!cb)', ['ab'], ['cb']],
    ['(?x) a b # c', ['ab'], ['a b']],
    ['a(?#remark)b', ['ab'], ['a']],
    ['é', ['xéy'], ['É', 'e']],
    [String.raw`\xc3\xa9`, ['é'], ['e']],
    ['a|^$|b', ['', 'b'], ['c']],
    ['k', ['K'], ['\u212a']],
  ])('%s', (pattern, matching, others) => {
    expect(matching.filter((subject) => !matches(pattern, subject))).toEqual([]);
    expect(others.filter((subject) => matches(pattern, subject))).toEqual([]);
  });

  test('those that a linear engine can run are known', () => {
    expect(['(a+)+$', 'a|b', '[x]{2,5}', '^a$'].map((pattern) => translatePattern(pattern).isRegular)).toEqual([true, true, true, true]);
    expect([String.raw`(a)\1`, '(?=a)', '(?<!a)', 'a++', 'a$b'].map((pattern) => translatePattern(pattern).isRegular)).toEqual([false, false, false, false, false]);
  });

  test('no text breaks the translation', () => {
    const parts = ['a', '(', ')', '[', ']', '{', '}', '*', '+', '?', '\\', '|', '^', '$', '-', ',', '1', ':', '<', '=', '!', '#', 'Q', 'E', 'x', 'k', 'g', 'P', '&', "'"];
    let state = 7;
    const next = (): string => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return parts[(state >>> 8) % parts.length] as string;
    };
    for (let round = 0; round < 2_000; round += 1) {
      const pattern = Array.from({ length: 1 + (round % 12) }, next).join('');
      try {
        translatePattern(pattern);
      } catch (error) {
        if (!(error instanceof PatternError)) throw new Error(`${pattern}: ${String(error)}`, { cause: error });
        expect(error.at >= 0 && error.end <= pattern.length && error.at <= error.end, pattern).toBe(true);
      }
    }
  });
});
