/** Variable bindings (RFC 3416 §3): the name of an object, and its value or why there is none. Without MIBs, values are what their tags say. */
import { readU8 } from '../../../bytes/reader.ts';
import { hexText } from '../../address-text.ts';
import { any, implicit, nothing, octets, oid, sequenceOf, slot } from '../../ber/notation.ts';
import type { Found, Part, Reading } from '../../ber/notation.ts';
import { APPLICATION, CONTEXT, TAG, UNIVERSAL } from '../../ber/tags.ts';
import { isHeader, readHeader } from '../../ber/tlv.ts';
import type { Header } from '../../ber/tlv.ts';
import { readUnknown } from '../../ber/unknown.ts';
import { integerOf, oidText, smallIntegerOf } from '../../ber/values.ts';
import type { FieldType } from '../../field.ts';
import { SNMP } from './module.ts';

const { part } = SNMP;

// ── fields ───────────────────────────────────────────────────────────────────

const NAME = part('Object Name', oid, { field: 'name', help: 'Which object of the device is meant, as a path through the tree of all objects.' });

function valuePart(key: string, words: string, type: FieldType): Part {
  return part(`Value (${words})`, octets(), { field: `value.${key}`, type });
}

const INTEGER32 = valuePart('int', 'Integer32', 'i64');
const OCTETS = valuePart('octets', 'OctetString', 'bytes');
const OBJECT = valuePart('oid', 'OID', 'string');
const NULL = valuePart('null', 'Null', 'none');
const IPV4 = valuePart('ipv4', 'IpAddress', 'ipv4');
const IPV6 = valuePart('ipv6', 'IpAddress', 'ipv6');
const ADDRESS = valuePart('addr', 'IpAddress', 'bytes');
const COUNTER32 = valuePart('counter', 'Counter32', 'u64');
const GAUGE32 = valuePart('g32', 'Gauge32', 'i64');
const TIME_TICKS = valuePart('timeticks', 'Timeticks', 'u64');
const OPAQUE = valuePart('opaque', 'Opaque', 'bytes');
const NSAP = valuePart('nsap', 'NSAP', 'u64');
const COUNTER64 = part('Value (Counter64)', octets(), { field: 'value.counter', type: 'u64' });
const UNSIGNED32 = valuePart('u32', 'Unsigned32', 'i64');
const UNKNOWN = valuePart('unk', 'Unknown', 'bytes');
const TEXT = part('Variable-binding-string', octets(), { field: 'var-bind_str', type: 'string' });

const EXCEPTIONS: readonly Part[] = ['noSuchObject', 'noSuchInstance', 'endOfMibView'].map((name) => part(name, nothing, { field: name, type: 'none' }));

const REMARKS = {
  response: part('Response', nothing, { field: 'varbind.response', type: 'none' }),
  hasIndicator: part('VarBind has indicator set', nothing, { field: 'varbind.has_indicator', type: 'none' }),
  nameHasIndicator: part('ObjectName has indicator set', nothing, { field: 'objectname_has_indicator', type: 'none' }),
  wrongTag: part('Wrong tag for SNMP VarBind error value', nothing, { field: 'varbind.wrong_tag', type: 'none' }),
  wrongLength: part('Wrong length for SNMP VarBind/value', nothing, { field: 'varbind.wrong_length_value', type: 'none' }),
  missingMib: part('Unresolved value, Missing MIB', nothing, { field: 'missing_mib', type: 'none' }),
  notPrimitive: part('value not in primitive encoding', nothing, { field: 'value_not_primitive_encoding', type: 'none' }),
  notObject: part('ObjectName not an OID', nothing, { field: 'objectname_not_oid', type: 'none' }),
  unsignedTooLarge: part('Unsigned integer value > 2^64 - 1', nothing, { field: 'uint_too_large', type: 'none' }),
  signedTooLarge: part('Signed integer value > 2^63 - 1 or <= -2^63', nothing, { field: 'int_too_large', type: 'none' }),
  empty: part('Integral value is zero-length', nothing, { field: 'integral_value0', type: 'none' }),
} as const;

/** Values to be shown as text once the whole message was read, as Wireshark does it. */
export const texts = slot((): { readonly start: number; readonly end: number }[] => []);

