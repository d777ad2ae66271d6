/** Modbus/TCP: numbers Modbus messages of a stream and tells their length. */
import { protocol } from '../define.ts';
import { eachMessageLayer } from '../stream-messages.ts';
import { mbtcpFields, looksLikeModbus, takeMessage } from './modbus/header.ts';

const LENGTH_AT = 4;
/** Bytes up to and with the length, which counts what follows. */
const HEAD_BYTES = 6;

export const mbtcp = protocol({
  id: 'mbtcp',
  title: 'Modbus/TCP',
  short: 'Modbus/TCP',
  spec: 'Modbus Messaging on TCP/IP 1.0b §3.1.3',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [502] }],
  accepts: looksLikeModbus,
  fields: mbtcpFields,
  parse(layer) {
    eachMessageLayer(layer, { headBytes: HEAD_BYTES, lengthOf: (own) => HEAD_BYTES + own.peekU16(LENGTH_AT) }, (own) => {
      own.protocolName('Modbus/TCP');
      takeMessage(own);
    });
  },
});
