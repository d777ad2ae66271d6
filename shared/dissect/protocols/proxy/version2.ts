/** Version 2: a binary header, addresses, and properties (PROXY protocol 2.4 §2.2). */
import { V2_HEADER_BYTES, V2_MAGIC, tlvName } from './fields.ts';
import type { ProxyLayer } from './fields.ts';

const UNIX_ADDRESS_BYTES = 108;
const SSL = 0x20;
/** A rest of so many bytes is not looked into; Wireshark does the same. */
const SHORTEST_REST = 5;
/** Properties within properties. */
const MAX_DEPTH = 4;

const SSL_TEXTS = { 0x21: 'v2.tlv.ssl.version', 0x22: 'v2.tlv.ssl.cn', 0x23: 'v2.tlv.ssl.cipher', 0x24: 'v2.tlv.ssl.sig_alg', 0x25: 'v2.tlv.ssl.keu_alg' } as const;

export function takeVersion2(layer: ProxyLayer): void {
  layer.take('v2.magic', V2_MAGIC.length);
  const at = layer.cursor;
  const version = layer.at('v2.version', at);
  layer.take('v2.cmd');
  layer.putGenerated('version', version, at, 1);
  const family = layer.takeFlags('v2.addr_family_protocol');
  const length = layer.take('v2.length');
  const end = layer.start + V2_HEADER_BYTES + length;
  layer.shrink(end - layer.start);
  if (!takeAddresses(layer, family)) layer.take('v2.unknown', length);
  takeProperties(layer, end, 0);
}

/** False where the family has no addresses that are known. */
function takeAddresses(layer: ProxyLayer, family: number): boolean {
  switch (family) {
    case 0x11:
    case 0x12:
      layer.take('src.ipv4');
      layer.take('dst.ipv4');
      break;
    case 0x21:
    case 0x22:
      layer.take('src.ipv6');
      layer.take('dst.ipv6');
      break;
    case 0x31:
    case 0x32:
      layer.take('v2.src.unix', UNIX_ADDRESS_BYTES);
      layer.take('v2.dst.unix', UNIX_ADDRESS_BYTES);
      return true;
    default:
      return false;
  }
  layer.take('srcport');
  layer.take('dstport');
  return true;
}

function takeProperties(layer: ProxyLayer, end: number, depth: number): void {
  layer.each(() => {
    if (end - layer.cursor <= SHORTEST_REST) {
      layer.cursor = end;
      return;
    }
    takeProperty(layer, end, depth);
  }, end);
}

function takeProperty(layer: ProxyLayer, end: number, depth: number): void {
  const type = layer.peekU8();
  layer.group('v2.tlv', () => {
    layer.take('v2.tlv.type');
    const length = layer.take('v2.tlv.length');
    const start = layer.cursor;
    layer.at('v2.tlv.value', start, length);
    if (layer.broken) return;
    if (type === SSL && depth < MAX_DEPTH) {
      layer.take('v2.tlv.ssl.client');
      layer.take('v2.tlv.ssl.verify');
      takeProperties(layer, end, depth + 1);
      return;
    }
    if (Object.hasOwn(SSL_TEXTS, type)) layer.at(SSL_TEXTS[type as keyof typeof SSL_TEXTS], start, length);
    layer.cursor = start + length;
  }, () => `TLV: ${tlvName(type)}`);
}
