/** Signature algorithms: one, or a list of them (RFC 8446 §4.2.3). */
import type { TlsLayer } from './fields.ts';
import { endVector, takeVector } from './vectors.ts';

export function takeSignatureAlgorithm(layer: TlsLayer): void {
  const at = layer.cursor;
  const scheme = layer.take('handshake.sig_hash_alg');
  if (layer.broken) return;
  layer.inside(() => {
    layer.put('handshake.sig_hash_hash', scheme >> 8, at, 1);
    layer.put('handshake.sig_hash_sig', scheme & 0xff, at + 1, 1);
  });
}

export function takeSignatureAlgorithms(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.sig_hash_alg_len', 2, end);
  if (stop < 0) return;
  const count = (stop - layer.cursor) >> 1;
  layer.group('handshake.sig_hash_algs', () => layer.each(() => takeSignatureAlgorithm(layer), stop), () => `Signature Hash Algorithms (${count} algorithm${count === 1 ? '' : 's'})`);
  endVector(layer, stop);
}
