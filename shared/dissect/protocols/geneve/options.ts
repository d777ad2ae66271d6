/** Options of Geneve (RFC 8926 §3.5); their meaning belongs to whoever owns the class. */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';

const GOOGLE = 0x0132;
const VIRTUAL_NETWORK = 1;
const ENDPOINT = 2;
const PROFILE = 3;
const OPTION_HEADER = 4;

const GOOGLE_NAMES: Readonly<Record<number, string>> = { [VIRTUAL_NETWORK]: 'GCP Virtual Network ID', [ENDPOINT]: 'GCP Endpoint ID', [PROFILE]: 'GCP Profile ID' };

/** Who owns which classes, by the first of each range (IANA, "Geneve Option Class"). */
const CLASSES: readonly (readonly [first: number, owner: string])[] = [
  [0x0000, 'Standard'], [0x0100, 'Linux'], [0x0101, 'Open vSwitch'], [0x0102, 'Open Virtual Networking (OVN)'], [0x0103, 'In-band Network Telemetry (INT)'], [0x0104, 'VMware'],
  [0x0105, 'Amazon.com, Inc.'], [0x0106, 'Cisco Systems, Inc.'], [0x0107, 'Oracle Corporation'], [0x0108, 'Amazon.com, Inc.'], [0x0111, 'IBM'], [0x0119, 'Ericsson'],
  [0x0129, 'Oxide Computer Company'], [0x012a, 'Unassigned'], [0x0130, 'Cisco Systems, Inc.'], [0x0132, 'Google LLC'], [0x0136, 'InfoQuick Global Connection Tech Ltd.'],
  [0x0137, 'Unassigned'], [0xfff0, 'Experimental'],
];

export const optionFields = () => ({
  'options': { type: 'bytes', label: 'Geneve Options' },
  'option': { type: 'bytes', label: 'Option' },
  'option.class': { type: 'u16', label: 'Class', base: 'hex', names: className },
  'option.type': { type: 'u8', label: 'Type', base: 'hex', show: (value) => `0x${value.toString(16).padStart(2, '0')} (${critical(value)})` },
  'option.type.critical': { type: 'bool', label: 'Critical Option', size: 1, mask: 0x80, hidden: true },
  'option.flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'option.flags.reserved': { type: 'bool', label: 'Reserved', size: 1, mask: 0xe0, states: ['True', 'False'] },
  'option.length': { type: 'u8', label: 'Length', unit: 'bytes' },
  'option.gcp.vnid': { type: 'u32', label: 'GCP Virtual Network ID' },
  'option.gcp.direction': { type: 'bool', label: 'GCP Traffic Direction', size: 4, mask: 0x1, states: ['Egress', 'Ingress'] },
  'option.gcp.reserved': { type: 'bool', label: 'GCP Reserved bits', size: 4, mask: 0xe, states: ['True', 'False'] },
  'option.gcp.endpoint': { type: 'bytes', label: 'GCP Endpoint ID' },
  'option.gcp.profile': { type: 'u64', label: 'GCP Profile ID' },
  'option.unknown.data': { type: 'bytes', label: 'Unknown Option Data' },
  'option.length.invalid': { type: 'none', label: 'Invalid length for option' },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof optionFields>>;

function className(value: number): string | undefined {
  return CLASSES.findLast(([first]) => first <= value)?.[1];
}

function critical(type: number): string {
  return (type & 0x80) === 0 ? 'Non-critical' : 'Critical';
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** `length`: bytes of all options together. */
export function putOptions(layer: Own, length: number): void {
  const end = layer.cursor + length;
  if (!layer.reaches(end)) return;
  layer.at('options', layer.cursor, length);
  layer.label(() => `Options: (${length} bytes)`);
  layer.inside(() => layer.each(() => putOption(layer, end), end));
  layer.cursor = layer.broken ? layer.end : end;
}

function putOption(layer: Own, end: number): void {
  const at = layer.cursor;
  const owner = readU16(layer.bytes, at);
  const type = readU8(layer.bytes, at + 2);
  const length = OPTION_HEADER + (readU8(layer.bytes, at + 3) & 0x1f) * 4;
  const name = owner === GOOGLE ? (GOOGLE_NAMES[type] ?? 'Unknown') : 'Unknown';
  const words = `${name}, Class: ${className(owner) ?? ''} (${hex(owner, 4)}) Type: ${hex(type, 2)}`;
  if (at + length > end) {
    const remark = `${words} (length of ${length} is past end of options)`;
    layer.text(() => remark, at + 3, 1);
    layer.expert('option.length.invalid', 'warn', 'Protocol', remark);
    layer.cursor = end;
    return;
  }
  layer.at('option', at, length);
  layer.label(() => `${words} (${critical(type)})`);
  layer.inside(() => {
    putOptionHeader(layer, at, length);
    if (owner === GOOGLE && Object.hasOwn(GOOGLE_NAMES, type)) putGoogle(layer, type, length - OPTION_HEADER);
    else layer.take('option.unknown.data', length - OPTION_HEADER);
  });
  layer.cursor = at + length;
}

function putOptionHeader(layer: Own, at: number, length: number): void {
  const flags = readU8(layer.bytes, at + 3) >> 5;
  layer.take('option.class');
  layer.at('option.type.critical', layer.cursor, 1);
  layer.take('option.type');
  layer.put('option.flags', flags, at + 3, 1, { hidden: flags === 0 });
  layer.label(() => `Flags: ${hex(flags, 2)}${flags === 0 ? '' : ' (RSVD)'}`);
  layer.inside(() => layer.at('option.flags.reserved', at + 3, 1, { hidden: flags === 0 }));
  layer.put('option.length', length, at + 3, 1);
  layer.skip(1);
}

/** Google Cloud's packet mirroring. */
function putGoogle(layer: Own, type: number, length: number): void {
  const at = layer.cursor;
  if (type === VIRTUAL_NETWORK) {
    layer.put('option.gcp.vnid', readU32(layer.bytes, at) >>> 4, at, 4);
    layer.at('option.gcp.direction', at, 4);
    layer.at('option.gcp.reserved', at, 4);
  } else if (type === ENDPOINT) layer.take('option.gcp.endpoint', length);
  else layer.take('option.gcp.profile');
}
