/** What a filter means, in one line of words: what stands under the bar for those who learn the language. */
import type { FieldInfo } from '../dissect/field.ts';
import type { CheckedTest, CheckedValue } from './checked.ts';
import type { Relation } from './order.ts';
import { isSeveral } from './several.ts';
import { valueName } from './value-names.ts';

const MOST_CHARACTERS = 600;

/** "Packets whose IPv4 source address is 10.0.0.1 and that carry HTTP." */
export function explain(test: CheckedTest | null): string {
  if (test === null) return 'All packets.';
  const words = `Packets ${clause(test, null)}.`;
  return words.length <= MOST_CHARACTERS ? words : `${words.slice(0, MOST_CHARACTERS - 1)}…`;
}

/** `outer`: the kind of operator around, which decides about parentheses. */
function clause(test: CheckedTest, outer: string | null): string {
  switch (test.kind) {
    case 'logical': {
      const joint = test.operator === 'xor' ? ', or else ' : ` ${test.operator} `;
      const words = test.operands.map((operand) => clause(operand, test.operator)).join(joint);
      return outer === null || outer === test.operator ? `${test.operator === 'xor' ? 'either ' : ''}${words}` : `(${words})`;
    }
    case 'not':
      return negated(test.operand);
    case 'compare':
      return compared(test.left, test.right, test.relation, test.all);
    case 'contains':
      return `${subject(test.left, test.all)} contains ${valueWords(test.right, test.left)}`;
    case 'matches':
      return `${subject(test.left, test.all)} matches the pattern “${test.pattern.text}”`;
    case 'in':
      return `${subject(test.left, test.all)} is ${setWords(test)}`;
    case 'exists':
      return existing(test.value);
  }
}

function negated(test: CheckedTest): string {
  if (test.kind === 'exists' && test.value.kind === 'field') {
    const [field] = test.value.fields;
    if (field?.type === 'protocol') return `without ${protocolWords(field)}`;
    return `without ${fieldWords(test.value)}`;
  }
  return `to which this does not apply: ${clause(test, 'not')}`;
}

function existing(value: CheckedValue): string {
  if (value.kind === 'field') {
    const [field] = value.fields;
    const where = layerWords(value);
    if (field?.type === 'protocol') return `with ${protocolWords(field)}${where}`;
    if (field?.type === 'none') return `marked “${field.spec.label}”${where}`;
    if (field?.type === 'bool') return `that have ${fieldWords(value)}, set or not`;
    return `that have ${fieldWords(value)}`;
  }
  if (value.kind === 'slice') return `that have ${words(value)}`;
  if (value.type.kind === 'bool') return `where ${words(value)}`;
  return `where ${words(value)} is not zero`;
}

const RELATIONS: Readonly<Record<Relation, string>> = { eq: 'is', ne: 'is not', lt: 'is less than', le: 'is at most', gt: 'is greater than', ge: 'is at least' };
const TIME_RELATIONS: Readonly<Record<Relation, string>> = { eq: 'is', ne: 'is not', lt: 'is before', le: 'is not after', gt: 'is after', ge: 'is not before' };

function compared(left: CheckedValue, right: CheckedValue, relation: Relation, all: boolean): string {
  if (left.kind === 'constant') return compared(right, left, MIRRORED[relation], all);
  const relations = left.type.kind === 'time' ? TIME_RELATIONS : RELATIONS;
  const isNetwork = right.kind === 'constant' && right.text.includes('/') && (left.type.kind === 'ipv4' || left.type.kind === 'ipv6');
  // "none is" is what "all are not" means.
  const isNone = relation === 'ne' && all && isSeveralValue(left);
  if (left.type.kind === 'bool' && right.kind === 'constant' && (relation === 'eq' || relation === 'ne')) return `${subject(left, all)} is ${(right.value === 1) === (relation === 'eq') ? 'set' : 'not set'}${namedState(left, right)}`;
  const verb = isNone ? 'is' : (relations[relation] as string);
  return `${isNone ? `in which no ${plainWords(left)}` : subject(left, all && relation !== 'ne')} ${isNetwork ? verb.replace(/^is( not)?$/, 'is$1 in') : verb} ${valueWords(right, left)}`;
}

const MIRRORED: Readonly<Record<Relation, Relation>> = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

function namedState(left: CheckedValue, right: CheckedValue & { kind: 'constant' }): string {
  const field = left.type.named;
  const state = field?.spec.states?.[right.value === 1 ? 0 : 1];
  return state === undefined ? '' : ` (${state})`;
}

function isSeveralValue(value: CheckedValue): boolean {
  return value.kind === 'field' && isSeveral(value.fields[0]);
}

