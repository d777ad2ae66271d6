/**
 * Plain data as bytes and back: numbers, strings, booleans, null, undefined, byte arrays,
 * arrays, maps, sets and objects without a class. Compact where many objects look alike: the
 * names of their properties are written once.
 *
 * Written by this process for itself: bytes from elsewhere are not expected.
 */

const TAG = { undefined: 0, null: 1, false: 2, true: 3, integer: 4, negative: 5, float: 6, string: 7, bytes: 8, array: 9, map: 10, set: 11, object: 12 } as const;

/** Integers up to here are written in groups of seven bits. */
const MOST_INTEGER = Number.MAX_SAFE_INTEGER;
const GROUP_BITS = 7;
const GROUP = 1 << GROUP_BITS;
const MOST_UNIT_BYTES = 3;

/** Throws a TypeError for what is not plain data. */
export function encodePlain(value: unknown): Uint8Array {
  const encoder = new Encoder();
  encoder.value(value);
  return encoder.bytes.slice(0, encoder.at);
}

/** What `encodePlain` was given, copied. */
export function decodePlain(bytes: Uint8Array): unknown {
  return new Decoder(bytes).value();
}

class Encoder {
  bytes = new Uint8Array(1024);
  at = 0;
  /** Lists of property names that were written already, as a tree of names. */
  private readonly shapes = new ShapeNode();
  private shapeCount = 0;

  value(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        return this.byte(TAG.undefined);
      case 'boolean':
        return this.byte(value ? TAG.true : TAG.false);
      case 'number':
        return this.number(value);
      case 'string':
        return this.string(value);
      case 'object':
        return value === null ? this.byte(TAG.null) : this.object(value);
      default:
        throw new TypeError(`a ${typeof value} is no plain data`);
    }
  }

  private number(value: number): void {
    const size = Math.abs(value);
    if (!Number.isInteger(value) || size > MOST_INTEGER || Object.is(value, -0)) {
      this.byte(TAG.float);
      this.reserve(8);
      new DataView(this.bytes.buffer).setFloat64(this.at, value);
      this.at += 8;
      return;
    }
    this.byte(value < 0 ? TAG.negative : TAG.integer);
    this.integer(size);
  }

  private string(value: string): void {
    this.byte(TAG.string);
    this.characters(value);
  }

  /** UTF-16 units in groups of seven bits: lone surrogates stay as they are. */
  private characters(value: string): void {
    this.integer(value.length);
    this.reserve(value.length * MOST_UNIT_BYTES);
    const { bytes } = this;
    let at = this.at;
    for (let index = 0; index < value.length; index += 1) {
      let unit = value.charCodeAt(index);
      for (; unit >= GROUP; unit >>>= GROUP_BITS) {
        bytes[at] = (unit & (GROUP - 1)) | GROUP;
        at += 1;
      }
      bytes[at] = unit;
      at += 1;
    }
    this.at = at;
  }

  private object(value: object): void {
    if (value instanceof Uint8Array) return this.raw(value);
    if (Array.isArray(value)) {
      this.byte(TAG.array);
      this.integer(value.length);
      for (const item of value as readonly unknown[]) this.value(item);
      return;
    }
    if (value instanceof Map) return this.map(value);
    if (value instanceof Set) {
      this.byte(TAG.set);
      this.integer(value.size);
      for (const item of value) this.value(item);
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`a ${value.constructor.name} is no plain data`);
    this.properties(value);
  }

  private raw(value: Uint8Array): void {
    this.byte(TAG.bytes);
    this.integer(value.length);
    this.reserve(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  private map(value: ReadonlyMap<unknown, unknown>): void {
    this.byte(TAG.map);
    this.integer(value.size);
    for (const [key, item] of value) {
      this.value(key);
      this.value(item);
    }
  }

  private properties(value: object): void {
    this.byte(TAG.object);
    // Objects without a class: what they inherit has no names of its own.
    let shape = this.shapes;
    for (const name in value) shape = shape.next(name);
    if (shape.number < 0) this.addShape(shape, value);
    else this.integer(shape.number);
    for (const name in value) this.value((value as Readonly<Record<string, unknown>>)[name]);
  }

  private addShape(shape: ShapeNode, value: object): void {
    const names = Object.keys(value);
    shape.number = this.shapeCount;
    this.integer(this.shapeCount);
    this.shapeCount += 1;
    this.integer(names.length);
    for (const name of names) this.characters(name);
  }

  private integer(value: number): void {
    this.reserve(8);
    if (value < GROUP) {
      this.bytes[this.at] = value;
      this.at += 1;
      return;
    }
    let rest = value;
    while (rest >= GROUP) {
      this.bytes[this.at] = (rest % GROUP) + GROUP;
      this.at += 1;
      rest = Math.floor(rest / GROUP);
    }
    this.bytes[this.at] = rest;
    this.at += 1;
  }

  private byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at] = value;
    this.at += 1;
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }
}

/** A list of names, by the path to it. */
class ShapeNode {
  /** -1 where no object with just these names was written. */
  number = -1;
  private lastName = '';
  private lastNode: ShapeNode | null = null;
  private others: Map<string, ShapeNode> | null = null;

  /** The list with one more name. */
  next(name: string): ShapeNode {
    if (this.lastNode !== null && this.lastName === name) return this.lastNode;
    this.others ??= new Map();
    let node = this.others.get(name);
    if (node === undefined) {
      node = new ShapeNode();
      this.others.set(name, node);
    }
    this.lastName = name;
    this.lastNode = node;
    return node;
  }
}

class Decoder {
  private readonly bytes: Uint8Array;
  private at = 0;
  private readonly shapes: (readonly string[])[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  value(): unknown {
    const tag = this.byte();
    switch (tag) {
      case TAG.undefined:
        return undefined;
      case TAG.null:
        return null;
      case TAG.false:
      case TAG.true:
        return tag === TAG.true;
      case TAG.integer:
        return this.integer();
      case TAG.negative:
        return -this.integer();
      case TAG.float:
        this.at += 8;
        return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(this.at - 8);
      case TAG.string:
        return this.characters();
      case TAG.bytes: {
        const length = this.integer();
        this.at += length;
        return this.bytes.slice(this.at - length, this.at);
      }
      default:
        return this.collection(tag);
    }
  }

  private collection(tag: number): unknown {
    if (tag === TAG.object) return this.properties();
    const count = this.integer();
    if (tag === TAG.map) {
      const map = new Map<unknown, unknown>();
      for (let index = 0; index < count; index += 1) map.set(this.value(), this.value());
      return map;
    }
    const items: unknown[] = [];
    for (let index = 0; index < count; index += 1) items.push(this.value());
    return tag === TAG.set ? new Set(items) : items;
  }

  private properties(): unknown {
    const shape = this.integer();
    if (shape === this.shapes.length) {
      const count = this.integer();
      const added: string[] = [];
      for (let index = 0; index < count; index += 1) added.push(this.characters());
      this.shapes.push(added);
    }
    const value: Record<string, unknown> = {};
    for (const name of this.shapes[shape] ?? []) value[name] = this.value();
    return value;
  }

  private characters(): string {
    const length = this.integer();
    let text = '';
    for (let index = 0; index < length; index += 1) text += String.fromCharCode(this.integer());
    return text;
  }

  private integer(): number {
    let value = 0;
    for (let scale = 1; ; scale *= GROUP) {
      const group = this.byte();
      value += (group % GROUP) * scale;
      if (group < GROUP) return value;
    }
  }

  private byte(): number {
    const value = this.bytes[this.at] ?? 0;
    this.at += 1;
    return value;
  }
}
