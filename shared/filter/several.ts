/** Fields that stand for both ends of a packet: each packet has two values of them. */
import type { FieldInfo } from '../dissect/field.ts';

const BOTH_ENDS = /\.(addr|port|host|addr\.oui|addr_resolved|addr\.oui_resolved)$/;

export function isSeveral(field: FieldInfo | undefined): boolean {
  return field !== undefined && field.spec.hidden === true && BOTH_ENDS.test(field.name);
}
