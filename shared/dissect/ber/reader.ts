/**
 * Reads BER and DER (X.690) by the tables of notation.ts, at a layer's cursor.
 *
 * - Never throws, whatever the bytes: elements that lie about their lengths are cut to what
 *   holds them, nesting ends at MAX_NESTING, every step moves on, and items are capped by the run.
 * - A header that is cut off breaks the layer (truncated or malformed, as Layer tells apart);
 *   contents that contradict the table become remarks, and reading goes on behind them.
 * - `readBer(layer, part)` is the way in. What hooks (`then`) share within one message lies in
 *   slots: `const version = slot(() => 0)`, `reader.get(version)`, `reader.set(version, 1)`.
 */
import type { FieldInfo } from '../field.ts';
import { ber } from '../protocols/ber.ts';
import type { BerField } from '../protocols/ber.ts';
import { alternativeOf, fits } from './fits.ts';
import { settled } from './notation.ts';
import type { BerLayer, BerType, Contained, Found, Part, Reading, Slot } from './notation.ts';
import { readPrimitive } from './primitives.ts';
import type { PrimitiveType } from './primitives.ts';
import { MAX_NESTING, isHeader, readHeader } from './tlv.ts';
import type { Header } from './tlv.ts';

type Structure = Extract<BerType, { kind: 'sequence' | 'set' }>;
type OfType = Extract<BerType, { kind: 'sequenceOf' | 'setOf' }>;
type Choice = Extract<BerType, { kind: 'choice' }>;
type Tagged = Extract<BerType, { kind: 'tagged' }>;

/** Ends behind this are no ends: Wireshark counts bytes in 31 bits. */
const MAX_POSITION = 0x7fff_ffff;

const NOT_READ: Found = { value: undefined, entry: -1, start: 0, end: 0 };

export interface ReadOptions {
  /** Called before anything is read: to set slots. */
  readonly prepare?: (reader: Reading) => void;
  /** Called at the end: to get slots. */
  readonly finish?: (reader: Reading) => void;
  /** Tape entry of the carrier's line above, for `tellOwner`. */
  readonly owner?: number;
}

/** Reads one element at the layer's cursor and moves behind it. */
export function readBer(layer: BerLayer, part: Part, { prepare, finish, owner = -1 }: ReadOptions = {}): Found {
  const reader = new BerReader(layer, owner);
  prepare?.(reader);
  const found = reader.read(part);
  finish?.(reader);
  return found;
}

export class BerReader implements Reading {
  readonly layer: BerLayer;
  /** The object identifier that says what `open` values are; empty for none. */
  selector = '';
  private readonly slots = new Map<Slot<unknown>, unknown>();
  private nesting = 0;
  /** Entry of the line that holds the part at hand. */
  private owner: number;

  constructor(layer: BerLayer, owner: number) {
    this.layer = layer;
    this.owner = owner;
  }

  get<T>(kept: Slot<T>): T {
    if (!this.slots.has(kept)) this.slots.set(kept, kept.initial());
    return this.slots.get(kept) as T;
  }

  set<T>(kept: Slot<T>, value: T): void {
    this.slots.set(kept, value);
  }

  /** Name of an object identifier in words, or its dotted text. */
  oidName(dotted: string): string {
    return this.layer.run.registry.objectIdentifier(dotted)?.name ?? dotted;
  }

  tellOwner(words: () => string): void {
    const { owner, layer } = this;
    const { tape } = layer.run;
    if (owner >= 0) layer.labelOf(owner, () => `${tape.labels.get(owner) ?? tape.fields[owner]?.spec.label ?? ''} (${words()})`);
  }

  // ── elements ───────────────────────────────────────────────────────────────

  /** The header at the cursor, which stays; undefined where it is cut off, which breaks the layer. */
  header(): Header | undefined {
    const { layer } = this;
    const found = readHeader(layer.bytes, layer.cursor, layer.end);
    if (isHeader(found)) return found;
    if (layer.reaches(found.missing)) layer.malformed();
    return undefined;
  }

