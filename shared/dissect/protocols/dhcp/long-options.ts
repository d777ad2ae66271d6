/** Options that a message may cut into several, which are read as one (RFC 3396): 119 (RFC 3397) and 120 (RFC 3361). */
import { concatenated } from '../../../bytes/concatenated.ts';
import { readName } from '../dns/name.ts';
import { remarkLength } from './fields.ts';
import type { DhcpKey, DhcpLayer } from './fields.ts';
import type { MessageFacts, Piece } from './message-facts.ts';

type LongOption = 119 | 120;

interface LongKeys {
  readonly detected: DhcpKey;
  readonly elsewhere: DhcpKey;
  readonly read: (layer: DhcpLayer, length: number) => void;
}

const LONG_OPTIONS: Readonly<Record<LongOption, LongKeys>> = {
  119: { detected: 'option.dhcp_dns_domain_search_list_rfc_3396_detected', elsewhere: 'option.dhcp_dns_domain_search_list_refer_last_option', read: takeSearchList },
  120: { detected: 'option.sip_server.rfc_3396_detected', elsewhere: 'option.sip_server.refer_last_option', read: takeSipServers },
};

/** The last of the pieces shows what all of them hold. */
export function takeLongOption(layer: DhcpLayer, code: LongOption, length: number, facts: MessageFacts): void {
  const keys = LONG_OPTIONS[code];
  const pieces = facts.pieces.get(code) ?? [];
  const ordinal = pieces.findIndex(({ start }) => start === layer.cursor) + 1;
  if (pieces.length < 2 || ordinal === 0) {
    keys.read(layer, length);
    return;
  }
  layer.put(keys.detected, `${ordinal}/${pieces.length}`, layer.cursor, length);
  if (ordinal < pieces.length) {
    layer.put(keys.elsewhere, `${pieces.length}/${pieces.length}`, layer.cursor, length);
    return;
  }
  const bytes = joined(layer, pieces);
  const source = layer.run.addSource(`Option ${code}`, bytes);
  layer.onSource(source, () => keys.read(layer, bytes.length));
}

function joined(layer: DhcpLayer, pieces: readonly Piece[]): Uint8Array {
  return concatenated(pieces.map(({ start, length }) => layer.bytes.subarray(start, Math.min(start + length, layer.end))));
}

function takeNames(layer: DhcpLayer, key: DhcpKey, length: number): void {
  const first = layer.cursor;
  layer.each(() => {
    const { text, wireLength } = readName(layer, layer.cursor, first);
    if (layer.broken) return;
    layer.put(key, text, layer.cursor, wireLength);
    layer.skip(wireLength);
  }, first + length);
}

function takeSearchList(layer: DhcpLayer, length: number): void {
  takeNames(layer, 'option.dhcp_dns_domain_search_list_fqdn', length);
}

const NAMES = 0;
const ADDRESSES = 1;

function takeSipServers(layer: DhcpLayer, length: number): void {
  const encoding = layer.take('option.sip_server.encoding');
  if (encoding === NAMES) {
    if (length < 3) remarkLength(layer, `length isn't >= 3 (len = ${length})`);
    else takeNames(layer, 'option.sip_server.name', length - 1);
  } else if (encoding !== ADDRESSES) {
    layer.expert('option.sip_server_address.encoding', 'error', 'Protocol', `RFC 3361 defines only 0 and 1 for Encoding byte (Encoding = ${encoding}).`);
  } else if (length < 5) remarkLength(layer, `length isn't >= 5 (len = ${length})`);
  else if ((length - 1) % 4 !== 0) remarkLength(layer, `length isn't a multiple of 4 plus 1 (len = ${length})`);
  else layer.each(() => layer.take('option.sip_server.address'), layer.cursor + length - 1);
}
