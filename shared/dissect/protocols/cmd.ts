/** Cisco MetaData: the security group of the sender, between the link header and the packet. */
import { protocol } from '../define.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';

export const ciscoMetadata = protocol({
  id: 'cmd',
  title: 'Cisco MetaData',
  short: 'CMD',
  spec: 'draft-smith-kandula-sxp §A',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x8909] }, { table: 'gre.proto', keys: [0x8909] }],
  fields: () => ({
    version: { type: 'u8', label: 'Version' },
    length: { type: 'u8', label: 'Length' },
    options: { type: 'u16', label: 'Options', base: 'hex' },
    sgt: { type: 'u16', label: 'SGT', help: 'Security group tag: switches decide by it who may talk to whom.' },
    type: { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES },
  }),
  parse(layer) {
    layer.protocolName('CMD');
    layer.info(() => 'Cisco MetaData');
    if (!layer.has(8)) return;
    // In GRE the type comes first; behind an EtherType it is where the EtherType would be.
    const isInGre = layer.run.layers[layer.index - 1]?.protocol.id === 'gre';
    const typeAt = layer.start + (isInGre ? 0 : 6);
    const type = layer.at('type', typeAt);
    if (isInGre) layer.skip(2);
    layer.take('version');
    layer.take('length');
    layer.take('options');
    layer.take('sgt');
    const start = layer.start + 8;
    const taker = layer.run.registry.lookup('ethertype', type);
    if (isInGre && taker) layer.call(taker.id, { start });
    else layer.next('ethertype', type, { start });
  },
});
