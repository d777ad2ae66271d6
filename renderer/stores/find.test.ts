import { expect, test } from 'vitest';
import { placeOf, soughtText, type FindMode, type FindPlace } from './find.ts';

test.each<[FindMode, string, string | null]>([
  ['text', 'a"b\\c', 'a"b\\c'],
  ['regex', 'a+"?', 'a+"?'],
  ['hex', '47 45 54', '474554'],
  ['hex', '0x4745', '4745'],
  ['hex', 'ff', 'ff'],
  ['hex', '4', null],
  ['hex', 'zz', null],
  ['filter', 'tcp.port == 80', 'tcp.port == 80'],
  ['text', '', null],
])('%s %s', (mode, text, expected) => {
  expect(soughtText({ mode, text })).toBe(expected);
});

test.each<[FindMode, FindPlace, FindPlace | null]>([
  ['text', 'details', 'details'],
  ['regex', 'list', 'list'],
  ['hex', 'list', 'bytes'],
  ['filter', 'bytes', null],
])('%s in %s looks in %s', (mode, where, expected) => {
  expect(placeOf({ mode, where })).toBe(expected);
});
