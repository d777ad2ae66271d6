/** Fields and names of ICMP for IPv4. */
import { sharedFields } from '../../define.ts';
import type { Fields } from '../../field.ts';
import type { Layer, LayerWith } from '../../layer.ts';

export const TYPE_NAMES: Readonly<Record<number, string>> = {
  0: 'Echo (ping) reply', 1: 'Reserved', 2: 'Reserved', 3: 'Destination unreachable', 4: 'Source quench (flow control)', 5: 'Redirect', 6: 'Alternate host address',
  8: 'Echo (ping) request', 9: 'Router advertisement', 10: 'Router solicitation', 11: 'Time-to-live exceeded', 12: 'Parameter problem', 13: 'Timestamp request',
  14: 'Timestamp reply', 15: 'Information request', 16: 'Information reply', 17: 'Address mask request', 18: 'Address mask reply', 19: 'Reserved (for security)',
  30: 'Traceroute', 31: 'Datagram Conversion Error', 32: 'Mobile Host Redirect', 33: 'IPv6 Where-Are-You', 34: 'IPv6 I-Am-Here', 35: 'Mobile Registration Request',
  36: 'Mobile Registration Reply', 37: 'Domain Name Request', 38: 'Domain Name Reply', 39: 'SKIP', 40: 'Photuris', 41: 'Experimental mobility protocols',
  42: 'Extended Echo request', 43: 'Extended Echo reply',
};

/** Codes by type; types that are not here give their code no name. */
export const CODE_NAMES: Readonly<Record<number, readonly string[] | Readonly<Record<number, string>>>> = {
  3: [
    'Network unreachable', 'Host unreachable', 'Protocol unreachable', 'Port unreachable', 'Fragmentation needed', 'Source route failed', 'Destination network unknown',
    'Destination host unknown', 'Source host isolated', 'Network administratively prohibited', 'Host administratively prohibited', 'Network unreachable for TOS',
    'Host unreachable for TOS', 'Communication administratively filtered', 'Host precedence violation', 'Precedence cutoff in effect',
  ],
  5: ['Redirect for network', 'Redirect for host', 'Redirect for TOS and network', 'Redirect for TOS and host'],
  6: ['Alternate address for host'],
  9: { 0: 'Normal router advertisement', 16: 'Does not route common traffic' },
  11: ['Time to live exceeded in transit', 'Fragment reassembly time exceeded'],
  12: ['Pointer indicates the error', 'Required option missing', 'Bad length'],
  40: ['Bad SPI', 'Authentication Failed', 'Decompression Failed', 'Decryption Failed', 'Need Authentication', 'Need Authorization'],
  42: ['No error'],
  43: ['No error', 'Malformed Query', 'No Such Interface', 'No Such Table Entry', 'Multiple Interfaces Satisfy Query'],
};

