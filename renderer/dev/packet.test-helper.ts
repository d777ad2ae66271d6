/** A packet small enough to read: frame, Ethernet, IP with two bit fields, and a generated link. */
import type { PacketDetail, TreeNode } from '../../shared/ipc/contract.ts';

export function node(depth: number, label: string, field: string, start: number, length: number, layer: number, more: Partial<TreeNode> = {}): TreeNode {
  return { depth, label, field, title: field, filter: field === '' ? '' : `${field} == 1`, value: '', source: length > 0 ? 0 : -1, start, length, layer, generated: false, severity: null, link: 0, ...more };
}

export const smallPacket: PacketDetail = {
  number: 8,
  row: {
    number: 8, time: { seconds: 0, nanos: 0 }, source: '10.0.0.1', destination: '10.0.0.2', protocol: 'IPv4', wireLength: 40, capturedLength: 40,
    info: 'test', layer: 3, rule: null, severity: null, conversation: null, provisional: false, fields: [],
  },
  layers: [
    { protocol: 'frame', title: 'Frame', summary: '', osi: 1, source: 0, start: 0, headerLength: 0, length: 40 },
    { protocol: 'eth', title: 'Ethernet II', summary: '', osi: 2, source: 0, start: 0, headerLength: 14, length: 40 },
    { protocol: 'ip', title: 'IPv4', summary: '', osi: 3, source: 0, start: 14, headerLength: 20, length: 22 },
  ],
  nodes: [
    node(0, 'Frame 8: 40 bytes', 'frame', 0, 40, 0),
    node(1, 'Frame Number: 8', 'frame.number', 0, 0, 0, { generated: true }),
    node(0, 'Ethernet II', 'eth', 0, 14, 1),
    node(1, 'Destination', 'eth.dst', 0, 6, 1),
    node(0, 'Internet Protocol Version 4', 'ip', 14, 20, 2),
    node(1, '0100 .... = Version: 4', 'ip.version', 14, 1, 2),
    node(1, '.... 0101 = Header Length: 20 bytes (5)', 'ip.hdr_len', 14, 1, 2),
    node(1, 'Flags: 0x02', 'ip.flags', 20, 1, 2),
    node(2, '.1.. .... = Don’t fragment: Set', 'ip.flags.df', 20, 1, 2),
    node(2, '..0. .... = More fragments: Not set', 'ip.flags.mf', 20, 1, 2),
    node(1, '[Response in: 10]', 'ip.response', 0, 0, 2, { generated: true, link: 10, severity: 'note' }),
  ],
  terms: { source: '', destination: '', protocol: '', conversations: [] },
  sources: [{ name: 'Frame', length: 40 }],
  provisional: false,
  conversation: null,
};
