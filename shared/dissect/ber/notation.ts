/**
 * ASN.1 as tables: types, and the parts that they are made of.
 *
 * A protocol in ASN.1 is written down like its module in the RFC, and everything else (which
 * bytes, which fields, which tree) follows from that; see reader.ts:
 *
 *     const asn1 = new BerModule('toy');                       // names fields "toy.…"
 *     const { part } = asn1;
 *
 *     const Name = choice(                                     // Name ::= CHOICE {
 *       part('id', implicit(0, integer())),                    //   id    [0] INTEGER,
 *       part('text', implicit(1, text('utf8'))),               //   text  [1] UTF8String }
 *     );
 *     const Toy = sequence(                                    // Toy ::= SEQUENCE {
 *       part('version', integer({ 0: 'v1' })),                 //   version INTEGER { v1(0) },
 *       part('owner', Name, { optional: true }),               //   owner   Name OPTIONAL,
 *       part('kind', oid, { selects: true }),                  //   kind    OBJECT IDENTIFIER,
 *       part('value', explicit(3, open), { optional: true }),  //   value   [3] ANY DEFINED BY kind OPTIONAL,
 *       part('tags', sequenceOf(part('Tag', octets()))),       //   tags    SEQUENCE OF OCTET STRING }
 *     );
 *     const TOY = part('Toy', Toy);
 *
 *     export const toy = asn1.protocol({
 *       title: 'Toy', short: 'TOY', spec: 'RFC 0', osi: 7,
 *       oids: { '1.2.3': 'id-toy' },                           // names, for labels
 *       syntaxes: { '1.2.4': ['id-toy-value', TOY] },          // what `open` finds by the selecting OID
 *       parse: (layer) => void readBer(layer, TOY),
 *     });
 *
 * - Fields are named as Wireshark's compiler names them: `toy.version`; `toy.Toy_element` for
 *   sequences, sets, NULL and ANY; a SEQUENCE OF counts its items, a CHOICE tells which.
 *   `field`, `type`, `label` say otherwise; `field: null` gives a part no line of its own.
 * - `then` is called behind a part with what was read (`before` in front of it): for summaries,
 *   the Info column and whatever a table cannot say. It must not throw, and reads more only
 *   through the reader.
 * - A type may be used before it is declared, or across modules that need each other, by `lazy`.
 * - Whether an element is what a part expects is decided by its tag; the part's type is not
 *   asked again. Errors become remarks, as in Wireshark, and reading goes on behind the element.
 */
import type { FieldInfo, FieldSpec, FieldType } from '../field.ts';
import type { Layer } from '../layer.ts';
import type { BerField } from '../protocols/ber.ts';
import { CONTEXT, PRIVATE, UNIVERSAL } from './tags.ts';
import type { Header } from './tlv.ts';

/** `any`: whichever character string is there. */
export type TextKind = 'any' | 'utf8' | 'numeric' | 'printable' | 'teletex' | 'videotex' | 'ia5' | 'graphic' | 'visible' | 'general' | 'universal' | 'bmp' | 'descriptor';

/** Words for the numbers of INTEGER and ENUMERATED. */
export type NumberNames = Readonly<Record<number, string>>;

export type BerType =
  | { readonly kind: 'sequence' | 'set'; readonly parts: readonly Part[] }
  | { readonly kind: 'sequenceOf' | 'setOf'; readonly item: Part }
  | { readonly kind: 'choice'; readonly alternatives: readonly Part[]; readonly numbers: readonly number[] }
  | { readonly kind: 'tagged'; readonly explicit: boolean; readonly tagClass: number; readonly tag: number; readonly inner: BerType }
  | { readonly kind: 'integer' | 'enumerated'; readonly names: NumberNames | undefined }
  | { readonly kind: 'boolean' | 'nothing' | 'oid' | 'relativeOid' | 'utcTime' | 'generalizedTime' | 'real' }
  | { readonly kind: 'bits'; readonly flags: readonly Part[]; readonly contains: Contained; readonly tellsPadding?: (reader: Reading) => boolean }
  | { readonly kind: 'octets'; readonly contains: Contained }
  | { readonly kind: 'text'; readonly text: TextKind }
  /** One element of any type; `open` ones are read by the object identifier that was selected last. */
  | { readonly kind: 'any' | 'open' }
  | { readonly kind: 'lazy'; readonly as: LazyKind; readonly type: () => BerType };

/** What lies in the bytes of an OCTET STRING or BIT STRING: a value of a part's type, or by the selected OID. */
export type Contained = Part | 'open' | undefined;

/** What the field of a lazy type looks like. */
export type LazyKind = 'sequence' | 'sequenceOf' | 'choice' | 'bytes';

/** What a part read, for `then`. Positions are absolute in the layer's source. */
export interface Found {
  /** Number or bigint, boolean, bytes, text (OID: dotted); the number of items; of a CHOICE, the alternative's number. */
  readonly value: unknown;
  /** Tape entry of the part's line; -1 where there is none. */
  readonly entry: number;
  /** The element's header, where it could be of any type. */
  readonly element?: Header;
  /** Content without tag and length. */
  readonly start: number;
  readonly end: number;
}

/** What the reader needs of a layer, whatever its fields are called. */
export type BerLayer = Pick<
  Layer,
  'run' | 'bytes' | 'source' | 'start' | 'end' | 'reportedEnd' | 'cursor' | 'broken' | 'left' | 'reaches' | 'malformed' | 'putField' | 'as' | 'within' | 'inside' | 'onSource' | 'remark' | 'label' | 'labelOf' | 'text' | 'occurrence' | 'call' | 'fact' | 'setFact' | 'learn' | 'learned'
