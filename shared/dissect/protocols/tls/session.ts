/**
 * What one TLS conversation makes known about itself: which end is the server, which version
 * and suite were agreed on, and since when each side encrypts. Learned in the deep pass; every
 * packet of the conversation is shown with it, its first ones included.
 */
import { keyExchangeOf } from './cipher-suites.ts';
import type { KeyExchange } from './cipher-suites.ts';
import type { TlsLayer } from './fields.ts';
import { effectiveVersion, TLS_1_3 } from './names.ts';
import type { PendingMessage } from './fragments.ts';

export interface TlsSession {
  /** As in hellos and records, drafts taken as TLS 1.3; 0 while not known. */
  version: number;
  /** Number of TLS 1.3's draft, where a draft was agreed on; 0 otherwise. */
  draft: number;
  /** Direction of the server's packets; -1 while not known. */
  serverDirection: -1 | 0 | 1;
  /** What ALPN agreed on, as the name of a protocol; '' where it did not. */
  application: string;
  /** The server's choices of a suite, in order of packets. */
  readonly suites: { readonly packet: number; readonly suite: number }[];
  /** Packet of the first Change Cipher Spec of either direction; 0 where none was seen. */
  readonly cipherSince: [number, number];
  /** A Server Hello was seen, and nothing of a full handshake since: a session is resumed. */
  resuming: boolean;
  /** Handshake messages that go on in a later record, by direction. */
  readonly pending: [PendingMessage | null, PendingMessage | null];
}

export function newSession(): TlsSession {
  return { version: 0, draft: 0, serverDirection: -1, application: '', suites: [], cipherSince: [0, 0], resuming: false, pending: [null, null] };
}

const UNKNOWN: TlsSession = newSession();

/** To be changed: only in the deep pass and inside of a conversation, else null. */
export function learnSession(layer: TlsLayer): TlsSession | null {
  return layer.run.flow && !layer.run.quoted ? layer.learn(newSession) : null;
}

/** To be read: what is known by now. */
export function sessionOf(layer: TlsLayer): Readonly<TlsSession> {
  return (layer.run.flow ? layer.learned<TlsSession>() : undefined) ?? UNKNOWN;
}

export function directionOf(layer: TlsLayer): 0 | 1 {
  return layer.run.flow?.direction ?? 0;
}

/**
 * Takes the version from a record, where nothing better is known: a Client Hello says what
 * the client would like, every other message what was agreed on.
 */
export function learnVersion(layer: TlsLayer, contentType: number, handshakeType: number, version: number): void {
  const session = learnSession(layer);
  if (!session || session.version !== 0) return;
  const isClientHello = contentType === 22 && handshakeType === 1;
  if (!isClientHello) session.version = effectiveVersion(version);
}

/** Notes the server's choice of a suite. */
export function learnSuite(layer: TlsLayer, suite: number): void {
  const suites = learnSession(layer)?.suites;
  // The same once more says nothing new: the list grows with changes, not with packets.
  if (suites !== undefined && suites.at(-1)?.suite !== suite) suites.push({ packet: layer.packet.number, suite });
}

/** The way of exchanging keys that was agreed on last before this packet. */
export function keyExchangeAt(layer: TlsLayer): KeyExchange {
  const { suites } = sessionOf(layer);
  const packet = layer.packet.number;
  for (let index = suites.length - 1; index >= 0; index -= 1) {
    const choice = suites[index] as { packet: number; suite: number };
    if (choice.packet <= packet) return keyExchangeOf(choice.suite);
  }
  return 'none';
}

/** True where this direction has sent Change Cipher Spec in an earlier packet; TLS 1.3 means nothing by it. */
export function encryptsByNow(layer: TlsLayer): boolean {
  const session = sessionOf(layer);
  const since = session.cipherSince[directionOf(layer)];
  return session.version !== TLS_1_3 && since !== 0 && layer.packet.number > since;
}

export function isFromServer(layer: TlsLayer): boolean {
  return sessionOf(layer).serverDirection === directionOf(layer);
}