  /** Reads the element at the cursor as `part` and moves behind it. */
  read(part: Part): Found {
    const element = this.header();
    if (element === undefined) return NOT_READ;
    const found = fits(part.type, element) ? this.readAs(part, part.type, element) : this.misfit(part, element);
    this.layer.cursor = element.next;
    return found;
  }

  /** Reads an element, whose header is known, as `part`; its tag has been looked at. */
  readAs(part: Part, type: BerType, element: Header): Found {
    if (this.nesting >= MAX_NESTING) {
      this.layer.malformed();
      return NOT_READ;
    }
    this.nesting += 1;
    part.options.before?.(this);
    const found = this.readType(part, settled(type), element);
    this.nesting -= 1;
    if (this.layer.broken) return found;
    if (part.options.selects && typeof found.value === 'string') this.selector = found.value;
    part.options.then?.(this, found);
    return found;
  }

  private readType(part: Part, type: Exclude<BerType, { kind: 'lazy' }>, element: Header): Found {
    switch (type.kind) {
      case 'sequence':
      case 'set':
        return this.structure(part, type, element);
      case 'sequenceOf':
      case 'setOf':
        return this.repeated(part, type, element);
      case 'choice':
        return this.choice(part, type, element);
      case 'tagged':
        return type.explicit ? this.explicit(part, type, element) : this.readType(part, settled(type.inner), element);
      case 'open':
        return this.open(part, element);
      case 'any':
        return { ...this.line(part, null, element.start, element), element };
      default:
        return this.content(element, () => this.primitive(part, type, element));
    }
  }

  private primitive(part: Part, type: PrimitiveType, element: Header): Found {
    const found = readPrimitive(this, part, type, element);
    if (type.kind !== 'octets' && type.kind !== 'bits') return found;
    if (type.contains !== undefined && !this.layer.broken) this.contained(type.contains, found);
    return found;
  }

  // ── structures ─────────────────────────────────────────────────────────────

  /** Runs `body` over an element's content, as far as it is there. */
  private content<T>(element: Header, body: () => T): T {
    const { layer } = this;
    return layer.within(element.end, () => {
      layer.cursor = element.content;
      return body();
    });
  }

  /** Like `content`, for elements: those of the outermost structure may reach beyond its end, if the layer does. */
  private parts(element: Header, body: () => void): void {
    const { layer } = this;
    if (this.nesting > 1) this.content(element, body);
    else {
      layer.cursor = element.content;
      body();
    }
  }

  /** Records the part's own line over an element from `start` on. */
  private line(part: Part, value: unknown, start: number, element: Header): Found {
    const { layer } = this;
    const from = Math.min(start, layer.end);
    const entry = part.field === null ? -1 : layer.putField(part.field, value, from, Math.max(0, Math.min(element.next, layer.end) - from));
    return { value: value ?? undefined, entry, start: element.content, end: Math.min(element.end, layer.end) };
  }

  /** Records what `body` records below the part's line, where it has one. */
  private below<T>(found: Found, body: () => T): T {
    if (found.entry < 0) return body();
    const { owner } = this;
    this.owner = found.entry;
    const result = this.layer.inside(body);
    this.owner = owner;
    return result;
  }

  private structure(part: Part, type: Structure, element: Header): Found {
    const found = this.line(part, null, element.start, element);
    const { selector } = this;
    const { layer } = this;
    this.below(found, () =>
      this.parts(element, () => {
        if (type.kind === 'sequence') this.inOrder(type.parts, element);
        else this.inAnyOrder(type.parts, element);
        this.checkEnd(element, type.kind.toUpperCase());
      }),
    );
    if (element.content === element.end) layer.labelOf(found.entry, () => `${part.field?.spec.label ?? part.name} [0 length]`);
    this.selector = selector;
    return found;
  }

  /** Each element of the content, up to its declared end, or an end marker, which may stand behind any. */
  private elements({ end }: Header, body: (element: Header) => void): void {
    const { layer } = this;
    if (end > MAX_POSITION) layer.malformed();
    while (layer.cursor < end && !layer.broken && !layer.run.full) {
      if (layer.left > 1 && layer.bytes.at(layer.cursor) === 0 && layer.bytes.at(layer.cursor + 1) === 0) return;
      const element = this.header();
      if (element === undefined) return;
      if (element.next > MAX_POSITION) layer.malformed();
      else body(element);
      if (!layer.broken) layer.cursor = element.next;
    }
  }

