/** MQTT: messages of small devices, sent by way of a server that knows who wants which topic. Versions 3.1, 3.1.1 and 5.0. */
import { latin1, readU8, utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { eachMessage } from '../stream-messages.ts';
import { escapeText } from '../values.ts';
import { mqttFields } from './mqtt/fields.ts';
import type { MqttKey, MqttLayer } from './mqtt/fields.ts';
import { MSGTYPE } from './mqtt/names.ts';
import { takeCounted, takeProperties } from './mqtt/properties.ts';
import { aliasedTopic, learnAlias, learnVersion, versionOf } from './mqtt/session.ts';
import { peekVarint, takeVarint } from './mqtt/varint.ts';

const HEAD_BYTES = 2;
const VERSION_31 = 3;
const VERSION_5 = 5;
const CONNECT = 1;
const PUBLISH = 3;
/** Publish Release, Subscribe and Unsubscribe. */
const ONCE_WITH_QUALITY: ReadonlySet<number> = new Set([6, 8, 10]);
const FLAG_USER = 0x80;
const FLAG_PASSWORD = 0x40;
const FLAG_WILL = 0x04;

/** Bytes of the message at the cursor; -1 where its length is no number. */
function messageLength(layer: MqttLayer): number {
  const { value, size } = peekVarint(layer, 1);
  if (size < 0) return -1;
  return size === 0 ? 0 : 1 + size + value;
}

export const mqtt = protocol({
  id: 'mqtt',
  title: 'MQ Telemetry Transport Protocol',
  short: 'MQTT',
  spec: 'MQTT 5.0 §2.1',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [1883] }, { table: 'ws.protocol', keys: ['mqtt'] }],
  fields: mqttFields,
  parse(layer) {
    let isFirst = true;
    eachMessage(layer, { headBytes: HEAD_BYTES, lengthOf: messageLength }, (ordinal) => {
      layer.protocolName('MQTT');
      if (isFirst) layer.info(() => '');
      isFirst = false;
      takeMessage(layer, ordinal);
    });
  },
});

interface Message {
  readonly ordinal: number;
  readonly flags: number;
  readonly version: number;
  /** Where the message ends, absolute. */
  readonly end: number;
}

function takeMessage(layer: MqttLayer, ordinal: number): void {
  const type = layer.peekU8() >> 4;
  const name = MSGTYPE[type] ?? 'Reserved';
  layer.infoAppend(() => name, ', ');
  layer.summary(() => name);
  const version = versionOf(layer);
  if (type !== CONNECT && version === 0) layer.expert('unknown_version', 'note', 'Protocol', 'Unknown version (missing the CONNECT packet?)', layer.entry);
  const flags = layer.take('hdrflags');
  layer.flag('msgtype');
  for (const key of headerFlags(type, version)) layer.flag(key);
  const length = takeVarint(layer, 'len');
  READERS[type]?.(layer, { ordinal, flags, version, end: layer.cursor + length });
}

/** What the lower half of the first byte says; before 3.1.1 requests that are answered had a quality of service, too (MQTT 3.1 §2.1). */
function headerFlags(type: number, version: number): readonly MqttKey[] {
  if (type === PUBLISH) return ['dupflag', 'qos', 'retain'];
  return version === VERSION_31 && ONCE_WITH_QUALITY.has(type) ? ['dupflag', 'qos', 'retain_reserved'] : ['hdr_reserved'];
}

type Reader = (layer: MqttLayer, message: Message) => void;

// ── connecting ───────────────────────────────────────────────────────────────

function connect(layer: MqttLayer): void {
  takeCounted(layer, 'proto_len', 'protoname');
  const version = layer.take('ver');
  if (!layer.broken) learnVersion(layer, version);
  const flags = layer.takeFlags('conflags');
  layer.take('kalive');
  if (version === VERSION_5) takeProperties(layer, 'properties');
  takeCounted(layer, 'clientid_len', 'clientid');
  if ((flags & FLAG_WILL) !== 0) {
    if (version === VERSION_5) takeProperties(layer, 'will_properties');
    takeCounted(layer, 'willtopic_len', 'willtopic');
    takeCounted(layer, 'willmsg_len', 'willmsg');
  }
  if ((flags & FLAG_USER) !== 0) takeCounted(layer, 'username_len', 'username');
  if ((flags & FLAG_PASSWORD) !== 0) takeCounted(layer, 'passwd_len', 'passwd');
}

function connectAck(layer: MqttLayer, { version }: Message): void {
  if (version === VERSION_31) layer.take('conack.flags.reserved');
  else {
    layer.take('conack.flags');
    if (layer.broken) return;
    layer.flag('conack.flags.reserved_bits');
    layer.flag('conack.flags.sp');
  }
  layer.take(version === VERSION_5 ? 'connack.reason_code' : 'conack.val');
  if (version === VERSION_5) takeProperties(layer, 'properties');
}

