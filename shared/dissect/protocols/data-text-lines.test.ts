import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, response } from '../web-fixtures.test-helper.ts';

function dissect(type: string, text: string): DissectedFrame {
  return dissectFrames(exchange(response(type, text)).frames).at(-1) as DissectedFrame;
}

test('line by line, with their ends', () => {
  const { tree, info } = dissect('text/css', 'one\r\ntwo\nthree\r\rfour');
  expect(info).toBe('HTTP/1.1 200 OK  (text/css)');
  expect(tree.slice(tree.indexOf('Line-based'))).toBe(['Line-based text data: text/css (5 lines)', '    one\\r\\n', '    two\\n', '    three\\r', '    \\r', '    four'].join('\n'));
});

test('a type nobody knows is shown with its bytes', () => {
  const { tree, info, values } = dissect('application/x-unknown', '\u0001\u0002');
  expect([info, values['media.type']]).toEqual(['HTTP/1.1 200 OK  (application/x-unknown)', ['0102']]);
  expect(tree).toContain('Media Type: application/x-unknown (2 bytes)');
});
