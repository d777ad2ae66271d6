/**
 * How a protocol is written down: a field table, what it claims, and one parse function.
 *
 * The field table is the single truth for the tree, filter names, `-T fields` and help.
 * Names are Wireshark's: filter name = `id.key`, unless `name` says otherwise.
 */
import type { FieldInfo, FieldSpec, Fields, FieldType, ProtocolDescription, ProtocolInfo } from './field.ts';
import type { Layer } from './layer.ts';

export interface ProtocolSpec<F extends Fields> extends ProtocolDescription {
  readonly fields: () => F;
  /** Reads one layer; see layer.ts for what it can do. Never throws on any bytes. */
  parse(layer: Layer<F>): void;
}

const WIDTHS: Readonly<Partial<Record<FieldType, number>>> = {
  u8: 1, i8: 1, bool: 1, u16: 2, i16: 2, u16le: 2, u24: 3, u24le: 3, u32: 4, i32: 4, u32le: 4, u40: 5, u40le: 5, u48: 6, u48le: 6, u64: 8, i64: 8, u64le: 8, ether: 6, ipv4: 4, ipv6: 16,
};

/**
 * Names fields `prefix.key` for every table they are spread into: for parts that several
 * protocols show under one name, such as the options of IPv6.
 */
export function sharedFields<const F extends Fields>(prefix: string, fields: F): F {
  return Object.fromEntries(Object.entries(fields).map(([key, spec]) => [key, { name: `${prefix}.${key}`, ...spec }])) as unknown as F;
}

function lowestBit(mask: number): number {
  let shift = 0;
  while (shift < 64 && Math.floor(mask / 2 ** shift) % 2 === 0) shift += 1;
  return shift;
}

/** Counts the fields of all protocols whose tables were needed so far: their ids. */
let fieldsMade = 0;

function fieldInfo(owner: ProtocolInfo, key: string, spec: FieldSpec): FieldInfo {
  return {
    id: fieldsMade++,
    protocol: owner,
    key,
    name: spec.name ?? `${owner.id}.${key}`,
    spec,
    type: spec.type,
    width: spec.size ?? WIDTHS[spec.type] ?? 0,
    shift: spec.mask === undefined ? 0 : lowestBit(spec.mask),
    bits: [],
  };
}

type Table = Pick<ProtocolInfo, 'byKey' | 'fields'>;

/** Fields are made when the first of them is asked for: a capture has few of the protocols, and all of them have thousands. */
class Protocol implements ProtocolInfo {
  readonly spec: ProtocolDescription;
  readonly id: string;
  readonly field: FieldInfo;
  private table: Table | null = null;

  constructor(spec: ProtocolDescription) {
    this.spec = spec;
    this.id = spec.id;
    this.field = fieldInfo(this, '', { type: 'protocol', label: spec.title, name: spec.id });
  }

  get byKey(): ProtocolInfo['byKey'] {
    return (this.table ??= this.makeTable()).byKey;
  }

  get fields(): ProtocolInfo['fields'] {
    return (this.table ??= this.makeTable()).fields;
  }

  private makeTable(): Table {
    const byKey = Object.create(null) as Record<string, FieldInfo>;
    const fields: FieldInfo[] = [];
    for (const [key, spec] of Object.entries(this.spec.fields())) {
      const field = fieldInfo(this, key, spec);
      byKey[key] = field;
      fields.push(field);
    }
    for (const field of fields) {
      if (field.spec.of === undefined) continue;
      const parent = byKey[field.spec.of];
      if (!parent || !field.spec.mask) throw new Error(`${field.name}: "of" needs a known field and a mask`);
      parent.bits.push(field);
    }
    return { byKey, fields };
  }
}

/**
 * Declares a protocol. A wrong table (unknown parent, empty mask) is a bug in our code and
 * throws when a field of the protocol is asked for; registry.test.ts asks for all.
 */
export function protocol<const F extends Fields>(spec: ProtocolSpec<F>): ProtocolInfo {
  return new Protocol(spec);
}
