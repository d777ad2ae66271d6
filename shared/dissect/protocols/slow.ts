/** The slow protocols of IEEE 802.3: at most ten frames a second, one subtype for each protocol. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

const fields = () => ({
  'subtype': { type: 'u8', label: 'Slow Protocols subtype', base: 'hex', names: { 0x01: 'LACP', 0x02: 'Marker Protocol', 0x03: 'OAM', 0x0a: 'Organization Specific Slow Protocol' } },
} as const satisfies Fields);

export const slow = protocol({
  id: 'slow',
  title: 'Slow Protocols',
  short: 'Slow Protocols',
  spec: 'IEEE 802.3-2022 annex 57A',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x8809] }],
  fields,
  parse(layer) {
    layer.protocolName('Slow Protocols');
    layer.info(() => '');
    const subtype = layer.take('subtype');
    if (layer.broken) return;
    layer.info(() => `Subtype = ${subtype}`);
    layer.next('slow.subtype', subtype);
  },
});
