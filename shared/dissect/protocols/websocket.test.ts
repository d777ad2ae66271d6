import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import type { Inflate } from '../state.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { HELLO, HELLO_AGAIN, upgradedWith } from './websocket.fixtures.test-helper.ts';

/** Handshakes of TCP and of WebSocket. */
const BEFORE = 5;

function upgraded(): TcpFrames {
  return new TcpFrames(80)
    .send('up', lines('GET /ws HTTP/1.1\nHost: a\nUpgrade: websocket\n\n'))
    .send('down', lines('HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n'));
}

function packets(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(BEFORE);
}

function frame(bytes: string | Bytes): DissectedFrame {
  return packets(upgraded().send('down', typeof bytes === 'string' ? hex(bytes) : bytes))[0] as DissectedFrame;
}

test('a masked text as a tree', () => {
  const [packet] = packets(upgraded().send('up', hex('8185 37fa213d 7f9f4d5158')));
  expect([packet?.protocol, packet?.info]).toEqual(['WebSocket', 'WebSocket Text [FIN] [MASKED]']);
  expect(packet?.tree.slice(packet.tree.indexOf('\nWebSocket') + 1)).toBe(
    [
      'WebSocket (masked)',
      '    1... .... = Fin: True',
      '    .000 .... = Reserved: 0x00',
      '    .... 0001 = Opcode: Text (1)',
      '    1... .... = Mask: True',
      '    .000 0101 = Payload length: 5',
      '    Masking-Key: 37fa213d',
      '    Masked payload',
      '    Payload',
      '        Text: Hello',
      'Line-based text data:  (1 line)',
      '    Hello',
    ].join('\n'),
  );
});

describe('opcodes', () => {
  test.each([
    ['8203 000102', 'WebSocket Binary [FIN] ', 'data.data', '000102'],
    ['8902 7069', 'WebSocket Ping [FIN] ', 'websocket.payload.ping', '7069'],
    ['8a02 706f', 'WebSocket Pong [FIN] ', 'websocket.payload.pong', '706f'],
    ['8805 03e8 627965', 'WebSocket Connection Close [FIN] ', 'websocket.payload.close.reason', 'bye'],
    ['8301 01', 'WebSocket Unknown Opcode [FIN] ', 'websocket.payload.unknown', '01'],
    ['8001 61', 'WebSocket Continuation [FIN] ', 'websocket.payload.continue', '61'],
  ])('%s', (bytes, info, field, value) => {
    const packet = frame(bytes);
    expect([packet.info, packet.values[field]]).toEqual([info, [value]]);
  });
});

test('lengths of 16 and 64 bits', () => {
  expect(frame(concat(hex('827e 0080'), new Uint8Array(128))).values['websocket.payload_length_ext_16']).toEqual(['128']);
  expect(frame(concat(hex('827f 0000000000000100'), new Uint8Array(256))).values['websocket.payload_length_ext_64']).toEqual(['256']);
});

test('several frames in one segment, and one over several', () => {
  expect(frame('810161 810162').protocols).toBe('eth:ethertype:ip:tcp:http:websocket:data-text-lines:data-text-lines');
  const [first, second] = packets(upgraded().send('down', hex('8103 61')).send('down', hex('6263')));
  expect([first?.protocols, second?.values['websocket.payload.text'], second?.values['tcp.pdu.size']]).toEqual(['eth:ethertype:ip:tcp', ['abc'], ['5']]);
});

describe('the protocol that the handshake agreed on', () => {
  const agreed = (subprotocol: string): TcpFrames =>
    new TcpFrames(80)
      .send('up', lines(`GET /ws HTTP/1.1\nHost: a\nUpgrade: websocket\nSec-WebSocket-Protocol: ${subprotocol}, other\n\n`))
      .send('down', lines(`HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nSec-WebSocket-Protocol: ${subprotocol}\n\n`));
  const message = lines('OPTIONS sip:bob@example.com SIP/2.0\nCall-ID: 1\nCSeq: 1 OPTIONS\n\n');
  const text = concat(hex(`81${message.length.toString(16)}`), message);

  test('takes messages', () => {
    const [packet] = packets(agreed('sip').send('up', text));
    expect([packet?.protocols, packet?.values['sip.CSeq.method'], packet?.values['websocket.payload.text']]).toEqual(['eth:ethertype:ip:tcp:http:websocket:sip', ['OPTIONS'], undefined]);
  });

  test('leaves what it cannot read, and what is of another protocol, as text', () => {
    expect(packets(agreed('sip').send('up', hex('8102 6162')))[0]?.values['websocket.payload.text']).toEqual(['ab']);
    expect(packets(agreed('chat').send('up', text))[0]?.protocols).toBe('eth:ethertype:ip:tcp:http:websocket:data-text-lines');
  });

  test('MQTT in binary messages', () => {
    expect(packets(agreed('mqtt').send('up', hex('8202 c000')))[0]?.protocols).toBe('eth:ethertype:ip:tcp:http:websocket:mqtt');
  });
});

