/** STUN as it was before 2008 (RFC 3489): no cookie, so only its types and lengths tell it. */
import { readU16, readU32, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { learnTransaction, timeSince, transactionOf } from './stun/transactions.ts';

const HEADER_BYTES = 20;
const ID_BYTES = 16;

const TYPES: Readonly<Record<number, string>> = {
  0x0001: 'Binding Request', 0x0101: 'Binding Response', 0x0111: 'Binding Error Response', 0x0002: 'Shared Secret Request', 0x0102: 'Shared Secret Response', 0x1112: 'Shared Secret Error Response',
  0x0003: 'Allocate Request', 0x0103: 'Allocate Response', 0x0113: 'Allocate Error Response', 0x0004: 'Send Request', 0x0104: 'Send Response', 0x0114: 'Send Error Response', 0x0115: 'Data Indication',
  0x0006: 'Set Active Destination Request', 0x0106: 'Set Active Destination Response', 0x0116: 'Set Active Destination Error Response',
};

const ATTRIBUTES: Readonly<Record<number, string>> = {
  0x0001: 'MAPPED-ADDRESS', 0x0002: 'RESPONSE-ADDRESS', 0x0003: 'CHANGE-REQUEST', 0x0004: 'SOURCE-ADDRESS', 0x0005: 'CHANGED-ADDRESS', 0x0006: 'USERNAME', 0x0007: 'PASSWORD', 0x0008: 'MESSAGE-INTEGRITY',
  0x0009: 'ERROR-CODE', 0x000b: 'REFLECTED-FROM', 0x000d: 'LIFETIME', 0x000e: 'ALTERNATE_SERVER', 0x000f: 'MAGIC_COOKIE', 0x0010: 'BANDWIDTH', 0x0011: 'DESTINATION_ADDRESS', 0x0012: 'REMOTE_ADDRESS',
  0x0013: 'DATA', 0x0014: 'NONCE', 0x0015: 'REALM', 0x0016: 'REQUESTED_ADDRESS_TYPE', 0x8020: 'XOR_MAPPED_ADDRESS', 0x0021: 'XOR_ONLY', 0x8022: 'SERVER', 0xc001: 'CONNECTION-REQUEST-BINDING', 0xc002: 'BINDING-CHANGE',
};

const fields = () => ({
  'response_in': { type: 'framenum', label: 'Response In' },
  'response_to': { type: 'framenum', label: 'Request In' },
  'time': { type: 'reltime', label: 'Time' },
  'type': { type: 'u16', base: 'hex', label: 'Message Type', names: TYPES },
  'length': { type: 'u16', base: 'hex', label: 'Message Length' },
  'id': { type: 'bytes', label: 'Message Transaction ID', size: ID_BYTES, help: 'The answer repeats it.' },
  'att': { type: 'none', label: 'Attributes' },
  'att.type': { type: 'u16', base: 'hex', label: 'Attribute Type', names: ATTRIBUTES },
  'att.length': { type: 'u16', label: 'Attribute Length' },
  'att.value': { type: 'bytes', label: 'Value' },
  'att.family': { type: 'u16', base: 'hex', label: 'Protocol Family', names: { 1: 'IPv4', 2: 'IPv6' } },
  'att.ipv4': { type: 'ipv4', label: 'IP', help: 'For MAPPED-ADDRESS: the address from which the server saw the request come.' },
  'att.ipv6': { type: 'ipv6', label: 'IP' },
  'att.port': { type: 'u16', label: 'Port' },
  'att.ipv4-xord': { type: 'ipv4', label: 'IP (XOR-d)' },
  'att.ipv6-xord': { type: 'ipv6', label: 'IP (XOR-d)' },
  'att.port-xord': { type: 'u16', label: 'Port (XOR-d)' },
  'att.change.ip': { type: 'bool', label: 'Change IP', size: 4, mask: 0x04 },
  'att.change.port': { type: 'bool', label: 'Change Port', size: 4, mask: 0x02 },
  'att.unknown': { type: 'u16', base: 'hex', label: 'Unknown Attribute' },
  'att.error.class': { type: 'u8', label: 'Error Class', mask: 0x07 },
  'att.error': { type: 'u8', label: 'Error Code' },
  'att.error.reason': { type: 'string', label: 'Error Reason Phase' },
  'att.server': { type: 'string', label: 'Server version' },
  'att.lifetime': { type: 'u32', label: 'Lifetime' },
  'att.magic.cookie': { type: 'u32', base: 'hex', label: 'Magic Cookie' },
  'att.bandwidth': { type: 'u32', label: 'Bandwidth' },
  'att.data': { type: 'bytes', label: 'Data' },
  'att.connection_request_binding': { type: 'string', label: 'Connection Request Binding' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** Only the type and the length can be looked at. */
function looksRight(peek: Peek): boolean {
  return peek.length >= HEADER_BYTES && peek.length === peek.u16(2) + HEADER_BYTES && Object.hasOwn(TYPES, peek.u16(0));
}

export const classicstun = protocol({
  id: 'classicstun',
  title: 'Simple Traversal of UDP Through NAT',
  short: 'CLASSIC-STUN',
  spec: 'RFC 3489 §11',
  osi: 7,
  guesses: [{ table: 'udp', rank: 80, accepts: looksRight }],
  fields,
  parse(layer) {
    const type = layer.peekU16();
    const words = TYPES[type] ?? '';
    const isRequest = (type & 0x0110) === 0;
    const idAt = layer.start + 4;
    layer.protocolName('CLASSIC-STUN');
    layer.info(() => `Message: ${words}`);
    layer.summary(() => `: ${words}`);
    learnTransaction(layer as unknown as Layer, idAt, ID_BYTES, isRequest);
    putTransaction(layer, idAt, isRequest);
    layer.take('type');
    const length = layer.take('length');
    layer.take('id');
    if (length > 0) layer.group('att', () => layer.each(() => takeAttribute(layer), layer.start + HEADER_BYTES + length));
  },
});

function putTransaction(layer: Own, idAt: number, isRequest: boolean): void {
  if (!layer.run.items || layer.run.quoted) return;
  const transaction = transactionOf(layer as unknown as Layer, idAt, ID_BYTES);
  if (transaction === undefined) return;
  if (isRequest) {
    if (transaction.response !== 0) layer.putGenerated('response_in', transaction.response);
  } else if (transaction.request !== 0) {
    layer.putGenerated('response_to', transaction.request);
    layer.putGenerated('time', timeSince(layer as unknown as Layer, transaction.time));
  }
}

function takeAttribute(layer: Own): void {
  const name = ATTRIBUTES[layer.peekU16()];
  const shown = name ?? `Unknown (0x${layer.peekU16().toString(16).padStart(4, '0')})`;
  layer.group(null, () => {
    const type = layer.take('att.type');
    const length = layer.take('att.length');
    const start = layer.cursor;
    if (layer.broken || start + length > layer.end) {
      if (!layer.broken) layer.label(() => `Attribute Length: ${length} (bogus, goes past the end of the message)`);
      layer.cursor = layer.end;
      return;
    }
    takeValue(layer, type, start, length);
    layer.cursor = start + length;
  }, () => `Attribute: ${shown}`);
}

const ADDRESSES: ReadonlySet<number> = new Set([0x0001, 0x0002, 0x0004, 0x0005, 0x000b, 0x000e, 0x0011, 0x0012]);
const VALUES: ReadonlySet<number> = new Set([0x0006, 0x0007, 0x0008]);
const NUMBERS: Readonly<Record<number, 'att.lifetime' | 'att.bandwidth' | 'att.magic.cookie'>> = { 0x000d: 'att.lifetime', 0x000f: 'att.magic.cookie', 0x0010: 'att.bandwidth' };
const ERROR = 0x0009;
const UNKNOWN_ATTRIBUTES = 0x000a;
const CHANGE_REQUEST = 0x0003;
const DATA = 0x0013;
const XOR_MAPPED_ADDRESS = 0x8020;
const SERVER = 0x8022;
const CONNECTION_REQUEST_BINDING = 0xc001;

function takeValue(layer: Own, type: number, start: number, length: number): void {
  const number = NUMBERS[type];
  if (ADDRESSES.has(type)) takeAddress(layer, start, length, false);
  else if (type === XOR_MAPPED_ADDRESS) takeAddress(layer, start, length, true);
  else if (VALUES.has(type)) layer.at('att.value', start, length);
  else if (number !== undefined && length >= 4) layer.at(number, start);
  else if (type === ERROR) takeError(layer, start, length);
  else if (type === UNKNOWN_ATTRIBUTES) for (let at = 0; at + 2 <= length && !layer.run.full; at += 2) layer.at('att.unknown', start + at);
  else if (type === CHANGE_REQUEST && length >= 4) {
    layer.at('att.change.ip', start);
    layer.at('att.change.port', start);
  } else if (type === DATA && length > 0) {
    layer.at('att.data', start, length);
    layer.data({ start, length });
  } else if (type === SERVER) layer.at('att.server', start, length);
  else if (type === CONNECTION_REQUEST_BINDING) layer.at('att.connection_request_binding', start, length);
}

function takeError(layer: Own, start: number, length: number): void {
  if (length < 4) return;
  layer.at('att.error.class', start + 2);
  layer.at('att.error', start + 3);
  if (length > 4) layer.at('att.error.reason', start + 4, length - 4);
}

/** The family stands in the second byte; XOR with the start of the transaction id hides an address. */
function takeAddress(layer: Own, start: number, length: number, isHidden: boolean): void {
  if (length < 4) return;
  const { bytes } = layer;
  const key = layer.start + 4;
  const family = readU8(bytes, start + 1);
  layer.put('att.family', family, start + 1, 1);
  if (isHidden) {
    layer.at('att.port-xord', start + 2);
    layer.putGenerated('att.port', readU16(bytes, start + 2) ^ (readU32(bytes, key) >>> 16), start + 2, 2);
  } else layer.at('att.port', start + 2);
  const size = family === 1 ? 4 : family === 2 ? 16 : 0;
  if (size === 0 || length < 4 + size) return;
  layer.at(isHidden ? (size === 4 ? 'att.ipv4-xord' : 'att.ipv6-xord') : size === 4 ? 'att.ipv4' : 'att.ipv6', start + 4);
  if (!isHidden) return;
  const address = bytes.slice(start + 4, start + 4 + size).map((byte, index) => byte ^ readU8(bytes, key + index));
  layer.putGenerated(size === 4 ? 'att.ipv4' : 'att.ipv6', address, start + 4, size);
}
