/**
 * When conversations began and how long ago their previous packet was: learned once, in
 * file order (deep pass), looked up by packet later. Eight bytes a packet.
 */

/** Packets per chunk of the per-packet table. */
const CHUNK = 65_536;
const NANOS = 1e9;

export class FlowTimes {
  private firstSeconds = new Float64Array(1024);
  private firstNanos = new Int32Array(1024).fill(-1);
  private previousSeconds = new Float64Array(1024);
  private previousNanos = new Int32Array(1024);
  /** Nanoseconds since the flow's previous packet, by packet number; NaN where unknown. */
  private readonly deltas: Float64Array[] = [];
  /** The same for conversations inside tunnels: packet × 64 + occurrence. */
  private readonly innerDeltas = new Map<number, number>();

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
    const delta = (seconds - (this.previousSeconds[flow] as number)) * NANOS + nanos - (this.previousNanos[flow] as number);
    this.previousSeconds[flow] = seconds;
    this.previousNanos[flow] = nanos;
    if (occurrence > 0) {
      this.innerDeltas.set(packet * 64 + Math.min(occurrence, 63), delta);
      return;
    }
    const index = Math.floor(packet / CHUNK);
    const chunk = (this.deltas[index] ??= new Float64Array(CHUNK).fill(NaN));
    chunk[packet % CHUNK] = delta;
  }

  /** Nanoseconds since the flow's previous packet; null where not (yet) known. */
  sincePreviousNs(packet: number, occurrence: number): number | null {
    const delta = occurrence > 0 ? this.innerDeltas.get(packet * 64 + Math.min(occurrence, 63)) : this.deltas[Math.floor(packet / CHUNK)]?.[packet % CHUNK];
    return delta === undefined || Number.isNaN(delta) ? null : delta;
  }

  /** Nanoseconds from the flow's first packet to a time; null where not (yet) known. */
  sinceFirstNs(flow: number, seconds: number, nanos: number): number | null {
    const first = this.firstNanos[flow] ?? -1;
    return first < 0 ? null : (seconds - (this.firstSeconds[flow] as number)) * NANOS + nanos - first;
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

function enlarged(old: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(size);
  larger.set(old);
  return larger;
}
