/** Options of DCCP (RFC 4340 §5.8): those below 32 are one byte, the others have a length. */
import { readU8, readUint } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import type { dccpFields } from './fields.ts';

type Own = Layer<ReturnType<typeof dccpFields>>;
type Key = keyof ReturnType<typeof dccpFields>;

const FIRST_WITH_LENGTH = 32;
const FIRST_RESERVED = 45;
const FIRST_OF_CONGESTION_CONTROL = 128;
const LOSS_INTERVALS = 193;
const HEADER = 2;

/** Options from the cursor to `end` (absolute). */
export function takeOptions(layer: Own, end: number): void {
  const length = end - layer.cursor;
  layer.group('options', () => layer.reaches(end) && layer.within(end, () => layer.each(() => takeOption(layer))), () => `Options: (${length} bytes)`);
}

function takeOption(layer: Own): void {
  const start = layer.cursor;
  const type = layer.take('option_type');
  if (layer.broken) return;
  if (type < FIRST_WITH_LENGTH) {
    layer.inside(() => layer.at(SINGLE[type] ?? 'option_reserved', start, 1));
    return;
  }
  const length = layer.peekU8();
  if (length < HEADER) {
    layer.expert('option.len.bad', 'warn', 'Protocol', 'Option length incorrect, must be >= 2');
    layer.cursor = layer.end;
    return;
  }
  layer.skip(1);
  const end = start + length;
  if (type === LOSS_INTERVALS) layer.at('ccid3_loss_intervals', layer.cursor, length - HEADER);
  else layer.inside(() => takeValue(layer, type, length - HEADER));
  if (!layer.broken) layer.cursor = Math.min(end, layer.end);
}

/** Options of one byte. */
const SINGLE: Readonly<Record<number, Key>> = { 0: 'padding', 1: 'mandatory', 2: 'slow_receiver' };

function takeValue(layer: Own, type: number, length: number): void {
  const value = VALUES[type];
  if (value !== undefined) value(layer, length);
  else if (type >= FIRST_OF_CONGESTION_CONTROL) layer.take('ccid_option_data', length);
  else if (type >= FIRST_RESERVED) layer.take('option_reserved', length);
}

type Value = (layer: Own, length: number) => void;

function bad(layer: Own, words: string): void {
  layer.expert('option.len.bad', 'warn', 'Protocol', words);
}

/** A value that is one field of a fixed length. */
function fixed(key: Key, size: number, name: string): Value {
  return (layer, length) => {
    if (length === size) layer.take(key, size);
    else bad(layer, `${name} too long [${length} != ${size}]`);
  };
}

/** A feature and what is proposed or confirmed for it, in order of preference (RFC 4340 §6). */
function feature(layer: Own, length: number): void {
  const values = Array.from({ length: Math.max(0, Math.min(length, layer.left) - 1) }, (_, index) => readU8(layer.bytes, layer.cursor + 1 + index));
  layer.group(null, () => layer.take('feature_number'), () => `Values: ${values.join(', ')}`);
}

/** Hundredths of a millisecond, in two bytes or four. */
function elapsed(layer: Own, length: number): void {
  if (!layer.has(length)) return;
  layer.put('elapsed_time', readUint(layer.bytes, layer.cursor, length), layer.cursor, length);
}

const VALUES: Readonly<Record<number, Value>> = {
  32: feature,
  33: feature,
  34: feature,
  35: feature,
  36: (layer, length) => layer.take('init_cookie', length),
  37(layer, length) {
    if (length > 6) bad(layer, 'NDP Count too long (max 6 bytes)');
    else if (layer.has(length)) layer.put('ndp_count', BigInt(readUint(layer.bytes, layer.cursor, length)), layer.cursor, length);
  },
  38: (layer, length) => layer.take('ack_vector.nonce_0', length),
  39: (layer, length) => layer.take('ack_vector.nonce_1', length),
  40: (layer, length) => layer.take('data_dropped', length),
  41: fixed('timestamp', 4, 'Timestamp'),
  42(layer, length) {
    if (length !== 4 && length !== 6 && length !== 8) return bad(layer, 'Wrong Timestamp Echo length');
    layer.take('timestamp_echo');
    if (length > 4) elapsed(layer, length - 4);
  },
  43(layer, length) {
    if (length === 2 || length === 4) elapsed(layer, length);
    else bad(layer, 'Wrong Elapsed Time length');
  },
  44: fixed('checksum_data', 4, 'Data checksum'),
  192: fixed('ccid3_loss_event_rate', 4, 'CCID3 Loss Event Rate'),
  194: fixed('ccid3_receive_rate', 4, 'CCID3 Receive Rate'),
};
