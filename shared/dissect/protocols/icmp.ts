/** Internet Control Message Protocol for IPv4: pings, errors with the packet they are about, router discovery. */
import { addWords, expectedChecksum, internetChecksum } from '../../bytes/checksum.ts';
import { readU16, readU16le, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { putEchoPartner } from './icmp/echo.ts';
import { takeExtendedEcho } from './icmp/extended-echo.ts';
import { putExtensions } from './icmp/extensions.ts';
import { CODE_NAMES, icmpFields, TYPE_NAMES } from './icmp/fields.ts';
import type { IcmpLayer } from './icmp/fields.ts';
import { putMobileExtensions } from './icmp/mobile-ip.ts';
import { putPingTime } from './icmp/ping-time.ts';

const ECHO_REPLY = 0;
const UNREACHABLE = 3;
const SOURCE_QUENCH = 4;
const REDIRECT = 5;
const ECHO_REQUEST = 8;
const ROUTER_ADVERTISEMENT = 9;
const TIME_EXCEEDED = 11;
const PARAMETER_PROBLEM = 12;
const TIMESTAMP_REQUEST = 13;
const TIMESTAMP_REPLY = 14;
const MASK_REQUEST = 17;
const MASK_REPLY = 18;
const EXTENDED_REQUEST = 42;
const EXTENDED_REPLY = 43;
const FRAGMENTATION_NEEDED = 4;

const HEADER = 8;
/** Errors keep at least this much of the packet when extensions follow (RFC 4884 §5.1). */
const LEAST_QUOTED = 128;
/** Word of an echo request's type and code: what its checksum has more than the reply's. */
const ECHO_TYPE_WORD = ECHO_REQUEST << 8;

export const icmp = protocol({
  id: 'icmp',
  title: 'Internet Control Message Protocol',
  short: 'ICMP',
  spec: 'RFC 792',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [1] }],
  fields: icmpFields,
  parse(layer) {
    layer.protocolName('ICMP');
    layer.info(() => '');
    if (!layer.has(HEADER)) return;
    const type = layer.peekU8();
    const code = layer.peekU8(1);
    layer.info(() => infoText(layer, type, code));
    layer.take('type');
    layer.label(() => `Type: ${type} (${typeWord(type, code)})`);
    layer.take('code');
    layer.label(() => `Code: ${code}${codeWord(type, code, (word) => ` (${word})`)}`);
    takeChecksum(layer);
    body(layer, type, code);
  },
});

// ── words ────────────────────────────────────────────────────────────────────

function typeWord(type: number, code: number): string {
  if (type === ROUTER_ADVERTISEMENT && (code === 0 || code === 16)) return 'Mobile IP Advertisement';
  return TYPE_NAMES[type] ?? 'Unknown ICMP (obsolete or malformed?)';
}

function codeWord(type: number, code: number, wrap: (word: string) => string): string {
  const names = CODE_NAMES[type];
  if (names === undefined) return '';
  return wrap((names as Readonly<Record<number, string>>)[code] ?? `Unknown code: ${code}`);
}

function hasIdentifier(type: number): boolean {
  return type === ECHO_REPLY || type === ECHO_REQUEST || (type >= TIMESTAMP_REQUEST && type <= MASK_REPLY);
}

function infoText(layer: IcmpLayer, type: number, code: number): string {
  const head = typeWord(type, code).padEnd(20);
  if (!hasIdentifier(type)) return `${head}${codeWord(type, code, (word) => ` (${word})`)}`;
  const { bytes, start, run } = layer;
  const ttl = run.network === null ? 0 : readU8(run.network.bytes, run.network.source - 4);
  const identifier = readU16(bytes, start + 4).toString(16).padStart(4, '0');
  return `${head} id=0x${identifier}, seq=${readU16(bytes, start + 6)}/${readU16le(bytes, start + 6)}, ttl=${ttl}`;
}

// ── parts ────────────────────────────────────────────────────────────────────

function takeChecksum(layer: IcmpLayer): void {
  const { start, end, run } = layer;
  const at = layer.cursor;
  const found = layer.take('checksum');
  if (!run.remarks) return;
  if (run.quoted || run.fragmented || end < layer.reportedEnd) {
    layer.putGenerated('checksum.status', 2, at, 0);
    return;
  }
  const computed = internetChecksum(addWords(0, layer.bytes, start, end));
  if (computed !== 0) layer.expert('checksum_bad', 'warn', 'Checksum', `Bad checksum [should be 0x${expectedChecksum(found, computed).toString(16).padStart(4, '0')}]`);
  layer.putGenerated('checksum.status', computed === 0 ? 1 : 0, at, 0);
}

