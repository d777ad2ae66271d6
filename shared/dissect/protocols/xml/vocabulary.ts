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

const fields: Record<string, StringSpec> = {};

function addField(path: string): string {
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

function attributesAt(path: string, attributes: readonly string[]): ReadonlyMap<string, string> {
  return new Map(attributes.map((attribute) => [attribute, addField(`${path}.${attribute}`)]));
}

/** @param above elements around it, which do not come again */
function vocableAt(path: string, name: string, elements: ReadonlyMap<string, Element>, above: readonly string[]): Vocable {
  const { attributes, children } = elements.get(name) ?? NO_ELEMENT;
  const around = [...above, name];
  const within = children.filter((child) => elements.has(child) && !around.includes(child)).map((child) => [child, vocableAt(`${path}.${child}`, child, elements, around)] as const);
  return { key: addField(path), attributes: attributesAt(path, attributes), elements: new Map(within) };
}

const NO_ELEMENT: Element = { attributes: [], children: [] };

/** All elements can stand below the vocabulary itself; its first element is the vocabulary, where elements are told apart. */
function vocabularyOf(spec: VocabularySpec): Vocabulary {
  const { name, isFlat = false } = spec;
  const elements = elementsOf(spec);
  const within = new Map<string, Vocable>();
  const root = { name, key: null, attributes: attributesAt(name, isFlat ? [] : (elements.get(name)?.attributes ?? [])), elements: within };
  for (const element of new Set([...elements.keys(), ...(isFlat ? [name] : [])])) within.set(element, element === name && !isFlat ? root : vocableAt(`${name}.${element}`, element, elements, [name]));
  return root;
}

const KNOWN: readonly Vocabulary[] = VOCABULARIES.map(vocabularyOf);
const BY_NAME: ReadonlyMap<string, Vocabulary> = new Map(KNOWN.map((vocabulary) => [vocabulary.name, vocabulary]));
const BY_TYPE: ReadonlyMap<string, string> = new Map(VOCABULARIES.flatMap(({ name, mediaType }) => (mediaType === undefined ? [] : [[mediaType, name] as const])));

/** A document of no certain vocabulary: its elements may begin one. */
const ANY: Vocabulary = { name: 'xml', key: 'tag', attributes: new Map(), elements: BY_NAME };
/** An element of no known vocabulary. */
export const UNKNOWN: Vocable = { key: 'tag', attributes: new Map(), elements: new Map() };

/** Fields of all vocabularies, by their full names. */
export const VOCABULARY_FIELDS: Readonly<Record<string, StringSpec>> = fields;

/** @param mediaType in lower case */
export function vocabularyOfType(mediaType: string | undefined): Vocabulary {
  return BY_NAME.get(BY_TYPE.get(mediaType ?? '') ?? '') ?? ANY;
}

/**
 * What an element is: by its prefix, by the element around it, or by the document.
 * @param tag the name as it is written
 */
export function vocableOf(tag: string, around: Vocable, document: Vocabulary): Vocable {
  const name = tag.toLowerCase();
  const colon = name.indexOf(':');
  if (colon >= 0) return BY_NAME.get(name.slice(0, colon))?.elements.get(name.slice(colon + 1)) ?? UNKNOWN;
  return around.elements.get(name) ?? document.elements.get(name) ?? UNKNOWN;
}
