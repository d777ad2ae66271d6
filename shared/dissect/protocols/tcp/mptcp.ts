/**
 * The Multipath TCP option (RFC 8684 §3; version 0: RFC 6824). Its own numbers are shown as
 * they are on the wire; which subflows belong together is not worked out.
 */
import { readU8 } from '../../../bytes/reader.ts';
import type { TcpLayer } from './tcp-layer.ts';

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
const RESET: readonly Bit[] = [['options.mptcp.flag_U.flag', 0x08, 3], ['options.mptcp.flag_V.flag', 0x04, 2], ['options.mptcp.flag_W.flag', 0x02, 1], ['options.mptcp.flag_T.flag', 0x01, 0]];

/** Shows the option at `at`; the caller has shown its line, kind and length. */
export function multipathOption(layer: TcpLayer, at: number, length: number): void {
  layer.run.protocolNames.push('mptcp');
  layer.protocolName('MPTCP');
  if (length < 3) return;
  const first = readU8(layer.bytes, at + 2);
  layer.put('options.mptcp.subtype', first >> 4, at + 2, 1);
  SUBTYPES[first >> 4]?.(layer, at, length, first & 0x0f);
}

type Subtype = (layer: TcpLayer, at: number, length: number, low: number) => void;

const SUBTYPES: Readonly<Record<number, Subtype>> = {
  0: capable,
  1: join,
  2: (layer, at, length) => signal(layer, at, length),
  3: addAddress,
  4: (layer, at, length) => {
    for (let address = at + 3; address < at + length; address += 1) layer.at('options.mptcp.addrid', address);
  },
  5: (layer, at, length) => {
    flags(layer, at + 2, JOIN);
    if (length === 4) layer.at('options.mptcp.addrid', at + 3);
  },
  6: (layer, at, length) => {
    layer.put('options.mptcp.reserved', reserved(layer, at), at + 2, 2);
    if (length >= 12) layer.at('options.mptcp.rawdataseqno', at + 4);
  },
  7: (layer, at, length) => {
    layer.put('options.mptcp.reserved', reserved(layer, at), at + 2, 2);
    if (length >= 12) layer.at('options.mptcp.recvkey', at + 4);
  },
  8: (layer, at, length) => {
    flags(layer, at + 2, RESET);
    if (length >= 4) layer.at('options.mptcp.rst_reason', at + 3);
  },
};

function reserved(layer: TcpLayer, at: number): number {
  return ((readU8(layer.bytes, at + 2) & 0x0f) << 8) | readU8(layer.bytes, at + 3);
}

function flags(layer: TcpLayer, at: number, bits: readonly Bit[]): void {
  const value = layer.at('options.mptcp.flags', at);
  layer.inside(() => {
    for (const [key, mask, shift] of bits) layer.put(key, (value & mask) >> shift, at, 1);
  });
}

/** MP_CAPABLE: §3.1. 12 bytes from either side; 20 and more when both keys are known. */
function capable(layer: TcpLayer, at: number, length: number, version: number): void {
  layer.put('options.mptcp.version', version, at + 2, 1);
  if (length < 4) return;
  flags(layer, at + 3, version === 1 ? CAPABLE_V1 : CAPABLE_V0);
  if (length !== 12 && length !== 20 && length !== 22 && length !== 24) return;
  layer.at('options.mptcp.sendkey', at + 4);
  if (length >= 20) layer.at('options.mptcp.recvkey', at + 12);
  if (length >= 22) layer.at('options.mptcp.datalvllen', at + 20);
  if (length === 24) layer.at('options.mptcp.checksum', at + 22);
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
    layer.put('options.mptcp.reserved', reserved(layer, at), at + 2, 2);
    layer.at('options.mptcp.sendhmac', at + 4, 20);
  }
}

/** DSS: §3.3; what follows the flags depends on them. */
function signal(layer: TcpLayer, at: number, length: number): void {
  if (length < 4) return;
  const value = readU8(layer.bytes, at + 3);
  flags(layer, at + 3, SIGNAL);
  const end = at + length;
  let next = at + 4;
  if (value & 0x01) next = wide(layer, 'options.mptcp.rawdataack', next, (value & 0x02) !== 0, end);
  if ((value & 0x04) === 0) return;
  next = wide(layer, 'options.mptcp.rawdataseqno', next, (value & 0x08) !== 0, end);
  if (next + 6 > end) return;
  layer.at('options.mptcp.subflowseqno', next);
  layer.at('options.mptcp.datalvllen', next + 4);
  // Wireshark wants four bytes left here before it shows two; kept, so that both show the same.
  if (next + 10 <= end) layer.at('options.mptcp.checksum', next + 6);
}

/** A number of 8 or 4 bytes; gives where it ends. */
function wide(layer: TcpLayer, key: 'options.mptcp.rawdataack' | 'options.mptcp.rawdataseqno', at: number, eight: boolean, end: number): number {
  const size = eight ? 8 : 4;
  if (at + size > end) return end;
  let value = 0n;
  for (let index = 0; index < size; index += 1) value = (value << 8n) | BigInt(readU8(layer.bytes, at + index));
  layer.put(key, value, at, size);
  return at + size;
}

/** ADD_ADDR: §3.4.1; the length tells the address family, a port and an HMAC. */
function addAddress(layer: TcpLayer, at: number, length: number, low: number): void {
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
