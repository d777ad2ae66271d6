/**
 * Options of the IPv4 header (RFC 791 §3.1 and those that came later). Each is a type byte,
 * mostly a length byte, and data; the type byte itself has three parts.
 */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import { ipv4Text } from '../../address-text.ts';
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const END = 0;
const NO_OPERATION = 1;
const LOOSE_SOURCE_ROUTE = 131;
const STRICT_SOURCE_ROUTE = 137;

const OPTION_NUMBERS: Readonly<Record<number, string>> = {
  0: 'End of Option List (EOL)', 1: 'No-Operation (NOP)', 2: 'Security', 3: 'Loose source route', 4: 'Time stamp', 5: 'Extended security', 6: 'Commercial IP security option',
  7: 'Record route', 8: 'Stream identifier', 9: 'Strict source route', 10: 'Experimental Measurement', 11: 'MTU probe', 12: 'MTU Reply', 13: 'Experimental Flow Control',
  14: 'Experimental Access Control', 15: 'Ask Estrin', 16: 'IMI Traffic Descriptor', 17: 'Extended Internet Protocol', 18: 'Traceroute', 19: 'Address Extension', 20: 'Router Alert',
  21: 'Selective Directed Broadcast', 22: 'Unassigned', 23: 'Dynamic Packet State', 24: 'Upstream Multicast Packet', 25: 'Quick-Start', 30: 'RFC 3692-style experiment',
};

const SECURITY_LEVELS: Readonly<Record<number, string>> = {
  0: 'Unclassified', 0xf135: 'Confidential', 0x789a: 'EFTO', 0xbc4d: 'MMMM', 0x5e26: 'PROG', 0xaf13: 'Restricted', 0xd788: 'Secret', 0x6bc5: 'Top secret',
  0x35e2: 'Reserved', 0x9af1: 'Reserved', 0x4d78: 'Reserved', 0x24bd: 'Reserved', 0x135e: 'Reserved', 0x89af: 'Reserved', 0xc4d6: 'Reserved', 0xe26b: 'Reserved',
};

const CLASSIFICATIONS: Readonly<Record<number, string>> = {
  0x01: 'Reserved 4', 0x3d: 'Top secret', 0x5a: 'Secret', 0x96: 'Confidential', 0x66: 'Reserved 3', 0xcc: 'Reserved 2', 0xab: 'Unclassified', 0xf1: 'Reserved 1',
};

const PROTECTED = ['Datagram protected in accordance with its rules', 'Datagram not protected in accordance with its rules'] as const;

/** Rates that Quick-Start asks for or grants (RFC 4782 §3.1): 40 Kbit/s doubled n times. */
export const QUICK_START_RATES: Readonly<Record<number, string>> = {
  0: '0 bit/s', 1: '80 Kbit/s', 2: '160 Kbit/s', 3: '320 Kbit/s', 4: '640 Kbit/s', 5: '1.28 Mbit/s', 6: '2.56 Mbit/s', 7: '5.12 Mbit/s', 8: '10.24 Mbit/s', 9: '20.48 Mbit/s',
  10: '40.96 Mbit/s', 11: '81.92 Mbit/s', 12: '163.84 Mbit/s', 13: '327.68 Mbit/s', 14: '655.36 Mbit/s', 15: '1.31072 Gbit/s',
};


const CIPSO_TAGS: Readonly<Record<number, string>> = { 0: 'Padding', 1: 'Restrictive Category Bitmap', 2: 'Enumerated Categories', 5: 'Ranged Categories', 6: 'Permissive Categories', 7: 'Free Form' };

