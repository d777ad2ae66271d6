import { concat, latin1 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import type { Random } from '../../craft/random.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import { tcpFlag } from '../../craft/transport.ts';
import type { Wire } from '../../craft/wire.ts';
import { laptop, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'receiver-says-stop';
const roundTripUs = 12_000;
const receiveBuffer = 14_592;
const segmentsUntilFull = 10;
const segmentsAfter = 4;

export const receiverSaysStop: Sample = {
  id,
  title: 'The receiver says stop',
  description: 'A download stands still: a window that closes, probes, and who has to act.',
  layers: [4],
  interfaceName: 'eth0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(10);
  const random = randomFor(id);
  const connection = new TcpConversation(wire, { client: laptop, server: remote('198.51.100.30', 6), clientPort: 53040, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32() });
  connection.advertise('client', receiveBuffer);
  connection.open(roundTripUs);
  wire.wait(90);
  connection.send('client', { payload: latin1('GET /backup.tar HTTP/1.1\r\nHost: files.example.com\r\n\r\n') });
  wire.wait(roundTripUs);
  connection.send('server');
  wire.wait(800);
  const data = response(random, (segmentsUntilFull + segmentsAfter) * connection.fullSegment);
  const full = segmentsUntilFull * connection.fullSegment;
  fillTheBuffer(wire, connection, data.subarray(0, full));
  waitForRoom(wire, connection, data.subarray(full, full + 1));
  connection.transfer('server', data.subarray(full));
  connection.close('server', roundTripUs);
  return wire.frames;
}

/** An HTTP response whose header and body together have `length` bytes. */
function response(random: Random, length: number): Uint8Array {
  const header = (bodyLength: number): string => `HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\nContent-Length: ${bodyLength}\r\n\r\n`;
  // The length has five digits in any case.
  const bodyLength = length - header(10_000).length;
  return concat(latin1(header(bodyLength)), random.bytes(bodyLength));
}

/** The program on the client does not read: each acknowledgment offers less room. */
function fillTheBuffer(wire: Wire, connection: TcpConversation, data: Uint8Array): void {
  const size = connection.fullSegment;
  for (let index = 0; index < segmentsUntilFull; index++) {
    connection.send('server', { payload: data.subarray(index * size, (index + 1) * size), flags: tcpFlag.ack });
    wire.wait(110);
    if (index % 2 === 0) continue;
    const room = receiveBuffer - (index + 1) * size;
    const full = room < size;
    connection.advertise('client', full ? 0 : room);
    connection.send('client', full ? { comment: 'Window 0: the program here does not read what has arrived.' } : {});
    wire.wait(90);
  }
}

/** Probes after longer and longer waits, each answered: the connection lives. Then the program reads. */
function waitForRoom(wire: Wire, connection: TcpConversation, nextByte: Uint8Array): void {
  for (const waitUs of [210_000, 430_000, 870_000]) {
    wire.wait(waitUs);
    connection.probe('server', nextByte);
    wire.wait(120);
    connection.send('client');
  }
  wire.wait(640_000);
  connection.advertise('client', receiveBuffer);
  connection.send('client', { comment: 'A window update: the program has read, and the sender goes on.' });
  wire.wait(roundTripUs);
}
