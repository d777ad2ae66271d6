import { concat, latin1 } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { addressRecord, dnsName, dnsType } from '../../craft/dns.ts';
import { arp, broadcast, ethernet, etherType } from '../../craft/link.ts';
import type { Random } from '../../craft/random.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHello, sessionIdOf } from '../../craft/tls.ts';
import type { Wire } from '../../craft/wire.ts';
import { answer, ask } from '../name-lookup.ts';
import { filler, gateway, laptop, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'web-page';
const pageAddress = '192.0.2.80';
const imageAddress = '198.51.100.44';
const roundTripUs = 18_400;

export const webPage: Sample = {
  id,
  title: 'One web page, all layers',
  description: 'Follow one request from ARP to the last byte, in clear and over TLS 1.3.',
  layers: [2, 3, 4, 6, 7],
  interfaceName: 'wlan0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(0);
  const random = randomFor(id);
  findGateway(wire);
  lookUp(wire, random, 'www.example.net', [addressRecord(pageAddress)]);
  fetchPage(wire, random);
  const canonicalName = { type: dnsType.cname, ttl: 300, data: dnsName('edge7.example.org') };
  lookUp(wire, random, 'images.example.net', [canonicalName, addressRecord(imageAddress, 60, 'edge7.example.org')]);
  fetchPicture(wire, random);
  return wire.frames;
}

function findGateway(wire: Wire): void {
  const request = arp({ operation: 'request', senderMac: laptop.mac, senderIp: laptop.ip, targetMac: new Uint8Array(6), targetIp: gateway.ip });
  const reply = arp({ operation: 'reply', senderMac: gateway.mac, senderIp: gateway.ip, targetMac: laptop.mac, targetIp: laptop.ip });
  wire.put(ethernet({ source: laptop.mac, destination: broadcast, type: etherType.arp, payload: request }));
  wire.wait(910);
  wire.put(ethernet({ source: gateway.mac, destination: laptop.mac, type: etherType.arp, payload: reply, padded: true }));
  wire.wait(35);
}

/** Both families are asked for, as stub resolvers do; only IPv4 has an address here. */
function lookUp(wire: Wire, random: Random, name: string, answers: Parameters<typeof answer>[3]['answers'] & object): void {
  const lookup = { client: laptop, resolver: gateway, clientPort: 32768 + random.below(28000) };
  const forIpv4 = { id: random.below(0x10000), name, type: dnsType.a };
  const forIpv6 = { id: random.below(0x10000), name, type: dnsType.aaaa };
  ask(wire, lookup, forIpv4);
  wire.wait(60);
  ask(wire, lookup, forIpv6);
  wire.wait(11_300);
  answer(wire, lookup, forIpv4, { answers });
  wire.wait(420);
  answer(wire, lookup, forIpv6, { answers: answers.filter((record) => record.type === dnsType.cname) });
  wire.wait(180);
}

function fetchPage(wire: Wire, random: Random): void {
  const page = `<!doctype html>\n<title>Layers</title>\n<img src="https://images.example.net/stack.png">\n<p>${filler(3600)}</p>\n`;
  const request = ['GET /layers HTTP/1.1', 'Host: www.example.net', 'User-Agent: Browser/1.0', 'Accept: text/html', 'Connection: close', '', ''].join('\r\n');
  const response = ['HTTP/1.1 200 OK', 'Date: Tue, 14 May 2024 08:00:00 GMT', 'Content-Type: text/html; charset=utf-8', `Content-Length: ${page.length}`, 'Connection: close', '', page].join('\r\n');
  const connection = new TcpConversation(wire, { client: laptop, server: remote(pageAddress), clientPort: 49212, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32() });
  connection.open(roundTripUs);
  wire.wait(90);
  connection.send('client', { payload: latin1(request) });
  wire.wait(roundTripUs);
  connection.send('server');
  wire.wait(5_200);
  connection.transfer('server', latin1(response));
  connection.close('server', 300);
  wire.wait(900);
}

function fetchPicture(wire: Wire, random: Random): void {
  const connection = new TcpConversation(wire, { client: laptop, server: remote(imageAddress, 7), clientPort: 49216, serverPort: 443, clientSequence: random.u32(), serverSequence: random.u32() });
  const hello = clientHello(random, { serverName: 'images.example.net', protocols: ['http/1.1'] });
  connection.open(9_700);
  wire.wait(240);
  connection.send('client', { payload: hello });
  wire.wait(9_900);
  connection.send('server');
  wire.wait(700);
  // Certificate and all that follows the ServerHello is encrypted already.
  connection.transfer('server', concat(serverHello(random, sessionIdOf(hello)), changeCipherSpec(), encryptedRecords(random, 2380)));
  wire.wait(1_100);
  connection.send('client', { payload: concat(changeCipherSpec(), encryptedRecords(random, 53), encryptedRecords(random, 178)) });
  wire.wait(10_200);
  connection.transfer('server', encryptedRecords(random, 5200));
  wire.wait(2_000);
  connection.send('client', { payload: encryptedRecords(random, 19) });
  connection.close('client', 9_800);
}
