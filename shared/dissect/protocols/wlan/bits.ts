/** Numbers that consist of many fields. */
import type { FieldInfo } from '../../field.ts';
import type { Layer } from '../../layer.ts';

/** Takes a number and records all fields that are its bits. */
export function takeBits(layer: Layer, key: string): number {
  const value = layer.take(key) as number;
  layer.flags(key);
  return value;
}

/** Like `takeBits`, for numbers of 64 bits, which `Layer.flags` cannot read. */
export function takeWideBits(layer: Layer, key: string): bigint {
  const at = layer.cursor;
  const value = layer.take(key) as bigint;
  if (layer.broken || !layer.run.items) return value;
  layer.inside(() => {
    for (const { key: bit, spec, shift, type } of (layer.protocol.byKey[key] as FieldInfo).bits) {
      const part = (value & BigInt(spec.mask ?? 0)) >> BigInt(shift);
      layer.put(bit, type === 'bool' ? Number(part) : part, at, layer.cursor - at);
    }
  });
  return value;
}
