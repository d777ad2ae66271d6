/** Elements of vendors, told apart by organization and type: WPA, WMM, WPS, Wi-Fi Direct, Hotspot 2.0, and what makers add. */
import { organizationText } from '../../../names/organizations.ts';
import { takeWps } from '../wps/take.ts';
import { takeWmm } from './qos.ts';
import { takeWpa } from './security.ts';
import { takeMultiband } from './multiband.ts';
import { EARLY_CAPABILITIES, MCS_SET } from './throughput.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { bits, group, rest, restIfAny, sized, skip, word, takeParts } from './parts.ts';
import type { Parts } from './parts.ts';

export const vendorFields = () => sharedFields('wlan', {
  'tag.oui': { type: 'u24', label: 'OUI', show: organizationText, help: 'Whose element this is.' },
  'tag.vendor.oui.type': { type: 'u8', label: 'Vendor Specific OUI Type' },
  'tag.vendor.data': { type: 'bytes', label: 'Vendor Specific Data' },
  'wfa.ie.type': { type: 'u8', label: 'Type', base: 'hex', names: { 1: 'WPA Information Element', 2: 'WMM/WME', 4: 'WPS' } },
  'rsn.ie.kde.data_type': { type: 'u16le', label: 'Data Type', size: 1 },
  'rsn.ie.pmkid': { type: 'bytes', label: 'PMKID' },
  'rsn.ie.gtk_kde.key_id': { type: 'u8', label: 'Key ID', base: 'hex', mask: 0x3 },
  'rsn.ie.gtk_kde.tx': { type: 'bool', label: 'Tx', mask: 0x4, states: ['Temporal key used for both transmission and reception', 'Temporal key used only for reception'] },
  'rsn.ie.gtk_kde.res1': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0xf8 },
  'rsn.ie.gtk_kde.res2': { type: 'u8', label: 'Reserved', base: 'hex' },
  'rsn.ie.unknown': { type: 'bytes', label: 'RSN Unknown' },
  'rsn.ie.gtk_kde.gtk': { type: 'bytes', label: 'GTK' },
  'rsn.ie.igtk.kde.keyid': { type: 'u16le', label: 'KeyId' },
  'rsn.ie.igtk.kde.ipn': { type: 'u48le', label: 'IPN' },
  'rsn.ie.igtk.kde.igtk': { type: 'bytes', label: 'IGTK' },
  'rsn.ie.mac_address_kde.mac_address': { type: 'ether', label: 'MAC Address' },
  'wfa.ie.owe.bssid': { type: 'ether', label: 'BSSID' },
  'wfa.ie.owe.ssid_length': { type: 'u16le', label: 'SSID length' },
  'wfa.ie.owe.ssid': { type: 'string', label: 'SSID' },
  'wfa.ie.owe.band_info': { type: 'u16le', label: 'Band info' },
  'wfa.ie.owe.channel_info': { type: 'u16le', label: 'Channel info' },
  'hs20.indication.dgaf_disabled': { type: 'u8', label: 'DGAF Disabled', mask: 0x1 },
  'hs20.indication.pps_mo_id_present': { type: 'bool', label: 'PPS MO ID Present', mask: 0x2, states: ['Present', 'Not Present'] },
  'hs20.indication.anqp_domain_id_present': { type: 'bool', label: 'ANQP Domain ID Present', mask: 0x4, states: ['Present', 'Not Present'] },
  'hs20.indication.reserved': { type: 'bool', label: 'Reserved', mask: 0x8 },
  'hs20.indication.version_number': { type: 'u8', label: 'Version Number', mask: 0xf0, names: { 0: '1.x', 1: '2.x', 2: '3.x' } },
  'hs20.indication.pps_mo_id': { type: 'u16le', label: 'PPS MO ID' },
  'hs20.indication.domain_id': { type: 'u16le', label: 'ANQP Domain ID' },
  'atheros.ie.type': { type: 'u8', label: 'Type', base: 'hex', names: { 1: 'Advanced Capability', 3: 'eXtended Range' } },
  'atheros.ie.subtype': { type: 'u8', label: 'Subtype', base: 'hex' },
  'atheros.ie.version': { type: 'u8', label: 'Version', base: 'hex' },
  'atheros.ie.advcap.cap': { type: 'u8', label: 'Capabilities', base: 'hex' },
  'ie.atheros.capabilities.turbop': { type: 'bool', label: 'Turbo Prime', of: 'atheros.ie.advcap.cap', mask: 0x1 },
  'ie.atheros.capabilities.comp': { type: 'bool', label: 'Compression', of: 'atheros.ie.advcap.cap', mask: 0x2 },
  'ie.atheros.capabilities.ff': { type: 'bool', label: 'Fast Frames', of: 'atheros.ie.advcap.cap', mask: 0x4 },
  'ie.atheros.capabilities.xr': { type: 'bool', label: 'eXtended Range', of: 'atheros.ie.advcap.cap', mask: 0x8 },
  'ie.atheros.capabilities.ar': { type: 'bool', label: 'Advanced Radar', of: 'atheros.ie.advcap.cap', mask: 0x10 },
  'ie.atheros.capabilities.burst': { type: 'bool', label: 'Burst', of: 'atheros.ie.advcap.cap', mask: 0x20 },
  'ie.atheros.capabilities.wme': { type: 'bool', label: 'CWMin tuning', of: 'atheros.ie.advcap.cap', mask: 0x40 },
  'ie.atheros.capabilities.boost': { type: 'bool', label: 'Boost', of: 'atheros.ie.advcap.cap', mask: 0x80 },
  'atheros.ie.advcap.defkey': { type: 'u16le', label: 'Default key index', base: 'hex' },
  'atheros.ie.xr.info': { type: 'u8', label: 'Info', base: 'hex' },
  'atheros.ie.xr.base_bssid': { type: 'ether', label: 'Base BSS Id' },
  'atheros.ie.xr.xr_bssid': { type: 'ether', label: 'XR BSS Id' },
  'atheros.ie.xr.xr_beacon': { type: 'u32le', label: 'XR Beacon Interval', size: 2 },
  'atheros.ie.xr.base_cap': { type: 'u8', label: 'Base capabilities', base: 'hex' },
  'atheros.ie.xr.xr_cap': { type: 'u8', label: 'XR capabilities', base: 'hex' },
  'atheros.data': { type: 'bytes', label: 'Atheros IE data' },
  'aironet.type': { type: 'u8', label: 'Aironet IE type', names: { 0: 'DTPC', 1: 'Unknown (1)', 3: 'CCX version', 4: 'Qos', 11: 'Unknown (11)', 14: 'QBSS V2 - CCA', 20: 'Client MFP' } },
  'aironet.version': { type: 'u8', label: 'Aironet IE CCX version' },
  'aironet.clientmfp': { type: 'bool', label: 'Aironet IE Client MFP', mask: 0x1, states: ['Enabled', 'Disabled'] },
  'aironet.dtpc': { type: 'i8', label: 'Aironet IE CCX DTCP' },
  'aironet.qos.reserved': { type: 'u8', label: 'Aironet IE QoS reserved', base: 'hex' },
  'aironet.qos.paramset': { type: 'u8', label: 'Aironet IE QoS paramset' },
  'aironet.qos.val': { type: 'bytes', label: 'Aironet IE QoS valueset' },
  'aironet.data': { type: 'bytes', label: 'Aironet IE data' },
  'vs.pren.type': { type: 'u8', label: '802.11n (Pre) Type', names: { 51: 'HT Capabilities (802.11n D1.10)', 52: 'HT Additional Capabilities (802.11n D1.00)' } },
  'vs.pren.unknown_data': { type: 'bytes', label: '802.11n (Pre) Unknown Data' },
  'hta.control_channel': { type: 'u8', label: 'HT Control Channel' },
  'hta.capabilities': { type: 'u8', label: 'HT Additional Capabilities', base: 'hex' },
  'hta.capabilities.word': { type: 'u16le', label: 'HT Additional Capabilities', name: 'wlan.hta.capabilities', base: 'hex' },
  'hta.capabilities.ext_chan_offset': { type: 'u16le', label: 'Extension Channel Offset', base: 'hex', mask: 0x3, names: { 0: 'No Extension Channel', 1: 'Extension Channel above control channel', 2: 'Undefined', 3: 'Extension Channel below control channel' } },
  'hta.capabilities.rec_tx_width': { type: 'bool', label: 'Recommended Tx Channel Width', mask: 0x4, states: ['Any channel width enabled', 'Use 20MHz channel (control)'] },
  'hta.capabilities.rifs_mode': { type: 'bool', label: 'Reduced Interframe Spacing (RIFS) Mode', mask: 0x8, states: ['Use of RIFS permitted', 'Use of RIFS prohibited'] },
  'hta.capabilities.controlled_access': { type: 'bool', label: 'Controlled Access Only', mask: 0x10, states: ['Not only PSMP', 'PSMP only'] },
  'hta.capabilities.service_interval': { type: 'u16le', label: 'Service Interval Granularity', base: 'hex', mask: 0xe0, names: { 0: '5ms', 1: '10ms', 2: '15ms', 3: '20ms', 4: '25ms', 5: '30ms', 6: '35ms', 7: '40ms' } },
  'hta.capabilities.operating_mode': { type: 'u16le', label: 'Operating Mode', base: 'hex', mask: 0x3, names: { 0: 'Pure HT, no protection', 1: 'There may be non-HT devices (control & ext channel)', 2: 'No non-HT is associated, but at least 1 20MHz is. protect on', 3: 'Mixed: no non-HT is associated, protect on' } },
  'hta.capabilities.non_gf_devices': { type: 'bool', label: 'Non Greenfield (GF) devices Present', mask: 0x4, states: ['All HT devices associated are GF capable', 'One or More HT devices are not GF capable'] },
  'hta.capabilities.basic_stbc_mcs': { type: 'u16le', label: 'Basic STB Modulation and Coding Scheme (MCS)', base: 'hex', mask: 0x7f },
  'hta.capabilities.dual_stbc_protection': { type: 'bool', label: 'Dual Clear To Send (CTS) Protection', mask: 0x80, states: ['Dual CTS protections is used', 'Regular use of RTS/CTS'] },
  'hta.capabilities.secondary_beacon': { type: 'bool', label: 'Secondary Beacon', mask: 0x100, states: ['Secondary Beacon', 'Primary Beacon'] },
  'hta.capabilities.lsig_txop_protection': { type: 'bool', label: 'L-SIG TXOP Protection Support', mask: 0x200, states: ['Full Support', 'Not full support'] },
  'hta.capabilities.pco_active': { type: 'bool', label: 'Phased Coexistence Operation (PCO) Active', mask: 0x400, states: ['PCO is activated in the BSS', 'PCO is not activated in the BSS'] },
  'hta.capabilities.pco_phase': { type: 'bool', label: 'Phased Coexistence Operation (PCO) Phase', mask: 0x800, states: ['Switch to 20MHz phase/keep 20MHz', 'Switch to 40MHz phase/keep 40MHz'] },
  'marvell.ie.type': { type: 'u8', label: 'Type', base: 'hex' },
  'marvell.data': { type: 'bytes', label: 'Marvell IE data' },
  'vs.ruckus.data': { type: 'bytes', label: 'Data' },
  'vs.aruba.subtype': { type: 'u8', label: 'Subtype', names: { 3: 'AP Name' } },
  'vs.aruba.ap_name': { type: 'string', label: 'AP Name' },
  'vs.aruba.data': { type: 'bytes', label: 'Data' },
});

