/** Options that two servers tell each other (RFC 8156 §5.5). */
import { remarkMalformed } from './fields.ts';
import type { Dhcpv6Key, Dhcpv6Layer } from './fields.ts';

type Reader = (layer: Dhcpv6Layer, length: number) => void;

function number(key: Dhcpv6Key, size: number): Reader {
  return (layer, length) => {
    if (length === size) layer.take(key);
    else remarkMalformed(layer, 'Failover');
  };
}

function flags(key: 'failover.connect.flags' | 'failover.dns.flags' | 'failover.server.flags', size: number): Reader {
  return (layer, length) => {
    if (length !== size) {
      remarkMalformed(layer, 'Failover');
      return;
    }
    layer.takeFlags(key);
  };
}

const protocolVersion: Reader = (layer, length) => {
  if (length !== 4) {
    remarkMalformed(layer, 'Failover');
    return;
  }
  layer.take('failover.protocol.major_version');
  layer.take('failover.protocol.minor_version');
};

const reconfigureData: Reader = (layer, length) => {
  if (length < 4) {
    remarkMalformed(layer, 'Failover');
    return;
  }
  layer.take('failover.reconfigure_time');
  layer.take('failover.reconfigure_key', length - 4);
};

export const FAILOVER_OPTIONS: Readonly<Record<number, Reader>> = {
  114: number('failover.binding_status', 1),
  115: flags('failover.connect.flags', 2),
  119: flags('failover.dns.flags', 2),
  120: number('failover.expiration_time', 4),
  121: number('failover.max_unacked_bndupd', 4),
  122: number('failover.mclt', 4),
  123: number('failover.partner_lifetime', 4),
  124: number('failover.partner_lifetime_sent', 4),
  125: number('failover.partner_down_time', 4),
  126: number('failover.partner_raw_clt_time', 4),
  127: protocolVersion,
  128: number('failover.keepalive_time', 4),
  129: reconfigureData,
  130: (layer, length) => void layer.take('failover.relationship_name', length),
  131: flags('failover.server.flags', 1),
  132: number('failover.server_state', 1),
  133: number('failover.start_time_of_state', 4),
  134: number('failover.state_expiration_time', 4),
};
