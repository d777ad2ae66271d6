/** A module of ASN.1: gives parts their fields, and makes a protocol of them. */
import { protocol } from '../define.ts';
import type { ProtocolSpec } from '../define.ts';
import type { FieldInfo, FieldSpec, Fields, FieldType, ObjectIdentifier, ProtocolInfo } from '../field.ts';
import type { Layer } from '../layer.ts';
import { boolean, namedBits } from './notation.ts';
import type { BerType, Part, PartOptions } from './notation.ts';

type Lazy = Extract<BerType, { kind: 'lazy' }>;

const FIELD_TYPES: Readonly<Record<Exclude<BerType['kind'], 'tagged' | 'lazy'>, FieldType>> = {
  sequence: 'none', set: 'none', nothing: 'none', any: 'none', open: 'none',
  sequenceOf: 'u32', setOf: 'u32', choice: 'u32', enumerated: 'u32',
  integer: 'i32', boolean: 'bool', bits: 'bytes', octets: 'bytes', real: 'double',
  oid: 'string', relativeOid: 'string', text: 'string', utcTime: 'string', generalizedTime: 'abstime',
};

const LAZY_FIELD_TYPES: Readonly<Record<Lazy['as'], FieldType>> = { sequence: 'none', sequenceOf: 'u32', choice: 'u32', bytes: 'bytes' };

function untagged(type: BerType): Exclude<BerType, { kind: 'tagged' }> {
  let inner = type;
  while (inner.kind === 'tagged') inner = inner.inner;
  return inner;
}

function fieldType(type: Exclude<BerType, { kind: 'tagged' }>): FieldType {
  return type.kind === 'lazy' ? LAZY_FIELD_TYPES[type.as] : FIELD_TYPES[type.kind];
}

function namesOf(type: BerType): FieldSpec['names'] {
  if (type.kind === 'integer' || type.kind === 'enumerated') return type.names;
  if (type.kind !== 'choice') return undefined;
  return Object.fromEntries(type.alternatives.map(({ name }, index) => [type.numbers[index], name]));
}

/** The field that follows from a part: Wireshark's names, types and labels. */
function fieldSpec(prefix: string, part: Part): FieldSpec {
  const { name, options } = part;
  const inner = untagged(part.type);
  const type = options.type ?? fieldType(inner);
  const names = options.names ?? namesOf(inner);
  const key = options.field ?? `${name.replaceAll('-', '_')}${type === 'none' ? '_element' : ''}`;
  return {
    type,
    name: `${prefix}.${key}`,
    label: options.label ?? name,
    ...(options.base !== undefined && { base: options.base }),
    ...(names !== undefined && { names }),
    ...(options.help !== undefined && { help: options.help }),
    ...(options.mask !== undefined && { mask: options.mask }),
    ...(options.states !== undefined && { states: options.states }),
  };
}

/** A flag of a BIT STRING, as a bit of its byte; flags lie from the highest bit on (X.690 §8.6.2.2). */
function flagSpec(prefix: string, part: Part, mask: number): FieldSpec {
  return { type: 'bool', name: `${prefix}.${part.options.field ?? part.name}`, label: part.name, mask, states: ['True', 'False'] };
}

export interface ModuleSpec<F extends Fields> extends Omit<ProtocolSpec<F>, 'id' | 'fields' | 'parse' | 'objectIdentifiers'> {
  /** Fields beside those of the parts. */
  readonly fields?: () => F;
  /** Names of object identifiers, for labels. */
  readonly oids?: Readonly<Record<string, string>>;
  /** Object identifiers that say how an `open` value is written. */
  readonly syntaxes?: Readonly<Record<string, readonly [name: string, part: Part]>>;
  parse?(layer: Layer<F>): void;
}

export class BerModule {
  private readonly id: string;
  private readonly prefix: string;
  private readonly flagPrefix: string;
  private readonly parts: { readonly part: ModulePart; readonly mask: number }[] = [];
  /** Keys of the parts in the field table, once that is made. */
  private readonly keys = new Map<Part, string>();
  /** What the module became; null until it has ended. */
  private info: ProtocolInfo | null = null;