const IEEE = 0x000fac;
const MICROSOFT = 0x0050f2;
const WIFI_ALLIANCE = 0x506f9a;
const ATHEROS = 0x00037f;
const CISCO_AIRONET = 0x004096;
const EPIGRAM = 0x00904c;
const MARVELL = 0x005043;
const RUCKUS = 0x001392;
const ARUBA = 0x000b86;

/** What carries the element: some of it means other things in other frames. */
export interface ElementContext {
  /** Sent by a station that is no access point. */
  readonly isStation: boolean;
}

type TakeVendor = (layer: Layer, context: ElementContext) => void;

const VENDORS: Readonly<Record<number, TakeVendor>> = {
  [IEEE]: takeKeyData,
  [MICROSOFT]: takeMicrosoft,
  [WIFI_ALLIANCE]: takeAlliance,
  [ATHEROS]: takeAtheros,
  [CISCO_AIRONET]: takeAironet,
  [EPIGRAM]: takeEpigram,
  [MARVELL]: (layer) => takeParts(layer, ['marvell.ie.type', restIfAny('marvell.data')]),
  [RUCKUS]: (layer) => takeParts(layer, [skip(1), restIfAny('vs.ruckus.data')]),
  [ARUBA]: takeAruba,
};

/** Behind the length: organization, type, and what they define. */
export function takeVendorElement(layer: Layer, context: ElementContext): void {
  const organization = layer.peekU24();
  layer.take('tag.oui');
  if (!layer.has(1)) return;
  layer.at('tag.vendor.oui.type', layer.cursor);
  const take = VENDORS[organization];
  if (take !== undefined) take(layer, context);
  else takeParts(layer, [rest('tag.vendor.data')]);
}

