/** One TCP connection of the benchmark traffic, planned in full when it starts and sent segment by segment. */
import { type Bytes, concat, latin1, u8 } from '../tools/craft/bytes.ts';
import { ipProtocol } from '../tools/craft/internet.ts';
import type { VlanTag } from '../tools/craft/link.ts';
import type { Random } from '../tools/craft/random.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHelloTls12, tlsContent, tlsRecord } from '../tools/craft/tls.ts';
import { tcp, tcpFlag, type TcpOptions } from '../tools/craft/transport.ts';
import { addressOf, familyOf, frameFor, type Host, pick } from './hosts.ts';

/** `mix` looks like an office's web traffic; `small` is many tiny segments: the worst case for each packet's cost. */
export type Mode = 'mix' | 'small';

export interface Traffic {
  readonly random: Random;
  readonly mode: Mode;
  readonly clients: readonly Host[];
  readonly servers: readonly Host[];
}

type Side = 0 | 1;

interface PlannedSegment {
  readonly side: Side;
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly payload: Bytes;
}

export interface Flow {
  readonly ends: readonly [Host, Host];
  readonly ports: readonly [number, number];
  readonly family: 4 | 6;
  readonly tags: readonly VlanTag[];
  readonly withTimestamps: boolean;
  readonly plan: readonly PlannedSegment[];
  sent: number;
}

export function newFlow(traffic: Traffic): Flow {
  const { random, mode } = traffic;
  const family = familyOf(random);
  const overTls = random.chance(60);
  const webPort = overTls ? 443 : random.chance(75) ? 80 : 8080;
  const plan = new Plan(random, family === 4 ? 1448 : 1428);
  const server = pick(random, traffic.servers);
  plan.open();
  if (mode === 'small') chatter(plan, random);
  else if (overTls) browseTls(plan, random);
  else browseClear(plan, random, hostName(server));
  plan.close();
  return {
    ends: [pick(random, traffic.clients), server],
    ports: [1024 + random.below(64000), mode === 'small' ? 5000 + random.below(50) : webPort],
    family,
    tags: random.chance(10) ? [{ id: 100 + random.below(4) }] : [],
    withTimestamps: mode === 'mix',
    plan: disturb(plan.segments, random),
    sent: 0,
  };
}

/** The next frame, or null after the last. */
export function nextFrame(flow: Flow, timeMs: number): Bytes | null {
  const segment = flow.plan[flow.sent];
  if (!segment) return null;
  flow.sent++;
  const { side, flags, sequence, acknowledgment, payload } = segment;
  const [from, to] = side === 0 ? flow.ends : [flow.ends[1], flow.ends[0]];
  const [sourcePort, destinationPort] = side === 0 ? flow.ports : [flow.ports[1], flow.ports[0]];
  const path = { source: addressOf(from, flow.family), destination: addressOf(to, flow.family) };
  const window = flags & tcpFlag.syn ? 64240 : 502;
  const bytes = tcp(path, { sourcePort, destinationPort, sequence, acknowledgment, flags, window, options: optionsOf(flow, flags, timeMs), payload });
  return frameFor(from, to, flow.family, ipProtocol.tcp, bytes, flow.tags);
}

function optionsOf({ withTimestamps, family }: Flow, flags: number, timeMs: number): TcpOptions {
  const timestamps = { value: timeMs >>> 0, echo: timeMs >>> 0 };
  if (flags & tcpFlag.syn) return { maximumSegmentSize: family === 4 ? 1460 : 1440, sackPermitted: true, timestamps, windowScale: 7 };
  return withTimestamps ? { timestamps } : {};
}

class Plan {
  readonly segments: PlannedSegment[] = [];
  readonly #segmentSize: number;
  readonly #next: [number, number];

  constructor(random: Random, segmentSize: number) {
    this.#segmentSize = segmentSize;
    this.#next = [random.u32(), random.u32()];
  }

