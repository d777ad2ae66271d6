import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { MQTT_FIXTURES, OLDEST, connect, message, properties, text } from './mqtt.fixtures.test-helper.ts';

/** Packets behind the handshake. */
function dissect(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function fixtureFrames(index: number): DissectedFrame[] {
  return dissectFrames(MQTT_FIXTURES[index]?.frames ?? []).slice(3);
}

/** One message from the client, on a connection of that version (0: unknown). */
function said(bytes: Bytes, version = 0): DissectedFrame {
  const frames = new TcpFrames(1883);
  if (version > 0) frames.send('up', connect(version, u8(2), ...(version === 5 ? [properties()] : []), text('me')));
  return dissect(frames.send('up', bytes)).at(-1) as DissectedFrame;
}

function values(frame: DissectedFrame | undefined, key: string): readonly string[] | undefined {
  return frame?.values[`mqtt.${key}`];
}

test('a CONNECT of 3.1.1, line by line', () => {
  expect(branch(fixtureFrames(0)[0] as DissectedFrame, 'MQ Tele')).toMatchInlineSnapshot(`
    "MQ Telemetry Transport Protocol, Connect Command
        Header Flags: 0x10
            0001 .... = Message Type: Connect Command (1)
            .... 0000 = Reserved: 0
        Msg Len: 39
        Protocol Name Length: 4
        Protocol Name: MQTT
        Version: MQTT v3.1.1 (4)
        Connect Flags: 0xee
            1... .... = User Name Flag: Set
            .1.. .... = Password Flag: Set
            ..1. .... = Will Retain: Set
            ...0 1... = QoS Level: At least once delivery (Acknowledged deliver) (1)
            .... .1.. = Will Flag: Set
            .... ..1. = Clean Session Flag: Set
            .... ...0 = (Reserved): Not set
        Keep Alive: 60
        Client ID Length: 2
        Client ID: me
        Will Topic Length: 4
        Will Topic: will
        Will Message Length: 3
        Will Message: 627965
        User Name Length: 4
        User Name: user
        Password Length: 6
        Password: secret"
  `);
});

test('the list tells messages, numbers and topics', () => {
  expect(fixtureFrames(0).map(({ info }) => info)).toEqual([
    'Connect Command',
    'Connect Ack',
    'Subscribe Request (id=1) [a/#], Publish Message (id=2) [a/b]',
    'Subscribe Ack (id=1), Publish Ack (id=2), Ping Response',
    'Unsubscribe Request (id=3), Ping Request, Disconnect Req',
  ]);
});

describe('versions', () => {
  test('what follows is read as the CONNECT said', () => {
    const subscribe = (version: number): Bytes => message(0x82, u16(1), ...(version === 5 ? [properties()] : []), text('a'), u8(1));
    expect(values(said(subscribe(4), 4), 'sub.qos')).toEqual(['1']);
    expect(values(said(subscribe(5), 5), 'subscription_options')).toEqual(['0x01']);
  });

  test('without a CONNECT the version is not known, and remarked', () => {
    const frame = said(message(0x90, '0001 01'));
    expect([values(frame, 'unknown_version'), values(frame, 'suback.reason_code')]).toEqual([['1'], ['1']]);
  });

  test('3.1 has no flags in its answer', () => {
    expect([values(fixtureFrames(2)[1], 'conack.flags'), values(fixtureFrames(2)[1], 'conack.val')]).toEqual([undefined, ['5']]);
  });
});

describe('properties', () => {
  test.each([
    ['a number', '11 00000078', 'prop_number', ['120']],
    ['a number of varying length', '0b ff01', 'prop_number', ['255']],
    ['a text', concat(hex('1f'), text('why')), 'prop_string', ['why']],
    ['a pair', concat(hex('26'), text('k'), text('v')), 'prop_value', ['v']],
    ['a content type', concat(hex('03'), text('a/b')), 'property.content_type', ['a/b']],
    ['what is unknown', '7f 41 42', 'prop_unknown', ['AB']],
  ])('%s', (_, bytes, key, expected) => {
    expect(values(said(message(0x30, text('t'), properties(bytes), latin1('x')), 5), key)).toEqual(expected);
  });

  test('an alias stands for the topic that set it, in its own direction', () => {
    const frames = new TcpFrames(1883).send('up', connect(5, u8(2), properties(), text('me')));
    frames.send('up', message(0x30, text('a/b'), properties('23 0001'))).send('up', message(0x30, text(''), properties('23 0001'))).send('down', message(0x30, text(''), properties('23 0001')));
    const [, set, used, other] = dissect(frames);
    expect([set?.info, used?.info, other?.info]).toEqual(['Publish Message [a/b]', 'Publish Message [a/b]', 'Publish Message []']);
    expect([values(used, 'topic'), values(other, 'unknown_topic_alias')]).toEqual([['a/b'], ['1']]);
  });
});

describe('streams', () => {
  const long = message(0x30, text('t'), latin1('x'.repeat(300)));

  test('a message over three segments is shown with the last', () => {
    const frames = new TcpFrames(1883).send('up', long.subarray(0, 1)).send('up', long.subarray(1, 200)).send('up', long.subarray(200));
    expect(dissect(frames).map(({ protocol, info }) => [protocol, info.replace(/.*Len=\d+ /, '')])).toEqual([
      ['TCP', '[TCP segment of a reassembled PDU]'], ['TCP', '[TCP segment of a reassembled PDU]'], ['MQTT', 'Publish Message [t]'],
    ]);
  });

  test('packets show the same in any order', () => {
    const frames = MQTT_FIXTURES[1]?.frames ?? [];
    const order = frames.map((_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

describe('faults', () => {
  test.each([
    ['a topic longer than the message', message(0x30, '0009 61'), 'Publish Message[Malformed Packet]'],
    ['a message without its number', message(0x40, '00'), 'Publish Ack[Malformed Packet]'],
    ['a length that no number has', hex('30ffffffffff'), '[Malformed Packet]'],
    ['a message behind a bad one', concat(message(0x40, '00'), message(0xc0)), 'Publish Ack[Malformed Packet], Ping Request'],
  ])('%s', (_, bytes, info) => {
    expect(said(bytes).info.replace(/.*Len=\d+/, '')).toBe(info);
  });

  test('an empty topic is remarked', () => {
    expect(values(said(message(0x30, '0000'), 4), 'illegal_topic_length')).toEqual(['1']);
  });
});

test('before 3.1.1 subscriptions had a quality of service of their own', () => {
  const { values } = dissectFrames(OLDEST.frames).at(-1) as DissectedFrame;
  expect(values).toMatchObject({ 'mqtt.dupflag': ['1', '0', '0'], 'mqtt.qos': ['1', '1', '1'], 'mqtt.retain_reserved': ['0', '0', '0'] });
  expect(values['mqtt.hdr_reserved']).toBeUndefined();
});
