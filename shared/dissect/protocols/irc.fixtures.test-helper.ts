/** Somebody enters a channel. */
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

/** What a client sends after the handshake, as packet number 4. */
export function said(text: string): TcpFrames {
  return new TcpFrames(6667).send('up', lines(text));
}

export function answered(text: string): TcpFrames {
  return new TcpFrames(6667).send('down', lines(text));
}

export const IRC_FIXTURES: readonly Fixture[] = [
  fixture('irc: a client', ...over(said('NICK bob\nUSER bob 0 * :Bob B\nPRIVMSG #c :\x01ACTION waves\x01\n'), ['', '', '', ':irc'])),
  fixture('irc: a server', ...over(answered(':srv 001 bob :Welcome\n\nPING :x\n'), ['', '', '', ':irc'])),
];
