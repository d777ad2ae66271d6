/**
 * Transport Layer Security over a stream: records, and in them the handshake, alerts and
 * ciphertext (RFC 8446, RFC 5246). Without keys; content that is encrypted stays bytes.
 */
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import { TLS_PORTS } from './tls/applications.ts';
import { TIMESTAMP_EXTENSIONS } from './tls/certificate-timestamps.ts';
import { tlsFields } from './tls/fields.ts';
import type { TlsLayer } from './tls/fields.ts';
import { effectiveVersion, shortVersion, SSL_3, TLS_1_3 } from './tls/names.ts';
import { isContentType, RECORD_HEADER_BYTES, takeRecord } from './tls/record.ts';
import { sessionOf } from './tls/session.ts';
import { isSsl2ClientHello, looksLikeSsl2ClientHello, takeSsl2ClientHello } from './tls/ssl2.ts';

const APPLICATION_DATA = 23;
const LONGEST_RECORD = 0x4000 + 2048;
/** Content that is not too long in any version (RFC 8446 §5.2). */
const SURE_LENGTH = 0x4000 + 256;

/** Bytes that are surely no TLS: letters, as on a port where something else is spoken in the clear. */
function isPlaintext(peek: Peek): boolean {
  if (peek.length < 5) return false;
  for (let at = 0; at < 4; at += 1) if (peek.u8(at) < 0x20 || peek.u8(at) > 0x7e) return false;
  return true;
}

/** A record of a common type, a known version and a sane length. */
function looksLikeRecord(peek: Peek): boolean {
  if (peek.length < RECORD_HEADER_BYTES) return false;
  const type = peek.u8(0);
  const version = effectiveVersion(peek.u16(1));
  const length = peek.u16(3);
  return (type === 22 || type === 23) && version !== 0 && version !== TLS_1_3 && length > 0 && length < LONGEST_RECORD;
}

/** Whether the bytes at the cursor can be a record, on a conversation whose version is not known. */
function mayBeRecord(layer: TlsLayer): boolean {
  const version = layer.peekU16(1);
  return isContentType(layer.peekU8()) && (version === 0x0101 || (version >= 0x0300 && version <= 0x0303));
}

/** Application data at the cursor, of which nothing is to be shown: later packets need nothing of it. */
function saysNothing(layer: TlsLayer): boolean {
  const length = layer.peekU16(3);
  return !layer.run.isShown && sessionOf(layer).version !== 0 && layer.peekU8() === APPLICATION_DATA && layer.peekU8(1) === 3 && length > 0 && length <= SURE_LENGTH;
}

/** False where the record at the cursor is not all there; then the rest is asked for, if it can be had. */
function isWhole(layer: TlsLayer): boolean {
  const have = layer.reportedLeft;
  const want = have < RECORD_HEADER_BYTES ? RECORD_HEADER_BYTES : RECORD_HEADER_BYTES + layer.peekU16(3);
  if (have >= want) return true;
  if (layer.canDesegment) layer.needMore(layer.cursor, have < RECORD_HEADER_BYTES ? 'segment' : want - have, { opaque: have >= RECORD_HEADER_BYTES && saysNothing(layer) });
  else layer.cursor = layer.end;
  return false;
}

function takeUnknown(layer: TlsLayer): void {
  layer.text(() => 'Ignored Unknown Record', layer.cursor, layer.left);
  layer.expert('ignored_unknown_record', 'warn', 'Protocol', 'Ignored Unknown Record');
  if (!layer.reaches(layer.reportedEnd)) return;
  layer.protocolName(shortVersion(sessionOf(layer).version));
  layer.infoAppend(() => 'Ignored Unknown Record', ', ');
  layer.cursor = layer.end;
}

function takeContinuation(layer: TlsLayer, end = layer.end): void {
  layer.infoAppend(() => 'Continuation Data', ', ');
  layer.cursor = end;
}

/** One record, or what stands in its place. False where there is none to be read. */
function takeNext(layer: TlsLayer, record: number): boolean {
  if (isSsl2ClientHello(layer)) {
    takeSsl2ClientHello(layer);
    return layer.need === null;
  }
  // Where the version says nothing (TLS 1.3 writes older ones), the header has to look like one.
  const { version } = sessionOf(layer);
  if ((version === 0 || version === TLS_1_3) && layer.left >= RECORD_HEADER_BYTES && !mayBeRecord(layer)) {
    takeContinuation(layer);
    return true;
  }
  if (layer.reportedLeft < RECORD_HEADER_BYTES) return isWhole(layer);
  if (!layer.reaches(layer.cursor + RECORD_HEADER_BYTES)) return false;
  if (!isContentType(layer.peekU8()) && version !== SSL_3) {
    takeUnknown(layer);
    return true;
  }
  if (!isWhole(layer)) return false;
  if (!isContentType(layer.peekU8())) {
    takeContinuation(layer, layer.cursor + RECORD_HEADER_BYTES + layer.peekU16(3));
    return true;
  }
  takeRecord(layer, record);
  return true;
}

/**
 * Passes over whole records of application data at the cursor where nothing is to be shown: they
 * say nothing that later packets need. Gives how many there were.
 */
function skimData(layer: TlsLayer): number {
  for (let records = 0; ; records += 1) {
    const end = layer.cursor + RECORD_HEADER_BYTES + layer.peekU16(3);
    if (!saysNothing(layer) || end > layer.end) return records;
    layer.cursor = end;
  }
}

export const tls = protocol({
  id: 'tls',
  title: 'Transport Layer Security',
  short: 'TLS',
  spec: 'RFC 8446 §5',
  osi: 6,
  claims: [{ table: 'tcp.port', keys: TLS_PORTS }],
  guesses: [{ table: 'tcp', rank: 10, accepts: (peek) => looksLikeRecord(peek) || looksLikeSsl2ClientHello(peek) }],
  accepts: (peek) => !isPlaintext(peek),
  sections: ['handshake'],
  objectIdentifiers: TIMESTAMP_EXTENSIONS,
  fields: tlsFields,
  parse(layer) {
    layer.protocolName(shortVersion(sessionOf(layer).version));
    layer.info(() => '');
    let record = skimData(layer);
    layer.each(() => {
      if (takeNext(layer, record)) record += 1;
    });
    layer.infoFence();
  },
});
