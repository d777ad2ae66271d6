/** The first message of a key exchange: what an end can do (RFC 4253 §7.1), and its fingerprint (hassh). */
import { latin1 } from '../../../bytes/reader.ts';
import { fingerprintHash } from '../tls/ja3.ts';
import type { SshLayer } from './fields.ts';
import { choose, CLIENT, learns, SERVER } from './session.ts';
import type { Algorithms, Session, Side } from './session.ts';

const COOKIE_BYTES = 16;

const LISTS = [
  'kex_algorithms', 'server_host_key_algorithms', 'encryption_algorithms_client_to_server', 'encryption_algorithms_server_to_client', 'mac_algorithms_client_to_server', 'mac_algorithms_server_to_client',
  'compression_algorithms_client_to_server', 'compression_algorithms_server_to_client', 'languages_client_to_server', 'languages_server_to_client',
] as const;

export function takeOffers(layer: SshLayer, session: Session, side: Side): void {
  layer.group(
    null,
    () => {
      layer.take('cookie', COOKIE_BYTES);
      const lists = LISTS.map((key) => takeList(layer, key));
      layer.take('first_kex_packet_follows');
      layer.take('kex.reserved', 4);
      if (layer.broken) return;
      putFingerprint(layer, lists, side);
      if (learns(layer)) note(session, side, lists);
    },
    () => 'Algorithms',
  );
}

function takeList(layer: SshLayer, key: (typeof LISTS)[number]): string {
  const length = layer.take(`${key}_length`);
  if (!layer.has(length)) return '';
  const start = layer.cursor;
  layer.take(key, length);
  return latin1(layer.bytes, start, start + length);
}

/** https://github.com/salesforce/hassh: key exchange, ciphers, checksums and compressions of the end's own direction. */
function putFingerprint(layer: SshLayer, lists: readonly string[], side: Side): void {
  if (!layer.run.items) return;
  const algorithms = [lists[0], lists[2 + side], lists[4 + side], lists[6 + side]].join(';');
  layer.putGenerated(side === CLIENT ? 'kex.hassh_algorithms' : 'kex.hasshserver_algorithms', algorithms);
  layer.putGenerated(side === CLIENT ? 'kex.hassh' : 'kex.hasshserver', fingerprintHash(algorithms));
}

function note(session: Session, side: Side, lists: readonly string[]): void {
  const peer = session.peers[side];
  peer.kexOffer = lists[0] ?? null;
  for (const direction of [CLIENT, SERVER] as const) Object.assign(peer.offers[direction], { encryption: lists[2 + direction], mac: lists[4 + direction], compression: lists[6 + direction] } satisfies Partial<Record<keyof Algorithms, string | undefined>>);
  const [client, server] = session.peers;
  session.kex ??= choose(client.kexOffer, server.kexOffer);
}
