/** The name of the host, encrypted (draft-ietf-tls-esni-02 §5): a draft that Encrypted Client Hello replaced. */
import { takeKeyShareEntry } from './extensions-negotiation.ts';
import type { Carrier } from './extension-reader.ts';
import type { TlsLayer } from './fields.ts';
import { takeFixed, takeOpaqueIfAny } from './vectors.ts';

const NONCE_BYTES = 16;

export function takeEncryptedServerName(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (carrier === 'encrypted') takeFixed(layer, 'esni.nonce', NONCE_BYTES, end);
  if (carrier !== 'client') return;
  takeFixed(layer, 'esni.suite', 2, end);
  takeKeyShareEntry(layer, end);
  if (takeOpaqueIfAny(layer, 'esni.record_digest_length', 2, 'esni.record_digest', end)) takeOpaqueIfAny(layer, 'esni.encrypted_sni_length', 2, 'esni.encrypted_sni', end);
}
