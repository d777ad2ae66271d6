/** Simple Network Management Protocol, all versions, over datagrams and streams; encrypted messages of v3 stay bytes. */
import { smallIntegerOf } from '../ber/values.ts';
import { isHeader, readHeader } from '../ber/tlv.ts';
import type { Header } from '../ber/tlv.ts';
import { readBer } from '../ber/reader.ts';
import type { Part, Reading } from '../ber/notation.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { eachMessage } from '../stream-messages.ts';
import { learnExchange } from './snmp/exchanges.ts';
import type { SnmpFact } from './snmp/exchanges.ts';
import { MESSAGE, MESSAGE_V2U, MESSAGE_V3, afterOperation, operation, requestId } from './snmp/messages.ts';
import { SNMP } from './snmp/module.ts';
import { putTexts } from './snmp/var-bind.ts';

const fields = () => ({
  'response_in': { type: 'framenum', label: 'Response In' },
  'response_to': { type: 'framenum', label: 'Response To' },
  'time': { type: 'reltime', label: 'Time' },
  'version.unknown': { type: 'none', label: 'Unknown version' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const CONSTRUCTED = 0x20;
const SEQUENCE = 0x30;
const INTEGER = 2;
const INDEFINITE = 0x80;

/** A sequence that does not reach beyond the datagram, and begins with a number. What is too short to tell is taken. */
function looksLikeMessage(peek: Peek): boolean {
  if ((peek.u8(0) | CONSTRUCTED) !== SEQUENCE) return false;
  const first = peek.u8(1);
  if (first === INDEFINITE) return true;
  const octets = first < INDEFINITE ? 0 : first & 0x7f;
  const content = 2 + octets;
  if (content > peek.length) return true;
  let length = octets === 0 ? first : 0;
  for (let at = 2; at < content; at += 1) length = ((length << 8) | peek.u8(at)) >>> 0;
  return content + length <= peek.reportedLength && (content >= peek.length || peek.u8(content) === INTEGER);
}

const BY_VERSION: readonly Part[] = [MESSAGE, MESSAGE, MESSAGE_V2U, MESSAGE_V3];

const LONGEST_VERSION = 8;

/** The message's version, its first part; -1 where it cannot be read. Absurd numbers are taken for the first, as in Wireshark. */
function versionOf(layer: Own, { content }: Header): number {
  const version = readHeader(layer.bytes, content, layer.end);
  if (!isHeader(version) || version.end > layer.end) return -1;
  return version.end - version.content > LONGEST_VERSION ? 0 : smallIntegerOf(layer.bytes, version.content, version.end);
}

function putExchange(layer: Own): void {
  const fact = layer.fact<SnmpFact>();
  if (fact?.responseIn !== undefined) layer.putGenerated('response_in', fact.responseIn);
  if (fact?.responseTo === undefined) return;
  layer.putGenerated('response_to', fact.responseTo);
  layer.putGenerated('time', fact.time ?? 0);
}

function takeMessage(layer: Own): void {
  const header = readHeader(layer.bytes, layer.cursor, layer.end);
  if (!isHeader(header)) {
    layer.reaches(header.missing);
    return;
  }
  layer.protocolName('SNMP');
  const version = versionOf(layer, header);
  const message = version < 0 ? MESSAGE : BY_VERSION[version];
  if (message === undefined) {
    layer.expert('version.unknown', 'warn', 'Protocol', 'Unknown version', layer.entry);
    layer.cursor = layer.end;
    return;
  }
  readBer(layer, message, {
    prepare: (reader) => reader.set(afterOperation, () => pair(layer, reader)),
    finish: (reader) => {
      // What follows a message in its datagram is data; the values' texts are left out then, as in Wireshark.
      if (isStream(layer) || layer.left <= 0) putTexts(reader);
      else if (!layer.broken) layer.data();
    },
  });
}

/** Pairs requests with responses. */
function pair(layer: Own, reader: Reading): void {
  const id = reader.get(requestId);
  if (id !== null) learnExchange(layer as unknown as Layer, reader.get(operation), id);
  putExchange(layer);
}

function isStream(layer: Own): boolean {
  return layer.run.flow?.protocol === 'tcp';
}

const FRAMING = {
  headBytes: 6,
  lengthOf: (layer: Own): number => {
    const header = readHeader(layer.bytes, layer.cursor, layer.end);
    return isHeader(header) ? header.next - layer.cursor : 0;
  },
};

export const snmp = SNMP.protocol({
  title: 'Simple Network Management Protocol',
  short: 'SNMP',
  spec: 'RFC 3416',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [161, 162, 8161] },
    { table: 'tcp.port', keys: [161, 162] },
    { table: 'ethertype', keys: [0x814c] },
  ],
  accepts: (peek, table) => table === 'tcp.port' || looksLikeMessage(peek),
  fields,
  parse(layer) {
    if (isStream(layer)) eachMessage(layer, FRAMING, () => takeMessage(layer));
    else if (looksLikeMessage(layer.run.peek(layer as unknown as Layer, layer.start))) takeMessage(layer);
    else layer.refuse();
  },
});
