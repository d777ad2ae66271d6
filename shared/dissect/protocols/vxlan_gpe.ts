/** The generic protocol extension of VXLAN: it carries other things than Ethernet frames, too. Its fields go by VXLAN's names. */
import { protocol } from '../define.ts';

const NEXT: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6', 3: 'Ethernet', 4: 'Network Service Header', 5: 'MPLS' };

export const vxlanExtended = protocol({
  id: 'vxlan_gpe',
  title: 'Virtual eXtensible Local Area Network',
  short: 'VXLAN',
  spec: 'draft-ietf-nvo3-vxlan-gpe-13 §3',
  osi: 4,
  unnamed: true,
  claims: [{ table: 'udp.port', keys: [4790] }],
  fields: () => ({
    flags: { type: 'u8', label: 'Flags', base: 'hex', name: 'vxlan.flags' },
    ver: { type: 'u8', label: 'Version', name: 'vxlan.ver', of: 'flags', mask: 0x30 },
    i_bit: { type: 'u8', label: 'Instance', name: 'vxlan.i_bit', of: 'flags', mask: 0x08 },
    p_bit: { type: 'u8', label: 'Next Protocol Bit', name: 'vxlan.p_bit', of: 'flags', mask: 0x04 },
    o_bit: { type: 'u8', label: 'OAM bit', name: 'vxlan.o_bit', of: 'flags', mask: 0x01, help: 'The packet is for the operation of the tunnel and carries nothing of its users.' },
    flags_reserved: { type: 'u8', label: 'Reserved(R)', name: 'vxlan.flags_reserved', of: 'flags', mask: 0xc2 },
    reserved_16: { type: 'u16', label: 'Reserved', name: 'vxlan.reserved_16' },
    next_proto: { type: 'u8', label: 'Next Protocol', name: 'vxlan.next_proto', names: NEXT },
    vni: { type: 'u24', label: 'VXLAN Network Identifier (VNI)', name: 'vxlan.vni' },
    reserved8: { type: 'u8', label: 'Reserved', name: 'vxlan.reserved8' },
  }),
  parse(layer) {
    layer.protocolName('VxLAN');
    layer.info(() => '');
    layer.takeFlags('flags');
    layer.take('reserved_16');
    const next = layer.take('next_proto');
    layer.take('vni');
    layer.take('reserved8');
    if (!layer.broken) layer.next('vxlan.next_proto', next);
  },
});
