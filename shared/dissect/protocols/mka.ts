/** MACsec Key Agreement: stations that share a key elect a server, and it gives out the keys that MACsec encrypts with. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const SET_NAMES: Readonly<Record<number, string>> = {
  1: 'Live Peer List', 2: 'Potential Peer List', 3: 'MACsec SAK Use', 4: 'Distributed SAK', 5: 'Distributed CAK', 6: 'KMD', 7: 'Announcement', 8: 'XPN', 255: 'ICV Indicator',
};
const CAPABILITIES = {
  0: 'MACsec not implemented', 1: 'MACsec Integrity without confidentiality',
  2: 'MACsec Integrity with/without confidentiality, no confidentiality offset',
  3: 'MACsec Integrity with/without confidentiality, confidentiality offset 0, 30, or 50',
} as const;

const fields = () => ({
  'basic_param_set': { type: 'none', label: 'Basic Parameter set' },
  'live_peer_list_set': { type: 'none', label: 'Live Peer List Parameter set' },
  'potential_peer_list_set': { type: 'none', label: 'Potential Peer List Parameter set' },
  'macsec_sak_use_set': { type: 'none', label: 'MACsec SAK Use parameter set' },
  'distributed_sak_set': { type: 'none', label: 'Distributed SAK parameter set' },
  'distributed_cak_set': { type: 'none', label: 'Distributed CAK parameter set' },
  'kmd_set': { type: 'none', label: 'Key Management Domain set' },
  'announcement_set': { type: 'none', label: 'Announcement parameter set' },
  'xpn_set': { type: 'none', label: 'Extended Packet Numbering set' },
  'unknown_set': { type: 'none', label: 'Unknown parameter set' },
  'icv_indicator': { type: 'none', label: 'Integrity Check Value Indicator' },
  'version_id': { type: 'u8', label: 'MKA Version Identifier' },
  'ks_prio': { type: 'u8', label: 'Key Server Priority', help: 'The station with the lowest number gives out the keys.' },
  'key_server': { type: 'bool', size: 1, label: 'Key Server', mask: 0x80 },
  'macsec_desired': { type: 'bool', size: 1, label: 'MACsec Desired', mask: 0x40 },
  'macsec_capability': { type: 'u8', label: 'MACsec Capability', mask: 0x30, names: CAPABILITIES },
  'param_set_type': { type: 'u8', label: 'Parameter set type', names: SET_NAMES },
  'param_body_length': { type: 'u16', label: 'Parameter set body length', mask: 0x0fff },
  'sci': { type: 'bytes', label: 'SCI', help: 'Address and port of the station: names its channel.' },
  'actor_mi': { type: 'bytes', label: 'Actor Member Identifier' },
  'actor_mn': { type: 'bytes', label: 'Actor Message Number' },
  'algo_agility': { type: 'u32', label: 'Algorithm Agility', base: 'hex', names: { 0x80c201: 'IEEE Std 802.1X-2010' } },
  'cak_name': { type: 'bytes', label: 'CAK Name', help: 'Names the key that all stations of this group share.' },
  'padding': { type: 'bytes', label: 'Padding' },
  'key_server_ssci': { type: 'u8', label: 'Key Server SSCI (LSB)', base: 'hex' },
  'peer_mi': { type: 'bytes', label: 'Peer Member Identifier' },
  'peer_mn': { type: 'bytes', label: 'Peer Message Number' },
  'latest_key_an': { type: 'u8', label: 'Latest Key AN', mask: 0xc0 },
  'latest_key_tx': { type: 'bool', size: 1, label: 'Latest Key tx', mask: 0x20 },
  'latest_key_rx': { type: 'bool', size: 1, label: 'Latest Key rx', mask: 0x10 },
  'old_key_an': { type: 'u8', label: 'Old Key AN', mask: 0x0c },
  'old_key_tx': { type: 'bool', size: 1, label: 'Old Key tx', mask: 0x02 },
  'old_key_rx': { type: 'bool', size: 1, label: 'Old Key rx', mask: 0x01 },
  'plain_tx': { type: 'bool', size: 1, label: 'Plain tx', mask: 0x80 },
  'plain_rx': { type: 'bool', size: 1, label: 'Plain rx', mask: 0x40 },
  'delay_protect': { type: 'bool', size: 1, label: 'Delay protect', mask: 0x10 },
  'latest_key_server_mi': { type: 'bytes', label: 'Latest Key: Key Server Member Identifier' },
  'latest_key_number': { type: 'bytes', label: 'Latest Key: Key Number' },
  'latest_lowest_acceptable_pn': { type: 'bytes', label: 'Latest Key: Lowest Acceptable PN' },
  'old_key_server_mi': { type: 'bytes', label: 'Old Key: Key Server Member Identifier' },
  'old_key_number': { type: 'bytes', label: 'Old Key: Key Number' },
  'old_lowest_acceptable_pn': { type: 'bytes', label: 'Old Key: Lowest Acceptable PN' },
  'distributed_an': { type: 'u8', label: 'Distributed AN', mask: 0xc0 },
  'confidentiality_offset': { type: 'u8', label: 'Confidentiality Offset', mask: 0x30, names: { 0: 'No confidentiality', 1: 'No confidentiality offset', 2: 'Confidentiality offset 30 octets', 3: 'Confidentiality offset 50 octets' } },
  'key_number': { type: 'bytes', label: 'Key Number' },
  'aes_key_wrap_sak': { type: 'bytes', label: 'AES Key Wrap of SAK', help: 'The key that MACsec encrypts with, encrypted itself.' },
  'aes_key_wrap_cak': { type: 'bytes', label: 'AES Key Wrap of CAK' },
  'macsec_cipher_suite': { type: 'u64', label: 'MACsec Cipher Suite', base: 'hex' },
  'kmd': { type: 'bytes', label: 'Key Management Domain' },
  'suspension_time': { type: 'u8', label: 'Suspension time' },
  'icv': { type: 'bytes', label: 'Integrity Check Value', help: 'Proves that the sender knows the shared key.' },
  'unknown_param_set': { type: 'bytes', label: 'Unknown parameter set' },
  'tlv_entry': { type: 'none', label: 'TLV Entry' },
  'tlv_type': { type: 'u8', label: 'TLV Type', mask: 0xfe, names: { 111: 'Access Information', 112: 'MACsec Cipher Suites', 113: 'Key Management Domain', 114: 'NID (Network Identifier)', 126: 'Organizationally Specific Set TLV', 127: 'Organizationally Specific TLVs' } },
  'tlv_info_string_len': { type: 'u16', label: 'TLV Info String Length', mask: 0x01ff },
  'tlv_data': { type: 'bytes', label: 'TLV Data' },
  'tlv.cipher_suite_impl_cap': { type: 'u16', label: 'Cipher Suite Implementation Capabilities', mask: 0x0003, names: CAPABILITIES },
  'expert.undecoded_data': { type: 'none', label: 'Undecoded data' },
  'expert.unimplemented': { type: 'none', label: 'Announcement TLV not handled' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;
type Key = keyof ReturnType<typeof fields>;

const ICV = 16;
const IDENTIFIER = 12;
const NUMBER = 4;
const SCI = 8;
const PEER = 16;
const INDICATOR = 255;

export const mka = protocol({
  id: 'mka',
  title: 'MACsec Key Agreement',
  short: 'EAPOL-MKA',
  spec: 'IEEE 802.1X-2020 §11.11',
  osi: 2,
  unnamed: true,
  fields,
  parse(layer) {
    layer.protocolName('EAPOL-MKA');
    layer.info(() => '');
    takeBasic(layer);
    // The check value at the end needs no heading of its own.
    layer.each(() => takeSet(layer), layer.end - ICV);
    if (!layer.broken) layer.take('icv', ICV);
  },
});

function takeBasic(layer: Own): void {
  layer.group('basic_param_set', () => {
    layer.take('version_id');
    layer.take('ks_prio');
    if (layer.at('key_server', layer.cursor)) layer.infoAppend(() => 'Key Server', ', ');
    layer.at('macsec_desired', layer.cursor);
    layer.at('macsec_capability', layer.cursor);
    const length = layer.take('param_body_length');
    const end = layer.cursor + length;
    layer.take('sci', SCI);
    layer.take('actor_mi', IDENTIFIER);
    layer.take('actor_mn', NUMBER);
    layer.take('algo_agility');
    layer.take('cak_name', end - layer.cursor);
  });
  takePadding(layer);
}

/** Sets begin at a multiple of four bytes. */
function takePadding(layer: Own): void {
  const odd = (layer.cursor - layer.start) % NUMBER;
  if (odd !== 0 && !layer.broken) layer.take('padding', NUMBER - odd);
}

