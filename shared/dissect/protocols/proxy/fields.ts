/** Fields of the PROXY protocol. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const FAMILIES: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6', 3: 'UNIX' };

const FAMILY_PROTOCOLS: Readonly<Record<number, string>> = {
  0x00: 'UNSPEC', 0x11: 'TCP over IPv4', 0x12: 'UDP over IPv4', 0x21: 'TCP over IPv6', 0x22: 'UDP over IPv6', 0x31: 'UNIX stream', 0x32: 'UNIX datagram',
};

const TLV_TYPES: Readonly<Record<number, string>> = {
  0x00: 'UNSPEC', 0x01: 'ALPN', 0x02: 'AUTHORITY', 0x03: 'CRC32C', 0x04: 'NOOP', 0x20: 'SSL', 0x21: 'SSL VERSION', 0x22: 'SSL CN', 0x23: 'SSL CIPHER', 0x24: 'SSL SIG ALG', 0x25: 'SSL KEY ALG', 0x30: 'NETNS', 0xea: 'AWS',
};

export const proxyFields = () => ({
  'version': { type: 'u8', label: 'Version' },
  'src.ipv4': { type: 'ipv4', label: 'Source Address', help: 'The client that the proxy speaks for.' },
  'dst.ipv4': { type: 'ipv4', label: 'Destination Address', help: 'Where that client connected to.' },
  'src.ipv6': { type: 'ipv6', label: 'Source Address', help: 'The client that the proxy speaks for.' },
  'dst.ipv6': { type: 'ipv6', label: 'Destination Address', help: 'Where that client connected to.' },
  'srcport': { type: 'u16', label: 'Source Port' },
  'dstport': { type: 'u16', label: 'Destination Port' },
  'v1.magic': { type: 'none', label: 'PROXY v1 magic' },
  'v1.proto': { type: 'string', label: 'Protocol' },
  'v1.unknown': { type: 'string', label: 'Unknown data' },
  'v2.magic': { type: 'bytes', label: 'Magic', help: 'Twelve bytes that no other protocol begins with.' },
  'v2.version': { type: 'u8', label: 'Version', mask: 0xf0 },
  'v2.cmd': { type: 'u8', label: 'Command', mask: 0x0f, names: { 0: 'LOCAL', 1: 'PROXY' }, help: 'LOCAL: the proxy speaks for itself, as when it checks whether the server lives.' },
  'v2.addr_family_protocol': { type: 'u8', label: 'Address Family Protocol', base: 'hex', names: FAMILY_PROTOCOLS },
  'v2.addr_family': { type: 'u8', label: 'Address Family', base: 'hex', of: 'v2.addr_family_protocol', mask: 0xf0, names: FAMILIES },
  'v2.protocol': { type: 'u8', label: 'Protocol', base: 'hex', of: 'v2.addr_family_protocol', mask: 0x0f, names: { 1: 'STREAM', 2: 'DGRAM' } },
  'v2.length': { type: 'u16', label: 'Length', help: 'Bytes of addresses and additional properties.' },
  'v2.src.unix': { type: 'bytes', label: 'Source Address' },
  'v2.dst.unix': { type: 'bytes', label: 'Destination Address' },
  'v2.unknown': { type: 'bytes', label: 'Unknown data' },
  'v2.tlv': { type: 'none', label: 'TLV' },
  'v2.tlv.type': { type: 'u8', label: 'Type', base: 'hex', names: TLV_TYPES },
  'v2.tlv.length': { type: 'u16', label: 'Length' },
  'v2.tlv.value': { type: 'bytes', label: 'Value' },
  'v2.tlv.ssl.client': { type: 'u8', label: 'Client', base: 'hex' },
  'v2.tlv.ssl.verify': { type: 'u32', label: 'Verify', base: 'hex' },
  'v2.tlv.ssl.version': { type: 'string', label: 'Version' },
  'v2.tlv.ssl.cn': { type: 'string', label: 'CN' },
  'v2.tlv.ssl.cipher': { type: 'string', label: 'Cipher' },
  'v2.tlv.ssl.sig_alg': { type: 'string', label: 'SIG ALG' },
  'v2.tlv.ssl.keu_alg': { type: 'string', label: 'Key ALG' },
  'header.length_too_small': { type: 'none', label: 'Header length is too small' },
  'bad_format': { type: 'none', label: 'Badly formatted PROXY header line' },
} as const satisfies Fields);

export type ProxyLayer = Layer<ReturnType<typeof proxyFields>>;

export const V1_MAGIC = 'PROXY ';
export const V2_MAGIC = '\r\n\r\n\0\r\nQUIT\n';
/** The longest line of version 1 (PROXY protocol 2.4 §2.1), CR LF included. */
export const V1_MAX_BYTES = 107;
export const V2_HEADER_BYTES = 16;

export function tlvName(type: number): string {
  return TLV_TYPES[type] ?? 'Unknown';
}
