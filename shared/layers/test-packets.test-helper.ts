/** Layers of packets as the engine tells them, for the tests of the layer model. */
import { Facts } from './facts.ts';
import { envelopesOf, type LayerSpan, type PacketEnvelopes } from './envelopes.ts';

export function span(protocol: string, title: string, osi: number, start: number, headerLength: number, length: number, source = 0): LayerSpan {
  return { protocol, title, summary: '', osi, source, start, headerLength, length };
}

export interface TestPacket {
  readonly layers: readonly LayerSpan[];
  readonly envelopes: PacketEnvelopes;
  readonly facts: Facts;
}

/** `values`: field → value, all of them in layer `layerOf(field)`, judged by the field's first word. */
export function testPacket(layers: readonly LayerSpan[], wireLength: number, values: Readonly<Record<string, string | readonly string[]>> = {}, capturedLength = wireLength): TestPacket {
  const nodes = Object.entries(values).flatMap(([field, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => {
      const link = /^#(\d+)$/.exec(one);
      return { field, value: one, layer: layers.findIndex((layer) => layer.protocol === field.split('.')[0]), link: link === null ? 0 : Number(link[1]) };
    }),
  );
  return { layers, envelopes: envelopesOf(layers, wireLength, capturedLength, false), facts: new Facts(nodes) };
}

const frame = (length: number): LayerSpan => span('frame', 'Frame', 1, 0, 0, length);

/** Ethernet, IPv4, TCP with timestamps, one TLS record of 517 bytes: 583 bytes. */
export const clientHello: readonly LayerSpan[] = [
  frame(583), span('eth', 'Ethernet II', 2, 0, 14, 583), span('ip', 'IPv4', 3, 14, 20, 569), span('tcp', 'TCP', 4, 34, 32, 549), span('tls', 'TLS record', 6, 66, 5, 517),
];

export const bareAck: readonly LayerSpan[] = [frame(66), span('eth', 'Ethernet II', 2, 0, 14, 66), span('ip', 'IPv4', 3, 14, 20, 52), span('tcp', 'TCP', 4, 34, 32, 32)];

export const paddedArp: readonly LayerSpan[] = [frame(60), span('eth', 'Ethernet II', 2, 0, 14, 60), span('arp', 'ARP', 2, 14, 28, 28)];

/** ICMP that quotes the packet which did not arrive. */
export const quoting: readonly LayerSpan[] = [
  frame(70), span('eth', 'Ethernet II', 2, 0, 14, 70), span('ip', 'IPv4', 3, 14, 20, 56), span('icmp', 'ICMP', 3, 34, 8, 36), span('ip', 'IPv4', 3, 42, 20, 28), span('udp', 'UDP', 4, 62, 8, 8),
];

/** Two VLAN tags and two TLS records in one segment. */
export const taggedRecords: readonly LayerSpan[] = [
  frame(262), span('eth', 'Ethernet II', 2, 0, 14, 262), span('vlan', '802.1Q', 2, 14, 4, 248), span('vlan', '802.1Q', 2, 18, 4, 244),
  span('ip', 'IPv4', 3, 22, 20, 240), span('tcp', 'TCP', 4, 42, 20, 220), span('tls', 'TLS record', 6, 62, 5, 80), span('tls', 'TLS record', 6, 142, 5, 120),
];

/** HTTP that was reassembled from several segments: its bytes are in source 1. */
export const reassembledHttp: readonly LayerSpan[] = [
  frame(154), span('eth', 'Ethernet II', 2, 0, 14, 154), span('ip', 'IPv4', 3, 14, 20, 140), span('tcp', 'TCP', 4, 34, 20, 120), span('http', 'HTTP', 7, 0, 900, 3000, 1),
];

/** 802.11 behind radiotap, with LLC and SNAP, IPv4 and UDP, and 4 bytes of checksum: 129 bytes, 26 of them the receiver's. */
export const overTheAir: readonly LayerSpan[] = [
  frame(129), span('radiotap', '802.11 Radiotap', 1, 0, 26, 129), span('wlan_radio', '802.11 Radio', 1, 26, 0, 103), span('wlan', 'IEEE 802.11', 2, 26, 26, 103), span('llc', 'LLC', 2, 52, 8, 73), span('ip', 'IPv4', 3, 60, 20, 65), span('udp', 'UDP', 4, 80, 8, 45),
];