const CLASSES: Readonly<Record<number, string>> = { 1: 'MPLS Label Stack Class', 2: 'Interface Information Object', 3: 'Interface Identification Object' };
const ROLES: Readonly<Record<number, string>> = {
  0: 'IP interface upon which datagram arrived', 1: 'sub-IP component of an IP interface upon which datagram arrived',
  2: 'outgoing IP interface that would have forwarded the datagram', 3: 'IP next hop to which datagram would have been forwarded',
};
const STATUS: Readonly<Record<number, string>> = { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present' };
const PRESENT = ['Present', 'Not Present'] as const;
const TRUE = ['True', 'False'] as const;
export const MOBILE_EXTENSIONS: Readonly<Record<number, string>> = {
  0: 'One byte padding extension', 16: 'Mobility Agent Advertisement Extension', 19: 'Prefix Lengths Extension', 24: 'Challenge Extension',
};

/** Multi-part extensions, which ICMPv6 shows under the same names (RFC 4884 §7). */
export const extensionFields = () => sharedFields('icmp', {
  'ext': { type: 'none', label: 'ICMP Multi-Part Extensions' },
  'ext.reserved': { type: 'bytes', label: 'Reserved', name: 'icmp.reserved' },
  'ext.version': { type: 'u8', label: 'Version', mask: 0xf0 },
  'ext.res': { type: 'u16', label: 'Reserved', base: 'hex', mask: 0x0fff },
  'ext.checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'ext.checksum.status': { type: 'u8', label: 'Checksum Status', names: STATUS },
  'ext.length': { type: 'u16', label: 'Length' },
  'ext.class': { type: 'u8', label: 'Class', names: CLASSES },
  'ext.ctype': { type: 'u8', label: 'C-Type' },
  'ext.data': { type: 'bytes', label: 'Data' },
  'mpls.label': { type: 'u24', label: 'Label', mask: 0xff_fff0 },
  'mpls.exp': { type: 'u24', label: 'Experimental', mask: 0x00_000e },
  'mpls.s': { type: 'bool', size: 3, label: 'Stack bit', mask: 0x00_0001 },
  'mpls.ttl': { type: 'u8', label: 'Time to live' },
  'mpls.data': { type: 'bytes', label: 'Data' },
  'int_info.role': { type: 'u8', label: 'Interface Role', of: 'ext.ctype', mask: 0xc0, names: ROLES },
  'int_info.reserved': { type: 'u8', label: 'Reserved', of: 'ext.ctype', mask: 0x30 },
  'int_info.ifindex': { type: 'bool', label: 'ifIndex', of: 'ext.ctype', mask: 0x08, states: TRUE },
  'int_info.ipaddr': { type: 'bool', label: 'IP Address', of: 'ext.ctype', mask: 0x04, states: PRESENT },
  'int_info.name_present': { type: 'bool', label: 'Interface Name', of: 'ext.ctype', mask: 0x02, states: PRESENT },
  'int_info.mtu_present': { type: 'bool', label: 'MTU', of: 'ext.ctype', mask: 0x01, states: PRESENT },
  'int_info.index': { type: 'u32', label: 'Interface Index' },
  'int_info.afi': { type: 'u16', label: 'Address Family Identifier' },
  'int_info.ipv4': { type: 'ipv4', label: 'Source' },
  'int_info.ipv6': { type: 'ipv6', label: 'Source' },
  'int_info.ipunknown': { type: 'bytes', label: 'Source' },
  'int_info.name_length': { type: 'u8', label: 'Name Length' },
  'int_info.name': { type: 'string', label: 'Name' },
  'int_info.mtu': { type: 'u32', label: 'Maximum Transmission Unit' },
  'int_ident.name': { type: 'string', label: 'Name' },
  'int_ident.index': { type: 'u32', label: 'Interface Index' },
  'int_ident.afi': { type: 'u16', label: 'Address Family Identifier' },
  'int_ident.addr_length': { type: 'u8', label: 'Address Length' },
  'int_ident.reserved': { type: 'bytes', label: 'Reserved' },
  'int_ident.ipv4': { type: 'ipv4', label: 'Address' },
  'int_ident.ipv6': { type: 'ipv6', label: 'Address' },
  'int_ident.address': { type: 'bytes', label: 'Address' },
  'ext.checksum_bad': { type: 'none', label: 'Bad checksum' },
});

export type ExtensionLayer = LayerWith<ReturnType<typeof extensionFields>>;

const STATES: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'Incomplete', 2: 'Reachable', 3: 'Stale', 4: 'Delay', 5: 'Probe', 6: 'Failed' };

/** Fields of extended echo, which ICMPv6 shows under its own name (RFC 8335 §2 and §3). */
export const extendedEchoFields = () => ({
  'ext.echo.seq': { type: 'u8', label: 'Sequence Number', base: 'dec.hex' },
  'ext.echo.req.res': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0xfe },
  'ext.echo.req.local': { type: 'bool', label: 'Local bit', mask: 0x01, help: 'The question is about an interface of the node itself, not of a neighbor.' },
  'ext.echo.rsp.state': { type: 'u8', label: 'State', mask: 0xe0, names: STATES },
  'ext.echo.rsp.res': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0x18 },
  'ext.echo.rsp.active': { type: 'bool', label: 'Active bit', mask: 0x04 },
  'ext.echo.rsp.ipv4': { type: 'bool', label: 'IPv4 bit', mask: 0x02 },
  'ext.echo.rsp.ipv6': { type: 'bool', label: 'IPv6 bit', mask: 0x01 },
} as const satisfies Fields);

