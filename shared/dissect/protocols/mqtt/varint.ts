/** Numbers of one to four bytes, seven bits each, lowest first (MQTT 5.0 §1.5.5). */
import type { MqttLayer } from './fields.ts';

const MAX_BYTES = 4;

export interface Varint {
  readonly value: number;
  /** Bytes it takes; 0 where it is not all there, -1 where it is too long. */
  readonly size: number;
}

/** The number `ahead` of the cursor. */
export function peekVarint(layer: MqttLayer, ahead: number): Varint {
  let value = 0;
  for (let index = 0; index < MAX_BYTES; index += 1) {
    if (layer.left <= ahead + index) return { value: 0, size: 0 };
    const byte = layer.peekU8(ahead + index);
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, size: index + 1 };
  }
  return { value: 0, size: -1 };
}

export function takeVarint(layer: MqttLayer, key: 'len' | 'property_len' | 'prop_number'): number {
  const { value, size } = peekVarint(layer, 0);
  if (size === 0) {
    layer.reaches(layer.end + 1);
    return 0;
  }
  if (size < 0) {
    layer.malformed();
    return 0;
  }
  layer.put(key, value, layer.cursor, size);
  layer.skip(size);
  return value;
}
