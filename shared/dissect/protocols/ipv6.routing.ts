/** Routing header of IPv6: stations that the packet is to visit. */
import { readU8 } from '../../bytes/reader.ts';
import { ipv6Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { nextHeader } from './ipv6/next-header.ts';
import { putSegmentOptions, segmentOptionFields } from './ipv6/segment-options.ts';

const SOURCE_ROUTE = 0;
const MOBILE = 2;
const RPL = 3;
const SEGMENTS = 4;
const COMPACT_16 = 5;
const COMPACT_32 = 6;

const HEADER = 4;
const ADDRESS = 16;
/** Length of the whole IPv6 header, and where its addresses stand. */
const IPV6_HEADER = 40;
const IPV6_SOURCE = 8;
const IPV6_DESTINATION = 24;

const TYPES: Readonly<Record<number, string>> = {
  0: 'Source Route', 1: 'Nimrod', 2: 'Type 2 Routing', 3: 'RPL Source Route', 4: 'Segment Routing', 5: 'Compact Routing Header 16', 6: 'Compact Routing Header 32',
  253: 'Experiment 1', 254: 'Experiment 2',
};

const fields = () => ({
  'nxt': { type: 'u8', label: 'Next Header', names: IP_PROTOCOLS },
  'len': { type: 'u8', label: 'Length' },
  'len_oct': { type: 'u16', label: 'Length', unit: 'bytes' },
  'type': { type: 'u8', label: 'Type', names: TYPES },
  'segleft': { type: 'u8', label: 'Segments Left', help: 'How many of the listed stations the packet has still to visit.' },
  'unknown_data': { type: 'bytes', label: 'Type-Specific Data' },
  'src.reserved': { type: 'bytes', label: 'Reserved' },
  'src.addr': { type: 'ipv6', label: 'Address' },
  'mipv6.reserved': { type: 'bytes', label: 'Reserved' },
  'mipv6.home_address': { type: 'ipv6', label: 'Home Address' },
  'rpl.cmprI': { type: 'u32', label: 'Compressed Internal Octets (CmprI)', mask: 0xf000_0000 },
  'rpl.cmprE': { type: 'u32', label: 'Compressed Final Octets (CmprE)', mask: 0x0f00_0000 },
  'rpl.pad': { type: 'u32', label: 'Padding Bytes', mask: 0x00f0_0000 },
  'rpl.reserved': { type: 'u32', label: 'Reserved', mask: 0x000f_ffff },
  'rpl.addr_count': { type: 'i32', label: 'Total Address Count' },
  'rpl.address': { type: 'bytes', label: 'Address' },
  'rpl.full_address': { type: 'ipv6', label: 'Full Address' },
  'srh.last_entry': { type: 'u8', label: 'Last Entry' },
  'srh.flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'srh.tag': { type: 'bytes', label: 'Tag' },
  'srh.addr': { type: 'ipv6', label: 'Address' },
  ...segmentOptionFields(),
  'crh16.current_sid': { type: 'u16', label: 'Current SID' },
  'crh32.current_sid': { type: 'u32', label: 'Current SID' },
  'crh16.sid': { type: 'u16', label: 'Segment ID' },
  'crh32.sid': { type: 'u32', label: 'Segment ID' },
  'multicast_addr': { type: 'none', label: 'Multicast addresses must not appear in the source route list', name: 'ipv6.src_route_list.multicast_addr' },
  'rpl.cmprI_cmprE_pad': { type: 'none', label: 'When cmprI equals 0 and cmprE equals 0, pad MUST equal 0 but instead was X' },
  'rpl.addr_count_ge0': { type: 'none', label: 'Calculated total address count must be greater than or equal to 0, instead was X' },
  'rpl.reserved_not0': { type: 'none', label: 'Reserved field must equal 0 but instead was X' },
  'invalid_length': { type: 'none', label: 'Invalid IPv6 Routing header length' },
  'invalid_segleft': { type: 'none', label: 'IPv6 Routing Header segments left field must not exceed address count' },
  'undecoded': { type: 'none', label: 'Undecoded IPv6 routing header field' },
  'deprecated': { type: 'none', label: 'Routing header type is deprecated' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

interface Header {
  readonly type: number;
  readonly left: number;
  /** Length field: units of 8 bytes after the first 8. */
  readonly units: number;
  readonly end: number;
}

export const routingHeader = protocol({
  id: 'ipv6.routing',
  title: 'Routing Header for IPv6',
  short: 'IPv6 Routing',
  spec: 'RFC 8200 §4.4',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [43] }],
  fields,
  parse(layer) {
    layer.infoAppend(() => 'IPv6 routing', ', ');
    if (!layer.has(HEADER)) return;
    const type = layer.peekU8(2);
    const units = layer.peekU8(1);
    const header: Header = { type, left: layer.peekU8(3), units, end: layer.start + (units + 1) * 8 };
    layer.summary(() => ` (${TYPES[type] ?? `Unknown type ${type}`})`);
    const next = takeHeader(layer, header);
    body(layer, header);
    if (layer.broken || !layer.has(header.end - layer.cursor)) return;
    layer.cursor = header.end;
    nextHeader(layer, next, { start: header.end });
  },
});

function takeHeader(layer: Own, header: Header): number {
  const next = layer.take('nxt');
  const at = layer.cursor;
  layer.take('len');
  if (header.type === SOURCE_ROUTE && header.units % 2 === 1) layer.expert('invalid_length', 'error', 'Malformed', 'IPv6 Routing Header extension header length must not be odd');
  if (header.type === MOBILE && header.units !== 2) layer.expert('invalid_length', 'error', 'Malformed', 'IPv6 Type 2 Routing Header extension header length must equal 2');
  layer.putGenerated('len_oct', (header.units + 1) * 8, at, 1);
  layer.take('type');
  if (header.type <= 1) layer.expert('deprecated', 'note', 'Deprecated', 'Routing header type is deprecated');
  layer.take('segleft');
  return next;
}

function body(layer: Own, header: Header): void {
  switch (header.type) {
    case SOURCE_ROUTE:
      return sourceRoute(layer, header);
    case MOBILE:
      return homeAddress(layer, header);
    case RPL:
      return compressedRoute(layer, header);
    case SEGMENTS:
      return segments(layer, header);
    case COMPACT_16:
    case COMPACT_32:
      return compact(layer, header);
    default:
      layer.take('unknown_data', header.end - layer.cursor);
      layer.expert('undecoded', 'note', 'Undecoded', 'Undecoded IPv6 routing header field');
  }
}

/** "Address[2]: 2001:db8::1" for the entry recorded last. */
function addressWords(layer: Own, index: number): string {
  const address = layer.run.tape.objects[layer.run.lastEntry];
  return `Address[${index}]: ${address instanceof Uint8Array ? ipv6Text(address, 0) : ''}`;
}

function judgeMulticast(layer: Own, at: number): void {
  if (readU8(layer.bytes, at) === 0xff) layer.expert('multicast_addr', 'error', 'Protocol', 'Multicast addresses must not appear in the source route list');
}

/** Tells columns, checksums and conversations the packet's final destination. */
function redirect(layer: Own, bytes: Uint8Array, destination: number): void {
  const { run } = layer;
  const { network } = run;
  if (network?.version !== 6) return;
  if (bytes === network.bytes) run.network = { version: 6, bytes, source: network.source, destination };
  else {
    const header = network.bytes.slice(network.source - IPV6_SOURCE, network.source - IPV6_SOURCE + IPV6_HEADER);
    header.set(bytes.subarray(destination, destination + ADDRESS), IPV6_DESTINATION);
    run.network = { version: 6, bytes: header, source: IPV6_SOURCE, destination: IPV6_DESTINATION };
  }
  run.columns.setAddresses('ipv6', run.network.bytes, run.network.source, run.network.destination);
}

/** RFC 2460 §4.4, deprecated by RFC 5095. */
function sourceRoute(layer: Own, header: Header): void {
  const count = Math.floor(header.units / 2);
  if (header.left > count) layer.expert('invalid_segleft', 'error', 'Malformed', `IPv6 Type 0 Routing Header segments left field must not exceed address count (${count})`);
  layer.take('src.reserved', 4);
  for (let index = 1; index <= count; index += 1) {
    const at = layer.cursor;
    layer.take('src.addr');
    layer.label(() => addressWords(layer, index));
    judgeMulticast(layer, at);
  }
  if (header.left > 0 && count > 0) redirect(layer, layer.bytes, layer.cursor - ADDRESS);
}

/** RFC 6275 §6.4. */
function homeAddress(layer: Own, header: Header): void {
  if (header.left !== 1) layer.expert('invalid_segleft', 'error', 'Malformed', 'IPv6 Type 2 Routing Header segments left field must equal 1');
  layer.take('mipv6.reserved', 4);
  if (layer.cursor + ADDRESS > header.end) return layer.malformed();
  const at = layer.cursor;
  layer.take('mipv6.home_address');
  judgeMulticast(layer, at);
  if (header.left > 0) redirect(layer, layer.bytes, at);
}

/** RFC 6554 §3: addresses without the bytes that they share with the destination. */
function compressedRoute(layer: Own, header: Header): void {
  const word = layer.peekU32();
  const inner = ADDRESS - (word >>> 28);
  const last = ADDRESS - ((word >>> 24) & 0x0f);
  const padding = (word >>> 20) & 0x0f;
  const at = layer.cursor;
  for (const key of ['rpl.cmprI', 'rpl.cmprE', 'rpl.pad'] as const) layer.at(key, at);
  if (inner === ADDRESS && last === ADDRESS && padding !== 0) layer.expert('rpl.cmprI_cmprE_pad', 'warn', 'Protocol', `When cmprI equals 0 and cmprE equals 0, pad MUST equal 0 but instead was ${padding}`);
  const reserved = layer.take('rpl.reserved');
  if (reserved !== 0) layer.expert('rpl.reserved_not0', 'warn', 'Protocol', `Reserved field must equal 0 but instead was ${reserved}`);
  const count = Math.trunc((header.units * 8 - padding - last) / inner) + 1;
  layer.putGenerated('rpl.addr_count', count, at, 2);
  if (count < 0) layer.expert('rpl.addr_count_ge0', 'error', 'Malformed', `Calculated total address count must be greater than or equal to 0, instead was ${count}`);
  let full: Uint8Array | null = null;
  for (let index = 1; index <= count && !layer.broken; index += 1) full = compressedAddress(layer, index, index < count ? inner : last, header.end);
  if (header.left > 0 && full !== null) redirect(layer, full, 0);
}

function compressedAddress(layer: Own, index: number, size: number, end: number): Uint8Array | null {
  const { network } = layer.run;
  const at = layer.cursor;
  if (at + size > end) {
    layer.malformed();
    return null;
  }
  const own = layer.take('rpl.address', size);
  const full = new Uint8Array(ADDRESS);
  if (network?.version === 6) full.set(network.bytes.subarray(network.destination, network.destination + ADDRESS));
  full.set(own, ADDRESS - size);
  layer.put('rpl.full_address', full, at, size);
  layer.label(() => addressWords(layer, index));
  if (readU8(full, 0) === 0xff) layer.expert('multicast_addr', 'error', 'Protocol', 'Multicast addresses must not appear in the source route list');
  return full;
}

/** RFC 8754 §2: the list runs backwards, so its first entry is visited last. */
function segments(layer: Own, header: Header): void {
  const last = layer.take('srh.last_entry');
  layer.take('srh.flags');
  layer.take('srh.tag', 2);
  const first = layer.cursor;
  for (let index = 0; index <= last && !layer.broken; index += 1) {
    if (layer.cursor + ADDRESS > header.end) return layer.malformed();
    layer.take('srh.addr');
    layer.label(() => addressWords(layer, index));
  }
  if (!layer.broken && layer.cursor < header.end) putSegmentOptions(layer, header.end);
  if (header.left > 0) redirect(layer, layer.bytes, first);
}

/** draft-bonica-6man-comp-rtg-hdr: short numbers in place of addresses. */
function compact(layer: Own, header: Header): void {
  const isWide = header.type === COMPACT_32;
  const size = isWide ? 4 : 2;
  const first = layer.cursor;
  const current = first + header.left * size;
  if (current + size <= header.end) layer.at(isWide ? 'crh32.current_sid' : 'crh16.current_sid', current);
  layer.group(null, () => {
    while (layer.cursor + size <= header.end && !layer.broken) layer.take(isWide ? 'crh32.sid' : 'crh16.sid');
  }, () => 'Segment Identifiers');
}
