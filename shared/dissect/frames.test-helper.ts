/** Frames for tests: datagrams and TCP segments over IPv4 between two fixed ends. */
import { concat, hex, ip, mac } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { ipPacket, ipProtocol } from '../../tools/craft/internet.ts';
import { etherType, ethernet } from '../../tools/craft/link.ts';
import { tcp, tcpFlag, udp } from '../../tools/craft/transport.ts';
import { Dissection } from './dissection.ts';
import { WANT_NOTHING, WANT_TREE } from './run.ts';
import { packetInput } from './dissect-frames.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { Registry } from './registry.ts';
import { CaptureState } from './state.ts';
import { labelText } from './values.ts';
import { Streams } from '../streams/streams.ts';

const CLIENT = { mac: mac('02:00:00:00:00:01'), ip: ip('192.0.2.1') };
const SERVER = { mac: mac('02:00:00:00:00:02'), ip: ip('192.0.2.2') };

type Direction = 'up' | 'down';

function frame(direction: Direction, protocol: number, payload: Bytes): Bytes {
  const [from, to] = direction === 'up' ? [CLIENT, SERVER] : [SERVER, CLIENT];
  const packet = ipPacket({ source: from.ip, destination: to.ip, protocol, payload });
  return ethernet({ source: from.mac, destination: to.mac, type: etherType.ipv4, payload: packet });
}

function pathOf(direction: Direction): { source: Bytes; destination: Bytes } {
  return direction === 'up' ? { source: CLIENT.ip, destination: SERVER.ip } : { source: SERVER.ip, destination: CLIENT.ip };
}

/** A datagram from the client ("up") or back ("down"); `port` is the server's. */
export function datagram(direction: Direction, port: number, payload: Bytes, clientPort = 40000): Bytes {
  const ports = direction === 'up' ? { sourcePort: clientPort, destinationPort: port } : { sourcePort: port, destinationPort: clientPort };
  return frame(direction, ipProtocol.udp, udp(pathOf(direction), ports, payload));
}

/** A TCP conversation as a list of frames, opened with the three-way handshake. */
export class TcpFrames {
  readonly frames: Bytes[] = [];
  private readonly port: number;
  private readonly next: Record<Direction, number> = { up: 1000, down: 5000 };

  constructor(port: number) {
    this.port = port;
    this.put('up', tcpFlag.syn);
    this.next.up += 1;
    this.put('down', tcpFlag.syn | tcpFlag.ack);
    this.next.down += 1;
    this.put('up', tcpFlag.ack);
  }

  /** A segment with data; returns this. */
  send(direction: Direction, payload: Bytes): this {
    this.put(direction, tcpFlag.ack | tcpFlag.psh, payload);
    this.next[direction] += payload.length;
    return this;
  }

  /** A segment with FIN, and data where there is some; returns this. */
  finish(direction: Direction, payload: Bytes = new Uint8Array(0)): this {
    this.put(direction, tcpFlag.ack | tcpFlag.fin, payload);
    this.next[direction] += payload.length + 1;
    return this;
  }

  private put(direction: Direction, flags: number, payload: Bytes = new Uint8Array(0)): void {
    const ports = direction === 'up' ? { sourcePort: 40000, destinationPort: this.port } : { sourcePort: this.port, destinationPort: 40000 };
    const other = direction === 'up' ? 'down' : 'up';
    const acknowledgment = (flags & tcpFlag.ack) !== 0 ? this.next[other] : 0;
    this.frames.push(frame(direction, ipProtocol.tcp, tcp(pathOf(direction), { ...ports, sequence: this.next[direction], acknowledgment, flags, window: 502, payload })));
  }
}

/** Parts as hex text or bytes, joined. */
export function bytesOf(...parts: readonly (string | Bytes)[]): Bytes {
  return concat(...parts.map((part) => (typeof part === 'string' ? hex(part) : part)));
}

/** Lines of every packet's tree, the packets being shown in the given order (indices). */
export function treesShownInOrder(frames: readonly Bytes[], order: readonly number[]): string[] {
  const run = new Dissection(new Registry(PROTOCOLS), new CaptureState(new Streams(), { verifyChecksums: false }));
  const packets = frames.map((bytes, index) => packetInput(bytes, index + 1, {}));
  run.state.readPacketBytes = (packet) => frames[packet - 1] ?? new Uint8Array(0);
  for (const packet of packets) run.run(packet, 'index', WANT_NOTHING);
  for (const packet of packets) run.run(packet, 'deep', WANT_NOTHING);
  run.state.finalPackets = packets.length;
  const trees: string[] = [];
  for (const index of order) {
    run.run(packets[index] as (typeof packets)[number], 'show', WANT_TREE);
    trees[index] = Array.from({ length: run.tape.count }, (_, entry) => labelText(run.tape, entry)).join('\n');
  }
  return trees;
}
