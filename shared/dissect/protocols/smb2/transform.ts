/** Headers around encrypted and compressed messages (MS-SMB2 §2.2.41, §2.2.42). */
import { readU64le } from '../../../bytes/reader.ts';
import type { Smb2Layer } from './fields.ts';
import { takeFlags } from './fields.ts';
import { putSession } from './header.ts';

export function takeEncrypted(layer: Smb2Layer): void {
  layer.info(() => 'Encrypted SMB3');
  layer.group(null, () => {
    layer.take('protocol_id');
    layer.take('header.transform.signature', 16);
    layer.take('header.transform.nonce', 16);
    layer.take('header.transform.msg_size');
    layer.take('header.transform.reserved', 2);
    takeFlags(layer, 'header.transform.flags');
    const sessionId = layer.has(8) ? String(readU64le(layer.bytes, layer.cursor)) : '';
    layer.take('sesid');
    putSession(layer, sessionId);
  }, () => 'SMB2 Transform Header');
  if (layer.broken || layer.left === 0) return;
  layer.group(null, () => void layer.take('header.transform.enc_data', layer.left), () => 'Encrypted SMB3 data');
}

/** Decompression is left alone: the compressed bytes are shown. */
export function takeCompressed(layer: Smb2Layer): void {
  layer.info(() => 'Compressed SMB3');
  layer.group(null, () => {
    layer.take('protocol_id');
    layer.take('header.comp_transform.original_size');
    layer.take('header.comp_transform.comp_alg');
    const flags = layer.take('header.comp_transform.flags');
    layer.take((flags & 1) === 0 ? 'header.comp_transform.offset' : 'header.comp_transform.length');
  }, () => 'SMB2 Compression Transform Header');
  if (!layer.broken && layer.left > 0) layer.take('header.comp_transform.data', layer.left);
}
