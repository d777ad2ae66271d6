import { describe, expect, test } from 'vitest';
import { Streams } from './streams.ts';
import { MOST_KNOWN_FLOWS, type SegmentInput } from './tcp-tracker.ts';

const SYN = 2;
const ACK = 0x10;

/** Segments between made-up addresses, one packet after the other. */
class Network {
  readonly streams = new Streams();
  private packet = 0;

  address(number: number): number {
    return this.streams.addresses.intern(4, Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number), 0);
  }

  send(from: number, to: number, flags: number): number {
    this.packet += 1;
    const segment = { packet: this.packet, occurrence: 0, quoted: false, source: this.address(from), destination: this.address(to), sourcePort: 4000, destinationPort: 80, flags, sequence: 1, acknowledgment: 0, window: 1000, payloadLength: 0, timeSeconds: 0, timeNanos: 0, sackedBytes: 0, windowScale: -1, mss: -1, sackPermitted: false, timestamps: false, accurateEcn: false, fastOpenCookie: false } as unknown as SegmentInput;
    return this.streams.tcp.observe(segment, this.streams.addresses);
  }
}

const server = 0x0a00_0001;
const talker = 0x0b00_0001;
const silent = 0x0b00_0002;

describe('a flood of connections', () => {
  const network = new Network();
  const { streams } = network;
  const first = network.send(talker, server, SYN);
  network.send(silent, server, SYN);
  streams.udp.findOrAdd(network.address(silent), 53, network.address(server), 53);
  for (let client = 0; client < MOST_KNOWN_FLOWS + 10; client += 1) {
    network.send(client, server, SYN);
    if (client % 100_000 === 0) network.send(talker, server, ACK);
  }

  test('lets the silent ones go, and counts them', () => {
    expect(streams.forgottenFlows).toBeGreaterThan(MOST_KNOWN_FLOWS / 2);
    expect(streams.tcp.flows.knownCount).toBeLessThan(MOST_KNOWN_FLOWS / 2);
    expect(streams.tcp.streamCount).toBe(MOST_KNOWN_FLOWS + 12);
  });

  test('does not part a conversation that goes on', () => {
    expect(network.send(talker, server, ACK)).toBe(first);
  });

  test('leaves what is known of those that went', () => {
    expect(streams.addresses.bytes(streams.tcp.addressOf(1, 0))).toEqual(Uint8Array.of(0x0b, 0, 0, 2));
    expect(streams.tcp.portOf(1, 1)).toBe(80);
    expect(network.send(silent, server, ACK)).toBe(streams.tcp.streamCount - 1);
  });

  test('leaves the addresses that conversations of UDP are looked up by', () => {
    expect(streams.udp.find(network.address(server), 53, network.address(silent), 53)).toBe(0);
  });
});
