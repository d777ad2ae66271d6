/** The VLAN Trunking Protocol of Cisco: switches of a domain tell each other which VLANs there are. */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const SUMMARY = 1;
const SUBSET = 2;
const REQUEST = 3;
const JOIN = 4;
const DOMAIN_LENGTH = 32;
const TIMESTAMP_LENGTH = 12;
const DIGEST_LENGTH = 16;
const VLAN_HEADER = 12;

const fields = () => ({
  'version': { type: 'u8', label: 'Version', base: 'hex' },
  'code': { type: 'u8', label: 'Code', base: 'hex', names: { [SUMMARY]: 'Summary Advertisement', [SUBSET]: 'Subset Advertisement', [REQUEST]: 'Advertisement Request', [JOIN]: 'Join/Prune Message' } },
  'followers': { type: 'u8', label: 'Followers', help: 'How many messages with VLANs follow this one.' },
  'seq_num': { type: 'u8', label: 'Sequence Number' },
  'reserved': { type: 'bytes', size: 1, label: 'Reserved' },
  'md_len': { type: 'u8', label: 'Management Domain Length' },
  'md': { type: 'string', label: 'Management Domain', help: 'Only switches of the same domain listen.' },
  'conf_rev_num': { type: 'u32', label: 'Configuration Revision Number', help: 'Goes up with every change; the switch with the highest number is believed by all others.' },
  'upd_id': { type: 'ipv4', label: 'Updater Identity' },
  'upd_ts': { type: 'string', label: 'Update Timestamp' },
  'md5_digest': { type: 'bytes', label: 'MD5 Digest' },
  'start_value': { type: 'u16', label: 'Start Value', base: 'hex' },
  'vlan_info.len': { type: 'u8', label: 'VLAN Information Length' },
  'vlan_info.status': { type: 'u8', label: 'Status', base: 'hex' },
  'vlan_info.status.vlan_susp': { type: 'bool', label: 'VLAN suspended', of: 'vlan_info.status', mask: 0x01 },
  'vlan_info.vlan_type': { type: 'u8', label: 'VLAN Type', base: 'hex', names: { 1: 'Ethernet', 2: 'FDDI', 3: 'TrCRF', 4: 'FDDI-net', 5: 'TrBRF' } },
  'vlan_info.vlan_name_len': { type: 'u8', label: 'VLAN Name Length' },
  'vlan_info.isl_vlan_id': { type: 'u16', label: 'ISL VLAN ID', base: 'hex' },
  'vlan_info.mtu_size': { type: 'u16', label: 'MTU Size' },
  'vlan_info.802_10_index': { type: 'u32', label: '802.10 Index', base: 'hex' },
  'vlan_info.vlan_name': { type: 'string', label: 'VLAN Name' },
  'vlan_info.tlv_type': { type: 'u8', label: 'Type', base: 'hex', names: vlanAttributes() },
  'vlan_info.tlv_len': { type: 'u8', label: 'Length' },
  'vlan_info.tlv_len.bad': { type: 'none', label: 'Bad length for TLV length' },
  'vlan_info.src_route_ring_num': { type: 'u16', label: 'Source-Routing Ring Number', base: 'hex' },
  'vlan_info.src_route_bridge_num': { type: 'u16', label: 'Source-Routing Bridge Number', base: 'hex' },
  'vlan_info.stp_type': { type: 'u16', label: 'Spanning-Tree Protocol Type', base: 'hex', names: { 1: 'SRT', 2: 'SRB', 3: 'Auto' } },
  'vlan_info.parent_vlan': { type: 'u16', label: 'Parent VLAN', base: 'hex' },
  'vlan_info.translationally_bridged_vlans': { type: 'u16', label: 'Translationally Bridged VLANs', base: 'hex' },
  'vlan_info.pruning': { type: 'u16', label: 'Pruning', base: 'hex', names: { 1: 'Enabled', 2: 'Disabled' } },
  'vlan_info.bridge_type': { type: 'u16', label: 'Bridge Type', base: 'hex', names: { 1: 'SRT', 2: 'SRB' } },
  'vlan_info.max_are_hop_count': { type: 'u16', label: 'Max ARE Hop Count' },
  'vlan_info.max_ste_hop_count': { type: 'u16', label: 'Max STE Hop Count' },
  'vlan_info.backup_crf_mode': { type: 'u16', label: 'Backup CRF Mode', base: 'hex', names: { 1: 'TrCRF is configured as a backup', 2: 'TrCRF is not configured as a backup' } },
  'vlan_info.data': { type: 'bytes', label: 'Data' },
  'pruning.first': { type: 'u16', label: 'First VLAN ID' },
  'pruning.last': { type: 'u16', label: 'Last VLAN ID' },
  'pruning.active': { type: 'u16', label: 'VLAN' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

function vlanAttributes(): Readonly<Record<number, string>> {
  return {
    1: 'Source-Routing Ring Number', 2: 'Source-Routing Bridge Number', 3: 'Spanning-Tree Protocol Type', 4: 'Parent VLAN', 5: 'Translationally Bridged VLANs', 6: 'Pruning', 7: 'Bridge Type', 8: 'Max ARE Hop Count',
    9: 'Max STE Hop Count', 10: 'Backup CRF Mode',
  };
}

const ATTRIBUTES: Readonly<Record<number, keyof ReturnType<typeof fields>>> = {
  1: 'vlan_info.src_route_ring_num', 2: 'vlan_info.src_route_bridge_num', 3: 'vlan_info.stp_type', 4: 'vlan_info.parent_vlan', 5: 'vlan_info.translationally_bridged_vlans', 6: 'vlan_info.pruning', 7: 'vlan_info.bridge_type',
  8: 'vlan_info.max_are_hop_count', 9: 'vlan_info.max_ste_hop_count', 10: 'vlan_info.backup_crf_mode',
};

export const vtp = protocol({
  id: 'vtp',
  title: 'VLAN Trunking Protocol',
  short: 'VTP',
  spec: 'Cisco; known by observation',
  osi: 2,
  claims: [{ table: 'llc.cisco_pid', keys: [0x2003] }],
  fields,
  parse(layer) {
    layer.protocolName('VTP');
    if (!layer.has(2)) return;
    layer.info(() => '');
    layer.take('version');
    const code = layer.take('code');
    if (code < SUMMARY || code > JOIN) {
      layer.info(() => 'Unrecognized VTP message');
      return;
    }
    const third = layer.peekU8();
    layer.take(code === SUMMARY ? 'followers' : code === SUBSET ? 'seq_num' : 'reserved');
    layer.take('md_len');
    layer.take('md', DOMAIN_LENGTH);
    if (code === SUMMARY) summary(layer, third);
    else if (code === SUBSET) subset(layer, third);
    else if (code === REQUEST) request(layer);
    else join(layer);
  },
});

function summary(layer: Own, followers: number): void {
  const revision = layer.take('conf_rev_num');
  layer.info(() => `Summary Advertisement, Revision: ${revision}${followers > 0 ? `, Followers: ${followers}` : ''}`);
  layer.take('upd_id');
  const at = layer.cursor;
  layer.take('upd_ts', TIMESTAMP_LENGTH);
  layer.label(() => `Update Timestamp: ${latin1(layer.bytes, at, at + TIMESTAMP_LENGTH).replace(/^(..)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6')}`);
  layer.take('md5_digest', DIGEST_LENGTH);
}

function subset(layer: Own, sequence: number): void {
  const revision = layer.take('conf_rev_num');
  layer.info(() => `Subset Advertisement, Revision: ${revision}, Seq: ${sequence}`);
  layer.each(() => vlan(layer));
}

function request(layer: Own): void {
  layer.info(() => 'Advertisement Request');
  layer.take('start_value');
}

/** A bit for each VLAN, from the first one on, that somebody behind the sender uses. */
function join(layer: Own): void {
  layer.info(() => 'Join');
  const first = layer.take('pruning.first');
  layer.take('pruning.last');
  layer.group(null, () => layer.each((index) => {
    const bits = layer.peekU8();
    for (let bit = 0; bit < 8; bit += 1) if ((bits & (0x80 >> bit)) !== 0) layer.put('pruning.active', first + index * 8 + bit, layer.cursor, 1);
    layer.skip(1);
  }), () => 'Advertised active (i.e. not pruned) VLANs');
}

function vlan(layer: Own): void {
  const length = layer.peekU8();
  const end = layer.cursor + length;
  if (length < VLAN_HEADER || !layer.reaches(end)) {
    layer.malformed();
    return;
  }
  layer.group(null, () => {
    layer.take('vlan_info.len');
    layer.takeFlags('vlan_info.status');
    layer.take('vlan_info.vlan_type');
    const nameLength = layer.take('vlan_info.vlan_name_len');
    for (const key of ['vlan_info.isl_vlan_id', 'vlan_info.mtu_size', 'vlan_info.802_10_index'] as const) layer.take(key);
    layer.take('vlan_info.vlan_name', nameLength);
    // Names are filled up to a multiple of four bytes.
    layer.skip((4 - (nameLength % 4)) % 4);
    layer.each(() => attribute(layer), end);
  }, () => 'VLAN Information');
  if (!layer.broken) layer.cursor = end;
}

/** The length counts units of two bytes. */
function attribute(layer: Own): void {
  const type = layer.peekU8();
  const length = layer.peekU8(1) * 2;
  const key = ATTRIBUTES[type];
  layer.group(null, () => {
    layer.take('vlan_info.tlv_type');
    layer.take('vlan_info.tlv_len');
    if (key !== undefined && length === 2) layer.take(key);
    else if (key !== undefined && length === 4) for (let part = 0; part < 2; part += 1) layer.take(key);
    else if (key === undefined && length > 0) layer.take('vlan_info.data', length);
    else {
      layer.expert('vlan_info.tlv_len.bad', 'warn', 'Malformed', 'Bad length for TLV length');
      layer.skip(length);
    }
  }, () => vlanAttributes()[type] ?? `Unknown TLV type: 0x${type.toString(16).padStart(2, '0')}`);
}
