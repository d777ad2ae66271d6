/**
 * Plain data about single packets, for as many packets as a capture has. Only the packets
 * looked at last have their notes as objects; the others' are bytes (plain-codec.ts), which a
 * pool puts away where memory is short.
 *
 * What `get` gives may be changed, but is only sure to be kept when it is `set` again.
 */
import { Piece } from './chunk-pool.ts';
import type { ChunkPool } from './chunk-pool.ts';
import type { ChunkStore } from './chunk-store.ts';
import { decodePlain, encodePlain } from './plain-codec.ts';

/** Packets whose notes are kept together. */
const GROUP_BITS = 10;
const GROUP_MASK = 2 ** GROUP_BITS - 1;
/** Groups whose notes stand as objects: answers mostly follow within so many packets, and find their requests' notes there. */
const MOST_OPEN = 64;
const FEWEST_OPEN = 8;
/** What an open group may take. */
const OPEN_BYTES = 1024 * 1024;
/** Notes of one kind that a packet can have. */
const MOST_OCCURRENCES = 64;

/** By kind of note: place in the group × 64 + occurrence → note. */
type Open = Map<string, Map<number, unknown>>;

class Group extends Piece {
  open: Open | null = null;
  /** The notes as bytes; null where they are not in memory. Out of date while `isChanged`. */
  bytes: Uint8Array | null = null;
  length = 0;
  isChanged = false;
  /** The store has these bytes. */
  isStored = false;
  readonly isInUse = false;
  private place = -1;
  /** Bytes that the place can take. */
  private room = 0;

  get byteLength(): number {
    return this.length;
  }

  override putAway(store: ChunkStore): boolean {
    if (this.bytes === null) return false;
    if (!this.isStored) {
      const place = store.write(this.bytes, this.length <= this.room ? this.place : -1);
      if (place < 0) return false;
      if (place !== this.place) this.room = this.length;
      this.place = place;
      this.isStored = true;
    }
    this.bytes = null;
    return true;
  }

  /** Makes objects of the notes; the group leaves the pool's care. */
  read(pool: ChunkPool): Open {
    if (this.bytes !== null) pool.leave(this);
    else if (this.length > 0) {
      this.bytes = new Uint8Array(this.length);
      pool.fetch(this.place, this.bytes);
    }
    this.open = this.bytes === null ? new Map() : (decodePlain(this.bytes) as Open);
    return this.open;
  }

  /** Keeps the notes as bytes. */
  close(): void {
    if (this.isChanged || this.bytes === null) {
      this.bytes = encodePlain(this.open);
      this.length = this.bytes.length;
      this.isStored = false;
    }
    this.isChanged = false;
    this.open = null;
  }
}

export class PacketNotes {
  private readonly pool: ChunkPool;
  private readonly mostOpen: number;
  private readonly groups: (Group | undefined)[] = [];
  /** Groups with objects, the one opened first in front. */
  private readonly opened: Group[] = [];
  private current: Group | undefined = undefined;
  private currentIndex = -1;
  private closedBytes = 0;

  constructor(pool: ChunkPool) {
    this.pool = pool;
    this.mostOpen = Math.max(FEWEST_OPEN, Math.min(MOST_OPEN, Math.floor(pool.budgetBytes / OPEN_BYTES)));
  }

  /** Bytes of all notes that are not objects at the moment, wherever they are. */
  get byteLength(): number {
    return this.closedBytes;
  }

  get(kind: string, packet: number, occurrence: number): unknown {
    return this.group(packet, false)?.get(kind)?.get(keyOf(packet, occurrence));
  }

  set(kind: string, packet: number, occurrence: number, note: unknown): void {
    const open = this.group(packet, true) as Open;
    (this.current as Group).isChanged = true;
    let notes = open.get(kind);
    if (notes === undefined) {
      notes = new Map();
      open.set(kind, notes);
    }
    notes.set(keyOf(packet, occurrence), note);
  }

  private group(packet: number, writing: boolean): Open | null {
    const index = packet >>> GROUP_BITS;
    if (index === this.currentIndex && this.current !== undefined && this.current.open !== null) return this.current.open;
    let group = this.groups[index];
    if (group === undefined) {
      if (!writing) return null;
      while (this.groups.length <= index) this.groups.push(undefined);
      group = new Group();
      this.groups[index] = group;
    }
    this.current = group;
    this.currentIndex = index;
    return group.open ?? this.open(group);
  }

  private open(group: Group): Open {
    this.closedBytes -= group.length;
    const open = group.read(this.pool);
    this.opened.push(group);
    if (this.opened.length > this.mostOpen) this.close(this.opened.shift() as Group);
    return open;
  }

  private close(group: Group): void {
    group.close();
    this.closedBytes += group.length;
    this.pool.enter(group);
  }
}

function keyOf(packet: number, occurrence: number): number {
  return (packet & GROUP_MASK) * MOST_OCCURRENCES + Math.min(occurrence, MOST_OCCURRENCES - 1);
}
