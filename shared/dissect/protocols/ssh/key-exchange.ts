/** Packets of version 2 in the clear: the key exchange, from its first message to New Keys (RFC 4253 §6-8). */
import { nameOf } from '../../values.ts';
import { EXCHANGE_MESSAGES, MESSAGES } from './fields.ts';
import type { SshLayer } from './fields.ts';
import { takeCounted, takeHostKey, takeNumber, takeSignature } from './numbers.ts';
import { takeOffers } from './offers.ts';
import { chooseAll, CLIENT, learns, numberOf, SERVER } from './session.ts';
import type { Numbered, Session, Side } from './session.ts';

const KEXINIT = 20;
const NEWKEYS = 21;
const LENGTH_BYTES = 4;
/** Longer packets are taken for what is left of the segment. */
const LONGEST_PACKET = 0xffff;
/** Longer keys are remarked on. */
const LONGEST_KEY = 512;

/** True where the packet at the cursor is not all there; then the rest has been asked for. */
export function asksForMore(layer: SshLayer): boolean {
  if (!layer.canDesegment) return false;
  const { left } = layer;
  const want = left < LENGTH_BYTES ? 0 : (layer.peekU32() + LENGTH_BYTES) >>> 0;
  if (left >= LENGTH_BYTES && want <= left) return false;
  layer.needMore(layer.cursor, left < LENGTH_BYTES ? 'segment' : want - left);
  return true;
}

export function takeExchangePacket(layer: SshLayer, session: Session, side: Side): void {
  const start = layer.cursor;
  let length = layer.take('packet_length');
  if (layer.broken) return;
  if (length >= LONGEST_PACKET) {
    layer.expert('packet_length.error', 'warn', 'Protocol', `Overly large number ${length | 0}`);
    length = layer.left;
  }
  const padding = layer.take('padding_length');
  let sequence = 0;
  layer.group(
    null,
    () => {
      sequence = takeMessage(layer, session, side);
      const rest = length + LENGTH_BYTES - padding - (layer.cursor - start);
      if (layer.broken) return;
      if (rest < 0) layer.malformed();
      else if (rest > 0) layer.take('payload', rest);
    },
    () => (session.kex === null ? 'Key Exchange' : `Key Exchange (method:${session.kex})`),
  );
  layer.take('padding_string', padding);
  layer.put('seq_num', sequence, layer.cursor, 0);
}

/** Gives the message's number. */
function takeMessage(layer: SshLayer, session: Session, side: Side): number {
  const code = layer.peekU8();
  const method = methodOf(session.kex);
  const isOwn = code >= 30 && code < 40;
  const names = isOwn ? EXCHANGE_MESSAGES[method] : MESSAGES;
  layer.take('message_code');
  if (layer.broken) return 0;
  const name = nameOf(names, code);
  layer.label(() => `Message Code: ${name ?? 'Unknown'} (${code})`);
  layer.infoAppend(() => name ?? `Unknown (${code})`, ', ');
  if (isOwn) return METHODS[method](layer, session, code);
  if (code === KEXINIT) return takeInit(layer, session, side);
  return code === NEWKEYS ? takeNewKeys(layer, session, side) : 0;
}

function takeInit(layer: SshLayer, session: Session, side: Side): number {
  takeOffers(layer, session, side);
  const peer = session.peers[side];
  const { number } = layer.packet;
  if (peer.keyStart !== 0 && peer.keyStart !== number) return peer.numbers.kexinit ?? 0;
  if (learns(layer)) peer.keyStart = number;
  return numberOf(layer, peer, 'kexinit', 'after');
}

/** RFC 4253 §7.3: what this end sends from here on is encrypted. */
function takeNewKeys(layer: SshLayer, session: Session, side: Side): number {
  const peer = session.peers[side];
  if (learns(layer) && peer.keyEnd === 0) {
    peer.keyEnd = layer.packet.number;
    peer.keyEndOffset = layer.cursor - layer.start;
  }
  return numberOf(layer, peer, 'newkeys', 'after');
}

// ── what the methods exchange ────────────────────────────────────────────────

type Method = 'dh' | 'gex' | 'ecdh';

function methodOf(kex: string | null): Method {
  if (kex === null) return 'dh';
  if (/^diffie-hellman-group-exchange-sha(1|256)$/.test(kex)) return 'gex';
  return kex.startsWith('ecdh-sha2-') || /^(curve25519-sha256(@libssh\.org)?|curve448-sha512)$/.test(kex) ? 'ecdh' : 'dh';
}

const METHODS: Readonly<Record<Method, (layer: SshLayer, session: Session, code: number) => number>> = { dh: takeDiffieHellman, gex: takeGroupExchange, ecdh: takeEllipticCurve };

function count(layer: SshLayer, session: Session, side: Side, name: Numbered, counts: 'before' | 'after'): number {
  return layer.broken ? 0 : numberOf(layer, session.peers[side], name, counts);
}

/** Remarks on a public key, at the cursor, that is empty or longer than any in use. */
function checkKey(layer: SshLayer): void {
  const length = layer.peekU32();
  if (layer.left < LENGTH_BYTES) return;
  if (length === 0 || length > LONGEST_KEY) {
    layer.text(() => `Invalid key length: ${length}`, layer.cursor, 2);
    layer.expert('key_length.error', 'error', 'Protocol', `Invalid key length: ${length}`);
  }
}

/** RFC 4253 §8. */
function takeDiffieHellman(layer: SshLayer, session: Session, code: number): number {
  if (code === 30) {
    checkKey(layer);
    takeNumber(layer, 'dh.e');
    return count(layer, session, CLIENT, 'dhInit', 'before');
  }
  if (code !== 31) return 0;
  takeHostKey(layer);
  checkKey(layer);
  if (learns(layer)) chooseAll(session);
  takeNumber(layer, 'dh.f');
  takeSignature(layer);
  return count(layer, session, SERVER, 'dhReply', 'before');
}

/** RFC 4419 §5. */
function takeGroupExchange(layer: SshLayer, session: Session, code: number): number {
  switch (code) {
    case 30:
      layer.take('dh_gex.nbits');
      return 0;
    case 31:
      takeNumber(layer, 'dh_gex.p');
      takeNumber(layer, 'dh_gex.g');
      return count(layer, session, SERVER, 'gexGroup', 'before');
    case 32:
      takeNumber(layer, 'dh.e');
      return count(layer, session, CLIENT, 'gexInit', 'before');
    case 33:
      takeHostKey(layer);
      takeNumber(layer, 'dh.f');
      takeSignature(layer);
      return count(layer, session, SERVER, 'gexReply', 'before');
    case 34:
      layer.take('dh_gex.min');
      layer.take('dh_gex.nbits');
      layer.take('dh_gex.max');
      return count(layer, session, CLIENT, 'gexRequest', 'before');
    default:
      return 0;
  }
}

/** RFC 5656 §4, RFC 8731 §3. */
function takeEllipticCurve(layer: SshLayer, session: Session, code: number): number {
  if (code === 30) {
    checkKey(layer);
    takeCounted(layer, 'ecdh.q_c_length', 'ecdh.q_c');
    return count(layer, session, CLIENT, 'ecdhInit', 'after');
  }
  if (code !== 31) return 0;
  takeHostKey(layer);
  checkKey(layer);
  if (learns(layer)) chooseAll(session);
  takeCounted(layer, 'ecdh.q_s_length', 'ecdh.q_s');
  takeSignature(layer);
  return count(layer, session, SERVER, 'ecdhReply', 'after');
}
