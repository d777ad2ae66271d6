/** Cisco's HDLC on serial lines: address, control, and a type as in Ethernet. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { CHDLC_TYPES, nextByType, paddingField } from './chdlc/types.ts';

const fields = () => ({
  'address': { type: 'u8', label: 'Address', base: 'hex', names: { 0x0f: 'Unicast', 0x8f: 'Multicast' } },
  'control': { type: 'u8', label: 'Control', base: 'hex' },
  'protocol': { type: 'u16', label: 'Protocol', base: 'hex', names: CHDLC_TYPES, help: 'Which protocol the payload is.' },
  ...paddingField(),
} as const satisfies Fields);

export const chdlc = protocol({
  id: 'chdlc',
  title: 'Cisco HDLC',
  short: 'CHDLC',
  spec: 'Cisco; RFC 1547 §4.3.1',
  osi: 2,
  claims: [{ table: 'link', keys: [104, 112] }],
  fields,
  parse(layer) {
    layer.protocolName('CHDLC');
    layer.info(() => '');
    if (layer.index === 1 && layer.run.text) layer.run.columns.setEnds('N/A', 'N/A');
    if (!layer.has(4)) return;
    layer.take('address');
    layer.take('control');
    const type = layer.take('protocol');
    if (layer.broken || nextByType(layer, type)) return;
    layer.protocolName(`0x${type.toString(16).padStart(4, '0')}`);
    layer.data();
  },
});
