/** What is right but seldom meant: the known traps of the filter language, as warnings with a way out. */
import type { Registry } from '../dissect/registry.ts';
import type { Operand, Test } from './ast.ts';
import { replaceBy } from './problem.ts';
import type { FilterProblem, Fix, Span } from './problem.ts';
import { isSeveral } from './several.ts';

const MOST_WARNINGS = 8;

/** `text` is what the tree was read from; the filter has been checked. */
export function trapsIn(test: Test, text: string, registry: Registry): FilterProblem[] {
  const warnings: FilterProblem[] = [];
  visit(test, { text, registry, warn: (span, message, fixes = []) => void (warnings.length < MOST_WARNINGS && warnings.push({ start: span.start, end: span.end, message, fixes })) });
  return warnings;
}

interface Context {
  readonly text: string;
  readonly registry: Registry;
  readonly warn: (span: Span, message: string, fixes?: readonly Fix[]) => void;
}

function visit(test: Test, context: Context): void {
  switch (test.kind) {
    case 'logical':
      mixed(test, context);
      twoEnds(test, context);
      for (const operand of test.operands) visit(operand, context);
      return;
    case 'not':
      if (test.operand.kind === 'compare' && test.operand.operator === '!=') negatedTwice(test, context);
      else visit(test.operand, context);
      return;
    case 'exists':
      return aloneFlag(test.operand, context);
    case 'compare':
      return compared(test, context);
    default:
  }
}

function source(span: Span, { text }: Context): string {
  return text.slice(span.start, span.end);
}

/** tcp.flags.syn is in every TCP packet, set or not. */
function aloneFlag(operand: Operand, context: Context): void {
  if (operand.kind !== 'word') return;
  const [field] = context.registry.fieldsNamed(operand.text);
  if (field?.type !== 'bool' || field.spec.of === undefined) return;
  context.warn(operand, `${operand.text} alone matches every packet that has this field, set or not.`, [replaceBy(operand, `${operand.text} == 1`), replaceBy(operand, `${operand.text} == 0`)]);
}

function compared(test: Extract<Test, { kind: 'compare' }>, context: Context): void {
  const name = test.left.kind === 'word' ? test.left.text : null;
  if (test.operatorText === '~=') context.warn(test.operatorSpan, '"~=" is an old spelling of "!==".', [replaceBy(test.operatorSpan, '!==')]);
  if (name !== null && isSeveral(context.registry.fieldsNamed(name)[0]) && test.quantifier === null && test.operator === '!=') {
    const right = source(test.right, context);
    context.warn(test, `Each packet has two values of ${name}: "!=" keeps only packets in which neither is ${right}, and drops those without the field. "not ${name} == ${right}" keeps those as well; "!==" wants one value to differ, which is nearly always so.`, [replaceBy(test, `not ${name} == ${right}`)]);
  }
  if (name !== null && test.right.kind === 'word' && context.registry.fieldsNamed(test.right.text).length === 0) unquoted(name, test.right, context);
}

/** ip.proto == TCP works, but a protocol or a field of that name would win. */
function unquoted(name: string, right: Operand & { kind: 'word' }, context: Context): void {
  const [field] = context.registry.fieldsNamed(name);
  const isText = field?.type === 'string' || (field?.spec.names !== undefined && /^[A-Za-z]/.test(right.text) && field.type !== 'bool');
  if (isText) context.warn(right, 'Text stands better in quotation marks: without them it is taken for a field if there is one of that name.', [replaceBy(right, `"${right.text}"`)]);
}

/** a and b or c: right, but read wrongly by many. */
function mixed(test: Extract<Test, { kind: 'logical' }>, context: Context): void {
  if (test.operator !== 'or') return;
  const inner = test.operands.find((operand) => operand.kind === 'logical' && operand.operator === 'and' && operand.isGrouped === undefined && isWritten(operand, context));
  if (inner !== undefined) context.warn(inner, '"and" binds stronger than "or": this part is taken first. Parentheses make that plain.', [replaceBy(inner, `(${source(inner, context)})`)]);
}

/** Chains (a < b < c) are read as "and", too. */
function isWritten(test: Extract<Test, { kind: 'logical' }>, context: Context): boolean {
  return /\band\b|&&/.test(source(test, context));
}

/** tcp.port > 1000 and tcp.port < 2000: one end may be above, the other below. */
function twoEnds(test: Extract<Test, { kind: 'logical' }>, context: Context): void {
  if (test.operator !== 'and') return;
  for (const [index, second] of test.operands.entries()) {
    const first = test.operands[index - 1];
    if (first?.kind !== 'compare' || second.kind !== 'compare' || first.left.kind !== 'word' || second.left.kind !== 'word') continue;
    if (first.left.text !== second.left.text || !isSeveral(context.registry.fieldsNamed(first.left.text)[0])) continue;
    const operators = `${first.operator.charAt(0)}${second.operator.charAt(0)}`;
    if (operators !== '<>' && operators !== '><') continue;
    const [low, high] = operators === '><' ? [first.right, second.right] : [second.right, first.right];
    const span = { start: first.start, end: second.end };
    context.warn(span, `Each packet has two values of ${first.left.text}, and here one may fulfil the first test and the other the second. A range wants one value to fulfil both.`, [replaceBy(span, `${first.left.text} in {${source(low, context)}..${source(high, context)}}`)]);
  }
}

function negatedTwice(test: Extract<Test, { kind: 'not' }>, context: Context): void {
  const inner = test.operand as Extract<Test, { kind: 'compare' }>;
  context.warn(test, '"not" and "!=" together: this also keeps packets without the field.', [replaceBy(test, `${source(inner.left, context)} == ${source(inner.right, context)}`)]);
}
