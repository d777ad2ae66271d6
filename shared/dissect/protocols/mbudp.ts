/** Modbus/UDP: the header of Modbus/TCP, one message in each datagram. */
import { protocol, sharedFields } from '../define.ts';
import { mbtcpFields, looksLikeModbus, takeMessage } from './modbus/header.ts';

export const mbudp = protocol({
  id: 'mbudp',
  title: 'Modbus/UDP',
  short: 'Modbus/UDP',
  spec: 'Modbus Messaging on TCP/IP 1.0b §3.1.3',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [502] }],
  accepts: looksLikeModbus,
  fields: () => sharedFields('mbtcp', mbtcpFields()),
  parse(layer) {
    layer.protocolName('Modbus/UDP');
    takeMessage(layer);
  },
});
