/**
 * The Multipath TCP option (RFC 8684 §3; version 0: RFC 6824): its numbers as they are on the
 * wire, and what the connection's other packets make of them (mptcp-analysis.ts).
 */
import { readU16, readU32, readU64, readU8 } from '../../../bytes/reader.ts';
import { endsOf, showKeyMeaning, showRelative } from './mptcp-analysis.ts';
import type { Header, TcpLayer } from './tcp-layer.ts';

type Bit = readonly [key: 'options.mptcp.backup.flag' | 'options.mptcp.checksumreq.flags' | 'options.mptcp.extensibility.flag' | 'options.mptcp.nomoresubflows.flag'
  | 'options.mptcp.sha1.flag' | 'options.mptcp.sha256.flag' | 'options.mptcp.datafin.flag' | 'options.mptcp.dseqn8.flag' | 'options.mptcp.dseqnpresent.flag'
  | 'options.mptcp.dataack8.flag' | 'options.mptcp.dataackpresent.flag' | 'options.mptcp.reserved.flag' | 'options.mptcp.flag_U.flag' | 'options.mptcp.flag_V.flag'
  | 'options.mptcp.flag_W.flag' | 'options.mptcp.flag_T.flag', mask: number, shift: number];

const CAPABLE_V0: readonly Bit[] = [['options.mptcp.checksumreq.flags', 0x80, 7], ['options.mptcp.extensibility.flag', 0x40, 6], ['options.mptcp.sha1.flag', 0x01, 0], ['options.mptcp.reserved.flag', 0x3e, 1]];
const CAPABLE_V1: readonly Bit[] = [['options.mptcp.checksumreq.flags', 0x80, 7], ['options.mptcp.extensibility.flag', 0x40, 6], ['options.mptcp.nomoresubflows.flag', 0x20, 5], ['options.mptcp.sha256.flag', 0x01, 0], ['options.mptcp.reserved.flag', 0x3e, 1]];
const JOIN: readonly Bit[] = [['options.mptcp.backup.flag', 0x01, 0]];
const SIGNAL: readonly Bit[] = [
  ['options.mptcp.datafin.flag', 0x10, 4], ['options.mptcp.dseqn8.flag', 0x08, 3], ['options.mptcp.dseqnpresent.flag', 0x04, 2], ['options.mptcp.dataack8.flag', 0x02, 1], ['options.mptcp.dataackpresent.flag', 0x01, 0],
];
/** Bits C to H of MP_CAPABLE's flags, and the one that is in use. */
const ALGORITHMS = 0x3f;
const HASH = 0x01;
const RESET: readonly Bit[] = [['options.mptcp.flag_U.flag', 0x08, 3], ['options.mptcp.flag_V.flag', 0x04, 2], ['options.mptcp.flag_W.flag', 0x02, 1], ['options.mptcp.flag_T.flag', 0x01, 0]];

/** Shows the option at `at`; the caller has shown its line, kind and length. */
export function multipathOption(layer: TcpLayer, at: number, length: number, header: Header): void {
  layer.run.protocolNames.push('mptcp');
  layer.protocolName('MPTCP');
  if (length < 3 || !layer.reaches(at + 3)) return;
  const first = readU8(layer.bytes, at + 2);
  layer.put('options.mptcp.subtype', first >> 4, at + 2, 1);
  SUBTYPES[first >> 4]?.(layer, at, length, header, first & 0x0f);
}

/** `low`: the four bits after the subtype. */
type Subtype = (layer: TcpLayer, at: number, length: number, header: Header, low: number) => void;

const SUBTYPES: Readonly<Record<number, Subtype>> = {
  0: capable,
  1: join,
  2: signal,
  3: addAddress,
  4: (layer, at, length) => {
    layer.putGenerated('mptcp.rm_addr.count', length - 3, at + 2, 1);
    for (let address = at + 3; address < at + length; address += 1) layer.at('options.mptcp.addrid', address);
  },
  5: (layer, at, length) => {
    flags(layer, at + 2, JOIN);
    if (length === 4) layer.at('options.mptcp.addrid', at + 3);
  },
  6: (layer, at, length) => {
    reserved(layer, at);
    if (length >= 12) layer.at('options.mptcp.rawdataseqno', at + 4);
  },
  7: (layer, at, length) => {
    reserved(layer, at);
    if (length >= 12) layer.at('options.mptcp.recvkey', at + 4);
  },
  8: (layer, at, length) => {
    flags(layer, at + 2, RESET);
    if (length >= 4) layer.at('options.mptcp.rst_reason', at + 3);
  },
};

/** The 12 bits after the subtype. */
function reserved(layer: TcpLayer, at: number): void {
  if (layer.reaches(at + 4)) layer.put('options.mptcp.reserved', readU16(layer.bytes, at + 2) & 0x0fff, at + 2, 2);
}

/** Gives the tape's entry of the flags, for remarks. */
function flags(layer: TcpLayer, at: number, bits: readonly Bit[]): number {
  const value = layer.at('options.mptcp.flags', at);
  const entry = layer.run.lastEntry;
  layer.inside(() => {
    for (const [key, mask, shift] of bits) layer.put(key, (value & mask) >> shift, at, 1);
  });
  return entry;
}

