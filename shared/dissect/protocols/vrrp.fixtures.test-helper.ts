/** Messages by which routers agree on who answers for a shared address. */
import { internetChecksum, withChecksum } from '../../../tools/craft/checksum.ts';
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Frame, ipv6Frame, udpDatagram } from '../internet.test-helper.ts';

/** A message of version 2 with a correct checksum. */
export function vrrp2(message: string): Uint8Array {
  const content = bytes(message);
  return ipv4Frame({ protocol: 112, destination: '224.0.0.18', ttl: 255, payload: withChecksum(content, 6, internetChecksum(content)) });
}

export function vrrp3(message: string): Uint8Array {
  return ipv6Frame({ next: 112, source: 'fe80::1', destination: 'ff02::12', hopLimit: 255, payload: message });
}

/** `group`: last byte of the group address, which tells the version. */
export function hsrpFrame(message: string, group = 2, port = 1985): Uint8Array {
  return ipv4Frame({ protocol: 17, destination: `224.0.0.${group}`, ttl: 1, payload: udpDatagram(message, { source: port, destination: port }) });
}

const SIGNATURE = '041c 01 00 0000 0a000005 00000001 000102030405060708090a0b0c0d0e0f';

export const VRRP_FIXTURES: readonly Fixture[] = [
  single('VRRP version 2 with a password', vrrp2('21 01 64 01 01 01 0000 0a000009 6162636400000000'), 'eth:ethertype:ip:vrrp'),
  single('VRRP version 2 with a signature', vrrp2('21 01 64 01 fe 01 0000 0a000009 0000000000000000 000102030405060708090a0b0c0d0e0f'), 'eth:ethertype:ip:vrrp'),
  single('VRRP version 3', vrrp3('31 01 64 01 0064 0000 fe80000000000000000000000000000a'), 'eth:ethertype:ipv6:vrrp'),
  single('HSRP version 1, signed', hsrpFrame(`00 00 10 03 0a 78 01 00 636973636f000000 0a000001 ${SIGNATURE}`), 'eth:ethertype:ip:udp:hsrp'),
  single('HSRP advertisement', hsrpFrame('00 03 0001 000a 03 00 0001 0002 00000000'), 'eth:ethertype:ip:udp:hsrp'),
  single('HSRP version 2', hsrpFrame(`0128 02 00 06 04 0001 020000000009 00000064 00000bb8 00002710 0a000001 000000000000000000000000 0308 636973636f000000 0204 0001 0002 ${SIGNATURE}`, 102), 'eth:ethertype:ip:udp:hsrp'),
];