export const icmpFields = () => ({
  'type': { type: 'u8', label: 'Type', show: (value) => `${value} (${TYPE_NAMES[value] ?? 'Unknown'})`, help: 'What the message is: a ping, its reply, or why a packet could not be delivered.' },
  'code': { type: 'u8', label: 'Code', help: 'The type in more detail, such as which thing was unreachable.' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: STATUS },
  'unused': { type: 'bytes', label: 'Unused' },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'ident': { type: 'u16', label: 'Identifier (BE)', base: 'dec.hex', help: 'Tells one ping program\'s packets from another\'s.' },
  'ident_le': { type: 'u16', label: 'Identifier (LE)', base: 'dec.hex' },
  'seq': { type: 'u16', label: 'Sequence Number (BE)', base: 'dec.hex', help: 'Counts the pings, so that losses show.' },
  'seq_le': { type: 'u16', label: 'Sequence Number (LE)', base: 'dec.hex' },
  'mtu': { type: 'u16', label: 'MTU of next hop', help: 'The largest packet that the next link takes.' },
  'num_addrs': { type: 'u8', label: 'Number of addresses' },
  'addr_entry_size': { type: 'u8', label: 'Address entry size' },
  'lifetime': { type: 'u16', label: 'Lifetime', unit: 'seconds' },
  'pointer': { type: 'u32', size: 1, label: 'Pointer' },
  'router_address': { type: 'ipv4', label: 'Router address' },
  'pref_level': { type: 'i32', label: 'Preference level' },
  'originate_timestamp': { type: 'u32', label: 'Originate Timestamp', show: sinceMidnight },
  'receive_timestamp': { type: 'u32', label: 'Receive Timestamp', show: sinceMidnight },
  'transmit_timestamp': { type: 'u32', label: 'Transmit Timestamp', show: sinceMidnight },
  'address_mask': { type: 'ipv4', label: 'Address Mask' },
  'redir_gw': { type: 'ipv4', label: 'Gateway Address', help: 'The router to use instead.' },
  'mip.type': { type: 'u8', label: 'Extension Type', names: MOBILE_EXTENSIONS },
  'mip.length': { type: 'u8', label: 'Length' },
  'mip.prefixlength': { type: 'u8', label: 'Prefix Length' },
  'mip.seq': { type: 'u16', label: 'Sequence Number' },
  'mip.life': { type: 'u16', label: 'Registration Lifetime' },
  'mip.flags': { type: 'u16', label: 'Flags', base: 'hex' },
  'mip.r': { type: 'bool', label: 'Registration Required', of: 'mip.flags', mask: 0x8000, states: TRUE },
  'mip.b': { type: 'bool', label: 'Busy', of: 'mip.flags', mask: 0x4000, states: TRUE },
  'mip.h': { type: 'bool', label: 'Home Agent', of: 'mip.flags', mask: 0x2000, states: TRUE },
  'mip.f': { type: 'bool', label: 'Foreign Agent', of: 'mip.flags', mask: 0x1000, states: TRUE },
  'mip.m': { type: 'bool', label: 'Minimal Encapsulation', of: 'mip.flags', mask: 0x0800, states: TRUE },
  'mip.g': { type: 'bool', label: 'GRE', of: 'mip.flags', mask: 0x0400, states: TRUE },
  'mip.v': { type: 'bool', label: 'VJ Comp', of: 'mip.flags', mask: 0x0200, states: TRUE },
  'mip.rt': { type: 'bool', label: 'Reverse tunneling', of: 'mip.flags', mask: 0x0100, states: TRUE },
  'mip.u': { type: 'bool', label: 'UDP tunneling', of: 'mip.flags', mask: 0x0080, states: TRUE },
  'mip.x': { type: 'bool', label: 'Revocation support', of: 'mip.flags', mask: 0x0040, states: TRUE },
  'mip.reserved': { type: 'u16', label: 'Reserved', base: 'hex', of: 'mip.flags', mask: 0x003f },
  'mip.coa': { type: 'ipv4', label: 'Care-Of-Address' },
  'mip.challenge': { type: 'bytes', label: 'Challenge' },
  'mip.content': { type: 'bytes', label: 'Content' },
  ...extensionFields(),
  'resp_in': { type: 'framenum', label: 'Response frame' },
  'no_resp': { type: 'none', label: 'No response seen' },
  'resp_to': { type: 'framenum', label: 'Request frame' },
  'resptime': { type: 'double', label: 'Response time', unit: 'ms', help: 'The round-trip time that ping measures.' },
  'data_time': { type: 'abstime', label: 'Timestamp from icmp data' },
  'data_time_relative': { type: 'reltime', label: 'Timestamp from icmp data (relative)' },
  'length': { type: 'u8', label: 'Length' },
  'length.original_datagram': { type: 'u8', label: 'Length of original datagram' },
  ...extendedEchoFields(),
  'resp_not_found': { type: 'none', label: 'Response not found' },
  'checksum_bad': { type: 'none', label: 'Bad checksum' },
} as const satisfies Fields);

export type IcmpLayer = Layer<ReturnType<typeof icmpFields>>;

function sinceMidnight(milliseconds: number): string {
  return `${milliseconds} (${milliseconds / 1000} seconds after midnight UTC)`;
}
