/** A packet as dissectors take it, filled from the columns. One object serves many packets. */
import type { CaptureInterface } from '../records/record.ts';
import type { PacketInput } from '../dissect/state.ts';
import type { PacketColumns } from './packet-columns.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class PacketView implements Mutable<PacketInput> {
  /** Set for containers that have sections (pcapng): only their packets tell section and interface. */
  hasSections = false;
  number = 0;
  bytes: Uint8Array = new Uint8Array(0);
  wireLength = 0;
  timeSeconds = 0;
  timeNanos = 0;
  hasTime = false;
  linkType = -1;
  interfaceId = 0;
  interfaceName: string | null = null;
  fcsLength: number | null = null;
  section: number | null = null;
  interfaceDescription: string | null = null;
  packetFlags = 0;
  comments: readonly string[] | null = null;
  firstTime: { seconds: number; nanos: number } | null = null;
  previousTime: { seconds: number; nanos: number } | null = null;

  fill(position: number, columns: PacketColumns, interfaces: readonly (CaptureInterface | undefined)[], bytes: Uint8Array, comments: readonly string[] | null): void {
    const interfaceId = columns.interfaceId(position);
    const description = interfaces[interfaceId];
    this.number = position + 1;
    this.bytes = bytes;
    this.wireLength = columns.wireLength(position);
    this.timeSeconds = columns.timeSeconds(position);
    this.timeNanos = columns.timeNanos(position);
    this.hasTime = columns.hasTime(position);
    this.linkType = description?.linkType ?? -1;
    this.interfaceId = interfaceId;
    this.interfaceName = description?.name ?? null;
    this.interfaceDescription = description?.description ?? null;
    this.section = this.hasSections ? (description?.section ?? null) : null;
    this.fcsLength = description?.fcsLength ?? null;
    this.comments = comments;
    this.firstTime = position > 0 ? timeAt(columns, 0) : null;
    this.previousTime = position > 0 ? timeAt(columns, position - 1) : null;
  }
}

function timeAt(columns: PacketColumns, position: number): { seconds: number; nanos: number } | null {
  return columns.hasTime(position) ? { seconds: columns.timeSeconds(position), nanos: columns.timeNanos(position) } : null;
}
