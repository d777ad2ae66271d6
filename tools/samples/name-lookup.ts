/** DNS over UDP between a station and its resolver. */
import { dnsQuery, type DnsAnswer, type DnsQuestion, dnsResponse } from '../craft/dns.ts';
import { ipProtocol } from '../craft/internet.ts';
import { udp } from '../craft/transport.ts';
import type { Station, Wire } from '../craft/wire.ts';

const dnsPort = 53;

export interface Lookup {
  readonly client: Station;
  readonly resolver: Station;
  readonly clientPort: number;
}

export function ask(wire: Wire, { client, resolver, clientPort }: Lookup, question: DnsQuestion): void {
  const payload = udp({ source: client.ip, destination: resolver.ip }, { sourcePort: clientPort, destinationPort: dnsPort }, dnsQuery(question));
  wire.putIp(client, resolver, { protocol: ipProtocol.udp, payload, identification: question.id });
}

export function answer(wire: Wire, { client, resolver, clientPort }: Lookup, question: DnsQuestion, reply: DnsAnswer): void {
  const payload = udp({ source: resolver.ip, destination: client.ip }, { sourcePort: dnsPort, destinationPort: clientPort }, dnsResponse(question, reply));
  wire.putIp(resolver, client, { protocol: ipProtocol.udp, payload, identification: question.id ^ 0x5555 }, { padded: true });
}
