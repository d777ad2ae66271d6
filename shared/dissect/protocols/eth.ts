/** Ethernet II and IEEE 802.3: addresses, type or length, padding, trailer, FCS. */
import { readU8 } from '../../bytes/reader.ts';
import { etherText } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { keepsFcs, nextByEthertype, putTrailerOfLength, trailerFields } from './eth/trailer.ts';

const ADDRESS = 6;
/** Up to here the field is a length, from LEAST_TYPE on a type; what lies between is neither (IEEE 802.3-2022 §3.2.6). */
const MOST_LENGTH = 1500;
const LEAST_TYPE = 0x600;
/** Bits of an address' first three bytes. */
const LOCAL = 0x02_0000;
const GROUP = 0x01_0000;

const LOCAL_STATES = ['Locally administered address (this is NOT the factory default)', 'Globally unique address (factory default)'] as const;
const GROUP_STATES = ['Group address (multicast/broadcast)', 'Individual address (unicast)'] as const;

const fields = () => ({
  'dst': { type: 'ether', label: 'Destination', help: 'Who on this link is to take the frame.' },
  'dst_resolved': { type: 'string', text: 'ether', label: 'Destination (resolved)', hidden: true },
  'dst.oui': { type: 'u24', label: 'Destination OUI', hidden: true },
  'dst.lg': { type: 'bool', label: 'LG bit', mask: LOCAL, states: LOCAL_STATES, help: 'Whether the address was set by an administrator or program instead of the maker.' },
  'dst.ig': { type: 'bool', label: 'IG bit', mask: GROUP, states: GROUP_STATES, help: 'Whether the frame is for many stations (multicast, broadcast) or for one.' },
  'src': { type: 'ether', label: 'Source', help: 'Who on this link sent the frame.' },
  'src_resolved': { type: 'string', text: 'ether', label: 'Source (resolved)', hidden: true },
  'src.oui': { type: 'u24', label: 'Source OUI', hidden: true },
  'src.lg': { type: 'bool', label: 'LG bit', mask: LOCAL, states: LOCAL_STATES },
  'src.ig': { type: 'bool', label: 'IG bit', mask: GROUP, states: GROUP_STATES },
  'addr': { type: 'ether', label: 'Address', hidden: true },
  'addr_resolved': { type: 'string', text: 'ether', label: 'Address (resolved)', hidden: true },
  'addr.oui': { type: 'u24', label: 'Address OUI', hidden: true },
  'lg': { type: 'bool', label: 'LG bit', mask: LOCAL, states: LOCAL_STATES, hidden: true },
  'ig': { type: 'bool', label: 'IG bit', mask: GROUP, states: GROUP_STATES, hidden: true },
  'type': { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES, help: 'Which protocol the payload is.' },
  'len': { type: 'u16', label: 'Length', help: 'Bytes of payload: the older 802.3 form, where LLC says which protocol follows.' },
  'invalid_lentype': { type: 'u16', label: 'Invalid length/type', base: 'hex.dec' },
  ...trailerFields(),
  'invalid_lentype.expert': { type: 'none', label: 'Invalid length/type' },
  'src_not_group': { type: 'none', label: 'Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)' },
  'len.past_end': { type: 'none', label: 'Length field value goes past the end of the payload' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const eth = protocol({
  id: 'eth',
  title: 'Ethernet II',
  short: 'Ethernet',
  spec: 'IEEE 802.3-2022 §3',
  osi: 2,
  claims: [
    { table: 'link', keys: [1] },
    { table: 'ethertype', keys: [0x6558] },
    { table: 'ip.proto', keys: [143] },
    { table: 'gre.proto', keys: [0x6558, 0x6400] },
    { table: 'vxlan.next_proto', keys: [3] },
  ],
  fields,
  parse(layer) {
    const at = layer.cursor;
    layer.protocolName('Ethernet');
    if (layer.left >= ADDRESS) layer.addresses('ether', layer.left >= 2 * ADDRESS ? at + ADDRESS : -1, at);
    if (!layer.has(2 * ADDRESS + 2)) return;
    layer.info(() => '');
    const type = layer.peekU16(2 * ADDRESS);
    if (type <= MOST_LENGTH && isInterSwitchLink(layer)) {
      layer.call('isl', { start: at });
      return;
    }
    layer.summary(() => summary(layer, type));
    if (layer.run.items) putAddresses(layer, type);
    else if (layer.run.remarks && isGroupSource(layer, type)) layer.run.raiseSeverity('warn');
    layer.skip(2 * ADDRESS);
    if (type > MOST_LENGTH && type < LEAST_TYPE) invalid(layer, type);
    else if (type >= LEAST_TYPE || type === 0) ethernetTwo(layer, type);
    else withLength(layer, type);
  },
});

/** Cisco's ISL puts a frame of its own around others; it is told by its first five bytes, not by its type. */
function isInterSwitchLink(layer: Own): boolean {
  const first = layer.peekU8();
  return (first === 0x01 || first === 0x0c) && layer.peekU8(1) === 0x00 && layer.peekU8(2) === 0x0c && layer.peekU16(3) === 0;
}

function summary(layer: Own, type: number): string {
  const addresses = `Src: ${etherText(layer.bytes, layer.start + ADDRESS)}, Dst: ${etherText(layer.bytes, layer.start)}`;
  return type >= LEAST_TYPE || type === 0 ? addresses : `${type > MOST_LENGTH ? 'unknown' : 'IEEE 802.3'}, ${addresses}`;
}

function putAddresses(layer: Own, type: number): void {
  putAddress(layer, layer.start, 'dst');
  putAddress(layer, layer.start + ADDRESS, 'src', isGroupSource(layer, type));
}

function isGroupSource(layer: Own, type: number): boolean {
  return (readU8(layer.bytes, layer.start + ADDRESS) & 1) !== 0 && (type >= LEAST_TYPE || type === 0);
}

/** The order is Wireshark's: it decides which of several values of eth.addr or eth.ig comes first. */
function putAddress(layer: Own, at: number, end: 'dst' | 'src', isOddSource = false): void {
  const address = layer.at(end, at);
  if (isOddSource) layer.expert('src_not_group', 'warn', 'Protocol', 'Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)');
  layer.inside(() => {
    layer.put(`${end}_resolved`, address, at, ADDRESS);
    const maker = layer.at(`${end}.oui`, at);
    layer.put('addr', address, at, ADDRESS);
    layer.put('addr_resolved', address, at, ADDRESS);
    layer.put('addr.oui', maker, at, 3);
    const local = (maker & LOCAL) === 0 ? 0 : 1;
    const group = (maker & GROUP) === 0 ? 0 : 1;
    layer.put(`${end}.lg`, local, at, 3);
    layer.put('lg', local, at, 3);
    layer.put(`${end}.ig`, group, at, 3);
    layer.put('ig', group, at, 3);
  });
}

function ethernetTwo(layer: Own, type: number): void {
  layer.take('type');
  layer.info(() => 'Ethernet II');
  nextByEthertype(layer, type, !isTunnelled(layer));
}

/** Frames that a tunnel carries have lost their checksum; few carriers keep it. */
function isTunnelled(layer: Own): boolean {
  return layer.index > 1 && !keepsFcs(layer);
}

function withLength(layer: Own, length: number): void {
  layer.take('len');
  if (length > layer.reportedLeft) layer.expert('len.past_end', 'error', 'Malformed', 'Length field value goes past the end of the payload');
  const start = layer.cursor;
  // Two bytes of ones are the start of Novell's IPX header, sent without LLC ("raw 802.3").
  const isRaw = layer.peekU16() === 0xffff;
  layer.info(() => `IEEE 802.3 Ethernet ${isRaw ? 'Raw ' : ''}`);
  const end = Math.min(start + length, layer.reportedEnd);
  if (isRaw) layer.call('ipx', { length });
  else layer.call('llc', { length }) ?? layer.data({ length });
  putTrailerOfLength(layer, end, !isTunnelled(layer));
}

function invalid(layer: Own, type: number): void {
  layer.take('invalid_lentype');
  const words = `Invalid length/type: 0x${type.toString(16).padStart(4, '0')} (${type})`;
  layer.expert('invalid_lentype.expert', 'warn', 'Protocol', words);
  layer.info(() => `Ethernet Unknown: ${words}`);
  layer.data();
}