/** "whose …", "in which every …". */
function subject(value: CheckedValue, all: boolean): string {
  if (all && value.kind === 'field') return `in which every ${plainWords(value)}`;
  if (value.kind === 'field' && isSeveralValue(value)) return `in which ${withArticle(plainWords(value))}`;
  return value.kind === 'field' && !value.isReference ? `whose ${plainWords(value)}` : `where ${words(value)}`;
}

/** By how the word is spoken: an HTTP host, a TCP port, an IPv4 address. */
function withArticle(words: string): string {
  return `${/^([AEIOaeio]|[FHLMNRSX](?=[A-Z]))/.test(words) ? 'an' : 'a'} ${words}`;
}

function plainWords(value: CheckedValue): string {
  return words(value).replace(/^the /, '');
}

function words(value: CheckedValue): string {
  switch (value.kind) {
    case 'field':
      return fieldWords(value);
    case 'constant':
      return value.text;
    case 'slice':
      return `${sliceWords(value.ranges)} of ${words(value.operand)}`;
    case 'call':
      return value.function.words.replace('{1}', value.arguments[0] === undefined ? '' : words(value.arguments[0])).replace('{*}', value.arguments.map(words).join(', '));
    case 'arithmetic':
      return value.operator === '&' ? `the bits ${words(value.right)} of ${words(value.left)}` : `${words(value.left)} ${value.operator} ${words(value.right)}`;
    case 'negate':
      return `minus ${words(value.operand)}`;
    case 'names':
      return `the name of ${words(value.operand)}`;
  }
}

function sliceWords(ranges: Extract<CheckedValue, { kind: 'slice' }>['ranges']): string {
  const parts = ranges.map(({ from, to }) => {
    if (to.kind === 'length') return to.value === 1 ? `byte ${from}` : `${to.value} bytes from ${from} on`;
    return to.kind === 'end' ? `the bytes from ${from} on` : `bytes ${from} to ${to.value}`;
  });
  return parts.join(' and ');
}

/** "the TCP source port", "the selected packet's IPv4 source address". */
function fieldWords(value: Extract<CheckedValue, { kind: 'field' }>): string {
  const [field] = value.fields;
  if (field === undefined) return value.name;
  const of = value.isReference ? "the selected packet's" : 'the';
  return `${of} ${value.isRaw ? 'bytes of the ' : ''}${labelWords(field)}${layerWords(value)}`;
}

function layerWords({ layers }: Extract<CheckedValue, { kind: 'field' }>): string {
  if (layers === null) return '';
  return ` of layer ${layers.map(({ from, to }) => (to.kind === 'length' && to.value === 1 ? (from === 1 ? '1 (outermost)' : from === -1 ? '−1 (innermost)' : String(from)) : to.kind === 'offset' ? `${from} to ${to.value}` : `${from} on`)).join(' and ')}`;
}

function protocolWords(field: FieldInfo): string {
  return field.protocol.spec.short;
}

/** The label as it stands in a sentence, behind the protocol's short name unless it begins with it. */
function labelWords(field: FieldInfo): string {
  const { short } = field.protocol.spec;
  if (field.type === 'protocol') return `${short} ${short === 'Frame' ? 'bytes' : 'part'}`;
  const label = field.spec.label.replace(/\b[A-Z][a-z]+\b/g, (word) => word.toLowerCase());
  const owner = short === 'Frame' || label.toLowerCase().startsWith(short.toLowerCase()) ? '' : `${short} `;
  // The label of a flag is often its name alone.
  const isBareFlag = field.type === 'bool' && field.name.includes('flags') && !/flag|bit/.test(label);
  return `${owner}${label}${isBareFlag ? ' flag' : ''}`;
}

function valueWords(value: CheckedValue, other: CheckedValue): string {
  if (value.kind !== 'constant') return words(value);
  const field = other.type.named;
  if (other.type.kind === 'integer' && field !== null && typeof value.value === 'number') {
    const name = valueName(field, value.value);
    if (name !== undefined) return /^["A-Za-z]/.test(value.text) ? `${name} (${value.value})` : `${value.text} (${name})`;
  }
  return value.type.kind === 'string' && !value.text.startsWith('"') ? `"${value.text}"` : value.text;
}

function setWords({ items, left }: Extract<CheckedTest, { kind: 'in' }>): string {
  const parts = items.slice(0, 12).map(({ low, high }) => (high === null ? valueWords(low, left) : `${valueWords(low, left)} to ${valueWords(high, left)}`));
  const more = items.length > 12 ? ` or one of ${items.length - 12} more` : '';
  const list = parts.length > 1 && more === '' ? `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}` : parts.join(', ');
  return `${list}${more}`;
}
