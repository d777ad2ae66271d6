/** Options that tell clients apart: 61 (RFC 2132 §9.14, RFC 4361) and 97 (RFC 4578 §2.3). */
import { guidText, hexText } from '../../address-text.ts';
import type { DhcpLayer } from './fields.ts';
import type { OptionReader } from './message-facts.ts';

const UUID_BYTES = 16;
const HIGHEST_HARDWARE_TYPE = 48;
const WITH_DUID = 255;

/** A number that says what kind follows: 0 with 16 bytes a UUID, a hardware type and address, or a DUID behind an IAID. */
export const takeClientIdentifier: OptionReader = (layer, length) => {
  const type = layer.peekU8();
  if (length === UUID_BYTES + 1 && type === 0) takeUuid(layer);
  else if (length === 7 && type > 0 && type < HIGHEST_HARDWARE_TYPE) {
    layer.take('hw.type');
    if (type === 1 || type === 6) layer.take('hw.mac_addr');
    else putHex(layer, 'client_hardware_address', length - 1, '');
  } else if (type === WITH_DUID) takeDuid(layer, length);
  else if (type === 0 && length > 1) {
    layer.take('client_id.type');
    layer.take('client_id.undef', length - 1);
  }
};

export const takeMachineIdentifier: OptionReader = (layer, length) => {
  if (length === UUID_BYTES + 1) takeUuid(layer);
};

function takeUuid(layer: DhcpLayer): void {
  layer.skip(1);
  if (!layer.has(UUID_BYTES)) return;
  layer.put('client_id.uuid', guidText(layer.bytes, layer.cursor), layer.cursor, UUID_BYTES);
  layer.skip(UUID_BYTES);
}

function putHex(layer: DhcpLayer, key: 'client_id.iaid' | 'client_id.link_layer_address' | 'client_hardware_address', size: number, separator: string): void {
  if (!layer.has(Math.max(0, size))) return;
  layer.put(key, hexText(layer.bytes, layer.cursor, layer.cursor + size, separator), layer.cursor, size);
  layer.skip(size);
}

const DUID = { linkLayerTime: 1, enterprise: 2, linkLayer: 3 } as const;

function putLinkLayerAddress(layer: DhcpLayer, hardwareType: number, end: number): void {
  const size = end - layer.cursor;
  if (size === 0) layer.put('client_id.link_layer_address', '<No address>', layer.cursor, 0);
  else putHex(layer, 'client_id.link_layer_address', size, size === 6 && (hardwareType === 1 || hardwareType === 6) ? ':' : '');
}

/** RFC 4361 §6.1 and RFC 8415 §11. */
function takeDuid(layer: DhcpLayer, length: number): void {
  const end = layer.cursor + length;
  layer.skip(1);
  putHex(layer, 'client_id.iaid', 4, '');
  const type = layer.take('client_id.duid_type');
  if (layer.broken) return;
  if (type === DUID.linkLayerTime) {
    if (length < 15) {
      layer.expert('malformed.duid', 'error', 'Protocol', 'DUID: malformed option');
      return;
    }
    const hardwareType = layer.take('client_id.duid_llt_hw_type');
    layer.take('client_id.time');
    putLinkLayerAddress(layer, hardwareType, end);
  } else if (type === DUID.linkLayer) putLinkLayerAddress(layer, layer.take('client_id.duid_ll_hw_type'), end); else if (type === DUID.enterprise) {
    layer.take('client_id.enterprise_num');
    if (end > layer.cursor) layer.take('client_id', end - layer.cursor);
  }
}
