/**
 * Synthetic traffic for the benchmarks, the same on every machine: web connections in clear and in
 * TLS, names, pings and ARP between 2000 hosts, with valid checksums and some loss and reordering.
 */
import { type Bytes, zeros } from '../tools/craft/bytes.ts';
import { dnsQuery, dnsResponse, dnsType } from '../tools/craft/dns.ts';
import { echo, icmp, icmpv6, ipProtocol } from '../tools/craft/internet.ts';
import { arp, broadcast, ethernet, etherType } from '../tools/craft/link.ts';
import type { Random } from '../tools/craft/random.ts';
import { udp } from '../tools/craft/transport.ts';
import { type Flow, type Mode, newFlow, nextFrame, type Traffic } from './flow.ts';
import { addressOf, familyOf, frameFor, type Host, newHost, pick } from './hosts.ts';

const hostCount = 2000;
const concurrentFlows = 300;
/** Of 1000 frames so many are DNS, then ICMP, then ARP; the rest are TCP. */
const share = { dns: 40, icmp: 5, arp: 5 } as const;
const meanGapUs = 25;

interface PendingQuery {
  readonly client: Host;
  readonly family: 4 | 6;
  readonly port: number;
  readonly id: number;
  readonly name: string;
}

/** Makes one frame after the other; `timeUs` is the time of the last. */
export class TrafficGenerator {
  readonly #traffic: Traffic;
  readonly #flows: Flow[];
  readonly #queries: PendingQuery[] = [];
  #timeUs = 1_700_000_000e6;

  constructor(random: Random, mode: Mode) {
    const hosts = Array.from({ length: hostCount }, (_, index) => newHost(random, index));
    this.#traffic = { random, mode, clients: hosts.slice(0, hostCount * 0.75), servers: hosts.slice(hostCount * 0.75) };
    this.#flows = Array.from({ length: concurrentFlows }, () => newFlow(this.#traffic));
  }

  get timeUs(): number {
    return Math.floor(this.#timeUs);
  }

  next(): Bytes {
    const { random } = this.#traffic;
    this.#timeUs += -Math.log(1 - random.fraction()) * meanGapUs;
    const lot = random.below(1000);
    if (lot < share.dns) return this.#dns();
    if (lot < share.dns + share.icmp) return this.#ping();
    if (lot < share.dns + share.icmp + share.arp) return this.#arp();
    return this.#tcp();
  }

  #tcp(): Bytes {
    const index = this.#traffic.random.below(this.#flows.length);
    const flow = this.#flows[index];
    const frame = flow && nextFrame(flow, Math.floor(this.#timeUs / 1000));
    if (frame) return frame;
    this.#flows[index] = newFlow(this.#traffic);
    return this.#tcp();
  }

  #dns(): Bytes {
    const { random, clients } = this.#traffic;
    const waiting = this.#queries.length;
    if (waiting > 8 || (waiting > 0 && random.chance(50))) return this.#dnsAnswer(this.#queries.shift());
    const query: PendingQuery = { client: pick(random, clients), family: familyOf(random), port: 1024 + random.below(64000), id: random.below(0x10000), name: `www${random.below(5000)}.example.com` };
    this.#queries.push(query);
    return this.#datagram(query, true, dnsQuery({ ...query, type: dnsType.a }));
  }

  #dnsAnswer(query: PendingQuery | undefined): Bytes {
    if (!query) return this.#dns();
    const { random } = this.#traffic;
    const answers = Array.from({ length: 1 + random.below(3) }, () => ({ type: dnsType.a, ttl: 300, data: random.bytes(4) }));
    return this.#datagram(query, false, dnsResponse({ ...query, type: dnsType.a }, { answers }));
  }

  #datagram({ client, family, port }: PendingQuery, toServer: boolean, payload: Bytes): Bytes {
    const resolver = this.#traffic.servers[0] ?? client;
    const [from, to] = toServer ? [client, resolver] : [resolver, client];
    const ports = toServer ? { sourcePort: port, destinationPort: 53 } : { sourcePort: 53, destinationPort: port };
    const path = { source: addressOf(from, family), destination: addressOf(to, family) };
    return frameFor(from, to, family, ipProtocol.udp, udp(path, ports, payload));
  }

  #ping(): Bytes {
    const { random, clients, servers, mode } = this.#traffic;
    const [from, to] = [pick(random, clients), pick(random, servers)];
    const family = familyOf(random);
    const reply = random.chance(50);
    const message = { rest: echo(random.below(0x10000), random.below(1000)), body: random.bytes(mode === 'small' ? 16 : 56) };
    const payload = family === 4 ? icmp({ ...message, type: reply ? 0 : 8 }) : icmpv6(from.ipv6, to.ipv6, { ...message, type: reply ? 129 : 128 });
    return frameFor(from, to, family, family === 4 ? ipProtocol.icmp : ipProtocol.icmpv6, payload);
  }

  #arp(): Bytes {
    const { random, clients, servers } = this.#traffic;
    const [from, to] = [pick(random, clients), pick(random, servers)];
    const isReply = random.chance(50);
    const message = arp({ operation: isReply ? 'reply' : 'request', senderMac: from.mac, senderIp: from.ipv4, targetMac: isReply ? to.mac : zeros(6), targetIp: to.ipv4 });
    return ethernet({ source: from.mac, destination: isReply ? to.mac : broadcast, type: etherType.arp, payload: message, padded: true });
  }
}
