/** Handshake messages (RFC 8446 §4, RFC 5246 §7.4): header, and the body by its type. */
import { nameOf } from '../../values.ts';
import { takeCertificate, takeCertificateRequest, takeCertificateStatus, takeCertificateUrl, takeCertificateVerify, takeCompressedCertificate } from './certificates.ts';
import { takeExtensions } from './extensions.ts';
import type { TlsLayer } from './fields.ts';
import { isRetryRequest, learnServerHello, takeClientHello, takeServerHello } from './hello.ts';
import { newHelloFacts } from './ja3.ts';
import { takeClientKeyExchange, takeServerKeyExchange } from './key-exchange.ts';
import { HANDSHAKE_TYPES, TLS_1_3 } from './names.ts';
import { learnSession, sessionOf } from './session.ts';
import { takeOpaque } from './vectors.ts';

const SERVER_HELLO = 2;

function takeTicket(layer: TlsLayer, end: number): void {
  const isNew = sessionOf(layer).version === TLS_1_3;
  layer.group(
    null,
    () => {
      layer.take('handshake.session_ticket_lifetime_hint');
      if (isNew) {
        layer.take('handshake.session_ticket_age_add');
        takeOpaque(layer, 'handshake.session_ticket_nonce_length', 1, 'handshake.session_ticket_nonce', end);
      }
      takeOpaque(layer, 'handshake.session_ticket_length', 2, 'handshake.session_ticket', end);
      if (isNew && layer.cursor < end) takeExtensions(layer, end, 'ticket', newHelloFacts());
    },
    () => 'TLS Session Ticket',
  );
}

/** All that is left of the message. */
function takeRest(layer: TlsLayer, end: number): void {
  layer.put('handshake.verify_data', 0, layer.cursor, end - layer.cursor);
  layer.skip(end - layer.cursor);
}

/** Server Hello Done: this was a full handshake. */
function noteFullHandshake(layer: TlsLayer): void {
  const session = learnSession(layer);
  if (session) session.resuming = false;
}

/** draft-agl-tls-nextprotoneg-04 §3: the client's choice, before there was ALPN. */
function takeNextProtocol(layer: TlsLayer, end: number): void {
  takeOpaque(layer, 'handshake.npn_selected_protocol_len', 1, 'handshake.npn_selected_protocol', end);
  takeOpaque(layer, 'handshake.npn_padding_len', 1, 'handshake.npn_padding', end);
}

type BodyReader = (layer: TlsLayer, end: number) => void;

const BODIES: Readonly<Record<number, BodyReader>> = {
  1: takeClientHello,
  4: takeTicket,
  6: (layer, end) => takeServerHello(layer, end, true),
  8: (layer, end) => takeExtensions(layer, end, 'encrypted', newHelloFacts()),
  11: takeCertificate,
  12: takeServerKeyExchange,
  13: takeCertificateRequest,
  14: noteFullHandshake,
  15: takeCertificateVerify,
  16: takeClientKeyExchange,
  20: takeRest,
  21: takeCertificateUrl,
  22: takeCertificateStatus,
  24: (layer) => layer.take('handshake.key_update.request_update'),
  25: takeCompressedCertificate,
  67: takeNextProtocol,
};

function takeBody(layer: TlsLayer, type: number, end: number, isRetry: boolean): void {
  if (type === SERVER_HELLO) takeServerHello(layer, end, isRetry);
  else BODIES[type]?.(layer, end);
  if (!layer.broken) layer.cursor = end;
}

/** Reads the message at the cursor, which ends at `end`. Gives its name. */
export function takeMessage(layer: TlsLayer, end: number): string {
  const type = layer.peekU8();
  const body = layer.cursor + 4;
  const isRetry = type === SERVER_HELLO && isRetryRequest(layer, body);
  const name = isRetry ? 'Hello Retry Request' : (nameOf(HANDSHAKE_TYPES, type) ?? 'Encrypted Handshake Message');
  layer.infoAppend(() => name, ', ');
  if (type === SERVER_HELLO && layer.run.pass === 'deep') learnServerHello(layer, body, end);
  const outer = { end: layer.end, reportedEnd: layer.reportedEnd };
  layer.end = Math.min(end, outer.end);
  layer.reportedEnd = Math.min(end, outer.reportedEnd);
  layer.group(
    'handshake',
    () => {
      layer.take('handshake.type');
      layer.take('handshake.length');
      takeBody(layer, type, end, isRetry);
    },
    () => `Handshake Protocol: ${name}`,
  );
  layer.end = outer.end;
  layer.reportedEnd = outer.reportedEnd;
  return name;
}
