import { latin1 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { dnsResponseCode, dnsType, soaRecord } from '../../craft/dns.ts';
import { echo, icmp, ipProtocol } from '../../craft/internet.ts';
import type { Random } from '../../craft/random.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import type { Wire } from '../../craft/wire.ts';
import { answer, ask } from '../name-lookup.ts';
import { filler, gateway, laptop, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'name-fails';
const resolverTimeoutUs = 5_005_000;
const service = remote('192.0.2.80');
const deadResolver = remote('198.51.100.53');

export const nameFails: Sample = {
  id,
  title: 'Name fails, address works',
  description: 'Read three DNS failures, and see that the network itself is fine.',
  layers: [7],
  interfaceName: 'wlan0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(4);
  const random = randomFor(id);
  noSuchName(wire, random);
  wire.wait(800_000);
  resolverFails(wire, random);
  wire.wait(800_000);
  resolverSilent(wire, random);
  wire.wait(500_000);
  addressWorks(wire, random);
  return wire.frames;
}

/** NXDOMAIN is an answer: the zone's SOA record says who knows, and for how long (RFC 2308 §2.1). */
function noSuchName(wire: Wire, random: Random): void {
  const lookup = { client: laptop, resolver: gateway, clientPort: 41022 };
  for (const type of [dnsType.a, dnsType.aaaa]) {
    const question = { id: random.below(0x10000), name: 'wwww.example.com', type };
    ask(wire, lookup, question);
    wire.wait(14_000);
    answer(wire, lookup, question, { code: dnsResponseCode.nameError, authorities: [soaRecord('example.com')] });
    wire.wait(300);
  }
}

function resolverFails(wire: Wire, random: Random): void {
  const lookup = { client: laptop, resolver: gateway, clientPort: 53117 };
  const question = { id: random.below(0x10000), name: 'shop.example.com', type: dnsType.a };
  ask(wire, lookup, question);
  wire.wait(2_100_000);
  answer(wire, lookup, question, { code: dnsResponseCode.serverFailure });
}

/** The same question three times, five seconds apart: nobody says no, nobody says anything. */
function resolverSilent(wire: Wire, random: Random): void {
  const lookup = { client: laptop, resolver: deadResolver, clientPort: 38440 };
  const question = { id: random.below(0x10000), name: 'shop.example.com', type: dnsType.a };
  for (let attempt = 0; attempt < 3; attempt++) {
    ask(wire, lookup, question);
    wire.wait(resolverTimeoutUs);
  }
}

function addressWorks(wire: Wire, random: Random): void {
  const body = latin1(filler(56));
  for (let sequence = 1; sequence <= 2; sequence++) {
    wire.putIp(laptop, service, { protocol: ipProtocol.icmp, payload: icmp({ type: 8, rest: echo(4711, sequence), body }) });
    wire.wait(18_300);
    wire.putIp(service, laptop, { protocol: ipProtocol.icmp, payload: icmp({ type: 0, rest: echo(4711, sequence), body }) }, { padded: true });
    wire.wait(900_000);
  }
  const connection = new TcpConversation(wire, { client: laptop, server: service, clientPort: 49880, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32() });
  connection.open(18_000);
  wire.wait(100);
  connection.send('client', { payload: latin1('GET / HTTP/1.1\r\nHost: 192.0.2.80\r\nConnection: close\r\n\r\n') });
  wire.wait(18_900);
  connection.transfer('server', latin1('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nConnection: close\r\n\r\nIt works\n'));
  connection.close('server', 400);
}