export const optionFields = () => ({
  'options.eol': { type: 'bytes', label: 'IP Option - End of Options List (EOL)' },
  'options.nop': { type: 'bytes', label: 'IP Option - No-Operation (NOP)' },
  'options.security': { type: 'bytes', label: 'IP Option - Security' },
  'options.route': { type: 'bytes', label: 'IP Option - Loose Source Route' },
  'options.timestamp': { type: 'bytes', label: 'IP Option - Time Stamp' },
  'options.ext_security': { type: 'bytes', label: 'IP Option - Extended Security' },
  'options.cipso': { type: 'bytes', label: 'IP Option - Commercial Security' },
  'options.record_route': { type: 'bytes', label: 'IP Option - Record Route' },
  'options.sid': { type: 'bytes', label: 'IP Option - Stream ID' },
  'options.source_route': { type: 'bytes', label: 'IP Option - Strict Source Route' },
  'options.mtu_probe': { type: 'bytes', label: 'IP Option - MTU Probe' },
  'options.mtu_reply': { type: 'bytes', label: 'IP Option - MTU Reply' },
  'options.traceroute': { type: 'bytes', label: 'IP Option - Traceroute' },
  'options.routeralert': { type: 'bytes', label: 'IP Option - Router Alert' },
  'options.sdb': { type: 'bytes', label: 'IP Option - Selective Directed Broadcast' },
  'options.qs': { type: 'bytes', label: 'IP Option - Quick-Start' },
  'opt.type': { type: 'u8', label: 'Type' },
  'opt.type.copy': { type: 'bool', label: 'Copy on fragmentation', of: 'opt.type', mask: 0x80, states: ['Yes', 'No'] },
  'opt.type.class': { type: 'u8', label: 'Class', of: 'opt.type', mask: 0x60, names: { 0: 'Control', 1: 'Reserved for future use', 2: 'Debugging and measurement', 3: 'Reserved for future use' } },
  'opt.type.number': { type: 'u8', label: 'Number', of: 'opt.type', mask: 0x1f, names: OPTION_NUMBERS },
  'opt.len': { type: 'u8', label: 'Length' },
  'opt.ptr': { type: 'u8', label: 'Pointer', help: 'Where the next router puts or finds its entry, counted from the start of the option.' },
  'opt.sid': { type: 'u16', label: 'Stream Identifier' },
  'opt.mtu': { type: 'u16', label: 'MTU' },
  'opt.id_number': { type: 'u16', label: 'ID Number' },
  'opt.ohc': { type: 'u16', label: 'Outbound Hop Count' },
  'opt.rhc': { type: 'u16', label: 'Return Hop Count' },
  'opt.originator': { type: 'ipv4', label: 'Originator IP Address' },
  'opt.ra': { type: 'u16', label: 'Router Alert', names: (value) => (value === 0 ? 'Router shall examine packet' : 'Reserved') },
  'opt.addr': { type: 'ipv4', label: 'IP Address' },
  'opt.padding': { type: 'bytes', label: 'Padding' },
  'opt.qs_func': { type: 'u8', label: 'Function', mask: 0xf0, names: { 0: 'Rate request', 8: 'Rate report' } },
  'opt.qs_rate': { type: 'u8', label: 'Rate', mask: 0x0f, names: QUICK_START_RATES },
  'opt.qs_ttl': { type: 'u8', label: 'QS TTL' },
  'opt.qs_ttl_diff': { type: 'u8', label: 'TTL Diff' },
  'opt.qs_unused': { type: 'u8', label: 'Not Used' },
  'opt.qs_nonce': { type: 'u32', label: 'QS Nonce', base: 'hex', mask: 0xffff_fffc },
  'opt.qs_reserved': { type: 'u32', label: 'Reserved', base: 'hex', mask: 0x3 },
  'opt.sec_rfc791_sec': { type: 'u16', label: 'Security', base: 'hex', names: SECURITY_LEVELS },
  'opt.sec_rfc791_comp': { type: 'u16', label: 'Compartments' },
  'opt.sec_rfc791_hr': { type: 'string', label: 'Handling Restrictions' },
  'opt.sec_rfc791_tcc': { type: 'string', label: 'Transmission Control Code' },
  'opt.sec_cl': { type: 'u8', label: 'Classification Level', base: 'hex', names: CLASSIFICATIONS },
  'opt.sec_prot_auth_flags': { type: 'u8', label: 'Protection Authority Flags', base: 'hex' },
  'opt.sec_prot_auth_genser': { type: 'bool', label: 'GENSER', of: 'opt.sec_prot_auth_flags', mask: 0x80, states: PROTECTED },
  'opt.sec_prot_auth_siop_esi': { type: 'bool', label: 'SIOP-ESI', of: 'opt.sec_prot_auth_flags', mask: 0x40, states: PROTECTED },
  'opt.sec_prot_auth_sci': { type: 'bool', label: 'SCI', of: 'opt.sec_prot_auth_flags', mask: 0x20, states: PROTECTED },
  'opt.sec_prot_auth_nsa': { type: 'bool', label: 'NSA', of: 'opt.sec_prot_auth_flags', mask: 0x10, states: PROTECTED },
  'opt.sec_prot_auth_doe': { type: 'bool', label: 'DOE', of: 'opt.sec_prot_auth_flags', mask: 0x08, states: PROTECTED },
  'opt.sec_prot_auth_unassigned': { type: 'u8', label: 'Unassigned', base: 'hex', of: 'opt.sec_prot_auth_flags', mask: 0x06 },
  'opt.sec_prot_auth_fti': { type: 'bool', label: 'Field Termination Indicator', of: 'opt.sec_prot_auth_flags', mask: 0x01, states: ['Additional octet present', 'Final octet'] },
  'opt.ext_sec_add_sec_info_format_code': { type: 'u8', label: 'Additional Security Info Format Code', base: 'hex' },
  'opt.ext_sec_add_sec_info': { type: 'bytes', label: 'Additional Security Info' },
  'rec_rt': { type: 'ipv4', label: 'Recorded Route' },
  'rec_rt_host': { type: 'string', text: 'ipv4', label: 'Recorded Route Host', hidden: true },
  'src_rt': { type: 'ipv4', label: 'Source Route' },
  'src_rt_host': { type: 'string', text: 'ipv4', label: 'Source Route Host', hidden: true },
  'empty_rt': { type: 'ipv4', label: 'Empty Route' },
  'empty_rt_host': { type: 'string', text: 'ipv4', label: 'Empty Route Host', hidden: true },
  'cipso.tag_type': { type: 'u8', label: 'Tag Type', names: CIPSO_TAGS },
  'cipso.doi': { type: 'u32', label: 'DOI' },
  'cipso.sensitivity_level': { type: 'u8', label: 'Sensitivity Level' },
  'cipso.categories': { type: 'string', label: 'Categories' },
  'cipso.tag_data': { type: 'bytes', label: 'Tag data' },
  'opt.overflow': { type: 'u8', label: 'Overflow', mask: 0xf0 },
  'opt.flag': { type: 'u8', label: 'Flag', base: 'hex', mask: 0x0f, names: { 0: 'Time stamps only', 1: 'Time stamp and address', 3: 'Time stamps for prespecified addresses' } },
  'opt.time_stamp': { type: 'u32', label: 'Time stamp' },
  'opt.time_stamp_addr': { type: 'ipv4', label: 'Address' },
  'opt.len.invalid': { type: 'none', label: 'Invalid length for option' },
  'opt.ptr.before_address': { type: 'none', label: 'Pointer points before first address' },
  'opt.ptr.middle_address': { type: 'none', label: 'Pointer points to middle of address' },
  'subopt_too_long': { type: 'none', label: 'Suboption would go past end of option' },
  'nop': { type: 'none', label: '4 NOP in a row - a router may have removed some options' },
  'cipso.malformed': { type: 'none', label: 'Malformed CIPSO tag' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof optionFields>>;

interface OptionKind {
  readonly key: keyof ReturnType<typeof optionFields>;
  readonly name: string;
  /** Length in the option's own length byte, where only one is right. */
  readonly length?: number;
  /** Reads the option's data: the cursor stands behind the length byte, the option ends at `end`. */
  readonly body: (layer: Own, end: number) => void;
}

const KINDS: Readonly<Record<number, OptionKind>> = {
  130: { key: 'options.security', name: 'Security', body: security },
  131: { key: 'options.route', name: 'Loose Source Route', body: sourceRoute },
  68: { key: 'options.timestamp', name: 'Time Stamp', body: timeStamps },
  133: { key: 'options.ext_security', name: 'Extended Security', body: extendedSecurity },
  134: { key: 'options.cipso', name: 'Commercial Security', body: commercialSecurity },
  7: { key: 'options.record_route', name: 'Record Route', body: recordRoute },
  136: { key: 'options.sid', name: 'Stream ID', length: 4, body: (layer) => void layer.take('opt.sid') },
  137: { key: 'options.source_route', name: 'Strict Source Route', body: sourceRoute },
  11: { key: 'options.mtu_probe', name: 'MTU Probe', length: 4, body: (layer) => void layer.take('opt.mtu') },
  12: { key: 'options.mtu_reply', name: 'MTU Reply', length: 4, body: (layer) => void layer.take('opt.mtu') },
  82: { key: 'options.traceroute', name: 'Traceroute', length: 12, body: traceroute },
  148: { key: 'options.routeralert', name: 'Router Alert', length: 4, body: (layer) => void layer.take('opt.ra') },
  149: { key: 'options.sdb', name: 'Selective Directed Broadcast', body: broadcastAddresses },
  25: { key: 'options.qs', name: 'Quick-Start', length: 8, body: quickStart },
};

/** Records all options up to `end`, where the header ends. */
export function putOptions(layer: Own, end: number): void {
  if (!layer.has(end - layer.cursor)) return;
  const names: string[] = [];
  layer.group(null, () => {
    let noOperations = 0;
    layer.each(() => {
      const type = layer.peekU8();
      noOperations = type === NO_OPERATION ? noOperations + 1 : 0;
      if (noOperations === 4) layer.expert('nop', 'warn', 'Protocol', '4 NOP in a row - a router may have removed some options');
      putOption(layer, type, end, names);
    }, end);
  }, () => `Options: (${end - layer.start - 20} bytes)${names.map((name) => `, ${name}`).join('')}`);
  layer.cursor = end;
}

/** Records the option at the cursor and moves past it; past everything where options end. */
function putOption(layer: Own, type: number, end: number, names: string[]): void {
  const at = layer.cursor;
  if (type === END || type === NO_OPERATION) {
    layer.at(type === END ? 'options.eol' : 'options.nop', at, 1);
    layer.label(() => `IP Option - ${type === END ? 'End of Options List (EOL)' : 'No-Operation (NOP)'}`);
    layer.inside(() => putType(layer));
    layer.cursor = type === END ? end : at + 1;
    return;
  }
  const kind = KINDS[type];
  const name = kind?.name ?? `Unknown (0x${type.toString(16).padStart(2, '0')})`;
  const length = at + 1 < end ? layer.peekU8(1) : 0;
  const wrong = lengthProblem(name, length, end - at);
  if (wrong !== null) {
    layer.text(() => wrong, at, Math.min(2, end - at));
    layer.expert('opt.len.invalid', 'warn', 'Protocol', wrong);
    layer.cursor = end;
    return;
  }
  if (kind) putKnown(layer, kind, length, names);
  else layer.text(() => `${name} (${length} bytes)`, at, length);
  layer.cursor = at + length;
}

function lengthProblem(name: string, length: number, room: number): string | null {
  if (length < 2) return `${name} (with too-short option length = ${length} byte${length === 1 ? '' : 's'})`;
  return length > room ? `${name} (option length = ${length} bytes says option goes past end of options)` : null;
}

function putKnown(layer: Own, kind: OptionKind, length: number, names: string[]): void {
  const at = layer.cursor;
  names.push(kind.name);
  layer.at(kind.key, at, length);
  layer.label(() => `IP Option - ${kind.name} (${length} bytes)`);
  layer.inside(() => {
    putType(layer);
    layer.cursor = at + 1;
    layer.take('opt.len');
    if (kind.length !== undefined && kind.length !== length) layer.expert('opt.len.invalid', 'warn', 'Protocol', `${kind.name} (with option length = ${length} bytes; should be ${kind.length})`);
    kind.body(layer, at + length);
  });
}

function putType(layer: Own): void {
  layer.at('opt.type', layer.cursor);
  layer.flags('opt.type');
}

// ── security ─────────────────────────────────────────────────────────────────

const RFC791_SECURITY_LENGTH = 11;

function security(layer: Own, end: number): void {
  if (end - layer.cursor + 2 === RFC791_SECURITY_LENGTH && layer.peekU8() === 0) return rfc791Security(layer);
  if (layer.cursor >= end) return;
  layer.take('opt.sec_cl');
  for (let isFirst = true; layer.cursor < end && !layer.broken; isFirst = false) {
    const hasMore = (layer.peekU8() & 1) !== 0;
    if (isFirst) {
      layer.takeFlags('opt.sec_prot_auth_flags');
    } else putMoreAuthorities(layer);
    if (!hasMore) return;
  }
}

/** Bytes after the first name no authority; all but the last bit are unassigned (RFC 1108 §2.4). */
function putMoreAuthorities(layer: Own): void {
  const at = layer.cursor;
  const flags = layer.take('opt.sec_prot_auth_flags');
  layer.inside(() => {
    layer.put('opt.sec_prot_auth_unassigned', flags >> 1, at, 1);
    layer.put('opt.sec_prot_auth_fti', flags & 1, at, 1);
  });
}

function rfc791Security(layer: Own): void {
  layer.take('opt.sec_rfc791_sec');
  layer.take('opt.sec_rfc791_comp');
  layer.take('opt.sec_rfc791_hr', 2);
  layer.take('opt.sec_rfc791_tcc', 3);
}

function extendedSecurity(layer: Own, end: number): void {
  if (layer.cursor < end) layer.take('opt.ext_sec_add_sec_info_format_code');
  if (layer.cursor < end) layer.take('opt.ext_sec_add_sec_info', end - layer.cursor);
}

/** CIPSO (draft-ietf-cipso-ipsecurity-01): a domain number and then tags. */
function commercialSecurity(layer: Own, end: number): void {
  if (layer.cursor + 4 > end) return;
  layer.take('cipso.doi');
  layer.each(() => putTag(layer, end), end);
}

function putTag(layer: Own, end: number): void {
  const at = layer.cursor;
  const type = layer.take('cipso.tag_type');
  if (type === 0) return;
  const length = at + 1 < end ? layer.peekU8() : 0;
  const hasLevel = type === 1 || type === 2 || type === 5;
  if (length < (hasLevel ? 4 : 2) || at + length > end) {
    layer.expert('cipso.malformed', 'error', 'Sequence', 'Malformed CIPSO tag');
    layer.cursor = end;
    return;
  }
  if (hasLevel) {
    layer.at('cipso.sensitivity_level', at + 3);
    const categories = categoryWords(layer.bytes, type, at + 4, at + length);
    if (at + 4 < at + length) layer.put('cipso.categories', categories, at + 4, length - 4);
  } else if (type === 6 || type === 7) layer.at('cipso.tag_data', at + 2, length - 2);
  layer.cursor = at + length;
}

function categoryWords(bytes: Uint8Array, type: number, from: number, end: number): string {
  const words: string[] = [];
  if (type === 1) {
    for (let bit = 0; bit < (end - from) * 8; bit += 1) if ((readU8(bytes, from + (bit >> 3)) & (0x80 >> (bit & 7))) !== 0) words.push(String(bit));
    return words.join(',');
  }
  const step = type === 2 ? 2 : 4;
  for (let at = from; at + 2 <= end; at += step) {
    const first = readU16(bytes, at);
    words.push(type === 2 ? String(first) : `${first}-${at + 4 <= end ? readU16(bytes, at + 2) : 0}`);
  }
  return words.join(',');
}

// ── routes ───────────────────────────────────────────────────────────────────

/** First position of an address is 4, counted from 1 at the option's type. */
const FIRST_POINTER = 4;

/** The remark a route's pointer earns; true where the addresses can be read. */
function judgePointer(layer: Own, pointer: number): boolean {
  if (pointer < FIRST_POINTER) layer.expert('opt.ptr.before_address', 'warn', 'Protocol', 'Pointer points before first address');
  else if (pointer % 4 !== 0) layer.expert('opt.ptr.middle_address', 'warn', 'Protocol', 'Pointer points to middle of address');
  else return true;
  return false;
}

function recordRoute(layer: Own, end: number): void {
  if (layer.cursor >= end) return;
  const option = layer.cursor - 2;
  const pointer = layer.take('opt.ptr');
  if (!judgePointer(layer, pointer)) return;
  let isNext = true;
  layer.each(() => {
    const at = layer.cursor;
    if (at + 4 > end) {
      layer.expert('subopt_too_long', 'warn', 'Protocol', 'Suboption would go past end of option');
      layer.cursor = end;
      return;
    }
    const isEmpty = at - option + 1 >= pointer;
    putAddress(layer, isEmpty ? 'empty_rt' : 'rec_rt', at);
    if (isEmpty && isNext) {
      layer.labelOf(layer.run.tape.count - 2, () => `Empty Route: ${ipv4Text(layer.bytes, at)} <- (next)`);
      isNext = false;
    }
    layer.cursor = at + 4;
  }, end);
}

function putAddress(layer: Own, key: 'rec_rt' | 'src_rt' | 'empty_rt', at: number): void {
  const address = layer.at(key, at);
  layer.put(`${key}_host`, address, at, 4);
}

/** Addresses before the pointer were passed, the last is where the packet goes in the end. */
function sourceRoute(layer: Own, end: number): void {
  if (layer.cursor >= end) return;
  const option = layer.cursor - 2;
  const pointer = layer.take('opt.ptr');
  if (!judgePointer(layer, pointer)) return;
  const isRouted = pointer - 1 < end - option;
  layer.each(() => {
    const at = layer.cursor;
    if (at + 4 > end) {
      layer.expert('subopt_too_long', 'warn', 'Protocol', 'Suboption would go past end of option');
      layer.cursor = end;
      return;
    }
    if (at - option + 1 < pointer) putAddress(layer, 'rec_rt', at);
    else if (isRouted && at + 8 > end) putDestination(layer, at);
    else putAddress(layer, 'src_rt', at);
    layer.cursor = at + 4;
  }, end);
}

/** The final destination: keys of the header's own table, which ip.ts spreads around this one. */
function putDestination(layer: Own, at: number): void {
  const header = layer as unknown as Layer<{ dst: { type: 'ipv4'; label: string }; dst_host: { type: 'string'; label: string }; addr: { type: 'ipv4'; label: string }; host: { type: 'string'; label: string } }>;
  const address = header.at('dst', at);
  header.put('addr', address, at, 4);
  header.put('dst_host', address, at, 4);
  header.put('host', address, at, 4);
}

/**
 * Where the packet's final destination stands when a source route is not yet used up; -1
 * where the header's own destination is final.
 */
export function sourceRouteDestination(layer: Layer, from: number, end: number): number {
  const { bytes } = layer;
  const stop = Math.min(end, layer.end);
  for (let at = from, steps = 0; at + 2 < stop && steps < 40; steps += 1) {
    const type = readU8(bytes, at);
    if (type === END) return -1;
    const length = type === NO_OPERATION ? 1 : readU8(bytes, at + 1);
    if (length === 0 || at + length > stop) return -1;
    if (type === LOOSE_SOURCE_ROUTE || type === STRICT_SOURCE_ROUTE) return routedDestination(bytes, at, length);
    at += length;
  }
  return -1;
}

function routedDestination(bytes: Uint8Array, option: number, length: number): number {
  const pointer = readU8(bytes, option + 2);
  const isUsedUp = pointer < FIRST_POINTER || pointer % 4 !== 0 || pointer > length || length < 7;
  return isUsedUp ? -1 : option + 3 + Math.floor((length - 7) / 4) * 4;
}

// ── the rest ─────────────────────────────────────────────────────────────────

function timeStamps(layer: Own, end: number): void {
  if (layer.cursor >= end) return;
  layer.take('opt.ptr');
  if (layer.cursor >= end) return;
  const withAddresses = (layer.peekU8() & 0x0f) === 1 || (layer.peekU8() & 0x0f) === 3;
  layer.at('opt.overflow', layer.cursor);
  layer.take('opt.flag');
  const size = withAddresses ? 8 : 4;
  layer.each(() => {
    if (layer.cursor + size > end) {
      layer.text(() => 'Suboption would go past end of option', layer.cursor, end - layer.cursor);
      layer.expert('subopt_too_long', 'warn', 'Protocol', 'Suboption would go past end of option');
      layer.cursor = end;
      return;
    }
    if (withAddresses) putStampAddress(layer);
    layer.take('opt.time_stamp');
  }, end);
}

function putStampAddress(layer: Own): void {
  const isEmpty = readU32(layer.bytes, layer.cursor) === 0;
  layer.take('opt.time_stamp_addr');
  if (isEmpty) layer.label(() => 'Address: -');
}

function traceroute(layer: Own): void {
  layer.take('opt.id_number');
  layer.take('opt.ohc');
  layer.take('opt.rhc');
  layer.take('opt.originator');
}

function broadcastAddresses(layer: Own, end: number): void {
  for (let at = layer.cursor; at + 4 <= end; at += 4) layer.at('opt.addr', at);
}

function quickStart(layer: Own, end: number): void {
  const at = layer.cursor;
  if (at + 2 > end) return;
  const operation = layer.at('opt.qs_func', at);
  if (operation !== 0 && operation !== 8) return;
  layer.at('opt.qs_rate', at);
  if (operation === 0) {
    const ttl = layer.at('opt.qs_ttl', at + 1);
    layer.putGenerated('opt.qs_ttl_diff', (readU8(layer.bytes, layer.start + 8) - ttl + 256) % 256, at + 1, 1);
  } else layer.at('opt.qs_unused', at + 1);
  if (at + 6 > end) return;
  layer.at('opt.qs_nonce', at + 2);
  layer.at('opt.qs_reserved', at + 2);
}
