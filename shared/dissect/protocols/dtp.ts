/** The Dynamic Trunking Protocol of Cisco: two switches agree whether a link carries all VLANs or one. */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';

const TYPES: Readonly<Record<number, string>> = { 1: 'Domain', 2: 'Trunk Status', 3: 'Trunk Type', 4: 'Sender ID' };
const TLV = { domain: 1, status: 2, type: 3, sender: 4 } as const;
const HEADER = 4;
const OPERATING: Readonly<Record<number, string>> = { 0: 'Access', 1: 'Trunk' };
const WANTED: Readonly<Record<number, string>> = { 1: 'On', 2: 'Off', 3: 'Desirable', 4: 'Auto' };
const OPERATING_TYPES: Readonly<Record<number, string>> = { 1: 'Native', 2: 'ISL', 5: '802.1Q' };
const WANTED_TYPES: Readonly<Record<number, string>> = { 0: 'Negotiated', ...OPERATING_TYPES };

const fields = () => ({
  'version': { type: 'u8', label: 'Version' },
  'tlv_type': { type: 'u16', label: 'Type', base: 'hex', names: TYPES },
  'tlv_len': { type: 'u16', label: 'Length' },
  'domain': { type: 'string', label: 'Domain', help: 'The VTP domain of the sender; switches of different domains form no trunk.' },
  'tos': { type: 'u8', label: 'Trunk Operating Status', mask: 0x80, base: 'hex', names: OPERATING, help: 'Whether the port is a trunk at the moment.' },
  'tas': { type: 'u8', label: 'Trunk Administrative Status', mask: 0x07, base: 'hex', names: WANTED, help: 'What the port was told to become.' },
  'tot': { type: 'u8', label: 'Trunk Operating Type', mask: 0xe0, base: 'hex', names: OPERATING_TYPES },
  'tat': { type: 'u8', label: 'Trunk Administrative Type', mask: 0x07, base: 'hex', names: WANTED_TYPES },
  'senderid': { type: 'ether', label: 'Sender ID' },
  'data': { type: 'ether', label: 'Data' },
  'tlv_len.too_short': { type: 'none', label: 'Indicated length is less than the minimum length' },
  'tlv_len.invalid': { type: 'none', label: 'Indicated length does not correspond to this record type' },
  'truncated': { type: 'none', label: 'DTP message is truncated prematurely' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const dtp = protocol({
  id: 'dtp',
  title: 'Dynamic Trunk Protocol',
  short: 'DTP',
  spec: 'Cisco; known by observation',
  osi: 2,
  claims: [{ table: 'llc.cisco_pid', keys: [0x2004] }],
  fields,
  parse(layer) {
    layer.protocolName('DTP');
    layer.info(() => 'Dynamic Trunk Protocol');
    layer.take('version');
    layer.each(() => tlv(layer));
  },
});

function tlv(layer: Own): void {
  if (layer.left < HEADER) {
    layer.expert('truncated', 'warn', 'Malformed', 'DTP message is truncated prematurely');
    layer.cursor = layer.end;
    return;
  }
  const type = layer.peekU16();
  const length = layer.peekU16(2);
  const end = layer.cursor + length;
  if (length >= HEADER && !layer.reaches(end)) return;
  layer.group(null, () => {
    layer.take('tlv_type');
    layer.take('tlv_len');
    if (length < HEADER) layer.expert('tlv_len.too_short', 'warn', 'Malformed', 'Indicated length is less than the minimum length');
    else value(layer, type, length - HEADER);
  }, () => TYPES[type] ?? `Unknown TLV type: 0x${type.toString(16).padStart(2, '0')}`);
  if (!layer.broken) layer.cursor = length < HEADER ? layer.end : end;
}

function value(layer: Own, type: number, length: number): void {
  if (type === TLV.domain) domain(layer, length);
  else if (type === TLV.status && length === 1) pair(layer, 'tos', OPERATING, 'tas', WANTED);
  else if (type === TLV.type && length === 1) pair(layer, 'tot', OPERATING_TYPES, 'tat', WANTED_TYPES);
  else if (type === TLV.sender && length === 6) layer.take('senderid');
  else if (type >= TLV.status && type <= TLV.sender) layer.expert('tlv_len.invalid', 'warn', 'Malformed', 'Indicated length does not correspond to this record type');
  else if (length === 6) layer.take('data');
}

function domain(layer: Own, length: number): void {
  const name = layer.take('domain', length);
  layer.summary(() => `: ${escapeText(latin1(name, 0, name.length)).replace(/(\\000)+$/, '')}`);
}

/** What is and what is wanted, in one byte. */
function pair(layer: Own, is: 'tos' | 'tot', isNames: Readonly<Record<number, string>>, wanted: 'tas' | 'tat', wantedNames: Readonly<Record<number, string>>): void {
  const whole = layer.peekU8();
  const first = is === 'tos' ? whole >> 7 : whole >> 5;
  layer.group(null, () => {
    layer.at(is, layer.cursor);
    layer.take(wanted);
  }, () => `Value: ${isNames[first] ?? 'Unknown operating type'}/${wantedNames[whole & 7] ?? 'Unknown'} (0x${whole.toString(16).padStart(2, '0')})`);
}