  /** @param names first parts of the names of fields, and of flags, where they are not the protocol's id. */
  constructor(id: string, names: { readonly fields?: string; readonly flags?: string } = {}) {
    this.id = id;
    this.prefix = names.fields ?? id;
    this.flagPrefix = names.flags ?? this.prefix;
  }

  /** Declares a part: the name becomes the field's. */
  readonly part = (name: string, type: BerType, options: PartOptions = {}): Part => {
    if (this.info !== null) throw new Error(`${this.id}.${name} is declared after its module has ended`);
    const part = new ModulePart(name, type, options, this);
    if (options.field !== null) this.parts.push({ part, mask: 0 });
    return part;
  };

  /** BIT STRING { name(0), name(1), … }; fields are named `module.Prefix.name`. */
  readonly flags = (prefix: string, ...names: readonly string[]): BerType =>
    namedBits(
      names.map((name, bit) => {
        const part = new ModulePart(name, boolean, { field: `${prefix}.${name.replaceAll('-', '.')}` }, this);
        this.parts.push({ part, mask: 0x80 >> (bit & 7) });
        return part;
      }),
    );

  /** Ends the module: its parts are fields of a new protocol. */
  protocol<const F extends Fields>(spec: ModuleSpec<F>): ProtocolInfo {
    const { oids, syntaxes, fields, parse, ...rest } = spec;
    this.info = protocol<F>({
      ...rest,
      id: this.id,
      fields: () => this.makeTable(fields?.() ?? {}) as unknown as F,
      // Most captures have no use for them.
      get objectIdentifiers() {
        return objectIdentifiers(oids ?? {}, syntaxes ?? {});
      },
      parse: parse ?? (() => undefined),
    });
    return this.info;
  }

  private makeTable(fields: Fields): Fields {
    const table: Record<string, FieldSpec> = { ...fields };
    for (const { part, mask } of this.parts) this.keys.set(part, addField(table, mask === 0 ? fieldSpec(this.prefix, part) : flagSpec(this.flagPrefix, part, mask)));
    return table;
  }

  /** The field of a part of this module; null where it has none. */
  fieldOf(part: Part): FieldInfo | null {
    const byKey = this.info?.byKey;
    const key = this.keys.get(part);
    return byKey === undefined || key === undefined ? null : (byKey[key] ?? null);
  }
}

/** A part as its module declares it; its field is looked up when it is first read. */
class ModulePart implements Part {
  readonly name: string;
  readonly type: BerType;
  readonly options: PartOptions;
  private readonly module: BerModule;
  private found: FieldInfo | null | undefined;

  constructor(name: string, type: BerType, options: PartOptions, module: BerModule) {
    this.name = name;
    this.type = type;
    this.options = options;
    this.module = module;
  }

  get field(): FieldInfo | null {
    this.found ??= this.module.fieldOf(this);
    return this.found;
  }
}

/** Parts that look alike share a field; others of one name have keys of their own. Gives the key. */
function addField(table: Record<string, FieldSpec>, spec: FieldSpec): string {
  const name = spec.name as string;
  for (let copy = 1; ; copy += 1) {
    const key = copy === 1 ? name : `${name}#${copy}`;
    const known = table[key];
    if (known === undefined) table[key] = spec;
    else if (!isAlike(known, spec)) continue;
    return key;
  }
}

function isAlike(one: FieldSpec, other: FieldSpec): boolean {
  return one.type === other.type && one.label === other.label && one.names === other.names && one.base === other.base && one.mask === other.mask;
}

function objectIdentifiers(names: Readonly<Record<string, string>>, syntaxes: Readonly<Record<string, readonly [string, Part]>>): ReadonlyMap<string, ObjectIdentifier> {
  const found = new Map<string, ObjectIdentifier>();
  for (const [dotted, name] of Object.entries(names)) found.set(dotted, { name });
  for (const [dotted, [name, syntax]] of Object.entries(syntaxes)) found.set(dotted, { name, syntax });
  return found;
}
