/**
 * What could be written next: names where a name may stand, operators behind a field, and behind
 * an operator the values that the field has names for, or that the capture holds.
 */
import type { FieldInfo } from '../dissect/field.ts';
import type { Registry } from '../dissect/registry.ts';
import { allFunctions } from './functions.ts';
import { FilterError } from './problem.ts';
import { scan } from './scan.ts';
import type { Token } from './scan.ts';
import { namedValues } from './value-names.ts';
import { canContain, canMatch, kindWords, typeOf } from './value-type.ts';

export type CompletionKind = 'protocol' | 'field' | 'function' | 'value' | 'operator';

export interface Completion {
  /** What stands in the filter then. */
  readonly text: string;
  readonly kind: CompletionKind;
  /** In words: a field's label, a value's name. */
  readonly label: string;
  /** For example the field's type. */
  readonly detail: string;
}

export interface Completions {
  /** Where what is replaced begins; it ends at the cursor. */
  readonly from: number;
  readonly options: readonly Completion[];
}

/** Values that the capture holds, as filters write them. */
export interface SeenValues {
  addresses(version: 4 | 6): Iterable<string>;
  ports(protocol: 'tcp' | 'udp'): Iterable<number>;
}

const MOST_OPTIONS = 100;
/** Names that only hold what was typed come behind those that begin with it, from so many letters on. */
const LETTERS_FOR_INSIDE = 3;

/** What could stand at `at`; no options where nobody can tell (inside of a string, behind a mistake). */
export function complete(text: string, at: number, registry: Registry, seen: SeenValues): Completions {
  const typed = /[\w.:-]*$/.exec(text.slice(0, at))?.[0] ?? '';
  const from = at - typed.length;
  const before = tokensBefore(text.slice(0, from));
  if (before === null) return { from: at, options: [] };
  const field = fieldBeingCompared(before, registry);
  if (field !== null) return { from, options: valuesOf(field, typed, seen) };
  const last = before.at(-1);
  if (typed === '' && last?.kind === 'word') {
    const named = registry.fieldsNamed(last.text)[0];
    if (named !== undefined) return { from, options: operatorsFor(named) };
  }
  return { from, options: namesFor(typed, registry) };
}

