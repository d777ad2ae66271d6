import { describe, expect, test } from 'vitest';
import { concat, hex, u16, u8 } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { dissectFrames } from './dissect-frames.ts';
import type { DissectedFrame } from './dissect-frames.ts';
import { protocol } from './define.ts';
import type { Fields, ProtocolInfo } from './field.ts';
import { TcpFrames } from './frames.test-helper.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { eachMessage, eachMessageLayer } from './stream-messages.ts';

const PORT = 9;
const HEAD_BYTES = 2;

/** A made-up protocol: two bytes of length, which count themselves, and a body. */
const fields = { 'length': { type: 'u16', label: 'Length' }, 'body': { type: 'bytes', label: 'Body' } } as const satisfies Fields;

function counted(parse: 'message' | 'layer'): ProtocolInfo {
  return protocol({
    id: 'counted',
    title: 'Counted',
    short: 'Counted',
    spec: 'none',
    osi: 7,
    claims: [{ table: 'tcp.port', keys: [PORT] }],
    fields: () => fields,
    parse(layer) {
      const framing = { headBytes: HEAD_BYTES, lengthOf: (own: typeof layer) => own.peekU16() };
      if (parse === 'message') {
        eachMessage(layer, framing, () => {
          layer.take('length');
          layer.take('body', layer.left);
        });
        return;
      }
      eachMessageLayer(layer, framing, (own) => {
        own.take('length');
        own.call('data');
      });
    },
  });
}

function message(body: string): Bytes {
  const bytes = hex(body);
  return concat(u16(bytes.length + HEAD_BYTES), bytes);
}

function dissect(parse: 'message' | 'layer', ...segments: readonly Bytes[]): DissectedFrame[] {
  const frames = new TcpFrames(PORT);
  for (const segment of segments) frames.send('up', segment);
  return dissectFrames(frames.frames, { protocols: [...PROTOCOLS, counted(parse)] }).slice(3);
}

describe.each(['message', 'layer'] as const)('%s', (parse) => {
  const key = parse === 'message' ? 'counted.body' : 'data.data';

  test('as many as the bytes hold', () => {
    expect(dissect(parse, concat(message('aa'), message('bbcc')))[0]?.values[key]).toEqual(['aa', 'bbcc']);
  });

  test.each([1, 2, 3])('one that is cut after %i bytes is whole with the next segment', (length) => {
    const bytes = message('aabbcc');
    const [cut, whole] = dissect(parse, bytes.subarray(0, length), bytes.subarray(length));
    expect([cut?.values[key], whole?.values[key]]).toEqual([undefined, ['aabbcc']]);
  });

  test('one that begins behind another goes on in the next segment', () => {
    const bytes = message('ddeeff');
    const [first, second] = dissect(parse, concat(message('aa'), bytes.subarray(0, 3)), bytes.subarray(3));
    expect([first?.values[key], second?.values[key]]).toEqual([['aa'], ['ddeeff']]);
  });

  test('a length that is less than the head ends the reading', () => {
    const frame = dissect(parse, concat(message('aa'), u16(1), u8(0xbb)))[0];
    expect([frame?.values[key], frame?.info.endsWith('[Malformed Packet]')]).toEqual([['aa'], true]);
  });
});

test('layers of messages stand before what each of them carries', () => {
  const lines = dissect('layer', concat(message('aa'), message('bb')))[0]?.tree.split('\n').filter((line) => !line.startsWith(' ')).slice(-4);
  expect(lines).toEqual(['Counted', 'Data (1 byte)', 'Counted', 'Data (1 byte)']);
});
