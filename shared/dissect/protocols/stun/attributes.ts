/** Attributes: type, length, value, and padding to four bytes (RFC 8489 §14). */
import { readU16, readU8 } from '../../../bytes/reader.ts';
import { ipv4Text, ipv6Text } from '../../address-text.ts';
import { shownText } from '../http/lines.ts';
import type { Attribute } from './attribute.ts';
import { handOnCarried } from './carried.ts';
import type { StunKey, StunLayer } from './fields.ts';
import { takeFingerprint } from './fingerprint.ts';
import { ATTRIBUTES, ERRORS } from './names.ts';

const HEADER_BYTES = 4;


type AttributeReader = (layer: StunLayer, attribute: Attribute) => void;

/** A value that is one field, or several of fixed size side by side. */
function plain(...keys: readonly (readonly [key: StunKey, at: number, size: number])[]): AttributeReader {
  return (layer, { start, length }) => {
    for (const [key, at, size] of keys) if (at + size <= length) layer.at(key, start + at, size);
  };
}

/** A value that is one field as a whole. */
function whole(key: StunKey): AttributeReader {
  return (layer, { start, length }) => void layer.at(key, start, length);
}

/** Text that Info repeats behind `words`; the tree always does. */
function text(key: StunKey, words: string): AttributeReader {
  return (layer, { start, length, name, entry }) => {
    layer.at(key, start, length);
    const value = (): string => shownText(layer.bytes, start, textEnd(layer, start, length));
    layer.labelOf(entry, () => `${name}: ${value()}`);
    if (words !== '') layer.infoAppend(() => ` ${words}: ${value()}`);
  };
}

/** A NUL ends a text. */
function textEnd(layer: StunLayer, start: number, length: number): number {
  const nul = layer.bytes.indexOf(0, start);
  return nul >= 0 && nul < start + length ? nul : start + length;
}

const mapped: AttributeReader = (layer, attribute) => takeAddress(layer, attribute, false, true);
const xorMapped: AttributeReader = (layer, attribute) => takeAddress(layer, attribute, true, true);
/** Of RFC 3489: not repeated in Info. */
const deprecated: AttributeReader = (layer, attribute) => takeAddress(layer, attribute, false, false);
const siteResponse = plain(['att.address_rp.valid', 0, 4], ['att.address_rp.pstn', 0, 4], ['att.address_rp.reserved', 0, 4], ['att.address_rp.masb', 4, 4], ['att.address_rp.marb', 8, 4]);
const relaySiteResponse = plain(['att.address_rp.valid', 0, 4], ['att.address_rp.reserved', 0, 4], ['att.address_rp.masb', 4, 4], ['att.address_rp.marb', 8, 4]);
const icmp = plain(['att.icmp.type', 0, 1], ['att.icmp.code', 1, 1]);

const READERS: Readonly<Record<number, AttributeReader>> = {
  0x0001: mapped,
  0x0002: deprecated,
  0x0003: plain(['att.change-ip', 0, 4], ['att.change-port', 0, 4]),
  0x0004: deprecated,
  0x0005: deprecated,
  0x0006: text('att.username', 'user'),
  0x0007: whole('att.password'),
  0x0008: whole('att.hmac'),
  0x0009: takeError,
  0x000a: takeUnknownTypes,
  0x000b: deprecated,
  0x000c: takeChannel,
  0x000d: takeNumber('att.lifetime', 'lifetime'),
  0x000e: mapped,
  0x000f: plain(['att.magic_cookie', 0, 4]),
  0x0010: takeNumber('port.bandwidth', 'bandwidth'),
  0x0011: deprecated,
  0x0012: xorMapped,
  0x0013: takeData,
  0x0014: text('att.realm', 'realm'),
  0x0015: takeNonce,
  0x0016: xorMapped,
  0x0017: plain(['att.family', 0, 1], ['att.reserved', 1, 3]),
  0x0018: plain(['att.even-port.reserve-next', 0, 1]),
  0x0019: takeTransport,
  0x001d: takeAlgorithm,
  0x0020: xorMapped,
  0x0022: plain(['att.token', 0, 8]),
  0x0024: plain(['att.priority', 0, 4]),
  0x0026: (layer, { start, length }) => {
    if (layer.reaches(start + length)) layer.put('att.padding', length, start, length);
  },
  0x0027: xorMapped,
  0x0028: xorMapped,
  0x0030: icmp,
  0x8002: takeAlgorithm,
  0x8004: icmp,
  0x8006: whole('att.unknown8006'),
  0x8008: takeVersion,
  0x8020: xorMapped,
  0x8022: text('att.software', ''),
  0x8023: mapped,
  0x8027: plain(['att.cache-timeout', 0, 4]),
  0x8028: takeFingerprint,
  0x8029: plain(['att.tie-breaker', 0, 8]),
  0x802a: plain(['att.tie-breaker', 0, 8]),
  0x802b: mapped,
  0x802c: mapped,
  0x8050: plain(['att.ms.connection_id', 0, 20], ['att.ms.sequence_number', 20, 4]),
  0x8054: plain(['att.ms.foundation', 0, 4]),
  0x8055: plain(['att.ms.stream_type', 0, 2], ['att.ms.service_quality', 2, 2]),
  0x8056: plain(['att.reserved', 0, 2], ['att.bandwidth_acm.type', 2, 2]),
  0x8057: plain(['att.bandwidth_rsv_id', 0, 16]),
  0x8058: plain(['att.bandwidth_rsv_amount.masb', 0, 4], ['att.bandwidth_rsv_amount.misb', 4, 4], ['att.bandwidth_rsv_amount.marb', 8, 4], ['att.bandwidth_rsv_amount.mirb', 12, 4]),
  0x8059: xorMapped,
  0x805a: xorMapped,
  0x805b: xorMapped,
  0x805c: xorMapped,
  0x805d: siteResponse,
  0x805e: relaySiteResponse,
  0x805f: siteResponse,
  0x8060: relaySiteResponse,
  0x8061: whole('att.sip_dialog_id'),
  0x8062: whole('att.sip_call_id'),
  0x8068: plain(['att.lp.peer_location', 0, 1], ['att.lp.seft_location', 1, 1], ['att.lp.federation', 2, 1], ['att.reserved', 3, 1]),
  0x8070: plain(['att.ms.version.ice', 0, 4]),
  0x8090: mapped,
  0x8095: plain(['att.ms.multiplexed_turn_session_id', 0, 8]),
  0xc057: plain(['att.google.network_id', 0, 2], ['att.google.network_cost', 2, 2]),
};

