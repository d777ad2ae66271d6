/**
 * How the elements of management frames are written down: as lists of parts that are taken one
 * after the other. A part is the key of a field, which is taken with all its bits, or what the
 * functions below make.
 */
import { readUintLe } from '../../../../bytes/reader.ts';
import type { FieldInfo } from '../../../field.ts';
import type { Layer } from '../../../layer.ts';
import { bitsOf } from '../../../read-field.ts';

/** What is taken by code of its own. */
export type Take = (layer: Layer) => void;
export type Part = string | Take;
export type Parts = readonly Part[];

export function takeParts(layer: Layer, parts: Parts): void {
  for (const part of parts) {
    if (layer.broken) return;
    if (typeof part === 'function') part(layer);
    else {
      layer.take(part);
      layer.flags(part);
    }
  }
}

/** Parts below a field without a value, or below a line of text. */
export function group(key: string | null, label: string, parts: Parts): Take {
  return (layer) => {
    layer.group(key, () => takeParts(layer, parts), label === '' ? undefined : () => label);
  };
}

/** Little-endian bytes whose bits are fields, while the whole is none. */
export function bits(size: number, ...keys: readonly string[]): Take {
  return (layer) => {
    const at = layer.cursor;
    if (!layer.has(size)) return;
    const value = readUintLe(layer.bytes, at, size);
    for (const key of keys) layer.put(key, bitsOf(layer.protocol.byKey[key] as FieldInfo, value), at, size);
    layer.skip(size);
  };
}

/** A field of which only these bits are shown: others of its name have other bits. */
export function word(key: string, ...keys: readonly string[]): Take {
  return (layer) => {
    const at = layer.cursor;
    const value = layer.take(key);
    if (layer.broken || !layer.run.items || typeof value !== 'number') return;
    layer.withBits(value, at, layer.cursor - at, () => keys.forEach((bit) => layer.flag(bit)));
  };
}

/** A field whose bits are those of another one. */
export function asBitsOf(key: string, model: string): Take {
  return (layer) => {
    const at = layer.cursor;
    layer.take(key);
    if (layer.broken || !layer.run.items) return;
    const width = layer.cursor - at;
    layer.withBits(readUintLe(layer.bytes, at, width), at, width, () => layer.flags(model));
  };
}

/** A field of so many bytes, where its type does not say. */
export function sized(key: string, size: number): Take {
  return (layer) => {
    layer.take(key, size);
  };
}

/** A field of all bytes that are left. */
export function rest(key: string): Take {
  return (layer) => {
    layer.take(key, layer.left);
  };
}

/** All bytes that are left, where there are some. */
export function restIfAny(key: string): Take {
  return (layer) => {
    if (layer.left > 0) layer.take(key, layer.left);
  };
}

/** Parts again and again, as long as there are bytes. */
export function each(...parts: Parts): Take {
  return (layer) => layer.each(() => takeParts(layer, parts));
}

/** Parts again and again, as long as so many bytes are left. */
export function whileLeft(count: number, ...parts: Parts): Take {
  return (layer) => {
    while (!layer.broken && layer.left >= count && !layer.run.full) takeParts(layer, parts);
  };
}

/** A field that says how often the parts follow. */
export function repeated(countKey: string, ...parts: Parts): Take {
  return (layer) => {
    const count = layer.take(countKey) as unknown as number;
    for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) takeParts(layer, parts);
  };
}

/** A field with a length, and another one of so many bytes. */
export function counted(lengthKey: string, key: string): Take {
  return (layer) => {
    const length = layer.take(lengthKey) as unknown as number;
    if (!layer.broken) layer.take(key, length);
  };
}

/** The same where an empty one is not shown. */
export function countedIfAny(lengthKey: string, key: string): Take {
  return (layer) => {
    const length = layer.take(lengthKey) as unknown as number;
    if (!layer.broken && length > 0) layer.take(key, length);
  };
}

/** A field with a length, and parts within so many bytes. */
export function sizedBy(lengthKey: string, ...parts: Parts): Take {
  return (layer) => {
    const length = layer.take(lengthKey) as unknown as number;
    if (layer.broken || !layer.reaches(layer.cursor + length)) return;
    layer.within(layer.cursor + length, () => takeParts(layer, parts));
  };
}

/** Gives up what is left, where a length leads out of it. */
export function abandon(layer: Layer, key: string, words: string): void {
  layer.expert(key, 'error', 'Malformed', words);
  layer.skip(layer.left);
}

/** Parts, if that many bytes are left. */
export function ifLeft(count: number, ...parts: Parts): Take {
  return (layer) => {
    if (layer.left >= count) takeParts(layer, parts);
  };
}

/** Passes over reserved bytes. */
export function skip(count: number): Take {
  return (layer) => layer.skip(count);
}

// ── elements ─────────────────────────────────────────────────────────────────

/** Lengths that an element may have; absent: any. */
export type Lengths = readonly number[] | { readonly least: number; readonly most?: number };

export interface Element {
  readonly lengths?: Lengths;
  readonly parts: Parts;
}

export type Elements = Readonly<Record<number, Element>>;

export function element(lengths: Lengths | null, ...parts: Parts): Element {
  return lengths === null ? { parts } : { lengths, parts };
}

export function least(bytes: number, most?: number): Lengths {
  return most === undefined ? { least: bytes } : { least: bytes, most };
}

export function isLength(lengths: Lengths | undefined, length: number): boolean {
  if (lengths === undefined) return true;
  if ('least' in lengths) return length >= lengths.least && length <= (lengths.most ?? length);
  return lengths.includes(length);
}

/** "= 3", ">= 1" */
export function lengthWords(lengths: Lengths): string {
  if ('least' in lengths) return lengths.most === undefined ? `>= ${lengths.least}` : `>= ${lengths.least} and <= ${lengths.most}`;
  return `= ${lengths.join(' or ')}`;
}
