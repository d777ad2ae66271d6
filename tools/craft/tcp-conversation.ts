/**
 * Two TCP ends and the wire between them, captured at the client or the server. Sequence and
 * acknowledgment numbers, timestamps, windows and SACK blocks follow from what each end sent and got.
 */
import { type Bytes, u8 } from './bytes.ts';
import { ipProtocol } from './internet.ts';
import { tcp, tcpFlag, type TcpOptions } from './transport.ts';
import type { Hop, Station, Wire } from './wire.ts';

export type Side = 'client' | 'server';

/** Where a segment gets lost: before the capture saw it, or after. */
export type Loss = 'before capture' | 'after capture';

export interface ConversationOptions {
  readonly client: Station;
  readonly server: Station;
  readonly clientPort: number;
  readonly serverPort: number;
  readonly clientSequence: number;
  readonly serverSequence: number;
  /** Largest payload per segment without options; each end announces it. */
  readonly maximumSegmentSize?: number;
  readonly hop?: Hop;
  /** Frames of the other end were padded on their way; those of this end not yet. */
  readonly capturedAt?: Side;
}

export interface SentSegment {
  readonly side: Side;
  readonly sequence: number;
  readonly flags: number;
  readonly payload: Bytes;
}

interface End {
  readonly station: Station;
  readonly port: number;
  /** Sequence number of the next new byte. */
  next: number;
  /** Next byte expected from the other end. */
  expected: number;
  /** Ranges that arrived beyond `expected`, the newest first. */
  readonly beyond: { from: number; to: number }[];
  readonly timestampBase: number;
  lastTimestampSeen: number;
  identification: number;
  /** Bytes that it can receive, as it says. */
  window: number;
}

const windowScale = 7;
const usualWindow = 64_256;
/** Linux offers whole segments of 1460 bytes first. */
const largestFirstWindow = 64_240;
const timestampLength = 12;

export class TcpConversation {
  readonly #wire: Wire;
  readonly #ends: Readonly<Record<Side, End>>;
  readonly #options: ConversationOptions;
  readonly #announcedSize: number;

