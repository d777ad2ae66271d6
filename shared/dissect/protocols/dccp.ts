/** Datagram Congestion Control Protocol: datagrams with a connection around them, which slow down when the network is full. */
import { pseudoHeaderSum } from '../../bytes/checksum.ts';
import { takeInternetChecksum } from '../checksum-field.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { firstOf, learnFirst, placeOf } from './dccp/conversations.ts';
import type { Place } from './dccp/conversations.ts';
import { dccpFields, resetName, SERVICES, TYPES } from './dccp/fields.ts';
import { takeOptions } from './dccp/options.ts';

const fields = dccpFields;
type Own = Layer<ReturnType<typeof fields>>;

const PROTOCOL_NUMBER = 33;
const REQUEST = 0;
const RESPONSE = 1;
const DATA = 2;
const DATA_ACK = 4;
const RESET = 7;
const LISTEN = 10;
const LAST_TYPE = LISTEN;
const WORD = 4;
/** Header up to the sequence number, with 48 bits and with 24. */
const LONG_HEADER = 16;
const SHORT_HEADER = 12;

const CHECKSUM = { checksum: 'checksum', status: 'checksum.status', bad: 'bad_checksum', severity: 'error', group: 'Checksum', words: 'Bad checksum' } as const;

export const dccp = protocol({
  id: 'dccp',
  title: 'Datagram Congestion Control Protocol',
  short: 'DCCP',
  spec: 'RFC 4340 §5.1',
  osi: 4,
  claims: [{ table: 'ip.proto', keys: [PROTOCOL_NUMBER] }],
  fields,
  parse(layer) {
    const { run, start } = layer;
    const source = layer.take('srcport');
    if (!layer.broken) layer.at('port', start);
    const destination = layer.take('dstport');
    if (layer.broken) return;
    layer.at('port', start + 2);
    layer.protocolName('DCCP');
    layer.info(() => `${source} → ${destination}`);
    layer.summary(() => `Src Port: ${source}, Dst Port: ${destination}`);
    run.sourcePort = source;
    run.destinationPort = destination;
    if (run.pass === 'index') return;
    const place = placeOf(layer, source, destination);
    if (place !== null) layer.putGenerated('stream', place.flow);
    takeHeader(layer, place);
  },
});

function takeHeader(layer: Own, place: Place | null): void {
  const offsetEntry = layer.run.tape.count;
  const dataOffset = layer.take('data_offset') * WORD;
  const coverage = layer.at('cscov', layer.cursor) as number;
  layer.at('ccval', layer.cursor);
  layer.skip(1);
  takeChecksum(layer, dataOffset, coverage);
  if (!layer.has(1)) return;
  const at = layer.cursor;
  layer.at('res1', at);
  const type = layer.at('type', at);
  const isLong = layer.at('x', at, 1) !== 0;
  layer.skip(1);
  layer.infoAppend(() => ` [${TYPES[type] ?? ''}]`);
  const least = isLong ? LONG_HEADER : SHORT_HEADER;
  if (dataOffset < least) return tooShort(layer, offsetEntry, dataOffset, least, '');
  if (isLong) layer.take('res2');
  const needed = isLong ? (LEAST_LONG[type] ?? 24) : (LEAST_SHORT[type] ?? 16);
  const begins = isLong && (type === REQUEST || type === RESPONSE) && dataOffset >= needed;
  const sequence = takeSequence(layer, place, begins, isLong);
  layer.infoAppend(() => ` Seq=${sequence.words}`);
  if (type > LAST_TYPE) layer.expert('packet_type.reserved', 'note', 'Protocol', 'Reserved packet type: unable to dissect further', layer.entry);
  else if (dataOffset < needed) tooShort(layer, offsetEntry, dataOffset, needed, ` for ${TYPES[type] ?? ''}`);
  else takeRest(layer, place, type, isLong, dataOffset);
}

/** Least lengths of the header by type, where they are not those with an acknowledgment alone. */
const LEAST_LONG: Readonly<Record<number, number>> = { [REQUEST]: 20, [RESPONSE]: 28, [DATA]: 16, [RESET]: 28, [LISTEN]: 20 };
const LEAST_SHORT: Readonly<Record<number, number>> = { [REQUEST]: 20, [RESPONSE]: 28, [DATA]: 12, [RESET]: 28, [LISTEN]: 20 };

function tooShort(layer: Own, entry: number, found: number, least: number, of: string): void {
  layer.expert('advertised_header_length.bad', 'error', 'Malformed', `Advertised header length (${found}) is smaller than the minimum (${least})${of}`, entry);
  layer.headerEnd = layer.end;
}

