/** Records objects, arrays and values of a text whose grammar has been checked. */
import { readU8 } from '../../../bytes/reader.ts';
import { escapeText } from '../../values.ts';
import type { JsonLayer } from './fields.ts';
import { endOfString, endOfValue, skipSpace, typeAt, valueOfMember } from './scan.ts';
import type { JsonType } from './scan.ts';

const COMMA = 0x2c;

type Text = (from: number, to: number) => string;

/** Records the value at `start`. `path` leads to it, `name` is its member's name or "[]". Gives its end. */
export function putElement(layer: JsonLayer, start: number, path: string, name: string, text: Text): number {
  const type = typeAt(layer.bytes, start, layer.end) as JsonType;
  if (type === 'object') return putObject(layer, start, path, text);
  if (type === 'array') return putArray(layer, start, path, text);
  const end = endOfValue(layer.bytes, start, layer.end);
  const length = end - start;
  const plain = type === 'string' ? unescape(text(start + 1, end - 1)) : text(start, end);
  layer.putGenerated('path_with_value', `${path}:${plain}`, start, length);
  layer.putGenerated('member_with_value', `${name}:${plain}`, start, length);
  if (type === 'string' || type === 'number') layer.put(type === 'string' ? 'value.string' : 'value.number', plain, start, length);
  else layer.put(`value.${type}`, 0, start, length);
  return end;
}

function putObject(layer: JsonLayer, start: number, path: string, text: Text): number {
  return putNested(layer, 'object', start, (at) => putMember(layer, at, path, text));
}

function putArray(layer: JsonLayer, start: number, path: string, text: Text): number {
  return putNested(layer, 'array', start, (at) => putElement(layer, at, `${path}/[]`, '[]', text));
}

/** An object or array, whose parts `part` records, each from where it starts to where it ends. */
function putNested(layer: JsonLayer, key: 'object' | 'array', start: number, part: (at: number) => number): number {
  const { bytes, end } = layer;
  layer.cursor = start;
  return layer.group(key, () => {
    let at = skipSpace(bytes, start + 1, end);
    const isEmpty = typeAt(bytes, at, end) === null;
    for (let more = !isEmpty; more && !layer.run.full; ) {
      at = skipSpace(bytes, part(at), end);
      more = at < end && readU8(bytes, at) === COMMA;
      if (more) at = skipSpace(bytes, at + 1, end);
    }
    layer.cursor = Math.min(at + 1, end);
    return layer.cursor;
  });
}

function putMember(layer: JsonLayer, start: number, path: string, text: Text): number {
  const { bytes } = layer;
  const nameEnd = endOfString(bytes, start, layer.end);
  const name = unescape(text(start + 1, nameEnd - 1));
  const memberPath = `${path}/${name}`;
  layer.put('member', name, start, 0);
  const entry = layer.run.lastEntry;
  layer.labelOf(entry, () => `Member: ${escapeText(name)}`);
  const end = layer.inside(() => {
    const after = putElement(layer, valueOfMember(bytes, start, layer.end), memberPath, name, text);
    layer.put('key', name, start, nameEnd - start);
    layer.putGenerated('path', memberPath, start, after - start);
    return after;
  });
  if (entry >= 0) layer.run.tape.lengths[entry] = end - start;
  return end;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** RFC 8259 §7. Characters that cannot be printed are left out, halves of surrogate pairs show as U+FFFD. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u([0-9a-fA-F]{4})|\\(.)/gs, (whole, unit: string | undefined, char: string | undefined) => {
    if (char !== undefined) return ESCAPES[char] ?? char;
    const code = unit === undefined ? 0 : parseInt(unit, 16);
    if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
    const character = unit === undefined ? String.fromCharCode(parseInt(whole.slice(2, 6), 16), parseInt(whole.slice(8, 12), 16)) : String.fromCharCode(code);
    return /[\p{Cc}\p{Cf}\p{Cn}]/u.test(character) ? '' : character;
  });
}
