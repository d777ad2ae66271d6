/**
 * State of all TCP streams, as rows of numbers: 228 bytes a stream, however many there are.
 * A row holds the stream's own numbers and then those of its two sides. Sequence numbers
 * are kept as signed 32-bit integers; differences of two are taken `| 0`, which makes them
 * right across the wrap (RFC 9293 §3.4).
 */
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import { SpillingRows } from '../bytes/spilling-rows.ts';

/** Numbers of a stream (positions in a row). */
export const STREAM = {
  firstPacket: 0,
  lastPacket: 1,
  packets: 2,
  completeness: 3,
  /** Completeness bits that the first packet would have set, had the stream been known before it. */
  firstBits: 4,
  marks: 5,
  serverPort: 6,
  /** Conversation in the FlowTable: addresses and ports. */
  flow: 7,
  lastSynPacket: 8,
} as const;

/** Numbers of one side (positions after the side's start). */
export const SIDE = {
  baseSequence: 0,
  marks: 1,
  /** Highest sequence number + 1 seen so far; 0 = nothing seen. */
  nextSequence: 2,
  nextSequencePacket: 3,
  /** Highest number up to which everything was seen; 0 = nothing seen. */
  maxToAcknowledge: 4,
  lastAck: 5,
  window: 6,
  windowScale: 7,
  duplicateAcks: 8,
  lastOtherAckPacket: 9,
  lastFlags: 10,
  pushBytes: 11,
  /** Segments not yet acknowledged: newest, oldest, how many (see tcp-unacknowledged.ts). */
  newest: 12,
  oldest: 13,
  unacknowledged: 14,
  sackedBytes: 15,
  /** The SYN-ACK that `baseSequence` is from; 0 where it is from something else. */
  baseSynAckPacket: 16,
  mss: 17,
  /** The last packet that brought what was missing, or came again. */
  repairPacket: 18,
} as const;

const SIDE_WIDTH = 19;
export const SIDE_A = 9;
export const SIDE_B = SIDE_A + SIDE_WIDTH;
const ROW_WIDTH = SIDE_B + SIDE_WIDTH;

/** `STREAM.marks` */
export const STREAM_MARK = { fastOpenData: 1, eceSetupSyn: 2, eceSetupSynAck: 4, eceOption: 8, sideAClosesFirst: 0x10, sideBClosesFirst: 0x20, startedByFlowB: 0x40 } as const;

/** `SIDE.marks` */
export const SIDE_MARK = { baseKnown: 1, inFlightValid: 2, pushSetLast: 4, firstAckPending: 8, ordered: 0x10, sackPermitted: 0x20, timestamps: 0x40 } as const;

/** Times of a stream, in nanoseconds (see tcp-tracker.ts): of the stream, then of each side. */
export const TIME = { initialRoundTrip: 0 } as const;
export const SIDE_TIME = { lastAck: 0, nextSequence: 1 } as const;
export const TIME_A = 1;
export const TIME_B = 3;
const TIME_WIDTH = 5;

/** Scale factors of a side that are not shift counts. */
export const SCALE_UNKNOWN = -1;
export const SCALE_UNUSED = -2;
/** The window of a side that has said nothing. */
const WINDOW_UNKNOWN = -1;

const ROW_BITS = 10;

export class StreamTable {
  private readonly rows: SpillingRows<Int32Array>;
  private readonly timeRows: SpillingRows<Float64Array>;
  private used = 0;
  /** Row of the stream last given to `select`: arrays and where it starts in them. */
  row: Int32Array = new Int32Array(0);
  at = 0;
  times: Float64Array = new Float64Array(0);
  timeAt = 0;

  constructor(pool: ChunkPool) {
    this.rows = new SpillingRows(Int32Array, ROW_WIDTH, ROW_BITS, pool);
    this.timeRows = new SpillingRows(Float64Array, TIME_WIDTH, ROW_BITS, pool);
  }

  get count(): number {
    return this.used;
  }

  get byteLength(): number {
    return this.rows.byteLength + this.timeRows.byteLength;
  }

  select(stream: number): void {
    const row = this.rows.chunk(stream);
    const times = this.timeRows.chunk(stream);
    // Most packets go on where the last one was, and V8 keeps books of stored arrays.
    if (row !== this.row) this.row = row;
    if (times !== this.times) this.times = times;
    this.at = this.rows.offset(stream);
    this.timeAt = this.timeRows.offset(stream);
  }

  /** Adds a stream and selects it. */
  add(flow: number, packet: number): number {
    const stream = this.used;
    this.used = stream + 1;
    this.select(stream);
    const { row, at, times, timeAt } = this;
    row[at + STREAM.firstPacket] = packet;
    row[at + STREAM.flow] = flow;
    for (const side of [at + SIDE_A, at + SIDE_B]) {
      row[side + SIDE.windowScale] = SCALE_UNKNOWN;
      row[side + SIDE.window] = WINDOW_UNKNOWN;
      row[side + SIDE.mss] = -1;
      row[side + SIDE.marks] = SIDE_MARK.inFlightValid;
    }
    for (const side of [timeAt + TIME_A, timeAt + TIME_B]) {
      // "Never" must lie further back than any threshold.
      times[side + SIDE_TIME.lastAck] = -Infinity;
      times[side + SIDE_TIME.nextSequence] = -Infinity;
    }
    return stream;
  }
}
