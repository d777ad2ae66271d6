import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch } from '../internet.test-helper.ts';
import { afterCall } from './rtp.fixtures.test-helper.ts';
import { KEYS } from './rtpevent.fixtures.test-helper.ts';

const SHOWN = dissectFrames(afterCall(KEYS)).slice(2);

test('keys', () => {
  expect(SHOWN.map(({ info }) => info)).toEqual([
    'Request: INVITE sip:bob@example.com | ',
    'Status: 200 OK (INVITE) | ',
    'Payload type=RTP Event, DTMF Five 5',
    'Payload type=RTP Event, DTMF Five 5 (end)',
    'Payload type=RTP Event, DTMF D (end)',
    'Payload type=RTP Event, Flash[Malformed Packet]',
  ].slice(2));
  expect(SHOWN.map(({ protocol }) => protocol)).toEqual(SHOWN.map(() => 'RTP EVENT'));
});

test('a key as a tree', () => {
  expect(branch(SHOWN[1] as DissectedFrame, 'RFC 2833')).toBe(
    [
      'RFC 2833 RTP Event, DTMF Five 5 (end)',
      '    Event ID: DTMF Five 5 (5)',
      '    1... .... = End of Event: True',
      '    .0.. .... = Reserved: False',
      '    ..00 1010 = Volume: 10',
      '    Event Duration: 320',
    ].join('\n'),
  );
});
