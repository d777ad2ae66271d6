/**
 * Domain names on the wire (RFC 1035 §3.1 and §4.1.4), with pointers to earlier names.
 *
 * Hostile names end: a name has at most 255 bytes, and a pointer that would make us read
 * more bytes than the message holds is a loop. A message may have thousands of names that each
 * lead through all of it: what is too long is followed once. What cannot be read is said in the
 * words that Wireshark puts in place of the name.
 */
import { readU8, utf8 } from '../../../bytes/reader.ts';
import { hexByte } from '../../address-text.ts';
import { escapeText } from '../../values.ts';
import type { Layer } from '../../layer.ts';

/** What reading a name needs of a layer, whatever its protocol. */
export type NameLayer = Pick<Layer, 'bytes' | 'end' | 'reportedEnd' | 'run' | 'reaches' | 'malformed'>;

/** Longest name that is shown, in bytes, dots included, without the root's. */
const MAX_NAME_BYTES = 253;
/** Pointers of one name: as many as it may have labels. What has more is a loop. */
const MOST_POINTERS = 127;

export interface DomainName {
  /** Labels joined by dots, UTF-8 decoded, control characters escaped; "<Root>" for the root. Empty where no text is wanted. */
  readonly text: string;
  /** Bytes of the joined labels (of the replacement words where the name is unreadable). */
  readonly length: number;
  readonly labels: number;
  /** Where the name starts and how many bytes it takes there, absolute in the layer's source. */
  readonly start: number;
  readonly wireLength: number;
}

/** Collects the bytes of a name, up to the longest that is shown. */
class NameBytes {
  readonly bytes = new Uint8Array(MAX_NAME_BYTES);
  used = 0;
  tooLong = false;

  restart(): this {
    this.used = 0;
    this.tooLong = false;
    return this;
  }

  push(value: number): void {
    if (this.used >= MAX_NAME_BYTES) this.tooLong = true;
    else {
      this.bytes[this.used] = value;
      this.used += 1;
    }
  }

  pushLabel(bytes: Uint8Array, start: number, length: number): void {
    if (this.tooLong) return;
    if (this.used > 0) this.push(0x2e);
    const { used } = this;
    const count = Math.min(length, MAX_NAME_BYTES - used);
    for (let index = 0; index < count; index += 1) this.bytes[used + index] = readU8(bytes, start + index);
    this.used = used + count;
    this.tooLong ||= count < length;
  }

  pushText(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.push(text.charCodeAt(at));
  }
}

/**
 * The ways behind the longest name that is shown, which matter for what they come to alone: thousands
 * of names may share them, so each label of a message is passed but once.
 */
class WaysBeyond {
  /** By layer: label → the words that the way from there comes to. */
  private readonly byLayer = new WeakMap<NameLayer, Map<number, string>>();
  private readonly passed: number[] = [];
  private ways: Map<number, string> | null = null;

  /** What the way from a label is known to come to; the label is passed where that is not known. */
  pass(layer: NameLayer, at: number): string | undefined {
    this.ways ??= this.waysOf(layer);
    const known = this.ways.get(at);
    if (known !== undefined) return known;
    // Unless the way ends, it comes back here.
    this.ways.set(at, LOOP);
    this.passed.push(at);
    return undefined;
  }

  /** Notes what the labels passed came to. */
  comeTo(words: string): void {
    for (const at of this.passed) this.ways?.set(at, words);
    this.passed.length = 0;
    this.ways = null;
  }

  private waysOf(layer: NameLayer): Map<number, string> {
    const ways = this.byLayer.get(layer) ?? new Map<number, string>();
    this.byLayer.set(layer, ways);
    return ways;
  }
}

/** One for all names: they are read one after the other, and millions of them. */
const COLLECTED = new NameBytes();
const BEYOND = new WaysBeyond();

const LOOP = '<Name contains a pointer that loops>';
const TOO_LONG = '<Name too long>';
const NO_NAME = { text: '', length: 0, labels: 0 } as const;

/**
 * The name at `start`. Marks the layer as broken and gives an empty name where it reaches
 * past the message. `message`: where offset 0 of pointers is.
 */
