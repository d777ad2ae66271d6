/**
 * Network addresses as small numbers: each distinct address is stored once.
 * Open addressing over 32-bit words; no strings, nothing allocated per look-up.
 */
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { readI32 } from '../bytes/reader.ts';
import { SpillingRows } from '../bytes/spilling-rows.ts';
import { KeyIndex } from './key-index.ts';

/** Per address: four words (IPv4 uses the first, the rest are 0), then the version. */
const VERSION = 4;
const WIDTH = 5;
const ROW_BITS = 12;

export class AddressTable {
  private readonly rows: SpillingRows<Int32Array>;
  private readonly index = new KeyIndex();
  private used = 0;

  constructor(pool: ChunkPool = new ChunkPool()) {
    this.rows = new SpillingRows(Int32Array, WIDTH, ROW_BITS, pool);
  }

  get count(): number {
    return this.used;
  }

  get byteLength(): number {
    return this.rows.byteLength + this.index.byteLength;
  }

  /** The id (0…) of the address of `version` (4 or 6) at a position; added when new. */
  intern(version: 4 | 6, bytes: Uint8Array, at: number): number {
    const first = readI32(bytes, at);
    if (version === 4) return this.find(4, first, 0, 0, 0);
    return this.find(6, first, readI32(bytes, at + 4), readI32(bytes, at + 8), readI32(bytes, at + 12));
  }

  /** Lets go of all other addresses: their ids keep their meaning, but `intern` gives them new ones. */
  keep(isKept: (id: number) => boolean): void {
    this.index.keep(isKept);
  }

  private find(version: number, w0: number, w1: number, w2: number, w3: number): number {
    const { index } = this;
    const hash = hashWords(version, w0, w1, w2, w3);
    let slot = index.start(hash);
    for (let id = index.at(slot); id >= 0; id = index.at(slot)) {
      if (index.hash(slot) === hash && this.is(id, version, w0, w1, w2, w3)) return id;
      slot = index.next(slot);
    }
    return this.add(slot, hash, version, w0, w1, w2, w3);
  }

  private is(id: number, version: number, w0: number, w1: number, w2: number, w3: number): boolean {
    const rows = this.rows.peek(id) as Int32Array;
    const at = this.rows.offset(id);
    return rows[at] === w0 && rows[at + VERSION] === version && rows[at + 1] === w1 && rows[at + 2] === w2 && rows[at + 3] === w3;
  }

  private add(slot: number, hash: number, version: number, w0: number, w1: number, w2: number, w3: number): number {
    const id = this.used;
    const row = this.rows.chunk(id);
    const at = this.rows.offset(id);
    row[at] = w0;
    row[at + 1] = w1;
    row[at + 2] = w2;
    row[at + 3] = w3;
    row[at + VERSION] = version;
    this.used = id + 1;
    this.index.add(slot, id, hash);
    return id;
  }

  /** Version of an interned address. */
  version(id: number): 4 | 6 {
    return this.word(id, VERSION) === 4 ? 4 : 6;
  }

  /** The address as bytes (4 or 16), newly allocated. */
  bytes(id: number): Uint8Array {
    const length = this.version(id) === 4 ? 4 : 16;
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = (this.word(id, index >> 2) >>> (24 - 8 * (index & 3))) & 0xff;
    return bytes;
  }

  private word(id: number, index: number): number {
    return this.rows.peek(id)?.[this.rows.offset(id) + index] ?? 0;
  }
}

/** Multiply-xorshift over the words (constants of MurmurHash3's finalizer). */
function hashWords(version: number, w0: number, w1: number, w2: number, w3: number): number {
  let value = version ^ w0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ w1;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35) ^ w2;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ w3;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