interface ParameterSet {
  readonly head: Key;
  /** What the second byte and half of the third tell. */
  readonly flags?: (layer: Own) => void;
  readonly body: (layer: Own, end: number) => void;
}

const SETS: Readonly<Record<number, ParameterSet>> = {
  1: { head: 'live_peer_list_set', flags: takeServer, body: takePeers },
  2: { head: 'potential_peer_list_set', body: takePeers },
  3: { head: 'macsec_sak_use_set', flags: takeUse, body: takeKeysInUse },
  4: { head: 'distributed_sak_set', flags: takeDistribution, body: takeSak },
  5: { head: 'distributed_cak_set', body: takeCak },
  6: { head: 'kmd_set', body: (layer, end) => layer.take('kmd', end - layer.cursor) },
  7: { head: 'announcement_set', body: takeAnnouncements },
  8: { head: 'xpn_set', flags: (layer) => layer.at('suspension_time', layer.cursor + 1), body: takeExtendedNumbers },
  [INDICATOR]: { head: 'icv_indicator', body: () => undefined },
};
const UNKNOWN: ParameterSet = { head: 'unknown_set', body: (layer, end) => layer.take('unknown_param_set', end - layer.cursor) };

function takeSet(layer: Own): void {
  const type = layer.peekU8();
  const set = SETS[type] ?? UNKNOWN;
  layer.infoAppend(() => SET_NAMES[type] ?? 'Unknown', ', ');
  layer.group(set.head, () => {
    layer.at('param_set_type', layer.cursor);
    set.flags?.(layer);
    layer.skip(2);
    const length = layer.take('param_body_length');
    const end = layer.cursor + length;
    if (layer.broken || type === INDICATOR) return;
    set.body(layer, end);
    if (!layer.broken && layer.cursor < end) layer.skip(end - layer.cursor);
  });
  takePadding(layer);
}