  /** Elements of a structure may together not be longer than it says to be. */
  private checkEnd({ end }: Header, words: string): void {
    const { layer } = this;
    const over = layer.cursor - end;
    if (over > 0 && !layer.broken && !layer.run.full && layer.reaches(layer.cursor)) this.remarkLine('error.length', `BER Error: ${words} is ${over} too many bytes long`, end);
  }

  private inOrder(parts: readonly Part[], whole: Header): void {
    let next = 0;
    this.elements(whole, (element) => {
      let part = parts[next];
      while (part !== undefined && part.options.optional && !fits(part.type, element)) {
        next += 1;
        part = parts[next];
      }
      next += 1;
      if (part === undefined) this.error('error.unknown_field.sequence', 'BER Error: This field lies beyond the end of the known sequence definition.', element);
      else if (fits(part.type, element)) this.readAs(part, part.type, element);
      else if (settled(part.type).kind === 'choice') this.noAlternative(part, element);
      else this.error('error.sequence.field_wrong', `BER Error: Wrong field in SEQUENCE: ${part.name} expected`, element);
    });
  }

  private inAnyOrder(parts: readonly Part[], whole: Header): void {
    const seen = new Set<Part>();
    this.elements(whole, (element) => {
      const part = parts[alternativeOf(parts, element)];
      if (part === undefined) {
        this.error('error.unknown_field.set', 'BER Error: Unknown field in SET', element);
        return;
      }
      seen.add(part);
      this.readAs(part, part.type, element);
    });
    if (this.layer.broken) return;
    for (const part of parts) if (!part.options.optional && !seen.has(part)) this.remark('error.missing_field.set', `BER Error: Missing field in SET: ${part.name}`);
  }

  private repeated(part: Part, type: OfType, element: Header): Found {
    const count = element.end > MAX_POSITION ? 0 : this.count(element);
    const found = this.line(part, count, element.start, element);
    this.below(found, () =>
      this.parts(element, () => {
        this.elements(element, (item) => {
          if (fits(type.item.type, item)) this.readAs(type.item, type.item.type, item);
          else this.error('error.sequence.field_wrong', `BER Error: Wrong field in a list: ${type.item.name} expected`, item);
        });
        this.checkEnd(element, type.kind === 'setOf' ? 'SET OF' : 'SEQUENCE OF');
      }),
    );
    this.layer.labelOf(found.entry, () => `${part.field?.spec.label ?? part.name}: ${count} item${count === 1 ? '' : 's'}`);
    return { ...found, value: count };
  }

  /** How many elements lie in the content; where a header is cut off, so is the layer, before anything is shown of the list. */
  private count(list: Header): number {
    let count = 0;
    this.content(list, () => this.elements(list, () => (count += 1)));
    return count;
  }

  private choice(part: Part, type: Choice, element: Header): Found {
    const index = alternativeOf(type.alternatives, element);
    const alternative = type.alternatives[index];
    if (alternative === undefined) return this.noAlternative(part, element);
    const found = this.line(part, type.numbers[index], element.start, element);
    this.layer.labelOf(found.entry, () => `${part.field?.spec.label ?? part.name}: ${alternative.name} (${type.numbers[index]})`);
    this.below(found, () => this.readAs(alternative, alternative.type, element));
    return found;
  }

  /** Wireshark says nothing of a CHOICE of which no alternative fits; here a remark without a field does. */
  private noAlternative(part: Part, element: Header): Found {
    part.options.before?.(this);
    this.error(null, `BER Error: no alternative of ${part.name} has this tag`, element);
    return NOT_READ;
  }

  private explicit(part: Part, type: Tagged, element: Header): Found {
    return this.content(element, () => {
      const inner = this.header();
      if (inner === undefined) return NOT_READ;
      return fits(type.inner, inner) ? this.readType(part, settled(type.inner), inner) : this.misfit(part, inner, type.inner);
    });
  }

