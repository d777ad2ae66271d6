/** DHCP unique identifiers (RFC 8415 §11). */
import { hexText } from '../../address-text.ts';
import { remarkMalformed } from './fields.ts';
import type { Dhcpv6Layer } from './fields.ts';

const LINK_LAYER_TIME = 1;
const ENTERPRISE = 2;
const LINK_LAYER = 3;
const UUID = 4;
/** From 1970 to 2000, where DUIDs begin to count. */
const EPOCH_SECONDS = 946_684_800;

/** Hardware types whose addresses have six bytes with colons between them. */
function isMac(hardwareType: number, size: number): boolean {
  return size === 6 && (hardwareType === 1 || hardwareType === 6);
}

function putAddress(layer: Dhcpv6Layer, key: 'duidllt.link_layer_addr' | 'duidll.link_layer_addr', hardwareType: number, end: number): void {
  const start = layer.cursor;
  const size = end - start;
  if (size <= 0 || !layer.reaches(end)) return;
  layer.put(key, hexText(layer.bytes, start, end, isMac(hardwareType, size) ? ':' : ''), start, size);
  layer.cursor = end;
}

export function takeDuid(layer: Dhcpv6Layer, length: number): void {
  if (length < 2) {
    remarkMalformed(layer, 'DUID');
    return;
  }
  const end = layer.cursor + length;
  layer.at('duid.bytes', layer.cursor, length);
  const type = layer.take('duid.type');
  if (type === LINK_LAYER_TIME) takeLinkLayerTime(layer, length, end);
  else if (type === ENTERPRISE) takeEnterprise(layer, length, end);
  else if (type === LINK_LAYER) {
    if (length < 4) remarkMalformed(layer, 'DUID');
    else putAddress(layer, 'duidll.link_layer_addr', layer.take('duidll.hwtype'), end);
  } else if (type === UUID && length > 2) layer.take('duiduuid.bytes', length - 2);
}

function takeLinkLayerTime(layer: Dhcpv6Layer, length: number, end: number): void {
  if (length < 8) {
    remarkMalformed(layer, 'DUID');
    return;
  }
  const hardwareType = layer.take('duidllt.hwtype');
  if (!layer.has(4)) return;
  layer.put('duidllt.time', { seconds: EPOCH_SECONDS + layer.peekU32(), nanos: 0 }, layer.cursor, 4);
  layer.skip(4);
  putAddress(layer, 'duidllt.link_layer_addr', hardwareType, end);
}

function takeEnterprise(layer: Dhcpv6Layer, length: number, end: number): void {
  if (length < 6) {
    remarkMalformed(layer, 'DUID');
    return;
  }
  layer.take('duiden.enterprise');
  if (end > layer.cursor) layer.take('duiden.identifier', end - layer.cursor);
}
