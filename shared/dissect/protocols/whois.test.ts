import { expect, test } from 'vitest';
import { latin1 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { asked } from './finger.fixtures.test-helper.ts';

test('a question', () => {
  const shown = dissectFrames(asked(43).frames)[4] as DissectedFrame;
  expect([shown.info, branch(shown, 'WHOIS').split('\n')]).toEqual(['Query: bob', ['WHOIS: Query', '    Query: bob\\r\\n', '    [Answer In: 8]']]);
});

test('its answer', () => {
  const shown = dissectFrames(asked(43).frames)[7] as DissectedFrame;
  expect(shown.info).toBe('Answer: bob');
  expect(branch(shown, 'WHOIS').split('\n').slice(0, 6)).toEqual([
    'WHOIS: Answer',
    '    [Query In: 5]',
    '    [Response Time: 0.003000000 seconds]',
    '    Answer: Login: bob\\r\\n',
    '    Answer: On since\\r\\n',
    '    WHOIS has no mechanism to indicate encoding (RFC 3912), assuming UTF-8',
  ]);
});

test('an answer without a question', () => {
  const frames = new TcpFrames(43).send('down', lines('no\n')).finish('down').frames;
  expect(dissectFrames(frames).at(-1)?.info).toBe('Answer');
});

test('a question whose end was not captured', () => {
  const frame = new TcpFrames(43).send('up', latin1('bob\r\n')).frames.at(-1) as Uint8Array;
  const shown = dissectFrames([frame.subarray(0, -2)], { wireLength: frame.length })[0] as DissectedFrame;
  expect(branch(shown, 'WHOIS')).toContain('Missing <CR><LF>');
});
