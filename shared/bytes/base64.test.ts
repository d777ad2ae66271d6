import { expect, test } from 'vitest';
import { decodeBase64 } from './base64.ts';
import { latin1 } from './reader.ts';

test.each([
  ['', ''],
  ['Zg==', 'f'],
  ['Zm8=', 'fo'],
  ['Zm9v', 'foo'],
  ['Zm9vYmFy', 'foobar'],
  ['Zm9vYg', 'foob'],
  ['Zm\n9v Ym!Fy', 'foobar'],
  ['Zm9v====YmFy', 'foo'],
])('%j stands for %j', (text, expected) => {
  const bytes = decodeBase64(text);
  expect(latin1(bytes, 0, bytes.length)).toBe(expected);
});