function takeMicrosoft(layer: Layer, { isStation }: ElementContext): void {
  const type = layer.take('wfa.ie.type') as unknown as number;
  if (type === 1) takeWpa(layer);
  else if (type === 2) takeWmm(layer, isStation);
  else if (type === 4) takeWps(layer);
}

const OWE = 28;
const HOTSPOT = 16;
const DIRECT = 9;
const MULTIBAND = 22;

function takeAlliance(layer: Layer): void {
  const type = layer.peekU8();
  layer.skip(1);
  if (type === OWE) takeOwe(layer);
  else if (type === HOTSPOT) takeHotspot(layer);
  else if (type === DIRECT) takeDirect(layer);
  else if (type === MULTIBAND) takeMultiband(layer);
}

/** Where the encrypted twin of an open network is. */
function takeOwe(layer: Layer): void {
  layer.take('wfa.ie.owe.bssid');
  const length = layer.take('wfa.ie.owe.ssid_length') as unknown as number;
  layer.take('wfa.ie.owe.ssid', length);
  if (layer.left >= 2) takeParts(layer, ['wfa.ie.owe.band_info', 'wfa.ie.owe.channel_info']);
}

function takeHotspot(layer: Layer): void {
  const flags = layer.peekU8();
  takeParts(layer, [bits(1, 'hs20.indication.dgaf_disabled', 'hs20.indication.pps_mo_id_present', 'hs20.indication.anqp_domain_id_present', 'hs20.indication.reserved', 'hs20.indication.version_number')]);
  if ((flags & 0x02) !== 0) layer.take('hs20.indication.pps_mo_id');
  if ((flags & 0x04) !== 0) layer.take('hs20.indication.domain_id');
}

