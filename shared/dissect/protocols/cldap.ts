/** LDAP over datagrams: how clients of Active Directory look for a server (MS-ADTS §6.3.3). */
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { takeLdapMessage } from './ldap.ts';

export const cldap = protocol({
  id: 'cldap',
  title: 'Connectionless Lightweight Directory Access Protocol',
  short: 'CLDAP',
  spec: 'RFC 1798',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [389] }],
  fields: () => ({}),
  parse(layer) {
    layer.protocolName('CLDAP');
    layer.info(() => '');
    takeLdapMessage(layer as unknown as Layer, 0);
  },
});
