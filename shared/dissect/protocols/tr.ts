/** Token Ring: a station may send while it holds the token; bridges are named by the sender (source routing). */
import { readU16 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const ADDRESS = 6;
const DESTINATION = 2;
const SOURCE = DESTINATION + ADDRESS;
const HEADER = SOURCE + ADDRESS;
const LLC = 1;
const FRAME_TYPES: Readonly<Record<number, string>> = { 0: 'MAC', [LLC]: 'LLC', 2: 'Reserved', 3: 'Unknown' };

const fields = () => ({
  'ac': { type: 'u8', label: 'Access Control', base: 'hex' },
  'priority': { type: 'u8', label: 'Priority', of: 'ac', mask: 0xe0 },
  'frame': { type: 'bool', label: 'Frame', of: 'ac', mask: 0x10, states: ['Frame', 'Token'] },
  'monitor_cnt': { type: 'u8', label: 'Monitor Count', of: 'ac', mask: 0x08, help: 'Set by the ring\'s monitor, which removes frames that come round a second time.' },
  'priority_reservation': { type: 'u8', label: 'Priority Reservation', of: 'ac', mask: 0x07 },
  'fc': { type: 'u8', label: 'Frame Control', base: 'hex' },
  'frame_type': { type: 'u8', label: 'Frame Type', of: 'fc', mask: 0xc0, names: FRAME_TYPES },
  'frame_pcf': { type: 'u8', label: 'Frame PCF', of: 'fc', mask: 0x0f, names: { 0: 'Normal buffer', 1: 'Express buffer', 2: 'Purge', 3: 'Claim Token', 4: 'Beacon', 5: 'Active Monitor Present', 6: 'Standby Monitor Present' } },
  'dst': { type: 'ether', label: 'Destination' },
  'src': { type: 'ether', label: 'Source' },
  'addr': { type: 'ether', label: 'Source or Destination Address', hidden: true },
  'sr': { type: 'bool', size: 1, label: 'Source Routed', states: ['True', 'False'], help: 'The first bit of the source says that the way over bridges follows.' },
  'src.plain': { type: 'ether', label: 'Source', name: 'tr.src', hidden: true },
  'rif_bytes': { type: 'u8', label: 'RIF Length', unit: 'bytes' },
  'broadcast': { type: 'u8', label: 'Broadcast Type', names: (value) => (value < 0x80 ? 'Non-broadcast' : value < 0xc0 ? 'All-routes broadcast' : 'Single-route broadcast') },
  'max_frame_size': { type: 'u8', label: 'Maximum Frame Size', names: { 0x00: '516', 0x10: '1500', 0x20: '2052', 0x30: '4472', 0x40: '8144', 0x50: '11407', 0x60: '17800', 0x70: '65535' } },
  'direction': { type: 'u8', label: 'Direction', names: { 0x00: 'From originating station (-->)', 0x80: 'To originating station (<--)' } },
  'rif.ring': { type: 'u16', label: 'RIF Ring', base: 'hex', hidden: true },
  'rif.bridge': { type: 'u8', label: 'RIF Bridge', base: 'hex', hidden: true },
  'rif': { type: 'string', label: 'Ring-Bridge Pairs', help: 'The rings that the frame crosses, and the bridges between them.' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const tr = protocol({
  id: 'tr',
  title: 'Token-Ring',
  short: 'TR',
  spec: 'IEEE 802.5-1998 §3, annex C',
  osi: 2,
  claims: [{ table: 'link', keys: [6] }],
  fields,
  parse(layer) {
    layer.protocolName('TR');
    layer.info(() => '');
    if (!layer.has(HEADER)) return;
    layer.addresses('ether', layer.start + SOURCE, layer.start + DESTINATION);
    const type = layer.peekU8(1) >> 6;
    layer.info(() => `Token-Ring ${FRAME_TYPES[type]}`);
    layer.takeFlags('ac');
    layer.takeFlags('fc');
    const isRouted = takeAddresses(layer);
    if (isRouted) takeRoute(layer);
    if (layer.broken) return;
    if (type === LLC) layer.call('llc');
    else if (layer.left > 0) layer.data();
  },
});

/** True where the way over bridges follows. */
function takeAddresses(layer: Own): boolean {
  const destination = layer.take('dst');
  const source = layer.take('src');
  layer.put('addr', destination, layer.start + DESTINATION, ADDRESS);
  layer.put('addr', source, layer.start + SOURCE, ADDRESS);
  const isRouted = ((source[0] ?? 0) & 0x80) !== 0;
  layer.put('sr', isRouted ? 1 : 0, layer.start + SOURCE, 1);
  const plain = source.slice();
  plain[0] = (plain[0] ?? 0) & 0x7f;
  layer.put('src.plain', plain, layer.start + SOURCE, ADDRESS);
  return isRouted;
}

function takeRoute(layer: Own): void {
  const at = layer.cursor;
  if (!layer.has(2)) return;
  const first = layer.peekU8();
  const second = layer.peekU8(1);
  const length = first & 0x1f;
  layer.put('rif_bytes', length, at, 1);
  layer.put('broadcast', first & 0xe0, at, 1);
  layer.put('max_frame_size', second & 0x70, at + 1, 1);
  layer.put('direction', second & 0x80, at + 1, 1);
  if (!layer.reaches(at + length)) return;
  if (length > 2) putPairs(layer, at + 2, at + length);
  layer.cursor = at + Math.max(2, length);
}

/** Twelve bits for each ring and four for the bridge that leads to the next. */
function putPairs(layer: Own, from: number, end: number): void {
  let words = '';
  for (let at = from; at + 2 <= end; at += 2) {
    const ring = readU16(layer.bytes, at) >> 4;
    layer.put('rif.ring', ring, at, 2);
    const name = ring.toString(16).toUpperCase().padStart(3, '0');
    if (at === from) {
      words = name;
      continue;
    }
    const bridge = readU16(layer.bytes, at - 2) & 0xf;
    layer.put('rif.bridge', bridge, at - 1, 1);
    words += `-${bridge.toString(16).toUpperCase()}-${name}`;
  }
  layer.put('rif', words, from, end - from);
}
