/**
 * Dissects many packets in rising order, for filters and statistics: bytes come from a window
 * that is read ahead, and nothing is copied. Packets far apart are read one by one.
 */
import type { PacketColumns } from '../../shared/columns/packet-columns.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import type { PacketInput } from '../../shared/dissect/state.ts';
import { AheadReader } from './ahead-reader.ts';
import type { FileSource } from './source.ts';

/** What is further ahead than this is not worth reading all that lies between. */
const NEAR_BYTES = 1 << 20;

/** What a scanner needs of its capture. */
export interface ScannedCapture {
  readonly columns: PacketColumns;
  readonly source: FileSource;
  readonly run: Dissection;
  /** The packet as dissectors take it; the object may be used again for the next. */
  readonly packet: (position: number, bytes: Uint8Array | null) => PacketInput;
}

export class PacketScanner {
  private readonly capture: ScannedCapture;
  private readonly ahead: AheadReader;
  /** Where the window ends, as far as is known. */
  private windowEnd = 0;

  constructor(capture: ScannedCapture) {
    this.capture = capture;
    this.ahead = new AheadReader(capture.source);
  }

  /** True where the window should be moved on before this packet is dissected. */
  isBehind(position: number): boolean {
    const { columns } = this.capture;
    const offset = columns.dataOffset(position);
    return offset < this.windowEnd + NEAR_BYTES && this.ahead.view(offset, columns.capturedLength(position)) === null;
  }

  /** Moves the window to a packet. */
  async moveTo(position: number): Promise<void> {
    const { columns } = this.capture;
    const offset = columns.dataOffset(position);
    const length = columns.capturedLength(position);
    await this.ahead.moveTo(offset, length);
    this.windowEnd = this.ahead.end;
  }

  /** Dissects a packet; what comes back is valid until the next call. */
  dissect(position: number, wanted: Wanted): Dissection {
    const { columns, run, packet } = this.capture;
    const bytes = this.ahead.view(columns.dataOffset(position), columns.capturedLength(position));
    run.run(packet(position, bytes), 'show', wanted);
    return run;
  }
}
