/** Multicast DNS: DNS messages among neighbours, without a server. Its fields are DNS's. */
import { protocol } from '../define.ts';
import { dnsFields } from './dns/fields.ts';
import { takeMessage } from './dns/message.ts';

export const mdns = protocol({
  id: 'mdns',
  title: 'Multicast Domain Name System',
  short: 'mDNS',
  spec: 'RFC 6762',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [5353] }],
  fields: dnsFields,
  parse(layer) {
    layer.protocolName('MDNS');
    layer.info(() => '');
    takeMessage(layer, 'mdns', 0);
  },
});
