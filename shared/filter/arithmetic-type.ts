/** Which types can be computed with, and what type comes out. */
import type { ArithmeticOperator } from './ast.ts';
import { familyOf, plainType } from './value-type.ts';
import type { ValueType } from './value-type.ts';

/** Whether values of a type have anything to do with an operator, whatever is on its other side. */
export function takesOperator(operator: ArithmeticOperator, { kind }: ValueType): boolean {
  if (operator === '&') return kind === 'integer' || kind === 'bytes' || kind === 'ether' || kind === 'ipv4' || kind === 'ipv6';
  return kind === 'integer' || kind === 'float' || kind === 'duration' || (kind === 'time' && (operator === '+' || operator === '-'));
}

/** The type of what two values make; null where they make nothing. */
export function resultOf(operator: ArithmeticOperator, left: ValueType, right: ValueType): ValueType | null {
  if (operator === '&') {
    if (left.kind === 'integer' && right.kind === 'integer') return plainType('integer');
    const family = familyOf(left.kind);
    if (family === 'number' || family !== familyOf(right.kind)) return null;
    return family === 'bytes' ? (left.kind === 'protocol' || right.kind === 'protocol' ? null : left.kind === 'ether' ? left : plainType('bytes')) : family === 'ipv4' || family === 'ipv6' ? left : null;
  }
  const kinds = `${left.kind} ${right.kind}`;
  if (/^(integer|float) (integer|float)$/.test(kinds)) return plainType(kinds === 'integer integer' ? 'integer' : 'float');
  const isSum = operator === '+' || operator === '-';
  if (kinds === 'duration duration') return isSum ? plainType('duration') : null;
  if (kinds === 'time duration' && isSum) return plainType('time');
  if (kinds === 'time time' && operator === '-') return plainType('duration');
  return /^duration (integer|float)$/.test(kinds) && (operator === '*' || operator === '/') ? plainType('duration') : null;
}
