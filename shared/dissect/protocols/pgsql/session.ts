/** What a connection to PostgreSQL has agreed on: TLS, and how the client proves who it is. */
import type { PgsqlLayer } from './fields.ts';
import { startTls } from '../tls/start-tls.ts';

/** How a message of type 'p' is to be read: the server's last request tells. */
export type Proof = 'password' | 'gss' | 'saslInitial' | 'sasl';

interface Session {
  proof: Proof;
  /** A request for TLS waits for its answer of one byte. */
  awaitsTls: boolean;
}

/** What the deep pass notes about a packet. */
interface PgsqlFact {
  readonly proof: Proof;
  readonly isTlsAnswer: boolean;
}

function newSession(): Session {
  return { proof: 'password', awaitsTls: false };
}

const PROOFS: Readonly<Record<number, Proof>> = { 8: 'gss', 10: 'saslInitial', 11: 'sasl', 12: 'sasl' };

export function learnAuthentication(layer: PgsqlLayer, type: number): void {
  const proof = PROOFS[type];
  const session = proof === undefined ? null : layer.learn(newSession);
  if (session && proof !== undefined) session.proof = proof;
}

/** How this packet's proof is to be read. */
export function proofOf(layer: PgsqlLayer): Proof {
  const session = layer.learn(newSession);
  if (session && session.proof !== 'password') {
    const fact: PgsqlFact = { proof: session.proof, isTlsAnswer: false };
    layer.setFact(fact);
  }
  return layer.fact<PgsqlFact>()?.proof ?? 'password';
}

export function learnTlsRequest(layer: PgsqlLayer): void {
  const session = layer.learn(newSession);
  if (session) session.awaitsTls = true;
}

const WILLING = 0x53;

/** True for the byte by which the server answers a request for TLS; after an "S" the connection speaks TLS. */
export function isTlsAnswer(layer: PgsqlLayer): boolean {
  const session = layer.learn(newSession);
  if (session?.awaitsTls) {
    session.awaitsTls = false;
    if (layer.left === 1) {
      const fact: PgsqlFact = { proof: 'password', isTlsAnswer: true };
      layer.setFact(fact);
      if (layer.peekU8() === WILLING) startTls(layer);
    }
  }
  return layer.fact<PgsqlFact>()?.isTlsAnswer === true;
}
