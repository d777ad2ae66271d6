/** GTP prime: records for charging, in a form of GTP without tunnels; version 0 of GTP itself uses the same port. */
import { protocol, sharedFields } from '../define.ts';
import { gtpFields } from './gtp/fields.ts';
import { isMessage, takeMessage } from './gtp/message.ts';

export const gtpPrime = protocol({
  id: 'gtpprime',
  title: 'GPRS Tunneling Protocol Prime',
  short: 'GTP (Prime)',
  spec: '3GPP TS 32.295 §6',
  osi: 4,
  claims: [{ table: 'udp.port', keys: [3386] }],
  accepts: isMessage,
  fields: () => sharedFields('gtp', gtpFields()),
  parse: takeMessage,
});
