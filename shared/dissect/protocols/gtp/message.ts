/** A GTP message: the headers of version 0, 1 and prime, what they announce, and what is carried. */
import type { Peek } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';
import { digitsText, takeElements } from './elements.ts';
import { takeExtensionHeaders } from './extension-headers.ts';
import type { gtpFields } from './fields.ts';
import { MESSAGES } from './names.ts';
import { FROM_PHONE, TO_PHONE } from './protocol-options.ts';
import type { Direction } from './protocol-options.ts';
import { putTransaction } from './transactions.ts';

type Own = LayerWith<ReturnType<typeof gtpFields>>;

const VERSION_1 = 1;
const VERSION_2 = 2;
const TUNNELS = 0x10;
const HAS_EXTENSION = 0x04;
const HAS_SEQUENCE = 0x02;
const HAS_NUMBER = 0x01;
const OPTIONAL = HAS_EXTENSION | HAS_SEQUENCE | HAS_NUMBER;
/** Of version 0 and of prime version 0: the header is as long as that of GTP, or short. */
const SHORT_HEADER = 0x01;
const USER_PACKET = 255;
/** Bytes of a long header behind the sequence number, which prime has no use for. */
const UNUSED = 14;
const SHORT_HEADER_BYTES = 6;
const LONG_HEADER_BYTES = 20;
/** The type that stands for none. */
const NO_MESSAGE = 0;

/** Which way messages about a phone's contexts go, by their type. */
const DIRECTIONS: Readonly<Record<number, Direction>> = {
  16: FROM_PHONE, 17: TO_PHONE, 18: FROM_PHONE, 19: TO_PHONE, 20: FROM_PHONE, 21: TO_PHONE, 22: FROM_PHONE, 23: TO_PHONE, 27: FROM_PHONE, 29: FROM_PHONE, 53: FROM_PHONE, 54: TO_PHONE,
};

export function isMessage(peek: Peek): boolean {
  if (peek.length < 2) return true;
  const version = peek.u8(0) >> 5;
  const type = peek.u8(1);
  return version === VERSION_2 || (version < VERSION_2 && type !== NO_MESSAGE && Object.hasOwn(MESSAGES, type));
}

/** Reads one message from the layer's start. `isPrime`: on the port of charging. */
export function takeMessage(layer: Own): void {
  if (!layer.has(2)) return;
  const flags = layer.peekU8();
  const version = flags >> 5;
  const type = layer.peekU8(1);
  if (version > VERSION_2 || (version === VERSION_2 && layer.protocol.id === 'gtp')) return otherVersion(layer);
  layer.protocolName('GTP');
  layer.info(() => MESSAGES[type] ?? 'Unknown');
  takeFlags(layer, flags);
  layer.take('message');
  const length = layer.take('length');
  if (layer.broken) return;
  const sequence = takeTunnel(layer, flags, length);
  if (sequence === null || layer.broken) return;
  if (type === USER_PACKET) {
    if ((flags & TUNNELS) !== 0) carry(layer);
  } else {
    takeElements(layer, version, DIRECTIONS[type] ?? -1);
    if (!layer.broken && sequence >= 0) putTransaction(layer, type, sequence);
  }
}

/** Version 2 is another protocol on the same ports. */
function otherVersion(layer: Own): void {
  layer.protocolName('GTP');
  layer.call('gtpv2', { start: layer.start }) ?? layer.data({ start: layer.start });
}

function takeFlags(layer: Own, flags: number): void {
  const isTunnel = (flags & TUNNELS) !== 0;
  layer.take('flags');
  if (!layer.run.items) return;
  layer.flag(isTunnel ? 'flags.version' : 'prim.flags.version');
  layer.flag('flags.payload');
  if (isTunnel && flags >> 5 === VERSION_1) for (const key of ['flags.reserved_v1', 'flags.e', 'flags.s', 'flags.pn'] as const) layer.flag(key);
  else {
    layer.flag('flags.reserved');
    if (isTunnel) layer.flag('flags.snn');
    else if (flags >> 5 === 0) layer.flag('flags.hdr_length');
  }
}

/**
 * The rest of the header. Gives the sequence number; -1 where there is none, null where what
 * follows cannot be read.
 */
function takeTunnel(layer: Own, flags: number, length: number): number | null {
  const version = flags >> 5;
  if ((flags & TUNNELS) !== 0 && version === VERSION_1) {
    layer.take('teid');
    if (!layer.broken) layer.shrink(8 + length);
    return takeOptional(layer, flags & OPTIONAL);
  }
  const sequence = layer.take('seq_number');
  if ((flags & TUNNELS) !== 0) takeLongHeader(layer);
  else {
    const isLong = version === 0 && (flags & SHORT_HEADER) === 0;
    if (isLong) layer.take('dummy_octets', UNUSED);
    if (!layer.broken) layer.shrink((isLong ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES) + length);
  }
  return sequence;
}

/** Version 0 (3GPP TS 09.60 §6). */
function takeLongHeader(layer: Own): void {
  layer.take('flow_label');
  layer.take('sndcp_number');
  layer.skip(3);
  if (!layer.has(8)) return;
  layer.put('tid', digitsText(layer.bytes, layer.cursor, layer.cursor + 8), layer.cursor, 8);
  layer.skip(8);
}

/** Four bytes that are there when any of the flags is set; each flag says which of them mean something. */
function takeOptional(layer: Own, flags: number): number | null {
  if (flags === 0) return -1;
  const at = layer.cursor;
  const sequence = layer.peekU16();
  if ((flags & HAS_SEQUENCE) !== 0) layer.at('seq_number', at);
  if (!layer.has(4)) return null;
  if ((flags & HAS_NUMBER) !== 0) layer.at('npdu_number', at + 2);
  layer.skip(4);
  if ((flags & HAS_EXTENSION) !== 0 && !takeExtensionHeaders(layer, layer.at('ext_hdr.next', at + 3))) return null;
  return (flags & HAS_SEQUENCE) === 0 ? -1 : sequence;
}

/** A subscriber's packet; its first bits say which version of IP it is. */
function carry(layer: Own): void {
  if (layer.left === 0) return;
  const first = layer.peekU8();
  if (first >= 0x45 && first <= 0x4e) layer.call('ip');
  else if (first >> 4 === 6) layer.call('ipv6');
  else layer.take('tpdu_data', layer.left);
  if (layer.run.layers.some(({ index, broken }) => index > layer.index && broken !== null)) return;
  layer.protocolName(`GTP <${layer.run.columns.protocol}>`);
}
