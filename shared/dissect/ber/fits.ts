/** Which elements a type can be, told by tag alone (X.680 §8.6: alternatives and neighbours differ in it). */
import { settled } from './notation.ts';
import type { BerType, Part } from './notation.ts';
import { TAG, TEXT_TAGS, UNIVERSAL } from './tags.ts';
import type { Header } from './tlv.ts';

const KIND_TAGS = {
  sequence: TAG.sequence, set: TAG.set, sequenceOf: TAG.sequence, setOf: TAG.set,
  integer: TAG.integer, enumerated: TAG.enumerated, boolean: TAG.boolean, nothing: TAG.nothing, oid: TAG.oid, relativeOid: TAG.relativeOid,
  utcTime: TAG.utcTime, generalizedTime: TAG.generalizedTime, real: TAG.real, bits: TAG.bits, octets: TAG.octets,
} as const;

export function fits(type: BerType, element: Header): boolean {
  const known = settled(type);
  switch (known.kind) {
    case 'any':
    case 'open':
      return true;
    case 'choice':
      return alternativeOf(known.alternatives, element) >= 0;
    case 'tagged':
      return element.tagClass === known.tagClass && element.tag === known.tag;
    case 'text':
      return element.tagClass === UNIVERSAL && (known.text === 'any' ? isText(element.tag) : element.tag === TAG[known.text]);
    default:
      return element.tagClass === UNIVERSAL && element.tag === KIND_TAGS[known.kind];
  }
}

function isText(tag: number): boolean {
  return TEXT_TAGS[tag] !== undefined || tag === TAG.octets;
}

/** Index of the alternative that an element is; -1 for none. */
export function alternativeOf(alternatives: readonly Part[], element: Header): number {
  for (const [index, { type }] of alternatives.entries()) if (fits(type, element)) return index;
  return -1;
}
