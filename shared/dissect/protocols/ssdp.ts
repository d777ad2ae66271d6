/** Simple Service Discovery Protocol: messages of HTTP in datagrams, by which devices of UPnP announce and seek each other. */
import { protocol, sharedFields } from '../define.ts';
import { httpFields } from './http/fields.ts';
import { takeMessage } from './http/message.ts';

export const ssdp = protocol({
  id: 'ssdp',
  title: 'Simple Service Discovery Protocol',
  short: 'SSDP',
  spec: 'UPnP Device Architecture 2.0 §1',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [1900] }],
  fields: () => sharedFields('http', httpFields()),
  parse(layer) {
    takeMessage(layer, 'SSDP');
  },
});
