import { concat, ip, latin1, u16 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { icmp, ipPacket, ipProtocol, quote } from '../../craft/internet.ts';
import { ethernet, etherType } from '../../craft/link.ts';
import type { Random } from '../../craft/random.ts';
import { type SentSegment, TcpConversation } from '../../craft/tcp-conversation.ts';
import { tcpFlag } from '../../craft/transport.ts';
import type { Station, Wire } from '../../craft/wire.ts';
import { gateway, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'large-downloads-hang';
const roundTripUs = 41_000;
const pathMtu = 1400;

/** The capture is taken here: the web server whose pages arrive and whose files do not. */
const webServer: Station = { mac: Uint8Array.of(2, 0, 0x5e, 0x10, 0, 0x50), ip: ip('192.168.1.80') };
/** The router before the tunnel, two hops away. */
const tunnelRouter = remote('203.0.113.1', 2);

export const largeDownloadsHang: Sample = {
  id,
  title: 'Large downloads hang',
  description: 'Find the path MTU black hole before you blame the application.',
  layers: [3, 4],
  interfaceName: 'eth0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(3);
  const random = randomFor(id);
  smallPage(wire, random);
  wire.wait(2_000_000);
  largeFile(wire, random);
  return wire.frames;
}

function connect(wire: Wire, random: Random, clientPort: number): TcpConversation {
  const client = remote('198.51.100.77', 9);
  return new TcpConversation(wire, { client, server: webServer, clientPort, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32(), capturedAt: 'server' });
}

function openAndAsk(wire: Wire, connection: TcpConversation, path: string): void {
  connection.send('client', { flags: tcpFlag.syn });
  wire.wait(60);
  connection.send('server', { flags: tcpFlag.syn | tcpFlag.ack });
  wire.wait(roundTripUs);
  connection.send('client');
  wire.wait(80);
  connection.send('client', { payload: latin1(`GET ${path} HTTP/1.1\r\nHost: files.example.com\r\n\r\n`) });
  wire.wait(50);
  connection.send('server');
  wire.wait(1_900);
}

function smallPage(wire: Wire, random: Random): void {
  const connection = connect(wire, random, 40312);
  const body = '<a href="/image.iso">image.iso</a>\n';
  openAndAsk(wire, connection, '/');
  connection.send('server', { payload: latin1(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`) });
  wire.wait(roundTripUs);
  connection.send('client');
  connection.close('client', roundTripUs);
}

/** The server never believes the router: it sends the same full-sized segment again, each time after twice the wait. */
function largeFile(wire: Wire, random: Random): void {
  const connection = connect(wire, random, 40318);
  openAndAsk(wire, connection, '/image.iso');
  const header = 'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 734003200\r\n\r\n';
  const data = concat(latin1(header), random.bytes(6 * connection.fullSegment));
  const segments: SentSegment[] = [];
  for (let index = 0; index < 6; index++) {
    const payload = data.subarray(index * connection.fullSegment, (index + 1) * connection.fullSegment);
    segments.push(connection.send('server', { payload, flags: tcpFlag.ack, loss: 'after capture' }));
    wire.wait(30);
  }
  wire.wait(3_000);
  tooBig(wire, 'The router says what fits: 1400 bytes. A firewall on the server drops this message unread.');
  const [first] = segments;
  for (let attempt = 0; first && attempt < 7; attempt++) {
    wire.wait(240_000 * 2 ** attempt);
    connection.resend(first, { loss: 'after capture' });
    wire.wait(3_000);
    tooBig(wire);
  }
  wire.wait(20_000_000);
  connection.reset('client', 'The client gives up after a minute without a byte.');
}

/** ICMP "fragmentation needed" (RFC 792, RFC 1191 §4) that quotes the last frame on the wire. */
function tooBig(wire: Wire, comment?: string): void {
  const frame = wire.frames.at(-1);
  if (!frame) return;
  const ethernetHeaderLength = 14;
  const quoted = quote(frame.bytes.subarray(ethernetHeaderLength));
  const message = icmp({ type: 3, code: 4, rest: concat(u16(0), u16(pathMtu)), body: quoted });
  const packet = ipPacket({ source: tunnelRouter.ip, destination: webServer.ip, protocol: ipProtocol.icmp, payload: message, ttl: 64 - 2, dontFragment: false, trafficClass: 0xc0 });
  wire.put(ethernet({ source: gateway.mac, destination: webServer.mac, type: etherType.ipv4, payload: packet, padded: true }), comment);
}
