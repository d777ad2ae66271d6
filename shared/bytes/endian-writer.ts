/** Builds binary containers in a stated byte order; grows as needed. */
export class EndianWriter {
  readonly littleEndian: boolean;
  #bytes = new Uint8Array(256);
  #view: DataView = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(littleEndian: boolean) {
    this.littleEndian = littleEndian;
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, this.littleEndian);
    return this;
  }

  u32(value: number): this {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, this.littleEndian);
    return this;
  }

  /** Takes the lowest 64 bits, so negative numbers come out as two's complement. */
  u64(value: bigint): this {
    const at = this.#grow(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value), this.littleEndian);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** Zeros up to the next multiple of `alignment`. */
  align(alignment: number): this {
    const rest = this.#length % alignment;
    if (rest !== 0) this.#grow(alignment - rest);
    return this;
  }

  /** Writes over four bytes that were written before. */
  setU32(at: number, value: number): this {
    if (at + 4 > this.#length) throw new RangeError('setU32 writes over written bytes only');
    this.#view.setUint32(at, value, this.littleEndian);
    return this;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
