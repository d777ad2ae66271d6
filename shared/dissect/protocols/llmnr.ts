/** Link-Local Multicast Name Resolution: Windows' way to ask neighbours for a name. Its fields are DNS's. */
import { protocol } from '../define.ts';
import { dnsFields } from './dns/fields.ts';
import { takeMessage } from './dns/message.ts';

export const llmnr = protocol({
  id: 'llmnr',
  title: 'Link-local Multicast Name Resolution',
  short: 'LLMNR',
  spec: 'RFC 4795 §2.1',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [5355] }],
  fields: dnsFields,
  parse(layer) {
    layer.protocolName('LLMNR');
    layer.info(() => '');
    takeMessage(layer, 'llmnr', 0);
  },
});