/** Over the header, options and as much data as the coverage says (RFC 4340 §9). */
function takeChecksum(layer: Own, dataOffset: number, coverage: number): void {
  const { network } = layer.run;
  const length = layer.reportedEnd - layer.start;
  const covered = coverage === 0 ? length : Math.min(length, dataOffset + (coverage - 1) * WORD);
  const canJudge = network !== null && !layer.run.fragmented && layer.end === layer.reportedEnd;
  takeInternetChecksum(layer, CHECKSUM, layer.start, canJudge ? layer.start + covered : -1, network === null ? 0 : pseudoHeaderSum(network, PROTOCOL_NUMBER, length));
}

// ── sequence numbers ─────────────────────────────────────────────────────────

interface Sequence {
  /** As Info shows it: counted from the first where that is known. */
  readonly words: string;
}

/** 48 bits, or 24. */
function readNumber(layer: Own, isLong: boolean): number {
  const high = isLong ? layer.peekU24() : 0;
  const low = layer.peekU24(isLong ? 3 : 0);
  return high * 0x100_0000 + low;
}

/** Counted from `first`: 24 bits wrap around at their end, 48 are counted on in 64. */
function relativeTo(first: number, value: number, isLong: boolean): bigint {
  return BigInt.asUintN(isLong ? 64 : 24, BigInt(value - first));
}

/** `begins`: this packet is the first that its sender counts. */
function takeSequence(layer: Own, place: Place | null, begins: boolean, isLong: boolean): Sequence {
  const at = layer.cursor;
  const size = isLong ? 6 : 3;
  const value = readNumber(layer, isLong);
  if (!layer.has(size)) return { words: '' };
  if (place !== null && begins) learnFirst(layer, place, value);
  const first = firstOf(place, false);
  const relative = first === undefined ? undefined : relativeTo(first, value, isLong);
  if (!isLong) layer.put('seq', BigInt(value), at, size);
  if (relative !== undefined) {
    layer.put('seq', relative, at, size);
    layer.label(() => `Sequence Number: ${relative}    (relative sequence number)`);
  }
  if (isLong) layer.put('seq_raw', BigInt(value), at, size);
  layer.skip(size);
  return { words: String(relative ?? value) };
}

function takeAcknowledgment(layer: Own, place: Place | null, isLong: boolean): void {
  const at = layer.cursor;
  if (!layer.has(isLong ? 8 : 4)) return;
  layer.put('ack_res', isLong ? layer.peekU16() : layer.peekU8(), at, isLong ? 2 : 1, { hidden: true });
  layer.skip(isLong ? 2 : 1);
  const value = readNumber(layer, isLong);
  const size = isLong ? 6 : 3;
  const first = firstOf(place, true);
  const relative = first === undefined ? undefined : relativeTo(first, value, isLong);
  if (relative !== undefined) {
    layer.put('ack', relative, layer.cursor, size);
    layer.label(() => `Acknowledgement Number: ${relative}    (relative acknowledgement number)`);
  }
  layer.put('ack_raw', BigInt(value), layer.cursor, size);
  layer.infoAppend(() => ` (Ack=${relative ?? value})`);
  layer.skip(size);
}

// ── what the type brings ─────────────────────────────────────────────────────

function takeRest(layer: Own, place: Place | null, type: number, isLong: boolean, dataOffset: number): void {
  if (type !== REQUEST && type !== DATA && type !== LISTEN) takeAcknowledgment(layer, place, isLong);
  if (type === REQUEST || type === RESPONSE || type === LISTEN) takeService(layer);
  if (type === RESET) takeReset(layer);
  const end = layer.start + dataOffset;
  if (layer.broken) return;
  if (end > layer.cursor) takeOptions(layer, end);
  if (layer.broken) return;
  layer.headerEnd = end;
  if ((type === DATA || type === DATA_ACK) && layer.reportedEnd > end) hand(layer, end);
}

function takeService(layer: Own): void {
  const service = layer.take('service_code');
  if (!layer.broken) layer.infoAppend(() => ` (service=${SERVICES[service] ?? `Unknown (${service})`})`);
}

function takeReset(layer: Own): void {
  const code = layer.take('reset_code');
  if (!layer.broken) layer.infoAppend(() => ` (code=${resetName(code)})`);
  layer.take('data1');
  layer.take('data2');
  layer.take('data3');
}

/** The lower port's protocol, else the higher's. */
function hand(layer: Own, start: number): void {
  const { registry, sourcePort, destinationPort } = layer.run;
  const taker = registry.lookup('dccp.port', Math.min(sourcePort, destinationPort)) ?? registry.lookup('dccp.port', Math.max(sourcePort, destinationPort));
  if (taker) layer.call(taker.id, { start });
  else layer.data({ start });
}
