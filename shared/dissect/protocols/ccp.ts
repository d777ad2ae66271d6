/** The control protocol of compression and encryption over PPP: both ends agree on an algorithm. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { organizationText } from '../names/organizations.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl, type Options } from './ppp/control.ts';
import { flags, rest, several, severalAndRest } from './ppp/options.ts';

const CODES: Readonly<Record<number, string>> = { ...CONTROL_CODES, 14: 'Reset Request', 15: 'Reset Ack' };

/** RFC 1962 §4; IANA, PPP CCP configuration option types. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'OUI', 1: 'Predictor type 1', 2: 'Predictor type 2', 3: 'Puddle Jumper', 16: 'Hewlett-Packard PPC', 17: 'Stac Electronics LZS', 18: 'Microsoft PPE/PPC', 19: 'Gandalf FZA',
  20: 'V.42bis compression', 21: 'BSD LZW Compress', 23: 'LZS-DCP', 24: 'MVRCA (Magnalink)', 25: 'PPP for Data Compression in Data Circuit-Terminating Equipment (DCE)', 26: 'Deflate', 27: 'V.44/LZJH compression',
};

const CHECKS: Readonly<Record<number, string>> = { 0: 'None', 1: 'LCB', 2: 'CRC', 3: 'Sequence Number', 4: 'Extended Mode' };
const SET = ['Set', 'Not set'] as const;

const fields = () => ({
  ...controlFields(),
  ...linkFields(),
  ...optionFields('ccp.opt', NAMES),
  'opt_oui': { type: 'bytes', label: 'OUI' },
  'opt.oui': { type: 'u24', label: 'OUI', show: organizationText },
  'opt.subtype': { type: 'u8', label: 'Subtype', base: 'dec.hex' },
  'opt.data': { type: 'bytes', label: 'Data' },
  'opt.predict1': { type: 'bytes', label: 'Predictor type 1' },
  'opt.predict2': { type: 'bytes', label: 'Predictor type 2' },
  'opt.puddle': { type: 'bytes', label: 'Puddle Jumper' },
  'opt.hpppc': { type: 'bytes', label: 'Hewlett-Packard PPC' },
  'opt.stac': { type: 'bytes', label: 'Stac Electronics LZS' },
  'opt.stac_ascend': { type: 'bytes', label: 'Stac Electronics LZS (Ascend Proprietary version)' },
  'opt.history_count': { type: 'u16', label: 'History Count' },
  'opt.cm': { type: 'u8', label: 'Check Mode Field' },
  'opt.cm.reserved': { type: 'u8', label: 'Reserved', of: 'opt.cm', mask: 0xf8 },
  'opt.cm.check_mode': { type: 'u8', label: 'Check Mode', of: 'opt.cm', mask: 0x07, names: CHECKS },
  'opt.mppe': { type: 'bytes', label: 'Microsoft PPE/PPC' },
  'opt.supported_bits': { type: 'u32', label: 'Supported Bits', base: 'hex' },
  'opt.supported_bits.h': { type: 'bool', label: 'Stateless mode', of: 'opt.supported_bits', mask: 0x0100_0000, states: SET },
  'opt.supported_bits.m': { type: 'bool', label: '56-bit encryption', of: 'opt.supported_bits', mask: 0x80, states: SET },
  'opt.supported_bits.s': { type: 'bool', label: '128-bit encryption', of: 'opt.supported_bits', mask: 0x40, states: SET },
  'opt.supported_bits.l': { type: 'bool', label: '40-bit encryption', of: 'opt.supported_bits', mask: 0x20, states: SET },
  'opt.supported_bits.d': { type: 'bool', label: 'Obsolete', of: 'opt.supported_bits', mask: 0x10, states: SET },
  'opt.supported_bits.c': { type: 'bool', label: 'Compression', of: 'opt.supported_bits', mask: 0x01, states: SET },
  'opt.gfza': { type: 'bytes', label: 'Gandalf FZA' },
  'opt.history': { type: 'u8', label: 'History' },
  'opt.version': { type: 'bytes', label: 'Version' },
  'opt.v42bis': { type: 'bytes', label: 'V.42bis compression' },
  'opt.bsdcomp': { type: 'bytes', label: 'BSD LZW Compress' },
  'opt.vd': { type: 'u8', label: 'Vers/Dict', base: 'hex' },
  'opt.vd.vers': { type: 'u8', label: 'Vers', of: 'opt.vd', mask: 0xe0 },
  'opt.vd.dict': { type: 'u8', label: 'Dict', of: 'opt.vd', mask: 0x1f, unit: 'bits' },
  'opt.lzsdcp': { type: 'bytes', label: 'LZS-DCP' },
  'opt.check_mode': { type: 'u8', label: 'Check Mode', names: { 0: 'None', 1: 'LCB', 2: 'Sequence Number', 3: 'Sequence Number + LCB (default)' } },
  'opt.process_mode': { type: 'u8', label: 'Process Mode', names: { 0: 'None (default)', 1: 'Process-Uncompressed' } },
  'opt.mvrca': { type: 'bytes', label: 'MVRCA (Magnalink)' },
  'opt.fe': { type: 'u8', label: 'Features', mask: 0xc0 },
  'opt.p': { type: 'bool', size: 1, label: 'Packet by Packet flag', mask: 0x20, states: ['Enabled', 'Disabled'] },
  'opt.History': { type: 'u8', label: 'History', mask: 0x1f },
  'opt.contexts': { type: 'u8', label: '# Contexts' },
  'opt.dce': { type: 'bytes', label: 'PPP for Data Compression in Data Circuit-Terminating Equipment (DCE)' },
  'opt.mode': { type: 'u8', label: 'Mode', names: { 1: 'No Additional Negotiation', 2: 'Full PPP Negotiation and State Machine' } },
  'opt.deflate': { type: 'bytes', label: 'Deflate' },
  'opt.window': { type: 'u8', label: 'Window', mask: 0xf0, show: (value) => String(256 * 2 ** value) },
  'opt.method': { type: 'u8', label: 'Method', mask: 0x0f, names: { 8: 'zlib compression' } },
  'opt.mbz': { type: 'u8', label: 'MBZ', mask: 0xfc },
  'opt.chk': { type: 'u8', label: 'Chk', mask: 0x03, names: { 0: 'sequence number check method' } },
  'opt.v44lzjh': { type: 'bytes', label: 'V.44/LZJH compression' },
  'opt.mode_dictcount': { type: 'u16', label: 'Mode/Dictionary Count' },
  'opt.dict_size': { type: 'u16', label: 'Dictionary Size' },
  'opt.history_length': { type: 'u16', label: 'History Length' },
} as const satisfies Fields);
type Own = ReturnType<typeof fields>;

const OPTIONS: Options<Own> = {
  0: { name: 'OUI', field: 'opt_oui', least: 6, read: severalAndRest(['opt.oui', 'opt.subtype'], 'opt.data') },
  1: { name: 'Predictor type 1', field: 'opt.predict1', fixed: 2 },
  2: { name: 'Predictor type 2', field: 'opt.predict2', fixed: 2 },
  3: { name: 'Puddle Jumper', field: 'opt.puddle', read: rest('opt.data') },
  16: { name: 'Hewlett-Packard PPC', field: 'opt.hpppc', read: rest('opt.data') },
  17: { name: 'Stac Electronics LZS', field: 'opt.stac', least: 5, read: stac },
  18: { name: 'Microsoft PPE/PPC', field: 'opt.mppe', fixed: 6, read: flags('opt.supported_bits') },
  19: { name: 'Gandalf FZA', field: 'opt.gfza', least: 3, read: severalAndRest(['opt.history'], 'opt.version') },
  20: { name: 'V.42bis compression', field: 'opt.v42bis', read: rest('opt.data') },
  21: { name: 'BSD LZW Compress', field: 'opt.bsdcomp', fixed: 3, read: flags('opt.vd') },
  23: { name: 'LZS-DCP', field: 'opt.lzsdcp', fixed: 6, read: several('opt.history_count', 'opt.check_mode', 'opt.process_mode') },
  24: { name: 'MVRCA (Magnalink)', field: 'opt.mvrca', fixed: 4, read: magnalink },
  25: { name: NAMES[25] as string, field: 'opt.dce', fixed: 3, read: several('opt.mode') },
  26: { name: 'Deflate', field: 'opt.deflate', fixed: 4, read: deflate },
  27: { name: 'V.44/LZJH compression', field: 'opt.v44lzjh', least: 4, read: v44 },
};

/** RFC 1974 §2.1. */
function stac(layer: Layer<Own>): undefined {
  layer.take('opt.history_count');
  layer.takeFlags('opt.cm');
}

function magnalink(layer: Layer<Own>): undefined {
  for (const key of ['opt.fe', 'opt.p'] as const) layer.at(key, layer.cursor);
  layer.take('opt.History');
  layer.take('opt.contexts');
}

/** RFC 1979 §2. */
function deflate(layer: Layer<Own>): undefined {
  layer.at('opt.window', layer.cursor);
  layer.take('opt.method');
  layer.at('opt.mbz', layer.cursor);
  layer.take('opt.chk');
}

/** ITU-T V.44 annex; the last field is left out by some. */
function v44(layer: Layer<Own>, end: number): undefined {
  layer.take('opt.mode_dictcount');
  if (layer.cursor < end) layer.take('opt.dict_size');
  if (layer.cursor < end) layer.take('opt.history_length');
}

export const ccp = protocol({
  id: 'ccp',
  title: 'PPP Compression Control Protocol',
  short: 'PPP CCP',
  spec: 'RFC 1962 §2, §4; RFC 3078',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x80fd] }, { table: 'ethertype', keys: [0x80fd] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CODES, options: OPTIONS });
  },
});
