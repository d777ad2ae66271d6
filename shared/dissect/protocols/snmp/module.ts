/** The ASN.1 module of SNMP, whose tables lie in several files. */
import { BerModule } from '../../ber/module.ts';

export const SNMP = new BerModule('snmp');
