import { concat, counted, hex, u16, u24, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHello, serverHelloTls12, sessionIdOf } from '../../../tools/craft/tls.ts';
import { Random } from '../../../tools/craft/random.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

const HANDSHAKE = 22;
const SERVER_KEY_EXCHANGE = 12;

function record(type: number, content: Bytes): Bytes {
  return concat(u8(type), u16(0x0303), counted(16, content));
}

/** Data before, between and behind handshakes: most packets of a session have none. */
function session(): TcpFrames {
  const random = new Random(7);
  const hello = clientHello(random, { serverName: 'example.com', protocols: ['http/1.1'] });
  return new TcpFrames(443)
    .send('up', hello)
    .send('down', concat(serverHello(random, sessionIdOf(hello)), changeCipherSpec()))
    .send('up', concat(changeCipherSpec(), encryptedRecords(random, 200)))
    .send('down', encryptedRecords(random, 900))
    .send('down', encryptedRecords(random, 40))
    .send('up', record(21, hex('0100')));
}

/** A message over two records, the second in a segment of its own. */
function fragmented(): TcpFrames {
  const random = new Random(8);
  const hello = clientHello(random, { serverName: 'example.com', protocols: ['http/1.1'] });
  const message = concat(u8(SERVER_KEY_EXCHANGE), u24(60), new Uint8Array(60).fill(3));
  return new TcpFrames(443)
    .send('up', hello)
    .send('down', concat(serverHello(random, sessionIdOf(hello)), record(HANDSHAKE, message.subarray(0, 20))))
    .send('down', record(HANDSHAKE, message.subarray(20)));
}

function extension(type: number, content: string): Bytes {
  return concat(u16(type), counted(16, hex(content)));
}

/** Extensions and messages that few programs send. */
function rare(): TcpFrames {
  const random = new Random(9);
  const extensions = [
    extension(9, '02 00 01'), extension(12, '03 616263'), extension(16, '0000'), extension(41, '0000 0000'), extension(54, '00'), extension(65486, '1301 001d 0004 01020304 0002 abcd 0003 0a0b0c'),
  ];
  const hello = concat(u16(0x0303), random.bytes(32), counted(8, u8()), counted(16, hex('c02f 13')), counted(8, u8(0)), counted(16, concat(...extensions)));
  const status = concat(u8(2), counted(24, counted(24, hex('30030a0106'))));
  const url = concat(u8(1), counted(16, concat(counted(16, hex('68747470')), u8(1), random.bytes(20))));
  return new TcpFrames(443)
    .send('up', record(HANDSHAKE, concat(u8(1), counted(24, hello))))
    .send('down', concat(serverHelloTls12(random), record(HANDSHAKE, concat(u8(22), counted(24, status)))))
    .send('up', record(HANDSHAKE, concat(u8(21), counted(24, url))))
    .send('up', record(HANDSHAKE, concat(u8(67), counted(24, hex('02 6832 02 0000')))));
}

export const TLS_FIXTURES: readonly Fixture[] = [
  fixture('TLS session with data and an alert', ...over(session(), ['', '', '', ':tls', ':tls', ':tls', ':tls', ':tls', ':tls'])),
  fixture('TLS handshake message over two records', ...over(fragmented(), ['', '', '', ':tls', ':tls', ':tls'])),
  fixture('TLS, rare extensions and messages', ...over(rare(), ['', '', '', ':tls', ':tls', ':tls', ':tls'])),
];
