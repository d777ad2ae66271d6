/** Log messages in the forms of both RFCs. */
import { latin1 } from '../../../tools/craft/bytes.ts';
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';

export const NEW = '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 proc 8710 - \u00ef\u00bb\u00bftext';
export const OLD = "<34>Oct 11 22:14:15 mymachine su: 'su root' failed";

export const SYSLOG_FIXTURES: readonly Fixture[] = [NEW, OLD, '<0>short'].map((text, index) => single(`syslog: message ${index + 1}`, datagram('up', 514, latin1(text)), 'eth:ethertype:ip:udp:syslog'));