>;

/** Something that hooks keep for the time of one message: `const version = slot(() => 0)`. */
export interface Slot<T> {
  readonly initial: () => T;
}

export function slot<T>(initial: () => T): Slot<T> {
  return { initial };
}

/** The reader, as hooks and readers of single types know it; see reader.ts. */
export interface Reading {
  readonly layer: BerLayer;
  /** The object identifier that says what `open` values are; empty for none. */
  selector: string;
  get<T>(kept: Slot<T>): T;
  set<T>(kept: Slot<T>, value: T): void;
  /** Name of an object identifier in words, or its dotted text. */
  oidName(dotted: string): string;
  /** Writes words behind the line that holds the part at hand: "Extension (id-ce-keyUsage)". */
  tellOwner(words: () => string): void;
  /** Reads the element at the layer's cursor and moves behind it. */
  read(part: Part): Found;
  /** Reads an element, whose header is known, as `part`; its tag has been looked at. */
  readAs(part: Part, type: BerType, element: Header): Found;
  /** Says what is wrong with an element, on a line of its own. */
  error(key: BerField | null, words: string, element: Header): void;
  /** A remark below the entry recorded last, or below `entry`. */
  remark(key: BerField | null, words: string, entry?: number): void;
}

export interface PartOptions {
  /** OPTIONAL or DEFAULT: may be left out. */
  readonly optional?: true;
  /** An object identifier that says what `open` values are, up to the end of its sequence. */
  readonly selects?: true;
  /** Key of the field, where it is not the part's name; null for a part without a line. */
  readonly field?: string | null;
  /** Field type, where it does not follow from the ASN.1 type. */
  readonly type?: FieldType;
  readonly label?: string;
  readonly base?: FieldSpec['base'];
  readonly names?: FieldSpec['names'];
  readonly help?: string;
  /** For a boolean that is some bit of a byte: drawn as such. */
  readonly mask?: number;
  readonly states?: FieldSpec['states'];
  /** Called before the part is read. */
  readonly before?: (reader: Reading) => void;
  readonly then?: (reader: Reading, found: Found) => void;
}

/** A component of a SEQUENCE or SET, an alternative of a CHOICE, the item of an OF, a flag of a BIT STRING. */
export interface Part {
  readonly name: string;
  readonly type: BerType;
  readonly options: PartOptions;
  /** Null for parts without a line, and until the module has become a protocol. */
  readonly field: FieldInfo | null;
}

export const boolean: BerType = { kind: 'boolean' };
/** NULL. */
export const nothing: BerType = { kind: 'nothing' };
export const oid: BerType = { kind: 'oid' };
export const relativeOid: BerType = { kind: 'relativeOid' };
export const utcTime: BerType = { kind: 'utcTime' };
export const generalizedTime: BerType = { kind: 'generalizedTime' };
export const real: BerType = { kind: 'real' };
export const any: BerType = { kind: 'any' };
export const open: BerType = { kind: 'open' };

export function integer(names?: NumberNames): BerType {
  return { kind: 'integer', names };
}

export function enumerated(names: NumberNames): BerType {
  return { kind: 'enumerated', names };
}

export function octets(contains?: Contained): BerType {
  return { kind: 'octets', contains };
}

/** @param tellsPadding whether the byte that counts the bits to spare has a line of its own; it has where absent */
export function bits(contains?: Contained, tellsPadding: (reader: Reading) => boolean = () => true): BerType {
  return { kind: 'bits', flags: [], contains, tellsPadding };
}

/** A BIT STRING whose bits have names, from the first bit on; made by `BerModule.flags`. */
export function namedBits(flags: readonly Part[]): BerType {
  return { kind: 'bits', flags, contains: undefined };
}

/** Text whose element may be of any string type. */
export const anyText: BerType = { kind: 'text', text: 'any' };

export function text(kind: Exclude<TextKind, 'any'>): BerType {
  return { kind: 'text', text: kind };
}

export function sequence(...parts: readonly Part[]): BerType {
  return { kind: 'sequence', parts };
}

export function set(...parts: readonly Part[]): BerType {
  return { kind: 'set', parts };
}

export function sequenceOf(item: Part): BerType {
  return { kind: 'sequenceOf', item };
}

export function setOf(item: Part): BerType {
  return { kind: 'setOf', item };
}

/** Alternatives are numbered by their tags where all of them have one in context, else in order. */
export function choice(...alternatives: readonly Part[]): BerType {
  const tags = alternatives.map(({ type }) => (type.kind === 'tagged' && type.tagClass !== PRIVATE ? type.tag : -1));
  const tagClass = alternatives.map(({ type }) => (type.kind === 'tagged' ? type.tagClass : UNIVERSAL));
  const isTagged = tags.every((tag) => tag >= 0) && new Set(tagClass).size === 1;
  return { kind: 'choice', alternatives, numbers: isTagged ? tags : alternatives.map((_, index) => index) };
}

export function implicit(tag: number, inner: BerType, tagClass = CONTEXT): BerType {
  return { kind: 'tagged', explicit: false, tagClass, tag, inner };
}

export function explicit(tag: number, inner: BerType, tagClass = CONTEXT): BerType {
  return { kind: 'tagged', explicit: true, tagClass, tag, inner };
}

export function lazy(as: LazyKind, type: () => BerType): BerType {
  return { kind: 'lazy', as, type };
}

/** The type itself, behind `lazy`. */
export function settled(type: BerType): Exclude<BerType, { kind: 'lazy' }> {
  let found = type;
  while (found.kind === 'lazy') found = found.type();
  return found;
}
