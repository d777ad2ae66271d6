/** Reads Wi-Fi Protected Setup: attributes of type, length and value, in elements and in EAP. */
import type { Layer } from '../../../layer.ts';
import { WPS_ATTRIBUTES } from './attributes.ts';

const HEADER = 4;
const DEVICE_TYPE = 0x1054;
const VENDOR_EXTENSION = 0x1049;
const MESSAGE_TYPE = 0x1022;
const WIFI_ALLIANCE_DEVICES = 0x0050f204;
const WIFI_ALLIANCE = 0x00372a;
const CATEGORIES: readonly string[] = ['', 'computer', 'input_device', 'printers_scanners_faxes_copiers', 'camera', 'storage', 'network_infrastructure', 'displays', 'multimedia_devices', 'gaming_devices', 'telephone', 'audio_devices'];

/** Takes attributes to the layer's end; gives the type of the message that they are, if they say so. */
export function takeWps(layer: Layer): number | null {
  let message: number | null = null;
  layer.each(() => {
    if (layer.left < HEADER) {
      layer.cursor = layer.end;
      return;
    }
    const type = layer.peekU16();
    const length = layer.peekU16(2);
    layer.group(null, () => {
      layer.take('wps.type');
      layer.take('wps.length');
      const end = layer.cursor + length;
      if (!layer.reaches(end)) return;
      if (type === MESSAGE_TYPE && length > 0) message = layer.peekU8();
      layer.within(end, () => takeValue(layer, type, length));
    }, () => WPS_ATTRIBUTES[type]?.[0].replaceAll('_', ' ') ?? `Unknown attribute 0x${type.toString(16)}`);
  });
  return message;
}

function takeValue(layer: Layer, type: number, length: number): void {
  const attribute = WPS_ATTRIBUTES[type];
  if (attribute === undefined) return;
  const [key, size] = attribute;
  if (size !== 'rest' && length < size) return;
  const at = layer.cursor;
  layer.take(`wps.${key}`, size === 'rest' ? length : size);
  layer.flags(`wps.${key}`);
  if (type === DEVICE_TYPE) layer.inside(() => putDeviceType(layer, at));
  else if (type === VENDOR_EXTENSION) layer.inside(() => takeExtension(layer, at));
}

/** Category and kind, as the Wi-Fi Alliance numbers them. */
function putDeviceType(layer: Layer, at: number): void {
  layer.cursor = at;
  const isKnown = layer.peekU32(2) === WIFI_ALLIANCE_DEVICES;
  const category = CATEGORIES[layer.peekU16()];
  if (!isKnown || !category) return;
  layer.at('wps.primary_device_type.category', at);
  layer.at(`wps.primary_device_type.subcategory_${category}`, at + 6);
}

/** Version 2 of the protocol put its news here. */
function takeExtension(layer: Layer, at: number): void {
  layer.cursor = at;
  if (layer.left < 3) return;
  const vendor = layer.peekU24();
  layer.take('wps.vendor_id');
  if (vendor !== WIFI_ALLIANCE) return;
  layer.each(() => {
    if (layer.left < 2) {
      layer.cursor = layer.end;
      return;
    }
    const id = layer.take('wps.ext.id') as unknown as number;
    const length = layer.take('wps.ext.len') as unknown as number;
    if (!layer.has(length)) return;
    const end = layer.cursor + length;
    layer.within(end, () => takeExtensionValue(layer, id, length));
  });
}

const EXTENSIONS: Readonly<Record<number, string>> = { 0: 'version2', 2: 'network_key_shareable', 3: 'request_to_enroll', 4: 'settings_delay_time' };

function takeExtensionValue(layer: Layer, id: number, length: number): void {
  const key = EXTENSIONS[id];
  if (id === 1) layer.take('wps.ext.authorizedmacs', length);
  else if (key !== undefined && length > 0) layer.take(`wps.ext.${key}`);
}

/** Messages of the exchange, by number (Wi-Fi Simple Configuration 2.0 §12). */
export const WPS_MESSAGES: Readonly<Record<number, string>> = {
  1: 'Beacon', 2: 'Probe Request', 3: 'Probe Response', 4: 'M1', 5: 'M2', 6: 'M2D', 7: 'M3', 8: 'M4', 9: 'M5', 10: 'M6', 11: 'M7', 12: 'M8', 13: 'WSC_ACK', 14: 'WSC_NACK', 15: 'WSC_DONE',
};
