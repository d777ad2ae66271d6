/** Signed certificate timestamps (RFC 6962 §3.3): promises of public logs to list the certificate. */
import { octets } from '../../ber/notation.ts';
import type { Found, Part, Reading } from '../../ber/notation.ts';
import type { ObjectIdentifier } from '../../field.ts';
import type { tlsFields, TlsLayer } from './fields.ts';
import { takeSignatureAlgorithm } from './signatures.ts';
import { endVector, takeOpaque, takeVector } from './vectors.ts';

const LOG_ID_BYTES = 32;

/** The list; a client that asks for one sends none. */
export function takeCertificateTimestamps(layer: TlsLayer, end: number): void {
  if (layer.cursor === end) return;
  const stop = takeVector(layer, 'sct.scts_length', 2, end);
  layer.each(() => {
    layer.group(
      null,
      () => {
        const timestampEnd = takeVector(layer, 'sct.sct_length', 2, stop);
        if (timestampEnd > layer.cursor) takeTimestamp(layer, timestampEnd);
      },
      () => 'Signed Certificate Timestamp',
    );
  }, stop);
}

function takeTimestamp(layer: TlsLayer, end: number): void {
  layer.take('sct.sct_version');
  layer.take('sct.sct_logid', LOG_ID_BYTES);
  takeMilliseconds(layer);
  const extensions = takeVector(layer, 'sct.sct_extensions_length', 2, end);
  if (extensions > layer.cursor) {
    layer.put('sct.sct_extensions', 0, layer.cursor, extensions - layer.cursor);
    layer.skip(extensions - layer.cursor);
  }
  takeSignatureAlgorithm(layer);
  takeOpaque(layer, 'sct.sct_signature_length', 2, 'sct.sct_signature', end);
  endVector(layer, end);
}

/** 64 bits of milliseconds since 1970. */
function takeMilliseconds(layer: TlsLayer): void {
  if (!layer.has(8)) return;
  const milliseconds = layer.peekU32() * 0x1_0000_0000 + layer.peekU32(4);
  const seconds = Math.floor(milliseconds / 1000);
  layer.put('sct.sct_timestamp', { seconds, nanos: Math.round(milliseconds - seconds * 1000) * 1_000_000 }, layer.cursor, 8);
  layer.skip(8);
}

// ── in certificates and OCSP responses ───────────────────────────────────────

function takeEmbedded({ layer }: Reading, { start, end }: Found): void {
  const tls = layer.run.registry.protocol('tls');
  if (tls === undefined) return;
  layer.within(end, () => {
    layer.cursor = start;
    layer.as<ReturnType<typeof tlsFields>>(tls, (own) => takeCertificateTimestamps(own, end));
  });
}

const LIST: Part = { name: 'SignedCertificateTimestampList', type: octets(), options: { field: null, then: takeEmbedded }, field: null };

/** RFC 6962 §3.3: the list as an extension of a certificate, and of an OCSP response. */
export const TIMESTAMP_EXTENSIONS: ReadonlyMap<string, ObjectIdentifier> = new Map([
  ['1.3.6.1.4.1.11129.2.4.2', { name: 'SignedCertificateTimestampList', syntax: LIST }],
  ['1.3.6.1.4.1.11129.2.4.5', { name: 'SignedCertificateTimestampList', syntax: LIST }],
]);
