/** Messages of group management other than those of hosts: the first version, multicast traceroute, RGMP. */
import { internetChecksum, withChecksum } from '../../../tools/craft/checksum.ts';
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Frame } from '../internet.test-helper.ts';

/** A message with a correct checksum. */
export function igmpFrame(message: string, destination = '224.0.0.1'): Uint8Array {
  const content = bytes(message);
  return ipv4Frame({ protocol: 2, destination, ttl: 1, payload: withChecksum(content, 2, internetChecksum(content)) });
}

export function rgmpFrame(message: string): Uint8Array {
  return igmpFrame(message, '224.0.0.25');
}

export const TRACE = 'e0010203 0a000001 0a000002 0a000003 40 000007';
export const BLOCK = '00000001 0a000004 0a000005 0a000006 00000010 00000011 00000012 01 20 c5 81';

export const IGMP_FIXTURES: readonly Fixture[] = [
  single('IGMP version 0', igmpFrame('0101 0000 00000007 e0000105 0102030405060708'), 'eth:ethertype:ip:igmp:igmp'),
  single('IGMP version 0, reply', igmpFrame('0405 0000 00000007 e0000105 0102030405060708'), 'eth:ethertype:ip:igmp:igmp'),
  single('multicast traceroute', igmpFrame(`1e20 0000 ${TRACE}${BLOCK}${BLOCK}`), 'eth:ethertype:ip:igmp:igmp'),
  single('RGMP join', rgmpFrame('fd00 0000 e0010203'), 'eth:ethertype:ip:igmp:rgmp'),
];
