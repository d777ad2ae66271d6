/** What messages of NTLMSSP are made of: descriptors of strings and blobs, which lie behind all of them, flags, versions, attributes (MS-NLMP §2.2.2). */
import { latin1, readU16le, readU32le, readU64le } from '../../../bytes/reader.ts';
import type { TimeValue } from '../../field.ts';
import { nameOf } from '../../values.ts';
import { ATTRIBUTES } from './fields.ts';
import type { AttributeKey, NtlmsspField, NtlmsspLayer } from './fields.ts';

const DESCRIPTOR_BYTES = 8;

/** Where a described string or blob lies, absolute; both the end of the descriptor where it is empty. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly isEmpty: boolean;
}

/** The descriptor at the cursor: length, space, and where from the start of the message on. It is not passed. */
function describedAt(layer: NtlmsspLayer): Span {
  const { bytes, cursor, start } = layer;
  const length = readU16le(bytes, cursor);
  const offset = readU32le(bytes, cursor + 4);
  return length === 0 ? { start: cursor + DESCRIPTOR_BYTES, end: cursor + DESCRIPTOR_BYTES, isEmpty: true } : { start: start + offset, end: start + offset + length, isEmpty: false };
}

function takeDescriptor(layer: NtlmsspLayer, prefix: 'string' | 'blob' | 'challenge.target_info'): void {
  layer.take(`${prefix}.length`);
  layer.take(`${prefix}.maxlen`);
  layer.take(`${prefix}.offset`);
}

/** Text in UTF-16 or in the machine's own letters. */
export function textAt(layer: NtlmsspLayer, start: number, end: number, unicode: boolean): string {
  const stop = Math.min(end, layer.end);
  if (!unicode) return latin1(layer.bytes, start, stop).replace(/\0.*$/s, '');
  let text = '';
  for (let at = start; at + 1 < stop; at += 2) {
    const unit = readU16le(layer.bytes, at);
    if (unit === 0) break;
    text += String.fromCharCode(unit);
  }
  return text;
}

/** Reads a string by its descriptor; `told` is asked with its text, empty for none. */
export function takeString(layer: NtlmsspLayer, key: NtlmsspField, unicode: boolean, told?: (text: string) => void): Span {
  if (!layer.has(DESCRIPTOR_BYTES)) return { start: layer.end, end: layer.end, isEmpty: true };
  const span = describedAt(layer);
  if (span.isEmpty) {
    layer.put(key, 'NULL', layer.cursor, DESCRIPTOR_BYTES);
    layer.skip(DESCRIPTOR_BYTES);
    told?.('');
    return span;
  }
  if (!layer.reaches(span.end)) return span;
  const text = textAt(layer, span.start, span.end, unicode);
  layer.put(key, text, span.start, span.end - span.start);
  layer.inside(() => takeDescriptor(layer, 'string'));
  told?.(text);
  return span;
}

/** Reads a blob by its descriptor; `body` is called below its line. */
export function takeBlob(layer: NtlmsspLayer, key: NtlmsspField, body?: (span: Span) => void): Span {
  if (!layer.has(DESCRIPTOR_BYTES)) return { start: layer.end, end: layer.end, isEmpty: true };
  const span = describedAt(layer);
  if (span.isEmpty) {
    layer.put(key, layer.bytes.subarray(layer.cursor, layer.cursor + DESCRIPTOR_BYTES), layer.cursor, DESCRIPTOR_BYTES);
    layer.skip(DESCRIPTOR_BYTES);
    return span;
  }
  if (!layer.reaches(span.end)) return span;
  layer.put(key, layer.bytes.subarray(span.start, span.end), span.start, span.end - span.start);
  layer.inside(() => {
    takeDescriptor(layer, 'blob');
    const { cursor } = layer;
    body?.(span);
    if (!layer.broken) layer.cursor = cursor;
  });
  return span;
}

export const VERSION_FLAG = 0x0200_0000;
export const UNICODE_FLAG = 1;

export function takeFlags(layer: NtlmsspLayer): number {
  const flags = layer.takeFlags('negotiateflags');
  return flags;
}

