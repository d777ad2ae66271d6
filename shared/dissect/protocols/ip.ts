/** Internet Protocol version 4: header, options, fragments and what they are put together to. */
import { addWords, expectedChecksum, internetChecksum } from '../../bytes/checksum.ts';
import { readU32, readU8 } from '../../bytes/reader.ts';
import { hexText, ipv4Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { DSCP_NAMES, dscpShort, ECN_NAMES, ecnShort } from '../names/dscp.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { fragmentFields, putFragments } from './ip/fragments.ts';
import { optionFields, putOptions, sourceRouteDestination } from './ip/options.ts';

const LEAST_HEADER = 20;
/** Positions within the header. */
const SOURCE = 12;
const DESTINATION = 16;
const IGMP = 2;
const PIM = 103;
const OSPF = 89;

const fields = () => ({
  'version': { type: 'u8', label: 'Version', mask: 0xf0 },
  'hdr_len': { type: 'u8', label: 'Header Length', unit: 'bytes', help: 'Length of this header with its options; 20 bytes without any.' },
  'dsfield': { type: 'u8', label: 'Differentiated Services Field', base: 'hex', show: dsfieldWords },
  'dsfield.dscp': { type: 'u8', label: 'Differentiated Services Codepoint', of: 'dsfield', mask: 0xfc, names: DSCP_NAMES, help: 'Which treatment the sender asks of routers, for example for voice.' },
  'dsfield.ecn': { type: 'u8', label: 'Explicit Congestion Notification', of: 'dsfield', mask: 0x03, names: ECN_NAMES, help: 'Lets routers signal a full queue without dropping packets.' },
  'len': { type: 'u16', label: 'Total Length', help: 'Bytes of this packet, header included; what follows in the frame is padding.' },
  'id': { type: 'u16', label: 'Identification', base: 'hex.dec', help: 'Same number in all fragments of one packet.' },
  'flags': { type: 'u8', label: 'Flags', base: 'hex', mask: 0xe0 },
  'flags.rb': { type: 'bool', label: 'Reserved bit', of: 'flags', mask: 0x80 },
  'flags.df': { type: 'bool', label: 'Don\'t fragment', of: 'flags', mask: 0x40, help: 'Routers must not cut the packet up; too large a packet is answered with an ICMP error.' },
  'flags.mf': { type: 'bool', label: 'More fragments', of: 'flags', mask: 0x20 },
  'frag_offset': { type: 'u16', label: 'Fragment Offset', mask: 0x1fff, show: (value) => String(value * 8) },
  'ttl': { type: 'u8', label: 'Time to Live', help: 'Each router takes one off; at zero the packet is thrown away.' },
  'proto': { type: 'u8', label: 'Protocol', names: IP_PROTOCOLS, help: 'Which protocol the payload is.' },
  'checksum': { type: 'u16', label: 'Header Checksum', base: 'hex' },
  'checksum_calculated': { type: 'u16', label: 'Calculated Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Header checksum status', names: { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present' } },
  'src': { type: 'ipv4', label: 'Source Address', help: 'Who sent the packet, if nobody on its way rewrote it (NAT).' },
  'src_host': { type: 'string', text: 'ipv4', label: 'Source Host', hidden: true },
  'dst': { type: 'ipv4', label: 'Destination Address', help: 'For whom the packet is.' },
  'dst_host': { type: 'string', text: 'ipv4', label: 'Destination Host', hidden: true },
  'addr': { type: 'ipv4', label: 'Source or Destination Address', hidden: true },
  'host': { type: 'string', text: 'ipv4', label: 'Source or Destination Host', hidden: true },
  'cur_rt': { type: 'ipv4', label: 'Current Route' },
  'cur_rt_host': { type: 'string', text: 'ipv4', label: 'Current Route Host', hidden: true },
  ...optionFields(),
  'fragments': { type: 'bytes', label: 'IPv4 Fragments' },
  ...fragmentFields(),
  'reassembled_in': { type: 'framenum', label: 'Reassembled IPv4 in frame' },
  'bogus_ip_length': { type: 'none', label: 'Bogus IP length' },
  'bogus_ip_version': { type: 'none', label: 'Bogus IP version' },
  'bogus_header_length': { type: 'none', label: 'Bogus IP header length' },
  'checksum_bad.expert': { type: 'none', label: 'Bad checksum' },
  'ttl.lncb': { type: 'none', label: 'Time To Live' },
  'ttl.too_small': { type: 'none', label: 'Time To Live' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const ip = protocol({
  id: 'ip',
  title: 'Internet Protocol Version 4',
  short: 'IPv4',
  spec: 'RFC 791 §3.1',
  osi: 3,
  claims: [
    { table: 'ethertype', keys: [0x0800] },
    { table: 'ip.proto', keys: [4] },
    { table: 'link', keys: [228] },
    { table: 'null.family', keys: [2] },
    { table: 'gre.proto', keys: [0x0800, 0x883e] },
    { table: 'vxlan.next_proto', keys: [1] },
    { table: 'ppp.protocol', keys: [0x0021] },
  ],
  fields,
  parse(layer) {
    layer.protocolName('IPv4');
    layer.info(() => '');
    if (!layer.has(1)) return;
    const version = layer.peekU8() >> 4;
    if (version !== 4) return bogusVersion(layer, version);
    const headerLength = (layer.peekU8() & 0x0f) * 4;
    if (!takeLengths(layer, headerLength)) return;
    takeFragmentation(layer);
    const ttl = layer.take('ttl');
    if (layer.run.remarks && layer.left >= 10) judgeTtl(layer, ttl);
    layer.take('proto');
    takeChecksum(layer, headerLength);
    if (!takeAddresses(layer, headerLength)) return;
    if (headerLength > LEAST_HEADER) putOptions(layer, layer.start + headerLength);
    if (!layer.broken) payload(layer, headerLength);
  },
});

function dsfieldWords(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')} (DSCP: ${dscpShort(value >> 2)}, ECN: ${ecnShort(value & 3)})`;
}

function bogusVersion(layer: Own, version: number): void {
  // Link type "raw IPv4" says nothing about the version that an EtherType has not said already.
  const isRaw = layer.index === 1;
  if (version !== 6 || !isRaw) {
    layer.at('version', layer.start);
    layer.expert('bogus_ip_version', 'error', 'Protocol', isRaw ? 'Bogus IP version' : 'Bogus IPv4 version');
  }
  if (version === 6) {
    layer.call('ipv6', { start: layer.start });
    return;
  }
  if (isRaw) layer.protocolName('IP');
  layer.info(() => (isRaw ? `Bogus IP version (${version})` : `Bogus IPv4 version (${version}, must be 4)`));
}

/** Version to total length; false where they make no sense and nothing further can be read. */
function takeLengths(layer: Own, headerLength: number): boolean {
  layer.at('version', layer.start);
  layer.skip(1);
  layer.put('hdr_len', headerLength, layer.start, 1);
  layer.label(() => `.... ${(headerLength / 4).toString(2).padStart(4, '0')} = Header Length: ${headerLength} bytes (${headerLength / 4})`);
  if (headerLength < LEAST_HEADER) {
    const words = `Bogus IP header length (${headerLength}, must be at least ${LEAST_HEADER})`;
    layer.expert('bogus_header_length', 'error', 'Protocol', words);
    layer.info(() => words);
    layer.headerEnd = layer.end;
    return false;
  }
  layer.takeFlags('dsfield');
  if (!layer.has(2)) return false;
  return takeTotalLength(layer, headerLength);
}

function takeTotalLength(layer: Own, headerLength: number): boolean {
  const total = layer.peekU16();
  const available = layer.reportedEnd - layer.start;
  if (total === 0) {
    // Segmentation offload: the card fills the length in after the capture has seen the packet.
    layer.put('len', available, layer.cursor, 2);
    layer.label(() => `Total Length: ${available} bytes (reported as 0, presumed to be because of "TCP segmentation offload" (TSO))`);
    layer.skip(2);
    return true;
  }
  layer.take('len');
  if (total < headerLength) {
    const words = `Bogus IP length (${total}, less than header length ${headerLength})`;
    layer.expert('bogus_ip_length', 'error', 'Protocol', 'Bogus IP length');
    layer.info(() => words);
    return false;
  }
  if (total > available && !layer.run.quoted) layer.expert('bogus_ip_length', 'error', 'Protocol', `IPv4 total length exceeds packet length (${available} bytes)`);
  layer.shrink(total);
  return true;
}

function takeFragmentation(layer: Own): void {
  layer.take('id');
  const at = layer.cursor;
  layer.at('flags', at);
  layer.label(() => `${(readU8(layer.bytes, at) >> 5).toString(2).padStart(3, '0')}. .... = Flags: ${flagWords(readU8(layer.bytes, at))}`);
  layer.flags('flags');
  layer.take('frag_offset');
}

function flagWords(byte: number): string {
  const names = [byte & 0x80 ? 'Reserved bit' : '', byte & 0x40 ? 'Don\'t fragment' : '', byte & 0x20 ? 'More fragments' : ''].filter((name) => name !== '');
  return [`0x${(byte >> 5).toString(16)}`, ...names].join(', ');
}

/** What local control addresses expect (RFC 5771 §4 and the protocols' own documents); 0 = anything. */
const CONTROL_BLOCK_TTL: Readonly<Record<number, number>> = { 18: 255, 102: 255, 251: 255, 252: 0 };

function judgeTtl(layer: Own, ttl: number): void {
  const destination = readU32(layer.bytes, layer.start + DESTINATION);
  const next = layer.peekU8();
  if (destination >>> 8 === 0xe0_0000) {
    const expected = next === IGMP ? 1 : (CONTROL_BLOCK_TTL[destination & 0xff] ?? 1);
    if (expected !== 0 && ttl !== expected) layer.expert('ttl.lncb', 'note', 'Sequence', `"Time To Live" != ${expected} for a packet sent to the Local Network Control Block (see RFC 3171)`);
    return;
  }
  const isMulticast = destination >>> 28 === 0xe;
  if (ttl < 5 && !isMulticast && next !== PIM && next !== OSPF) layer.expert('ttl.too_small', 'note', 'Sequence', `"Time To Live" only ${ttl}`);
}

function takeChecksum(layer: Own, headerLength: number): void {
  const at = layer.cursor;
  const found = layer.take('checksum');
  if (layer.broken || !layer.run.remarks) return;
  const canVerify = layer.run.state.settings.verifyChecksums && layer.start + headerLength <= layer.end;
  if (!canVerify) {
    layer.putGenerated('checksum.status', 2, at, 0);
    return;
  }
  const computed = internetChecksum(addWords(0, layer.bytes, layer.start, layer.start + headerLength));
  const expected = expectedChecksum(found, computed);
  if (computed !== 0) {
    layer.label(() => `Header Checksum: 0x${hex4(found)} incorrect, should be 0x${hex4(expected)}`);
    layer.expert('checksum_bad.expert', 'error', 'Checksum', `Bad checksum [should be 0x${hex4(expected)}]`);
  }
  layer.putGenerated('checksum.status', computed === 0 ? 1 : 0, at, 0);
  layer.putGenerated('checksum_calculated', expected, at, 2);
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** Records the addresses and tells them to the columns and to what comes next. */
function takeAddresses(layer: Own, headerLength: number): boolean {
  const { run, start, bytes } = layer;
  const source = start + SOURCE;
  if (!layer.has(4)) return false;
  if (run.items) putEnd(layer, source, 'src');
  layer.skip(4);
  if (!layer.has(4)) return false;
  const routed = headerLength > LEAST_HEADER ? sourceRouteDestination(layer, start + LEAST_HEADER, start + headerLength) : -1;
  const current = start + DESTINATION;
  const destination = routed < 0 ? current : routed;
  if (run.items) {
    if (routed < 0) putEnd(layer, current, 'dst');
    else {
      layer.at('cur_rt', current);
      layer.at('cur_rt_host', current, 4);
    }
  }
  layer.skip(4);
  layer.addresses('ipv4', source, destination);
  run.network = { version: 4, bytes, source, destination };
  layer.summary(() => `Src: ${ipv4Text(bytes, source)}, Dst: ${ipv4Text(bytes, destination)}${routed < 0 ? '' : `, Via: ${ipv4Text(bytes, current)}`}`);
  return true;
}

/** Address with its hidden doubles, in Wireshark's order. */
export function putEnd(layer: Own, at: number, end: 'src' | 'dst'): void {
  const address = layer.at(end, at);
  layer.put('addr', address, at, 4);
  layer.put(`${end}_host`, address, at, 4);
  layer.put('host', address, at, 4);
}

function payload(layer: Own, headerLength: number): void {
  const { run, start, bytes } = layer;
  const word = (readU8(bytes, start + 6) << 8) | readU8(bytes, start + 7);
  const next = readU8(bytes, start + 9);
  layer.cursor = start + headerLength;
  const offset = (word & 0x1fff) * 8;
  const more = (word & 0x2000) !== 0;
  if (offset === 0 && !more) {
    dispatch(layer, next, undefined);
    return;
  }
  // A packet that claims more than the frame has room for is no fragment that could be put in its place.
  const isWhole = start + totalLength(layer) <= layer.end;
  const whole = isWhole ? putFragments(layer, { key: fragmentKey(layer, next), offset, more }) : null;
  if (whole instanceof Uint8Array) dispatch(layer, next, run.addSource('Reassembled IPv4', whole));
  else if (!isWhole && offset === 0) {
    run.fragmented = true;
    dispatch(layer, next, undefined);
    run.fragmented = false;
  } else {
    const id = (readU8(bytes, start + 4) << 8) | readU8(bytes, start + 5);
    layer.info(() => `Fragmented IP protocol (proto=${protocolWord(next)} ${next}, off=${offset}, ID=${hex4(id)})${whole === null ? '' : ` [Reassembled in #${whole}]`}`);
    layer.data();
  }
}

/** As the header says; 0 stands for all that there is. */
function totalLength(layer: Own): number {
  return (readU8(layer.bytes, layer.start + 2) << 8) | readU8(layer.bytes, layer.start + 3) || layer.reportedEnd - layer.start;
}

function fragmentKey(layer: Own, next: number): string {
  return `4 ${next} ${hexText(layer.bytes, layer.start + 4, layer.start + 6)} ${hexText(layer.bytes, layer.start + SOURCE, layer.start + 20)}`;
}

function protocolWord(next: number): string {
  return IP_PROTOCOLS[next] ?? 'Unknown';
}

/** Nothing but a header carries nothing, whatever it announces. */
function dispatch(layer: Own, next: number, source: number | undefined): void {
  if (source === undefined && layer.cursor >= layer.reportedEnd) return;
  if (!layer.run.registry.lookup('ip.proto', next)) layer.info(() => `${protocolWord(next)} (${next})`);
  layer.next('ip.proto', next, source === undefined ? {} : { source });
}
