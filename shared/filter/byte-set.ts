/** A set of bytes, and how a regular expression writes it. */
export class ByteSet {
  readonly #has: readonly boolean[];

  private constructor(has: readonly boolean[]) {
    this.#has = has;
  }

  /** Single characters and ranges ("a-z") of characters below 256. */
  static of(...parts: readonly string[]): ByteSet {
    const has = none();
    for (const part of parts) {
      const low = part.charCodeAt(0);
      const high = part.length === 3 ? part.charCodeAt(2) : low;
      has.fill(true, low, high + 1);
    }
    return new ByteSet(has);
  }

  static ofCodes(...codes: readonly number[]): ByteSet {
    const has = none();
    for (const code of codes) has[code] = true;
    return new ByteSet(has);
  }

  static ofRange(low: number, high: number): ByteSet {
    return new ByteSet(none().fill(true, low, high + 1));
  }

  with(other: ByteSet): ByteSet {
    return new ByteSet(this.#has.map((has, code) => has || other.#has[code] === true));
  }

  inverted(): ByteSet {
    return new ByteSet(this.#has.map((has) => !has));
  }

  /** The letters A to Z, in both cases where one is in. */
  caseless(): ByteSet {
    return new ByteSet(this.#has.map((has, code) => has || (isLetter(code) && this.#has[code ^ 0x20] === true)));
  }

  /** As a class of a regular expression without flags, or as the character itself. */
  source(caseless: boolean): string {
    const set = caseless ? this.caseless() : this;
    const ranges = set.#ranges();
    const [only] = ranges;
    if (only !== undefined && ranges.length === 1 && only[0] === only[1]) return sourceOf(only[0]);
    if (only !== undefined && ranges.length === 1 && only[0] === 0 && only[1] === 255) return '[^]';
    return `[${ranges.map(([low, high]) => (low === high ? sourceOf(low) : `${sourceOf(low)}-${sourceOf(high)}`)).join('')}]`;
  }

  #ranges(): [number, number][] {
    const ranges: [number, number][] = [];
    for (let code = 0; code < 256; code += 1) {
      if (this.#has[code] !== true) continue;
      const last = ranges.at(-1);
      if (last !== undefined && last[1] === code - 1) last[1] = code;
      else ranges.push([code, code]);
    }
    return ranges;
  }
}

function none(): boolean[] {
  return Array.from({ length: 256 }, () => false);
}

function isLetter(code: number): boolean {
  const upper = code & ~0x20;
  return upper >= 0x41 && upper <= 0x5a;
}

function sourceOf(code: number): string {
  return /[A-Za-z0-9]/.test(String.fromCharCode(code)) && code < 0x80 ? String.fromCharCode(code) : `\\x${code.toString(16).padStart(2, '0')}`;
}
