/** Where the tracker keeps what every packet has one of; packets count from 1. */
import { ChunkedRows } from '../bytes/chunked.ts';

/** Times of packets. */
export interface PacketClock {
  seconds(packet: number): number;
  nanos(packet: number): number;
}

/**
 * A packet's place in its TCP stream: the stream, which side sent it, the stream's packet
 * before; its header's flags, and what was found out about it (bits, see tcp-facts.ts). A packet has one such place, that of its own
 * TCP header; headers that it quotes or carries inside are kept by the tracker itself.
 */
export interface PacketLinks {
  /** `previousPacket`: 0 = none. */
  join(packet: number, stream: number, direction: 0 | 1, previousPacket: number, flags: number, analysis: number): void;
  /** -1 where the packet has no place in a TCP stream. */
  stream(packet: number): number;
  direction(packet: number): 0 | 1;
  previousPacket(packet: number): number;
  analysis(packet: number): number;
}

/** Keeps times itself, where nobody else does (tests, one-off dissections). */
export class OwnClock implements PacketClock {
  private readonly rows = new ChunkedRows((length) => new Float64Array(length), 2, 12);

  note(packet: number, seconds: number, nanos: number): void {
    const rows = this.rows.chunk(packet);
    const at = this.rows.offset(packet);
    rows[at] = seconds;
    rows[at + 1] = nanos;
  }

  seconds(packet: number): number {
    return this.rows.peek(packet)?.[this.rows.offset(packet)] ?? 0;
  }

  nanos(packet: number): number {
    return this.rows.peek(packet)?.[this.rows.offset(packet) + 1] ?? 0;
  }
}

/** Keeps links itself, where nobody else does. */
export class OwnLinks implements PacketLinks {
  /** Stream × 2 + direction, + 2 (0: none); previous packet; analysis. */
  private readonly rows = new ChunkedRows((length) => new Uint32Array(length), 3, 12);

  join(packet: number, stream: number, direction: 0 | 1, previousPacket: number, _flags: number, analysis: number): void {
    this.rows.chunk(packet).set([stream * 2 + direction + 2, previousPacket, analysis], this.rows.offset(packet));
  }

  stream(packet: number): number {
    return (this.at(packet, 0) >>> 1) - 1;
  }

  direction(packet: number): 0 | 1 {
    return (this.at(packet, 0) & 1) === 0 ? 0 : 1;
  }

  previousPacket(packet: number): number {
    return this.at(packet, 1);
  }

  analysis(packet: number): number {
    return this.at(packet, 2);
  }

  private at(packet: number, field: number): number {
    return this.rows.peek(packet)?.[this.rows.offset(packet) + field] ?? 0;
  }
}
