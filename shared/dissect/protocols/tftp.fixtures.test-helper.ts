/** A file of three blocks, read with options; the server answers from a port of its own. */
import { concat, latin1, u16, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';

const SERVER_PORT = 3000;

/** An opcode and texts, each with the NUL that ends it. */
export function texts(opcode: number, ...words: readonly string[]): Bytes {
  return concat(u16(opcode), ...words.map((word) => latin1(`${word}\0`)));
}

export function block(number: number, length: number): Bytes {
  return concat(u16(3), u16(number), zeros(length));
}

export function acknowledgement(number: number): Bytes {
  return concat(u16(4), u16(number));
}

/** From the client to its server's own port, or back. */
export function up(bytes: Bytes): Bytes {
  return datagram('up', SERVER_PORT, bytes);
}

export function down(bytes: Bytes): Bytes {
  return datagram('down', SERVER_PORT, bytes);
}

export function transfer(): Bytes[] {
  const request = datagram('up', 69, texts(1, 'boot.img', 'octet', 'blksize', '16', 'tsize', '0'));
  return [request, down(texts(6, 'blksize', '16', 'tsize', '20')), up(acknowledgement(0)), down(block(1, 16)), up(acknowledgement(1)), down(block(2, 4)), up(acknowledgement(2))];
}

const CHAIN = 'eth:ethertype:ip:udp:tftp';

export const TFTP_FIXTURES: readonly Fixture[] = [
  fixture('tftp: a file', transfer(), [CHAIN, CHAIN, CHAIN, `${CHAIN}:data`, CHAIN, `${CHAIN}:data`, CHAIN]),
  fixture('tftp: an error', [datagram('up', 69, texts(2, 'x', 'octet')), down(concat(u16(5), u16(2), latin1('no\0')))], [CHAIN, CHAIN]),
];
