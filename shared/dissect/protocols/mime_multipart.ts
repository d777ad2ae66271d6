/** Bodies of several parts, each with headers of its own, between boundary lines (RFC 2046 §5.1). */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { lineEnd, nextLine, shownText } from './http/lines.ts';

const fields = {
  'type': { type: 'string', label: 'Type' },
  'preamble': { type: 'bytes', label: 'Preamble' },
  'first_boundary': { type: 'string', encoding: 'ascii', label: 'First boundary' },
  'boundary': { type: 'string', encoding: 'ascii', label: 'Boundary' },
  'last_boundary': { type: 'string', encoding: 'ascii', label: 'Last boundary' },
  'part': { type: 'string', label: 'Encapsulated multipart part' },
  'trailer': { type: 'bytes', label: 'Trailer' },
  'header.content-description': { type: 'string', label: 'Content-Description' },
  'header.content-disposition': { type: 'string', label: 'Content-Disposition', help: 'In a form: the name of the field, and of the file that was chosen.' },
  'header.content-encoding': { type: 'string', label: 'Content-Encoding' },
  'header.content-id': { type: 'string', label: 'Content-Id' },
  'header.content-language': { type: 'string', label: 'Content-Language' },
  'header.content-length': { type: 'string', label: 'Content-Length' },
  'header.content-transfer-encoding': { type: 'string', label: 'Content-Transfer-Encoding' },
  'header.content-type': { type: 'string', label: 'Content-Type' },
  'no_required_parameter': { type: 'none', label: 'The multipart dissector could not find a required parameter.' },
} as const satisfies Fields;

type Own = Layer<typeof fields>;
type Key = keyof typeof fields;

/** A boundary line. */
interface Boundary {
  /** Where it begins, with the line break before it, and where the next line begins. */
  readonly start: number;
  readonly next: number;
  readonly isLast: boolean;
}

export const mimeMultipart = protocol({
  id: 'mime_multipart',
  title: 'MIME Multipart Media Encapsulation',
  short: 'MIME multipart',
  spec: 'RFC 2046 §5.1',
  osi: 6,
  claims: [{ table: 'media-type', keys: ['multipart/', 'multipart/byteranges', 'multipart/mixed', 'multipart/related', 'multipart/alternative', 'multipart/form-data', 'multipart/report', 'multipart/signed', 'multipart/encrypted'] }],
  fields: () => fields,
  parse(layer) {
    const type = layer.run.media?.type ?? '';
    const boundary = boundaryOf(layer.run.media?.parameters ?? '');
    if (boundary === '') {
      layer.expert('no_required_parameter', 'error', 'Protocol', 'The multipart dissector could not find a required parameter.', layer.entry);
      layer.data();
      return;
    }
    layer.summary(() => `Type: ${type}, Boundary: "${boundary}"`);
    layer.put('type', type, layer.start, 0);
    takeParts(layer, `--${boundary}`);
  },
});

/** RFC 2045 §5.1: the parameter's value, with or without quotes. */
function boundaryOf(parameters: string): string {
  const match = /(?:^|[;\s])boundary\s*=\s*(?:"([^"]*)"|([^;\s]*))/i.exec(parameters);
  return match?.[1] ?? match?.[2] ?? '';
}

function takeParts(layer: Own, mark: string): void {
  const { bytes } = layer;
  const first = findBoundary(layer, mark, layer.start, true);
  if (first === null) {
    layer.data();
    return;
  }
  if (first.start > layer.start) layer.at('preamble', layer.start, first.start - layer.start);
  putBoundary(layer, 'first_boundary', first);
  let last = first;
  while (!last.isLast && !layer.run.full) {
    const next = findBoundary(layer, mark, last.next, false);
    if (next === null) {
      layer.put('part', '', last.next, 0);
      return;
    }
    takePart(layer, last.next, next.start);
    putBoundary(layer, next.isLast ? 'last_boundary' : 'boundary', next);
    last = next;
  }
  if (last.next < layer.end) {
    layer.at('trailer', last.next, layer.end - last.next);
    layer.label(() => `Trailer: ${shownText(bytes, last.next, layer.end)}`);
  }
}

