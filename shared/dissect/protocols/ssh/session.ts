/** What both ends of a connection have told each other in the clear: versions, offers, and what they chose. */
import type { SshLayer } from './fields.ts';

/** The client's side, or the server's. */
export type Side = 0 | 1;
export const CLIENT = 0;
export const SERVER = 1;

/** Algorithms for one direction. */
export interface Algorithms {
  encryption: string | null;
  mac: string | null;
  compression: string | null;
}

/** Messages that are numbered; each once, as the key exchange is in the clear only once. */
export type Numbered = 'kexinit' | 'newkeys' | 'dhInit' | 'dhReply' | 'gexRequest' | 'gexGroup' | 'gexInit' | 'gexReply' | 'ecdhInit' | 'ecdhReply';

export interface Peer {
  /** Packets with the version line, 0 where it was not seen. */
  versionStart: number;
  versionEnd: number;
  /** Packets with the first and the last message of the key exchange; where in the latter it is over. */
  keyStart: number;
  keyEnd: number;
  keyEndOffset: number;
  sequence: number;
  readonly numbers: Partial<Record<Numbered, number>>;
  kexOffer: string | null;
  /** What this end offers for each direction. */
  readonly offers: readonly [Algorithms, Algorithms];
  /** What was chosen for what this end sends. */
  readonly chosen: Algorithms;
  /** Bytes of the checksum, -1 where nothing is known. */
  macLength: number;
  isLengthPlain: boolean;
}

export interface Session {
  version: 0 | 1 | 2;
  kex: string | null;
  readonly peers: readonly [Peer, Peer];
}

function noAlgorithms(): Algorithms {
  return { encryption: null, mac: null, compression: null };
}

function newPeer(): Peer {
  return {
    versionStart: 0, versionEnd: 0, keyStart: 0, keyEnd: 0, keyEndOffset: 0, sequence: 0, numbers: {}, kexOffer: null, offers: [noAlgorithms(), noAlgorithms()], chosen: noAlgorithms(), macLength: -1, isLengthPlain: false,
  };
}

function newSession(): Session {
  return { version: 0, kex: null, peers: [newPeer(), newPeer()] };
}

/** To be changed in the deep pass only; see `learns`. */
export function sessionOf(layer: SshLayer): Session {
  if (layer.run.flow === null) return newSession();
  return layer.learn(newSession) ?? layer.learned<Session>() ?? newSession();
}

export function learns(layer: SshLayer): boolean {
  return layer.run.pass === 'deep' && layer.run.flow !== null;
}

/**
 * Number of a message among those of its end, as Wireshark 4.0 counts: messages of some
 * exchanges are counted before they are numbered, others after.
 */
export function numberOf(layer: SshLayer, peer: Peer, name: Numbered, counts: 'before' | 'after'): number {
  const { numbers } = peer;
  if (learns(layer) && numbers[name] === undefined) {
    if (counts === 'before') peer.sequence += 1;
    numbers[name] = peer.sequence;
    if (counts === 'after') peer.sequence += 1;
  }
  return numbers[name] ?? 0;
}

/** RFC 4253 §7.1: the first of the client's that the server has, too. */
export function choose(client: string | null, server: string | null): string | null {
  if (client === null || server === null) return null;
  const offered = new Set(server.split(','));
  return client.split(',').find((name) => offered.has(name)) ?? null;
}

/** Ciphers that bring a checksum of their own, whatever was agreed on. */
export const OWN_MAC = /^(aes(128|256)-gcm|chacha20-poly1305)@openssh\.com$/;

/** Notes what both directions have agreed on. Deep pass only. */
export function chooseAll(session: Session): void {
  const [client, server] = session.peers;
  for (const side of [CLIENT, SERVER] as const) {
    const peer = session.peers[side];
    const { chosen } = peer;
    const pick = (kind: keyof Algorithms): string | null => choose(client.offers[side][kind], server.offers[side][kind]);
    chosen.encryption ??= pick('encryption');
    chosen.compression ??= pick('compression');
    if (chosen.encryption !== null && OWN_MAC.test(chosen.encryption)) {
      peer.macLength = 16;
      peer.isLengthPlain = chosen.encryption.startsWith('aes');
    } else {
      chosen.mac ??= pick('mac');
      noteMac(peer, chosen.mac);
    }
  }
}

const MAC_BYTES: Readonly<Record<string, number>> = { 'hmac-sha1': 20, 'hmac-md5': 16, 'hmac-ripemd160': 20, 'none': 0 };

/** Most names end with the checksum's bits; "-etm" leaves the packet's length in the clear. */
function noteMac(peer: Peer, name: string | null): void {
  if (name === null) return;
  if (name.includes('-etm@openssh.com')) peer.isLengthPlain = true;
  const plain = name.replace(/(-etm)?@openssh\.com.*/, '');
  const bits = Number(/-(\d+)$/.exec(plain)?.[1] ?? 0);
  if (bits > 0 && bits % 8 === 0) peer.macLength = bits / 8;
  else peer.macLength = MAC_BYTES[plain] ?? peer.macLength;
}
