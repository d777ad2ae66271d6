import { concat, counted, hex, u16, u24, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHello, sessionIdOf } from '../../../tools/craft/tls.ts';
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

export const TLS_FIXTURES: readonly Fixture[] = [
  fixture('TLS session with data and an alert', ...over(session(), ['', '', '', ':tls', ':tls', ':tls', ':tls', ':tls', ':tls'])),
  fixture('TLS handshake message over two records', ...over(fragmented(), ['', '', '', ':tls', ':tls', ':tls'])),
];