/** Shows the values noted in `texts`. Each is a dissector's call of its own, so frame.protocols names SNMP again. */
export function putTexts(reading: Reading): void {
  const { layer } = reading;
  for (const { start, end } of reading.get(texts)) {
    if (layer.broken || start >= layer.end) continue;
    const stop = Math.min(end, layer.end);
    layer.run.protocolNames.push('snmp');
    layer.putField(TEXT.field, layer.bytes.subarray(start, stop), start, stop - start);
  }
}

/** Objects whose value is text, whatever else octets can be: sysDescr.0 and sysName.0 of SNMPv2-MIB. */
const TEXT_OBJECTS: ReadonlySet<string> = new Set(['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.5.0']);

// ── values ───────────────────────────────────────────────────────────────────

interface ValueKind {
  readonly part: Part;
  readonly min?: number;
  readonly max?: number;
}

const UNIVERSAL_KINDS: Readonly<Record<number, ValueKind>> = {
  [TAG.integer]: { part: INTEGER32, min: 1, max: 4 },
  [TAG.octets]: { part: OCTETS },
  [TAG.oid]: { part: OBJECT, min: 1 },
  [TAG.nothing]: { part: NULL, max: 0 },
};

const APPLICATION_KINDS: Readonly<Record<number, ValueKind>> = {
  1: { part: COUNTER32 }, 2: { part: GAUGE32 }, 3: { part: TIME_TICKS }, 4: { part: OPAQUE }, 5: { part: NSAP }, 6: { part: COUNTER64 }, 7: { part: UNSIGNED32 },
};

const IP_ADDRESS = 0;

function kindOf({ tagClass, tag, content, end }: Header): ValueKind {
  if (tagClass === UNIVERSAL) return UNIVERSAL_KINDS[tag] ?? { part: UNKNOWN };
  if (tagClass !== APPLICATION) return { part: UNKNOWN };
  if (tag === IP_ADDRESS) return { part: end - content === 4 ? IPV4 : end - content === 16 ? IPV6 : ADDRESS };
  return APPLICATION_KINDS[tag] ?? { part: UNKNOWN };
}

function isIntegral(type: FieldType): type is 'i64' | 'u64' {
  return type === 'i64' || type === 'u64';
}

/** The value as its field has it. */
function valueOf({ layer }: Reading, type: FieldType, start: number, end: number): unknown {
  const { bytes } = layer;
  if (type === 'none') return null;
  if (type === 'string') return oidText(bytes, start, end);
  if (type === 'i64') return integerOf(bytes, start, end);
  return type === 'u64' ? BigInt.asUintN((end - start) * 8, integerOf(bytes, start, end)) : bytes.subarray(start, end);
}

/** The value in the words of the binding's line. */
function wordsOf({ layer }: Reading, part: Part, start: number, end: number): string {
  const { bytes } = layer;
  const type = part.options.type ?? 'none';
  if (type === 'none') return part.name;
  if (isIntegral(type)) return end - start <= 6 ? String(smallIntegerOf(bytes, start, end)) : String(integerOf(bytes, start, end));
  return type === 'string' ? oidText(bytes, start, end) : isPrintable(bytes, start, end) ? `"${String.fromCharCode(...bytes.subarray(start, end))}"` : hexText(bytes, start, end);
}

/** Longest octets that are looked at as text for a line. */
const MAX_TEXT = 200;

function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || end - start > MAX_TEXT) return false;
  for (let at = start; at < end; at += 1) if (readU8(bytes, at) < 0x20 || readU8(bytes, at) > 0x7e) return false;
  return true;
}

