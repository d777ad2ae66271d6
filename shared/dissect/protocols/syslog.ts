/** Log messages: facility and level, and the message in the form of either RFC (RFC 5424 §6, RFC 3164 §4). */
import { latin1, readU8, utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';
import { indexOfByte } from './http/lines.ts';
import { FACILITIES, LEVELS, shortName } from './syslog/names.ts';
import { readIsoTime } from './syslog/times.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
const SPACE = 0x20;
const MAX_DIGITS = 3;
const BYTE_ORDER_MARK = 0xefbbbf;
/** "1 ", the only version of RFC 5424. */
const VERSION_1 = 0x3120;
/** Longer words are no process names (RFC 3164 §4.1.3). */
const LONGEST_NAME = 32;
/** "Oct 11 22:14:15" */
const TIME_LENGTH = 15;
/** What a time shows as that nobody can read. */
const NO_TIME = 'Jan  1, 1970 00:00:00 UTC';

const fields = () => ({
  'facility': { type: 'u8', label: 'Facility', names: FACILITIES, help: 'What kind of program the message is from.' },
  'level': { type: 'u8', label: 'Level', names: LEVELS, help: 'How bad it is: 0 is worst.' },
  'msg': { type: 'string', label: 'Message' },
  'version': { type: 'string', label: 'Syslog version' },
  'timestamp': { type: 'abstime', label: 'Syslog timestamp' },
  'timestamp_rfc3164': { type: 'string', encoding: 'ascii', label: 'Syslog timestamp (RFC3164)' },
  'hostname': { type: 'string', label: 'Syslog hostname' },
  'appname': { type: 'string', label: 'Syslog app name' },
  'procid': { type: 'string', label: 'Syslog process id' },
  'msgid': { type: 'string', encoding: 'ascii', label: 'Syslog message id' },
  'msgid_utf8': { type: 'string', label: 'Syslog message id', name: 'syslog.msgid' },
  'msgid.bom': { type: 'u24', label: 'Syslog BOM', base: 'hex', help: 'Three bytes that say: what follows is UTF-8.' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const syslog = protocol({
  id: 'syslog',
  title: 'Syslog message',
  short: 'Syslog',
  spec: 'RFC 5424',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [514] }],
  fields,
  parse(layer) {
    layer.protocolName('Syslog');
    layer.info(() => '');
    const priority = readPriority(layer);
    if (layer.broken) return;
    const { bytes, start, cursor, end } = layer;
    if (!layer.has(1)) return;
    const facility = (priority >> 3) & 0x7f;
    const level = priority & 7;
    const words = (): string => `${priority < 0 ? '' : `${shortName(FACILITIES, facility)}.${shortName(LEVELS, level)}: `}${shownMessage(bytes, cursor, end)}`;
    layer.info(words);
    layer.summary(() => `: ${priority < 0 ? '(unknown): ' : ''}${words()}`);
    if (priority >= 0) {
      layer.put('facility', facility, start, cursor - start);
      layer.put('level', level, start, cursor - start);
    }
    layer.at('msg', cursor, end - cursor);
    layer.inside(() => {
      if (layer.left > 2 && layer.peekU16() === VERSION_1) takeMessage(layer);
      else if (layer.left > TIME_LENGTH) takeOldMessage(layer);
    });
    if (!layer.broken) layer.cursor = end;
  },
});

/** The number between angle brackets; -1 where there is none. */
function readPriority(layer: Own): number {
  if (layer.peekU8() !== LESS) return layer.has(1) ? -1 : 0;
  layer.skip(1);
  const digits = /^\d*/.exec(layer.peekText(0, MAX_DIGITS))?.[0] ?? '';
  layer.skip(digits.length);
  if (layer.has(1) && layer.peekU8() === GREATER) layer.skip(1);
  return Number(digits);
}

/** As lists show it; the byte order mark would not be seen. */
function shownMessage(bytes: Uint8Array, start: number, end: number): string {
  return escapeText(utf8(bytes, start, end)).replaceAll('\ufeff', '\\uFEFF');
}

/** A word up to the next blank; false where there is none. */
function takeWord(layer: Own, key: 'version' | 'hostname' | 'appname' | 'procid'): boolean {
  const blank = indexOfByte(layer.bytes, SPACE, layer.cursor, layer.end);
  if (blank < 0) return false;
  layer.take(key, blank - layer.cursor);
  layer.skip(1);
  return true;
}

function takeTime(layer: Own): boolean {
  const { bytes, cursor } = layer;
  const blank = indexOfByte(bytes, SPACE, cursor, layer.end);
  if (blank < 0) return false;
  if (blank > cursor) {
    const time = readIsoTime(latin1(bytes, cursor, blank));
    layer.put('timestamp', time ?? NO_TIME, cursor, blank - cursor);
    if (time === null) layer.label(() => `Syslog timestamp: ${shownMessage(bytes, cursor, blank)}`);
  }
  layer.cursor = blank + 1;
  return true;
}

/** RFC 5424 §6. */
function takeMessage(layer: Own): void {
  const isWhole = takeWord(layer, 'version') && takeTime(layer) && takeWord(layer, 'hostname') && takeWord(layer, 'appname') && takeWord(layer, 'procid');
  if (!isWhole || !layer.has(3)) return;
  if (layer.peekU24() !== BYTE_ORDER_MARK) {
    layer.take('msgid', layer.left);
    return;
  }
  layer.take('msgid.bom');
  layer.take('msgid_utf8', layer.left);
}

/** RFC 3164 §4.1, where the message has its form at all. */
function takeOldMessage(layer: Own): void {
  if (!/^.{3} .{2} .{2}:.{2}:.{2} $/s.test(layer.peekText(0, TIME_LENGTH + 1))) return;
  layer.take('timestamp_rfc3164', TIME_LENGTH);
  layer.skip(1);
  if (!takeWord(layer, 'hostname')) return;
  const { bytes, cursor, end } = layer;
  let stop = cursor;
  while (stop < end && stop < cursor + LONGEST_NAME && isAlphanumeric(readU8(bytes, stop))) stop += 1;
  if (stop === end && stop < cursor + LONGEST_NAME) {
    layer.reaches(end + 1);
    return;
  }
  if (stop < cursor + LONGEST_NAME) layer.take('procid', stop - cursor);
  layer.take('msgid', layer.left);
}

function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
