/** Conversations of MQTT 3.1, 3.1.1 and 5.0. */
import { concat, counted, hex, latin1, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

export function text(words: string): Bytes {
  return counted(16, latin1(words));
}

/** A message: type and flags, its length, its body. */
export function message(head: number, ...body: readonly (string | Bytes)[]): Bytes {
  const bytes = concat(...body.map((part) => (typeof part === 'string' ? hex(part) : part)));
  const { length } = bytes;
  return concat(u8(head), length < 128 ? u8(length) : u8(0x80 | (length & 0x7f), length >> 7), bytes);
}

/** Properties behind their length. */
export function properties(...parts: readonly (string | Bytes)[]): Bytes {
  return counted(8, concat(...parts.map((part) => (typeof part === 'string' ? hex(part) : part))));
}

export function connect(version: number, ...rest: readonly Bytes[]): Bytes {
  const [flags = u8(0x02), ...more] = rest;
  return message(0x10, text(version === 3 ? 'MQIsdp' : 'MQTT'), u8(version), flags, u16(60), ...more);
}

const EVERYTHING = properties('11 00000078', '21 0014', '27 00010000', '22 0005', '17 01', '19 01', concat(hex('26'), text('k'), text('v')), concat(hex('15'), text('SCRAM')), concat(hex('16'), text('x')), '24 01', '0b ff01', concat(hex('03'), text('text/plain')));

const OLD = new TcpFrames(1883)
  .send('up', connect(4, u8(0xee), text('me'), text('will'), text('bye'), text('user'), text('secret')))
  .send('down', message(0x20, '01 00'))
  .send('up', concat(message(0x82, u16(1), text('a/#'), u8(1)), message(0x3b, text('a/b'), u16(2), latin1('hello'))))
  .send('down', concat(message(0x90, '0001 01 80'), message(0x40, '0002'), message(0xd0)))
  .send('up', concat(message(0xa2, u16(3), text('a/#')), message(0xc0), message(0xe0)));

const NEW = new TcpFrames(1883)
  .send('up', connect(5, u8(0xc6), EVERYTHING, text('me'), EVERYTHING, text('will'), text('bye'), text('user'), text('secret')))
  .send('down', message(0x20, '00 00', EVERYTHING))
  .send('up', concat(message(0x32, text('a/b'), u16(7), properties('23 0005'), latin1('one')), message(0x30, text(''), properties('23 0005'), latin1('two'))))
  .send('down', concat(message(0x40, '0007 10'), message(0x62, '0007 92', properties(concat(hex('1f'), text('why'))))))
  .send('up', concat(message(0x82, u16(1), properties(), text('a/+'), u8(0x2d)), message(0xa2, u16(2), properties(), text('a/+'))))
  .send('down', concat(message(0x90, '0001 00 00'), message(0xb0, '0002 00 11'), message(0xf0, '18', properties()), message(0xe0, '8b 00')));

export const OLDEST = new TcpFrames(1883)
  .send('up', connect(3, u8(0), text('x')))
  .send('up', concat(message(0x8a, u16(1), text('a'), u8(1)), message(0x62, u16(2)), message(0xa2, u16(3), text('a'))));

export const MQTT_FIXTURES: readonly Fixture[] = [
  fixture('mqtt 3.1.1: from connecting to leaving', ...over(OLD, ['', '', '', ':mqtt', ':mqtt', ':mqtt', ':mqtt', ':mqtt'])),
  fixture('mqtt 5.0: from connecting to leaving', ...over(NEW, ['', '', '', ':mqtt', ':mqtt', ':mqtt', ':mqtt', ':mqtt', ':mqtt'])),
  fixture('mqtt 3.1: an answer', ...over(new TcpFrames(1883).send('up', connect(3, u8(0), text('x'))).send('down', message(0x20, '00 05')), ['', '', '', ':mqtt', ':mqtt'])),
  fixture('mqtt 3.1: requests with a quality of service', ...over(OLDEST, ['', '', '', ':mqtt', ':mqtt'])),
];
