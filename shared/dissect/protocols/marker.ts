/** The marker protocol of link aggregation: makes sure that nothing is under way when a conversation moves to another link. */
import { etherText } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

const LENGTH = 0x10;
const RESPONSE = 2;
const RESERVED_LENGTH = 90;

const fields = () => ({
  'version': { type: 'u8', label: 'Version Number', base: 'hex' },
  'tlvType': { type: 'u8', label: 'TLV Type', base: 'hex', names: { 0: 'Marker Terminator', 1: 'Marker Information', 2: 'Marker Response Information' } },
  'tlvLen': { type: 'u8', label: 'TLV Length', base: 'hex' },
  'requesterPort': { type: 'u16', label: 'Requester Port' },
  'requesterSystem': { type: 'ether', label: 'Requester System' },
  'requesterTransId': { type: 'u32', label: 'Requester Transaction ID', help: 'The response carries the number of its request.' },
  'requesterPad': { type: 'u16', label: 'Requester Pad' },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'wrong_tlv_type': { type: 'none', label: 'TLV is not expected type' },
  'wrong_tlv_length': { type: 'none', label: 'TLV is not expected length' },
  'wrong_pad_value': { type: 'none', label: 'pad value is not 0' },
} as const satisfies Fields);

export const marker = protocol({
  id: 'marker',
  title: 'Link Aggregation Marker Protocol',
  short: 'Marker',
  spec: 'IEEE 802.1AX-2020 §6.5',
  osi: 2,
  claims: [{ table: 'slow.subtype', keys: [2] }],
  fields,
  parse(layer) {
    layer.protocolName('Marker');
    layer.info(() => 'Marker Protocol');
    layer.take('version');
    const type = layer.take('tlvType');
    if (!layer.broken && (type === 0 || type > RESPONSE)) layer.expert('wrong_tlv_type', 'warn', 'Malformed', 'TLV is not expected type');
    const length = layer.take('tlvLen');
    if (!layer.broken && length !== LENGTH) layer.expert('wrong_tlv_length', 'warn', 'Malformed', 'TLV is not expected length');
    const port = layer.take('requesterPort');
    const at = layer.cursor;
    layer.take('requesterSystem');
    const transaction = layer.take('requesterTransId');
    if (!layer.broken) layer.info(() => `${type === RESPONSE ? 'Response' : 'Information'} SysId=${etherText(layer.bytes, at)}, P=${port}, TId=${transaction}`);
    const pad = layer.take('requesterPad');
    if (!layer.broken && pad !== 0) layer.expert('wrong_pad_value', 'warn', 'Protocol', 'pad value is not 0');
    layer.take('tlvType');
    layer.take('tlvLen');
    layer.take('reserved', RESERVED_LENGTH);
  },
});
