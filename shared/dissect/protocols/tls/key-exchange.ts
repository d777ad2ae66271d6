/** Server and Client Key Exchange up to TLS 1.2: laid out by the suite's key exchange (RFC 5246 §7.4.3 and §7.4.7, RFC 8422 §5.4). */
import type { KeyExchange } from './cipher-suites.ts';
import type { TlsLayer } from './fields.ts';
import { SSL_3, TLS_1_2 } from './names.ts';
import { keyExchangeAt, sessionOf } from './session.ts';
import { takeSignatureAlgorithm } from './signatures.ts';
import { takeCounted } from './vectors.ts';

const NAMED_CURVE = 3;

type Reader = (layer: TlsLayer, end: number) => void;

function titled(title: string, read: Reader): Reader {
  return (layer, end) => layer.group(null, () => read(layer, end), () => title);
}

function takeSignature(layer: TlsLayer): void {
  if (sessionOf(layer).version === TLS_1_2) takeSignatureAlgorithm(layer);
  takeCounted(layer, 'handshake.sig_len', 'handshake.sig');
}

function takeHint(layer: TlsLayer): void {
  takeCounted(layer, 'handshake.hint_len', 'handshake.hint');
}

function takeIdentity(layer: TlsLayer): void {
  takeCounted(layer, 'handshake.identity_len', 'handshake.identity');
}

function takeServerPoint(layer: TlsLayer, end: number): boolean {
  if (layer.take('handshake.server_curve_type') !== NAMED_CURVE) {
    // Curves given by their parameters are forbidden since RFC 8422, and nobody sends them.
    layer.cursor = end;
    return false;
  }
  layer.take('handshake.server_named_curve');
  takeCounted(layer, 'handshake.server_point_len', 'handshake.server_point');
  return true;
}

function takeServerGroup(layer: TlsLayer): void {
  takeCounted(layer, 'handshake.p_len', 'handshake.p');
  takeCounted(layer, 'handshake.g_len', 'handshake.g');
  takeCounted(layer, 'handshake.ys_len', 'handshake.ys');
}

function takeServerRsa(layer: TlsLayer): void {
  takeCounted(layer, 'handshake.modulus_len', 'handshake.modulus');
  takeCounted(layer, 'handshake.exponent_len', 'handshake.exponent');
  takeSignature(layer);
}

const SERVER_READERS: Readonly<Partial<Record<KeyExchange, Reader>>> = {
  'ecdh': titled('EC Diffie-Hellman Server Params', (layer, end) => {
    if (takeServerPoint(layer, end)) takeSignature(layer);
  }),
  'ecdh-anonymous': titled('EC Diffie-Hellman Server Params', (layer, end) => void takeServerPoint(layer, end)),
  'ecdh-psk': titled('EC Diffie-Hellman PSK Server Params', (layer, end) => {
    takeHint(layer);
    takeServerPoint(layer, end);
  }),
  'dh': titled('Diffie-Hellman Server Params', (layer) => {
    takeServerGroup(layer);
    takeSignature(layer);
  }),
  'dh-anonymous': titled('Diffie-Hellman Server Params', takeServerGroup),
  'dh-psk': titled('Diffie-Hellman PSK Server Params', (layer) => {
    takeHint(layer);
    takeServerGroup(layer);
  }),
  'rsa': titled('RSA-EXPORT Server Params', takeServerRsa),
  'psk': titled('PSK Server Params', takeHint),
  'rsa-psk': titled('RSA PSK Server Params', takeHint),
};

function takeClientPoint(layer: TlsLayer): void {
  takeCounted(layer, 'handshake.client_point_len', 'handshake.client_point');
}

function takeClientGroup(layer: TlsLayer): void {
  takeCounted(layer, 'handshake.yc_len', 'handshake.yc');
}

/** SSL 3.0 leaves the length out: the message says it. */
function takePreMaster(layer: TlsLayer, end: number): void {
  if (sessionOf(layer).version === SSL_3) layer.take('handshake.epms', end - layer.cursor);
  else takeCounted(layer, 'handshake.epms_len', 'handshake.epms');
}

const CLIENT_READERS: Readonly<Partial<Record<KeyExchange, Reader>>> = {
  'ecdh': titled('EC Diffie-Hellman Client Params', takeClientPoint),
  'ecdh-anonymous': titled('EC Diffie-Hellman Client Params', takeClientPoint),
  'ecdh-psk': titled('EC Diffie-Hellman PSK Client Params', (layer) => {
    takeIdentity(layer);
    takeClientPoint(layer);
  }),
  'dh': titled('Diffie-Hellman Client Params', takeClientGroup),
  'dh-anonymous': titled('Diffie-Hellman Client Params', takeClientGroup),
  'dh-psk': titled('Diffie-Hellman PSK Client Params', (layer) => {
    takeIdentity(layer);
    takeClientGroup(layer);
  }),
  'rsa': titled('RSA Encrypted PreMaster Secret', takePreMaster),
  'psk': titled('PSK Client Params', takeIdentity),
  'rsa-psk': titled('RSA PSK Client Params', (layer, end) => {
    takeIdentity(layer);
    takePreMaster(layer, end);
  }),
};

export function takeServerKeyExchange(layer: TlsLayer, end: number): void {
  const reader = SERVER_READERS[keyExchangeAt(layer)];
  if (reader) reader(layer, end);
  else layer.cursor = end;
}

export function takeClientKeyExchange(layer: TlsLayer, end: number): void {
  const reader = CLIENT_READERS[keyExchangeAt(layer)];
  if (reader) reader(layer, end);
  else layer.cursor = end;
}
