/** What is wrong where a filter names something that does not exist, or a value stands alone: in words, with fixes. */
import type { Registry } from '../dissect/registry.ts';
import { allFunctions, functionNamed } from './functions.ts';
import { integerOf, ipv4Of, ipv6Of } from './literals.ts';
import type { Literal } from './literals.ts';
import { FilterError, replaceBy } from './problem.ts';
import type { Fix, Span } from './problem.ts';
import { editDistance, nearNames } from './suggest.ts';

/** A value that is written down where an operand stands. */
export interface LiteralOperand {
  readonly literal: Literal;
  readonly isNegative: boolean;
  readonly span: Span;
}

/** Something that was meant as a name: with letters, and neither an address nor bytes. */
export function isNameLike(text: string): boolean {
  return /^[A-Za-z_.][\w.-]*$/.test(text) && !/^(true|false|inf|nan)$/i.test(text) && !/^[0-9a-f]{2}([.:-][0-9a-f]{2})+$/i.test(text);
}

/** A literal where a test should be: an unknown name, or a value without its field. */
export function loneValue({ literal, span }: LiteralOperand, source: string, registry: Registry): FilterError {
  const { text } = literal;
  if (literal.kind !== 'word') return new FilterError(span, 'Text alone is no test. To find it anywhere in a packet, say so: frame contains "…".', [replaceBy(span, `frame contains ${source}`)]);
  const host = text.split('/')[0] as string;
  if (ipv4Of(host) !== null) return new FilterError(span, 'An address alone is no test: which field should have it?', [replaceBy(span, `ip.addr == ${text}`)]);
  if (ipv6Of(host) !== null) return new FilterError(span, 'An address alone is no test: which field should have it?', [replaceBy(span, `ipv6.addr == ${text}`)]);
  if (/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) return new FilterError(span, 'An address alone is no test: which field should have it?', [replaceBy(span, `eth.addr == ${text}`)]);
  if (integerOf(text) !== null) return new FilterError(span, 'A number alone is no test: which field should have it?', Number(text) < 65_536 ? [replaceBy(span, `tcp.port == ${text}`), replaceBy(span, `udp.port == ${text}`)] : [replaceBy(span, `frame.number == ${text}`)]);
  return unknownName(text, span, registry);
}

export function unknownName(name: string, span: Span, registry: Registry): FilterError {
  const near = nearNames(name, registry);
  const fixes: Fix[] = near.map((suggestion) => replaceBy(span, suggestion));
  const minus = /^([\w.]+)-(\w+)$/.exec(name);
  if (minus !== null && registry.fieldsNamed(minus[1] as string).length > 0) return new FilterError(span, `"${name}" is one name, which no field has: to subtract, put spaces around the minus.`, [replaceBy(span, `${minus[1]} - ${minus[2]}`)]);
  const called = functionNamed(name);
  if (called !== undefined) return new FilterError(span, `"${name}" is a function: behind it stands in parentheses what it is asked for, for example ${name}(…).`);
  if (near.length === 0) return strangeName(name, span, registry);
  const suggestion = ` Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`;
  const isCase = near.length === 1 && near[0] === name.toLowerCase();
  return new FilterError(span, isCase ? `"${name}" is neither a field nor a protocol: names are written in small letters.` : `"${name}" is neither a field nor a protocol name.${suggestion}`, fixes);
}

/** A name that is like none that there is. */
function strangeName(name: string, span: Span, registry: Registry): FilterError {
  if (name === 'any' || name === 'all') return new FilterError(span, `"${name}" stands before a test of a field with several values: ${name} tcp.port > 1024.`);
  const unknown = `"${name}" is neither a field nor a protocol name.`;
  if (/^[\w-]+(\.[\w-]+)*\.(com|net|org|edu|gov|de|uk|io|info|local|example|test)$/i.test(name)) {
    return new FilterError(span, `${unknown} To find it as the name of a host: dns.qry.name contains "${name}".`, [replaceBy(span, `dns.qry.name contains "${name}"`), replaceBy(span, `http.host contains "${name}"`)]);
  }
  for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
    const part = name.slice(0, end);
    const [field] = registry.fieldsNamed(part);
    if (field?.type === 'protocol') return new FilterError(span, `${unknown} ${field.protocol.spec.short} is a protocol, but has no such field.`, [replaceBy(span, part)]);
    if (field !== undefined) return new FilterError(span, `${unknown} "${part}" is a field, which has no parts of that name.`, [replaceBy(span, part)]);
  }
  return new FilterError(span, `${unknown} Fields are called by their protocol, for example ip.src or tcp.port.`);
}

export function unknownFunction(name: string, span: Span, registry: Registry): FilterError {
  if (registry.fieldsNamed(name).length > 0) return new FilterError(span, `"${name}" is a field, not a function: no parentheses follow it.`);
  const names = allFunctions().map((one) => one.name);
  const near = names.filter((one) => editDistance(name.toLowerCase(), one, 2) <= 2);
  return new FilterError(span, `There is no function "${name}".${near.length > 0 ? ` Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?` : ` There are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`}`, near.map((one) => replaceBy(span, one)));
}