function body(layer: IcmpLayer, type: number, code: number): void {
  switch (type) {
    case ECHO_REPLY:
    case ECHO_REQUEST:
      return echo(layer, type);
    case UNREACHABLE:
    case SOURCE_QUENCH:
    case REDIRECT:
    case TIME_EXCEEDED:
    case PARAMETER_PROBLEM:
      return errorMessage(layer, type, code);
    case ROUTER_ADVERTISEMENT:
      return routerAdvertisement(layer, code);
    case EXTENDED_REQUEST:
    case EXTENDED_REPLY:
      return extendedEcho(layer, type);
    default:
      if (hasIdentifier(type)) query(layer, type);
  }
}

function takeIdentifier(layer: IcmpLayer): void {
  const at = layer.cursor;
  layer.take('ident');
  layer.put('ident_le', readU16le(layer.bytes, at), at, 2);
}

function takeIdentifiers(layer: IcmpLayer): void {
  takeIdentifier(layer);
  const at = layer.cursor;
  layer.take('seq');
  layer.put('seq_le', readU16le(layer.bytes, at), at, 2);
}

function echo(layer: IcmpLayer, type: number): void {
  takeIdentifiers(layer);
  putEchoPartner(layer, { isRequest: type === ECHO_REQUEST, typeDifference: ECHO_TYPE_WORD, protocol: 'ICMP' });
  putPingTime(layer);
  if (layer.reportedLeft > 0 && layer.has(1)) layer.data();
}

function query(layer: IcmpLayer, type: number): void {
  takeIdentifiers(layer);
  if (type === TIMESTAMP_REQUEST || type === TIMESTAMP_REPLY) {
    layer.take('originate_timestamp');
    layer.take('receive_timestamp');
    layer.take('transmit_timestamp');
  } else if (type === MASK_REQUEST || type === MASK_REPLY) layer.take('address_mask');
}

function extendedEcho(layer: IcmpLayer, type: number): void {
  takeIdentifier(layer);
  takeExtendedEcho(layer, type === EXTENDED_REQUEST);
}

function routerAdvertisement(layer: IcmpLayer, code: number): void {
  const count = layer.take('num_addrs');
  const words = layer.take('addr_entry_size');
  layer.take('lifetime');
  const addressesEnd = layer.cursor + count * words * 4;
  if (words >= 2) {
    layer.each(() => {
      layer.take('router_address');
      layer.take('pref_level');
      if (!layer.broken) layer.cursor += Math.min((words - 2) * 4, layer.left);
    }, Math.min(addressesEnd, layer.end));
  }
  if (code === 0 || code === 16) {
    if (layer.left > 0 && words >= 2) putMobileExtensions(layer);
    else if (layer.left > 0) layer.data();
  } else if (layer.left > 0) layer.data();
}

// ── errors ───────────────────────────────────────────────────────────────────

function errorMessage(layer: IcmpLayer, type: number, code: number): void {
  const quotedLength = takeErrorHeader(layer, type, code);
  if (layer.broken || layer.reportedLeft <= 0) return;
  const start = layer.cursor;
  const extensions = extensionsAt(layer, start, quotedLength);
  const length = (extensions < 0 ? layer.reportedEnd : Math.min(extensions, layer.reportedEnd)) - start;
  layer.headerEnd = start;
  layer.run.quote(() => layer.call('ip', { length }));
  if (extensions > layer.reportedEnd) layer.malformed();
  if (extensions < 0 || layer.broken) return;
  layer.cursor = Math.min(extensions, layer.end);
  putExtensions(layer);
}

/** The four bytes between checksum and quoted packet; gives the quoted packet's length where they tell it. */
function takeErrorHeader(layer: IcmpLayer, type: number, code: number): number {
  if (type === SOURCE_QUENCH) {
    layer.skip(4);
    return 0;
  }
  if (type === REDIRECT) {
    layer.take('redir_gw');
    return 0;
  }
  if (type === PARAMETER_PROBLEM) layer.take('pointer');
  const quotedWords = layer.peekU8(type === PARAMETER_PROBLEM ? 0 : 1);
  const needsMtu = type === UNREACHABLE && code === FRAGMENTATION_NEEDED;
  if (quotedWords === 0) layer.take('unused', needsMtu ? 2 : type === PARAMETER_PROBLEM ? 3 : 4);
  else {
    if (type !== PARAMETER_PROBLEM) layer.take('unused', 1);
    const at = layer.cursor;
    layer.take('length');
    layer.putGenerated('length.original_datagram', quotedWords * 4, at, 1);
    if (!needsMtu) layer.take('unused', 2);
  }
  if (needsMtu) layer.take('mtu');
  return quotedWords * 4;
}

/**
 * Where extensions begin; -1 where there are none. Senders from before RFC 4884 do not tell,
 * but put them after 128 bytes (§5.5), which only a short packet leaves room for.
 */
function extensionsAt(layer: IcmpLayer, start: number, quotedLength: number): number {
  if (layer.reportedEnd - start <= LEAST_QUOTED || readU16(layer.bytes, start + 2) > LEAST_QUOTED) return -1;
  const at = start + (quotedLength === 0 ? LEAST_QUOTED : quotedLength);
  return at === layer.reportedEnd ? -1 : at;
}
