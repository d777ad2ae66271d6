/**
 * Datagrams put together from IP fragments (RFC 815, RFC 8200 §4.5): found once, in file
 * order (index pass), looked up by every later pass. What is kept is where the parts stand,
 * not the parts: they are read again from their packets. Fragments may come in any order,
 * twice or overlapping; what has the lower offset stays, and the oddity is marked.
 */

import { ChunkPool } from '../bytes/chunk-pool.ts';
import { PacketNotes } from '../bytes/packet-notes.ts';

/** Memory of unfinished datagrams at most; the oldest are given up beyond that. */
const MOST_PENDING_BYTES = 64 * 1024 * 1024;
/** What a part costs beyond its bytes, and a datagram beyond its parts: measured, with what waits for the collector. */
const PART_BYTES = 512;
const DATAGRAM_BYTES = 2560;
/** Fragments begin at multiples of this (RFC 791 §3.1). */
const UNIT = 8;

export interface Fragment {
  readonly packet: number;
  /** First byte within the datagram's payload. */
  readonly offset: number;
  readonly length: number;
  /** Shares bytes with an earlier fragment, with the same or with other contents. */
  readonly overlaps: boolean;
  readonly conflicts: boolean;
  /** A last fragment that ends elsewhere than the first of its kind. */
  readonly multipleTails: boolean;
  /** Reaches past the end that the last fragment told. */
  readonly tooLong: boolean;
}

export interface Datagram {
  /** In order of offset, then of arrival. */
  readonly fragments: readonly Fragment[];
  readonly length: number;
  /** The packet that made it whole. */
  readonly packet: number;
}

/** One fragment as a dissector finds it. */
export interface FragmentInput {
  /** Names the datagram: version, addresses, identification, protocol. */
  readonly key: string;
  readonly packet: number;
  /** Counts the packet's IP headers of this version from 0. */
  readonly occurrence: number;
  readonly offset: number;
  /** More fragments follow. */
  readonly more: boolean;
  readonly bytes: Uint8Array;
  /** Where `bytes` begins in the packet; -1 where it is no slice of the captured packet. */
  readonly position: number;
}

interface Part {
  readonly packet: number;
  readonly occurrence: number;
  readonly offset: number;
  readonly length: number;
  readonly position: number;
  bytes: Uint8Array | null;
  overlaps: boolean;
  conflicts: boolean;
  multipleTails: boolean;
  tooLong: boolean;
}

interface Pending {
  readonly parts: Part[];
  /** Length of the whole; -1 while no last fragment has come. */
  total: number;
  heldBytes: number;
  /** One bit per unit that has come, and how many there are. */
  units: Uint8Array;
  unitCount: number;
}

interface Whole extends Datagram {
  readonly fragments: readonly Part[];
}

/** Where a datagram's note stands: with the fragment that made it whole. */
interface Place {
  readonly packet: number;
  readonly occurrence: number;
}

const DATAGRAM = 'datagram';
const PLACE = 'place';

/** Gives the captured bytes of an earlier packet. */
export type ReadPacket = (packet: number) => Uint8Array;

export class FragmentTable {
  private readonly pending = new Map<string, Pending>();
  /** Goes on where it stopped: one that starts anew each time would pass all that was ever deleted. */
  private readonly oldest = this.pending.entries();
  private readonly whole: PacketNotes;
  private pendingBytes = 0;
  /** Datagrams that were given up unfinished. */
  givenUp = 0;
  /** The datagram put together last: the index pass wants its bytes at once, and rows are often shown twice. */
  private latest: { readonly datagram: Datagram; readonly bytes: Uint8Array } | null = null;

  constructor(pool: ChunkPool = new ChunkPool()) {
    this.whole = new PacketNotes(pool);
  }

  get byteLength(): number {
    return this.whole.byteLength + this.pendingBytes;
  }

  /** Takes the next fragment of the capture (index pass). */
  add(fragment: FragmentInput): void {
    let datagram = this.pending.get(fragment.key);
    if (!datagram) {
      datagram = { parts: [], total: -1, heldBytes: DATAGRAM_BYTES, units: new Uint8Array(32), unitCount: 0 };
      this.pending.set(fragment.key, datagram);
      this.pendingBytes += DATAGRAM_BYTES;
    }
    datagram.parts.push(partOf(fragment, datagram));
    markUnits(datagram, fragment);
    datagram.heldBytes += fragment.bytes.length + PART_BYTES;
    this.pendingBytes += fragment.bytes.length + PART_BYTES;
    if (datagram.total >= 0 && datagram.unitCount * UNIT >= datagram.total) this.finish(fragment, datagram);
    else this.giveUpOldest();
  }