/** All attributes from the cursor to `stop`, the end of the message that starts at `message`. */
export function takeAttributes(layer: StunLayer, message: number, stop: number): void {
  layer.group('attributes', () => {
    layer.each(() => {
      const type = layer.peekU16();
      const length = layer.peekU16(2);
      if (!layer.has(HEADER_BYTES)) return;
      takeAttribute(layer, type, length, message, stop);
    }, stop);
  });
}

function takeAttribute(layer: StunLayer, type: number, length: number, message: number, stop: number): void {
  const { run, cursor } = layer;
  const name = ATTRIBUTES[type];
  const padded = length + ((4 - (length % 4)) % 4);
  // Only of types that it knows tshark asks whether they end within the message.
  const isWithin = name === undefined || cursor + HEADER_BYTES + padded <= stop;
  const entry = run.tape.count;
  if (name === undefined) {
    layer.text(() => `Unknown attribute 0x${type.toString(16).padStart(4, '0')}`, cursor, 2);
    layer.expert('unknown_attribute', 'warn', 'Undecoded', `Unknown attribute 0x${type.toString(16).padStart(4, '0')}`);
  } else {
    layer.put('attribute', type, cursor, Math.min(isWithin ? HEADER_BYTES + padded : HEADER_BYTES, Math.min(stop, layer.end) - cursor));
    layer.labelOf(entry, () => name);
  }
  layer.inside(() => {
    takeType(layer, name);
    if (isWithin) layer.take('att.length');
    else {
      layer.put('att.length', padded, layer.cursor, 2);
      layer.label(() => `Attribute Length: ${length} (bogus, goes past the end of the message)`);
      layer.cursor = Math.min(stop, layer.end);
      return;
    }
    if (!layer.reaches(layer.cursor + length)) return;
    takeValue(layer, { type, name: name ?? '', start: layer.cursor, length, message, entry });
    const padding = padded - length;
    const room = Math.min(stop, layer.end) - layer.cursor - length;
    if (padding > 0 && (room > 0 || stop <= layer.end)) layer.put('att.padding', padding, layer.cursor + length, Math.max(0, Math.min(padding, room)));
    layer.cursor = Math.min(stop, layer.end, layer.cursor + padded);
  });
}

function takeType(layer: StunLayer, name: string | undefined): void {
  if (name === undefined) layer.skip(2);
  else {
    layer.take('att.type');
    layer.label(() => `Attribute Type: ${name}`);
    layer.flags('att.type');
  }
}

function takeValue(layer: StunLayer, attribute: Attribute): void {
  const reader = READERS[attribute.type];
  if (reader !== undefined) reader(layer, attribute);
  else if (attribute.length > 0) layer.at('value', attribute.start, attribute.length);
}

// ── values with a reader of their own ────────────────────────────────────────