/** MS-NLMP §2.2.2.10. */
export function takeVersion(layer: NtlmsspLayer): void {
  if (!layer.has(8)) return;
  const { bytes, cursor } = layer;
  const words = `Version ${bytes.at(cursor)}.${bytes.at(cursor + 1)} (Build ${readU16le(bytes, cursor + 2)}); NTLM Current Revision ${bytes.at(cursor + 7)}`;
  layer.group(
    'version',
    () => {
      layer.take('version.major');
      layer.take('version.minor');
      layer.take('version.build_number');
      layer.skip(3);
      layer.take('version.ntlm_current_revision');
    },
    () => words,
  );
}

// ── times ────────────────────────────────────────────────────────────────────

/** Seconds between 1601 and 1970. */
const WINDOWS_EPOCH = 11_644_473_600n;

/** A time of Windows: units of 100 ns since 1601. */
function windowsTime(layer: NtlmsspLayer, at: number): TimeValue {
  const units = readU64le(layer.bytes, at);
  return { seconds: Number(units / 10_000_000n - WINDOWS_EPOCH), nanos: Number(units % 10_000_000n) * 100 };
}

/** Reads a time at the cursor. */
export function takeTime(layer: NtlmsspLayer, key: NtlmsspField): void {
  if (!layer.has(8)) return;
  layer.put(key, windowsTime(layer, layer.cursor), layer.cursor, 8);
  layer.skip(8);
}

// ── attributes (AV_PAIR, MS-NLMP §2.2.2.1) ───────────────────────────────────

const KEYS: Readonly<Record<number, readonly [key: AttributeKey, kind: 'text' | 'number' | 'time' | 'bytes']>> = {
  1: ['nb_computer_name', 'text'], 2: ['nb_domain_name', 'text'], 3: ['dns_computer_name', 'text'], 4: ['dns_domain_name', 'text'], 5: ['dns_tree_name', 'text'],
  6: ['flags', 'number'], 7: ['timestamp', 'time'], 8: ['restrictions', 'bytes'], 9: ['target_name', 'text'], 10: ['channel_bindings', 'bytes'],
};

const END_OF_LIST = 0;

/** Reads attributes from the cursor on, up to the one that ends the list, or to `end`. */
export function takeAttributes(layer: NtlmsspLayer, prefix: 'challenge.target_info' | 'ntlmv2_response', end: number): void {
  let isDone = false;
  layer.each(() => {
    if (isDone) return;
    const type = readU16le(layer.bytes, layer.cursor);
    let words = '';
    layer.group(
      null,
      () => {
        layer.take(`${prefix}.item.type`);
        const length = layer.take(`${prefix}.item.length`);
        words = takeAttribute(layer, prefix, type, length);
      },
      () => `Attribute: ${nameOf(ATTRIBUTES, type) ?? 'Unknown'}${words === '' ? '' : `: ${words}`}`,
    );
    isDone = type === END_OF_LIST;
  }, end);
}

/** Reads the value; gives it in words, where it is text. */
function takeAttribute(layer: NtlmsspLayer, prefix: 'challenge.target_info' | 'ntlmv2_response', type: number, length: number): string {
  const known = KEYS[type];
  if (length === 0 || !layer.has(length)) return '';
  const start = layer.cursor;
  let words = '';
  if (known === undefined) {
    if (type !== END_OF_LIST) layer.expert('target_info_attr.unknown', 'warn', 'Protocol', `unknown NTLMSSP Target Info Attribute ${type}`);
  } else {
    const [name, kind] = known;
    const key = `${prefix}.${name}` as const;
    if (kind === 'text') {
      words = textAt(layer, start, start + length, true);
      layer.put(key, words, start, length);
    } else if (kind === 'number') layer.at(key, start, 4);
    else if (kind === 'time') layer.put(key, windowsTime(layer, start), start, 8);
    else layer.put(key, layer.bytes.subarray(start, start + length), start, length);
  }
  if (!layer.broken) layer.cursor = start + length;
  return words;
}
