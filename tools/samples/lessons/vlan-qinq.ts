import { ip, latin1, mac } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { echo, icmp, ipProtocol } from '../../craft/internet.ts';
import { arp, broadcast, ethernet, etherType, type VlanTag } from '../../craft/link.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import type { Station, Wire } from '../../craft/wire.ts';
import { filler, newWire, randomFor, type Sample } from '../sample.ts';

const id = 'vlan-qinq';
const office: Station = { mac: mac('02:00:5e:20:00:0a'), ip: ip('10.0.10.10') };
const officeServer: Station = { mac: mac('02:00:5e:20:00:0b'), ip: ip('10.0.10.20') };
const guest: Station = { mac: mac('02:00:5e:20:00:14'), ip: ip('10.0.20.10') };
const guestGateway: Station = { mac: mac('02:00:5e:20:00:01'), ip: ip('10.0.20.1') };
const siteA: Station = { mac: mac('02:00:5e:30:00:0a'), ip: ip('10.9.0.1') };
const siteB: Station = { mac: mac('02:00:5e:30:00:0b'), ip: ip('10.9.0.2') };

const officeTag: VlanTag = { id: 10 };
const guestTag: VlanTag = { id: 20, priority: 1 };
/** The provider's tag outside, the customer's inside (IEEE 802.1ad). */
const providerTags: readonly VlanTag[] = [{ type: etherType.serviceVlan, id: 300, priority: 3 }, { id: 42 }];

export const vlanQinq: Sample = {
  id,
  title: 'VLANs and tags within tags',
  description: 'One cable, three networks: untagged, 802.1Q and QinQ frames.',
  layers: [2],
  interfaceName: 'trunk0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(7);
  const random = randomFor(id);
  ping(wire, office, officeServer, []);
  ask(wire, guest, guestGateway, [guestTag]);
  ping(wire, guest, guestGateway, [guestTag]);
  const connection = new TcpConversation(wire, { client: office, server: officeServer, clientPort: 50500, serverPort: 80, clientSequence: random.u32(), serverSequence: random.u32(), hop: { tags: [officeTag], padded: false } });
  connection.open(350);
  connection.send('client', { payload: latin1('GET /status HTTP/1.1\r\nHost: intranet.example\r\n\r\n') });
  wire.wait(800);
  connection.transfer('server', latin1('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nup\n'));
  connection.close('client', 350);
  wire.wait(90_000);
  ask(wire, siteA, siteB, providerTags);
  ping(wire, siteA, siteB, providerTags);
  ping(wire, siteB, siteA, providerTags);
  return wire.frames;
}

function ask(wire: Wire, from: Station, to: Station, tags: readonly VlanTag[]): void {
  const request = arp({ operation: 'request', senderMac: from.mac, senderIp: from.ip, targetMac: new Uint8Array(6), targetIp: to.ip });
  const reply = arp({ operation: 'reply', senderMac: to.mac, senderIp: to.ip, targetMac: from.mac, targetIp: from.ip });
  wire.put(ethernet({ source: from.mac, destination: broadcast, type: etherType.arp, tags, payload: request, padded: true }));
  wire.wait(300);
  wire.put(ethernet({ source: to.mac, destination: from.mac, type: etherType.arp, tags, payload: reply, padded: true }));
  wire.wait(50);
}

function ping(wire: Wire, from: Station, to: Station, tags: readonly VlanTag[]): void {
  const body = latin1(filler(56));
  wire.putIp(from, to, { protocol: ipProtocol.icmp, payload: icmp({ type: 8, rest: echo(99, 1), body }) }, { tags });
  wire.wait(600);
  wire.putIp(to, from, { protocol: ipProtocol.icmp, payload: icmp({ type: 0, rest: echo(99, 1), body }) }, { tags });
  wire.wait(250_000);
}
