/** Names of certificate authorities, each in DER (X.501); shown as bytes. */
import type { TlsLayer } from './fields.ts';
import { endVector, takeVector } from './vectors.ts';

/** The authorities that the sender trusts. */
export function takeDistinguishedNames(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.dnames_len', 2, end);
  if (stop <= layer.cursor) return;
  const total = stop - layer.cursor;
  layer.group(
    'handshake.dnames',
    () =>
      layer.each(() => {
        const nameEnd = takeVector(layer, 'handshake.dname_len', 2, stop);
        if (nameEnd < 0) return;
        const length = nameEnd - layer.cursor;
        layer.put('handshake.dname', 0, layer.cursor, length);
        layer.label(() => `Distinguished Name (${length} bytes)`);
        layer.skip(length);
      }, stop),
    () => `Distinguished Names (${total} bytes)`,
  );
  endVector(layer, stop);
}
