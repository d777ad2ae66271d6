import { latin1 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import type { Random } from '../../craft/random.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import { tcpFlag } from '../../craft/transport.ts';
import type { Station, Wire } from '../../craft/wire.ts';
import { laptop, newWire, randomFor, type Sample } from '../sample.ts';

const id = 'never-closed';
const roundTripUs = 900;
const server: Station = { mac: Uint8Array.of(2, 0, 0x5e, 0x10, 0, 0x60), ip: Uint8Array.of(192, 168, 1, 60) };

export const neverClosed: Sample = {
  id,
  title: 'States that pile up',
  description: 'Three goodbyes: by both, by one alone, and none. Who is left in CLOSE-WAIT?',
  layers: [4],
  interfaceName: 'eth0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(11);
  const random = randomFor(id);
  const connections = [54_001, 54_002, 54_003].map((port) => requestOn(wire, random, port));
  const [closed, halfClosed, forgotten] = connections;
  wire.wait(300_000);
  closed?.close('client', roundTripUs);
  wire.wait(50_000);
  if (halfClosed) closeOneSide(wire, halfClosed);
  wire.wait(30_000_000);
  if (forgotten) keepAlive(wire, forgotten);
  return wire.frames;
}

function requestOn(wire: Wire, random: Random, clientPort: number): TcpConversation {
  const connection = new TcpConversation(wire, { client: laptop, server, clientPort, serverPort: 8080, clientSequence: random.u32(), serverSequence: random.u32() });
  connection.open(roundTripUs);
  wire.wait(60);
  connection.send('client', { payload: latin1('GET /stock HTTP/1.1\r\nHost: shop.example\r\n\r\n') });
  wire.wait(roundTripUs);
  connection.send('server', { payload: latin1('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n17\n') });
  wire.wait(50);
  connection.send('client');
  wire.wait(20_000);
  return connection;
}

function closeOneSide(wire: Wire, connection: TcpConversation): void {
  connection.send('client', { flags: tcpFlag.fin | tcpFlag.ack });
  wire.wait(roundTripUs);
  connection.send('server', { comment: 'Acknowledged, but no FIN of its own: the program on the server never closes, and CLOSE-WAIT stays.' });
}

/** A byte-less segment one below the next number (RFC 9293 §3.8.4): is anybody still there? */
function keepAlive(wire: Wire, connection: TcpConversation): void {
  for (let count = 0; count < 2; count++) {
    connection.keepAlive('server');
    wire.wait(40);
    connection.send('client');
    wire.wait(30_000_000);
  }
}
