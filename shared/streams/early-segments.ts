/**
 * Segments that came before those they follow, where they are to be put in order: they wait in a
 * message of their own that starts where the gap does. Once the gap is filled, the dissector sees
 * all that waited, in the packet that filled it; what it wants more for starts another message.
 */
import type { OpenMessage, Piece } from './reassembly-message.ts';
import { amount, noteWish } from './reassembly-need.ts';
import type { Dissect, Need, SegmentPayload } from './reassembly-need.ts';
import type { ReassemblySide } from './reassembly-side.ts';
import { PART } from './reassembly-table.ts';
import type { ReassemblyTable } from './reassembly-table.ts';

/** More than this behind a gap, or later than this, is not waited with: what was lost for good must not hide the rest. */
const MAX_EARLY_BYTES = 1024 * 1024;
const MAX_EARLY_SEGMENTS = 1024;
const MAX_WAIT_SECONDS = 1;

/** What the reassembler does with messages. */
export interface MessageStore {
  /** Null where no more messages can be counted. */
  readonly open: (side: ReassemblySide, start: number, next: number, packet: number) => OpenMessage | null;
  readonly addPiece: (message: OpenMessage, segment: SegmentPayload, offset: number, isLast: boolean) => boolean;
  readonly keep: (message: OpenMessage, part: number, offset: number, length: number, bytes: Uint8Array, start: number, isLast: boolean) => boolean;
  readonly finish: (message: OpenMessage, packet: number, total: number) => void;
  readonly letGo: (message: OpenMessage) => void;
}

export class EarlySegments {
  private readonly table: ReassemblyTable;
  private readonly store: MessageStore;

  constructor(table: ReassemblyTable, store: MessageStore) {
    this.table = table;
    this.store = store;
  }

  /** Keeps a segment that came early; `expected`: where the gap starts. False where the gap will not be waited for (any longer). */
  hold(side: ReassemblySide, segment: SegmentPayload, expected: number): boolean {
    const end = (segment.sequence + (segment.end - segment.start)) >>> 0;
    const gap = this.gapOf(side, segment, expected, end);
    if (gap === null) return false;
    const offset = (segment.sequence - gap.start) >>> 0;
    if (offset > MAX_EARLY_BYTES || gap.pieces.length >= MAX_EARLY_SEGMENTS || segment.timeSeconds - side.gapSinceSeconds > MAX_WAIT_SECONDS) {
      side.forget(gap);
      this.store.letGo(gap);
      return false;
    }
    const isLast = ((end - gap.next) | 0) >= 0;
    if (isLast) {
      gap.next = end;
      gap.reopen();
    }
    gap.lastPacket = segment.packet;
    this.store.addPiece(gap, segment, offset, isLast);
    return true;
  }

  private gapOf(side: ReassemblySide, { packet, timeSeconds }: SegmentPayload, expected: number, end: number): OpenMessage | null {
    if (side.gap?.fillsGap === true) return side.gap;
    side.gapSinceSeconds = timeSeconds;
    const { latest } = side;
    // A message that wanted one more segment, whichever that is, waits itself.
    if (latest?.complete === false && latest.wantsSegment) {
      latest.wantsSegment = false;
      latest.isGap = true;
      side.gap = latest;
    } else {
      side.gap = this.store.open(side, expected, end, packet);
      if (side.gap !== null) side.gap.isGap = true;
    }
    return side.gap;
  }

  /**
   * The gap is filled by the segment: its message, whose bytes are `joined`, is dissected. What the dissector
   * could do nothing with yet starts another message. Gives the need of a message that is to go on as a whole.
   */
  release(side: ReassemblySide, segment: SegmentPayload, gap: OpenMessage, joined: Uint8Array, dissect: Dissect): Need | null {
    const need = dissect.message(joined, true, 0);
    if (need !== null && need.from === 0) {
      gap.isGap = false;
      return need;
    }
    const from = need === null ? gap.total : Math.min(need.from, gap.total);
    const pieces = [...gap.pieces];
    const { total } = gap;
    // What finishes a message takes its memory back.
    const rest = joined.slice(from);
    if (need?.more === 'fin') side.untilFin = true;
    this.store.finish(gap, segment.packet, from);
    if (need !== null && from < total) this.follow(side, gap, pieces, rest, from, total, need);
    return null;
  }

  /** A message that starts `from` bytes into what waited, made of the pieces from there on. */
  private follow(side: ReassemblySide, gap: OpenMessage, pieces: readonly Piece[], rest: Uint8Array, from: number, total: number, need: Need): void {
    const start = (gap.start + from) >>> 0;
    const following = this.store.open(side, start, (start + total - from + amount(need.more)) >>> 0, gap.lastPacket);
    if (following === null) return;
    const inOrder = [...pieces].sort((a, b) => a.offset - b.offset);
    const moved = inOrder.filter(({ offset, length }) => offset + length > from);
    this.table.unlink(gap.id);
    this.table.assign(gap.id, pieces.filter(({ offset }) => offset < from).map(({ part, offset }) => ({ part, offset })));
    for (const { part, offset, length } of moved) {
      const skipped = Math.max(0, from - offset);
      const place = offset + skipped - from;
      const number = skipped > 0 ? this.cut(part, skipped, length, following.id) : part;
      if (skipped === 0) this.table.assign(following.id, [{ part, offset: place }]);
      this.store.keep(following, number, place, length - skipped, rest, place, false);
    }
    following.wantsSegment = need.more === 'segment';
    noteWish(following, need, total - from);
    side.gap = null;
  }

  /** The end of a piece whose beginning belongs to the message before, as a piece of its own. */
  private cut(part: number, skipped: number, length: number, message: number): number {
    const { packet, position } = this.table.part(part);
    const own = this.table.ownBytesOf(part);
    const number = this.table.addPart(packet, 0, PART.early, position + skipped, length - skipped, message, 0);
    if (own !== undefined) this.table.setOwnBytes(number, own.slice(skipped));
    return number;
  }
}
