/** A terminal session: options, what is typed and printed, a serial port, and the change to TLS. */
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

/** Parameters (hex) of an option, from "Suboption" to "Suboption End". */
export function parameters(words: string): Bytes {
  return concat(hex('fffa'), hex(words), hex('fff0'));
}

/** The first packet after the handshake is number 4. */
export function terminal(...sent: readonly Bytes[]): TcpFrames {
  const frames = new TcpFrames(23);
  for (const bytes of sent) frames.send('up', bytes);
  return frames;
}

export function login(): TcpFrames {
  return new TcpFrames(23)
    .send('down', hex('fffd18 fffb01'))
    .send('up', concat(hex('fffb18'), parameters('1800 616e7369'), parameters('1f 0050ffff 18')))
    .send('down', latin1('Welcome\r\nlogin: '))
    .send('up', latin1('bob\r\0\r\r\nx'));
}

export function secured(): TcpFrames {
  return new TcpFrames(23).send('up', parameters('2e01')).send('down', parameters('2e01')).send('up', hex('1503010002 0100'));
}

export const TELNET_FIXTURES: readonly Fixture[] = [
  fixture('telnet: a login', ...over(login(), ['', '', '', ':telnet', ':telnet', ':telnet', ':telnet'])),
  fixture('telnet: a serial port', ...over(terminal(parameters('2c01 00002580'), parameters('2c6a 03'), parameters('2500 0202 00'), parameters('2601 0103')), ['', '', '', ':telnet', ':telnet', ':telnet', ':telnet'])),
  fixture('telnet: TLS', ...over(secured(), ['', '', '', ':telnet', ':telnet', ':tls'])),
];
