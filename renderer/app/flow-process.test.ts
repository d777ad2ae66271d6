import { expect, test } from 'vitest';
import type { PacketLayer, TreeNode } from '../../shared/ipc/contract.ts';
import { flowOf } from './flow-process.ts';

const layer = (protocol: string): PacketLayer => ({ protocol, title: protocol, summary: '', osi: 3, source: 0, start: 0, headerLength: 0, length: 0 });
const node = (index: number, field: string, value: string): TreeNode => ({ depth: 1, label: '', field, title: '', value, filter: '', source: 0, start: 0, length: 0, layer: index, generated: false, severity: null, link: 0 });
const udp = [node(3, 'udp.srcport', '53'), node(3, 'udp.dstport', '40000')];

test.each([
  ['UDP over IPv4', ['frame', 'eth', 'ip', 'udp'], [node(2, 'ip.src', '10.0.0.1'), node(2, 'ip.dst', '10.0.0.2'), ...udp], { transport: 'udp', one: { address: '10.0.0.1', port: 53 }, other: { address: '10.0.0.2', port: 40_000 } }],
  ['UDP over IPv6', ['frame', 'eth', 'ipv6', 'udp'], [node(2, 'ipv6.src', '::1'), node(2, 'ipv6.dst', '::2'), ...udp], { transport: 'udp', one: { address: '::1', port: 53 }, other: { address: '::2', port: 40_000 } }],
  ['a tunnel, of which the host knows the outer socket', ['frame', 'eth', 'ip', 'udp', 'gtp', 'ip', 'tcp'], [node(2, 'ip.src', '10.0.0.1'), node(2, 'ip.dst', '10.0.0.2'), ...udp, node(5, 'ip.src', '1.1.1.1')], { transport: 'udp', one: { address: '10.0.0.1', port: 53 }, other: { address: '10.0.0.2', port: 40_000 } }],
  ['no flow', ['frame', 'eth', 'arp'], [], null],
  ['an error that quotes one', ['frame', 'eth', 'ip', 'icmp', 'ip', 'udp'], [node(4, 'ip.src', '10.0.0.1'), node(4, 'ip.dst', '10.0.0.2'), node(5, 'udp.srcport', '1'), node(5, 'udp.dstport', '2')], { transport: 'udp', one: { address: '10.0.0.1', port: 1 }, other: { address: '10.0.0.2', port: 2 } }],
])('the flow of a packet: %s', (_, protocols, nodes, expected) => {
  expect(flowOf({ layers: protocols.map(layer), nodes })).toEqual(expected);
});
