/** What Linux's firewall logs: a packet, and what the firewall knew of it (tcpdump -i nflog). */
import { readU32 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';

const HEADER = 4;
const FAMILY = { ipv4: 2, bridge: 7, ipv6: 10 } as const;
const TLV = { packet: 1, timestamp: 3, payload: 9, prefix: 10 } as const;
const TYPES: Readonly<Record<number, string>> = {
  0: 'NFULA_UNSPEC', [TLV.packet]: 'NFULA_PACKET_HDR', 2: 'NFULA_MARK', [TLV.timestamp]: 'NFULA_TIMESTAMP', 4: 'NFULA_IFINDEX_INDEV', 5: 'NFULA_IFINDEX_OUTDEV', 6: 'NFULA_IFINDEX_PHYSINDEV', 7: 'NFULA_IFINDEX_PHYSOUTDEV',
  8: 'NFULA_HWADDR', [TLV.payload]: 'NFULA_PAYLOAD', [TLV.prefix]: 'NFULA_PREFIX', 11: 'NFULA_UID', 12: 'NFULA_SEQ', 13: 'NFULA_SEQ_GLOBAL', 14: 'NFULA_GID', 15: 'NFULA_HWTYPE', 16: 'NFULA_HWHEADER', 17: 'NFULA_HWLEN',
};

const fields = () => ({
  'family': { type: 'u8', label: 'Family', names: { 0: 'Unspecified', 1: 'IPv4/IPv6', [FAMILY.ipv4]: 'IPv4', 3: 'ARP', 5: 'Netdev', [FAMILY.bridge]: 'Bridge', [FAMILY.ipv6]: 'IPv6', 12: 'DECNET' } },
  'version': { type: 'u8', label: 'Version' },
  'res_id': { type: 'u16', label: 'Resource id', help: 'The number of the group that the firewall\'s rule logs to.' },
  'tlv': { type: 'bytes', label: 'TLV' },
  'tlv_length': { type: 'u16le', label: 'Length' },
  'tlv_type': { type: 'u16le', label: 'Type', mask: 0x7fff, names: TYPES },
  'protocol': { type: 'u16', label: 'HW protocol', base: 'hex', names: ETHERTYPES },
  'hook': { type: 'u8', label: 'Netfilter hook', names: { 0: 'Pre-routing', 1: 'Local in', 2: 'Forward', 3: 'Local out', 4: 'Post-routing' }, help: 'Where on its way through the system the packet was.' },
  'ifindex_indev': { type: 'u32', label: 'IFINDEX_INDEV', help: 'Number of the interface that the packet came in by.' },
  'ifindex_outdev': { type: 'u32', label: 'IFINDEX_OUTDEV', help: 'Number of the interface that the packet leaves by.' },
  'ifindex_physindev': { type: 'u32', label: 'IFINDEX_PHYSINDEV' },
  'ifindex_physoutdev': { type: 'u32', label: 'IFINDEX_PHYSOUTDEV' },
  'prefix': { type: 'string', label: 'Prefix', help: 'The words that the rule puts before its log entries.' },
  'uid': { type: 'i32', label: 'UID', help: 'The user whose program sent the packet.' },
  'gid': { type: 'i32', label: 'GID' },
  'timestamp': { type: 'abstime', label: 'Timestamp' },
  'tlv_value': { type: 'bytes', label: 'Value' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

const NUMBERS: Readonly<Record<number, keyof ReturnType<typeof fields>>> = { 4: 'ifindex_indev', 5: 'ifindex_outdev', 6: 'ifindex_physindev', 7: 'ifindex_physoutdev', 11: 'uid', 14: 'gid' };

export const nflog = protocol({
  id: 'nflog',
  title: 'Linux Netfilter NFLOG',
  short: 'NFLOG',
  spec: 'tcpdump.org/linktypes/LINKTYPE_NFLOG.html',
  osi: 2,
  claims: [{ table: 'link', keys: [239] }],
  fields,
  parse(layer) {
    layer.protocolName('NFLOG');
    const found: Found = { etherType: 0, start: -1, length: 0 };
    const family = layer.take('family');
    layer.take('version');
    layer.take('res_id');
    layer.each(() => tlv(layer, found));
    if (!layer.broken && found.start >= 0) payload(layer, family, found);
  },
});

interface Found {
  etherType: number;
  start: number;
  length: number;
}

function tlv(layer: Own, found: Found): void {
  const at = layer.cursor;
  const length = layer.left < HEADER ? 0 : layer.peekU8() | (layer.peekU8(1) << 8);
  if (length < HEADER) {
    layer.cursor = layer.end;
    return;
  }
  const type = (layer.peekU8(2) | (layer.peekU8(3) << 8)) & 0x7fff;
  if (!layer.reaches(at + length)) return;
  layer.at('tlv', at, length);
  layer.label(() => `TLV Type: ${TYPES[type] ?? 'Unknown'} (${type}), Length: ${length}`);
  layer.inside(() => {
    layer.take('tlv_length');
    layer.take('tlv_type');
    value(layer, type, length - HEADER, found);
  });
  // Attributes begin at multiples of four.
  layer.cursor = Math.min(at + ((length + 3) & ~3), layer.end);
}

function value(layer: Own, type: number, length: number, found: Found): void {
  const number = NUMBERS[type];
  if (type === TLV.packet && length >= 3) {
    found.etherType = layer.take('protocol');
    layer.take('hook');
  } else if (type === TLV.payload) Object.assign(found, { start: layer.cursor, length });
  else if (type === TLV.prefix) layer.take('prefix', length);
  else if (type === TLV.timestamp && length === 16) timestamp(layer);
  else if (number !== undefined && length === 4) layer.take(number);
  else if (length > 0) layer.take('tlv_value', length);
}

/** Seconds and microseconds, in eight bytes each. */
function timestamp(layer: Own): void {
  const at = layer.cursor;
  const seconds = readU32(layer.bytes, at) * 0x1_0000_0000 + readU32(layer.bytes, at + 4);
  layer.put('timestamp', { seconds, nanos: readU32(layer.bytes, at + 12) * 1000 }, at, 16);
}

function payload(layer: Own, family: number, { etherType, start, length }: Found): void {
  const place = { start, length };
  const next = family === FAMILY.bridge ? layer.run.registry.lookup('ethertype', etherType)?.id : family === FAMILY.ipv4 ? 'ip' : family === FAMILY.ipv6 ? 'ipv6' : undefined;
  if (next === undefined) layer.data(place);
  else layer.call(next, place);
}
