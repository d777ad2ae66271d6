/**
 * When conversations began and how long ago their previous packet was: learned once, in
 * file order (deep pass), looked up by packet later. Eight bytes a packet.
 */

import { ChunkPool } from '../bytes/chunk-pool.ts';
import { PacketNotes } from '../bytes/packet-notes.ts';
import { PooledRows } from '../bytes/pooled-rows.ts';

const CHUNK_BITS = 14;
const OTHERS = 'since';
const NANOS = 1_000_000_000;

/** A duration: whole seconds and nanoseconds, 0 ≤ nanos < 1e9 (−0.5 s is −1 s and 500,000,000 ns). */
export interface Duration {
  readonly seconds: number;
  readonly nanos: number;
}

export class FlowTimes {
  private firstSeconds = new Float64Array(1024);
  private firstNanos = new Int32Array(1024).fill(-1);
  private previousSeconds = new Float64Array(1024);
  private previousNanos = new Int32Array(1024);
  /** Nanoseconds since the flow's previous packet, by packet number: one more where not negative; 0 where unknown. */
  private readonly deltas: PooledRows<Float64Array>;
  /** What does not fit there: conversations inside tunnels, and gaps of months. */
  private readonly others: PacketNotes;

  constructor(pool: ChunkPool = new ChunkPool()) {
    this.deltas = new PooledRows(Float64Array, 1, CHUNK_BITS, pool);
    this.others = new PacketNotes(pool);
  }

  get byteLength(): number {
    return this.firstSeconds.byteLength + this.firstNanos.byteLength + this.previousSeconds.byteLength + this.previousNanos.byteLength + this.deltas.byteLength + this.others.byteLength;
  }

  /** Notes that the flow exists from this time on; only the first call counts. */
  begin(flow: number, seconds: number, nanos: number): void {
    if (flow >= this.firstNanos.length) this.grow(flow);
    if ((this.firstNanos[flow] as number) >= 0) return;
    this.firstSeconds[flow] = seconds;
    this.firstNanos[flow] = nanos;
    this.previousSeconds[flow] = seconds;
    this.previousNanos[flow] = nanos;
  }

  /** Notes the next packet of a flow that has begun. */
  observe(flow: number, packet: number, occurrence: number, seconds: number, nanos: number): void {
    const since = durationBetween(this.previousSeconds[flow] as number, this.previousNanos[flow] as number, seconds, nanos);
    this.previousSeconds[flow] = seconds;
    this.previousNanos[flow] = nanos;
    const total = since.seconds * NANOS + since.nanos;
    if (occurrence > 0 || !Number.isSafeInteger(total + 1)) this.others.set(OTHERS, packet, occurrence, since);
    else this.deltas.chunk(packet)[this.deltas.offset(packet)] = total < 0 ? total : total + 1;
  }

  /** Time since the flow's previous packet; null where not (yet) known. */
  sincePrevious(packet: number, occurrence: number): Duration | null {
    const stored = occurrence > 0 ? 0 : (this.deltas.peek(packet)?.[this.deltas.offset(packet)] ?? 0);
    if (stored === 0) return (this.others.get(OTHERS, packet, occurrence) as Duration | undefined) ?? null;
    const total = stored < 0 ? stored : stored - 1;
    const seconds = Math.floor(total / NANOS);
    return { seconds, nanos: total - seconds * NANOS };
  }

  /** Time from the flow's first packet; null where not (yet) known. */
  sinceFirst(flow: number, seconds: number, nanos: number): Duration | null {
    const first = this.firstNanos[flow] ?? -1;
    return first < 0 ? null : durationBetween(this.firstSeconds[flow] as number, first, seconds, nanos);
  }

  private grow(flow: number): void {
    const size = Math.max(flow + 1, this.firstNanos.length * 2);
    const nanos = new Int32Array(size).fill(-1);
    nanos.set(this.firstNanos);
    this.firstNanos = nanos;
    this.firstSeconds = enlarged(this.firstSeconds, size);
    this.previousSeconds = enlarged(this.previousSeconds, size);
    const previousNanos = new Int32Array(size);
    previousNanos.set(this.previousNanos);
    this.previousNanos = previousNanos;
  }
}

function durationBetween(fromSeconds: number, fromNanos: number, seconds: number, nanos: number): Duration {
  const borrow = nanos < fromNanos ? 1 : 0;
  return { seconds: seconds - fromSeconds - borrow, nanos: nanos - fromNanos + borrow * NANOS };
}

function enlarged(old: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(size);
  larger.set(old);
  return larger;
}