const CAPABILITY = ['turbop', 'comp', 'ff', 'xr', 'ar', 'burst', 'wme', 'boost'].map((name) => `ie.atheros.capabilities.${name}`);
const LEAST_ATHEROS = 3;

function takeAtheros(layer: Layer): void {
  if (layer.left < LEAST_ATHEROS) {
    layer.expert('tag.length.bad', 'error', 'Malformed', 'Tag length too short, must be >= 6');
    layer.cursor = layer.end;
    return;
  }
  const type = layer.peekU8();
  const subtype = layer.peekU8(1);
  takeParts(layer, ['atheros.ie.type', 'atheros.ie.subtype', 'atheros.ie.version']);
  if (type === 1 && subtype === 1) takeParts(layer, [word('atheros.ie.advcap.cap', ...CAPABILITY), 'atheros.ie.advcap.defkey']);
  else if (type === 3 && subtype === 1) takeParts(layer, ['atheros.ie.xr.info', 'atheros.ie.xr.base_bssid', 'atheros.ie.xr.xr_bssid', 'atheros.ie.xr.xr_beacon', word('atheros.ie.xr.base_cap', ...CAPABILITY), word('atheros.ie.xr.xr_cap', ...CAPABILITY)]);
  takeParts(layer, [restIfAny('atheros.data')]);
}

function takeAironet(layer: Layer): void {
  const type = layer.take('aironet.type') as unknown as number;
  if (type === 0) takeParts(layer, ['aironet.dtpc', restIfAny('aironet.data')]);
  else if (type === 3) layer.take('aironet.version');
  else if (type === 4) takeParts(layer, ['aironet.qos.reserved', 'aironet.qos.paramset']);
  else if (type === 20) layer.put('aironet.clientmfp', layer.peekU8() & 1, layer.cursor, 1);
  else takeParts(layer, [rest('aironet.data')]);
}

