import { latin1 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { type SentSegment, TcpConversation } from '../../craft/tcp-conversation.ts';
import { tcpFlag } from '../../craft/transport.ts';
import type { Wire } from '../../craft/wire.ts';
import { filler, laptop, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'retransmission';
/** Short enough for Wireshark to call the repair a fast retransmission: it allows 20 ms. */
const roundTripUs = 16_000;

export const retransmission: Sample = {
  id,
  title: 'A retransmission and its cause',
  description: 'Two losses, one on each side of the capture: tell which is where.',
  layers: [4],
  interfaceName: 'eth0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(2);
  const random = randomFor(id);
  const connection = new TcpConversation(wire, { client: laptop, server: remote('203.0.113.9', 13), clientPort: 51002, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32() });
  connection.open(roundTripUs);
  wire.wait(70);
  connection.send('client', { payload: latin1(request('/report/1')) });
  wire.wait(roundTripUs);
  connection.send('server');
  wire.wait(2_000);
  lossOnTheWayHere(wire, connection);
  wire.wait(1_200_000);
  lossOnTheWayThere(wire, connection);
  connection.close('client', roundTripUs);
  return wire.frames;
}

/** The third of eight segments never arrives: a gap, duplicate ACKs with SACK, a fast retransmission (RFC 5681 §3.2). */
function lossOnTheWayHere(wire: Wire, connection: TcpConversation): void {
  const size = connection.fullSegment;
  const headerFor = (length: number): string => `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`;
  // Header and body fill eight segments; the length has five digits in any case.
  const bodyLength = 8 * size - headerFor(10_000).length;
  const data = latin1(headerFor(bodyLength) + filler(bodyLength));
  let lost: SentSegment | undefined;
  for (let index = 0; index < 8; index++) {
    const payload = data.subarray(index * size, (index + 1) * size);
    const flags = index === 7 ? tcpFlag.ack | tcpFlag.psh : tcpFlag.ack;
    if (index === 2) {
      lost = connection.send('server', { payload, flags, loss: 'before capture' });
      continue;
    }
    connection.send('server', { payload, flags });
    wire.wait(110);
    // With a gap before it, every segment is acknowledged at once (RFC 5681 §4.2).
    if (index !== 0) connection.send('client');
    wire.wait(90);
  }
  wire.wait(roundTripUs - 900);
  if (lost) connection.resend(lost, { comment: 'Lost before it came here: the sequence numbers show a gap, and only one copy was ever captured.' });
  wire.wait(60);
  connection.send('client');
}

/** A request that was captured and still did not arrive: no gap here, but the same bytes twice, a timeout apart (RFC 6298). */
function lossOnTheWayThere(wire: Wire, connection: TcpConversation): void {
  const sent = connection.send('client', { payload: latin1(request('/report/2')), loss: 'after capture' });
  wire.wait(236_000);
  connection.resend(sent, { comment: 'Lost after it left here: both copies were captured, so the loss lies beyond.' });
  wire.wait(roundTripUs);
  connection.send('server');
  wire.wait(3_000);
  connection.send('server', { payload: latin1('HTTP/1.1 204 No Content\r\n\r\n') });
  wire.wait(80);
  connection.send('client');
  wire.wait(40_000);
}

function request(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: reports.example.com\r\nAccept: text/plain\r\n\r\n`;
}
