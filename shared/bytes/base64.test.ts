import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
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

test.each([[''], ['f'], ['fo'], ['foo'], ['foobar'], ['\u0000\u00ff\u00fe?']])('%j is read back from what it is written as', (text) => {
  const written = encodeBase64(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  const bytes = decodeBase64(written);
  expect(latin1(bytes, 0, bytes.length)).toBe(text);
  expect(written.length % 4).toBe(0);
});