/** MP_CAPABLE: §3.1. 12 bytes from either side; 20 and more when both keys are known. */
function capable(layer: TcpLayer, at: number, length: number, header: Header, version: number): void {
  layer.put('options.mptcp.version', version, at + 2, 1);
  if (length < 4) return;
  const entry = flags(layer, at + 3, version === 1 ? CAPABLE_V1 : CAPABLE_V0);
  judgeAlgorithm(layer, at + 3, entry);
  if (length !== 12 && length !== 20 && length !== 22 && length !== 24) return;
  const { sender, receiver } = endsOf(layer, header);
  layer.at('options.mptcp.sendkey', at + 4);
  showKeyMeaning(layer, at + 12, sender);
  if (length >= 20) echoedKey(layer, at + 12, receiver?.key ?? null);
  if (length >= 22) layer.at('options.mptcp.datalvllen', at + 20);
  if (length === 24) layer.at('options.mptcp.checksum', at + 22);
}

/** Version 0 knows bit H for SHA-1, version 1 the same bit for SHA-256; more than that is for both ends to agree on (§3.1). */
function judgeAlgorithm(layer: TcpLayer, at: number, entry: number): void {
  if (!layer.reaches(at + 1)) return;
  const algorithms = readU8(layer.bytes, at) & ALGORITHMS;
  if (algorithms === 0) layer.expert('mptcp.connection.missing_algorithm', 'warn', 'Protocol', 'No crypto algorithm specified', entry);
  if (algorithms !== HASH) layer.expert('mptcp.connection.unsupported_algorithm', 'warn', 'Protocol', 'Unsupported algorithm', entry);
}

/** `expected`: the key that its owner sent; null where that was not seen. */
function echoedKey(layer: TcpLayer, at: number, expected: bigint | null): void {
  const key = layer.at('options.mptcp.recvkey', at);
  if (layer.broken || expected === null || key === expected) return;
  layer.expert('mptcp.connection.echoed_key_mismatch', 'warn', 'Protocol', 'The echoed key in the ACK of the MPTCP handshake does not match the key of the SYN/ACK');
}

/** MP_JOIN: §3.2; SYN, SYN-ACK and ACK differ in length. */
function join(layer: TcpLayer, at: number, length: number): void {
  if (length === 12 || length === 16) {
    flags(layer, at + 2, JOIN);
    layer.at('options.mptcp.addrid', at + 3);
  }
  if (length === 12) {
    layer.at('options.mptcp.recvtok', at + 4);
    layer.at('options.mptcp.sendrand', at + 8);
  } else if (length === 16) {
    layer.at('options.mptcp.sendtrunchmac', at + 4);
    layer.at('options.mptcp.sendrand', at + 12);
  } else if (length === 24) {
    reserved(layer, at);
    layer.at('options.mptcp.sendhmac', at + 4, 20);
  }
}

/** DSS: §3.3; what follows the flags depends on them. */
function signal(layer: TcpLayer, at: number, length: number, header: Header): void {
  if (length < 4) return;
  const value = readU8(layer.bytes, at + 3);
  flags(layer, at + 3, SIGNAL);
  const { sender, receiver } = endsOf(layer, header);
  const end = at + length;
  let next = at + 4;
  if (value & 0x01) {
    const size = value & 0x02 ? 8 : 4;
    const raw = wide(layer, 'options.mptcp.rawdataack', next, size, end);
    if (raw !== null) showRelative(layer, 'mptcp.ack', raw, size * 8, receiver);
    next += size;
  }
  if ((value & 0x04) === 0) return;
  const size = value & 0x08 ? 8 : 4;
  const raw = wide(layer, 'options.mptcp.rawdataseqno', next, size, end);
  next += size;
  if (raw === null || next + 6 > end) return;
  layer.at('options.mptcp.subflowseqno', next);
  layer.at('options.mptcp.datalvllen', next + 4);
  showRelative(layer, 'mptcp.dss.dsn', raw, size * 8, sender);
  // Wireshark wants four bytes left here before it shows two; kept, so that both show the same.
  if (next + 10 <= end) layer.at('options.mptcp.checksum', next + 6);
}

/** A number of 8 or 4 bytes; null where they do not fit before `end`. */
function wide(layer: TcpLayer, key: 'options.mptcp.rawdataack' | 'options.mptcp.rawdataseqno', at: number, size: 4 | 8, end: number): bigint | null {
  if (at + size > end || !layer.reaches(at + size)) return null;
  const value = size === 8 ? readU64(layer.bytes, at) : BigInt(readU32(layer.bytes, at));
  layer.put(key, value, at, size);
  return value;
}

/** ADD_ADDR: §3.4.1; the length tells the address family, a port and an HMAC. */
function addAddress(layer: TcpLayer, at: number, length: number, _header: Header, low: number): void {
  if (low === 4 || low === 6) layer.put('options.mptcp.ipver', low, at + 2, 1);
  else layer.put('options.mptcp.echo', low & 1, at + 2, 1);
  if (length < 4) return;
  layer.at('options.mptcp.addrid', at + 3);
  const rest = length - 4;
  const v4 = rest === 4 || rest === 6 || rest === 12 || rest === 14;
  const v6 = rest === 16 || rest === 18 || rest === 24 || rest === 26;
  let next = at + 4;
  if (v4) layer.at('options.mptcp.ipv4', next);
  if (v6) layer.at('options.mptcp.ipv6', next);
  next += v4 ? 4 : v6 ? 16 : 0;
  if (rest === 6 || rest === 14 || rest === 18 || rest === 26) {
    layer.at('options.mptcp.port', next);
    next += 2;
  }
  if (rest === 12 || rest === 14 || rest === 24 || rest === 26) layer.at('options.mptcp.addaddrtrunchmac', next);
}
