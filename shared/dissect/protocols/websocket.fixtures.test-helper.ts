/** A WebSocket connection whose messages are compressed: the examples of RFC 7692 §7.2.3. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

/** Handshakes of TCP and of WebSocket, in which both ends agree on `extensions`. */
export function upgradedWith(extensions: string): TcpFrames {
  return new TcpFrames(80)
    .send('up', lines('GET /ws HTTP/1.1\nHost: a\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Extensions: permessage-deflate\n\n'))
    .send('down', lines(`HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Extensions: ${extensions}\n\n`));
}

/** "Hello", compressed. */
export const HELLO = hex('c107 f248cdc9c90700');
/** The same again, which refers to the message before it. */
export const HELLO_AGAIN = hex('c105 f200110000');

const COMPRESSED = upgradedWith('permessage-deflate')
  .send('down', HELLO)
  .send('down', HELLO_AGAIN)
  .send('down', hex('c108 f348cdc9c9070000'))
  .send('down', hex('8105 506c61696e'))
  .send('down', hex('4103 f248cd'))
  .send('down', hex('8004 c9c90700'));

/** Where nothing decompresses. */
const COMPRESSED_CHAINS = ['', '', '', ':data-text-lines', '', ''].map((chain) => `:http:websocket${chain}`);

export const WEBSOCKET_FIXTURES: readonly Fixture[] = [
  fixture('WebSocket, compressed', ...over(COMPRESSED, ['', '', '', ':http', ':http', ...COMPRESSED_CHAINS])),
];
