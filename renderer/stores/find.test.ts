import { expect, test } from 'vitest';
import { findFilter, type FindMode } from './find.ts';

test.each<[FindMode, string, string | null]>([
  ['text', 'GET /', 'frame contains "GET /"'],
  ['text', 'a"b\\c', 'frame contains "a\\"b\\\\c"'],
  ['regex', 'a+"?', 'frame matches r"a+\\x22?"'],
  ['hex', '47 45 54', 'frame contains 47:45:54'],
  ['hex', '0x4745', 'frame contains 47:45'],
  ['hex', 'ff', 'frame contains :ff'],
  ['hex', '4', null],
  ['hex', 'zz', null],
  ['filter', 'tcp.port == 80', 'tcp.port == 80'],
  ['text', '', null],
])('%s %s', (mode, text, expected) => {
  expect(findFilter({ mode, text })).toBe(expected);
});
