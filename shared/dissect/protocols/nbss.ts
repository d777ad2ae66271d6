/** NetBIOS Session Service: cuts a stream into messages; over port 445 that is all it does (RFC 1002 §4.3, MS-SMB2 §2.1). */
import { protocol } from '../define.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { netbiosNameAt } from './nbns/name.ts';

const HEADER_BYTES = 4;
const SESSION_MESSAGE = 0x00;
const SESSION_REQUEST = 0x81;
const POSITIVE_RESPONSE = 0x82;
const NEGATIVE_RESPONSE = 0x83;
const RETARGET_RESPONSE = 0x84;
const KEEP_ALIVE = 0x85;
/** Over this port the length has 24 bits, and nothing but messages comes. */
const SMB_PORT = 445;
/** Names of a request: two of 34 bytes and more. */
const SHORTEST_REQUEST = 44;

const SMB = 0xff53_4d42;
const SMB2 = 0xfe53_4d42;
const SMB2_ENCRYPTED = 0xfd53_4d42;
const SMB2_COMPRESSED = 0xfc53_4d42;

const TYPES = { 0x00: 'Session message', 0x81: 'Session request', 0x82: 'Positive session response', 0x83: 'Negative session response', 0x84: 'Retarget session response', 0x85: 'Session keep-alive' } as const;
const ERRORS: Readonly<Record<number, string>> = { 0x80: 'Not listening on called name', 0x81: 'Not listening for calling name', 0x82: 'Called name not present', 0x83: 'Called name present, but insufficient resources', 0x8f: 'Unspecified error' };

