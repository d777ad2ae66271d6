import { latin1 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import type { Random } from '../../craft/random.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import { tcpFlag } from '../../craft/transport.ts';
import type { Wire } from '../../craft/wire.ts';
import { laptop, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'refused-filtered-reset';
const serverAddress = '192.0.2.25';
const roundTripUs = 21_000;

export const refusedFilteredReset: Sample = {
  id,
  title: 'Refused, filtered or reset',
  description: 'Three failures that look alike and are not.',
  layers: [4],
  interfaceName: 'eth0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(1);
  const random = randomFor(id);
  refused(wire, random);
  wire.wait(400_000);
  filtered(wire, random);
  wire.wait(900_000);
  reset(wire, random);
  return wire.frames;
}

/** A closed port answers a SYN with RST and sequence number 0 (RFC 9293 §3.10.7.1). */
function refused(wire: Wire, random: Random): void {
  const connection = new TcpConversation(wire, { client: laptop, server: remote(serverAddress), clientPort: 50110, serverPort: 8081, clientSequence: random.u32(), serverSequence: 0 });
  connection.send('client', { flags: tcpFlag.syn });
  wire.wait(roundTripUs);
  connection.reset('server', 'Refused: the host is there, and no program listens on this port.');
}

/** Linux tries again after 1, 2, 4 and 8 seconds. */
function filtered(wire: Wire, random: Random): void {
  const connection = new TcpConversation(wire, { client: laptop, server: remote(serverAddress), clientPort: 50114, serverPort: 8443, clientSequence: random.u32(), serverSequence: 0 });
  const syn = connection.send('client', { flags: tcpFlag.syn, loss: 'after capture', comment: 'Filtered: nothing ever comes back, not even an error.' });
  for (const seconds of [1.02, 2.02, 4.03, 8.06]) {
    wire.wait(seconds * 1e6);
    connection.resend(syn, { loss: 'after capture' });
  }
}

function reset(wire: Wire, random: Random): void {
  const connection = new TcpConversation(wire, { client: laptop, server: remote(serverAddress), clientPort: 50120, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32() });
  connection.open(roundTripUs);
  wire.wait(110);
  connection.send('client', { payload: latin1('POST /upload HTTP/1.1\r\nHost: files.example.net\r\nContent-Length: 5242880\r\n\r\n') });
  wire.wait(roundTripUs);
  connection.send('server');
  for (let chunk = 0; chunk < 3; chunk++) {
    wire.wait(700);
    connection.send('client', { payload: new Uint8Array(connection.fullSegment).fill(0x41 + chunk), flags: tcpFlag.ack });
  }
  wire.wait(roundTripUs);
  connection.reset('server', 'Reset: the connection stood, and the server (or a box between) ended it.');
}
