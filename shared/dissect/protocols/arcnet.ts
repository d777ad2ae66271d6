/** ARCNET, a token bus with 255 stations at most, still found in building automation. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

/** Link type of Linux, which leaves the two offset bytes of the card in the header. */
const LINUX = 129;
const EXCEPTION = 0xff;

const NAMES: Readonly<Record<number, string>> = {
  0x00: 'Datapoint boot', 0x01: 'Datapoint mount', 0x08: 'PowerLAN beacon', 0x80: 'Diagnose', 0xc4: 'IPv6', 0xcd: 'BACnet', 0xd4: 'RFC 1201 IP', 0xd5: 'RFC 1201 ARP', 0xd6: 'RFC 1201 RARP', 0xdd: 'Appletalk',
  0xe8: 'Encapsulated Ethernet', 0xec: 'Novell of some sort', 0xf0: 'RFC 1051 IP', 0xf1: 'RFC 1051 ARP', 0xf3: 'PowerLAN beacon2', 0xf7: 'Banyan VINES', 0xfa: 'IPX',
};
/** Those whose packets never come in several frames (RFC 1051; BACnet, ISO 16484-5 clause 8). */
const WHOLE: ReadonlySet<number> = new Set([0x80, 0xcd, 0xf0, 0xf1]);
const NEXT: Readonly<Record<number, string>> = { 0xc4: 'ipv6', 0xcd: 'llc', 0xd4: 'ip', 0xd5: 'arp', 0xd6: 'arp', 0xec: 'ipx', 0xf0: 'ip', 0xf1: 'arp', 0xfa: 'ipx' };

const fields = () => ({
  'src': { type: 'u8', label: 'Source', base: 'hex' },
  'dst': { type: 'u8', label: 'Dest', base: 'hex', help: 'Zero is for all stations.' },
  'offset': { type: 'bytes', size: 2, label: 'Offset', help: 'Where in the card\'s buffer the packet begins.' },
  'protID': { type: 'u8', label: 'Protocol ID', base: 'hex', names: NAMES },
  'exception_flag': { type: 'u8', label: 'Exception Flag', base: 'hex', help: 'Marks a packet that was filled up because of a length that the network cannot send.' },
  'padding': { type: 'u16', label: 'Padding', base: 'hex' },
  'split_flag': { type: 'u8', label: 'Split Flag', help: 'Zero for a packet in one piece; otherwise which of how many pieces this is.' },
  'sequence': { type: 'u16', label: 'Sequence', help: 'The same in all pieces of a packet.' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const arcnet = protocol({
  id: 'arcnet',
  title: 'ARCNET',
  short: 'ARCNET',
  spec: 'RFC 1051, RFC 1201; tcpdump.org/linktypes.html, LINKTYPE_ARCNET_BSD and LINKTYPE_ARCNET_LINUX',
  osi: 2,
  claims: [{ table: 'link', keys: [7, LINUX] }],
  fields,
  parse(layer) {
    layer.protocolName('ARCNET');
    layer.info(() => 'ARCNET');
    const isLinux = layer.packet.linkType === LINUX;
    layer.take('src');
    layer.take('dst');
    if (isLinux) layer.take('offset');
    const number = takeNumber(layer, isLinux);
    if (layer.broken) return;
    const next = NEXT[number];
    if (next !== undefined) layer.call(next);
    else {
      layer.protocolName(`0x${number.toString(16).padStart(4, '0')}`);
      layer.data();
    }
  },
});

/** Reads the protocol's number, and where the packet stands among its pieces. */
function takeNumber(layer: Own, isLinux: boolean): number {
  const number = layer.take('protID');
  if (layer.broken || WHOLE.has(number)) return number;
  const flag = layer.peekU8();
  if (!isLinux && flag === EXCEPTION) {
    for (const key of ['exception_flag', 'padding', 'protID', 'split_flag', 'sequence'] as const) layer.take(key);
    return number;
  }
  layer.take('split_flag');
  layer.take('sequence');
  return number;
}