/** Null where the text so far is no list of tokens: a string that is still open, mostly. */
function tokensBefore(text: string): readonly Token[] | null {
  try {
    return scan(text).slice(0, -1);
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}

/** The field whose value comes next: "ip.proto ==", "tcp.port in {80," */
function fieldBeingCompared(tokens: readonly Token[], registry: Registry): FieldInfo | null {
  let index = tokens.length - 1;
  if (isInSet(tokens)) index = tokens.findLastIndex((token) => token.kind === 'keyword' && token.keyword === 'in');
  const operator = tokens[index];
  if (operator?.kind !== 'compare' && !(operator?.kind === 'keyword' && operator.keyword === 'in')) return null;
  const left = tokens.slice(0, index).findLast((token) => token.kind !== 'keyword' || token.keyword !== 'not');
  return left?.kind === 'word' ? (registry.fieldsNamed(left.text)[0] ?? null) : null;
}

/** True behind "in {" and behind a comma or ".." within. */
function isInSet(tokens: readonly Token[]): boolean {
  const open = tokens.findLastIndex((token) => token.kind === 'symbol' && (token.symbol === '{' || token.symbol === '}'));
  const brace = tokens[open];
  const before = tokens[open - 1];
  const last = tokens.at(-1);
  return brace?.kind === 'symbol' && brace.symbol === '{' && before?.kind === 'keyword' && before.keyword === 'in' && last?.kind === 'symbol';
}

// ── values ───────────────────────────────────────────────────────────────────

function valuesOf(field: FieldInfo, typed: string, seen: SeenValues): readonly Completion[] {
  const found: Completion[] = [];
  const wanted = typed.toLowerCase();
  const offer = (text: string, label: string, detail: string): boolean => {
    if (text.toLowerCase().startsWith(wanted) || (wanted !== '' && label.toLowerCase().includes(wanted))) found.push({ text, kind: 'value', label, detail });
    return found.length < MOST_OPTIONS;
  };
  for (const { value, name } of namedValues(field)) if (!offer(String(value), name, field.spec.label)) return found;
  for (const value of seenValues(field, seen)) if (!offer(value, '', 'in this capture')) return found;
  return found;
}

function* seenValues(field: FieldInfo, seen: SeenValues): Generator<string> {
  if (field.type === 'ipv4' || field.type === 'ipv6') yield* seen.addresses(field.type === 'ipv4' ? 4 : 6);
  const transport = /^(tcp|udp)\.(src|dst)?port$/.exec(field.name)?.[1];
  if (transport === 'tcp' || transport === 'udp') for (const port of seen.ports(transport)) yield String(port);
}

// ── names ────────────────────────────────────────────────────────────────────

function namesFor(typed: string, registry: Registry): readonly Completion[] {
  const wanted = typed.toLowerCase();
  if (wanted === '') return [];
  const atStart: Completion[] = [];
  const inside: Completion[] = [];
  const seen = new Set<string>();
  for (const field of registry.fields) {
    if (seen.has(field.name)) continue;
    seen.add(field.name);
    // Fields are offered once their protocol is written: there are thousands.
    if (field.name.startsWith(wanted) && (field.type === 'protocol' || wanted.includes('.') || field.name === wanted)) atStart.push(nameOf(field));
    else if (wanted.length >= LETTERS_FOR_INSIDE && inside.length < MOST_OPTIONS && holds(field, wanted)) inside.push(nameOf(field));
  }
  const functions = allFunctions().filter(({ name }) => name.startsWith(wanted)).map(({ name, help }): Completion => ({ text: `${name}(`, kind: 'function', label: help, detail: 'function' }));
  atStart.sort(shortestFirst);
  return [...atStart, ...functions, ...inside.sort(shortestFirst)].slice(0, MOST_OPTIONS);
}

function holds({ name, spec }: FieldInfo, wanted: string): boolean {
  return name.includes(wanted) || spec.label.toLowerCase().includes(wanted);
}

/** Fields of the same protocol in the order of their names, plain ones first. */
function shortestFirst(one: Completion, two: Completion): number {
  const depth = one.text.split('.').length - two.text.split('.').length;
  return depth !== 0 ? depth : one.text < two.text ? -1 : 1;
}

function nameOf(field: FieldInfo): Completion {
  const isProtocol = field.type === 'protocol';
  return { text: field.name, kind: isProtocol ? 'protocol' : 'field', label: field.spec.label, detail: isProtocol ? 'protocol' : kindWords(typeOf(field)) };
}

// ── operators ────────────────────────────────────────────────────────────────

const COMPARISONS: readonly (readonly [text: string, label: string])[] = [['==', 'is'], ['!=', 'is not'], ['>', 'is more than'], ['<', 'is less than'], ['>=', 'is at least'], ['<=', 'is at most']];
const EQUALITIES = 2;

function operatorsFor(field: FieldInfo): readonly Completion[] {
  const { kind } = typeOf(field);
  const operator = ([text, label]: readonly [string, string]): Completion => ({ text, kind: 'operator', label, detail: '' });
  const options = [...(kind === 'none' ? [] : kind === 'bool' || kind === 'protocol' ? COMPARISONS.slice(0, EQUALITIES) : COMPARISONS).map(operator)];
  if (kind !== 'none' && kind !== 'protocol') options.push(operator(['in {', 'is one of']));
  if (canContain(kind)) options.push(operator(['contains', 'holds']));
  if (canMatch(kind)) options.push(operator(['matches', 'fits the pattern']));
  return [...options, operator(['&&', 'and']), operator(['||', 'or'])];
}
