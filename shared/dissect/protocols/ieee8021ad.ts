/** IEEE 802.1ad tag ("Q-in-Q"): the provider's VLAN around the customer's. */
import { protocol } from '../define.ts';
import type { FieldSpec } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { nextByEthertype, trailerFields } from './eth/trailer.ts';
import { backboneFields, takeBackboneTag } from './ieee8021ah/tag.ts';

const OWN_TYPE = 0x88a8;
const BACKBONE_TYPE = 0x88e7;

export const providerBridge = protocol({
  id: 'ieee8021ad',
  title: 'IEEE 802.1ad',
  short: '802.1ad',
  spec: 'IEEE 802.1Q-2022 §9.5',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [OWN_TYPE] }],
  fields: () => ({
    'priority': { type: 'u16', label: 'Priority', mask: 0xe000 },
    'dei': { type: 'u16', label: 'DEI', mask: 0x1000 },
    'id': { type: 'u16', label: 'ID', mask: 0x0fff, help: 'Number of the virtual LAN in the provider\'s network.' },
    'svid': { type: 'u16', label: 'ID', mask: 0x0fff, help: 'Number of the virtual LAN in the provider\'s network.' },
    'cvid': { type: 'u16', label: 'ID', mask: 0x0fff, help: 'Number of the virtual LAN in the customer\'s network.' },
    'etype': { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES, name: 'ieee8021ah.etype' },
    ...backboneFields(),
    ...trailerFields(),
    'trailer': { type: 'bytes', label: 'Trailer', name: 'ieee8021ah.trailer' },
  }),
  parse(layer) {
    layer.protocolName('802.1ad');
    layer.info(() => '');
    if (!layer.has(2)) return;
    const control = layer.peekU16();
    const words = (): string => `ID: ${control & 0x0fff}`;
    layer.summary(words);
    layer.info(() => `PRI: ${control >> 13}  DROP: ${(control >> 12) & 1} ID: ${control & 0x0fff}`);
    const isDouble = layer.peekU16(2) === OWN_TYPE;
    takeControl(layer, isDouble ? 'svid' : 'id');
    if (isDouble) {
      layer.skip(2);
      takeControl(layer, 'cvid');
    } else if (layer.peekU16() === BACKBONE_TYPE) {
      layer.skip(2);
      takeBackboneTag(layer);
    }
    const type = layer.take('etype');
    if (!layer.broken) nextByEthertype(layer, type, false);
  },
});

function takeControl(layer: Layer<Readonly<Record<'priority' | 'dei' | 'id' | 'svid' | 'cvid', FieldSpec>>>, key: 'id' | 'svid' | 'cvid'): void {
  layer.at('priority', layer.cursor);
  layer.at('dei', layer.cursor);
  layer.take(key);
}