/** Puts the value; gives it in words. */
function putValue(reading: Reading, element: Header, name: string): string {
  const { layer } = reading;
  const { part, min = 0, max = Number.MAX_SAFE_INTEGER } = kindOf(element);
  const type = part.options.type ?? 'none';
  const length = element.end - element.content;
  const end = Math.min(element.end, layer.end);
  let start = element.content;
  if (TEXT_OBJECTS.has(name) && length > 0) reading.get(texts).push({ start, end: element.end });
  if (isIntegral(type) && (length === 0 || length > 8)) {
    const isUnsigned = length === 9 && type === 'u64' && layer.bytes.at(start) === 0;
    if (!isUnsigned) {
      remark(reading, length === 0 ? REMARKS.empty : type === 'u64' ? REMARKS.unsignedTooLarge : REMARKS.signedTooLarge);
      layer.reaches(element.end);
      return '';
    }
    start += 1;
  }
  const isWrong = length < min || length > max;
  if (type !== 'none' && !layer.reaches(element.end)) return '';
  const entry = layer.putField(part.field, valueOf(reading, type, start, end), start, Math.max(0, end - start));
  if (type === 'bytes') layer.labelOf(entry, () => `${part.name}: ${wordsOf(reading, part, start, end)}`);
  if (isWrong) remarkLength(reading, element);
  return wordsOf(reading, part, start, end);
}

/** Values of a length that their type cannot have. */
function remarkLength(reading: Reading, element: Header): void {
  const { layer } = reading;
  remark(reading, REMARKS.missingMib);
  remark(reading, REMARKS.wrongLength);
  layer.inside(() => {
    layer.cursor = element.start;
    readUnknown(reading);
  });
}

function remark({ layer }: Reading, part: Part): void {
  layer.remark(part.field, part === REMARKS.response ? 'note' : 'warn', part === REMARKS.response ? 'Response' : 'Malformed', part.name);
}

/** RFC 3416 §3: why there is no value. */
function putException(reading: Reading, element: Header): string | undefined {
  const exception = EXCEPTIONS[element.tag];
  if (exception === undefined) {
    refuse(reading, REMARKS.wrongTag, element.start);
    return undefined;
  }
  reading.layer.putField(exception.field, null, element.content, Math.max(0, Math.min(element.end, reading.layer.end) - element.content));
  remark(reading, REMARKS.response);
  return exception.name;
}

// ── bindings ─────────────────────────────────────────────────────────────────

function headerAt({ layer }: Reading, at: number): Header | undefined {
  const found = readHeader(layer.bytes, at, layer.end);
  if (isHeader(found)) return found;
  layer.reaches(found.missing);
  return undefined;
}

/** Says what is wrong with a binding, and shows it as what its tags say. */
function refuse(reading: Reading, words: Part, start: number): void {
  const { layer } = reading;
  remark(reading, words);
  layer.cursor = start;
  readUnknown(reading);
}

/** Reads a binding below its line. */
function readBinding(reading: Reading, start: number, tell: (name: string, value: string) => void): void {
  const { layer } = reading;
  const name = headerAt(reading, start);
  if (name === undefined) return;
  if (name.constructed || name.tagClass !== UNIVERSAL || name.tag !== TAG.oid) {
    refuse(reading, REMARKS.notObject, start);
    return;
  }
  if (name.indefinite) {
    refuse(reading, REMARKS.nameHasIndicator, start);
    return;
  }
  if (!layer.reaches(name.end)) return;
  const dotted = oidText(layer.bytes, name.content, name.end);
  layer.putField(NAME.field, dotted, name.content, name.end - name.content);
  const value = headerAt(reading, name.end);
  if (value === undefined) return;
  if (value.constructed) refuse(reading, REMARKS.notPrimitive, value.start);
  else {
    const words = value.tagClass === CONTEXT ? putException(reading, value) : putValue(reading, value, dotted);
    if (words !== undefined && !layer.broken) tell(dotted, words);
  }
}

/** `then` of a binding, whose element was passed over: its tag is all that was looked at. */
function readVarBind(reading: Reading, { start, end, element }: Found): void {
  const { layer } = reading;
  if (element?.indefinite) {
    refuse(reading, REMARKS.hasIndicator, element.start);
    return;
  }
  const entry = layer.putField(null, null, start, end - start);
  layer.labelOf(entry, () => 'VarBind');
  const read = (): void =>
    readBinding(reading, start, (name, value) => {
      layer.labelOf(entry, () => `${name}: ${value}`);
      if (layer.run.text) layer.run.columns.appendInfo(` ${name}`, '');
    });
  layer.within(end, () => (entry < 0 ? read() : layer.inside(read)));
}

export const VarBindList = sequenceOf(part('VarBind', implicit(TAG.sequence, any, UNIVERSAL), { field: null, then: readVarBind }));
