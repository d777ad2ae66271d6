/** Neighbor Discovery (RFC 4861 §4) and its inverse (RFC 3122): who is on the link, and which routers and prefixes. */
import { readU32 } from '../../../bytes/reader.ts';
import { ipv6Text } from '../../address-text.ts';
import type { Icmpv6Layer } from './fields.ts';
import { putOptions } from './options.ts';

const ROUTER_ADVERTISEMENT = 134;
const NEIGHBOR_SOLICITATION = 135;
const NEIGHBOR_ADVERTISEMENT = 136;
const REDIRECT = 137;
const ADDRESS_LENGTH = 16;

/** Records the message from behind the checksum on, with its options. */
export function putNeighborMessage(layer: Icmpv6Layer, type: number): void {
  switch (type) {
    case ROUTER_ADVERTISEMENT:
      putRouter(layer);
      break;
    case NEIGHBOR_SOLICITATION:
      layer.take('reserved', 4);
      if (layer.left >= ADDRESS_LENGTH) layer.infoAppend(() => ` for ${ipv6Text(layer.bytes, layer.cursor)}`);
      layer.take('nd.ns.target_address');
      break;
    case NEIGHBOR_ADVERTISEMENT:
      putNeighbor(layer);
      break;
    case REDIRECT:
      layer.take('reserved', 4);
      layer.take('nd.rd.target_address');
      layer.take('rd.na.destination_address');
      break;
    default:
      layer.take('reserved', 4);
  }
  putOptions(layer, type);
}

function putRouter(layer: Icmpv6Layer): void {
  layer.take('nd.ra.cur_hop_limit');
  layer.takeFlags('nd.ra.flag');
  layer.take('nd.ra.router_lifetime');
  layer.take('nd.ra.reachable_time');
  layer.take('nd.ra.retrans_timer');
}

function putNeighbor(layer: Icmpv6Layer): void {
  const flags = readU32(layer.bytes, layer.cursor);
  layer.takeFlags('nd.na.flag');
  if (layer.left >= ADDRESS_LENGTH) {
    const target = layer.cursor;
    layer.infoAppend(() => ` ${ipv6Text(layer.bytes, target)} (${flagWords(flags)})`);
  }
  layer.take('nd.na.target_address');
}

function flagWords(flags: number): string {
  const words: string[] = [];
  if ((flags & 0x8000_0000) !== 0) words.push('rtr');
  if ((flags & 0x4000_0000) !== 0) words.push('sol');
  if ((flags & 0x2000_0000) !== 0) words.push('ovr');
  return words.length === 0 ? 'none' : words.join(', ');
}
