/** Comparing and computing with values while a filter runs. */
import type { Constant, Ipv4Network, Ipv6Network } from './literals.ts';
import type { ProtocolBytes } from './value-type.ts';

export type RuntimeValue = Constant | ProtocolBytes;

export type Relation = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** Whether two values that are in this order are in a relation; without an order they only differ. */
export function holds(relation: Relation, order: number): boolean {
  switch (relation) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
  }
}

/** Below zero, zero, above zero; NaN where there is no order. Both are of one family. */
export function orderOf(left: RuntimeValue, right: RuntimeValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left === right ? 0 : left < right ? -1 : left > right ? 1 : NaN;
  if (typeof left === 'object' || typeof right === 'object') return objectOrder(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left === right ? 0 : textOrder(left, right);
  return left < right ? -1 : left > right ? 1 : Number.isNaN(left) || Number.isNaN(right) ? NaN : 0;
}

function objectOrder(left: RuntimeValue, right: RuntimeValue): number {
  if (isIpv4Network(right)) return masked4(left, right.mask) - right.address;
  if (isIpv4Network(left)) return left.address - masked4(right, left.mask);
  if (isIpv6Network(right)) return ipv6Order(ipv6Bytes(left), right.bytes, right.prefix);
  if (isIpv6Network(left)) return ipv6Order(left.bytes, ipv6Bytes(right), left.prefix);
  return bytesOrder(bytesOfValue(left), bytesOfValue(right));
}

function isIpv4Network(value: RuntimeValue): value is Ipv4Network {
  return typeof value === 'object' && 'mask' in value;
}

function isIpv6Network(value: RuntimeValue): value is Ipv6Network {
  return typeof value === 'object' && 'prefix' in value;
}

/** Of two networks, the shorter prefix counts: that of the right side, whose mask this is. */
function masked4(value: RuntimeValue, mask: number): number {
  const address = typeof value === 'number' ? value : (value as Ipv4Network).address;
  return (address & mask) >>> 0;
}

function ipv6Bytes(value: RuntimeValue): Uint8Array {
  return value instanceof Uint8Array ? value : (value as Ipv6Network).bytes;
}

/** Of the first `prefix` bits. */
export function ipv6Order(left: Uint8Array, right: Uint8Array, prefix: number): number {
  for (let index = 0; index * 8 < prefix; index += 1) {
    const bits = prefix - index * 8;
    const mask = bits >= 8 ? 0xff : (0xff << (8 - bits)) & 0xff;
    const order = ((left[index] ?? 0) & mask) - ((right[index] ?? 0) & mask);
    if (order !== 0) return order;
  }
  return 0;
}

/** A protocol, where its value is wanted, is its header. */
export function bytesOfValue(value: RuntimeValue): Uint8Array {
  return value instanceof Uint8Array ? value : (value as ProtocolBytes).header;
}

/** Byte by byte; of equal beginnings, the shorter one is less. */
export function bytesOrder(left: Uint8Array, right: Uint8Array): number {
  const common = Math.min(left.length, right.length);
  for (let at = 0; at < common; at += 1) {
    const order = (left[at] as number) - (right[at] as number);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** By code points, as UTF-8 bytes are ordered: UTF-16 units are not. */
export function textOrder(left: string, right: string): number {
  const common = Math.min(left.length, right.length);
  for (let at = 0; at < common; at += 1) {
    if (left.charCodeAt(at) === right.charCodeAt(at)) continue;
    return (left.codePointAt(at) as number) - (right.codePointAt(at) as number);
  }
  return left.length - right.length;
}

export function multiplied(value: number | bigint, factor: -1): number | bigint {
  return typeof value === 'bigint' ? value * BigInt(factor) : value * factor;
}

/** Computes with two numbers; null where there is no result (a division by zero, more than 64 bits). */
export function computed(operator: '+' | '-' | '*' | '/' | '%' | '&', left: number | bigint, right: number | bigint, isFloat: boolean): number | bigint | null {
  if (isFloat) return floatResult(operator, Number(left), Number(right));
  if (typeof left === 'number' && typeof right === 'number') {
    const result = smallResult(operator, left, right);
    if (result === null || Number.isSafeInteger(result)) return result;
  }
  const result = largeResult(operator, BigInt(left), BigInt(right));
  if (result === null || result >= 1n << 64n || result < -(1n << 63n)) return null;
  return result;
}

function floatResult(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? null : left / right;
    case '%':
      return right === 0 ? null : left % right;
    default:
      return null;
  }
}

/** Division and remainder round towards zero, as in C. */
function smallResult(operator: string, left: number, right: number): number | null {
  if (operator === '/') return right === 0 ? null : Math.trunc(left / right);
  if (operator !== '&') return floatResult(operator, left, right);
  return left >= 0 && right >= 0 && left <= 0xffff_ffff && right <= 0xffff_ffff ? (left & right) >>> 0 : Number.NaN;
}

function largeResult(operator: string, left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0n ? null : left / right;
    case '%':
      return right === 0n ? null : left % right;
    default:
      return left & right;
  }
}
