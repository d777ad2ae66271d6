/** GPRS Tunnelling Protocol: carries the packets of mobile subscribers (GTP-U), and sets up those tunnels (GTP-C version 1). */
import { protocol } from '../define.ts';
import { gtpFields } from './gtp/fields.ts';
import { isMessage, takeMessage } from './gtp/message.ts';

export const gtp = protocol({
  id: 'gtp',
  title: 'GPRS Tunneling Protocol',
  short: 'GTP',
  spec: '3GPP TS 29.281 §5.1',
  osi: 4,
  claims: [{ table: 'udp.port', keys: [2123, 2152] }],
  accepts: isMessage,
  fields: gtpFields,
  parse: takeMessage,
});
