/** What PPP carries once both ends have agreed to compress or encrypt (CCP): unreadable from outside. */
import { protocol } from '../define.ts';

export const compressedDatagram = protocol({
  id: 'comp_data',
  title: 'PPP Compressed Datagram',
  short: 'PPP Comp',
  spec: 'RFC 1962 §4',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x00fd] }],
  fields: () => ({}),
  parse(layer) {
    layer.protocolName('PPP Comp');
    layer.info(() => 'Compressed data');
    layer.skip(layer.left);
  },
});
