/** Connections that begin with the PROXY protocol. */
import { concat, counted, hex, latin1, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';

export const TLS_ALERT = hex('15030300020100');

/** A header of version 2: command, family and protocol, and what follows the length. */
export function version2(command: number, family: number, ...parts: readonly Bytes[]): Bytes {
  return concat(hex('0d0a0d0a000d0a515549540a'), u8(0x20 | command, family), counted(16, concat(...parts)));
}

/** A property: type, length, value. */
export function property(type: number, value: Bytes): Bytes {
  return concat(u8(type), counted(16, value));
}

export const IPV4_ENDS = concat(hex('0a000001 0a000002'), u16(4660), u16(443));
const IPV6_ENDS = concat(hex('20010db8000000000000000000000001 20010db8000000000000000000000002'), u16(4660), u16(443));
const SSL = property(0x20, concat(hex('05 00000000'), property(0x21, latin1('TLSv1.2')), property(0x22, latin1('ada')), property(0x23, latin1('X'))));

const ALL = version2(1, 0x11, IPV4_ENDS, property(0x01, latin1('h2')), SSL, property(0xea, latin1('vpce')));

export const PROXY_FIXTURES: readonly Fixture[] = [
  fixture('proxy: a line of text before TLS', ...over(new TcpFrames(443).send('up', concat(latin1('PROXY TCP4 10.0.0.1 10.0.0.2 4660 443\r\n'), TLS_ALERT)), ['', '', '', ':proxy:tls'])),
  fixture('proxy: a line of text alone', ...over(new TcpFrames(443).send('up', latin1('PROXY TCP6 2001:db8::1 2001:db8::2 4660 443\r\n')).send('up', TLS_ALERT), ['', '', '', ':proxy', ':tls'])),
  fixture('proxy: an unknown client', ...over(new TcpFrames(4430).send('up', latin1('PROXY UNKNOWN any\r\n')), ['', '', '', ':proxy'])),
  fixture('proxy: version 2 with properties', ...over(new TcpFrames(4430).send('up', ALL), ['', '', '', ':proxy'])),
  fixture('proxy: version 2, IPv6 and none', ...over(new TcpFrames(4430).send('up', version2(1, 0x21, IPV6_ENDS)).send('up', version2(0, 0)), ['', '', '', ':proxy', ':proxy'])),
  single('proxy: version 2 in a datagram', datagram('up', 9999, version2(1, 0x12, IPV4_ENDS)), 'eth:ethertype:ip:udp:proxy'),
];
