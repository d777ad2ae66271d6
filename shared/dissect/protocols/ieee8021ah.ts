/** IEEE 802.1ah ("MAC in MAC"): a provider's frame around the whole frame of a customer. */
import { protocol } from '../define.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { backboneFields, backboneWords, takeBackboneTag } from './ieee8021ah/tag.ts';
import { nextByEthertype, trailerFields } from './eth/trailer.ts';

const TAG_LENGTH = 4;

export const backboneBridge = protocol({
  id: 'ieee8021ah',
  title: 'IEEE 802.1ah',
  short: '802.1ah',
  spec: 'IEEE 802.1Q-2022 §9.7',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x88e7] }],
  fields: () => ({
    ...backboneFields(),
    'etype': { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES, name: 'ieee8021ah.etype' },
    ...trailerFields(),
    'trailer': { type: 'bytes', label: 'Trailer', name: 'ieee8021ah.trailer' },
  }),
  parse(layer) {
    layer.protocolName('802.1ah');
    layer.info(() => '');
    if (!layer.has(TAG_LENGTH)) return;
    const tag = layer.peekU32();
    layer.info(() => backboneWords(tag));
    layer.summary(() => `I-SID: ${tag & 0xff_ffff}`);
    takeBackboneTag(layer);
    const type = layer.take('etype');
    if (!layer.broken) nextByEthertype(layer, type, false);
  },
});
