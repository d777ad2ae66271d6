/** Conversations of IMAP: a mail over two segments, and the change to TLS. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

export function fetched(): TcpFrames {
  return new TcpFrames(143)
    .send('down', lines('* OK ready\n'))
    .send('up', lines('a1 LOGIN ada "secret"\na2 SELECT inbox\n'))
    .send('down', lines('* 2 EXISTS\na1 OK in\na2 OK [READ-WRITE] done\n'))
    .send('up', lines('a3 UID FETCH 1 (BODY[])\n'))
    .send('down', lines('* 1 FETCH (UID 7 BODY[] {18}\nSubject:'))
    .send('down', lines(' x\n\nhi\n)\na3 OK done\n'))
    .send('up', lines('a4 STARTTLS\n'))
    .send('down', lines('a4 OK go\n'))
    .send('up', hex('1503010002 0100'));
}

export const IMAP_FIXTURES: readonly Fixture[] = [fixture('imap: a mail', ...over(fetched(), ['', '', '', ':imap', ':imap', ':imap', ':imap', '', ':imap:imf', ':imap', ':imap', ':tls']))];
