/** What Cisco's HDLC carries: mostly EtherTypes, and some numbers of its own. */
import type { FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const CHDLC_TYPES: Readonly<Record<number, string>> = {
  0x0800: 'IP', 0x2000: 'Cisco Discovery Protocol', 0x4242: 'Spanning Tree BPDU', 0x6558: 'Transparent Ethernet bridging', 0x8035: 'SLARP', 0x8038: 'DEC LanBridge', 0x809b: 'Appletalk', 0x80f3: 'AARP',
  0x8137: 'Netware IPX/SPX', 0x86dd: 'IPv6', 0x8847: 'MPLS unicast', 0x8848: 'MPLS multicast', 0xfefe: 'OSI',
};
const OSI = 0xfefe;
/** OSI packets begin with one of these numbers; any other byte is padding, so that they lie even. */
const OSI_FIRST = 0x81;
const OSI_LAST = 0x83;
/** Protocols that have no reason to claim numbers of this link themselves. */
const INTERNET: Readonly<Record<number, string>> = { 0x0800: 'ip', 0x86dd: 'ipv6', 0x6558: 'eth' };

export const paddingField = () => ({
  'clns_padding': { type: 'u8', label: 'CLNS Padding', base: 'hex', name: 'chdlc.clns_padding' },
} as const);

/** Hands the payload on by its number; false where nobody knows that. */
export function nextByType(layer: Layer<Readonly<Record<'clns_padding', FieldSpec>>>, type: number): boolean {
  const first = layer.peekU8();
  if (type === OSI && (first < OSI_FIRST || first > OSI_LAST)) layer.take('clns_padding');
  const known = INTERNET[type];
  return (known === undefined ? layer.tryNext('chdlc.protocol', type) : layer.call(known)) !== null;
}
