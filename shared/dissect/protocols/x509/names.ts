/** Distinguished names and attributes (X.501 §9, §8), and the line of text that a name is. */
import { boolean, choice, implicit, nothing, oid, open, sequence, sequenceOf, setOf, slot } from '../../ber/notation.ts';
import type { Found, PartOptions, Reading } from '../../ber/notation.ts';
import { TEXT_TAGS, UNIVERSAL } from '../../ber/tags.ts';
import { textOf } from '../../ber/values.ts';
import { IF } from './modules.ts';

const { part } = IF;

// ── the text of a name ───────────────────────────────────────────────────────

interface NameText {
  /** "id-at-commonName=example.org": the values of the part at hand. */
  values: string[];
  /** The parts, innermost first. */
  parts: string[];
}

const nameText = slot((): NameText => ({ values: [], parts: [] }));

/** The latest name that was read, as one line; for labels. */
export function lastName(reader: Reading): string {
  return reader.get(nameText).parts.join(',');
}

function noteValue(reader: Reading, { element, start, end }: Found): void {
  const { layer } = reader;
  if (!layer.run.labels) return;
  const kind = element?.tagClass === UNIVERSAL ? TEXT_TAGS[element.tag] : undefined;
  reader.get(nameText).values.push(`${reader.oidName(reader.selector)}=${kind === undefined ? '' : textOf(kind, layer.bytes, start, end)}`);
}

function endPart(reader: Reading, { entry, value }: Found): void {
  const { layer } = reader;
  if (!layer.run.labels) return;
  const name = reader.get(nameText);
  const words = name.values.join('+');
  name.values = [];
  name.parts.unshift(words);
  layer.labelOf(entry, () => `RDNSequence item: ${items(value)} (${words})`);
}

function items(count: unknown): string {
  return `${String(count)} item${count === 1 ? '' : 's'}`;
}

/** Hooks of every part that is an RDNSequence. */
export const NAME_HOOKS = {
  before: (reader) => reader.set(nameText, { values: [], parts: [] }),
  then: (reader, { entry, value }) => reader.layer.labelOf(entry, () => `rdnSequence: ${items(value)} (${lastName(reader)})`),
} as const satisfies PartOptions;

// ── names ────────────────────────────────────────────────────────────────────

const SELECTOR = { field: 'oid', label: 'Object Id', selects: true } as const satisfies PartOptions;
/** Values that an object identifier announces stand for themselves. */
const BARE = { field: null } as const satisfies PartOptions;

const AttributeTypeAndDistinguishedValue = sequence(
  part('type', oid, SELECTOR),
  part('value', open, { field: null, then: noteValue }),
  part('primaryDistinguished', boolean, { optional: true }),
  part('valuesWithContext', setOf(part('valuesWithContext_item', sequence(part('distingAttrValue', implicit(0, open), { optional: true, field: null })), { label: 'valuesWithContext item' })), { optional: true }),
);

export const RelativeDistinguishedName = setOf(
  part('RelativeDistinguishedName_item', AttributeTypeAndDistinguishedValue, {
    label: 'RelativeDistinguishedName item',
    then: (reader, { entry }) => reader.layer.labelOf(entry, () => `RelativeDistinguishedName item (${reader.get(nameText).values.at(-1) ?? ''})`),
  }),
);

export const RDNSequence = sequenceOf(part('RDNSequence_item', RelativeDistinguishedName, { label: 'RDNSequence item', then: endPart }));

export const Name = choice(part('rdnSequence', RDNSequence, NAME_HOOKS));

/** A name below a line of its carrier. */
export const NAME_CONTENT = part('rdnSequence', RDNSequence, { field: null, before: NAME_HOOKS.before, then: (reader) => reader.tellOwner(() => lastName(reader)) });

export const DISTINGUISHED_NAME = part('DistinguishedName', RDNSequence, NAME_HOOKS);

// ── attributes (X.501 §8.2) ──────────────────────────────────────────────────

const Context = sequence(
  part('contextType', oid, SELECTOR),
  part('contextValues', setOf(part('contextValues_item', open, BARE))),
  part('fallback', boolean, { optional: true }),
);

const ContextAssertion = sequence(part('contextType', oid, SELECTOR), part('contextValues', setOf(part('contextValues_item', open, BARE))));

const ValueWithContext = sequence(part('value', open), part('contextList', setOf(part('Context', Context))));

export const Attribute = sequence(
  part('type', oid, SELECTOR),
  part('values', setOf(part('values_item', open, BARE))),
  part('valuesWithContext', setOf(part('valuesWithContext_item', ValueWithContext, { label: 'valuesWithContext item' })), { optional: true }),
);

export const AttributeValueAssertion = sequence(
  part('type', oid, SELECTOR),
  part('assertion', open, BARE),
  part('assertedContexts', choice(part('allContexts', implicit(0, nothing)), part('selectedContexts', implicit(1, setOf(part('ContextAssertion', ContextAssertion))))), { optional: true }),
);
