/** Internet Control Message Protocol for IPv6: pings, errors, neighbors, routers and multicast listeners. */
import { addWords, expectedChecksum, internetChecksum, pseudoHeaderSum } from '../../bytes/checksum.ts';
import { readU16, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { putEchoPartner } from './icmp/echo.ts';
import { takeExtendedEcho } from './icmp/extended-echo.ts';
import { putError } from './icmpv6/errors.ts';
import { CODE_NAMES, icmpv6Fields, TYPE_NAMES } from './icmpv6/fields.ts';
import type { Icmpv6Layer } from './icmpv6/fields.ts';
import { putListenerMessage, putListenerReport } from './icmpv6/listeners.ts';
import { putNeighborMessage } from './icmpv6/neighbors.ts';
import { isSpecial, putSpecial } from './icmpv6/special.ts';

const PROTOCOL_NUMBER = 58;
const HEADER = 4;
const LAST_KNOWN_ERROR = 4;
const ECHO_REQUEST = 128;
const ECHO_REPLY = 129;
const LISTENER_QUERY = 130;
const LISTENER_DONE = 132;
const ROUTER_SOLICITATION = 133;
const REDIRECT = 137;
const INVERSE_SOLICITATION = 141;
const INVERSE_ADVERTISEMENT = 142;
const LISTENER_REPORT_V2 = 143;
const EXTENDED_REQUEST = 160;
const EXTENDED_REPLY = 161;
const TEREDO_PORT = 3544;
const NONCE_BYTES = 4;

/** What takes an echo reply's type and code out of a one's complement sum and puts a request's in. */
const ECHO_TYPE_DIFFERENCE = ~((ECHO_REPLY - ECHO_REQUEST) << 8) & 0xffff;

export const icmpv6 = protocol({
  id: 'icmpv6',
  title: 'Internet Control Message Protocol v6',
  short: 'ICMPv6',
  spec: 'RFC 4443',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [PROTOCOL_NUMBER] }],
  fields: icmpv6Fields,
  parse(layer) {
    layer.protocolName('ICMPv6');
    layer.info(() => '');
    if (!layer.has(HEADER)) return;
    const type = layer.peekU8();
    const code = layer.peekU8(1);
    layer.info(() => `${TYPE_NAMES[type] ?? `Unknown (${type})`}${codeWord(type, code)}`);
    layer.take('type');
    layer.take('code');
    layer.label(() => `Code: ${code}${codeWord(type, code)}`);
    takeChecksum(layer);
    body(layer, type, code);
  },
});

function codeWord(type: number, code: number): string {
  const names = CODE_NAMES[type];
  return names === undefined ? '' : ` (${names[code] ?? `Unknown (${code})`})`;
}

/** The checksum covers a pseudo header, too (RFC 4443 §2.3). */
function takeChecksum(layer: Icmpv6Layer): void {
  const { start, end, run } = layer;
  const at = layer.cursor;
  const found = layer.take('checksum');
  if (!run.remarks) return;
  if (run.quoted || run.fragmented || end < layer.reportedEnd || run.network === null) {
    layer.putGenerated('checksum.status', 2, at, 0);
    return;
  }
  const computed = internetChecksum(addWords(pseudoHeaderSum(run.network, PROTOCOL_NUMBER, end - start), layer.bytes, start, end));
  if (computed !== 0) layer.expert('checksum_bad.expert', 'warn', 'Checksum', `Bad checksum [should be 0x${expectedChecksum(found, computed).toString(16).padStart(4, '0')}]`);
  layer.putGenerated('checksum.status', computed === 0 ? 1 : 0, at, 0);
}

function body(layer: Icmpv6Layer, type: number, code: number): void {
  if (type >= 1 && type <= LAST_KNOWN_ERROR) putError(layer, type);
  else if (type === ECHO_REQUEST || type === ECHO_REPLY) echo(layer, type);
  else if (type >= LISTENER_QUERY && type <= LISTENER_DONE) putListenerMessage(layer, type === LISTENER_QUERY);
  else if ((type >= ROUTER_SOLICITATION && type <= REDIRECT) || type === INVERSE_SOLICITATION || type === INVERSE_ADVERTISEMENT) putNeighborMessage(layer, type);
  else if (type === LISTENER_REPORT_V2) putListenerReport(layer);
  else if (type === EXTENDED_REQUEST || type === EXTENDED_REPLY) extendedEcho(layer, type);
  else if (isSpecial(type)) putSpecial(layer, type, code);
  else unknown(layer, type);
}

function unknown(layer: Icmpv6Layer, type: number): void {
  layer.expert('undecoded.type', 'note', 'Undecoded', `Messages of type ${type} are not decoded`);
  if (layer.left > 0) layer.take('data', layer.left);
}

function echo(layer: Icmpv6Layer, type: number): void {
  layer.take('echo.identifier');
  layer.take('echo.sequence_number');
  if (layer.broken) return;
  const { bytes, start, run } = layer;
  layer.infoAppend(() => {
    const identifier = readU16(bytes, start + 4).toString(16).padStart(4, '0');
    const hops = run.network === null ? 0 : readU8(run.network.bytes, run.network.source - 1);
    return ` id=0x${identifier}, seq=${readU16(bytes, start + 6)}, hop limit=${hops}`;
  });
  // Asks whether a node can be reached without a relay; whoever answers gives the nonce back (RFC 4380 §5.2.9).
  if (type === ECHO_REQUEST && run.destinationPort === TEREDO_PORT) return void layer.take('nonce', NONCE_BYTES);
  putEchoPartner(layer, { isRequest: type === ECHO_REQUEST, typeDifference: ECHO_TYPE_DIFFERENCE, protocol: 'ICMPv6' });
  if (layer.reportedLeft > 0 && layer.has(1)) layer.data();
}

function extendedEcho(layer: Icmpv6Layer, type: number): void {
  layer.take('echo.identifier');
  takeExtendedEcho(layer, type === EXTENDED_REQUEST);
}
