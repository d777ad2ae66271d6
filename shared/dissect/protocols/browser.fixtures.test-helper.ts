/** Announcements and elections of a Windows network. */
import { latin1, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf } from '../frames.test-helper.ts';
import { named } from './nbdgm.fixtures.test-helper.ts';
import { mailslot } from './smb.fixtures.test-helper.ts';

type Part = string | Bytes;

export function browse(...parts: readonly Part[]): Bytes {
  return named(0x11, mailslot(bytesOf(...parts)));
}

function server(name: string): Bytes {
  return latin1(name.padEnd(16, '\0'));
}

export const MESSAGES = [
  browse('01 00 80fc0a00', server('HOST'), '0501 03100100 0f01 55aa', latin1('comment\0')), browse('02 00', latin1('HOST\0')), browse('08 01 200f0110 1df17100', zeros(4), latin1('HOST\0')), browse('09 04 08000000'), browse('0a 02 08000000', latin1('ONE\0TWO\0')), browse('0b', latin1('HOST\0')),
  browse('0c 00 a0bb0d00', server('GROUP'), '030a 00100080 d4febb01', latin1('MASTER\0')), browse('0c 00 a0bb0d00', server('GROUP'), '0601 00100080 0f01 55aa', latin1('MASTER\0')), browse('0d', latin1('MASTER\0')), browse('0e 03'), browse('0f 00 c0d40100', server('HOST'), '0133 03200500 0f01 55aa 00'), browse('77'),
];

export const BROWSER_FIXTURES: readonly Fixture[] = [fixture('browser: every message', MESSAGES, MESSAGES.map(() => 'eth:ethertype:ip:udp:nbdgm:smb:browser'))];
