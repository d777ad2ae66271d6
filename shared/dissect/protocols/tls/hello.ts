/** Client Hello and Server Hello (RFC 8446 §4.1, RFC 5246 §7.4.1). */
import { hexText } from '../../address-text.ts';
import { takeExtensions } from './extensions.ts';
import type { TlsLayer } from './fields.ts';
import { clientFingerprint, fingerprintHash, newHelloFacts, serverFingerprint } from './ja3.ts';
import type { HelloFacts } from './ja3.ts';
import { draftOf, effectiveVersion, TLS_1_3 } from './names.ts';
import { directionOf, learnSession, learnSuite, sessionOf } from './session.ts';
import { endVector, takeVector } from './vectors.ts';

const RANDOM_BYTES = 32;
const SUITE_BYTES = 2;
const EXTENSION_SUPPORTED_VERSIONS = 43;
const FIRST_DRAFT_LIKE_1_2 = 22;

/** SHA-256 of "HelloRetryRequest": such a Server Hello asks for another Client Hello (RFC 8446 §4.1.3). */
const RETRY_RANDOM = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** Version and random, which both hellos start with. */
function takeStart(layer: TlsLayer, hello: HelloFacts): void {
  hello.version = layer.take('handshake.version');
  const random = layer.cursor;
  layer.take('handshake.random', RANDOM_BYTES);
  // Up to TLS 1.2 the first four bytes are a time, or were meant to be.
  if (sessionOf(layer).version !== TLS_1_3 && !layer.broken) layer.inside(() => takeRandomParts(layer, random));
}

function takeSessionId(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.session_id_length', 1, end);
  if (stop > layer.cursor) layer.take('handshake.session_id', stop - layer.cursor);
}

function takeRandomParts(layer: TlsLayer, random: number): void {
  layer.cursor = random;
  layer.put('handshake.random_time', { seconds: layer.peekU32(), nanos: 0 }, random, 4);
  layer.skip(4);
  layer.take('handshake.random_bytes', RANDOM_BYTES - 4);
}

function takeSuites(layer: TlsLayer, end: number, hello: HelloFacts): void {
  const stop = takeVector(layer, 'handshake.cipher_suites_length', 2, end);
  if (stop < 0) return;
  const count = (stop - layer.cursor) >> 1;
  const last = stop - SUITE_BYTES + 1;
  layer.group('handshake.ciphersuites', () => layer.each(() => hello.suites.push(layer.take('handshake.ciphersuite')), last), () => `Cipher Suites (${count} suite${count === 1 ? '' : 's'})`);
  endVector(layer, stop);
}

function takeCompressionMethods(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.comp_methods_length', 1, end);
  if (stop < 0) return;
  const count = stop - layer.cursor;
  layer.group('handshake.comp_methods', () => layer.each(() => layer.take('handshake.comp_method'), stop), () => `Compression Methods (${count} method${count === 1 ? '' : 's'})`);
}

function putFingerprint(layer: TlsLayer, key: 'handshake.ja3' | 'handshake.ja3s', fingerprint: string): void {
  if (layer.broken) return;
  layer.putGenerated(`${key}_full`, fingerprint);
  layer.putGenerated(key, fingerprintHash(fingerprint));
}

export function takeClientHello(layer: TlsLayer, end: number): void {
  const session = learnSession(layer);
  if (session) session.serverDirection = directionOf(layer) === 0 ? 1 : 0;
  const hello = newHelloFacts();
  takeStart(layer, hello);
  takeSessionId(layer, end);
  takeSuites(layer, end, hello);
  takeCompressionMethods(layer, end);
  if (layer.cursor < end) takeExtensions(layer, end, 'client', hello);
  if (layer.run.items) putFingerprint(layer, 'handshake.ja3', clientFingerprint(hello));
}

/** True where the message at `start` (its body) is a Hello Retry Request. */
export function isRetryRequest(layer: TlsLayer, start: number): boolean {
  return layer.end - start >= RANDOM_BYTES + 2 && hexText(layer.bytes, start + 2, start + 2 + RANDOM_BYTES) === RETRY_RANDOM;
}

/** The version that a Server Hello settles on: the extension's where it has one. */
function agreedVersion(layer: TlsLayer, start: number, end: number): number {
  const ahead = (at: number): number => at - layer.cursor;
  const stated = layer.peekU16(ahead(start));
  let at = start + 2 + RANDOM_BYTES;
  at += 1 + layer.peekU8(ahead(at)) + 3 + 2;
  while (at + 4 <= end) {
    const type = layer.peekU16(ahead(at));
    if (type === EXTENSION_SUPPORTED_VERSIONS) return layer.peekU16(ahead(at + 4));
    at += 4 + layer.peekU16(ahead(at + 2));
  }
  return stated;
}

/** Learned before the message is read: how it is shown depends on the version. */
export function learnServerHello(layer: TlsLayer, start: number, end: number): void {
  const session = learnSession(layer);
  if (!session || end - start < RANDOM_BYTES + 2) return;
  const agreed = agreedVersion(layer, start, end);
  const version = effectiveVersion(agreed);
  if (version !== 0) {
    session.version = version;
    session.draft = draftOf(agreed);
  }
  session.serverDirection = directionOf(layer);
  session.resuming = true;
}

export function takeServerHello(layer: TlsLayer, end: number, isRetry: boolean): void {
  const hello = newHelloFacts();
  takeStart(layer, hello);
  // Drafts of TLS 1.3 before 22 had left out what the final version only pretends to use.
  const { draft } = sessionOf(layer);
  const isShort = draft > 0 && draft < FIRST_DRAFT_LIKE_1_2;
  if (!isShort) takeSessionId(layer, end);
  const suite = layer.take('handshake.ciphersuite');
  hello.suites.push(suite);
  if (!layer.broken) learnSuite(layer, suite);
  if (!isShort) layer.take('handshake.comp_method');
  if (layer.cursor < end) takeExtensions(layer, end, isRetry ? 'retry' : 'server', hello);
  if (layer.run.items) putFingerprint(layer, 'handshake.ja3s', serverFingerprint(hello));
}
