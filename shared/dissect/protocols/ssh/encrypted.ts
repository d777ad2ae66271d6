/** Packets that nobody can read without the keys (RFC 4253 §6, RFC 5647). */
import type { SshLayer } from './fields.ts';
import type { Peer } from './session.ts';

const LENGTH_BYTES = 4;
/** Ciphers that leave nothing to be seen: even where one packet ends and the next begins is encrypted, or cannot be told for sure. */
const HIDES_ALL = /^(aes(128|192|256)-(ctr|cbc)|chacha20-poly1305@openssh\.com)$/;
const GCM = /^aes(128|256)-gcm@openssh\.com$/;

/** Takes all that is left of the layer; `peer` sent it. */
export function takeEncrypted(layer: SshLayer, peer: Peer): void {
  const { encryption } = peer.chosen;
  if (encryption !== null && HIDES_ALL.test(encryption)) {
    const length = layer.left;
    layer.text(() => `Encrypted packets (${length} bytes)`, layer.cursor, length);
    layer.cursor = layer.end;
  } else if (encryption !== null && GCM.test(encryption)) takeCounted(layer, peer);
  else takeWhole(layer, peer);
}

/** The segment as one packet, as nothing shows where packets end. */
function takeWhole(layer: SshLayer, { macLength, isLengthPlain }: Peer): void {
  const length = layer.reportedLeft;
  layer.infoAppend(() => `Encrypted packet (len=${length})`, ', ');
  if (length > LENGTH_BYTES) {
    if (isLengthPlain) layer.take('packet_length');
    else layer.take('packet_length_encrypted', LENGTH_BYTES);
  }
  const mac = Math.max(0, macLength);
  const content = layer.reportedLeft - mac;
  if (layer.broken) return;
  if (content < 0) {
    layer.malformed();
    return;
  }
  layer.take('encrypted_packet', content);
  if (mac > 0) layer.take('mac', mac);
}

/** Packets whose length is in the clear. */
function takeCounted(layer: SshLayer, { macLength }: Peer): void {
  layer.each(() => {
    if (layer.left < LENGTH_BYTES) {
      layer.take('encrypted_packet', layer.left);
      return;
    }
    const length = layer.take('packet_length');
    layer.infoAppend(() => `Encrypted packet (len=${length})`, ', ');
    layer.take('encrypted_packet', Math.min(length, layer.left));
    if (layer.left > 0) layer.take('mac', Math.min(macLength, layer.left));
  });
}
