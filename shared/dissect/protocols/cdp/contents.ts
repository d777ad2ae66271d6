/** What stands in the TLVs of the Cisco Discovery Protocol. */
import { latin1, readU32, utf8 } from '../../../bytes/reader.ts';
import { hexText, ipv4Text, ipv6Text } from '../../address-text.ts';
import type { Layer } from '../../layer.ts';
import { escapeText } from '../../values.ts';
import type { cdpFields } from './fields.ts';

export type CdpLayer = Layer<ReturnType<typeof cdpFields>>;
type Key = keyof ReturnType<typeof cdpFields>;
/** Reads a TLV's value up to `end`; gives its title. */
type Content = (layer: CdpLayer, end: number) => () => string;

const LINE_FEED = 0x0a;
const CLUSTER = 0x0112;
const NLPID_IP = 'cc';
const SNAP_IPV6 = 'aaaa0300000086dd';

/** Text; `tell` also in the list. */
function text(key: Key, title: string, tell = false): Content {
  return (layer, end) => {
    const value = layer.take(key, end - layer.cursor) as unknown as Uint8Array;
    const words = (): string => escapeText(utf8(value, 0, value.length));
    if (tell && !layer.broken) layer.infoAppend(() => `${title}: ${words()}  `);
    return () => `${title}: ${words()}`;
  };
}

function number(key: Key, title: string, show: (value: number) => string = String): Content {
  return (layer) => {
    const value = layer.take(key) as unknown as number;
    return () => `${title}: ${show(value)}`;
  };
}

function bits(key: 'capabilities' | 'spare_poe_tlv', title: string): Content {
  return (layer) => {
    layer.takeFlags(key);
    return () => title;
  };
}

const hexByte = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
const milliwatts = (value: number): string => `${value} mW`;

function addresses(title: string): Content {
  return (layer, end) => {
    const count = layer.take('number_of_addresses');
    for (let index = 0; index < count && layer.cursor < end && !layer.broken; index += 1) address(layer);
    return () => title;
  };
}

function address(layer: CdpLayer): void {
  let words = (): string => '';
  layer.group(null, () => {
    layer.take('protocol_type');
    const name = layer.take('protocol', layer.take('protocol_length'));
    const length = layer.take('address_length');
    const at = layer.cursor;
    const kind = hexText(name, 0, name.length);
    if (kind === NLPID_IP && length === 4) {
      layer.take('ip_address');
      words = () => `IP address: ${ipv4Text(layer.bytes, at)}`;
    } else if (kind === SNAP_IPV6 && length === 16) {
      layer.take('ipv6_address');
      words = () => `IPv6 address: ${ipv6Text(layer.bytes, at)}`;
    } else {
      layer.take('address', length);
      words = () => `Address: ${hexText(layer.bytes, at, at + length)}`;
    }
  }, () => words());
}

/** One line of text for each line that the device's own command would print. */
function softwareVersion(layer: CdpLayer, end: number): () => string {
  layer.each(() => {
    const from = layer.cursor;
    const found = layer.bytes.subarray(from, Math.min(end, layer.end)).indexOf(LINE_FEED);
    layer.take('software_version', found < 0 ? end - from : found);
    if (found >= 0) layer.skip(1);
  }, end);
  return () => 'Software Version';
}

/** A gateway, or prefixes with their lengths, by what the value's length allows. */
function prefixes(layer: CdpLayer, end: number): () => string {
  const at = layer.cursor;
  if (end - at === 4) {
    layer.take('odr_default_gateway');
    return () => `ODR Default gateway: ${ipv4Text(layer.bytes, at)}`;
  }
  layer.each(() => {
    const start = layer.cursor;
    layer.take('ip_prefix');
    const length = layer.peekU8();
    layer.label(() => `IP Prefix: ${ipv4Text(layer.bytes, start)}/${length}`);
    layer.skip(1);
  }, end);
  return () => `IP Prefixes: ${Math.ceil((end - at) / 5)}`;
}

function hello(layer: CdpLayer, end: number): () => string {
  layer.take('oui');
  const id = layer.take('protocol_id');
  if (id === CLUSTER) {
    for (const key of ['cluster.master_ip', 'cluster.ip', 'cluster.version', 'cluster.sub_version', 'cluster.status', 'cluster.unknown', 'cluster.commander_mac', 'cluster.switch_mac', 'cluster.unknown', 'cluster.management_vlan'] as const) layer.take(key);
    return () => 'Protocol Hello: Cluster Management';
  }
  if (end > layer.cursor) layer.take('hello.unknown', end - layer.cursor);
  return () => `Protocol Hello: Unknown (0x${id.toString(16).padStart(4, '0')})`;
}

function voiceVlan(title: string): Content {
  return (layer) => {
    layer.take('data', 1);
    const vlan = layer.take('voice_vlan');
    return () => `${title}: VLAN ${vlan}`;
  };
}

