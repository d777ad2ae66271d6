/** Packets of a capture as dissectors take them: bytes from wherever they are, all else from the columns. */
import type { IndexPass } from '../../shared/columns/index-pass.ts';
import type { PacketView } from '../../shared/columns/packet-view.ts';
import type { PacketExtras } from './packet-extras.ts';
import type { BytesAtHand } from './packet-scanner.ts';

export class CapturePackets {
  /** Set for containers that have sections (pcapng): only their packets tell section and interface. */
  hasSections = false;
  private readonly index: IndexPass;
  private readonly extras: PacketExtras;
  private readonly readAt: (offset: number, length: number) => Uint8Array;
  /** Bytes that whoever dissects right now has at hand. */
  private atHand: BytesAtHand | null = null;

  /** `readAt` gives bytes of the capture; they stay as they are until it is called again. */
  constructor(index: IndexPass, extras: PacketExtras, readAt: (offset: number, length: number) => Uint8Array) {
    this.index = index;
    this.extras = extras;
    this.readAt = readAt;
  }

  /** Until null is lent, bytes are looked for here first. */
  lend(bytes: BytesAtHand | null): void {
    this.atHand = bytes;
  }

  /** Captured bytes; a view of the source's cache, valid until the next read. */
  bytes(position: number): Uint8Array {
    const { columns } = this.index;
    if (position < 0 || position >= columns.count) return new Uint8Array(0);
    const offset = columns.dataOffset(position);
    const length = columns.capturedLength(position);
    return this.atHand?.(offset, length) ?? this.readAt(offset, length);
  }

  fill(view: PacketView, position: number, bytes = this.bytes(position)): PacketView {
    view.hasSections = this.hasSections;
    view.fill(position, this.index.columns, this.index.interfaces, bytes, this.extras.comments(position));
    this.extras.fillFlags(view, position);
    return view;
  }
}
