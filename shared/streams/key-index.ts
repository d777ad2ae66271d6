/**
 * Finds numbers by the hash of their keys: open addressing, nothing allocated per look-up. The keys
 * themselves are the owner's, who compares them where the whole hash is the same; so slots can be moved,
 * and numbers be let go, without a look at any key.
 *
 *     for (let slot = index.start(hash), number; (number = index.at(slot)) >= 0; slot = index.next(slot))
 *       if (index.hash(slot) === hash && isKeyOf(number)) return number;
 */
const FIRST_SLOTS = 4096;

export class KeyIndex {
  /** Per slot: number + 1 (0 = free), hash. Signed, as are hashes: numbers from 2 ** 31 on would be objects on their way through calls. */
  private slots = new Int32Array(0);
  private used = 0;

  constructor() {
    // Not where it is declared: what was never assigned again, V8 compiles as a constant, and compiles anew when it grows.
    this.slots = new Int32Array(FIRST_SLOTS * 2);
  }

  /** Numbers that can be found. */
  get count(): number {
    return this.used;
  }

  get byteLength(): number {
    return this.slots.byteLength;
  }

  /** Where a look-up begins. `hash`: 32 bits with their sign, all of them mixed. */
  start(hash: number): number {
    return (hash * 2) & (this.slots.length - 2);
  }

  /** The number in a slot; -1 where the slot is free, which ends a look-up. */
  at(slot: number): number {
    return (this.slots[slot] as number) - 1;
  }

  hash(slot: number): number {
    return this.slots[slot + 1] as number;
  }

  next(slot: number): number {
    return (slot + 2) & (this.slots.length - 2);
  }

  /** Adds a number in the free slot that a look-up has ended at. */
  add(slot: number, number: number, hash: number): void {
    this.slots[slot] = number + 1;
    this.slots[slot + 1] = hash;
    this.used += 1;
    if (this.used * 4 > this.slots.length) this.grow();
  }

  /** All numbers that can be found, in ascending order. */
  numbers(): Uint32Array {
    const numbers = new Uint32Array(this.used);
    let at = 0;
    for (let slot = 0; slot < this.slots.length; slot += 2) if (this.slots[slot] !== 0) numbers[at++] = (this.slots[slot] as number) - 1;
    return numbers.sort();
  }

  /** Lets go of all others: they are not found any more. Needs little memory beside, as memory is short when it is called. */
  keep(isKept: (number: number) => boolean): void {
    const kept: number[] = [];
    for (let slot = 0; slot < this.slots.length; slot += 2) {
      const number = this.at(slot);
      if (number >= 0 && isKept(number)) kept.push(number, this.hash(slot));
    }
    this.slots.fill(0);
    this.used = 0;
    for (let at = 0; at < kept.length; at += 2) this.place(kept[at] as number, kept[at + 1] as number);
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.used = 0;
    for (let from = 0; from < old.length; from += 2) if (old[from] !== 0) this.place((old[from] as number) - 1, old[from + 1] as number);
  }

  private place(number: number, hash: number): void {
    let slot = this.start(hash);
    while (this.slots[slot] !== 0) slot = this.next(slot);
    this.slots[slot] = number + 1;
    this.slots[slot + 1] = hash;
    this.used += 1;
  }
}
