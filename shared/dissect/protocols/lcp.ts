/** The Link Control Protocol of PPP: both ends agree on the link itself, and watch over it. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { organizationText } from '../names/organizations.ts';
import { CHARACTER_SETS } from './ppp/character-sets.ts';
import { controlFields, LINK_CODES, linkFields, optionFields, takeControl, takeRest, type Option, type Options } from './ppp/control.ts';
import { PPP_PROTOCOLS } from './ppp/names.ts';
import { counted, flags, one, several, severalAndRest } from './ppp/options.ts';

/** ASCII control characters by their number, as keys of the character map's bits and as people write them. */
const CONTROL_CHARACTERS = ['nul', 'soh', 'stx', 'etx', 'eot', 'enq', 'ack', 'bel', 'bs', 'ht', 'lf', 'vt', 'ff', 'cr', 'so', 'si', 'dle', 'dc1', 'dc2', 'dc3', 'dc4', 'nak', 'syn', 'etb', 'can', 'em', 'sub', 'esc', 'fs', 'gs', 'rs', 'us'] as const;
const FLOW_CONTROL: Readonly<Record<string, string>> = { dc1: 'DC1 (XON)', dc3: 'DC3 (XOFF)' };

function characterName(key: string): string {
  return FLOW_CONTROL[key] ?? key.toUpperCase();
}

type CharacterKey = `opt.asyncmap.${(typeof CONTROL_CHARACTERS)[number]}`;
type CharacterField = { readonly type: 'bool'; readonly label: string; readonly of: 'opt.asyncmap'; readonly mask: number; readonly states: readonly [string, string] };

const characterFields = () => Object.fromEntries(
  CONTROL_CHARACTERS.map((key, bit) => [`opt.asyncmap.${key}`, { type: 'bool', label: characterName(key), of: 'opt.asyncmap', mask: 2 ** bit, states: ['True', 'False'] }] as const).reverse(),
) as Readonly<Record<CharacterKey, CharacterField>>;

function mapText(value: number): string {
  const hex = `0x${value.toString(16).padStart(8, '0')}`;
  if (value === 0) return `${hex} (None)`;
  if (value === 0xffff_ffff) return `${hex} (All)`;
  return `${hex} (${CONTROL_CHARACTERS.filter((_, bit) => Math.floor(value / 2 ** bit) % 2 === 1).map(characterName).join(', ')})`;
}

const ALGORITHMS: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'Reserved', 2: 'Reserved', 3: 'Reserved', 4: 'Reserved', 5: 'CHAP with MD5', 6: 'CHAP with SHA-1', 128: 'MS-CHAP', 129: 'MS-CHAP-2' };
const CALLBACKS: Readonly<Record<number, string>> = {
  0: 'Location is determined by user authentication', 1: 'Message is dialing string', 2: 'Message is location identifier', 3: 'Message is E.164', 4: 'Message is distinguished name',
  5: 'unassigned', 6: 'Location is determined during CBCP negotiation',
};
const ENDPOINT_CLASSES: Readonly<Record<number, string>> = {
  0: 'Null', 1: 'Locally assigned address', 2: 'Internet Protocol (IP) address', 3: 'IEEE 802.1 globally assigned MAC address', 4: 'PPP magic-number block', 5: 'Public switched network directory number',
};
const CLASS = { ip: 2, mac: 3, magic: 4, directory: 5 } as const;
const HEADER_CODES: Readonly<Record<number, string>> = { 2: 'Long sequence number fragment format with classes', 6: 'Short sequence number fragment format with classes' };

/** Options by type: number, name, field of the whole (RFC 1661 §6; IANA, PPP LCP configuration option types). */
const NAMES = {
  0: ['Vendor Specific', 'opt.vendor'], 1: ['Maximum Receive Unit', 'opt.mtu_bytes'], 2: ['Async Control Character Map', 'opt.asyncmap_bytes'], 3: ['Authentication Protocol', 'opt.auth_protocol_bytes'],
  4: ['Quality Protocol', 'opt.quality_protocol_bytes'], 5: ['Magic Number', 'opt.magic_number_bytes'], 6: ['Link Quality Monitoring', 'opt.linkqualmon'], 7: ['Protocol Field Compression', 'opt.field_compress'],
  8: ['Address and Control Field Compression', 'opt.addr_field_compress'], 9: ['FCS Alternatives', 'opt.fcs_alternatives_bytes'], 10: ['Self Describing Pad', 'opt.self_desc_pad'], 11: ['Numbered Mode', 'opt.numbered_mode'],
  13: ['Callback', 'opt.callback'], 15: ['Compound Frames (Deprecated)', 'opt.compound_frames'], 16: ['Nominal Data Encapsulation (Deprecated)', 'opt.nomdataencap'],
  17: ['Multilink MRRU', 'opt.multilink_mrru'], 18: ['Multilink Short Sequence Number Header', 'opt.multilink_ssnh'], 19: ['Multilink Endpoint Discriminator', 'opt.multilink_ep_disc'], 21: ['DCE Identifier', 'opt.dce_identifier'],
  22: ['Multi Link Plus Procedure', 'opt.multilink_pp'], 23: ['Link Discriminator for BACP', 'opt.link_discrim_bytes'], 24: ['Authentication Option', 'opt.auth'], 25: ['Consistent Overhead Byte Stuffing (COBS)', 'opt.cobs'],
  26: ['Prefix Elision', 'opt.prefix_elision'], 27: ['Multilink header format', 'opt.multilink_hdr_fmt'], 28: ['Internationalization', 'opt.internationalization'], 29: ['Simple Data Link on SONET/SDH', 'opt.sonet_sdh'],
} as const;
type OptionField = (typeof NAMES)[keyof typeof NAMES][1];

