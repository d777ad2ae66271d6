/** Binding requests and a relay (TURN), over UDP and TCP. */
import { concat, hex, latin1, u16, u32, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf, datagram, TcpFrames } from '../frames.test-helper.ts';

type Part = string | Bytes;

const COOKIE = 0x2112_a442;
const ADDRESS = '0001 1234 2312a443';

export function attribute(type: number, ...value: readonly Part[]): Bytes {
  const bytes = bytesOf(...value);
  return concat(u16(type), u16(bytes.length), bytes, zeros(-bytes.length & 3));
}

export function message(type: number, attributes: readonly Bytes[] = [], transaction = 'ABCDEFGHIJKL'): Bytes {
  const body = concat(...attributes);
  return concat(u16(type), u16(body.length), u32(COOKIE), latin1(transaction), body);
}

export function up(bytes: Bytes): Bytes {
  return datagram('up', 3478, bytes);
}

export function down(bytes: Bytes): Bytes {
  return datagram('down', 3478, bytes);
}

const SOFTWARE = attribute(0x8022, latin1('client'));

/** The same request twice, its answer, an indication. */
export const BINDING = [
  up(message(0x0001, [SOFTWARE, attribute(0x0024, '6e0001ff'), attribute(0x802a, '0102030405060708'), attribute(0x0025), attribute(0x0006, latin1('a:b')), attribute(0x0008, zeros(20)), attribute(0x8028, '12345678')])), up(message(0x0001, [SOFTWARE])),
  down(message(0x0101, [attribute(0x0020, ADDRESS), attribute(0x0001, '0001 1234 0a000001'), attribute(0x8023, '0002 1234 20010db8000000000000000000000009')])), up(message(0x0011)),
];

const RELAY = [
  up(message(0x0003, [attribute(0x0019, '11000000'), attribute(0x000d, '00000258'), attribute(0x0018, '80')], 'allocate-one')),
  down(message(0x0113, [attribute(0x0009, '00000401', latin1('Unauthorized')), attribute(0x0014, latin1('realm')), attribute(0x0015, latin1('nonce'))], 'allocate-one')),
  up(message(0x0003, [attribute(0x0019, '11000000'), attribute(0x0017, '01000000')], 'allocate-two')),
  down(message(0x0103, [attribute(0x0016, ADDRESS), attribute(0x0020, ADDRESS), attribute(0x000d, '00000258'), attribute(0x0022, '0102030405060708')], 'allocate-two')),
  up(message(0x0008, [attribute(0x0012, ADDRESS)], 'permission-1')), up(message(0x0009, [attribute(0x000c, '40000000'), attribute(0x0012, ADDRESS)], 'channel-bind')),
  up(message(0x0016, [attribute(0x0012, ADDRESS), attribute(0x0013, '01020304')], 'send-data-01')), down(message(0x0017, [attribute(0x0012, ADDRESS), attribute(0x0013, '01020304')], 'data-came-01')), up(hex('4000 0005 6162636465 000000')),
];

/** Attributes of extensions, known and unknown. */
const RARE = up(message(0x0001, [
  attribute(0x000a, '7777 7778'), attribute(0x0026, '0000 1234'), attribute(0x8027, zeros(4)), attribute(0x8029, '0102030405060708'), attribute(0x802b, '0001 1234 0a000001'), attribute(0x802c, '0001 1234 0a000001'), attribute(0x8070, '00000002'), attribute(0x8055, latin1('abcd')),
  attribute(0xc057, '0001 0032'), attribute(0x7777, '010203'), attribute(0x0020),
], 'rare-ones-01'));

const TCP = new TcpFrames(3478)
  .send('up', message(0x0003, [], 'over-tcp-001'))
  .send('down', message(0x0103, [], 'over-tcp-001').subarray(0, 10))
  .send('down', concat(message(0x0103, [], 'over-tcp-001').subarray(10), hex('4000 0003 616263 00')))
  .send('up', concat(u16(20), message(0x0001, [], 'framed-00001')));

/** Values that are not padded: an attribute that nobody knows, and one that is known. */
export const UNPADDED = [
  up(message(0x0003, [bytesOf('40000006', latin1('abcdef'))], 'unpadded-one')), up(message(0x0003, [bytesOf('80220006', latin1('abcdef'))], 'unpadded-two')),
];

/** On the port of STUN, but no messages: methods that nobody assigned, no number of a channel, and less than a header. */
export const FOREIGN = [message(0x0800, [SOFTWARE]), message(0x0400), hex('9078 0004 61626364'), hex('4f4b'), hex('0001 0000')].map(up);

/** A method that nobody assigned says nothing in a stream, and the next message is read. */
export const STREAM_WITH_FOREIGN = new TcpFrames(3478).send('up', message(0x0800, [SOFTWARE])).send('up', message(0x0001));
/** Channel data of Microsoft's relays, which name the session. */
export const MULTIPLEXED = [up(hex('ff10 000c 0102030405060708 61626364')), up(hex('ff10 0008 0102030405060708'))];
/** On another port, a message with one behind it. */
export const TWO_AT_ONCE = new TcpFrames(9999).send('up', concat(message(0x0001), message(0x0011)));

/** A relay carries reports on media and a call: over a channel, and in an indication. */
const REPORT = hex('80c90001 01020304 81cb0001 01020304');
const CALL = latin1('OPTIONS sip:ada@example.net SIP/2.0\r\nCall-ID: 1\r\n\r\n');
const CARRIED = [up(concat(hex('4000'), u16(REPORT.length), REPORT)), up(message(0x0016, [attribute(0x0013, REPORT)])), up(message(0x0016, [attribute(0x0013, CALL)]))];

const CHAIN = 'eth:ethertype:ip:udp:stun';

export const STUN_FIXTURES: readonly Fixture[] = [
  fixture('stun: binding', BINDING, BINDING.map(() => CHAIN)),
  fixture('stun: a relay', RELAY, [CHAIN, CHAIN, CHAIN, CHAIN, CHAIN, CHAIN, `${CHAIN}:data`, `${CHAIN}:data`, `${CHAIN}:data`]),
  fixture('stun: rare attributes', [RARE], [CHAIN]),
  fixture('stun: values that are not padded', UNPADDED, UNPADDED.map(() => CHAIN)),
  fixture('stun: other bytes on its port', FOREIGN, FOREIGN.map(() => 'eth:ethertype:ip:udp:data')),
  fixture('stun: over TCP', ...over(TCP, ['', '', '', ':stun', '', ':stun:stun:data', ':stun'])),
  fixture('stun: over TCP, a foreign message', ...over(STREAM_WITH_FOREIGN, ['', '', '', ':stun', ':stun'])),
  fixture('stun: over TCP, two at once', ...over(TWO_AT_ONCE, ['', '', '', ':stun'])),
  fixture('stun: channel data for many sessions', MULTIPLEXED, [`${CHAIN}:data`, CHAIN]),
  fixture('stun: what a relay carries', CARRIED, [`${CHAIN}:rtcp`, `${CHAIN}:rtcp`, `${CHAIN}:sip`]),
  fixture('stun: found by its cookie', [datagram('up', 9999, message(0x0001, [attribute(0x0006, latin1('abc'))]))], [CHAIN]),
];
