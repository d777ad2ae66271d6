/**
 * Questions about packets that the columns can answer, or narrow down: what a display filter is
 * translated to (shared/filter/columns.ts). Answers are YES, NO, or ASK: only the packet itself
 * can tell. ASK is what tunnels and quoted headers get, of which the columns know one header only,
 * and what lies in fields that have no column.
 */
import type { Ends } from './endpoints.ts';
import type { ColumnChunk } from './packet-columns.ts';

export const NO = 0;
export const ASK = 1;
export const YES = 2;

/** Numbers from `low` to `high`, both included. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

export type ColumnTest =
  | { readonly kind: 'constant'; readonly answer: typeof NO | typeof ASK | typeof YES }
  | { readonly kind: 'and' | 'or' | 'xor'; readonly operands: readonly ColumnTest[] }
  | { readonly kind: 'not'; readonly operand: ColumnTest }
  /** About the two ends of a packet's conversation; `ends` is null for packets that have none. `bySender`: it matters which of them sent. */
  | { readonly kind: 'ends'; readonly test: EndsTest; readonly bySender: boolean }
  /** About a number that every packet has. */
  | { readonly kind: 'number'; readonly column: (chunk: ColumnChunk) => Uint32Array | Uint16Array; readonly ranges: readonly NumberRange[] }
  /** About numbers that are computed: packet numbers, times. */
  | { readonly kind: 'packet'; readonly test: (chunk: ColumnChunk, base: number, at: number) => boolean }
  /** About bits of the TCP header's flags: false for packets without TCP. */
  | { readonly kind: 'flags'; readonly mask: number; readonly ranges: readonly NumberRange[] }
  /** Whether any of these ANALYSIS bits was found: false for packets without TCP. */
  | { readonly kind: 'analysis'; readonly bits: number }
  /**
   * Whether a packet has one of these protocols, or sections of protocols. Having one is a YES where `isAnswer`, else reason to
   * ASK. `mayHide`: they do not always leave their name in frame.protocols, being parts of others. `inBodies`: some can stand in
   * bodies that the deep pass does not read.
   */
  | { readonly kind: 'protocols'; readonly ids: readonly string[]; readonly isAnswer: boolean; readonly mayHide: boolean; readonly inBodies: boolean }
  /** Reason to ASK packets that have one of these protocols; NO for all others, and for those that are not final. */
  | { readonly kind: 'unless'; readonly ids: readonly string[] };

/** Whether a packet matches that side A (0) or B (1) of a conversation sent. */
export type EndsTest = (ends: Ends | null, conversation: number, sender: 0 | 1) => boolean;

export const ALWAYS: ColumnTest = { kind: 'constant', answer: YES };
export const NEVER: ColumnTest = { kind: 'constant', answer: NO };
export const UNKNOWN: ColumnTest = { kind: 'constant', answer: ASK };

/**
 * The same question with fewer steps: all that is about ends in one, to be judged once per
 * conversation, and constants taken in.
 */
export function simplified(test: ColumnTest): ColumnTest {
  if (test.kind === 'not') {
    const operand = simplified(test.operand);
    if (operand.kind === 'constant') return { kind: 'constant', answer: (YES - operand.answer) as typeof NO | typeof ASK | typeof YES };
    if (operand.kind === 'ends') return { ...operand, test: (...packet: Parameters<EndsTest>) => !operand.test(...packet) };
    return operand.kind === 'not' ? operand.operand : { kind: 'not', operand };
  }
  if (test.kind !== 'and' && test.kind !== 'or') return test.kind === 'xor' ? { kind: 'xor', operands: test.operands.map(simplified) } : test;
  const { kind } = test;
  const operands = test.operands.map(simplified).flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
  return joined(kind, operands);
}

function joined(kind: 'and' | 'or', operands: readonly ColumnTest[]): ColumnTest {
  const ends: Extract<ColumnTest, { kind: 'ends' }>[] = [];
  const others: ColumnTest[] = [];
  let constant: number = kind === 'and' ? YES : NO;
  for (const operand of operands) {
    if (operand.kind === 'ends') ends.push(operand);
    else if (operand.kind === 'constant') constant = kind === 'and' ? Math.min(constant, operand.answer) : Math.max(constant, operand.answer);
    else others.push(operand);
  }
  if (constant === (kind === 'and' ? NO : YES)) return kind === 'and' ? NEVER : ALWAYS;
  if (constant === ASK) others.push(UNKNOWN);
  if (ends.length > 0) others.unshift({ kind: 'ends', test: endsJoined(kind, ends.map(({ test }) => test)), bySender: ends.some(({ bySender }) => bySender) });
  const [only] = others;
  if (only === undefined) return kind === 'and' ? ALWAYS : NEVER;
  return others.length === 1 ? only : { kind, operands: others };
}

function endsJoined(kind: 'and' | 'or', tests: readonly EndsTest[]): EndsTest {
  const [first, second] = tests as [EndsTest, ...EndsTest[]];
  if (second === undefined) return first;
  // Two are what filters mostly have: written out, as each conversation is judged.
  if (tests.length === 2 && kind === 'and') return (ends, conversation, sender) => first(ends, conversation, sender) && second(ends, conversation, sender);
  if (kind === 'and') return (ends, conversation, sender) => tests.every((test) => test(ends, conversation, sender));
  return (ends, conversation, sender) => tests.some((test) => test(ends, conversation, sender));
}

/** Whether the columns alone may answer: nothing in it asks for what they do not have. */
export function isAboutColumns(test: ColumnTest): boolean {
  switch (test.kind) {
    case 'constant':
      return test.answer !== ASK;
    case 'and':
    case 'or':
    case 'xor':
      return test.operands.every(isAboutColumns);
    case 'not':
      return isAboutColumns(test.operand);
    case 'protocols':
      return false;
    default:
      return true;
  }
}

export function isIn(ranges: readonly NumberRange[], value: number): boolean {
  for (let index = 0; index < ranges.length; index += 1) {
    const range = ranges[index] as NumberRange;
    if (value >= range.low && value <= range.high) return true;
  }
  return false;
}