const optionTypes = Object.fromEntries(Object.entries(NAMES).map(([type, [name]]) => [type, name]));
const wholeOptions = () => Object.fromEntries(Object.values(NAMES).map(([label, key]) => [key, { type: 'bytes', label }])) as Readonly<Record<OptionField, { type: 'bytes'; label: string }>>;

const fields = () => ({
  ...controlFields(),
  ...linkFields(),
  ...wholeOptions(),
  ...optionFields('lcp.opt', optionTypes),
  'opt.oui': { type: 'u24', label: 'OUI', show: organizationText },
  'opt.kind': { type: 'u8', label: 'Kind', base: 'dec.hex' },
  'opt.data': { type: 'bytes', label: 'Data' },
  'opt.mru': { type: 'u16', label: 'Maximum Receive Unit', help: 'The largest packet in bytes that the sender of the option can take.' },
  'opt.asyncmap': { type: 'u32', label: 'Async Control Character Map', base: 'hex', show: mapText, help: 'Control characters that must be escaped on the line, because a modem would swallow them.' },
  ...characterFields(),
  'opt.auth_protocol': { type: 'u16', label: 'Authentication Protocol', base: 'hex', names: PPP_PROTOCOLS, help: 'How the other end is to prove who it is.' },
  'opt.algorithm': { type: 'u8', label: 'Algorithm', names: ALGORITHMS },
  'opt.quality_protocol': { type: 'u16', label: 'Quality Protocol', base: 'hex', names: PPP_PROTOCOLS },
  'opt.reporting_period': { type: 'u32', label: 'Reporting Period', unit: 'microseconds' },
  'opt.magic_number': { type: 'u32', label: 'Magic Number', base: 'hex', help: 'A random number of the sender: who receives its own looks into a loop.' },
  'opt.fcs_alternatives': { type: 'u8', label: 'FCS Alternatives', base: 'hex' },
  'opt.fcs_alternatives.ccitt32': { type: 'bool', label: 'CCITT 32-bit', of: 'opt.fcs_alternatives', mask: 0x04, states: ['True', 'False'] },
  'opt.fcs_alternatives.ccitt16': { type: 'bool', label: 'CCITT 16-bit', of: 'opt.fcs_alternatives', mask: 0x02, states: ['True', 'False'] },
  'opt.fcs_alternatives.null': { type: 'bool', label: 'NULL FCS', of: 'opt.fcs_alternatives', mask: 0x01, states: ['True', 'False'] },
  'opt.maximum': { type: 'u8', label: 'Maximum', unit: 'octets' },
  'opt.window': { type: 'u8', label: 'Window', unit: 'frames' },
  'opt.hdlc_address': { type: 'bytes', label: 'Address' },
  'opt.operation': { type: 'u8', label: 'Operation', names: CALLBACKS },
  'opt.message': { type: 'bytes', label: 'Message' },
  'opt.mrru': { type: 'u16', label: 'MRRU' },
  'opt.ep_disc_class': { type: 'u8', label: 'Class', names: ENDPOINT_CLASSES },
  'opt.ip_address': { type: 'ipv4', label: 'IP Address' },
  'opt.802_1_address': { type: 'ether', label: 'IEEE 802.1 Address' },
  'opt.magic_block': { type: 'bytes', label: 'PPP Magic-Number Block' },
  'opt.psndn': { type: 'bytes', label: 'Public Switched Network Directory Number' },
  'opt.mode': { type: 'u8', label: 'Mode' },
  'opt.unused': { type: 'bytes', label: 'Unused' },
  'opt.link_discrim': { type: 'u16', label: 'Link Discriminator', base: 'dec.hex' },
  'opt.id': { type: 'bytes', label: 'Identification' },
  'opt.flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'opt.flags.reserved': { type: 'u8', label: 'Reserved', of: 'opt.flags', mask: 0xfc, base: 'hex' },
  'opt.flags.pre': { type: 'bool', label: 'PRE', of: 'opt.flags', mask: 0x02, states: ['True', 'False'] },
  'opt.flags.zxe': { type: 'bool', label: 'ZXE', of: 'opt.flags', mask: 0x01, states: ['True', 'False'] },
  'opt.class': { type: 'u8', label: 'Class' },
  'opt.prefix': { type: 'bytes', label: 'Prefix' },
  'opt.code': { type: 'u8', label: 'Code', names: HEADER_CODES },
  'opt.max_susp_classes': { type: 'u8', label: 'Max suspendable classes' },
  'opt.MIBenum': { type: 'u32', label: 'MIBenum', names: CHARACTER_SETS },
  'opt.language_tag': { type: 'string', label: 'Language-Tag', encoding: 'ascii' },
} as const satisfies Fields);
type Own = ReturnType<typeof fields>;

