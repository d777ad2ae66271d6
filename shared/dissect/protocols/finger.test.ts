import { expect, test } from 'vitest';
import { latin1 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { asked } from './finger.fixtures.test-helper.ts';

test('a question and its answer', () => {
  const shown = dissectFrames(asked(79).frames);
  expect([shown[4]?.info, shown[7]?.info, shown[4]?.values['finger.response_in'], shown[3]?.protocols]).toEqual(['Query', 'Response', ['8'], 'eth:ethertype:ip:tcp']);
  expect(branch(shown[7] as DissectedFrame, 'FINGER').split('\n')).toEqual([
    'FINGER: Response',
    '    Response: Login: bob\\r\\nOn since\\r\\n',
    '    [Request In: 5]',
    '    [Response Time: 0.003000000 seconds]',
  ]);
});

test('the same in any order', () => {
  const { frames } = asked(79);
  const [first, last] = [[4, 7], [7, 4]].map((order) => treesShownInOrder(frames, order));
  expect(first).toEqual(last);
});

test('an answer without a question', () => {
  const frames = new TcpFrames(79).send('down', lines('who are you\n')).finish('down').frames;
  expect(dissectFrames(frames).at(-1)?.values).toMatchObject({ 'finger.response': ['who are you\\r\\n'] });
  expect(dissectFrames(frames).at(-1)?.values['finger.response_to']).toBeUndefined();
});

test('a question whose end was not captured', () => {
  const frame = new TcpFrames(79).send('up', latin1('bob\r\n')).frames.at(-1) as Uint8Array;
  const shown = dissectFrames([frame.subarray(0, -2)], { wireLength: frame.length })[0] as DissectedFrame;
  expect(branch(shown, 'FINGER')).toContain('Missing <CR><LF>');
});