  // ── what an object identifier announces ────────────────────────────────────

  /** The element at hand is what the selected object identifier says. */
  private open(part: Part, element: Header): Found {
    const found = this.line(part, null, element.start, element);
    this.below(found, () => this.announced(element));
    return { ...found, element };
  }

  private announced(element: Header): void {
    const { registry, protocolNames } = this.layer.run;
    const known = this.selector === '' ? undefined : registry.objectIdentifier(this.selector);
    const syntax = known?.syntax as Part | undefined;
    if (known === undefined || syntax === undefined) {
      this.unannounced(element);
      return;
    }
    protocolNames.push(known.protocol.id);
    const { selector } = this;
    if (fits(syntax.type, element)) this.readAs(syntax, syntax.type, element);
    else this.misfit(syntax, element);
    this.selector = selector;
  }

  private unannounced(element: Header): void {
    if (this.selector === '') this.error('error.no_oid', 'BER Error: No OID supplied', element);
    else if (this.layer.bytes.at(element.start) !== NULL_TAG) this.error('error.oid_not_implemented', `BER: what ${this.oidName(this.selector)} announces is not known`, element);
  }

  /** The bytes of a string type hold an element themselves. */
  private contained(contains: NonNullable<Contained>, found: Found): void {
    const { layer } = this;
    if (found.end <= found.start) return;
    const body = (): void => {
      if (contains !== 'open') {
        this.read(contains);
        return;
      }
      const element = this.header();
      if (element !== undefined) this.announced(element);
    };
    this.below(found, () => {
      if (isPieced(found)) layer.onSource(layer.run.addSource('Reassembled OCTET STRING', found.value as Uint8Array), body);
      else {
        layer.cursor = found.start;
        body();
      }
    });
  }

  // ── remarks ────────────────────────────────────────────────────────────────

  /** A remark on a line of its own, without bytes. */
  private remarkLine(key: BerField, words: string, at: number): void {
    const { layer } = this;
    const entry = layer.putField(null, null, Math.min(at, layer.end), 0);
    layer.labelOf(entry, () => words);
    this.remark(key, words, entry);
  }

  /** Says what is wrong, without reading on in the element. */
  error(key: BerField | null, words: string, element: Header): void {
    const { layer } = this;
    const start = Math.min(element.start, layer.end);
    const entry = layer.putField(null, null, start, Math.max(0, Math.min(element.next, layer.end) - start));
    layer.labelOf(entry, () => words);
    this.remark(key, words, entry);
  }

  /** A remark below the entry recorded last, or below `entry`. */
  remark(key: BerField | null, words: string, entry?: number): void {
    if (this.layer.broken) return;
    this.layer.remark(key === null ? null : (ber.byKey[key] as FieldInfo), 'warn', 'Malformed', words, entry);
  }

  /** The element's tag is not that of the type. */
  private misfit(part: Part, element: Header, type: BerType = part.type): Found {
    const known = settled(type);
    if (known.kind === 'choice') return this.noAlternative(part, element);
    const key = EXPECTED[known.kind] ?? 'error.wrong_tag_in_tagged_type';
    this.error(key, `BER Error: ${part.name} expected, but class ${element.tagClass} and tag ${element.tag} found`, element);
    return NOT_READ;
  }
}

const NULL_TAG = 5;

const EXPECTED: Readonly<Partial<Record<BerType['kind'], BerField>>> = {
  sequence: 'error.expected.sequence', sequenceOf: 'error.expected.sequence', set: 'error.expected.set', setOf: 'error.expected.set',
  octets: 'error.expected.octet_string', bits: 'error.expected.bitstring', nothing: 'error.expected.null', oid: 'error.expected.object_identifier',
  text: 'error.expected.string', utcTime: 'error.expected.utc_time', generalizedTime: 'error.expected.generalized_time',
};

/** A string in several pieces: its value is no slice of the layer's bytes. */
function isPieced({ value, start, end }: Found): boolean {
  return value instanceof Uint8Array && value.length !== end - start;
}
