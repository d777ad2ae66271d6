/** What the names in a document stand for: elements and attributes of the vocabularies that are known here. */
import type { FieldSpec } from '../../field.ts';
import { VOCABULARIES } from './vocabularies.ts';
import type { VocabularySpec } from './vocabularies.ts';

/** An element as the vocabulary knows it, where it stands. */
export interface Vocable {
  /** Field of the element and of the text in it; null for a vocabulary's own line. */
  readonly key: string | null;
  /** Fields by name, in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly elements: ReadonlyMap<string, Vocable>;
}

/** A document's outermost vocabulary. */
export interface Vocabulary extends Vocable {
  readonly name: string;
}

type StringSpec = FieldSpec & { readonly type: 'string' };

type FieldTable = Record<string, StringSpec>;

function addField(fields: FieldTable, path: string): string {
  fields[path] = { type: 'string', label: path.slice(path.lastIndexOf('.') + 1), name: path };
  return path;
}

interface Element {
  readonly attributes: readonly string[];
  readonly children: readonly string[];
}

function elementsOf({ elements }: VocabularySpec): ReadonlyMap<string, Element> {
  const lines = elements.trim().toLowerCase().split('\n').map((line) => line.trim().split(' '));
  return new Map(lines.map(([name = '', ...parts]) => [name, { attributes: parts.filter((part) => part.startsWith('@')).map((part) => part.slice(1)), children: parts.filter((part) => !part.startsWith('@')) }]));
}

/** Makes what one vocabulary names, and the fields of it. */
class Maker {
  private readonly elements: ReadonlyMap<string, Element>;
  private readonly fields: FieldTable;

  constructor(spec: VocabularySpec, fields: FieldTable) {
    this.elements = elementsOf(spec);
    this.fields = fields;
  }

  /** All elements can stand below the vocabulary itself; its first element is the vocabulary, where elements are told apart. */
  vocabulary({ name, isFlat = false }: VocabularySpec): Vocabulary {
    const within = new Map<string, Vocable>();
    const root = { name, key: null, attributes: this.attributesAt(name, isFlat ? [] : (this.elements.get(name)?.attributes ?? [])), elements: within };
    for (const element of new Set([...this.elements.keys(), ...(isFlat ? [name] : [])])) within.set(element, element === name && !isFlat ? root : this.vocableAt(`${name}.${element}`, element, [name]));
    return root;
  }

  private attributesAt(path: string, attributes: readonly string[]): ReadonlyMap<string, string> {
    return new Map(attributes.map((attribute) => [attribute, addField(this.fields, `${path}.${attribute}`)]));
  }

  /** @param above elements around it, which do not come again */
  private vocableAt(path: string, name: string, above: readonly string[]): Vocable {
    const { attributes, children } = this.elements.get(name) ?? NO_ELEMENT;
    const around = [...above, name];
    const within = children.filter((child) => this.elements.has(child) && !around.includes(child)).map((child) => [child, this.vocableAt(`${path}.${child}`, child, around)] as const);
    return { key: addField(this.fields, path), attributes: this.attributesAt(path, attributes), elements: new Map(within) };
  }
}

const NO_ELEMENT: Element = { attributes: [], children: [] };

interface Known {
  readonly byName: ReadonlyMap<string, Vocabulary>;
  /** A document of no certain vocabulary: its elements may begin one. */
  readonly any: Vocabulary;
  readonly fields: Readonly<FieldTable>;
}

let made: Known | undefined;

/** Made when it is first needed: most captures have no XML. */
function known(): Known {
  if (made !== undefined) return made;
  const fields: FieldTable = {};
  const byName = new Map(VOCABULARIES.map((spec) => [spec.name, new Maker(spec, fields).vocabulary(spec)]));
  made = { byName, any: { name: 'xml', key: 'tag', attributes: new Map(), elements: byName }, fields };
  return made;
}

/** An element of no known vocabulary. */
export const UNKNOWN: Vocable = { key: 'tag', attributes: new Map(), elements: new Map() };

/** Fields of all vocabularies, by their full names. */
export function vocabularyFields(): Readonly<FieldTable> {
  return known().fields;
}

/** @param mediaType in lower case */
export function vocabularyOfType(mediaType: string | undefined): Vocabulary {
  const { byName, any } = known();
  const spec = mediaType === undefined ? undefined : VOCABULARIES.find((candidate) => candidate.mediaType === mediaType);
  return (spec === undefined ? undefined : byName.get(spec.name)) ?? any;
}

/**
 * What an element is: by its prefix, by the element around it, or by the document.
 * @param tag the name as it is written
 */
export function vocableOf(tag: string, around: Vocable, document: Vocabulary): Vocable {
  const name = tag.toLowerCase();
  const colon = name.indexOf(':');
  if (colon >= 0) return known().byName.get(name.slice(0, colon))?.elements.get(name.slice(colon + 1)) ?? UNKNOWN;
  return around.elements.get(name) ?? document.elements.get(name) ?? UNKNOWN;
}
