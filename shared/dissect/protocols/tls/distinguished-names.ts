/** Names of certificate authorities, each in DER (X.501 §9). */
import { readBer } from '../../ber/reader.ts';
import { NAME_CONTENT } from '../x509/names.ts';
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
        if (nameEnd <= layer.cursor) return;
        layer.group('handshake.dname', () => layer.within(nameEnd, () => readBer(layer, NAME_CONTENT, { owner: layer.run.items ? layer.run.lastEntry : -1 })));
      }, stop),
    () => `Distinguished Names (${total} bytes)`,
  );
  endVector(layer, stop);
}
