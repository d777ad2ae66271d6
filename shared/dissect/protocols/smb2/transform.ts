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
    if (isChained(layer)) layer.each(() => layer.group(null, () => takePayload(layer), () => 'COMPRESSION_PAYLOAD_HEADER'));
    else {
      layer.take('header.comp_transform.comp_alg');
      layer.take('header.comp_transform.flags');
      layer.take('header.comp_transform.offset');
    }
  }, () => 'SMB2 Compression Transform Header');
  if (!layer.broken && layer.left > 0) layer.take('header.comp_transform.data', layer.left);
}

const FLAGS_AHEAD = 2;
const ORIGINAL_SIZE_BYTES = 4;
/** LZNT1, LZ77 and LZ77+Huffman tell how long the payload was. */
const WITH_ORIGINAL_SIZE: ReadonlySet<number> = new Set([1, 2, 3]);

function isChained(layer: Smb2Layer): boolean {
  return (layer.peekU8(FLAGS_AHEAD) & 1) !== 0;
}

/** One of several payloads, each compressed in its own way (MS-SMB2 §2.2.42.2.1). */
function takePayload(layer: Smb2Layer): void {
  const algorithm = layer.take('header.comp_transform.comp_alg');
  layer.take('header.comp_transform.flags');
  let length = layer.take('header.comp_transform.length');
  if (WITH_ORIGINAL_SIZE.has(algorithm)) {
    layer.take('header.comp_transform.orig_payload_size');
    length -= ORIGINAL_SIZE_BYTES;
  }
  if (length !== 0) layer.take('header.comp_transform.data', length);
}
