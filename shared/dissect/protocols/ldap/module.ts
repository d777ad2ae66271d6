/** The ASN.1 module of LDAP, whose tables lie in several files. */
import { BerModule } from '../../ber/module.ts';

export const LDAP = new BerModule('ldap');
