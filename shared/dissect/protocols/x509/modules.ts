/**
 * The modules of X.509: they use each other's types in circles, so their types lie in several
 * files, and each module becomes a protocol in the file of its name.
 */
import { BerModule } from '../../ber/module.ts';

/** X.520: selected attribute types. */
export const SAT = new BerModule('x509sat');
/** X.501: information framework, with names. */
export const IF = new BerModule('x509if');
/** X.509: authentication framework, with certificates. */
export const AF = new BerModule('x509af');
/** X.509: certificate extensions. */
export const CE = new BerModule('x509ce');
