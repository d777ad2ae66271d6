/** Novell's Internetwork Packet Exchange, which carried NetWare. */
import { readU16, readU32, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const HEADER = 30;
const NODE_LENGTH = 6;
/** Where the two addresses begin: network, node, socket. */
const DESTINATION = 6;
const SOURCE = 18;
const SOCKET = 10;

const SOCKETS: Readonly<Record<number, string>> = {
  0x0002: 'CISCO PING', 0x0451: 'NCP', 0x0452: 'SAP', 0x0453: 'RIP', 0x0455: 'NetBIOS', 0x0456: 'Diagnostic', 0x0457: 'Serialization', 0x0550: 'NWLink SMB Server', 0x0551: 'NWLink SMB Name Query',
  0x0552: 'NWLink SMB Redirector', 0x0553: 'NWLink SMB Mailslot Datagram', 0x0554: 'NWLink SMB Messenger', 0x0555: 'NWLink SMB Browse', 0x055d: 'Attachmate Gateway', 0x4001: 'IPX Message', 0x4003: 'IPX Message',
  0x4006: 'NetWare Directory Server', 0x400c: 'HP LaserJet/QuickSilver', 0x8104: 'NetWare 386', 0x8522: 'ADSM', 0x85be: 'Cisco EIGRP for IPX', 0x8f83: 'Powerchute UPS Monitoring',
  0x9001: 'NetWare Link Services Protocol', 0x9004: 'IPX WAN', 0x900f: 'SNMP Agent', 0x9010: 'SNMP Sink', 0x907b: 'SMS Testing and Development', 0x9086: 'Novell PING', 0x9091: 'TCP Tunnel', 0x9092: 'UDP Tunnel',
  0x90b2: 'NDPS Printer Agent/PSM', 0x90b3: 'NDPS Broker', 0x90b4: 'NDPS Service Registry Service', 0x90b5: 'NDPS Event Notification Service', 0x90b6: 'NDPS Remote Management Service',
  0x90b7: 'NDPS Notify Listener', 0xe885: 'NT Server-RPC/GW',
};
const TYPES: Readonly<Record<number, string>> = { 0: 'IPX', 1: 'RIP', 2: 'Echo', 3: 'Error', 4: 'PEP', 5: 'SPX', 0x11: 'NCP', 0x14: 'NetBIOS Broadcast' };

/** Sockets whose messages have a form of their own, which is not read here; other data is plain data. */
const MESSAGES: ReadonlySet<number> = new Set([0x0451, 0x0452, 0x0453, 0x0455, 0x0456, 0x0457, 0x0550, 0x0551, 0x0552, 0x0553, 0x4001, 0x4003, 0x85be, 0x9001, 0x9004]);

const fields = () => ({
  'src': { type: 'string', label: 'Source Address', hidden: true },
  'addr': { type: 'string', label: 'Src/Dst Address', hidden: true },
  'dst': { type: 'string', label: 'Destination Address', hidden: true },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex', help: 'Mostly 0xffff: not used.' },
  'len': { type: 'u16', label: 'Length', unit: 'bytes', help: 'Header and data together.' },
  'hops': { type: 'u8', label: 'Transport Control', unit: 'hops', help: 'How many routers the packet has passed; after sixteen it is dropped.' },
  'packet_type': { type: 'u8', label: 'Packet Type', base: 'hex', names: (value) => TYPES[value] ?? (value >= 0x10 && value <= 0x1f ? 'Experimental Protocol' : undefined) },
  'dst.net': { type: 'u32', label: 'Destination Network', base: 'hex' },
  'net': { type: 'u32', label: 'Source or Destination Network', base: 'hex', hidden: true },
  'dst.node': { type: 'ether', label: 'Destination Node' },
  'node': { type: 'ether', label: 'Source or Destination Node', hidden: true },
  'dst.socket': { type: 'u16', label: 'Destination Socket', base: 'hex', names: SOCKETS, help: 'Which program the packet is for, as a port of UDP does.' },
  'socket': { type: 'u16', label: 'Source or Destination Socket', base: 'hex', names: SOCKETS, hidden: true },
  'src.net': { type: 'u32', label: 'Source Network', base: 'hex' },
  'src.node': { type: 'ether', label: 'Source Node' },
  'src.socket': { type: 'u16', label: 'Source Socket', base: 'hex', names: SOCKETS },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const ipx = protocol({
  id: 'ipx',
  title: 'Internetwork Packet eXchange',
  short: 'IPX',
  spec: 'Novell; IPX Router Specification 107-000029-001',
  osi: 3,
  claims: [{ table: 'ethertype', keys: [0x8137] }, { table: 'llc.dsap', keys: [0xe0] }, { table: 'ppp.protocol', keys: [0x2b] }, { table: 'chdlc.protocol', keys: [0x8137] }],
  fields,
  parse(layer) {
    layer.protocolName('IPX');
    layer.info(() => '');
    if (!layer.has(HEADER)) return;
    const length = layer.peekU16(2);
    if (length >= HEADER) layer.shrink(length);
    if (layer.run.text) layer.run.columns.setEnds(address(layer, SOURCE), address(layer, DESTINATION));
    const socket = layer.peekU16(DESTINATION + SOCKET);
    layer.info(() => SOCKETS[socket] ?? `Unknown (0x${socket.toString(16).padStart(4, '0')})`);
    putAddresses(layer);
    for (const key of ['checksum', 'len', 'hops', 'packet_type'] as const) layer.take(key);
    takeEnd(layer, 'dst');
    takeEnd(layer, 'src');
    if (length < HEADER) layer.malformed();
    else if (layer.left > 0) payload(layer);
  },
});

/** "00000001.020000000001", of the address that begins at this distance from the header's start. */
function address(layer: Own, distance: number): string {
  const at = layer.start + distance;
  const node = Array.from({ length: NODE_LENGTH }, (_, index) => readU8(layer.bytes, at + 4 + index).toString(16).padStart(2, '0'));
  return `${readU32(layer.bytes, at).toString(16).padStart(8, '0')}.${node.join('')}`;
}

function putAddresses(layer: Own): void {
  if (!layer.run.items) return;
  for (const [key, distance] of [['src', SOURCE], ['dst', DESTINATION]] as const) {
    const text = address(layer, distance);
    layer.put(key, text, layer.start, 0);
    layer.put('addr', text, layer.start, 0);
  }
}

function takeEnd(layer: Own, end: 'dst' | 'src'): void {
  const at = layer.cursor;
  layer.take(`${end}.net`);
  layer.put('net', readU32(layer.bytes, at), at, 4);
  const node = layer.take(`${end}.node`);
  layer.put('node', node, at + 4, NODE_LENGTH);
  layer.take(`${end}.socket`);
  layer.put('socket', readU16(layer.bytes, at + SOCKET), at + SOCKET, 2);
}

function payload(layer: Own): void {
  const socket = [layer.peekU16(DESTINATION + SOCKET - HEADER), layer.peekU16(SOURCE + SOCKET - HEADER)].find((number) => MESSAGES.has(number));
  if (socket === undefined) {
    layer.data();
    return;
  }
  const length = layer.left;
  layer.group(null, () => layer.skip(length), () => `${SOCKETS[socket] ?? 'IPX'} message (${length} bytes)`);
}