/** How long options have to be, and what their values are made of. */
const VALUES: Readonly<Partial<Record<keyof typeof NAMES, Omit<Option<Own>, 'name' | 'field'>>>> = {
  0: { least: 6, read: severalAndRest(['opt.oui', 'opt.kind'], 'opt.data') },
  1: { fixed: 4, read: one('opt.mru') },
  2: { fixed: 6, read: flags('opt.asyncmap', mapText) },
  3: { least: 4, read: authentication },
  4: { least: 4, read: qualityProtocol },
  5: { fixed: 6, read: one('opt.magic_number', (value) => `0x${value.toString(16).padStart(8, '0')}`) },
  6: { fixed: 6, read: several('opt.reporting_period') },
  7: { fixed: 2 },
  8: { fixed: 2 },
  9: { fixed: 3, read: flags('opt.fcs_alternatives', (value) => `0x${value.toString(16).padStart(2, '0')}`) },
  10: { fixed: 3, read: one('opt.maximum', (value) => `${value} octet${value === 1 ? '' : 's'}`) },
  11: { least: 3, read: severalAndRest(['opt.window'], 'opt.hdlc_address') },
  13: { least: 3, read: severalAndRest(['opt.operation'], 'opt.message') },
  15: { fixed: 2 },
  17: { fixed: 4, read: one('opt.mrru') },
  18: { fixed: 2 },
  19: { least: 3, read: endpoint },
  21: { fixed: 3, read: one('opt.mode') },
  22: { fixed: 4, read: several('opt.unused') },
  23: { fixed: 4, read: one('opt.link_discrim') },
  24: { least: 3, read: counted('opt.id') },
  25: { fixed: 3, read: flags('opt.flags') },
  26: { least: 3, read: counted('opt.prefix', 'opt.class') },
  27: { fixed: 4, read: several('opt.code', 'opt.max_susp_classes') },
  28: { least: 7, read: severalAndRest(['opt.MIBenum'], 'opt.language_tag') },
  29: { fixed: 2 },
};

const OPTIONS: Options<Own> = Object.fromEntries(
  Object.entries(NAMES).map(([type, [name, field]]) => [type, { name, field, ...VALUES[Number(type) as keyof typeof NAMES] }]),
);

function authentication(layer: Layer<Own>, end: number): () => string {
  const chosen = layer.take('opt.auth_protocol');
  const isChap = chosen === 0xc223;
  if (isChap && layer.cursor < end) layer.take('opt.algorithm');
  takeRest(layer, 'opt.data', end);
  return () => protocolText(chosen);
}

function qualityProtocol(layer: Layer<Own>, end: number): () => string {
  const chosen = layer.take('opt.quality_protocol');
  if (chosen === 0xc025 && layer.cursor < end) layer.take('opt.reporting_period');
  else takeRest(layer, 'opt.data', end);
  return () => protocolText(chosen);
}

function protocolText(number: number): string {
  return `${PPP_PROTOCOLS[number] ?? 'Unknown'} (0x${number.toString(16)})`;
}

/** RFC 1990 §5.1.3: who the other end of a bundle of links is. */
function endpoint(layer: Layer<Own>, end: number): () => string {
  const kind = layer.take('opt.ep_disc_class');
  const length = end - layer.cursor;
  if (length > 0) endpointAddress(layer, kind, length);
  return () => `Class: ${ENDPOINT_CLASSES[kind] ?? 'Unknown'}`;
}

function endpointAddress(layer: Layer<Own>, kind: number, length: number): void {
  if (kind === CLASS.ip && length === 4) layer.take('opt.ip_address');
  else if (kind === CLASS.mac && length === 6) layer.take('opt.802_1_address');
  else if (kind === CLASS.magic && length % 4 === 0) {
    layer.at('opt.magic_block', layer.cursor, length);
    layer.inside(() => layer.each(() => layer.take('opt.magic_number'), layer.cursor + length));
  } else layer.take(kind === CLASS.directory ? 'opt.psndn' : 'opt.data', length);
}

export const lcp = protocol({
  id: 'lcp',
  title: 'PPP Link Control Protocol',
  short: 'PPP LCP',
  spec: 'RFC 1661 §5, §6; RFC 1570; RFC 1990 §5.1',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0xc021] }, { table: 'ethertype', keys: [0xc021] }, { table: 'sm_pco.protocol', keys: [0xc021] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: LINK_CODES, options: OPTIONS });
  },
});
