/** A set of small whole numbers: a bit each. */
export class NumberSet {
  private bits = new Uint8Array(0);

  constructor() {
    // See KeyIndex.
    this.bits = new Uint8Array(128);
  }

  get byteLength(): number {
    return this.bits.byteLength;
  }

  has(number: number): boolean {
    return ((this.bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  add(number: number): void {
    const at = number >>> 3;
    if (at >= this.bits.length) this.grow(at);
    this.bits[at] = (this.bits[at] as number) | (1 << (number & 7));
  }

  clear(): void {
    this.bits.fill(0);
  }

  private grow(at: number): void {
    const larger = new Uint8Array(Math.max(at + 1, this.bits.length * 2));
    larger.set(this.bits);
    this.bits = larger;
  }
}