const fields = () => ({
  'type': { type: 'u8', base: 'hex', label: 'Message Type', names: TYPES },
  'flags': { type: 'u8', base: 'hex', label: 'Flags' },
  'flags.e': { type: 'bool', label: 'Extend', of: 'flags', mask: 0x01, states: ['Add 65536 to length', 'Add 0 to length'] },
  'length': { type: 'u24', label: 'Length', help: 'Bytes of the message that follows.' },
  'error_code': { type: 'u8', base: 'hex', label: 'Error code', names: ERRORS },
  'retarget_ip_address': { type: 'ipv4', label: 'Retarget IP address' },
  'retarget_port': { type: 'u16', label: 'Retarget port' },
  'continuation_data': { type: 'bytes', label: 'Continuation data' },
  'called_name': { type: 'string', label: 'Called name' },
  'calling_name': { type: 'string', label: 'Calling name' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** Whether a message can begin with these bytes. */
function isHeader(peek: Peek, isPlain: boolean): boolean {
  const flags = peek.u8(1);
  const length = peek.u16(2);
  if (!isPlain && flags > 1) return false;
  switch (peek.u8(0)) {
    case SESSION_MESSAGE:
      return peek.length < HEADER_BYTES || length > 0 || flags > 0;
    case SESSION_REQUEST:
      return isPlain || length >= SHORTEST_REQUEST;
    case POSITIVE_RESPONSE:
    case KEEP_ALIVE:
      return length === 0;
    case NEGATIVE_RESPONSE:
      return length === 1;
    case RETARGET_RESPONSE:
      return length === 6;
    default:
      return false;
  }
}

export const nbss = protocol({
  id: 'nbss',
  title: 'NetBIOS Session Service',
  short: 'NBSS',
  spec: 'RFC 1002 §4.3',
  osi: 5,
  claims: [{ table: 'tcp.port', keys: [139, SMB_PORT] }],
  fields,
  parse(layer) {
    const { run } = layer;
    const isPlain = run.sourcePort === SMB_PORT || run.destinationPort === SMB_PORT;
    layer.protocolName('NBSS');
    if (layer.left < HEADER_BYTES || !isHeader(run.peek(layer as unknown as Layer, layer.cursor), isPlain)) return takeContinuation(layer);
    const first = layer.peekU8();
    layer.info(() => (first in TYPES ? TYPES[first as keyof typeof TYPES] : ''));
    layer.each((index) => takeNext(layer, isPlain, index));
  },
});

/** Bytes from the middle of a message whose start was not seen. */
function takeContinuation(layer: Own): void {
  layer.info(() => 'NBSS Continuation Message');
  layer.summary(() => ': continuation');
  layer.take('continuation_data', layer.left);
}

function takeNext(layer: Own, isPlain: boolean, index: number): void {
  const { run } = layer;
  const start = layer.cursor;
  const missing = layer.left < HEADER_BYTES ? HEADER_BYTES - layer.left : start + HEADER_BYTES + lengthOf(layer, isPlain) - layer.end;
  if (missing > 0 && layer.canDesegment) {
    layer.needMore(start, layer.left < HEADER_BYTES ? 'segment' : missing);
    return;
  }
  if (index > 0 && !isHeader(run.peek(layer as unknown as Layer, start), isPlain)) {
    layer.take('continuation_data', layer.left);
    return;
  }
  const end = start + HEADER_BYTES + lengthOf(layer, isPlain);
  layer.message(end, () => takeMessage(layer, isPlain, end));
}

/** 17 bits with the one from the flags; 24 bits over port 445. */
function lengthOf(layer: Own, isPlain: boolean): number {
  return isPlain ? layer.peekU24(1) : ((layer.peekU8(1) & 1) << 16) | layer.peekU16(2);
}

function takeMessage(layer: Own, isPlain: boolean, end: number): void {
  if (!layer.has(HEADER_BYTES)) return;
  const length = lengthOf(layer, isPlain);
  const type = layer.take('type');
  layer.summary(() => `: ${TYPES[type as keyof typeof TYPES] ?? ''}, ${length} bytes`);
  // SMB takes the flags for the upper bits of the length, whatever the port.
  if (type !== SESSION_MESSAGE || !isSmb(layer.peekU32(3))) {
    layer.at('flags', layer.cursor);
    layer.flags('flags');
  }
  layer.put('length', length, layer.cursor, 3);
  layer.skip(3);
  if (type === SESSION_MESSAGE) handOn(layer, end);
  else if (type === SESSION_REQUEST) takeNames(layer);
  else if (type === NEGATIVE_RESPONSE) {
    const code = layer.take('error_code');
    layer.infoAppend(() => `, ${ERRORS[code] ?? `Unknown (${code.toString(16)})`}`);
  } else if (type === RETARGET_RESPONSE) {
    layer.take('retarget_ip_address');
    layer.take('retarget_port');
  }
}

function isSmb(mark: number): boolean {
  return mark === SMB || mark === SMB2 || mark === SMB2_ENCRYPTED || mark === SMB2_COMPRESSED;
}

function handOn(layer: Own, end: number): void {
  if (end <= layer.cursor || !layer.has(1)) return;
  const mark = layer.peekU32();
  const options = { length: end - layer.cursor };
  const protocolId = mark === SMB ? 'smb' : isSmb(mark) ? 'smb2' : 'data';
  if (layer.call(protocolId, options) === null) layer.data(options);
}

/** Who calls whom. */
function takeNames(layer: Own): void {
  const called = takeName(layer, 'called_name', 'Called');
  const calling = called === null ? null : takeName(layer, 'calling_name', 'Calling');
  if (called !== null) layer.infoAppend(() => `, to ${called}${calling === null ? '' : ` from ${calling}`}`);
}

function takeName(layer: Own, key: 'called_name' | 'calling_name', words: string): string | null {
  const name = netbiosNameAt(layer.bytes, layer.cursor, layer.start, layer.end);
  if (name === null) {
    layer.reaches(layer.end + 1);
    return null;
  }
  layer.put(key, name.text, layer.cursor, name.size);
  if (name.service !== null) layer.label(() => `${words} name: ${name.text} (${name.service})`);
  layer.skip(name.size);
  return name.text;
}