const EARLY_HT = 51;
const EARLY_HT_ADDITIONAL = 52;
const EARLY_HT_LENGTH = 26;
const EARLY_ADDITIONAL_LENGTH = 22;
const ADDITIONAL: Parts = [
  'hta.control_channel', word('hta.capabilities', 'hta.capabilities.ext_chan_offset', 'hta.capabilities.rec_tx_width', 'hta.capabilities.rifs_mode', 'hta.capabilities.controlled_access', 'hta.capabilities.service_interval'),
  word('hta.capabilities.word', 'hta.capabilities.operating_mode', 'hta.capabilities.non_gf_devices'),
  word('hta.capabilities.word', 'hta.capabilities.basic_stbc_mcs', 'hta.capabilities.dual_stbc_protection', 'hta.capabilities.secondary_beacon', 'hta.capabilities.lsig_txop_protection', 'hta.capabilities.pco_active', 'hta.capabilities.pco_phase'),
  group('vs.ht.mcsset', '', MCS_SET),
];

/** 802.11n from before it was done. */
function takeEpigram(layer: Layer): void {
  const type = layer.take('vs.pren.type') as unknown as number;
  if (type === EARLY_HT && layer.left === EARLY_HT_LENGTH) takeParts(layer, EARLY_CAPABILITIES);
  else if (type === EARLY_HT_ADDITIONAL) {
    if (layer.left === EARLY_ADDITIONAL_LENGTH) takeParts(layer, ADDITIONAL);
    else layer.expert('tag.length.bad', 'error', 'Malformed', 'Tag length wrong, must be = 22');
  } else takeParts(layer, [rest('vs.pren.unknown_data')]);
}

const AP_NAME = 3;

function takeAruba(layer: Layer): void {
  layer.skip(1);
  const subtype = layer.take('vs.aruba.subtype') as unknown as number;
  if (subtype === AP_NAME) takeParts(layer, [skip(1), rest('vs.aruba.ap_name')]);
  else takeParts(layer, [restIfAny('vs.aruba.data')]);
}

// ── key data ─────────────────────────────────────────────────────────────────

const KDE = { gtk: 1, mac: 3, pmkid: 4, igtk: 9 } as const;
const PMKID = 16;

/** Keys and their names, as EAPOL carries them (IEEE 802.11-2020 §12.7.2). */
export function takeKeyData(layer: Layer): void {
  const type = layer.take('rsn.ie.kde.data_type') as unknown as number;
  if (type === KDE.gtk) takeParts(layer, [bits(1, 'rsn.ie.gtk_kde.key_id', 'rsn.ie.gtk_kde.tx', 'rsn.ie.gtk_kde.res1'), 'rsn.ie.gtk_kde.res2', rest('rsn.ie.gtk_kde.gtk')]);
  else if (type === KDE.mac) layer.take('rsn.ie.mac_address_kde.mac_address');
  else if (type === KDE.pmkid) layer.take('rsn.ie.pmkid', PMKID);
  else if (type === KDE.igtk) takeParts(layer, ['rsn.ie.igtk.kde.keyid', 'rsn.ie.igtk.kde.ipn', rest('rsn.ie.igtk.kde.igtk')]);
  else if (layer.left > 0) layer.take('rsn.ie.unknown', layer.left);
}

// ── Wi-Fi Direct ─────────────────────────────────────────────────────────────

const ATTRIBUTE_HEADER = 3;
const DIRECT_CAPABILITY = 2;
const DIRECT_INTENT = 4;
const DIRECT_CHANNEL = 6;

/** Attributes of type and length, in an element or in several. */
function takeDirect(layer: Layer): void {
  layer.each(() => {
    if (layer.left < ATTRIBUTE_HEADER) {
      layer.cursor = layer.end;
      return;
    }
    layer.group(null, () => {
      const type = layer.take('wifi_p2p.type') as unknown as number;
      const length = layer.take('wifi_p2p.length') as unknown as number;
      if (!layer.has(length)) return;
      const end = layer.cursor + length;
      layer.within(end, () => takeDirectValue(layer, type));
    }, () => 'P2P attribute');
  });
}

function takeDirectValue(layer: Layer, type: number): void {
  if (type === DIRECT_CAPABILITY) takeParts(layer, ['wifi_p2p.p2p_capability.device_capability', 'wifi_p2p.p2p_capability.group_capability']);
  else if (type === DIRECT_INTENT) takeParts(layer, [bits(1, 'wifi_p2p.go_intent_tie_breaker', 'wifi_p2p.go_intent')]);
  else if (type === DIRECT_CHANNEL) takeParts(layer, [sized('wifi_p2p.listen_channel.country_string', 3), 'wifi_p2p.listen_channel.operating_class', 'wifi_p2p.listen_channel.channel_number']);
}
