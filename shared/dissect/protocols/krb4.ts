/** Kerberos 4, on the port of its successor (Miller, Neuman, Schiller, Saltzer: Kerberos Authentication and Authorization System, 1988). */
import { readUint, readUintLe } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { indexOfByte } from './http/lines.ts';

const fields = {
  'version': { type: 'u8', label: 'Version' },
  'auth_msg_type': { type: 'u8', label: 'Msg Type', base: 'hex' },
  'm_type': {
    type: 'u8', label: 'M Type', base: 'hex', of: 'auth_msg_type', mask: 0xfe,
    names: { 1: 'KDC Request', 2: 'KDC Reply', 3: 'Appl Request', 4: 'Appl Request Mutual', 5: 'Err Reply', 6: 'Private', 7: 'Safe', 8: 'Appl Err' },
  },
  'byte_order': { type: 'u8', label: 'Byte Order', base: 'hex', of: 'auth_msg_type', mask: 0x01, names: { 0: 'Big Endian', 1: 'Little Endian' }, help: 'Numbers are written as the sender\'s processor keeps them.' },
  'name': { type: 'string', encoding: 'ascii', label: 'Name' },
  'instance': { type: 'string', encoding: 'ascii', label: 'Instance', help: 'Tells several identities of one name apart, for example "root".' },
  'realm': { type: 'string', encoding: 'ascii', label: 'Realm' },
  'time_sec': { type: 'abstime', label: 'Time Sec' },
  'exp_date': { type: 'abstime', label: 'Exp Date' },
  'lifetime': { type: 'u8', label: 'Lifetime', show: (steps: number) => `${steps} (${steps * 5} minutes)` },
  's_name': { type: 'string', encoding: 'ascii', label: 'Service Name' },
  's_instance': { type: 'string', encoding: 'ascii', label: 'Service Instance' },
  'kvno': { type: 'u8', label: 'Kvno', help: 'Number of the key that the ticket is encrypted with.' },
  'length': { type: 'u32', label: 'Length' },
  'encrypted_blob': { type: 'bytes', label: 'Encrypted Blob' },
  'ticket.length': { type: 'u8', label: 'Ticket Length' },
  'request.length': { type: 'u8', label: 'Request Length' },
  'ticket.blob': { type: 'bytes', label: 'Ticket Blob' },
  'request.blob': { type: 'bytes', label: 'Request Blob' },
} as const satisfies Fields;

type Own = Layer<typeof fields>;

const VERSION = 4;
const MESSAGES = { kdcRequest: 1, kdcReply: 2, applicationRequest: 3 } as const;
const LAST_MESSAGE = 8;
const TIME_BYTES = 4;

/** Version and type are bytes, which messages of version 5 do not begin with. */
export function isKerberos4(peek: Peek): boolean {
  const message = peek.u8(1) >> 1;
  return peek.u8(0) === VERSION && message >= MESSAGES.kdcRequest && message <= LAST_MESSAGE;
}

/** A text up to the byte 0 behind it. */
function takeText(layer: Own, key: 'name' | 'instance' | 'realm' | 's_name' | 's_instance'): void {
  const { cursor } = layer;
  const end = indexOfByte(layer.bytes, 0, cursor, layer.end);
  if (!layer.reaches(end < 0 ? layer.end + 1 : end + 1)) return;
  layer.put(key, layer.bytes.subarray(cursor, end), cursor, end + 1 - cursor);
  layer.cursor = end + 1;
}

function takeIdentity(layer: Own): void {
  takeText(layer, 'name');
  takeText(layer, 'instance');
  takeText(layer, 'realm');
}

/** A number in the order of the sender's bytes. */
function uintAt(layer: Own, isLittle: boolean, size: number): number {
  return isLittle ? readUintLe(layer.bytes, layer.cursor, size) : readUint(layer.bytes, layer.cursor, size);
}

function takeTime(layer: Own, key: 'time_sec' | 'exp_date', isLittle: boolean): void {
  if (!layer.reaches(layer.cursor + TIME_BYTES)) return;
  layer.put(key, { seconds: uintAt(layer, isLittle, TIME_BYTES), nanos: 0 }, layer.cursor, TIME_BYTES);
  layer.cursor += TIME_BYTES;
}

function takeKdcRequest(layer: Own, isLittle: boolean): void {
  takeIdentity(layer);
  takeTime(layer, 'time_sec', isLittle);
  layer.take('lifetime');
  takeText(layer, 's_name');
  takeText(layer, 's_instance');
}

function takeKdcReply(layer: Own, isLittle: boolean): void {
  takeIdentity(layer);
  takeTime(layer, 'time_sec', isLittle);
  // How many tickets follow: always one.
  layer.skip(1);
  takeTime(layer, 'exp_date', isLittle);
  layer.take('kvno');
  if (!layer.reaches(layer.cursor + 2)) return;
  const length = uintAt(layer, isLittle, 2);
  layer.put('length', length, layer.cursor, 2);
  layer.cursor += 2;
  layer.take('encrypted_blob', length);
}

function takeApplicationRequest(layer: Own): void {
  layer.take('kvno');
  takeText(layer, 'realm');
  const ticketLength = layer.take('ticket.length');
  const requestLength = layer.take('request.length');
  layer.take('ticket.blob', ticketLength);
  layer.take('request.blob', requestLength);
}

export const krb4 = protocol({
  id: 'krb4',
  title: 'Kerberos v4',
  short: 'KRB4',
  spec: 'Kerberos 4 (1988)',
  osi: 7,
  fields: () => fields,
  parse(layer) {
    layer.protocolName('KRB4');
    layer.take('version');
    const type = layer.take('auth_msg_type');
    if (layer.broken) return;
    layer.flags('auth_msg_type');
    const message = type >> 1;
    const isLittle = (type & 1) !== 0;
    layer.info(() => fields.m_type.names[message as keyof typeof fields.m_type.names] ?? '');
    if (message === MESSAGES.kdcRequest) takeKdcRequest(layer, isLittle);
    else if (message === MESSAGES.kdcReply) takeKdcReply(layer, isLittle);
    else if (message === MESSAGES.applicationRequest) takeApplicationRequest(layer);
  },
});
