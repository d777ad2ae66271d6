/** NetBIOS Datagram Service: datagrams between names (RFC 1002 §4.4). */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { netbiosNameAt } from './nbns/name.ts';

const TYPES = { 0x10: 'Direct_unique datagram', 0x11: 'Direct_group datagram', 0x12: 'Broadcast datagram', 0x13: 'Datagram error', 0x14: 'Datagram query request', 0x15: 'Datagram positive query response', 0x16: 'Datagram negative query response' } as const;
const YES_NO = ['Yes', 'No'] as const;
const LAST_WITH_DATA = 0x12;
const ERROR = 0x13;
const LAST_QUERY = 0x16;
const FIRST_TYPE = 0x10;

const fields = () => ({
  'type': { type: 'u8', label: 'Message Type', names: TYPES },
  'flags': { type: 'u8', base: 'hex', label: 'Flags' },
  'next': { type: 'bool', label: 'More fragments follow', of: 'flags', mask: 0x01, states: YES_NO },
  'first': { type: 'bool', label: 'This is first fragment', of: 'flags', mask: 0x02, states: YES_NO },
  'node_type': { type: 'u8', label: 'Node Type', of: 'flags', mask: 0x0c, names: { 0: 'B node', 1: 'P node', 2: 'M node', 3: 'NBDD' } },
  'dgram_id': { type: 'u16', base: 'hex', label: 'Datagram ID' },
  'src.ip': { type: 'ipv4', label: 'Source IP' },
  'src.port': { type: 'u16', label: 'Source Port' },
  'dgram_len': { type: 'u16', label: 'Datagram length', unit: 'bytes' },
  'pkt_offset': { type: 'u16', label: 'Packet offset', unit: 'bytes' },
  'error_code': { type: 'u8', base: 'hex', label: 'Error code', names: { 0x82: 'Destination name not present', 0x83: 'Invalid source name format', 0x84: 'Invalid destination name format' } },
  'source_name': { type: 'string', label: 'Source name', help: 'Who sends: a name of up to 15 characters, and a byte that says what it stands for.' },
  'destination_name': { type: 'string', label: 'Destination name', help: 'Who is meant: a computer, or a group such as the workgroup.' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const nbdgm = protocol({
  id: 'nbdgm',
  title: 'NetBIOS Datagram Service',
  short: 'NBDS',
  spec: 'RFC 1002 §4.4',
  osi: 5,
  claims: [{ table: 'udp.port', keys: [138] }],
  fields,
  parse(layer) {
    layer.protocolName('NBDS');
    const type = layer.take('type');
    if (layer.broken) return;
    const words = type >= FIRST_TYPE && type <= LAST_QUERY ? TYPES[type as keyof typeof TYPES] : `Unknown message type (0x${type.toString(16).toUpperCase().padStart(2, '0')})`;
    layer.info(() => words);
    layer.summary(() => `: ${words}`);
    const flags = layer.takeFlags('flags');
    layer.take('dgram_id');
    layer.take('src.ip');
    layer.take('src.port');
    if (type < FIRST_TYPE) return;
    if (type <= LAST_WITH_DATA) takeDatagram(layer, (flags & 0x01) !== 0);
    else if (type === ERROR) layer.take('error_code');
    else if (type <= LAST_QUERY) takeName(layer, 'destination_name');
  },
});

function takeDatagram(layer: Own, isFragment: boolean): void {
  layer.take('dgram_len');
  const offset = layer.take('pkt_offset');
  takeName(layer, 'source_name');
  takeName(layer, 'destination_name');
  if (layer.broken || layer.reportedLeft <= 0) return;
  const isSmb = !isFragment && offset === 0 && layer.peekU32() === 0xff53_4d42;
  if (!isSmb || layer.call('smb') === null) layer.data();
}

function takeName(layer: Own, key: 'source_name' | 'destination_name'): void {
  if (layer.broken) return;
  const name = netbiosNameAt(layer.bytes, layer.cursor, layer.start, layer.end);
  if (name === null) {
    layer.reaches(layer.end + 1);
    return;
  }
  layer.put(key, name.text, layer.cursor, name.size);
  if (name.service !== null) layer.label(() => `${key === 'source_name' ? 'Source' : 'Destination'} name: ${name.text} (${name.service})`);
  layer.skip(name.size);
}
