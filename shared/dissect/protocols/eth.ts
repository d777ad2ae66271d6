/** Ethernet II and IEEE 802.3: addresses, type or length, padding, trailer, FCS. */
import { etherText } from '../address-text.ts';
import { protocol } from '../define.ts';

export const eth = protocol({
  id: 'eth',
  title: 'Ethernet II',
  short: 'Ethernet',
  spec: 'IEEE 802.3-2022 §3',
  osi: 2,
  claims: [{ table: 'link', keys: [1] }],
  fields: {
    dst: { type: 'ether', label: 'Destination', help: 'Who on this link is to take the frame.' },
    src: { type: 'ether', label: 'Source', help: 'Who on this link sent the frame.' },
    addr: { type: 'ether', label: 'Address', hidden: true },
    type: { type: 'u16', label: 'Type', base: 'hex' },
    len: { type: 'u16', label: 'Length' },
    padding: { type: 'bytes', label: 'Padding' },
    trailer: { type: 'bytes', label: 'Trailer' },
  },
  parse(layer) {
    const at = layer.cursor;
    layer.addresses('ether', at + 6, at);
    layer.take('dst');
    layer.take('src');
    const type = layer.peekU16();
    if (type >= 0x600) layer.take('type');
    else layer.take('len');
    layer.summary(() => `Src: ${etherText(layer.bytes, at + 6)}, Dst: ${etherText(layer.bytes, at)}`);
    layer.next('ethertype', type);
  },
});
