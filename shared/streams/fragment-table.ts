/**
 * Datagrams put together from IP fragments (RFC 815, RFC 8200 §4.5): built once, in file
 * order (index pass), looked up by every later pass. Fragments may come in any order, twice
 * or overlapping; what came first stays, as in Wireshark, and the oddity is marked.
 */

/** Unfinished datagrams kept at most, in bytes; the oldest are given up beyond that. */
const MOST_PENDING_BYTES = 64 * 1024 * 1024;
/** Reassembled bytes kept at most; later datagrams are then shown as fragments. */
const MOST_KEPT_BYTES = 512 * 1024 * 1024;

export interface Fragment {
  readonly packet: number;
  /** First byte within the datagram's payload. */
  readonly offset: number;
  readonly length: number;
  /** Shares bytes with an earlier fragment, with the same or with other contents. */
  overlaps: boolean;
  conflicts: boolean;
  /** A last fragment that is not the first of its kind. */
  multipleTails: boolean;
  /** Reaches past the end that the last fragment told. */
  tooLong: boolean;
}

export interface Datagram {
  /** In order of offset, then of arrival. */
  readonly fragments: readonly Fragment[];
  readonly bytes: Uint8Array;
  /** The packet that made it whole. */
  readonly packet: number;
}

interface Pending {
  readonly fragments: (Fragment & { bytes: Uint8Array })[];
  /** Length of the whole; -1 while no last fragment has come. */
  total: number;
  heldBytes: number;
}

export class FragmentTable {
  private readonly pending = new Map<string, Pending>();
  private readonly whole = new Map<number, Datagram>();
  private pendingBytes = 0;
  private keptBytes = 0;

  /**
   * Takes a fragment (index pass). `key` names the datagram: version, addresses,
   * identification, protocol. `occurrence` counts the packet's IP headers from 0.
   */
  add(key: string, packet: number, occurrence: number, offset: number, bytes: Uint8Array, more: boolean): void {
    let datagram = this.pending.get(key);
    if (!datagram) {
      datagram = { fragments: [], total: -1, heldBytes: 0 };
      this.pending.set(key, datagram);
    }
    const end = offset + bytes.length;
    const isTail = !more;
    const multipleTails = isTail && datagram.total >= 0 && datagram.total !== end;
    if (isTail && datagram.total < 0) datagram.total = end;
    const tooLong = datagram.total >= 0 && end > datagram.total;
    datagram.fragments.push({ packet: packet * 64 + Math.min(occurrence, 63), offset, length: bytes.length, overlaps: false, conflicts: false, multipleTails, tooLong, bytes: bytes.slice() });
    datagram.heldBytes += bytes.length;
    this.pendingBytes += bytes.length;
    if (isWhole(datagram)) this.finish(key, datagram, packet);
    else this.giveUpOldest();
  }

  private finish(key: string, pending: Pending, packet: number): void {
    this.pending.delete(key);
    this.pendingBytes -= pending.heldBytes;
    if (this.keptBytes + pending.total > MOST_KEPT_BYTES) return;
    this.keptBytes += pending.total;
    const bytes = assemble(pending);
    const fragments = pending.fragments.map(({ packet: place, offset, length, overlaps, conflicts, multipleTails, tooLong }) => ({ packet: Math.floor(place / 64), offset, length, overlaps, conflicts, multipleTails, tooLong }));
    const datagram = { fragments, bytes, packet };
    for (const fragment of pending.fragments) this.whole.set(fragment.packet, datagram);
  }

  private giveUpOldest(): void {
    for (const [key, datagram] of this.pending) {
      if (this.pendingBytes <= MOST_PENDING_BYTES) return;
      this.pending.delete(key);
      this.pendingBytes -= datagram.heldBytes;
    }
  }

  /** The datagram that a packet's fragment became part of; null where it never became whole. */
  datagram(packet: number, occurrence: number): Datagram | null {
    return this.whole.get(packet * 64 + Math.min(occurrence, 63)) ?? null;
  }
}

function byOffset(a: Fragment, b: Fragment): number {
  return a.offset - b.offset;
}

function isWhole(datagram: Pending): boolean {
  if (datagram.total < 0) return false;
  datagram.fragments.sort(byOffset);
  let reached = 0;
  for (const { offset, length } of datagram.fragments) {
    if (offset > reached) return false;
    reached = Math.max(reached, offset + length);
  }
  return reached >= datagram.total;
}

/** Copies the fragments in order of offset; bytes that are already there stay. */
function assemble(datagram: Pending): Uint8Array {
  const bytes = new Uint8Array(datagram.total);
  let reached = 0;
  for (const fragment of datagram.fragments) {
    const end = Math.min(fragment.offset + fragment.length, datagram.total);
    if (fragment.offset < reached) markOverlap(fragment, bytes, Math.min(reached, end));
    if (end > reached) {
      bytes.set(fragment.bytes.subarray(reached - fragment.offset, end - fragment.offset), reached);
      reached = end;
    }
  }
  return bytes;
}

function markOverlap(fragment: Fragment & { bytes: Uint8Array }, whole: Uint8Array, end: number): void {
  fragment.overlaps = true;
  for (let at = fragment.offset; at < end; at += 1) if (whole[at] !== fragment.bytes[at - fragment.offset]) fragment.conflicts = true;
}
