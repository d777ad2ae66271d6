/** What an engine id tells of its engine (RFC 3411 §5 SnmpEngineID; before it RFC 1910 AgentID). */
import { readU32, readU32le, readU64le, readU8 } from '../../../bytes/reader.ts';
import { boolean, integer, octets } from '../../ber/notation.ts';
import type { Found, Reading } from '../../ber/notation.ts';
import { SNMP } from './module.ts';

const { part } = SNMP;

const FORMATS = { 1: 'IPv4 address', 2: 'IPv6 address', 3: 'MAC address', 4: 'Text, administratively assigned', 5: 'Octets, administratively assigned' } as const;

const CONFORMANCE = part('Engine ID Conformance', boolean, { field: 'engineid.conform', mask: 0x80, states: ['RFC3411 (SNMPv3)', 'RFC1910 (Non-SNMPv3)'] });
const ENTERPRISE = part('Engine Enterprise ID', integer(), { field: 'engineid.enterprise', type: 'u32', help: 'Number that IANA gave to the maker of the engine.' });
const FORMAT = part('Engine ID Format', integer(), { field: 'engineid.format', type: 'u8', names: FORMATS });
const IPV4 = part('Engine ID Data: IPv4 address', octets(), { field: 'engineid.ipv4', type: 'ipv4' });
const IPV6 = part('Engine ID Data: IPv6 address', octets(), { field: 'engineid.ipv6', type: 'ipv6' });
const CISCO_TYPE = part('Engine ID Data: Cisco type', integer(), { field: 'engineid.cisco.type', type: 'u8', base: 'hex', names: { 0: 'Agent', 1: 'Manager' } });
const MAC = part('Engine ID Data: MAC address', octets(), { field: 'engineid.mac', type: 'ether' });
const TEXT = part('Engine ID Data: Text', octets(), { field: 'engineid.text', type: 'string' });
const TIME = part('Engine ID Data: Creation Time', octets(), { field: 'engineid.time', type: 'abstime' });
const DATA = part('Engine ID Data', octets(), { field: 'engineid.data', type: 'bytes' });
const TRAILER = part('AgentID Trailer', octets(), { field: 'agentid_trailer', type: 'bytes' });
const NOT_1910 = part('Data not conforming to RFC1910', octets(), { field: 'rfc1910_non_conformant', type: 'none' });
const NOT_3411 = part('Data not conforming to RFC3411', octets(), { field: 'rfc3411_non_conformant', type: 'none' });

const CISCO = 9;
const UCD_SNMP = 2021;
const NET_SNMP = 8072;
const NET_SNMP_RANDOM = 128;
/** The longest data of an engine id (RFC 3411: 32 bytes in all). */
const MAX_DATA = 27;

/** `then` of every part that is an engine id: puts its fields below it. */
export function putEngineId(reading: Reading, { start, end }: Found): void {
  if (end <= start) return;
  reading.layer.inside(() => putParts(reading, start, end));
}

function putParts({ layer }: Reading, start: number, end: number): void {
  const { bytes } = layer;
  const conforms = readU8(bytes, start) >= 0x80;
  layer.putField(CONFORMANCE.field, conforms ? 1 : 0, start, 1);
  if (end - start < 4) return;
  const enterprise = readU32(bytes, start) & 0x7fff_ffff;
  layer.putField(ENTERPRISE.field, conforms ? enterprise : readU32(bytes, start), start, 4);
  const at = start + 4;
  if (conforms) {
    if (at < end) putData({ layer, at, end, enterprise });
  } else if (end - at === 8) layer.putField(TRAILER.field, bytes.subarray(at, end), at, 8);
  else layer.remark(NOT_1910.field, 'warn', 'Protocol', 'Data not conforming to RFC1910');
}

interface Data {
  readonly layer: Reading['layer'];
  readonly at: number;
  readonly end: number;
  readonly enterprise: number;
}

/** Puts what the data is, by its format, and gives where it ends. */
const READERS: Readonly<Record<number, (data: Data) => number>> = {
  1: ({ layer, at, end }) => (end - at === 4 ? put(layer, IPV4, at, end) : at),
  2: ({ layer, at, end }) => (end - at === 16 ? put(layer, IPV6, at, end) : at),
  3: putMac,
  4: ({ layer, at, end }) => (end - at <= MAX_DATA ? put(layer, TEXT, at, end) : at),
  [NET_SNMP_RANDOM]: putRandom,
};

function putData({ layer, at, end, enterprise }: Data): void {
  const format = readU8(layer.bytes, at);
  layer.putField(FORMAT.field, format, at, 1);
  const read = READERS[format] ?? putOctets;
  const stop = read({ layer, at: at + 1, end, enterprise });
  if (stop < end) layer.remark(NOT_3411.field, 'warn', 'Protocol', 'Data not conforming to RFC3411');
}

function put(layer: Data['layer'], part: typeof DATA, at: number, end: number): number {
  layer.putField(part.field, layer.bytes.subarray(at, end), at, end - at);
  return end;
}

function putOctets({ layer, at, end }: Data): number {
  return end - at <= MAX_DATA ? put(layer, DATA, at, end) : at;
}

/** Cisco puts a byte before the address. */
function putMac({ layer, at, end, enterprise }: Data): number {
  let from = at;
  if (enterprise === CISCO && end - at === 7) {
    layer.putField(CISCO_TYPE.field, readU8(layer.bytes, at), at, 1);
    from += 1;
  }
  return end - from === 6 ? put(layer, MAC, from, end) : from;
}

/** Net-SNMP: a random number, and when the engine was made, in little-endian seconds of 32 or 64 bits. */
function putRandom(data: Data): number {
  const { layer, at, end, enterprise } = data;
  const length = end - at;
  if ((enterprise !== UCD_SNMP && enterprise !== NET_SNMP) || (length !== 8 && length !== 12)) return putOctets(data);
  put(layer, DATA, at, at + 4);
  const seconds = length === 8 ? readU32le(layer.bytes, at + 4) : Number(BigInt.asIntN(64, readU64le(layer.bytes, at + 4)));
  layer.putField(TIME.field, { seconds, nanos: 0 }, at + 4, length - 4);
  return end;
}

