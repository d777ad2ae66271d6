/** REdis Serialization Protocol: commands of Redis and answers to them, as lines that begin with a sign for their type. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { isText, lineEnd, numberAt, scanItem } from './resp/scan.ts';
import { ascii } from './resp/text.ts';
import { escapeText } from '../values.ts';

const PORT = 6379;
const CRLF = 2;
const STRING = 0x2b;
const ERROR = 0x2d;
const INTEGER = 0x3a;
const BULK = 0x24;
const ARRAY = 0x2a;
const NULL_LENGTH = -1;
/** Bulk strings that are shorter, and text, are told in the list. */
const SHOWN_BYTES = 100;
/** Arrays within arrays that are shown as such. */
const MAX_DEPTH = 31;

const fields = () => ({
  'partial': { type: 'none', label: 'Field is only partially decoded' },
  'malformed_length': { type: 'none', label: 'Malformed length specified' },
  'array_recursion_too_deep': { type: 'none', label: 'Array is too deep to recurse any further' },
  'string': { type: 'string', label: 'String', encoding: 'ascii', help: 'A short text on a line of its own, such as OK.' },
  'error': { type: 'string', label: 'Error', encoding: 'ascii', help: 'Why the server refused the command.' },
  'bulk_string': { type: 'none', label: 'Bulk String', help: 'Bytes of any kind, with their length before them.' },
  'bulk_string.value': { type: 'bytes', label: 'Value' },
  'bulk_string.length': { type: 'i32', label: 'Length' },
  'integer': { type: 'i64', label: 'Integer' },
  'array': { type: 'none', label: 'Array', help: 'Several values; a command is an array of its words.' },
  'array.length': { type: 'i64', label: 'Length' },
  'fragment': { type: 'none', label: 'Fragment' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const resp = protocol({
  id: 'resp',
  title: 'REdis Serialization Protocol',
  short: 'RESP',
  spec: 'RESP2',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [PORT] }],
  fields,
  parse(layer) {
    const isRequest = layer.run.destinationPort === PORT;
    for (let ordinal = 0; layer.cursor < layer.end && !layer.run.full; ordinal += 1) {
      const start = layer.cursor;
      const missing = scanItem(layer, start);
      if (missing !== 0 && layer.canDesegment) {
        if (ordinal > 0) layer.infoAppend(() => ' [continuation]');
        layer.needMore(start, missing < 0 ? 'segment' : missing);
        return;
      }
      if (ordinal === 0) begin(layer, isRequest);
      takeItem(layer, isRequest, 0);
    }
  },
});

function begin(layer: Own, isRequest: boolean): void {
  layer.protocolName('RESP');
  layer.info(() => (isRequest ? 'Request:' : 'Response:'));
}

function remarkPartial(layer: Own): void {
  layer.expert('partial', 'note', 'Undecoded', 'Field is only partially decoded');
}

/** Reads the item at the cursor, and as much of it as there is where nothing follows that could complete it. */
function takeItem(layer: Own, isRequest: boolean, depth: number): void {
  const type = layer.peekU8();
  const lineStop = lineEnd(layer.bytes, layer.cursor, layer.end);
  if (lineStop < 0 && (type === STRING || type === ERROR)) {
    layer.reaches(layer.end + 1);
    return;
  }
  const length = (lineStop < 0 ? layer.end : lineStop) - layer.cursor;
  switch (type) {
    case STRING:
      takeLine(layer, 'string', length, (words) => (isRequest || depth > 0 ? '' : ` ${words}`));
      return;
    case ERROR:
      takeLine(layer, 'error', length, (words) => ` Error: ${words}`);
      return;
    case INTEGER:
      takeInteger(layer, length, !isRequest && depth === 0);
      return;
    case BULK:
      takeBulk(layer, length, isRequest, depth);
      return;
    case ARRAY:
      takeArray(layer, length, isRequest, depth);
      return;
    default:
      takeOther(layer, length);
  }
}

/** Moves behind the line; a line may end in a bare LF, and yet two bytes count. */
function skipLine(layer: Own, length: number): void {
  layer.cursor = Math.min(layer.end, layer.cursor + length + CRLF);
}

function takeLine(layer: Own, key: 'string' | 'error', length: number, told: (words: string) => string): void {
  const start = layer.cursor;
  const words = ascii(layer.bytes, start + 1, start + length);
  skipLine(layer, length);
  layer.put(key, words, start, layer.cursor - start);
  layer.infoAppend(() => told(escapeText(words)));
}

function takeInteger(layer: Own, length: number, isTold: boolean): void {
  const start = layer.cursor;
  const value = numberAt(layer.bytes, start + 1, start + length);
  skipLine(layer, length);
  layer.put('integer', value, start, layer.cursor - start);
  if (isTold) layer.infoAppend(() => ` ${value}`);
}

/** A line of another type, or none; an empty one is passed over. */
function takeOther(layer: Own, length: number): void {
  const start = layer.cursor;
  skipLine(layer, length);
  if (length === 0) return;
  layer.put('fragment', 0, start, layer.cursor - start);
  layer.infoAppend(() => ' [fragment]');
}

function takeBulk(layer: Own, length: number, isRequest: boolean, depth: number): void {
  const start = layer.cursor;
  const size = Number(numberAt(layer.bytes, start + 1, start + length));
  const valueAt = Math.min(layer.end, start + length + CRLF);
  const isPartial = size >= 0 && start + length + CRLF + size + CRLF > layer.end;
  const shown = Math.min(size, layer.end - valueAt);
  if (isPartial) layer.infoAppend(() => ' [partial]');
  layer.group('bulk_string', () => {
    if (isPartial) remarkPartial(layer);
    skipLine(layer, length);
    layer.put('bulk_string.length', size, start, layer.cursor - start);
    if (shown > 0) layer.at('bulk_string.value', valueAt, shown);
    if (size < NULL_LENGTH) layer.expert('malformed_length', 'error', 'Malformed', 'Malformed length specified');
    if (size >= 0) layer.cursor = Math.min(layer.end, valueAt + size + CRLF);
  }, () => `Bulk String: ${size < 0 ? '[NULL]' : escapeText(ascii(layer.bytes, valueAt, valueAt + Math.min(shown, SHOWN_BYTES)))}`);
  if (size >= 0) layer.infoAppend(() => bulkWords(layer, valueAt, { size, shown }, isRequest, depth));
}

/** In the list: words of a command, and texts that are the answer; other bytes by their number. */
function bulkWords({ bytes }: Own, at: number, { size, shown }: { readonly size: number; readonly shown: number }, isRequest: boolean, depth: number): string {
  const isAscii = isText(bytes, at, at + shown);
  const isOfInterest = isRequest ? depth === 1 : depth === 0;
  if (isOfInterest && isAscii && size < SHOWN_BYTES) return ` ${escapeText(ascii(bytes, at, at + shown))}`;
  return depth === 0 || (isOfInterest && isAscii) ? ` BulkString(${size})` : '';
}

function takeArray(layer: Own, length: number, isRequest: boolean, depth: number): void {
  const start = layer.cursor;
  const stated = numberAt(layer.bytes, start + 1, start + length);
  const count = Number(stated);
  if (!isRequest && depth === 0 && count > 0) layer.infoAppend(() => ` Array(${count})`);
  layer.group('array', () => {
    skipLine(layer, length);
    layer.put('array.length', stated, start, layer.cursor - start);
    if (count < NULL_LENGTH) layer.expert('malformed_length', 'error', 'Malformed', 'Malformed length specified');
    if (count > 0 && layer.cursor >= layer.end) remarkPartial(layer);
    if (depth >= MAX_DEPTH) layer.expert('array_recursion_too_deep', 'note', 'Undecoded', 'Array is too deep to recurse any further');
    else layer.each((index) => (index < count ? takeItem(layer, isRequest, depth + 1) : undefined));
  }, () => `Array: ${count < 0 ? 'NULL' : count === 0 ? 'Empty' : `Length ${count}`}`);
}