export function readName(layer: NameLayer, start: number, message: number): DomainName {
  const found = follow(layer, start, message);
  if (COLLECTED.tooLong) BEYOND.comeTo(found.text);
  return found;
}

function follow(layer: NameLayer, start: number, message: number): DomainName {
  const name = COLLECTED.restart();
  const size = layer.reportedEnd - message;
  let at = start;
  let wireLength = -1;
  let seen = 0;
  let pointers = 0;
  for (;;) {
    const known = name.tooLong && wireLength >= 0 ? BEYOND.pass(layer, at) : undefined;
    if (known !== undefined) return unreadable(layer, known, start, wireLength);
    if (!layer.reaches(at + 1)) return { ...NO_NAME, start, wireLength: 0 };
    const head = readU8(layer.bytes, at);
    at += 1;
    if (head === 0) break;
    seen += 1;
    if (head >= 0xc0) {
      if (!layer.reaches(at + 1)) return { ...NO_NAME, start, wireLength: 0 };
      if (wireLength < 0) wireLength = at + 1 - start;
      seen += 1;
      pointers += 1;
      if (seen >= size || pointers > MOST_POINTERS) return unreadable(layer, LOOP, start, wireLength);
      at = message + (((head & 0x3f) << 8) | readU8(layer.bytes, at));
    } else if (head === 0x41) {
      const end = readBitString(layer, at, name);
      if (end < 0) return { ...NO_NAME, start, wireLength: 0 };
      at = end;
    } else if (head >= 0x40) {
      return oddLabel(layer, head, start, at);
    } else {
      if (!layer.reaches(at + head)) return { ...NO_NAME, start, wireLength: 0 };
      name.pushLabel(layer.bytes, at, head);
      at += head;
      seen += head;
    }
  }
  if (wireLength < 0) wireLength = at - start;
  return finish(layer, name, start, wireLength);
}

/** Kinds of labels that nobody uses. 10 in the top bits is reserved; nothing says how long such a label is. */
function oddLabel(layer: NameLayer, head: number, start: number, at: number): DomainName {
  if (head < 0x80) return unreadable(layer, '<Unknown extended label>', start, at - start);
  layer.malformed();
  return { ...NO_NAME, start, wireLength: 0 };
}

function finish(layer: NameLayer, name: NameBytes, start: number, wireLength: number): DomainName {
  if (name.tooLong) return unreadable(layer, TOO_LONG, start, wireLength);
  if (name.used === 0) return root(layer, start, wireLength);
  const text = layer.run.items || layer.run.text ? escapeText(utf8(name.bytes, 0, name.used)) : '';
  return { text, length: name.used, labels: countLabels(name.bytes, name.used), start, wireLength };
}

/** The root takes one byte, or two where it is pointed to; other empty names are no names. */
function root(layer: NameLayer, start: number, wireLength: number): DomainName {
  if (wireLength > 2) layer.malformed();
  return { text: '<Root>', length: 6, labels: 1, start, wireLength };
}

function unreadable(layer: NameLayer, words: string, start: number, wireLength: number): DomainName {
  if (wireLength < 2) layer.malformed();
  return { text: words, length: words.length, labels: 1, start, wireLength };
}

/** A bit-string label (RFC 2673, historic): "\[x…/bits]". Returns its end, or -1 where it is cut off. */
function readBitString(layer: NameLayer, start: number, name: NameBytes): number {
  if (!layer.reaches(start + 1)) return -1;
  const bits = readU8(layer.bytes, start);
  const bytes = Math.floor((bits - 1) / 8) + 1;
  if (!layer.reaches(start + 1 + bytes)) return -1;
  name.pushText('\\[x');
  for (let index = 0; index < bytes; index += 1) name.pushText(hexByte(readU8(layer.bytes, start + 1 + index)));
  name.pushText(`/${bits}]`);
  return start + 1 + bytes;
}

function countLabels(bytes: Uint8Array, used: number): number {
  let labels = 1;
  for (let at = 0; at < used; at += 1) if (bytes[at] === 0x2e) labels += 1;
  return labels;
}

/** Bytes of the message as text, written as in lists and labels. */
export function textAt(layer: NameLayer, at: number, length: number): string {
  return escapeText(utf8(layer.bytes, at, Math.min(at + length, layer.end)));
}
