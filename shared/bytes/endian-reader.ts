/**
 * Numbers out of file containers, in the byte order that the container states.
 *
 * Reads go through a DataView, so a position outside the bytes throws a
 * RangeError and never yields a neighbour's byte. Container readers check
 * lengths before they read: a throw here is a bug of the caller.
 */
const NOTHING = new Uint8Array(0);

export class EndianReader {
  littleEndian: boolean;
  #bytes: Uint8Array = NOTHING;
  #view: DataView = new DataView(NOTHING.buffer);

  constructor(littleEndian: boolean, bytes: Uint8Array = NOTHING) {
    this.littleEndian = littleEndian;
    this.attach(bytes);
  }

  /** The bytes that positions refer to. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Reads from these bytes from now on; costs one small object, and only if they are others than before. */
  attach(bytes: Uint8Array): void {
    if (bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.littleEndian);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, this.littleEndian);
  }

  u64(at: number): bigint {
    return this.#view.getBigUint64(at, this.littleEndian);
  }

  i64(at: number): bigint {
    return this.#view.getBigInt64(at, this.littleEndian);
  }
}
