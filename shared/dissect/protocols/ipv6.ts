/** Internet Protocol version 6: the fixed header; extension headers are layers of their own. */
import { readU16, readU8 } from '../../bytes/reader.ts';
import { ipv6Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { DSCP_NAMES, dscpShort, ECN_NAMES, ecnShort } from '../names/dscp.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { addressFields, putAddressParts } from './ipv6/addresses.ts';
import { nextHeader } from './ipv6/next-header.ts';
import { jumboLength } from './ipv6/options.ts';

const HEADER = 40;
const SOURCE = 8;
const DESTINATION = 24;
const HOP_BY_HOP = 0;
const NO_NEXT_HEADER = 59;

const fields = () => ({
  'version': { type: 'u8', label: 'Version', mask: 0xf0 },
  'ip_version': { type: 'u8', label: 'Version', mask: 0xf0, name: 'ip.version', hidden: true },
  'tclass': { type: 'u32', label: 'Traffic Class', base: 'hex', mask: 0x0ff0_0000, show: classWords },
  'tclass.dscp': { type: 'u32', label: 'Differentiated Services Codepoint', of: 'tclass', mask: 0x0fc0_0000, names: DSCP_NAMES, help: 'Which treatment the sender asks of routers, for example for voice.' },
  'tclass.ecn': { type: 'u32', label: 'Explicit Congestion Notification', of: 'tclass', mask: 0x0030_0000, names: ECN_NAMES, help: 'Lets routers signal a full queue without dropping packets.' },
  'flow': { type: 'u24', label: 'Flow Label', base: 'hex', mask: 0x0f_ffff, help: 'Same number for all packets of one flow, so that routers keep them on one path.' },
  'plen': { type: 'u16', label: 'Payload Length', help: 'Bytes after this header, extension headers included.' },
  'nxt': { type: 'u8', label: 'Next Header', names: IP_PROTOCOLS, help: 'Which protocol or extension header follows.' },
  'hlim': { type: 'u8', label: 'Hop Limit', help: 'Each router takes one off; at zero the packet is thrown away.' },
  ...addressFields(),
  'plen_exceeds_framing': { type: 'none', label: 'IPv6 payload length does not match expected framing length' },
  'plen_zero': { type: 'none', label: 'IPv6 payload length equals 0 (maybe because of "TCP segmentation offload" (TSO))' },
  'opt.jumbo.missing': { type: 'none', label: 'IPv6 payload length equals 0 and Hop-By-Hop present and Jumbo Payload option missing' },
  'bogus_ipv6_version': { type: 'none', label: 'Bogus IPv6 version' },
  'invalid_header': { type: 'none', label: 'Invalid IPv6 header' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const ipv6 = protocol({
  id: 'ipv6',
  title: 'Internet Protocol Version 6',
  short: 'IPv6',
  spec: 'RFC 8200 §3',
  osi: 3,
  claims: [
    { table: 'ethertype', keys: [0x86dd] },
    { table: 'ip.proto', keys: [41] },
    { table: 'link', keys: [229] },
    { table: 'null.family', keys: [10, 24, 28, 30] },
    { table: 'gre.proto', keys: [0x86dd] },
    { table: 'vxlan.next_proto', keys: [2] },
    { table: 'ppp.protocol', keys: [0x0057] },
  ],
  fields,
  parse(layer) {
    const { run, start, bytes } = layer;
    if (layer.left > 0 && layer.peekU8() >> 4 !== 6) return bogusVersion(layer);
    layer.protocolName('IPv6');
    layer.info(() => '');
    if (!hasHeader(layer)) {
      if (layer.left >= SOURCE + 16) layer.addresses('ipv6', start + SOURCE, -1);
      putHeader(layer, 0, 0);
      return;
    }
    layer.addresses('ipv6', start + SOURCE, start + DESTINATION);
    run.network = { version: 6, bytes, source: start + SOURCE, destination: start + DESTINATION };
    layer.summary(() => `Src: ${ipv6Text(bytes, start + SOURCE)}, Dst: ${ipv6Text(bytes, start + DESTINATION)}`);
    const payloadLength = readU16(bytes, start + 4);
    const next = readU8(bytes, start + 6);
    const mayBeJumbo = payloadLength === 0 && next === HOP_BY_HOP;
    const length = mayBeJumbo ? jumboPayload(layer) : payloadLength;
    if (run.items) putHeader(layer, length, next);
    else if (run.remarks) judgeLength(layer, length, next);
    if (mayBeJumbo && length === 0) missJumboLength(layer);
    layer.shrink(HEADER + length);
    layer.cursor = start + HEADER;
    nextHeader(layer, next);
  },
});

/** Some other version: shown, but the bytes are no packet of this protocol, and frame.protocols does not name it. */
function bogusVersion(layer: Own): void {
  layer.at('version', layer.start);
  layer.at('ip_version', layer.start);
  layer.expert('bogus_ipv6_version', 'error', 'Malformed', 'Bogus IPv6 version');
  layer.run.protocolNames.pop();
  layer.isNamed = false;
  layer.data();
}

/** The length that a jumbogram's hop-by-hop header tells; 0 where none does (RFC 2675 §3). */
function jumboPayload(layer: Own): number {
  const options = layer.start + HEADER + 2;
  const end = Math.min(layer.end, options - 2 + (readU8(layer.bytes, options - 1) + 1) * 8);
  const length = jumboLength(layer.bytes, options, end);
  return length >= 65_536 ? length : 0;
}

function missJumboLength(layer: Own): void {
  layer.expert('opt.jumbo.missing', 'error', 'Protocol', 'IPv6 payload length equals 0 and Hop-By-Hop present and Jumbo Payload option missing');
  layer.info(() => 'Invalid IPv6 payload length ');
}

function hasHeader(layer: Own): boolean {
  const available = layer.reportedEnd - layer.start;
  if (available < HEADER) {
    layer.info(() => `Invalid IPv6 header (${available} bytes, need exactly ${HEADER})`);
    layer.text(() => `Invalid IPv6 header (${available} bytes)`, layer.start, 0);
    layer.expert('invalid_header', 'error', 'Malformed', `IPv6 header must be exactly ${HEADER} bytes`);
  }
  return layer.left >= HEADER;
}

function classWords(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')} (DSCP: ${dscpShort(value >> 2)}, ECN: ${ecnShort(value & 3)})`;
}

function putHeader(layer: Own, payloadLength: number, next: number): void {
  const { start } = layer;
  layer.at('version', start);
  layer.at('ip_version', start);
  layer.at('tclass', start);
  layer.flags('tclass');
  layer.at('flow', start + 1);
  layer.at('plen', start + 4);
  judgeLength(layer, payloadLength, next);
  layer.at('nxt', start + 6);
  layer.at('hlim', start + 7);
  putEnd(layer, start + SOURCE, 'src');
  putEnd(layer, start + DESTINATION, 'dst');
}

function judgeLength(layer: Own, payloadLength: number, next: number): void {
  const available = layer.reportedEnd - layer.start - HEADER;
  if (layer.left < HEADER) return;
  if (payloadLength === 0 && next !== HOP_BY_HOP && next !== NO_NEXT_HEADER) layer.expert('plen_zero', 'chat', 'Protocol', 'IPv6 payload length equals 0 (maybe because of "TCP segmentation offload" (TSO))');
  else if (payloadLength > available && !layer.run.quoted) layer.expert('plen_exceeds_framing', 'warn', 'Protocol', `IPv6 payload length exceeds framing length (${available} bytes)`);
}

/** Address with its hidden doubles and what is built into it, in Wireshark's order. */
function putEnd(layer: Own, at: number, end: 'src' | 'dst'): void {
  const address = layer.at(end, at);
  if (layer.broken) return;
  layer.put('addr', address, at, 16);
  layer.put(`${end}_host`, address, at, 16);
  layer.put('host', address, at, 16);
  putAddressParts(layer, at, end);
}
