/** Certificates and their status in the handshake: bytes and lengths (RFC 5246 §7.4.2, RFC 8446 §4.4). */
import type { Part } from '../../ber/notation.ts';
import { readBer } from '../../ber/reader.ts';
import { OCSP_RESPONSE } from '../ocsp.ts';
import { CERTIFICATE_CONTENT } from '../x509/certificates.ts';
import { takeDistinguishedNames } from './distinguished-names.ts';
import { takeExtensions } from './extensions.ts';
import type { TlsLayer } from './fields.ts';
import { newHelloFacts } from './ja3.ts';
import { STATUS_OCSP, STATUS_OCSP_MULTI, TLS_1_2, TLS_1_3 } from './names.ts';
import { sessionOf } from './session.ts';
import { takeSignatureAlgorithm, takeSignatureAlgorithms } from './signatures.ts';
import { endVector, takeOpaque, takeVector } from './vectors.ts';

export function takeCertificate(layer: TlsLayer, end: number): void {
  const isNew = sessionOf(layer).version === TLS_1_3;
  if (isNew) takeContext(layer, end);
  const stop = takeVector(layer, 'handshake.certificates_length', 3, end);
  if (stop <= layer.cursor) return;
  const total = stop - layer.cursor;
  layer.group(
    'handshake.certificates',
    () =>
      layer.each(() => {
        takeOneCertificate(layer, stop);
        if (isNew) takeExtensions(layer, stop, 'certificate', newHelloFacts());
      }, stop),
    () => `Certificates (${total} bytes)`,
  );
  endVector(layer, stop);
}

/** Reads the structure in the bytes from the cursor to `end`, which have been shown, below their line. */
function takeInside(layer: TlsLayer, content: Part, end: number): void {
  const entry = layer.run.items ? layer.run.lastEntry : -1;
  const read = (): unknown => layer.within(end, () => readBer(layer, content, { owner: entry }));
  if (layer.run.items) layer.inside(read);
  else read();
}

function takeOneCertificate(layer: TlsLayer, stop: number): void {
  const end = takeVector(layer, 'handshake.certificate_length', 3, stop);
  const start = layer.cursor;
  if (end <= start) return;
  layer.take('handshake.certificate', end - start);
  if (layer.broken) return;
  layer.cursor = start;
  takeInside(layer, CERTIFICATE_CONTENT, end);
}

function takeContext(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.certificate_request_context_length', 1, end);
  if (stop > layer.cursor) layer.take('handshake.certificate_request_context', stop - layer.cursor);
}

export function takeCertificateRequest(layer: TlsLayer, end: number): void {
  const { version } = sessionOf(layer);
  if (version === TLS_1_3) {
    takeContext(layer, end);
    takeExtensions(layer, end, 'request', newHelloFacts());
    return;
  }
  const types = takeVector(layer, 'handshake.cert_types_count', 1, end);
  if (types >= 0) {
    const count = types - layer.cursor;
    layer.group('handshake.cert_types', () => layer.each(() => layer.take('handshake.cert_type'), types), () => `Certificate types (${count} type${count === 1 ? '' : 's'})`);
  }
  if (version === TLS_1_2) takeSignatureAlgorithms(layer, end);
  takeDistinguishedNames(layer, end);
}

export function takeCertificateVerify(layer: TlsLayer, end: number): void {
  const { version } = sessionOf(layer);
  if (version === TLS_1_2 || version === TLS_1_3) takeSignatureAlgorithm(layer);
  takeOpaque(layer, 'handshake.client_cert_vrfy.sig_len', 2, 'handshake.client_cert_vrfy.sig', end);
}

/** RFC 6066 §8: what the authority says about the certificate, sent along with it. */
export function takeCertificateStatus(layer: TlsLayer, end: number): void {
  const type = layer.take('handshake.extensions_status_request_type');
  if (type !== STATUS_OCSP && type !== STATUS_OCSP_MULTI) return;
  if (type === STATUS_OCSP) {
    takeOcspResponse(layer, end);
    return;
  }
  // RFC 6961 §2.2: one for each certificate.
  const stop = takeVector(layer, 'handshake.ocsp_response_list_len', 3, end);
  layer.each(() => takeOcspResponse(layer, stop), stop);
}

function takeOcspResponse(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.ocsp_response_len', 3, end);
  if (stop > layer.cursor && layer.reaches(stop)) layer.within(stop, () => readBer(layer, OCSP_RESPONSE));
}

const SHA1_BYTES = 20;

/** RFC 6066 §5: where the client's certificates are. */
export function takeCertificateUrl(layer: TlsLayer, end: number): void {
  layer.take('handshake.cert_url_type');
  const stop = takeVector(layer, 'handshake.cert_url.url_hash_len', 2, end);
  layer.each(
    () =>
      layer.group('handshake.cert_url.url_hash', () => {
        takeOpaque(layer, 'handshake.cert_url.url_len', 2, 'handshake.cert_url.url', stop);
        layer.take('handshake.cert_url.padding', 1);
        layer.take('handshake.cert_url.sha1', SHA1_BYTES);
      }),
    stop,
  );
}

/** RFC 8879 §4. */
export function takeCompressedCertificate(layer: TlsLayer, end: number): void {
  layer.take('compress_certificate.algorithm');
  layer.take('compress_certificate.uncompressed_length');
  takeOpaque(layer, 'compress_certificate.compressed_certificate_message.length', 3, 'compress_certificate.compressed_certificate_message', end);
}
