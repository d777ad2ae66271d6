/**
 * A dissected packet as filters look at it: where the fields that a filter needs stand on the
 * tape, and their values. One object serves all packets.
 */
import type { FieldInfo } from '../dissect/field.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { HAS_OBJECT } from '../dissect/tape.ts';
import { plainText } from '../dissect/values.ts';
import { readU32 } from '../bytes/reader.ts';
import type { Range } from './ast.ts';
import type { CheckedField } from './checked.ts';
import type { RuntimeValue } from './order.ts';
import { familyOf, kindOf } from './value-type.ts';
import type { Kind } from './value-type.ts';

/** Entries of the tape that have a field, in the order of the packet. */
export class Entries {
  readonly at: number[] = [];
  count = 0;
}

const NONE = -1;

export class PacketFields {
  run!: Dissection;
  /** By field id, up to the highest that is needed. */
  readonly #slots: Int32Array;
  readonly #entries: Entries[] = [];
  #highest = -1;

  constructor(fields: Iterable<FieldInfo>) {
    let highest = -1;
    for (const { id } of fields) highest = Math.max(highest, id);
    this.#slots = new Int32Array(highest + 1).fill(NONE);
    for (const field of fields) {
      if (this.#slots[field.id] !== NONE) continue;
      this.#slots[field.id] = this.#entries.length;
      this.#entries.push(new Entries());
    }
  }

  /** Where a field stands in the packet at hand; the object is always the same one. */
  entriesOf(field: FieldInfo): Entries {
    return this.#entries[this.#slots[field.id] as number] as Entries;
  }

  /** Takes the next packet, whose fields are on the tape. */
  load(run: Dissection): void {
    this.run = run;
    for (let slot = 0; slot <= this.#highest; slot += 1) (this.#entries[slot] as Entries).count = 0;
    this.#highest = -1;
    const { fields, count } = run.tape;
    for (let entry = 0; entry < count; entry += 1) {
      const field = fields[entry];
      if (field !== null && field !== undefined) this.#note(field, entry);
    }
  }

  #note(field: FieldInfo, entry: number): void {
    const slot = this.#slots[field.id] ?? NONE;
    if (slot === NONE) return;
    const entries = this.#entries[slot] as Entries;
    entries.at[entries.count] = entry;
    entries.count += 1;
    if (slot > this.#highest) this.#highest = slot;
  }
}

/** All values that a field has in the packet at hand; those of other kinds under the same name are passed over. */
export function valuesOfField(packet: PacketFields, wanted: CheckedField & { readonly type: { readonly kind: Kind } }): RuntimeValue[] {
  const values: RuntimeValue[] = [];
  for (const field of wanted.fields) {
    const kind = kindOf(field.type);
    if (!wanted.isRaw && familyOf(kind) !== familyOf(wanted.type.kind)) continue;
    forEachEntry(packet, field, wanted.layers, (entry) => {
      const value = wanted.isRaw ? rawBytes(packet, entry) : valueAt(packet, entry, kind);
      if (value !== null) values.push(value);
    });
  }
  return values;
}

/** Where a field stands on the tape of the packet at hand, whatever its kinds, in the order of the packet. */
export function entriesOfField(packet: PacketFields, { fields, layers }: Pick<CheckedField, 'fields' | 'layers'>): number[] {
  const found: number[] = [];
  for (const field of fields) forEachEntry(packet, field, layers, (entry) => found.push(entry));
  return fields.length > 1 ? found.sort((one, two) => one - two) : found;
}

function forEachEntry(packet: PacketFields, field: FieldInfo, layers: CheckedField['layers'], visit: (entry: number) => void): void {
  const entries = packet.entriesOf(field);
  if (entries.count === 0) return;
  const last = layers === null ? 0 : layerNumber(packet, entries.at[entries.count - 1] as number);
  for (let index = 0; index < entries.count; index += 1) {
    const entry = entries.at[index] as number;
    if (layers === null || hasLayer(layers, layerNumber(packet, entry), last)) visit(entry);
  }
}

/** How many layers of the entry's protocol there are up to its own: 1 for the outermost. */
export function layerNumber({ run }: PacketFields, entry: number): number {
  return (run.layers[run.tape.layers[entry] as number]?.occurrence ?? 0) + 1;
}

/** `last`: number of the innermost layer, from which negative numbers count. */
export function hasLayer(ranges: readonly Range[], number: number, last: number): boolean {
  return ranges.some(({ from, to }) => {
    const low = from < 0 ? last + from + 1 : from;
    const high = to.kind === 'end' ? last : to.kind === 'length' ? low + to.value - 1 : to.value < 0 ? last + to.value + 1 : to.value;
    return number >= low && number <= high;
  });
}

/** The bytes that an entry stands on. */
export function rawBytes({ run }: PacketFields, entry: number): Uint8Array {
  const { tape } = run;
  const start = tape.starts[entry] as number;
  return bytesOf(run, tape.sources[entry] as number).subarray(start, start + (tape.lengths[entry] as number));
}

function bytesOf(run: Dissection, source: number): Uint8Array {
  return run.sources[source]?.bytes ?? NO_BYTES;
}

const NO_BYTES = new Uint8Array(0);

/** The value of an entry, as value-type.ts says how kinds are held; null where there is none that could be compared. */
export function valueAt(packet: PacketFields, entry: number, kind: Kind): RuntimeValue | null {
  const { tape } = packet.run;
  const isObject = ((tape.marks[entry] as number) & HAS_OBJECT) !== 0;
  const object = isObject ? tape.objects[entry] : null;
  switch (kind) {
    case 'integer':
      return isObject ? (object as bigint) : (tape.numbers[entry] as number);
    case 'bool':
      return tape.numbers[entry] === 0 ? 0 : 1;
    case 'float':
      return isObject ? Number(object) : (tape.numbers[entry] as number);
    case 'string':
      return plainText(tape, entry);
    case 'bytes':
    case 'ether':
      return object instanceof Uint8Array ? object : rawBytes(packet, entry);
    case 'ipv4':
      return isObject ? (object instanceof Uint8Array && object.length >= 4 ? readU32(object, 0) : null) : (tape.numbers[entry] as number);
    case 'ipv6':
      return object instanceof Uint8Array ? object : null;
    case 'duration':
    case 'time':
      return nanosOf(isObject ? object : (tape.numbers[entry] as number));
    case 'protocol':
      return protocolBytes(packet, entry);
    case 'none':
      return null;
  }
}

function nanosOf(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.round(value * 1e9)) : null;
  if (typeof value !== 'object' || value === null || !('seconds' in value) || !('nanos' in value)) return null;
  return BigInt(value.seconds as number) * 1_000_000_000n + BigInt(value.nanos as number);
}

/** A layer's header; searches look at what it carries, too. Of several messages in one layer each has its own bytes only. */
function protocolBytes(packet: PacketFields, entry: number): RuntimeValue {
  const { run } = packet;
  const { tape } = run;
  const start = tape.starts[entry] as number;
  const header = rawBytes(packet, entry);
  const layer = run.layers[tape.layers[entry] as number];
  const isWhole = layer !== undefined && layer.start === start && layer.source === tape.sources[entry];
  return { header, whole: isWhole ? layer.bytes.subarray(start, Math.max(layer.end, start + header.length)) : header };
}