/** Family, port and address; hidden by XOR with cookie and transaction id where told (RFC 8489 §14.1, §14.2). */
function takeAddress(layer: StunLayer, { start, length, name, message, entry }: Attribute, isHidden: boolean, isTold: boolean): void {
  if (length < 1) return;
  layer.at('att.reserved', start, 1);
  if (length < 2) return;
  const family = layer.at('att.family', start + 1);
  if (length < 4) return;
  const { bytes } = layer;
  const port = readU16(bytes, start + 2) ^ (isHidden ? readU16(bytes, message + 4) : 0);
  if (isHidden) layer.at('att.port-xord', start + 2);
  layer.put('att.port', port, start + 2, 2, { generated: isHidden });
  const size = family === 1 ? 4 : family === 2 ? 16 : 0;
  if (size === 0 || length < 4 + size) return;
  const address = bytes.slice(start + 4, start + 4 + size);
  if (isHidden) {
    layer.at(size === 4 ? 'att.ipv4-xord' : 'att.ipv6-xord', start + 4);
    for (let index = 0; index < size; index += 1) address[index] = (address[index] ?? 0) ^ readU8(bytes, message + 4 + index);
  }
  layer.put(size === 4 ? 'att.ipv4' : 'att.ipv6', address, start + 4, size, { generated: isHidden });
  const told = (): string => `${size === 4 ? ipv4Text(address, 0) : ipv6Text(address, 0)}:${port}`;
  layer.labelOf(entry, () => `${name}${isTold ? '' : ' (Deprecated)'}: ${told()}`);
  if (isTold) layer.infoAppend(() => ` ${name}: ${told()}`);
}

function takeError(layer: StunLayer, { start, length, name, entry }: Attribute): void {
  if (length < 2) return;
  layer.at('att.reserved', start, 2);
  if (length < 4) return;
  layer.at('att.error.class', start + 2);
  layer.at('att.error', start + 3);
  const code = readU8(layer.bytes, start + 2) * 100 + readU8(layer.bytes, start + 3);
  const words = `${code} (${ERRORS[code] ?? '*Unknown error code*'})`;
  const reason = (): string => (length < 5 ? '' : shownText(layer.bytes, start + 4, textEnd(layer, start + 4, length - 4)));
  if (length >= 5) layer.at('att.error.reason', start + 4, length - 4);
  layer.labelOf(entry, () => `${name} ${words}${length < 5 ? '' : `: ${reason()}`}`);
  layer.infoAppend(() => ` error-code: ${words}${length < 5 ? '' : ` ${reason()}`}`);
}

function takeUnknownTypes(layer: StunLayer, { start, length }: Attribute): void {
  for (let at = 0; at + 2 <= length && !layer.run.full; at += 2) layer.at('att.unknown', start + at);
}

function takeChannel(layer: StunLayer, { start, length, name, entry }: Attribute): void {
  if (length < 4) return;
  const channel = layer.at('att.channelnum', start);
  layer.at('att.reserved', start + 2, 2);
  layer.labelOf(entry, () => `${name}: 0x${channel.toString(16)}`);
  layer.infoAppend(() => ` ChannelNumber=0x${channel.toString(16)}`);
}

function takeNumber(key: 'att.lifetime' | 'port.bandwidth', words: string): AttributeReader {
  return (layer, { start, length, name, entry }) => {
    if (length < 4) return;
    const value = layer.at(key, start);
    layer.labelOf(entry, () => `${name} ${value}`);
    layer.infoAppend(() => ` ${words}: ${value}`);
  };
}

/** What the relay has received, or is to send on. */
function takeData(layer: StunLayer, { start, length }: Attribute): void {
  if (length === 0) return;
  layer.at('value', start, length);
  handOnCarried(layer, start, length);
}

function takeNonce(layer: StunLayer, attribute: Attribute): void {
  text('att.nonce', '')(layer, attribute);
  layer.infoAppend(() => ' with nonce');
}

const TRANSPORTS: Readonly<Record<number, string>> = { 0x06: 'TCP', 0x11: 'UDP' };

function takeTransport(layer: StunLayer, { start, length, name, entry }: Attribute): void {
  if (length < 1) return;
  const transport = layer.at('att.transp', start);
  if (length < 4) return;
  const words = TRANSPORTS[transport] ?? `Unknown (0x${transport.toString(16).padStart(8)})`;
  layer.at('att.reserved', start + 1, 3);
  layer.labelOf(entry, () => `${name}: ${words}`);
  layer.infoAppend(() => ` ${words}`);
}

/** RFC 8489 §14.11, §14.12: one algorithm or several, each with parameters. */
function takeAlgorithm(layer: StunLayer, { start, length }: Attribute): void {
  for (let at = start; at + 4 <= start + length && !layer.run.full; ) {
    layer.at('att.pw_alg', at);
    const size = layer.at('att.pw_alg_len', at + 2);
    if (at + 4 + size > start + length) return layer.malformed();
    if (size > 0) layer.at('att.pw_alg_data', at + 4, size);
    at += 4 + size + ((4 - (size % 4)) % 4);
  }
}

const VERSIONS: Readonly<Record<number, string>> = { 1: 'ICE', 2: 'MS-ICE2', 3: 'MS-ICE2 with SHA256', 4: 'MS-ICE2 with SHA256 and IPv6', 5: 'MULTIPLEXED TURN over UDP only', 6: 'MULTIPLEXED TURN over UDP and TCP' };

function takeVersion(layer: StunLayer, { start, length, name, entry }: Attribute): void {
  if (length < 4) return;
  const version = layer.at('att.ms.version', start);
  layer.labelOf(entry, () => `${name}: ${VERSIONS[version] ?? 'Unknown'}`);
}
