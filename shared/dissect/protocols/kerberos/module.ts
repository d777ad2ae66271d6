/** The ASN.1 module of Kerberos, whose tables lie in several files. */
import { BerModule } from '../../ber/module.ts';

export const KERBEROS = new BerModule('kerberos');
