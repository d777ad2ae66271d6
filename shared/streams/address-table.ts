/**
 * Network addresses as small numbers: each distinct address is stored once.
 * Open addressing over 32-bit words; no strings, nothing allocated per look-up.
 */
import { readU32 } from '../bytes/reader.ts';

/** Words kept per address: IPv4 uses the first, the rest are 0. */
const WORDS = 4;

export class AddressTable {
  private words = new Uint32Array(1024 * WORDS);
  private versions = new Uint8Array(1024);
  /** Slot → id + 1; 0 = free. Always a power of two, at most half full. */
  private slots = new Uint32Array(4096);
  private used = 0;

  get count(): number {
    return this.used;
  }

  get byteLength(): number {
    return this.words.byteLength + this.versions.byteLength + this.slots.byteLength;
  }

  /** The id (0…) of the address of `version` (4 or 6) at a position; added when new. */
  intern(version: 4 | 6, bytes: Uint8Array, at: number): number {
    const first = readU32(bytes, at);
    if (version === 4) return this.find(4, first, 0, 0, 0);
    return this.find(6, first, readU32(bytes, at + 4), readU32(bytes, at + 8), readU32(bytes, at + 12));
  }

  private find(version: number, w0: number, w1: number, w2: number, w3: number): number {
    const mask = this.slots.length - 1;
    let slot = hash(version, w0, w1, w2, w3) & mask;
    for (;;) {
      const taken = this.slots[slot] as number;
      if (taken === 0) break;
      const id = taken - 1;
      const at = id * WORDS;
      if (this.versions[id] === version && this.words[at] === w0 && this.words[at + 1] === w1 && this.words[at + 2] === w2 && this.words[at + 3] === w3) return id;
      slot = (slot + 1) & mask;
    }
    return this.add(slot, version, w0, w1, w2, w3);
  }

  private add(slot: number, version: number, w0: number, w1: number, w2: number, w3: number): number {
    const id = this.used;
    if (id >= this.versions.length) this.growEntries();
    this.versions[id] = version;
    this.words.set([w0, w1, w2, w3], id * WORDS);
    this.slots[slot] = id + 1;
    this.used = id + 1;
    if (this.used * 2 > this.slots.length) this.growSlots();
    return id;
  }

  private growEntries(): void {
    const words = new Uint32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    const versions = new Uint8Array(this.versions.length * 2);
    versions.set(this.versions);
    this.versions = versions;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.used; id += 1) {
      const at = id * WORDS;
      const [w0, w1, w2, w3] = [this.words[at], this.words[at + 1], this.words[at + 2], this.words[at + 3]] as [number, number, number, number];
      let slot = hash(this.versions[id] as number, w0, w1, w2, w3) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }

  /** Version of an interned address. */
  version(id: number): 4 | 6 {
    return this.versions[id] === 4 ? 4 : 6;
  }

  /** The address as bytes (4 or 16), newly allocated. */
  bytes(id: number): Uint8Array {
    const length = this.version(id) === 4 ? 4 : 16;
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = ((this.words[id * WORDS + (index >> 2)] as number) >>> (24 - 8 * (index & 3))) & 0xff;
    return bytes;
  }
}

/** Multiply-xorshift over the words (constants of MurmurHash3's finalizer). */
function hash(version: number, w0: number, w1: number, w2: number, w3: number): number {
  let value = version ^ w0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ w1;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35) ^ w2;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ w3;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