  private finish({ key, packet, occurrence }: FragmentInput, { parts, total, heldBytes }: Pending): void {
    this.pending.delete(key);
    this.pendingBytes -= heldBytes;
    parts.sort((a, b) => a.offset - b.offset);
    const datagram: Whole = { fragments: parts, length: total, packet };
    this.latest = { datagram, bytes: assemble(datagram, () => new Uint8Array(0)) };
    markOverlaps(parts, this.latest.bytes);
    const place: Place = { packet, occurrence };
    for (const part of parts) {
      this.whole.set(PLACE, part.packet, part.occurrence, place);
      if (part.position >= 0) part.bytes = null;
    }
    this.whole.set(DATAGRAM, packet, occurrence, datagram);
  }

  private giveUpOldest(): void {
    while (this.pendingBytes > MOST_PENDING_BYTES) {
      const next = this.oldest.next();
      // Never: what was passed is gone, so whatever takes the bytes is still ahead.
      if (next.done === true) return;
      const [key, datagram] = next.value;
      this.pending.delete(key);
      this.pendingBytes -= datagram.heldBytes;
      this.givenUp += 1;
    }
  }

  /** The datagram that a packet's fragment became part of; null where it never became whole. */
  datagram(packet: number, occurrence: number): Datagram | null {
    const place = this.whole.get(PLACE, packet, occurrence) as Place | undefined;
    return place === undefined ? null : (this.whole.get(DATAGRAM, place.packet, place.occurrence) as Whole);
  }

  /** The bytes of a datagram that `datagram` gave, read again from its packets. */
  bytes(datagram: Datagram, read: ReadPacket): Uint8Array {
    if (this.latest?.datagram !== datagram) this.latest = { datagram, bytes: assemble(datagram as Whole, read) };
    return this.latest.bytes;
  }
}

function partOf({ packet, occurrence, offset, more, bytes, position }: FragmentInput, datagram: Pending): Part {
  const end = offset + bytes.length;
  const multipleTails = !more && datagram.total >= 0 && datagram.total !== end;
  if (!more && datagram.total < 0) datagram.total = end;
  const tooLong = datagram.total >= 0 && end > datagram.total;
  return { packet, occurrence, offset, length: bytes.length, position, bytes: bytes.slice(), overlaps: false, conflicts: false, multipleTails, tooLong };
}

/** Units that the fragment fills; a last unit that is cut short counts only at the datagram's end. */
function markUnits(datagram: Pending, { offset, bytes, more }: FragmentInput): void {
  const end = offset + bytes.length;
  const last = more ? Math.floor(end / UNIT) : Math.ceil(end / UNIT);
  if (last > datagram.units.length * 8) {
    const units = new Uint8Array(Math.max(datagram.units.length * 2, Math.ceil(last / 8)));
    units.set(datagram.units);
    datagram.units = units;
  }
  for (let unit = offset / UNIT; unit < last; unit += 1) {
    const at = unit >> 3;
    const bit = 1 << (unit & 7);
    if (((datagram.units[at] as number) & bit) !== 0) continue;
    datagram.units[at] = (datagram.units[at] as number) | bit;
    datagram.unitCount += 1;
  }
}

/** Marks parts that come where others were before, and those that say something else there. */
function markOverlaps(parts: readonly Part[], whole: Uint8Array): void {
  let reached = 0;
  for (const part of parts) {
    if (part.offset < reached) {
      part.overlaps = true;
      const end = Math.min(reached, part.offset + part.length, whole.length);
      for (let at = part.offset; at < end && !part.conflicts; at += 1) part.conflicts = whole[at] !== part.bytes?.[at - part.offset];
    }
    reached = Math.max(reached, part.offset + part.length);
  }
}

/** Copies the parts in order of offset; bytes that are already there stay. */
function assemble({ fragments, length }: Whole, read: ReadPacket): Uint8Array {
  const whole = new Uint8Array(length);
  let reached = 0;
  for (const part of fragments) {
    const end = Math.min(part.offset + part.length, length);
    if (end <= reached) continue;
    const bytes = part.bytes ?? read(part.packet).subarray(part.position, part.position + part.length);
    whole.set(bytes.subarray(reached - part.offset, end - part.offset), reached);
    reached = end;
  }
  return whole;
}
