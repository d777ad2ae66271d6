/** TLS records (RFC 8446 §5): header, and the content by its type. */
import { nameOf } from '../../values.ts';
import { applicationByPort } from './applications.ts';
import type { TlsLayer } from './fields.ts';
import type { TlsFact } from './fragments.ts';
import { noteResumed } from './fragments.ts';
import { takeHandshakeRecord } from './handshake-record.ts';
import { ALERT_LEVELS, ALERTS, HEARTBEAT_TYPES, shortVersion, TLS_1_3 } from './names.ts';
import { directionOf, learnSession, learnVersion, sessionOf } from './session.ts';

export const RECORD_HEADER_BYTES = 5;

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const HEARTBEAT = 24;

/** Longest content in the clear, and what encryption may add to it (RFC 5246 §6.2, RFC 8446 §5.2). */
const LONGEST_PLAINTEXT = 0x4000;
const EXPANSION = 2048;
const EXPANSION_1_3 = 256;

export function isContentType(type: number): boolean {
  return type >= CHANGE_CIPHER_SPEC && type <= 25;
}

function takeChangeCipherSpec(layer: TlsLayer, end: number, record: number): string {
  layer.infoAppend(() => 'Change Cipher Spec', ', ');
  const session = learnSession(layer);
  const direction = directionOf(layer);
  if (session) {
    if (session.cipherSince[direction] === 0) session.cipherSince[direction] = layer.packet.number;
    if (session.resuming && session.serverDirection === direction && session.version !== TLS_1_3) noteResumed(layer, record);
  }
  layer.put('change_cipher_spec', 0, layer.cursor, end - layer.cursor);
  layer.skip(end - layer.cursor);
  if (layer.fact<TlsFact>()?.resumed.has(record)) layer.expert('resumed', 'note', 'Sequence', 'This session reuses previously negotiated keys (Session resumption)');
  return 'Change Cipher Spec Protocol: Change Cipher Spec';
}

/** An alert has two bytes; a longer one is ciphertext. */
function takeAlert(layer: TlsLayer, end: number): string {
  const start = layer.cursor;
  const level = layer.peekU8();
  const description = layer.peekU8(1);
  const isClear = end - start === 2;
  const words = isClear ? `Alert (Level: ${nameOf(ALERT_LEVELS, level) ?? 'Unknown'}, Description: ${nameOf(ALERTS, description) ?? 'Unknown'})` : 'Encrypted Alert';
  layer.infoAppend(() => words, ', ');
  const read = (): void => {
    if (isClear) {
      layer.take('alert_message.level');
      layer.take('alert_message.desc');
    } else layer.skip(end - start);
  };
  layer.group('alert_message', read, () => (isClear ? 'Alert Message' : 'Alert Message: Encrypted Alert'));
  return words;
}

function takeApplicationData(layer: TlsLayer, end: number): string {
  layer.infoAppend(() => 'Application Data', ', ');
  layer.take('app_data', end - layer.cursor);
  const { flow, sourcePort, destinationPort } = layer.run;
  const application = sessionOf(layer).application || (flow?.application ?? applicationByPort(sourcePort, destinationPort));
  if (application !== '' && !layer.broken) layer.putGenerated('app_data_proto', application);
  return `Application Data Protocol: ${application || 'Application Data'}`;
}

/** RFC 6520 §4. A payload length beyond the message is the attack known as Heartbleed. */
function takeHeartbeat(layer: TlsLayer, end: number): string {
  const start = layer.cursor;
  const type = nameOf(HEARTBEAT_TYPES, layer.peekU8());
  const stated = layer.peekU16(1);
  const room = end - start - 3;
  if (type === undefined || room < 0) {
    layer.infoAppend(() => 'Encrypted Heartbeat', ', ');
    layer.group('heartbeat_message', () => layer.skip(end - start), () => 'Encrypted Heartbeat Message');
    return 'Encrypted Heartbeat';
  }
  layer.infoAppend(() => `Heartbeat ${type}`, ', ');
  layer.group('heartbeat_message', () => {
    layer.take('heartbeat_message.type');
    layer.take('heartbeat_message.payload_length');
    const length = Math.min(stated, room);
    if (stated > room) layer.expert('heartbeat_message.payload_length.invalid', 'error', 'Malformed', `Invalid heartbeat payload length (${stated})`);
    layer.take('heartbeat_message.payload', length);
    if (layer.cursor < end) layer.take('heartbeat_message.padding', end - layer.cursor);
  });
  return `Heartbeat ${type}`;
}

function takeContent(layer: TlsLayer, type: number, end: number, record: number): string {
  switch (type) {
    case CHANGE_CIPHER_SPEC:
      return takeChangeCipherSpec(layer, end, record);
    case ALERT:
      return takeAlert(layer, end);
    case HANDSHAKE:
      layer.section('handshake');
      return `Handshake Protocol: ${takeHandshakeRecord(layer, end, record)}`;
    case APPLICATION_DATA:
      return takeApplicationData(layer, end);
    case HEARTBEAT:
      return takeHeartbeat(layer, end);
    default:
      layer.skip(end - layer.cursor);
      return '';
  }
}

/** Only application data may be empty: a way to hide how much is said, and when. */
function checkLength(layer: TlsLayer, type: number, length: number): void {
  if (length === 0 && type !== APPLICATION_DATA) layer.expert('record.length.invalid', 'warn', 'Protocol', 'Only application data may have no bytes');
  const expansion = sessionOf(layer).version === TLS_1_3 ? EXPANSION_1_3 : EXPANSION;
  if (length > LONGEST_PLAINTEXT + expansion) layer.expert('record.length.invalid', 'warn', 'Protocol', `TLS records have at most ${LONGEST_PLAINTEXT + expansion} bytes`);
}

/** Reads the record at the cursor, all of which is there; `record` is its number in the layer. */
export function takeRecord(layer: TlsLayer, record: number): void {
  const type = layer.peekU8();
  const version = layer.peekU16(1);
  const length = layer.peekU16(3);
  const end = layer.cursor + RECORD_HEADER_BYTES + length;
  let words = '';
  layer.group(
    'record',
    () => {
      learnVersion(layer, type, layer.peekU8(RECORD_HEADER_BYTES), version);
      const known = sessionOf(layer).version;
      layer.take(type === APPLICATION_DATA && known === TLS_1_3 ? 'record.opaque_type' : 'record.content_type');
      layer.take('record.version');
      layer.take('record.length');
      // tshark looks at the first byte of the content before anything else, even where there is none.
      if (!layer.reaches(layer.cursor + 1)) return;
      checkLength(layer, type, length);
      layer.protocolName(shortVersion(known === 0 ? version : known));
      words = takeContent(layer, type, end, record);
    },
    () => `${shortVersion(sessionOf(layer).version || version)} Record Layer${words === '' ? '' : `: ${words}`}`,
  );
  // A Server Hello in the record may just have settled the version.
  if (!layer.broken) layer.protocolName(shortVersion(sessionOf(layer).version || version));
  if (!layer.broken) layer.cursor = end;
}
