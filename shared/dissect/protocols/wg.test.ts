import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { cookie, initiation, response, sealed } from './wg.fixtures.test-helper.ts';

/** Stream, and packet of the answer or of what is answered, of each frame. */
function places(frames: readonly Uint8Array[]): readonly unknown[] {
  return dissectFrames(frames).map(({ values }) => [values['wg.stream']?.[0], values['wg.response_in']?.[0] ?? values['wg.response_to']?.[0]]);
}

test('a handshake and what follows are one session', () => {
  const frames = [initiation('d837d030'), response('06f47dab', 'd837d030'), sealed('up', '06f47dab', '00', 16), sealed('down', 'd837d030', '07', 48)];
  const shown = dissectFrames(frames);
  expect(shown.map(({ info }) => info)).toEqual([
    'Handshake Initiation, sender=0x30D037D8', 'Handshake Response, sender=0xAB7DF406, receiver=0x30D037D8', 'Keepalive, receiver=0xAB7DF406, counter=0', 'Transport Data, receiver=0x30D037D8, counter=7, datalen=32',
  ]);
  expect(places(frames)).toEqual([['0', '2'], ['0', '1'], ['0', undefined], ['0', undefined]]);
  expect(branch(shown[1] as (typeof shown)[number], 'WireGuard')).toBe(`WireGuard Protocol
    Type: Handshake Response (2)
    Reserved: 000000
    Sender: 0xab7df406
    Receiver: 0x30d037d8
    Ephemeral: q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=
        [Has Private Key: False]
    Encrypted Empty
    mac1: abababababababababababababababab
    mac2: abababababababababababababababab
    [Stream index: 0]
    [Response to Frame: 1]`);
});

describe('sessions', () => {
  test('a cookie answers an initiation in place of a response', () => {
    expect(places([initiation('01000000'), cookie('01000000'), cookie('01000000')])).toEqual([['0', '2'], ['0', '1'], [undefined, undefined]]);
  });

  test('of several initiations with one number the latest is answered first', () => {
    expect(places([initiation('01000000'), initiation('01000000'), response('02000000', '01000000'), response('03000000', '01000000')])).toEqual([['0', '4'], ['1', '3'], ['1', '2'], ['0', '1']]);
  });

  test('data belong to no session before its response, or when they go elsewhere', () => {
    expect(places([initiation('01000000'), sealed('down', '01000000', '00', 16), response('02000000', '01000000'), sealed('down', '01000000', '00', 16, 40_001)])).toEqual([['0', '3'], [undefined, undefined], ['0', '1'], [undefined, undefined]]);
  });

  test('whatever is shown first', () => {
    const frames = [initiation('01000000'), response('02000000', '01000000'), sealed('up', '02000000', '00', 16)];
    expect(treesShownInOrder(frames, [2, 1, 0])).toEqual(treesShownInOrder(frames, [0, 1, 2]));
  });
});

test('datagrams of another length are left to others', () => {
  const short = initiation('01000000');
  expect(dissectFrames([sealed('up', '02000000', '00', 15), short.subarray(0, short.length - 1)]).map(({ protocols }) => protocols)).toEqual(['eth:ethertype:ip:udp:data', 'eth:ethertype:ip:udp:data']);
});

test('a message that the capture cut keeps what came before', () => {
  const whole = initiation('01000000');
  const [frame] = dissectFrames([whole.subarray(0, 60)], { wireLength: whole.length });
  expect(frame?.protocols).toBe('eth:ethertype:ip:udp:data');
});
