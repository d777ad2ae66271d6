/** Dynamic Host Configuration Protocol for IPv6, with relays' messages around those of clients and servers. */
import { hexText, ipv6Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import { dhcpv6Fields } from './dhcpv6/fields.ts';
import type { Dhcpv6Layer } from './dhcpv6/fields.ts';
import { MESSAGE_TYPES, OPTIONS } from './dhcpv6/names.ts';
import { OPTION_READERS } from './dhcpv6/options.ts';
import type { OptionContext } from './dhcpv6/options.ts';

const RELAY_FORWARD = 12;
const RELAY_REPLY = 13;
const OPTION_HEADER = 4;
const HOP_LIMIT = 32;
const RELAY_MESSAGE = 9;
const RELAY_HEADER = 34;
/** Options within options within messages within options; hostile bytes nest without end. */
const MAX_NESTING = 48;

export const dhcpv6 = protocol({
  id: 'dhcpv6',
  title: 'DHCPv6',
  short: 'DHCPv6',
  spec: 'RFC 8415 §8',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [546, 547] }],
  fields: dhcpv6Fields,
  parse(layer) {
    layer.protocolName('DHCPv6');
    layer.info(() => '');
    takeMessage(layer, layer.end, 0);
  },
});

function messageName(type: number): string {
  return MESSAGE_TYPES[type] ?? `Message Type ${type}`;
}

function isRelayed(type: number): boolean {
  return type === RELAY_FORWARD || type === RELAY_REPLY;
}

/** One message up to `end`, absolute; `nesting` counts what is around it. */
function takeMessage(layer: Dhcpv6Layer, end: number, nesting: number): void {
  const start = layer.cursor;
  const type = layer.take('msgtype');
  if (layer.broken) return;
  layer.infoAppend(() => `${messageName(type)} `);
  if (isRelayed(type)) takeRelayHeader(layer, end);
  else {
    layer.take('xid');
    if (!layer.broken) layer.infoAppend(() => `XID: 0x${hexText(layer.bytes, start + 1, start + 4)} `);
  }
  takeOptions(layer, type, end, nesting);
}

function takeRelayHeader(layer: Dhcpv6Layer, end: number): void {
  const start = layer.cursor - 1;
  const hops = layer.take('hopcount');
  if (hops > HOP_LIMIT) layer.expert('error_hopcount', 'error', 'Protocol', `Hopcount (${hops}) exceeds the maximum limit HOP_COUNT_LIMIT (${HOP_LIMIT})`);
  if (hops !== 0 && isInnermost(layer, start + RELAY_HEADER, end)) layer.expert('error_hopcount', 'error', 'Protocol', `Hopcount of most inner message has to equal 0 instead of ${hops}`);
  layer.take('linkaddr');
  if (!layer.broken) layer.infoAppend(() => `L: ${ipv6Text(layer.bytes, start + 2)} `);
  layer.take('peeraddr');
}

/** True where the relayed message is no other relay's; `at` is where the options begin. */
function isInnermost(layer: Dhcpv6Layer, at: number, end: number): boolean {
  let position = at - layer.cursor;
  const size = end - layer.cursor;
  while (position + OPTION_HEADER < size) {
    if (layer.peekU16(position) === RELAY_MESSAGE) return !isRelayed(layer.peekU8(position + OPTION_HEADER));
    position += OPTION_HEADER + layer.peekU16(position + 2);
  }
  return false;
}

function takeOptions(layer: Dhcpv6Layer, messageType: number, end: number, nesting: number): void {
  const stop = Math.min(end, layer.end);
  layer.each(() => {
    const length = layer.peekU16(2);
    if (stop - layer.cursor < OPTION_HEADER || layer.cursor + OPTION_HEADER + length > end) {
      // Wireshark, too, passes over what cannot be an option.
      if (end > layer.end) layer.reaches(end);
      layer.cursor = stop;
      return;
    }
    takeOption(layer, messageType, nesting);
  }, stop);
}

function takeOption(layer: Dhcpv6Layer, messageType: number, nesting: number): void {
  const code = layer.peekU16();
  const length = layer.peekU16(2);
  const start = layer.cursor;
  const next = start + OPTION_HEADER + length;
  const name = OPTIONS[code] ?? `DHCP option ${code}`;
  layer.put('option.type_str', name, start, OPTION_HEADER + length);
  layer.label(() => name);
  layer.inside(() => {
    layer.take('option.type');
    layer.take('option.length');
    if (nesting < MAX_NESTING) OPTION_READERS[code]?.(layer, length, contextOf(layer, messageType, nesting + 1));
  });
  if (!layer.broken) layer.cursor = next;
}

function contextOf(layer: Dhcpv6Layer, messageType: number, nesting: number): OptionContext {
  return {
    messageType,
    options: (end) => takeOptions(layer, messageType, end, nesting),
    message: (end) => layer.group(null, () => takeMessage(layer, end, nesting), () => 'DHCPv6'),
  };
}