function power(key: 'power_requested' | 'power_available', title: string): Content {
  return (layer, end) => {
    layer.take('request_id');
    layer.take('management_id');
    const from = layer.cursor;
    while (layer.cursor + 4 <= end && !layer.broken) layer.take(key);
    const to = layer.cursor;
    return () => `${title}: ${Array.from({ length: (to - from) >> 2 }, (_, index) => milliwatts(readU32(layer.bytes, from + index * 4))).join(', ')}`;
  };
}

function location(layer: CdpLayer, end: number): () => string {
  layer.take('location.unknown');
  return text('location', 'Location')(layer, end);
}

const MODEL_LENGTH = 16;
const HARDWARE_LENGTH = 3;
const SERIAL_LENGTH = 11;
const REPLY_TO = 0x17;
const ENERGY_TEXTS: Readonly<Record<number, 'nrgyz_reply_to.role' | 'nrgyz_reply_to.domain' | 'nrgyz_reply_to.name'>> = { 0x07: 'nrgyz_reply_to.role', 0x08: 'nrgyz_reply_to.domain', 0x09: 'nrgyz_reply_to.name' };

function energy(layer: CdpLayer, end: number): () => string {
  for (const key of ['encrypted_data', 'seen_sequence', 'sequence_number'] as const) layer.take(key);
  layer.take('model_number', MODEL_LENGTH);
  layer.take('unknown_pad');
  layer.take('hardware_version_id', HARDWARE_LENGTH);
  layer.take('system_serial_number', SERIAL_LENGTH);
  for (const key of ['nrgyz_unknown_values', 'len_tlv_table', 'num_tlvs_table'] as const) layer.take(key);
  layer.each(() => energyPart(layer, end), end);
  return () => 'EnergyWise';
}

/** Type and length count four bytes each; the length counts neither. */
function energyPart(layer: CdpLayer, end: number): void {
  const type = layer.peekU32();
  const length = layer.peekU32(4);
  const name = ENERGY_TEXTS[type];
  const next = layer.cursor + Math.max(8, length);
  layer.group(null, () => {
    layer.take('nrgyz.tlv.type');
    layer.put('nrgyz.tlv.len', length, layer.cursor, 4);
    layer.skip(4);
    const left = Math.min(next, end) - layer.cursor;
    if (name !== undefined && left > 0) layer.take(name, left);
    else if (type === REPLY_TO) for (const key of ['nrgyz_reply_to.unknown_field', 'nrgyz_reply_to.port', 'nrgyz_reply_to.ip_address', 'nrgyz_reply_to.unknown_field', 'nrgyz_reply_to.backup_server_port', 'nrgyz_reply_to.backup_server_ip'] as const) layer.take(key);
    else layer.skip(Math.max(0, left));
  }, () => 'EnergyWise TLV');
  if (!layer.broken) layer.cursor = Math.min(next, end);
}

export const CDP_CONTENTS: Readonly<Record<number, Content>> = {
  0x0001: text('deviceid', 'Device ID', true),
  0x0002: addresses('Addresses'),
  0x0003: text('portid', 'Port ID', true),
  0x0004: bits('capabilities', 'Capabilities'),
  0x0005: softwareVersion,
  0x0006: text('platform', 'Platform'),
  0x0007: prefixes,
  0x0008: hello,
  0x0009: text('vtp_management_domain', 'VTP Management Domain'),
  0x000a: number('native_vlan', 'Native VLAN'),
  0x000b: number('duplex', 'Duplex', (value) => (value === 0 ? 'Half' : 'Full')),
  0x000e: voiceVlan('VoIP VLAN Reply'),
  0x000f: voiceVlan('VoIP VLAN Query'),
  0x0010: number('power_consumption', 'Power Consumption', milliwatts),
  0x0011: number('mtu', 'MTU'),
  0x0012: number('trust_bitmap', 'Trust Bitmap', hexByte),
  0x0013: number('untrusted_port_cos', 'Untrusted port CoS', hexByte),
  0x0014: text('system_name', 'System Name'),
  0x0015: (layer, end) => {
    layer.take('system_object_identifier', end - layer.cursor);
    return () => 'System Object Identifier';
  },
  0x0016: addresses('Management Addresses'),
  0x0017: location,
  0x0019: power('power_requested', 'Power Request'),
  0x001a: power('power_available', 'Power Available'),
  0x001d: energy,
  0x001f: bits('spare_poe_tlv', 'Spare Pair PoE'),
};

/** Values of access points: text, whatever they tell. */
export const ACCESS_POINT: Readonly<Record<number, string>> = {
  0x1000: 'BSSID', 0x1001: 'Serial', 0x1002: 'SSID', 0x1003: 'Radio1 channel', 0x1006: 'SNMP UDP port', 0x1007: 'Web TCP port', 0x1008: 'Source MAC address', 0x1009: 'Radio2 channel', 0x100a: 'Radio1 Operating mode',
  0x100b: 'Radio2 Operating mode', 0x100c: 'Radio1 Radio mode', 0x100d: 'Radio2 Radio mode',
};

export function accessPoint(layer: CdpLayer, title: string, end: number): () => string {
  const at = layer.cursor;
  if (end === at) return () => `${title}: [Empty]`;
  layer.take('platform', end - at);
  return () => `${title}: ${escapeText(latin1(layer.bytes, at, end))}`;
}
