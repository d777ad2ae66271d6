/**
 * What one dissection found, flat: no strings are made before somebody reads them.
 *
 * Entry i is a field (or a text line, where `field` is null) at a byte span of a source.
 * Integers stand in `numbers`, everything else in `objects`. The arrays are reused from
 * packet to packet; readers copy what they keep.
 */
import type { FieldInfo } from './field.ts';

/** Marks of an entry. */
export const GENERATED = 1;
export const HIDDEN = 2;
/** The entry's value is in `objects`. */
export const HAS_OBJECT = 4;
/** Severity sits in bits 4-6: 0 none, 1 chat, 2 note, 3 warn, 4 error. */
export const SEVERITY_SHIFT = 4;

export const SEVERITIES = ['none', 'chat', 'note', 'warn', 'error'] as const;
export type Severity = 'chat' | 'note' | 'warn' | 'error';

export class Tape {
  count = 0;
  readonly fields: (FieldInfo | null)[] = [];
  readonly sources: number[] = [];
  readonly starts: number[] = [];
  readonly lengths: number[] = [];
  readonly depths: number[] = [];
  readonly marks: number[] = [];
  readonly numbers: number[] = [];
  readonly objects: unknown[] = [];
  /** Index into the dissection's layers. */
  readonly layers: number[] = [];
  /** Labels that replace the one made from the field table; by entry. Only filled when labels are wanted. */
  readonly labels = new Map<number, string>();
  /** True when a layer added an entry after one of a later layer; see `groupByLayer`. */
  disordered = false;
  private lastLayer = 0;

  clear(): void {
    this.count = 0;
    // Clearing a Map allocates, even an empty one.
    if (this.labels.size > 0) this.labels.clear();
    this.disordered = false;
    this.lastLayer = 0;
  }

  add(field: FieldInfo | null, source: number, start: number, length: number, depth: number, layer: number, marks: number, value: number, object: unknown): number {
    const at = this.count;
    this.fields[at] = field;
    this.sources[at] = source;
    this.starts[at] = start;
    this.lengths[at] = length;
    this.depths[at] = depth;
    this.layers[at] = layer;
    this.marks[at] = marks;
    this.numbers[at] = value;
    this.objects[at] = object;
    this.count = at + 1;
    if (layer < this.lastLayer) this.disordered = true;
    this.lastLayer = layer;
    return at;
  }

  /** Forgets the entries from `count` on. */
  truncate(count: number): void {
    this.count = Math.min(this.count, count);
    for (const entry of this.labels.keys()) if (entry >= count) this.labels.delete(entry);
  }

  /**
   * Puts each layer's entries together, layers in order, entries within a layer as they
   * were. Returns the new place of every entry.
   */
  groupByLayer(): readonly number[] {
    const moved = this.placesByLayer();
    for (const column of [this.fields, this.sources, this.starts, this.lengths, this.depths, this.marks, this.numbers, this.objects, this.layers] as unknown[][]) {
      const old = column.slice(0, this.count);
      for (let entry = 0; entry < old.length; entry += 1) column[moved[entry] as number] = old[entry];
    }
    const labels = [...this.labels];
    this.labels.clear();
    for (const [entry, label] of labels) this.labels.set(moved[entry] as number, label);
    this.disordered = false;
    return moved;
  }

  /** A counting sort: padded frames are common, so this runs for many packets. */
  private placesByLayer(): number[] {
    const next: number[] = [];
    for (let entry = 0; entry < this.count; entry += 1) {
      const layer = this.layers[entry] as number;
      while (next.length <= layer + 1) next.push(0);
      next[layer + 1] = (next[layer + 1] as number) + 1;
    }
    for (let layer = 1; layer < next.length; layer += 1) next[layer] = (next[layer] as number) + (next[layer - 1] as number);
    const moved: number[] = [];
    for (let entry = 0; entry < this.count; entry += 1) {
      const layer = this.layers[entry] as number;
      moved.push(next[layer] as number);
      next[layer] = (next[layer] as number) + 1;
    }
    return moved;
  }
}