  constructor(wire: Wire, options: ConversationOptions) {
    const { client, server, clientPort, serverPort, clientSequence, serverSequence } = options;
    this.#wire = wire;
    this.#options = options;
    this.#announcedSize = options.maximumSegmentSize ?? (client.ip.length === 4 ? 1460 : 1440);
    this.#ends = {
      client: newEnd(client, clientPort, clientSequence, serverSequence),
      server: newEnd(server, serverPort, serverSequence, clientSequence),
    };
  }

  /** Bytes of data that a full segment carries beside the timestamps. */
  get fullSegment(): number {
    return this.#announcedSize - timestampLength;
  }

  /** Puts a segment of new data on the wire; flags ACK and, with data, PSH unless told. */
  send(side: Side, { payload = u8(), flags, loss, comment }: { payload?: Bytes; flags?: number; loss?: Loss; comment?: string } = {}): SentSegment {
    const end = this.#ends[side];
    const segment = { side, sequence: end.next, flags: flags ?? tcpFlag.ack | (payload.length > 0 ? tcpFlag.psh : 0), payload };
    end.next = (end.next + spaceOf(segment)) >>> 0;
    this.#deliver(segment, loss, comment);
    return segment;
  }

  /** Sends data in full segments, the other end acknowledging every second one and the last. */
  transfer(side: Side, data: Bytes, { gapUs = 120, acknowledge = true }: { gapUs?: number; acknowledge?: boolean } = {}): void {
    for (let offset = 0, count = 1; offset < data.length; offset += this.fullSegment, count++) {
      const last = offset + this.fullSegment >= data.length;
      this.send(side, { payload: data.subarray(offset, offset + this.fullSegment), flags: last ? tcpFlag.ack | tcpFlag.psh : tcpFlag.ack });
      this.#wire.wait(gapUs);
      if (acknowledge && (last || count % 2 === 0)) {
        this.send(other(side));
        this.#wire.wait(gapUs);
      }
    }
  }

  /** Sends a segment again, with today's acknowledgment number and timestamps. */
  resend(segment: SentSegment, { loss, comment }: { loss?: Loss; comment?: string } = {}): void {
    this.#deliver(segment, loss, comment);
  }

  /** From now on `side` says that it can receive so many bytes. */
  advertise(side: Side, window: number): void {
    this.#ends[side].window = window;
  }

  /** One byte that does not fit into a closed window, to hear whether it has opened (RFC 9293 §3.8.6.1). */
  probe(side: Side, byte: Bytes): void {
    const segment = { side, sequence: this.#ends[side].next, flags: tcpFlag.ack, payload: byte };
    this.#deliver(segment, 'after capture', undefined);
  }

  /** An empty segment one below the next sequence number, which asks for an acknowledgment (RFC 9293 §3.8.4). */
  keepAlive(side: Side): void {
    const segment = { side, sequence: (this.#ends[side].next - 1) >>> 0, flags: tcpFlag.ack, payload: u8() };
    this.#deliver(segment, 'after capture', undefined);
  }

  /** SYN, SYN-ACK, ACK. */
  open(roundTripUs: number): void {
    this.send('client', { flags: tcpFlag.syn });
    this.#wire.wait(roundTripUs);
    this.send('server', { flags: tcpFlag.syn | tcpFlag.ack });
    this.#wire.wait(40);
    this.send('client');
  }

  /** FIN from `first`, FIN from the other end, ACK. */
  close(first: Side, roundTripUs: number): void {
    this.send(first, { flags: tcpFlag.fin | tcpFlag.ack });
    this.#wire.wait(roundTripUs);
    this.send(other(first), { flags: tcpFlag.fin | tcpFlag.ack });
    this.#wire.wait(roundTripUs);
    this.send(first);
  }

  /** RST without options, as stacks send it: with ACK where it answers a SYN (RFC 9293 §3.10.7.1). */
  reset(side: Side, comment?: string): void {
    const end = this.#ends[side];
    this.#put({ side, sequence: end.next, flags: tcpFlag.rst | tcpFlag.ack, payload: u8() }, {}, 0, comment);
  }

  #deliver(segment: SentSegment, loss: Loss | undefined, comment: string | undefined): void {
    if (loss !== 'before capture') {
      this.#put(segment, this.#optionsFor(segment), this.#windowFor(segment), comment);
      this.#ends[segment.side].identification++;
    }
    if (loss === undefined) this.#receive(segment);
  }

  #receive(segment: SentSegment): void {
    const receiver = this.#ends[other(segment.side)];
    const to = (segment.sequence + spaceOf(segment)) >>> 0;
    if (segment.sequence === receiver.expected) {
      receiver.expected = to;
      this.#joinRanges(receiver);
    } else if (isAfter(segment.sequence, receiver.expected)) {
      const range = receiver.beyond.find((each) => each.to === segment.sequence);
      if (range) range.to = to;
      else receiver.beyond.unshift({ from: segment.sequence, to });
    }
    receiver.lastTimestampSeen = this.#timestamp(this.#ends[segment.side]);
  }

  /** Data that waited behind a gap counts once the gap is filled. */
  #joinRanges(receiver: End): void {
    const index = receiver.beyond.findIndex((range) => range.from === receiver.expected);
    const [range] = index < 0 ? [] : receiver.beyond.splice(index, 1);
    if (!range) return;
    receiver.expected = range.to;
    this.#joinRanges(receiver);
  }

  #timestamp(end: End): number {
    return (end.timestampBase + Math.floor(this.#wire.nowUs / 1000)) >>> 0;
  }

  #optionsFor({ side, flags }: SentSegment): TcpOptions {
    const end = this.#ends[side];
    const timestamps = { value: this.#timestamp(end), echo: end.lastTimestampSeen };
    if (flags & tcpFlag.syn) return { maximumSegmentSize: this.#announcedSize, sackPermitted: true, timestamps, windowScale };
    return { timestamps, sackBlocks: end.beyond.slice(0, 3) };
  }

  #windowFor({ side, flags }: SentSegment): number {
    const { window } = this.#ends[side];
    // The window of a SYN is never scaled (RFC 7323 §2.2).
    return flags & tcpFlag.syn ? Math.min(window, largestFirstWindow) : window >>> windowScale;
  }

  #put(segment: SentSegment, options: TcpOptions, window: number, comment: string | undefined): void {
    const { side, sequence, flags, payload } = segment;
    const from = this.#ends[side];
    const to = this.#ends[other(side)];
    const path = { source: from.station.ip, destination: to.station.ip };
    const acknowledgment = flags & tcpFlag.ack ? from.expected : 0;
    const bytes = tcp(path, { sourcePort: from.port, destinationPort: to.port, sequence, acknowledgment, flags, window, options, payload });
    const padded = side !== (this.#options.capturedAt ?? 'client');
    this.#wire.putIp(from.station, to.station, { protocol: ipProtocol.tcp, payload: bytes, identification: from.identification & 0xffff }, { padded, ...this.#options.hop }, comment);
  }
}

function newEnd(station: Station, port: number, next: number, expected: number): End {
  return { station, port, next, expected, beyond: [], timestampBase: next, lastTimestampSeen: 0, identification: next & 0xffff, window: usualWindow };
}

function other(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}

/** Sequence numbers that a segment takes: its data, and one each for SYN and FIN. */
function spaceOf({ payload, flags }: SentSegment): number {
  return payload.length + (flags & tcpFlag.syn ? 1 : 0) + (flags & tcpFlag.fin ? 1 : 0);
}

/** Serial number comparison (RFC 1982): a lies after b. */
function isAfter(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}
