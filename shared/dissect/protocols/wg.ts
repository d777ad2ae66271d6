/**
 * WireGuard: handshake messages and encrypted packets. Everything inside is encrypted; what can
 * be read is which session a message belongs to (wireguard.com/papers/wireguard.pdf §5.4).
 */
import { encodeBase64 } from '../../bytes/base64.ts';
import { readU32le, readU64le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { joinSession, learnAnswer, learnData, learnInitiation } from './wg/sessions.ts';

const INITIATION = 1;
const RESPONSE = 2;
const COOKIE = 3;
const DATA = 4;
const TYPES: Readonly<Record<number, string>> = { [INITIATION]: 'Handshake Initiation', [RESPONSE]: 'Handshake Response', [COOKIE]: 'Cookie Reply', [DATA]: 'Transport Data' };

/** Lengths of messages; those with data are at least so long. */
const LENGTHS: Readonly<Record<number, number>> = { [INITIATION]: 148, [RESPONSE]: 92, [COOKIE]: 64 };
const LEAST_DATA = 32;
const AUTHENTICATION_TAG = 16;

const fields = () => ({
  'type': { type: 'u8', label: 'Type', names: TYPES },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'sender': { type: 'u32le', label: 'Sender', base: 'hex', help: 'The number by which the other side is to address this session.' },
  'receiver': { type: 'u32le', label: 'Receiver', base: 'hex', help: 'The receiver\'s number for the session; it chose it in the handshake.' },
  'ephemeral': { type: 'string', label: 'Ephemeral', help: 'A public key made for this handshake alone.' },
  'ephemeral.known_privkey': { type: 'bool', label: 'Has Private Key', states: ['True', 'False'] },
  'encrypted_static': { type: 'none', label: 'Encrypted Static' },
  'encrypted_timestamp': { type: 'none', label: 'Encrypted Timestamp' },
  'encrypted_empty': { type: 'none', label: 'Encrypted Empty' },
  'mac1': { type: 'bytes', label: 'mac1' },
  'mac2': { type: 'bytes', label: 'mac2', help: 'Proves that the sender has got a cookie: asked for only under load.' },
  'nonce': { type: 'bytes', label: 'Nonce' },
  'encrypted_cookie': { type: 'bytes', label: 'Encrypted Cookie' },
  'counter': { type: 'u64le', label: 'Counter', help: 'Counts the packets of a session in one direction, against replay.' },
  'encrypted_packet': { type: 'none', label: 'Encrypted Packet' },
  'keepalive': { type: 'none', label: 'This is a Keepalive message' },
  'stream': { type: 'u32', label: 'Stream index' },
  'response_in': { type: 'framenum', label: 'Response in Frame' },
  'response_to': { type: 'framenum', label: 'Response to Frame' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const wireguard = protocol({
  id: 'wg',
  title: 'WireGuard Protocol',
  short: 'WireGuard',
  spec: 'wireguard.com/papers/wireguard.pdf §5.4',
  osi: 4,
  guesses: [{ table: 'udp', rank: 40, accepts: (peek) => isMessage(peek) && (peek.u32(0) & 0x00ff_ffff) === 0 }],
  accepts: isMessage,
  fields,
  parse(layer) {
    const { run } = layer;
    if (run.pass === 'deep' && run.flow !== null && !run.quoted) run.state.pin(run.flowKey(), run.packet.number, 'wg');
    layer.protocolName('WireGuard');
    const type = layer.take('type');
    layer.take('reserved', 3);
    layer.info(() => TYPES[type] ?? '');
    if (layer.broken) return;
    MESSAGES[type]?.(layer);
    if (!layer.broken) putSession(layer, type);
  },
});

function isMessage(peek: Peek): boolean {
  const type = peek.u8(0);
  return type === DATA ? peek.length >= LEAST_DATA : peek.length === LENGTHS[type];
}

function hex8(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;
}

function takeSender(layer: Own): void {
  const sender = layer.take('sender');
  layer.infoAppend(() => `, sender=${hex8(sender)}`);
}

function takeReceiver(layer: Own): void {
  const receiver = layer.take('receiver');
  layer.infoAppend(() => `, receiver=${hex8(receiver)}`);
}

function takeKey(layer: Own): void {
  const at = layer.cursor;
  if (!layer.has(32)) return;
  layer.put('ephemeral', encodeBase64(layer.bytes.subarray(at, at + 32)), at, 32);
  layer.skip(32);
  layer.inside(() => layer.putGenerated('ephemeral.known_privkey', 0));
}

function takeSealed(layer: Own, key: 'encrypted_static' | 'encrypted_timestamp' | 'encrypted_empty' | 'encrypted_packet', length: number): void {
  layer.put(key, null, layer.cursor, Math.min(length, layer.left));
  layer.skip(length);
}

function takeCodes(layer: Own): void {
  layer.take('mac1', 16);
  layer.take('mac2', 16);
}

const MESSAGES: Readonly<Record<number, (layer: Own) => void>> = {
  [INITIATION](layer) {
    takeSender(layer);
    takeKey(layer);
    takeSealed(layer, 'encrypted_static', 48);
    takeSealed(layer, 'encrypted_timestamp', 28);
    takeCodes(layer);
  },
  [RESPONSE](layer) {
    takeSender(layer);
    takeReceiver(layer);
    takeKey(layer);
    takeSealed(layer, 'encrypted_empty', 16);
    takeCodes(layer);
  },
  [COOKIE](layer) {
    takeReceiver(layer);
    layer.take('nonce', 24);
    layer.take('encrypted_cookie', 32);
  },
  [DATA](layer) {
    takeReceiver(layer);
    const sealed = layer.reportedEnd - layer.cursor - 8;
    const isKeepalive = sealed === AUTHENTICATION_TAG;
    layer.take('counter');
    if (layer.broken) return;
    const counter = readU64le(layer.bytes, layer.cursor - 8);
    if (isKeepalive) layer.info(() => `Keepalive, receiver=${hex8(readU32le(layer.bytes, layer.start + 4))}, counter=${counter}`);
    else layer.infoAppend(() => `, counter=${counter}, datalen=${sealed - AUTHENTICATION_TAG}`);
    layer.put('encrypted_packet', null, layer.cursor, layer.left);
    if (isKeepalive) layer.expert('keepalive', 'chat', 'Sequence', 'This is a Keepalive message');
  },
};

/** Which session the message belongs to, and what it answers. */
function putSession(layer: Own, type: number): void {
  const first = readU32le(layer.bytes, layer.start + 4);
  if (type === INITIATION) learnInitiation(layer, first);
  else if (type === RESPONSE) learnAnswer(layer, readU32le(layer.bytes, layer.start + 8), first);
  else if (type === COOKIE) learnAnswer(layer, first, null);
  else learnData(layer, first);
  const place = joinSession(layer);
  if (place === undefined) return;
  layer.putGenerated('stream', place.stream);
  if (place.peer === 0) return;
  layer.putGenerated(type === INITIATION ? 'response_in' : 'response_to', place.peer);
}