/** The next line that is the boundary; before the first one there need be no line break. */
function findBoundary(layer: Own, mark: string, from: number, isFirst: boolean): Boundary | null {
  const { bytes, end } = layer;
  for (let at = from; at < end; ) {
    const stop = lineEnd(bytes, at, end);
    const isMark = stop - at >= mark.length && latin1(bytes, at, at + mark.length) === mark;
    if (isMark) return { start: isFirst ? at : breakBefore(bytes, at, from), next: nextLine(bytes, stop, end), isLast: latin1(bytes, at + mark.length, Math.min(stop, at + mark.length + 2)) === '--' };
    at = nextLine(bytes, stop, end);
  }
  return null;
}

/** Where the line break before `at` begins; it belongs to the boundary, not to the part. */
function breakBefore(bytes: Uint8Array, at: number, from: number): number {
  return at - 2 >= from && latin1(bytes, at - 2, at) === '\r\n' ? at - 2 : Math.max(from, at - 1);
}

function putBoundary(layer: Own, key: 'first_boundary' | 'boundary' | 'last_boundary', { start, next }: Boundary): void {
  layer.at(key, start, next - start);
}

// ── one part ─────────────────────────────────────────────────────────────────

const HEADER_KEYS: Readonly<Record<string, Key>> = Object.fromEntries(
  (Object.keys(fields) as Key[]).filter((key) => key.startsWith('header.')).map((key) => [key.slice('header.'.length), key]),
);

function takePart(layer: Own, start: number, end: number): void {
  const { bytes, run } = layer;
  const headers = latin1(bytes, start, end).search(/\r?\n\r?\n/);
  layer.put('part', '', start, end - start);
  const entry = run.lastEntry;
  const bodyStart = headers < 0 ? start : nextLine(bytes, lineEnd(bytes, nextLine(bytes, start + headers, end), end), end);
  let type = '';
  layer.inside(() => {
    type = takeHeaders(layer, start, headers < 0 ? start : start + headers, bodyStart);
  });
  layer.labelOf(entry, () => `Encapsulated multipart part: ${type === '' ? '' : ` (${type.split(/[;\s]/)[0]})`}`);
  if (end > bodyStart) handOn(layer, type, bodyStart, end);
}

/** Headers from `start` to `stop`; gives the content type as it stands. The last one's line takes in the empty line. */
function takeHeaders(layer: Own, start: number, stop: number, bodyStart: number): string {
  const { bytes } = layer;
  let type = '';
  for (let at = start; at < stop; ) {
    const next = endOfHeader(bytes, at, stop);
    const shownEnd = next >= stop ? bodyStart : next;
    const [, name = '', value = ''] = /^([^:\s]+)\s*:([^]*)$/.exec(latin1(bytes, at, Math.min(next, stop))) ?? [];
    const compact = compacted(value);
    if (name.toLowerCase() === 'content-type') type = compact;
    const key = Object.hasOwn(HEADER_KEYS, name.toLowerCase()) ? HEADER_KEYS[name.toLowerCase()] : undefined;
    if (key === undefined) layer.text(() => '', at, shownEnd - at);
    else layer.put(key, compact, at, shownEnd - at);
    layer.label(() => shownText(bytes, at, shownEnd));
    at = next;
  }
  return type;
}

/** Where the header that starts at `at` is over: lines that begin with a blank go on with it (RFC 5322 §2.2.3). */
function endOfHeader(bytes: Uint8Array, at: number, stop: number): number {
  let next = nextLine(bytes, lineEnd(bytes, at, stop), stop);
  while (next < stop && /[ \t]/.test(latin1(bytes, next, next + 1))) next = nextLine(bytes, lineEnd(bytes, next, stop), stop);
  return next;
}

/** A header's value on one line, without blanks where they mean nothing. */
function compacted(value: string): string {
  return value.trim().replace(/\s*([;,=])\s*/g, '$1').replace(/\s+/g, ' ');
}

function handOn(layer: Own, type: string, start: number, end: number): void {
  const { run } = layer;
  const options = { start, length: end - start };
  const name = type.split(/[;\s]/)[0]?.toLowerCase() ?? '';
  if (name === '') {
    layer.data(options);
    return;
  }
  const outer = run.media;
  run.media = { type: name, parameters: type.slice(name.length).replace(/^[;\s]+/, '') };
  const key = name.startsWith('multipart/') && run.registry.lookup('media-type', name) === undefined ? 'multipart/' : name;
  if (layer.tryNext('media-type', key, options) === null) layer.call('media', options);
  run.media = outer;
}
