/** Cisco's Inter-Switch Link: carries whole Ethernet frames of several VLANs; from before 802.1Q. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { putEthernetTrailer, trailerFields } from './eth/trailer.ts';

const ADDRESS_LENGTH = 5;
/** Bytes before the length field's count begins. */
const BEFORE_LENGTH = 14;
const ETHERNET = 0;

const TYPES: Readonly<Record<number, string>> = { 0: 'Ethernet', 1: 'Token-Ring', 2: 'FDDI', 3: 'ATM' };
const PRIORITIES: Readonly<Record<number, string>> = { 0: 'Normal Priority', 1: 'Priority 1', 2: 'Priority 2', 3: 'Highest Priority' };

const fields = () => ({
  'dst': { type: 'ether', label: 'Destination' },
  'addr': { type: 'ether', label: 'Source or Destination Address', hidden: true },
  'type': { type: 'u8', label: 'Type', mask: 0xf0, names: TYPES, help: 'What kind of frame is inside.' },
  'user_eth': { type: 'u8', label: 'User', mask: 0x03, names: PRIORITIES, help: 'How urgent the frame is to the switches on its way.' },
  'user': { type: 'u8', label: 'User', mask: 0x0f, base: 'hex' },
  'src': { type: 'ether', label: 'Source' },
  'len': { type: 'u16', label: 'Length', help: 'Bytes behind this field; 0 where the sender does not tell.' },
  'dsap': { type: 'u8', label: 'DSAP', base: 'hex' },
  'ssap': { type: 'u8', label: 'SSAP', base: 'hex' },
  'control': { type: 'u8', label: 'Control', base: 'hex' },
  'hsa': { type: 'u24', label: 'HSA', base: 'hex' },
  'vlan_id': { type: 'u16', label: 'VLAN ID', mask: 0xfffe, help: 'Number of the virtual LAN that the frame inside belongs to.' },
  'bpdu': { type: 'bool', size: 2, label: 'BPDU/CDP/VTP', mask: 0x0001, states: ['Yes', 'No'] },
  'index': { type: 'u16', label: 'Index' },
  'reserved': { type: 'u16', label: 'Reserved', base: 'hex' },
  ...trailerFields(),
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const interSwitchLink = protocol({
  id: 'isl',
  title: 'Inter-Switch Link',
  short: 'ISL',
  spec: 'Cisco, Inter-Switch Link frame format',
  osi: 2,
  unnamed: true,
  fields,
  parse(layer) {
    layer.protocolName('ISL');
    layer.info(() => '');
    const type = layer.peekU8(ADDRESS_LENGTH) >> 4;
    takeAddresses(layer, type);
    const length = layer.take('len');
    for (const key of ['dsap', 'ssap', 'control', 'hsa'] as const) layer.take(key);
    if (!layer.has(2)) return;
    const vlan = layer.peekU16() >> 1;
    layer.info(() => `VLAN ID: ${vlan}`);
    layer.summary(() => `VLAN ID: ${vlan}`);
    layer.at('vlan_id', layer.cursor);
    for (const key of ['bpdu', 'index', 'reserved'] as const) layer.take(key);
    if (!layer.broken) payload(layer, type, length);
  },
});

function takeAddresses(layer: Own, type: number): void {
  if (!layer.has(6)) return;
  const at = layer.cursor;
  layer.at('dst', at);
  layer.inside(() => {
    layer.at('type', at + ADDRESS_LENGTH);
    layer.at(type === ETHERNET ? 'user_eth' : 'user', at + ADDRESS_LENGTH);
  });
  layer.take('addr');
  layer.at('src', layer.cursor);
  layer.take('addr');
  layer.addresses('ether', at + 6, at);
}

function payload(layer: Own, type: number, length: number): void {
  const end = length > 0 ? Math.min(layer.start + BEFORE_LENGTH + length, layer.reportedEnd) : layer.reportedEnd;
  const inside = { length: end - layer.cursor };
  if (type === ETHERNET) layer.call('eth', inside);
  else layer.data(inside);
  putEthernetTrailer(layer, end);
}
