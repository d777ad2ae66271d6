/**
 * A packet as dissectors take it, over the columns. One object serves many packets; what few
 * dissections ask for is looked up when it is asked for.
 */
import type { CaptureInterface } from '../records/record.ts';
import type { PacketInput } from '../dissect/state.ts';
import type { PacketColumns } from './packet-columns.ts';

interface Time {
  readonly seconds: number;
  readonly nanos: number;
}

export class PacketView implements PacketInput {
  /** Set for containers that have sections (pcapng): only their packets tell section and interface. */
  hasSections = false;
  number = 0;
  bytes: Uint8Array = new Uint8Array(0);
  wireLength = 0;
  linkType = -1;
  packetFlags = 0;
  comments: readonly string[] | null = null;
  /** Left out by the user; set by whoever shows packets, never for the passes. */
  isIgnored = false;
  colouring: NonNullable<PacketInput['colouring']> | null = null;
  private columns!: PacketColumns;
  private description: CaptureInterface | undefined = undefined;

  fill(position: number, columns: PacketColumns, interfaces: readonly (CaptureInterface | undefined)[], bytes: Uint8Array, comments: readonly string[] | null): void {
    this.columns = columns;
    this.number = position + 1;
    this.bytes = bytes;
    this.wireLength = columns.wireLength(position);
    this.description = interfaces[columns.interfaceId(position)];
    this.linkType = this.description?.linkType ?? -1;
    this.comments = comments;
  }

  get timeSeconds(): number {
    return this.columns.timeSeconds(this.number - 1);
  }
  get timeNanos(): number {
    return this.columns.timeNanos(this.number - 1);
  }
  get hasTime(): boolean {
    return this.columns.hasTime(this.number - 1);
  }
  get interfaceId(): number {
    return this.columns.interfaceId(this.number - 1);
  }
  get interfaceName(): string | null {
    return this.description?.name ?? null;
  }
  get interfaceDescription(): string | null {
    return this.description?.description ?? null;
  }
  get section(): number | null {
    return this.hasSections ? (this.description?.section ?? null) : null;
  }
  get fcsLength(): number | null {
    return this.description?.fcsLength ?? null;
  }
  get firstTime(): Time | null {
    return this.number > 1 ? this.timeAt(0) : null;
  }
  get previousTime(): Time | null {
    return this.number > 1 ? this.timeAt(this.number - 2) : null;
  }

  private timeAt(position: number): Time | null {
    const { columns } = this;
    return columns.hasTime(position) ? { seconds: columns.timeSeconds(position), nanos: columns.timeNanos(position) } : null;
  }
}
