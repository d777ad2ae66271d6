/** Messages of all versions of SNMP: a request and its response with values of every type, a trap, and v3 in the clear and encrypted. */
import { hex, ip, latin1, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { explicit, implicit, integer, integerContent, nothing, octets, oid, sequence, tlv } from '../../../tools/craft/der.ts';
import { fixture, over, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';

export const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
export const SYS_NAME = '1.3.6.1.2.1.1.5.0';

/** A value of an application type: IpAddress 0, Counter32 1, Gauge32 2, TimeTicks 3, Opaque 4, Counter64 6. */
export function application(tag: number, content: Bytes): Bytes {
  return tlv(0x40 | tag, content);
}

export type Binding = readonly [name: string, value: Bytes];

/** @param operation tag of the PDU: get-request 0, … report 8 */
export function pdu(operation: number, id: number, bindings: readonly Binding[], second = 0, third = 0): Bytes {
  return explicit(operation, integer(id), integer(second), integer(third), sequence(...bindings.map(([name, value]) => sequence(oid(name), value))));
}

export function message(body: Bytes, version = 0, community = 'public'): Bytes {
  return sequence(integer(version), octets(latin1(community)), body);
}

export const EVERY_VALUE: readonly Binding[] = [
  [SYS_NAME, octets(latin1('lamp'))],
  ['1.3.6.1.2.1.1.6.0', octets(hex('00ff'))],
  ['1.3.6.1.2.1.1.2.0', oid('1.3.6.1.4.1.8072')],
  ['1.3.6.1.2.1.2.1.0', integer(-5)],
  ['1.3.6.1.2.1.4.20.1.1.1', application(0, ip('192.0.2.1'))],
  ['1.3.6.1.2.1.2.2.1.10.1', application(1, integerContent(4_000_000_000))],
  ['1.3.6.1.2.1.2.2.1.5.1', application(2, integerContent(100))],
  ['1.3.6.1.2.1.1.3.0', application(3, integerContent(12_345))],
  ['1.3.6.1.2.1.31.1.1.1.6.1', application(6, hex('00ffffffffffffffff'))],
  ['1.3.6.1.4.1.2021.10.1.6.1', application(4, hex('9f780442c80000'))],
  ['1.3.6.1.2.1.9.1', implicit(0, u8())],
  ['1.3.6.1.2.1.9.2', implicit(2, u8())],
];

const ENGINE = hex('80001f8880 59dc4861 45a26322');

export function trap(): Bytes {
  const body = explicit(4, oid('1.3.6.1.4.1.9'), application(0, ip('192.0.2.7')), integer(6), integer(3), application(3, integerContent(500)), sequence(sequence(oid(SYS_NAME), octets(latin1('lamp')))));
  return message(body);
}

export function messageV3(data: Bytes, flags: number, engine = ENGINE): Bytes {
  const header = sequence(integer(77), integer(65_507), octets(u8(flags)), integer(3));
  const security = sequence(octets(engine), integer(8), integer(2745), octets(latin1('ada')), octets(hex('1122')), octets(hex('3344')));
  return sequence(integer(3), header, octets(security), data);
}

export function scopedPdu(body: Bytes): Bytes {
  return sequence(octets(ENGINE), octets(latin1('')), body);
}

export const REQUEST = message(pdu(0, 38, [[SYS_NAME, nothing()]]));
export const RESPONSE = message(pdu(2, 38, EVERY_VALUE), 1);

const UDP = 'eth:ethertype:ip:udp:snmp';

export const SNMP_FIXTURES: readonly Fixture[] = [
  fixture('SNMP request and response', [datagram('up', 161, REQUEST), datagram('down', 161, RESPONSE)], [UDP, `${UDP}:snmp`]),
  single('SNMP bulk request', datagram('up', 161, message(pdu(5, 39, [[SYS_DESCR, nothing()]], 0, 10), 1)), UDP),
  single('SNMP trap of v1', datagram('up', 162, trap()), `${UDP}:snmp`),
  single('SNMP v3 in the clear', datagram('up', 161, messageV3(scopedPdu(pdu(0, 40, [])), 4)), UDP),
  single('SNMP v3, encrypted', datagram('up', 161, messageV3(octets(hex('a1b2c3')), 7)), UDP),
  fixture('SNMP over TCP', ...over(new TcpFrames(161).send('up', REQUEST.subarray(0, 20)).send('up', REQUEST.subarray(20)), ['', '', '', '', ':snmp'])),
];
