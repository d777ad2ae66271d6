/** IPv6 in UDP with the headers of Teredo before it. */
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Frame, ipv6Packet, udpDatagram } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

const PORT = 3544;
const NO_NEXT_HEADER = 59;
export const AUTHENTICATION = '0001 04 02 0a0b0c0d eeff 0102030405060708 01';
export const ORIGIN = '0000 f5ff f5fffffe';
/** A packet that says nothing but that its sender is there. */
export const BUBBLE = ipv6Packet({ next: NO_NEXT_HEADER, payload: '' });

/** Asks a node whether it can be reached without a relay: an echo request of which the first four bytes of data are a nonce. */
export const CONNECTIVITY_TEST = ipv6Packet({ next: 58, payload: '8000 0000 0001 0002 0a0b0c0d ff' });

export function teredoFrame(...parts: readonly Part[]): Uint8Array {
  return ipv4Frame({ protocol: 17, payload: udpDatagram(bytes(...parts), { destination: PORT }) });
}

const CHAIN = 'eth:ethertype:ip:udp:teredo:ipv6';

export const TEREDO_FIXTURES: readonly Fixture[] = [
  single('Teredo bubble', teredoFrame(BUBBLE), CHAIN),
  single('Teredo with authentication and origin', teredoFrame(AUTHENTICATION, ORIGIN, BUBBLE), CHAIN),
  single('Teredo, a test of connectivity', teredoFrame(CONNECTIVITY_TEST), `${CHAIN}:icmpv6`),
];
