/**
 * Vectors of TLS (RFC 8446 §3.4): a length and as many bytes. A vector that lies about its
 * length is remarked upon and cut to what holds it, so that the rest stays readable.
 */
import type { TlsField, TlsLayer } from './fields.ts';

const MISFIT = 'malformed.buffer_too_small';

/** The least that vectors may hold, by their length field (RFC 8446 §4.2, RFC 5246 §7.4, RFC 6066, RFC 7301 §3.1 and others); others may be empty. */
const LEAST_BYTES: Readonly<Partial<Record<TlsField, number>>> = {
  'handshake.cipher_suites_length': 2,
  'handshake.comp_methods_length': 1,
  'handshake.extensions_server_name_list_len': 1,
  'handshake.extensions_server_name_len': 1,
  'handshake.extensions_supported_groups_length': 2,
  'handshake.sig_hash_alg_len': 2,
  'handshake.extensions_srp_len': 1,
  'handshake.extensions_alpn_len': 2,
  'handshake.extensions_alpn_str_len': 1,
  'handshake.extensions_status_request_list_len': 1,
  'compress_certificate.algorithms_length': 1,
  'handshake.extensions.psk.identities.length': 7,
  'handshake.extensions.psk.identity.identity_length': 1,
  'handshake.extensions.psk.binders_len': 33,
  'handshake.extensions.supported_versions_len': 2,
  'handshake.extensions.cookie_len': 1,
  'extension.psk_ke_modes_length': 1,
  'handshake.extensions_key_share_key_exchange_length': 1,
  'handshake.extensions_alps_len': 2,
  'handshake.extensions_alps_alpn_str_len': 1,
  'sct.scts_length': 1,
  'sct.sct_length': 1,
  'handshake.certificate_length': 1,
  'handshake.cert_types_count': 1,
  'handshake.dname_len': 1,
  'handshake.ocsp_response_len': 1,
  'handshake.ocsp_response_list_len': 1,
  'handshake.cert_url.url_len': 1,
  'compress_certificate.compressed_certificate_message.length': 1,
};

/**
 * Reads the length of a vector (`size` bytes) and gives its end, absolute; -1 where not even
 * the length fits before `end`.
 */
export function takeVector(layer: TlsLayer, key: TlsField, size: 1 | 2 | 3, end: number): number {
  const room = end - layer.cursor;
  if (room < 0) {
    remark(layer, `Vector starts ${-room} bytes behind the end of what holds it`);
    return -1;
  }
  if (room < size) {
    layer.text(() => `No more room for vector of length ${size}`);
    remark(layer, `No more room for vector of length ${size}`);
    return -1;
  }
  const length = layer.take(key, size) as number;
  const rest = end - layer.cursor;
  const least = LEAST_BYTES[key] ?? 0;
  if (length < least && !layer.broken) layer.expert('malformed.vector_length', 'error', 'Malformed', `Vector length ${length} is smaller than minimum ${least}`);
  if (length > rest && !layer.broken) remark(layer, `Vector length ${length} is too large, truncating it to ${rest}`);
  return layer.cursor + Math.min(length, rest);
}

/** Checks that what was read of a vector ends where the vector ends, and goes there. */
export function endVector(layer: TlsLayer, end: number): void {
  if (layer.broken || layer.cursor === end) return;
  const over = layer.cursor - end;
  const bytes = `${Math.abs(over)} byte${Math.abs(over) === 1 ? '' : 's'}`;
  if (over > 0) {
    layer.text(() => `Dissector processed too much data (${bytes})`, end);
    remark(layer, `Dissector processed too much data (${bytes})`);
  } else {
    layer.text(() => `${bytes} unprocessed at the end`, layer.cursor, -over);
    layer.expert('malformed.trailing_data', 'warn', 'Undecoded', `${Math.abs(over)} trailing byte${over === -1 ? ' was' : 's were'} unprocessed`);
  }
  layer.cursor = end;
}

function remark(layer: TlsLayer, words: string): void {
  layer.expert(MISFIT, 'error', 'Malformed', words);
}

/** A vector whose content is one field. */
export function takeOpaque(layer: TlsLayer, lengthKey: TlsField, size: 1 | 2 | 3, key: TlsField, end: number): void {
  const stop = takeVector(layer, lengthKey, size, end);
  if (stop >= 0) layer.take(key, stop - layer.cursor);
}

/** The same where an empty one is not shown. False where there is no room for it. */
export function takeOpaqueIfAny(layer: TlsLayer, lengthKey: TlsField, size: 1 | 2 | 3, key: TlsField, end: number): boolean {
  const stop = takeVector(layer, lengthKey, size, end);
  if (stop > layer.cursor) layer.take(key, stop - layer.cursor);
  return stop >= 0;
}

/** A length and as many bytes, which must be there. */
export function takeCounted(layer: TlsLayer, lengthKey: TlsField, key: TlsField): void {
  layer.take(key, layer.take(lengthKey) as number);
}

/** A field of fixed width, which must fit before `end`. */
export function takeFixed(layer: TlsLayer, key: TlsField, width: number, end: number): void {
  if (end - layer.cursor >= width) layer.take(key, width);
  else {
    layer.text(() => `No more room for ${width} byte${width === 1 ? '' : 's'}`);
    remark(layer, `No more room for ${width} byte${width === 1 ? '' : 's'}`);
    layer.cursor = end;
  }
}
