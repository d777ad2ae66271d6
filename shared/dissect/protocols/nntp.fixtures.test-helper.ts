/** Network news: an article in two packets, and the change to TLS. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

/** The first packet after the handshake is number 4. */
export function news(): TcpFrames {
  return new TcpFrames(119)
    .send('down', lines('200 ready\n'))
    .send('up', lines('ARTICLE 1\n'))
    .send('down', lines('220 1 <x>\nFrom: a\n\nbody'))
    .send('down', lines(' goes on\n.\n'))
    .send('up', lines('StartTLS\n'))
    .send('down', lines('382 go on\n'))
    .send('up', hex('1503010002 0100'));
}

export const NNTP_FIXTURES: readonly Fixture[] = [fixture('nntp: an article, then TLS', ...over(news(), ['', '', '', ':nntp', ':nntp', ':nntp', ':nntp', ':nntp', ':nntp', ':tls']))];
