/** A question in two packets, and an answer in two, the connection closing after it. */
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

/** The first packet after the handshake is number 4. */
export function asked(port: number): TcpFrames {
  return new TcpFrames(port).send('up', lines('bo')).send('up', lines('b\n')).send('down', lines('Login: bob\n')).send('down', lines('On since\n')).finish('down');
}

export const FINGER_FIXTURES: readonly Fixture[] = [fixture('finger: a question', ...over(asked(79), ['', '', '', '', ':finger', '', '', ':finger']))];