function takeServer(layer: Own): void {
  if (layer.peekU8(1) !== 0) layer.at('key_server_ssci', layer.cursor + 1);
}

function takePeers(layer: Own, end: number): void {
  while (!layer.broken && layer.cursor + PEER <= end) {
    layer.take('peer_mi', IDENTIFIER);
    layer.take('peer_mn', NUMBER);
  }
  takeRest(layer, end);
}

function takeUse(layer: Own): void {
  for (const key of ['latest_key_an', 'latest_key_tx', 'latest_key_rx', 'old_key_an', 'old_key_tx', 'old_key_rx'] as const) layer.at(key, layer.cursor + 1);
  for (const key of ['plain_tx', 'plain_rx', 'delay_protect'] as const) layer.at(key, layer.cursor + 2);
}

const BOTH_KEYS = 40;

function takeKeysInUse(layer: Own, end: number): void {
  if (end - layer.cursor === BOTH_KEYS) {
    layer.take('latest_key_server_mi', IDENTIFIER);
    layer.take('latest_key_number', NUMBER);
    layer.take('latest_lowest_acceptable_pn', NUMBER);
    layer.take('old_key_server_mi', IDENTIFIER);
    layer.take('old_key_number', NUMBER);
    layer.take('old_lowest_acceptable_pn', NUMBER);
  }
  takeRest(layer, end);
}

function takeDistribution(layer: Own): void {
  layer.at('distributed_an', layer.cursor + 1);
  layer.at('confidentiality_offset', layer.cursor + 1);
}

/** A key of the suite that needs no name, and the least that one of a named suite takes. */
const DEFAULT_SUITE = 28;
const NAMED_SUITE = 36;
const WRAPPED_KEY = 24;

function takeSak(layer: Own, end: number): void {
  const length = end - layer.cursor;
  if (length === DEFAULT_SUITE || length >= NAMED_SUITE) {
    layer.take('key_number', NUMBER);
    if (length !== DEFAULT_SUITE) layer.take('macsec_cipher_suite');
    layer.take('aes_key_wrap_sak', end - layer.cursor);
  }
  takeRest(layer, end);
}

function takeCak(layer: Own, end: number): void {
  if (end - layer.cursor < WRAPPED_KEY) {
    layer.malformed();
    return;
  }
  layer.take('aes_key_wrap_cak', WRAPPED_KEY);
  layer.take('cak_name', end - layer.cursor);
}

function takeExtendedNumbers(layer: Own): void {
  layer.take('latest_lowest_acceptable_pn', NUMBER);
  layer.take('old_lowest_acceptable_pn', NUMBER);
}

const CIPHER_SUITES = 112;
const SUITE = 10;

function takeAnnouncements(layer: Own, end: number): void {
  layer.within(end, () => {
    layer.each(() => {
      layer.group('tlv_entry', () => {
        const type = layer.at('tlv_type', layer.cursor);
        const length = layer.take('tlv_info_string_len');
        const stop = layer.cursor + length;
        if (layer.broken) return;
        if (type === CIPHER_SUITES && length % SUITE === 0) takeSuites(layer, stop);
        else {
          layer.take('tlv_data', length);
          layer.expert('expert.unimplemented', 'warn', 'Undecoded', 'This kind of announcement is not decoded');
        }
      });
    });
  });
}

function takeSuites(layer: Own, stop: number): void {
  while (!layer.broken && layer.cursor < stop) {
    layer.group('tlv_entry', () => {
      layer.take('tlv.cipher_suite_impl_cap');
      layer.take('macsec_cipher_suite');
    });
  }
}

function takeRest(layer: Own, end: number): void {
  const length = end - layer.cursor;
  if (layer.broken || length <= 0) return;
  layer.text(() => 'Undecoded data', layer.cursor, Math.min(length, layer.left));
  layer.expert('expert.undecoded_data', 'warn', 'Undecoded', 'Undecoded data');
  layer.skip(length);
}