  add(side: Side, flags: number, payload: Bytes = u8()): void {
    const acknowledgment = flags & tcpFlag.ack ? this.#next[side === 0 ? 1 : 0] : 0;
    this.segments.push({ side, flags, sequence: this.#next[side], acknowledgment, payload });
    const space = payload.length + (flags & (tcpFlag.syn | tcpFlag.fin) ? 1 : 0);
    this.#next[side] = (this.#next[side] + space) >>> 0;
  }

  /** Data in full segments, every second one and the last acknowledged. */
  data(side: Side, payload: Bytes): void {
    for (let offset = 0, count = 1; offset < payload.length; offset += this.#segmentSize, count++) {
      const last = offset + this.#segmentSize >= payload.length;
      this.add(side, last ? tcpFlag.ack | tcpFlag.psh : tcpFlag.ack, payload.subarray(offset, offset + this.#segmentSize));
      if (last || count % 2 === 0) this.add(side === 0 ? 1 : 0, tcpFlag.ack);
    }
  }

  open(): void {
    this.add(0, tcpFlag.syn);
    this.add(1, tcpFlag.syn | tcpFlag.ack);
    this.add(0, tcpFlag.ack);
  }

  close(): void {
    this.add(0, tcpFlag.fin | tcpFlag.ack);
    this.add(1, tcpFlag.fin | tcpFlag.ack);
    this.add(0, tcpFlag.ack);
  }
}

function chatter(plan: Plan, random: Random): void {
  for (let message = 10 + random.below(40); message > 0; message--) {
    plan.add(random.chance(50) ? 0 : 1, tcpFlag.psh | tcpFlag.ack, random.bytes(1 + random.below(32)));
    if (random.chance(50)) plan.add(random.chance(50) ? 0 : 1, tcpFlag.ack);
  }
}

function browseTls(plan: Plan, random: Random): void {
  const finished = (): Bytes => concat(changeCipherSpec(), tlsRecord(tlsContent.handshake, random.bytes(40)));
  plan.data(0, clientHello(random, { serverName: `host${random.below(500)}.example.com`, protocols: ['h2', 'http/1.1'] }));
  plan.data(1, concat(serverHelloTls12(random), finished()));
  plan.data(0, finished());
  for (let request = 1 + random.below(5); request > 0; request--) {
    plan.data(0, encryptedRecords(random, 100 + random.below(500)));
    plan.data(1, encryptedRecords(random, answerLength(random) + 60));
  }
}

function browseClear(plan: Plan, random: Random, host: string): void {
  for (let request = 1 + random.below(5); request > 0; request--) {
    const length = answerLength(random);
    const question = [
      `GET /path/${random.below(100000)}/item.html?id=${random.below(1000)} HTTP/1.1`,
      `Host: ${host}`,
      'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
      'Accept: text/html,*/*;q=0.8',
      'Accept-Encoding: gzip, deflate',
      'Connection: keep-alive',
      `Cookie: session=${random.u32()}`,
    ];
    const answer = [
      'HTTP/1.1 200 OK',
      'Server: nginx/1.22.1',
      'Date: Tue, 14 Nov 2023 22:13:20 GMT',
      'Content-Type: application/octet-stream',
      `Content-Length: ${length}`,
      'Connection: keep-alive',
      `ETag: "${random.u32()}"`,
    ];
    plan.data(0, head(question));
    plan.data(1, concat(head(answer), random.bytes(length)));
  }
}

function head(lines: readonly string[]): Bytes {
  return latin1([...lines, '', ''].join('\r\n'));
}

/** Half of the answers are short, the others spread exponentially from 2 kB to 54 kB. */
function answerLength(random: Random): number {
  return random.chance(50) ? random.below(1500) : Math.floor(2000 * Math.exp(random.fraction() * 3.3));
}

function hostName({ ipv4 }: Host): string {
  return `host${ipv4.join('-')}.example.com`;
}

/** Of 1000 segments with data, 6 are sent again later and 4 change places with the next; of 1000 bare ACKs, 14 come three times. */
function disturb(segments: readonly PlannedSegment[], random: Random): readonly PlannedSegment[] {
  const result = [...segments];
  for (let index = 3; index + 4 < result.length; index++) {
    const segment = result[index];
    const following = result[index + 1];
    if (!segment || !following) break;
    const lot = random.below(1000);
    const hasData = segment.payload.length > 0;
    if (lot < 6 && hasData) {
      result.splice(Math.min(result.length - 3, index + 2 + random.below(4)), 0, segment);
    } else if (lot < 10 && hasData && following.payload.length > 0 && following.side === segment.side) {
      result.splice(index, 2, following, segment);
      index++;
    } else if (lot < 14 && !hasData) {
      result.splice(index + 1, 0, segment, segment);
      index += 2;
    }
  }
  return result;
}
