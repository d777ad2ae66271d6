/**
 * Dissects many packets in rising order, for filters and statistics: bytes come from a window
 * that is read ahead, and nothing is copied. Packets far apart are read one by one.
 */
import { FieldReader } from '../../shared/columns/field-reader.ts';
import type { PacketColumns } from '../../shared/columns/packet-columns.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import type { PacketInput } from '../../shared/dissect/state.ts';
import { AheadReader, windowOver } from './ahead-reader.ts';
import type { FileSource } from './source.ts';

/** What is further ahead than this is not worth reading all that lies between. */
const NEAR_BYTES = 1 << 20;

/** Messages lie in packets before the one that shows them: so much of what was passed is kept, in windows of this size. */
const WINDOW_BYTES = 2 << 20;
const PASSED_WINDOWS = 5;

/** Bytes that are at hand; null where they are not. */
export type BytesAtHand = (offset: number, length: number) => Uint8Array | null;

/** What a scanner needs of its capture. */
export interface ScannedCapture {
  readonly columns: PacketColumns;
  readonly source: FileSource;
  readonly run: Dissection;
  /** The packet as dissectors take it; the object may be used again for the next. */
  readonly packet: (position: number, bytes: Uint8Array | null) => PacketInput;
  /** While a packet is dissected, earlier ones are read from what is at hand. */
  readonly lend: (bytes: BytesAtHand | null) => void;
}

export class PacketScanner {
  private readonly capture: ScannedCapture;
  private readonly reader: FieldReader;
  /** Null until something is to be read ahead. */
  private ahead: AheadReader | null = null;
  /** Where the window ends, as far as is known. */
  private windowEnd = 0;

  private readonly atHand: BytesAtHand = (offset, length) => this.ahead?.recent(offset, length) ?? null;

  constructor(capture: ScannedCapture) {
    this.capture = capture;
    this.reader = new FieldReader(capture.run);
  }

  /** True where the window should be moved on before this packet is dissected. */
  isBehind(position: number): boolean {
    const { columns } = this.capture;
    return columns.dataOffset(position) < this.windowEnd + NEAR_BYTES && this.bytes(position) === null;
  }

  /** Moves the window to a packet. */
  async moveTo(position: number): Promise<void> {
    const { columns } = this.capture;
    const offset = columns.dataOffset(position);
    const length = columns.capturedLength(position);
    this.ahead ??= new AheadReader(this.capture.source, windowOver(this.capture.columns.end, WINDOW_BYTES), PASSED_WINDOWS);
    await this.ahead.moveTo(offset, length);
    this.windowEnd = this.ahead.end;
  }

  /** The packet's bytes, where the window has them. Valid until the window moves. */
  bytes(position: number): Uint8Array | null {
    const { columns } = this.capture;
    return this.ahead?.view(columns.dataOffset(position), columns.capturedLength(position)) ?? null;
  }

  /** Lets go of the windows: nothing is to be dissected for a while. */
  release(): void {
    this.ahead = null;
  }

  /** Dissects a packet; what comes back is valid until the next call. */
  dissect(position: number, wanted: Wanted): Dissection {
    const { run, packet, lend } = this.capture;
    lend(this.atHand);
    this.reader.read(packet(position, this.bytes(position)), wanted);
    lend(null);
    return run;
  }
}
