/** What an LLC station says of itself when it is asked to exchange identification. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

const TYPES: Readonly<Record<number, string>> = {
  0x01: 'Type 1 LLC (Class I LLC)', 0x02: 'Type 2 LLC', 0x03: 'Type 1 and Type 2 LLCs (Class II LLC)', 0x04: 'Type 3 LLC', 0x05: 'Type 1 and Type 3 LLCs (Class III LLC)', 0x06: 'Type 2 and Type 3 LLCs',
  0x07: 'Type 1 and Type 2 and Type 3 LLCs (Class IV LLC)',
};

const fields = () => ({
  'llc.xid.format': { type: 'u8', label: 'XID Format', base: 'hex', names: { 0x81: 'LLC basic format' } },
  'llc.xid.types': { type: 'u8', label: 'LLC Types/Classes', mask: 0x1f, base: 'hex', names: TYPES, help: 'Which kinds of service the station offers: without connections, with them, or acknowledged.' },
  'llc.xid.wsize': { type: 'u8', label: 'Receive Window Size', mask: 0xfe },
} as const satisfies Fields);

export const basicExchange = protocol({
  id: 'basicxid',
  title: 'Logical-Link Control Basic Format XID',
  short: 'XID',
  spec: 'IEEE 802.2 §5.4.1.1.2',
  osi: 2,
  unnamed: true,
  fields,
  parse(layer) {
    layer.protocolName('XID');
    layer.info(() => 'Basic Format');
    layer.take('llc.xid.format');
    const types = layer.take('llc.xid.types');
    if (!layer.broken) layer.infoAppend(() => `; ${TYPES[types] ?? `0x${types.toString(16).padStart(2, '0')}`}`);
    const window = layer.take('llc.xid.wsize');
    if (!layer.broken) layer.infoAppend(() => `; Window Size ${window}`);
  },
});
