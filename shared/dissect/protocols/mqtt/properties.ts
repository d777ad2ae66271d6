/** Properties of MQTT 5.0 (§2.2.2): a length, then ids with values of a kind that the id tells. */
import { utf8 } from '../../../bytes/reader.ts';
import type { MqttKey, MqttLayer } from './fields.ts';
import { takeVarint } from './varint.ts';

type Kind = 'byte' | 'short' | 'long' | 'varint' | 'text' | 'pair' | 'contentType' | 'quality' | 'alias';

const KINDS: Readonly<Record<number, Kind>> = {
  0x01: 'byte', 0x02: 'long', 0x03: 'contentType', 0x08: 'text', 0x09: 'text', 0x0b: 'varint', 0x11: 'long', 0x12: 'text', 0x13: 'short', 0x15: 'text', 0x16: 'text', 0x17: 'byte', 0x18: 'long',
  0x19: 'byte', 0x1a: 'text', 0x1c: 'text', 0x1f: 'text', 0x21: 'short', 0x22: 'short', 0x23: 'alias', 0x24: 'quality', 0x25: 'byte', 0x26: 'pair', 0x27: 'long', 0x28: 'byte', 0x29: 'byte', 0x2a: 'byte',
};

const NUMBER_BYTES: Readonly<Partial<Record<Kind, number>>> = { byte: 1, short: 2, long: 4 };

/** Reads the properties at the cursor; gives the topic alias among them, 0 where there is none. */
export function takeProperties(layer: MqttLayer, head: 'properties' | 'will_properties'): number {
  if (layer.broken) return 0;
  let alias = 0;
  layer.group(head, () => {
    const end = layer.cursor;
    const length = takeVarint(layer, 'property_len');
    if (layer.broken) return;
    const stop = layer.cursor + length;
    if (stop > end) layer.each(() => void (alias = takeProperty(layer, stop) || alias), stop);
  });
  return alias;
}

/** Gives the topic alias, or 0 for every other property. */
function takeProperty(layer: MqttLayer, end: number): number {
  const kind = KINDS[layer.take('property_id')];
  const size = kind === undefined ? 0 : (NUMBER_BYTES[kind] ?? 0);
  if (kind === undefined) layer.take('prop_unknown', end - layer.cursor);
  else if (size > 0) layer.take('prop_number', size);
  else if (kind === 'varint') takeVarint(layer, 'prop_number');
  else if (kind === 'quality') layer.take('property.max_qos');
  else if (kind === 'alias') return layer.take('property.topic_alias');
  else if (kind === 'contentType') takeContentType(layer);
  else if (kind === 'text') takeCounted(layer, 'prop_string_len', 'prop_string');
  else {
    takeCounted(layer, 'prop_key_len', 'prop_key');
    takeCounted(layer, 'prop_value_len', 'prop_value');
  }
  return 0;
}

function takeContentType(layer: MqttLayer): void {
  const start = layer.cursor;
  const length = layer.peekU16();
  if (!layer.has(2 + length)) return;
  layer.put('property.content_type', utf8(layer.bytes, start + 2, start + 2 + length), start, 2 + length);
  layer.skip(2 + length);
}

/** A length in two bytes, and as many bytes of text. */
export function takeCounted(layer: MqttLayer, lengthKey: MqttKey, key: MqttKey): void {
  const length = layer.has(2) ? layer.peekU16() : 0;
  layer.take(lengthKey, 2);
  layer.take(key, length);
}