describe('fragments', () => {
  const frames = upgraded().send('down', hex('0103 6f6e65')).send('down', hex('0002 2c20')).send('down', hex('8900')).send('down', hex('8003 74776f'));

  test('come together in the last one, control frames aside', () => {
    const shown = packets(frames);
    expect(shown.map(({ info }) => info)).toEqual(['WebSocket Text[FRAGMENT]  ', 'WebSocket Continuation[FRAGMENT]  ', 'WebSocket Ping [FIN] ', 'WebSocket Continuation [FIN] ']);
    expect([shown[3]?.values['websocket.payload.text'], shown[3]?.values['websocket.fragment']]).toEqual([['one, two'], ['6', '7', '9']]);
  });

  test('whatever was looked at before', () => {
    const order = Array.from(frames.frames, (_, index) => index);
    expect(treesShownInOrder(frames.frames, order.toReversed())).toEqual(treesShownInOrder(frames.frames, order));
  });
});

describe('compressed messages', () => {
  /** Says what it was asked, as the text: the coding, the data, and what may be referred to. */
  const inflate: Inflate = (coding, data, _maxBytes, before) => ({ bytes: latin1(`${coding} ${data.length} after "${String.fromCharCode(...(before ?? []))}"`), cut: null });
  const texts = (frames: TcpFrames, how: Inflate | undefined = inflate): (string | undefined)[] =>
    dissectFrames(frames.frames, how === undefined ? {} : { inflate: how }).slice(BEFORE).map(({ values }) => values['websocket.payload.text']?.[0]);
  const both = (extensions: string): TcpFrames => upgradedWith(extensions).send('down', HELLO).send('down', HELLO_AGAIN);
  const first = 'deflate-raw 7 after ""';

  test.each([
    ['permessage-deflate', [first, `deflate-raw 5 after "${first}"`]],
    ['permessage-deflate; client_no_context_takeover', [first, `deflate-raw 5 after "${first}"`]],
    ['x-other, permessage-deflate; server_no_context_takeover; server_max_window_bits=10', [first, 'deflate-raw 5 after ""']],
  ])('%s', (extensions, expected) => {
    expect(texts(both(extensions))).toEqual(expected);
  });

  test('without the extension, they are as they are', () => {
    const [packet] = packets(both('x-other'));
    expect([packet?.values['websocket.pmc'], packet?.values['websocket.payload.text']?.length]).toEqual([undefined, 1]);
  });

  test('each direction by itself, and messages in fragments as one', () => {
    const frames = upgradedWith('permessage-deflate').send('down', hex('4103 f248cd')).send('up', hex('c181 00000000 00')).send('down', hex('8004 c9c90700'));
    expect(texts(frames)).toEqual([undefined, 'deflate-raw 1 after ""', first]);
  });

  test('once one cannot be read, those that refer to it cannot either', () => {
    const fails: Inflate = (coding, data, maxBytes, before) => (data.length === 7 ? null : inflate(coding, data, maxBytes, before));
    const [, again] = dissectFrames(both('permessage-deflate').frames, { inflate: fails }).slice(BEFORE);
    expect([again?.protocols, again?.values['websocket.pmc'], again?.values['websocket.decompression.failed.expert']?.length]).toEqual(['eth:ethertype:ip:tcp:http:websocket', ['1'], 1]);
    expect(texts(both('permessage-deflate; server_no_context_takeover'), fails)).toEqual([undefined, 'deflate-raw 5 after ""']);
  });

  test('whatever was looked at before', () => {
    const { frames } = both('permessage-deflate');
    const order = Array.from(frames, (_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

test('a frame that goes on behind the end of the capture', () => {
  const [packet] = packets(upgraded().send('down', concat(hex('827e ffff'), latin1('abc'))));
  expect(packet?.info).toContain('[TCP segment of a reassembled PDU]');
});
