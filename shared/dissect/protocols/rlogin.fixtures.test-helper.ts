/** Somebody logs in, types, and changes the size of the window. */
import { hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

export const WINDOW = hex('ffff 7373 0018 0050 0280 01e0');

/** The first packet after the handshake is number 4. */
export function login(): TcpFrames {
  return new TcpFrames(513)
    .send('up', hex('00'))
    .send('up', latin1('bob\0alice\0xterm/38400\0'))
    .send('down', hex('00'))
    .send('down', latin1('hi\r\n'))
    .send('up', WINDOW);
}

/** What a client sends after the handshake, all of it. */
export function typed(...sent: readonly Bytes[]): TcpFrames {
  const frames = new TcpFrames(513);
  for (const bytes of sent) frames.send('up', bytes);
  return frames;
}

export const RLOGIN_FIXTURES: readonly Fixture[] = [fixture('rlogin: a login', ...over(login(), ['', '', '', ':rlogin', ':rlogin', ':rlogin', ':rlogin', ':rlogin']))];
