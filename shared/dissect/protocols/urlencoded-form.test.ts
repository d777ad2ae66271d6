import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

function dissect(form: string): DissectedFrame {
  const post = lines(`POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\nContent-Length: ${form.length}\n\n${form}`);
  return dissectFrames(new TcpFrames(80).send('up', post).frames).at(-1) as DissectedFrame;
}

test.each([
  ['a=1&b=2', ['a', 'b'], ['1', '2']],
  ['a+b=c%20d', ['a b'], ['c d']],
  ['a=%C3%A9', ['a'], ['é']],
  ['a=', ['a'], ['']],
  ['=b', [''], ['b']],
  ['a=b=c', ['a'], ['b=c']],
  ['a', ['a'], ['']],
  // As in Wireshark, a name goes on to the next "=".
  ['a&b=c', ['a&b'], ['c']],
  ['a=1&b=%zz&c=3', ['a', 'b'], ['1']],
  ['%=1', undefined, undefined],
])('%s', (form, keys, values) => {
  const packet = dissect(form);
  expect([packet.values['urlencoded-form.key'], packet.values['urlencoded-form.value']]).toEqual([keys, values]);
});

test('the list names the type, the tree every pair', () => {
  const { info, tree } = dissect('a=1');
  expect(info).toBe('POST / HTTP/1.1  (application/x-www-form-urlencoded)');
  expect(tree).toContain('    Form item: "a" = "1"\n        Key: a\n        Value: 1');
});
