import { expect, test } from 'vitest';
import { latin1 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { news } from './nntp.fixtures.test-helper.ts';

test('what the list says', () => {
  const shown = dissectFrames(news().frames).slice(3, -1);
  expect(shown.map(({ info }) => info)).toEqual(['Response: 200 ready', 'Request: ARTICLE 1', 'Response: 220 1 <x>', 'Response:  goes on', 'Request: StartTLS', 'Response: 382 go on']);
  expect([shown[0]?.values['nntp.response'], shown[1]?.values['nntp.request'], shown[1]?.values['nntp.response']]).toEqual([['1'], ['1'], undefined]);
});

test('an article as a tree', () => {
  const shown = branch(dissectFrames(news().frames)[5] as DissectedFrame, 'Network News');
  expect(shown.split('\n')).toEqual(['Network News Transfer Protocol', '    220 1 <x>\\r\\n', '    From: a\\r\\n', '    \\r\\n', '    body']);
});

test('TLS only where it was asked for', () => {
  const frames = new TcpFrames(119).send('up', latin1('MODE READER\r\n')).send('down', latin1('382 what\r\n')).send('up', latin1('QUIT\r\n'));
  expect(dissectFrames(frames.frames).at(-1)?.info).toBe('Request: QUIT');
});
