/** Option 83: servers of iSNS and what they do (RFC 4174 §2). */
import { remarkLength } from './fields.ts';
import type { DhcpLayer } from './fields.ts';
import type { OptionReader } from './message-facts.ts';

const HEARTBEAT = 0x0002;
const ENABLED = 0x0001;

export const ISNS_OPTION: OptionReader = (layer, length) => {
  if (length < 14) {
    remarkLength(layer, 'length must be >= 14');
    return;
  }
  const end = layer.cursor + length;
  takeBitfield(layer, 'option.isns.functions');
  takeBitfield(layer, 'option.isns.discovery_domain_access');
  const administration = takeBitfield(layer, 'option.isns.administrative_flags');
  takeBitfield(layer, 'option.isns.server_security_bitmap');
  layer.take('option.isns.primary_server_addr');
  if ((administration & (HEARTBEAT | ENABLED)) === (HEARTBEAT | ENABLED)) layer.take('option.isns.heartbeat_originator_addr');
  if (layer.cursor >= end) return;
  layer.group(null, () => layer.each(() => layer.take('option.isns.secondary_server_addr'), end - ((end - layer.cursor) % 4)), () => 'Secondary iSNS Servers');
};

type Bitfield = 'option.isns.functions' | 'option.isns.discovery_domain_access' | 'option.isns.administrative_flags' | 'option.isns.server_security_bitmap';

function takeBitfield(layer: DhcpLayer, key: Bitfield): number {
  const value = layer.takeFlags(key);
  if ((value & ENABLED) === 0 && value !== 0) layer.expert('option.isns.ignored_bitfield', 'warn', 'Protocol', 'Enabled field is not set - non-zero bitmask ignored');
  return value;
}