/** Messages whose body of version 5 may end after nothing, or after the reason. */
function reason(key: MqttKey): Reader {
  return (layer, { version, end }) => {
    if (version !== VERSION_5 || layer.cursor >= end) return;
    layer.take(key);
    if (layer.cursor < end) takeProperties(layer, 'properties');
  };
}

// ── publishing ───────────────────────────────────────────────────────────────

function publish(layer: MqttLayer, { ordinal, flags, version, end }: Message): void {
  const length = layer.peekU16();
  const topicAt = layer.cursor + 2;
  if (length > 0) takeCounted(layer, 'topic_len', 'topic');
  else layer.take('topic_len');
  const own = layer.broken ? '' : utf8(layer.bytes, topicAt, topicAt + length);
  const isNumbered = (flags & 0x06) !== 0;
  if (isNumbered) takeMessageId(layer);
  const alias = version === VERSION_5 ? takeProperties(layer, 'properties') : 0;
  if (alias > 0 && !layer.broken) learnAlias(layer, ordinal, alias, own);
  const topic = alias > 0 ? putAliased(layer, ordinal, own) : own;
  if (!layer.broken) layer.infoAppend(() => ` [${escapeText(topic)}]`);
  if (length === 0 && alias === 0 && !layer.broken) layer.expert('illegal_topic_length', 'warn', 'Protocol', 'Topic length cannot be 0');
  const content = layer.cursor;
  layer.take('msg', end - layer.cursor);
  if (layer.run.labels && !layer.broken && isText(layer.bytes, content, Math.min(end, layer.end))) layer.label(() => `Message: ${escapeText(latin1(layer.bytes, content, end))}`);
}

/** True where the message can be read as it stands; most are JSON or numbers in digits. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = readU8(bytes, at);
    if (byte >= 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false;
  }
  return end > start;
}

function putAliased(layer: MqttLayer, ordinal: number, own: string): string {
  const known = own === '' ? aliasedTopic(layer, ordinal) : own;
  if (known === undefined) {
    layer.expert('unknown_topic_alias', 'warn', 'Sequence', 'Unknown topic alias');
    return '';
  }
  layer.putGenerated('topic', known);
  return known;
}

function takeMessageId(layer: MqttLayer): void {
  const id = layer.take('msgid');
  if (!layer.broken) layer.infoAppend(() => ` (id=${id})`);
}

function numbered(key: MqttKey): Reader {
  const rest = reason(key);
  return (layer, message) => {
    takeMessageId(layer);
    rest(layer, message);
  };
}

// ── subscribing ──────────────────────────────────────────────────────────────

function takeTopic(layer: MqttLayer, isTold: boolean): void {
  const length = layer.peekU16();
  const start = layer.cursor + 2;
  if (length > 0) takeCounted(layer, 'topic_len', 'topic');
  else layer.take('topic_len');
  if (length === 0 && !layer.broken) layer.expert('illegal_topic_length', 'warn', 'Protocol', 'Topic length cannot be 0');
  else if (isTold && !layer.broken) layer.infoAppend(() => ` [${escapeText(utf8(layer.bytes, start, start + length))}]`);
}

function subscribe(layer: MqttLayer, { version, end }: Message): void {
  takeMessageId(layer);
  if (version === VERSION_5) takeProperties(layer, 'properties');
  layer.each(() => {
    takeTopic(layer, true);
    if (version !== VERSION_5) layer.take('sub.qos');
    else {
      layer.take('subscription_options');
      if (layer.broken) return;
      for (const key of ['subscription_options_reserved', 'subscription_options_retain', 'subscription_options_rap', 'subscription_options_nl', 'subscription_options_qos'] as const) layer.flag(key);
    }
  }, end);
}

function unsubscribe(layer: MqttLayer, { version, end }: Message): void {
  takeMessageId(layer);
  if (version === VERSION_5) takeProperties(layer, 'properties');
  layer.each(() => takeTopic(layer, false), end);
}

function subscribeAck(layer: MqttLayer, { version, end }: Message): void {
  takeMessageId(layer);
  if (version === VERSION_5) takeProperties(layer, 'properties');
  const isOld = version === VERSION_31 || version === VERSION_31 + 1;
  layer.each(() => layer.take(isOld ? 'suback.qos' : 'suback.reason_code'), end);
}

function unsubscribeAck(layer: MqttLayer, { version, end }: Message): void {
  takeMessageId(layer);
  if (version !== VERSION_5) return;
  takeProperties(layer, 'properties');
  layer.each(() => layer.take('unsuback.reason_code'), end);
}

const READERS: Readonly<Record<number, Reader>> = {
  [CONNECT]: connect,
  2: connectAck,
  [PUBLISH]: publish,
  4: numbered('puback.reason_code'),
  5: numbered('pubrec.reason_code'),
  6: numbered('pubrel.reason_code'),
  7: numbered('pubcomp.reason_code'),
  8: subscribe,
  9: subscribeAck,
  10: unsubscribe,
  11: unsubscribeAck,
  14: reason('disconnect.reason_code'),
  15: reason('auth.reason_code'),
};
