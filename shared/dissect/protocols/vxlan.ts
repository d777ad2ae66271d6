/** Virtual eXtensible LAN: Ethernet frames of a virtual network over UDP, with the group policy extension. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const FLAG_WORDS = [[0x8000, 'GBP Extension'], [0x0800, 'VXLAN Network ID (VNI)'], [0x0040, 'Don\'t Learn'], [0x0008, 'Policy Applied']] as const;

const fields = () => ({
  'flags': { type: 'u16', label: 'Flags', base: 'hex' },
  'flag_g': { type: 'bool', label: 'GBP Extension', of: 'flags', mask: 0x8000, states: ['Defined', 'Not defined'] },
  'flag_i': { type: 'bool', label: 'VXLAN Network ID (VNI)', of: 'flags', mask: 0x0800, states: ['True', 'False'] },
  'flag_d': { type: 'bool', label: 'Don\'t Learn', of: 'flags', mask: 0x0040, states: ['True', 'False'] },
  'flag_a': { type: 'bool', label: 'Policy Applied', of: 'flags', mask: 0x0008, states: ['True', 'False'] },
  'flags_reserved': { type: 'u16', label: 'Reserved(R)', base: 'hex', of: 'flags', mask: 0x77b7 },
  'gbp': { type: 'u16', label: 'Group Policy ID' },
  'vni': { type: 'u24', label: 'VXLAN Network Identifier (VNI)', help: 'Which of the virtual networks the frame belongs to: like a VLAN, with 16 million numbers.' },
  'reserved8': { type: 'u8', label: 'Reserved' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const vxlan = protocol({
  id: 'vxlan',
  title: 'Virtual eXtensible Local Area Network',
  short: 'VXLAN',
  spec: 'RFC 7348 §5',
  osi: 4,
  claims: [{ table: 'udp.port', keys: [4789] }],
  fields,
  parse(layer) {
    layer.protocolName('VxLAN');
    layer.info(() => '');
    takeFlags(layer);
    layer.take('gbp');
    layer.take('vni');
    layer.take('reserved8');
    if (!layer.broken) layer.call('eth');
  },
});

function takeFlags(layer: Own): void {
  const flags = layer.take('flags');
  const words = FLAG_WORDS.filter(([bit]) => (flags & bit) !== 0).map(([, word]) => `, ${word}`);
  layer.label(() => `Flags: 0x${flags.toString(16).padStart(4, '0')}${words.join('')}`);
  layer.flags('flags');
}
