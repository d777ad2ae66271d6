/** The Link Aggregation Control Protocol: bundles several links into one. */
import { etherText } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const TLVS: Readonly<Record<number, string>> = { 0: 'Terminator', 1: 'Actor Information', 2: 'Partner Information', 3: 'Collector Information' };
const ENDS = ['actor', 'partner'] as const;
type End = (typeof ENDS)[number];
const END_TITLES = { actor: 'Actor', partner: 'Partner' } as const;
/** Lengths of the TLVs, type and length included (IEEE 802.1AX-2020 §6.4.2.3). */
const END_LENGTH = 0x14;
const COLLECTOR = 3;
const COLLECTOR_LENGTH = 0x10;
const RESERVED_LENGTH = 3;
const COLLECTOR_RESERVED_LENGTH = 12;
const PAD_LENGTH = 50;

/** Bits of the state from the lowest: key, label, words, letter in the list. */
const STATES = [
  ['activity', 'LACP Activity', 'Active', 'Passive', 'A'], ['timeout', 'LACP Timeout', 'Short Timeout', 'Long Timeout', 'S'], ['aggregation', 'Aggregation', 'Aggregatable', 'Individual', 'G'],
  ['synchronization', 'Synchronization', 'In Sync', 'Out of Sync', 'S'], ['collecting', 'Collecting', 'Enabled', 'Disabled', 'C'], ['distributing', 'Distributing', 'Enabled', 'Disabled', 'D'],
  ['defaulted', 'Defaulted', 'Yes', 'No', 'F'], ['expired', 'Expired', 'Yes', 'No', 'E'],
] as const;

type EndField = { readonly type: 'u16' | 'ether' | 'u8' | 'string' | 'bytes' | 'bool'; readonly label: string; readonly base?: 'hex'; readonly of?: string; readonly mask?: number; readonly states?: readonly [string, string]; readonly help?: string };
type EndKey = 'sys_priority' | 'sysid' | 'key' | 'port_priority' | 'port' | 'state' | 'state_str' | 'reserved' | `state.${(typeof STATES)[number][0]}`;

function endFields<const E extends End>(end: E): Readonly<Record<`${E}.${EndKey}`, EndField>> {
  const title = END_TITLES[end];
  return {
    [`${end}.sys_priority`]: { type: 'u16', label: `${title} System Priority` },
    [`${end}.sysid`]: { type: 'ether', label: `${title} System ID`, help: 'The device at that end.' },
    [`${end}.key`]: { type: 'u16', label: `${title} Key`, help: 'Ports with the same key may be bundled.' },
    [`${end}.port_priority`]: { type: 'u16', label: `${title} Port Priority` },
    [`${end}.port`]: { type: 'u16', label: `${title} Port` },
    [`${end}.state`]: { type: 'u8', label: `${title} State`, base: 'hex' },
    ...Object.fromEntries(STATES.map(([key, label, whenSet, whenClear], bit) => [`${end}.state.${key}`, { type: 'bool', label, of: `${end}.state`, mask: 1 << bit, states: [whenSet, whenClear] }])),
    [`${end}.state_str`]: { type: 'string', label: `${title} State Flags` },
    [`${end}.reserved`]: { type: 'bytes', label: 'Reserved' },
  } as unknown as Readonly<Record<`${E}.${EndKey}`, EndField>>;
}

const fields = () => ({
  'version': { type: 'u8', label: 'LACP Version', base: 'hex' },
  'tlv_type': { type: 'u8', label: 'TLV Type', base: 'hex', names: TLVS },
  'tlv_length': { type: 'u8', label: 'TLV Length', base: 'hex' },
  ...endFields('actor'),
  ...endFields('partner'),
  'collector.max_delay': { type: 'u16', label: 'Collector Max Delay' },
  'coll_reserved': { type: 'bytes', label: 'Reserved' },
  'pad': { type: 'bytes', label: 'Pad' },
  'vendor': { type: 'bytes', label: 'Unknown vendor' },
  'wrong_tlv_type': { type: 'none', label: 'TLV is not expected type' },
  'wrong_tlv_length': { type: 'none', label: 'TLV is not expected length' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const lacp = protocol({
  id: 'lacp',
  title: 'Link Aggregation Control Protocol',
  short: 'LACP',
  spec: 'IEEE 802.1AX-2020 §6.4.2',
  osi: 2,
  claims: [{ table: 'slow.subtype', keys: [1] }],
  fields,
  parse(layer) {
    layer.protocolName('LACP');
    layer.info(() => 'Link Aggregation Control Protocol');
    const version = layer.take('version');
    if (layer.broken) return;
    layer.info(() => `v${version}`);
    for (const [index, end] of ENDS.entries()) {
      takeHeader(layer, index + 1, END_LENGTH);
      takeEnd(layer, end);
    }
    takeHeader(layer, COLLECTOR, COLLECTOR_LENGTH);
    layer.take('collector.max_delay');
    layer.take('coll_reserved', COLLECTOR_RESERVED_LENGTH);
    layer.take('tlv_type');
    layer.take('tlv_length');
    layer.take('pad', PAD_LENGTH);
    if (layer.left > 0) layer.take('vendor', layer.left);
  },
});

function takeHeader(layer: Own, type: number, length: number): void {
  const found = layer.take('tlv_type');
  if (!layer.broken && found !== type) layer.expert('wrong_tlv_type', 'warn', 'Malformed', 'TLV is not expected type');
  const told = layer.take('tlv_length');
  if (!layer.broken && told !== length) layer.expert('wrong_tlv_length', 'warn', 'Malformed', 'TLV is not expected length');
}

function takeEnd(layer: Own, end: End): void {
  layer.take(`${end}.sys_priority`);
  const at = layer.cursor;
  layer.take(`${end}.sysid`);
  const key = layer.take(`${end}.key`) as number;
  layer.take(`${end}.port_priority`);
  const port = layer.take(`${end}.port`) as number;
  const stateAt = layer.cursor;
  const state = layer.take(`${end}.state`) as number;
  layer.flags(`${end}.state`);
  if (layer.broken) return;
  layer.putGenerated(`${end}.state_str`, stateText(state), stateAt, 1);
  layer.infoAppend(() => ` ${end.toUpperCase()} ${etherText(layer.bytes, at)} P: ${port} K: ${key} ${stateText(state)}`);
  layer.take(`${end}.reserved`, RESERVED_LENGTH);
}

/** A letter for each bit that is set, a star for the others, highest first: "**DCSG*A". */
function stateText(state: number): string {
  return STATES.map(([, , , , letter], bit) => ((state >> bit) & 1) === 1 ? letter : '*').reverse().join('');
}
