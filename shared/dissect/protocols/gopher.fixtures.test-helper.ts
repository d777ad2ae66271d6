/** A menu and a file from it. */
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

/** The first packet after the handshake is number 4. */
export function visit(): TcpFrames {
  return new TcpFrames(70)
    .send('up', lines('\n'))
    .send('down', lines('iWelcome\tfake\t(NULL)\t0\n0File\t/f\thost\t70\n.\n'))
    .send('up', lines('/f\n'))
    .send('down', lines('a text\n'));
}

export const GOPHER_FIXTURES: readonly Fixture[] = [fixture('gopher: a menu and a file', ...over(visit(), ['', '', '', ':gopher', ':gopher', ':gopher', ':gopher']))];
