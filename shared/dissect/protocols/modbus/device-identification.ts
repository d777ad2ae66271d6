/** Function 43: an interface of another kind inside of Modbus; of these, what a device is (§6.21). */
import type { ModbusLayer } from './fields.ts';

const READ_IDENTIFICATION = 14;
/** Objects from here on are the maker's own, and may be of any kind. */
const PRIVATE_OBJECTS = 0x80;

export function takeEncapsulated(layer: ModbusLayer, isQuery: boolean): void {
  const start = layer.cursor;
  const type = layer.take('mei');
  if (layer.broken) return;
  if (type !== READ_IDENTIFICATION) {
    layer.cursor = start;
    layer.take('data', layer.reportedLeft);
    return;
  }
  layer.take('read_device_id');
  if (isQuery) {
    layer.take('object_id');
    return;
  }
  layer.take('conformity_level');
  layer.take('more_follows');
  layer.take('next_object_id');
  const count = layer.take('num_objects');
  if (layer.broken || count === 0) return;
  layer.group(null, () => takeObjects(layer, count), () => 'Objects');
}

function takeObjects(layer: ModbusLayer, count: number): void {
  for (let index = 0; index < count && !layer.broken; index += 1) {
    const size = layer.peekU8(1);
    if (!layer.has(2 + size)) return;
    layer.group(null, () => {
      const id = layer.take('object_id');
      layer.take('objects_len');
      if (id >= PRIVATE_OBJECTS) layer.take('object_value', size);
      else layer.take('object_str_value', size);
    }, () => `Object #${index + 1}`);
  }
}
