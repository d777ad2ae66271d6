/** Conversations of POP: mails in one packet and in two, and the change to TLS. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

export function fetched(): TcpFrames {
  return new TcpFrames(110)
    .send('down', lines('+OK ready\n'))
    .send('up', lines('RETR 1\n'))
    .send('down', lines('+OK 30 octets\n'))
    .send('down', lines('From: a@b\nSubject: x\n\n'))
    .send('down', lines('hello\n.\n'))
    .send('up', lines('LIST\n'))
    .send('down', lines('+OK\n1 30\n.\n'))
    .send('up', lines('STLS\n'))
    .send('down', lines('+OK go\n'))
    .send('up', hex('1503010002 0100'));
}

export const POP_FIXTURES: readonly Fixture[] = [fixture('pop: a mail', ...over(fetched(), ['', '', '', ':pop', ':pop', ':pop', ':pop', ':pop:imf', ':pop', ':pop', ':pop', ':pop', ':tls']))];
