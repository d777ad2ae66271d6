/** Messages of WireGuard between a client (port 40000) and a server (51820). */
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';
import { bytes } from '../internet.test-helper.ts';

const PORT = 51_820;
const filled = (length: number): Uint8Array => new Uint8Array(length).fill(0xab);

export function initiation(sender: string): Uint8Array {
  return datagram('up', PORT, bytes('01000000', sender, filled(140)));
}

export function response(sender: string, receiver: string): Uint8Array {
  return datagram('down', PORT, bytes('02000000', sender, receiver, filled(80)));
}

export function cookie(receiver: string): Uint8Array {
  return datagram('down', PORT, bytes('03000000', receiver, filled(56)));
}

export function sealed(direction: 'up' | 'down', receiver: string, counter: string, length: number, clientPort?: number): Uint8Array {
  return datagram(direction, PORT, bytes('04000000', receiver, counter, '00000000000000', filled(length)), clientPort);
}

const CHAIN = 'eth:ethertype:ip:udp:wg';

export const WG_FIXTURES: readonly Fixture[] = [
  fixture('WireGuard session', [initiation('01000000'), response('02000000', '01000000'), sealed('up', '02000000', '00', 16), sealed('down', '01000000', '01', 48)], [CHAIN, CHAIN, CHAIN, CHAIN]),
  fixture('WireGuard cookie', [initiation('01000000'), cookie('01000000')], [CHAIN, CHAIN]),
];
