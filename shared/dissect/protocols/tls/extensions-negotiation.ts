/** Extensions that agree on something: application protocols, keys, earlier sessions. */
import { latin1 } from '../../../bytes/reader.ts';
import { applicationOf } from './applications.ts';
import type { TlsLayer } from './fields.ts';
import type { Carrier } from './extension-reader.ts';
import { groupName } from './names.ts';
import { learnSession } from './session.ts';
import { endVector, takeFixed, takeOpaque, takeVector } from './vectors.ts';

/** RFC 7301 §3.1: the client's list, or the server's choice. */
export function takeApplicationProtocols(layer: TlsLayer, end: number, carrier: Carrier): void {
  const stop = takeVector(layer, 'handshake.extensions_alpn_len', 2, end);
  if (stop < 0) return;
  layer.group('handshake.extensions_alpn_list', () =>
    layer.each(() => {
      const at = layer.cursor + 1;
      takeOpaque(layer, 'handshake.extensions_alpn_str_len', 1, 'handshake.extensions_alpn_str', stop);
      if (carrier !== 'client' && !layer.broken) learnApplication(layer, latin1(layer.bytes, at, layer.cursor));
    }, stop),
  );
}

function learnApplication(layer: TlsLayer, name: string): void {
  const session = learnSession(layer);
  if (session) session.application = applicationOf(name) ?? session.application;
}

/** draft-agl-tls-nextprotoneg: what came before ALPN; only the server lists protocols. */
export function takeNextProtocols(layer: TlsLayer, end: number): void {
  if (layer.cursor === end) return;
  layer.group(null, () => layer.each(() => takeOpaque(layer, 'handshake.extensions_npn_str_len', 1, 'handshake.extensions_npn', end), end), () => 'Next Protocol Negotiation');
}

/** draft-vvv-tls-alps: settings of the application protocol, sent with the handshake. */
export function takeApplicationSettings(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (carrier === 'encrypted') {
    layer.take('handshake.extensions_alps.settings', end - layer.cursor);
    return;
  }
  const stop = takeVector(layer, 'handshake.extensions_alps_len', 2, end);
  if (stop < 0) return;
  layer.group('handshake.extensions_alps_alpn_list', () => layer.each(() => takeOpaque(layer, 'handshake.extensions_alps_alpn_str_len', 1, 'handshake.extensions_alps_alpn_str', stop), stop));
}

export function takeKeyShareEntry(layer: TlsLayer, end: number): void {
  const group = layer.peekU16();
  const length = layer.peekU16(2);
  layer.group(
    null,
    () => {
      layer.take('handshake.extensions_key_share_group');
      takeOpaque(layer, 'handshake.extensions_key_share_key_exchange_length', 2, 'handshake.extensions_key_share_key_exchange', end);
    },
    () => `Key Share Entry: Group: ${groupName(group) ?? 'Unknown'}, Key Exchange length: ${length}`,
  );
}

/** RFC 8446 §4.2.8: public keys of the client, the one of the server, or the group that a retry asks for. */
export function takeKeyShare(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (layer.cursor === end) return;
  layer.group(
    null,
    () => {
      if (carrier === 'retry') takeFixed(layer, 'handshake.extensions_key_share_selected_group', 2, end);
      else if (carrier === 'server') takeKeyShareEntry(layer, end);
      else takeClientKeyShares(layer, end);
    },
    () => 'Key Share extension',
  );
}

function takeClientKeyShares(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'handshake.extensions_key_share_client_length', 2, end);
  layer.each(() => takeKeyShareEntry(layer, stop), stop);
}

/** RFC 8446 §4.2.11: sessions that the client can resume, or the one that the server chose. */
export function takePreSharedKey(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (layer.cursor === end) return;
  layer.group(
    null,
    () => {
      if (carrier === 'client') takePskOffer(layer, end);
      else if (carrier === 'server') takeFixed(layer, 'handshake.extensions.psk.identity.selected', 2, end);
    },
    () => 'Pre-Shared Key extension',
  );
}

function takePskOffer(layer: TlsLayer, end: number): void {
  const identities = takeVector(layer, 'handshake.extensions.psk.identities.length', 2, end);
  layer.each(() => {
    const length = layer.peekU16();
    layer.group(
      null,
      () => {
        takeOpaque(layer, 'handshake.extensions.psk.identity.identity_length', 2, 'handshake.extensions.psk.identity.identity', identities);
        layer.take('handshake.extensions.psk.identity.obfuscated_ticket_age');
      },
      () => `PSK Identity (length: ${length})`,
    );
  }, identities);
  if (identities >= 0) endVector(layer, identities);
  const binders = takeVector(layer, 'handshake.extensions.psk.binders_len', 2, end);
  if (binders < 0) return;
  layer.put('handshake.extensions.psk.binders', 0, layer.cursor, binders - layer.cursor);
  layer.skip(binders - layer.cursor);
}
