/**
 * Hotspot 2.0 (Passpoint): what the Wi-Fi Alliance adds to the Access Network Query Protocol (Hotspot 2.0
 * Specification §4), and the pieces of IEEE 802.11 that came of it: addresses of venues and charges.
 */
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { abandon, counted, countedIfAny, each, group, repeated, rest, restIfAny, sized, sizedBy, bits, takeParts, whileLeft } from './parts.ts';
import type { Parts, Take } from './parts.ts';

export const HOTSPOT_NAMES: Readonly<Record<number, string>> = {
  1: 'HS Query list', 2: 'HS Capability List', 3: 'Operator Friendly Name', 4: 'WAN Metrics', 5: 'Connection Capability', 6: 'NAI Home Realm Query', 7: 'Operating Class Indication', 8: 'OSU Providers List',
  10: 'Icon Request', 11: 'Icon Binary File', 12: 'Operator Icon Metadata', 13: 'Advice of Charge',
};

const OPERATING_CLASSES: Readonly<Record<number, string>> = {
  0: 'Unknown', 81: '2.407 GHz, Channels 1-13, 25 MHz Spacing', 82: '2.414 GHz, Channel 14, 25 MHz Spacing', 83: '2.407 GHz, Channels 1-9, 40 MHz Spacing',
  84: '2.407 GHz, Channels 5-13, 40 MHz Spacing', 94: '3.0 GHz, Channels 133 and 137, 20 MHz Spacing',
  95: '3.0 GHz, Channels 132, 134, 136, and 138, 10 MHz Spacing', 96: '3.0025 GHz, Channels 131-138, 5 MHz Spacing',
  101: '4.85 GHz, Channels 21 and 25, 20 MHz Spacing', 102: '4.89 GHz, Channels 11, 13, 15, 17, and 19, 10 MHz Spacing',
  103: '4.9375 GHz, Channels 1-10, 5 MHz Spacing', 104: '4.0 GHz, Channels 184 and 192, 40 MHz Spacing', 105: '4.0 GHz, Channels 188 and 196, 40 MHz Spacing',
  106: '4.0 GHz, Channels 191 and 195, 20 MHz Spacing', 107: '4.0 GHz, Channels 189, 191, 193, 195, and 197, 10 MHz Spacing',
  108: '4.0025 GHz, Channels 188-197, 5 MHz Spacing', 109: '4.0 GHz, Channels 184, 188, 192, and 196, 20 MHz Spacing',
  110: '4.0 GHz, Channels 183-189, 10 MHz Spacing', 111: '4.0025 GHz, Channels 182-189, 5 MHz Spacing', 112: '5.0 GHz, Channels 8, 12, and 16, 20 MHz Spacing',
  113: '5.0 GHz, Channels 7-11, 10 MHz Spacing', 114: '5.0 GHz, Channels 6-11, 5 MHz Spacing', 115: '5.0 GHz, Channels 36, 40, 44, and 48, 20 MHz Spacing',
  116: '5.0 GHz, Channels 36 and 44, 40 MHz Spacing', 117: '5.0 GHz, Channels 40 and 48, 40 MHz Spacing',
  118: '5.0 GHz, Channels 52, 56, 60, and 64, 20 MHz Spacing', 119: '5.0 GHz, Channels 52 and 60, 40 MHz Spacing',
  120: '5.0 GHz, Channels 56 and 64, 40 MHz Spacing', 121: '5.0 GHz, Channels 100, 104, 108, 112, 116, 120, 124, 128, 132, 136, and 140, 20 MHz Spacing',
  122: '5.0 GHz, Channels 100, 108, 116, 124, and 132, 40 MHz Spacing', 123: '5.0 GHz, Channels 104, 112, 120, 128, and 136, 40 MHz Spacing',
  124: '5.0 GHz, Channels 149, 153, 157, and 161, 20 MHz Spacing', 125: '5.0 GHz, Channels 149, 153, 157, 161, 165, and 169, 20 MHz Spacing',
  126: '5.0 GHz, Channels 149 and 157, 40 MHz Spacing', 127: '5.0 GHz, Channels 153 and 161, 40 MHz Spacing',
};

function operatingClassName(number: number): string {
  return OPERATING_CLASSES[number] ?? (number >= 192 && number < 255 ? 'Vendor-Specific' : 'Reserved');
}

const REALM_ENCODINGS: Readonly<Record<number, string>> = { 0: 'Formatted in accordance with RFC 4282', 1: 'UTF-8 formatted that is not formatted in accordance with RFC 4282' };

export const hotspotFields = () => sharedFields('wlan', {
  'hs20.anqp.subtype': { type: 'u8', label: 'Subtype', names: HOTSPOT_NAMES },
  'hs20.anqp.reserved': { type: 'u8', label: 'Reserved' },
  'hs20.anqp.payload': { type: 'bytes', label: 'Payload' },
  'hs20.anqp.hs_query_list': { type: 'u8', label: 'Queried Subtype', names: HOTSPOT_NAMES },
  'hs20.anqp.hs_capability_list': { type: 'u8', label: 'Capability', names: HOTSPOT_NAMES },
  'hs20.anqp.ofn.length': { type: 'u8', label: 'Length' },
  'hs20.anqp.ofn.length.invalid': { type: 'none', label: 'Invalid Operator Friendly Name Duple length' },
  'hs20.anqp.ofn.language': { type: 'string', label: 'Language Code', encoding: 'ascii' },
  'hs20.anqp.ofn.name': { type: 'string', label: 'Operator Friendly Name', help: 'Who runs the network, in words.' },
  'hs20.anqp.wan_metrics.link_status': { type: 'u8', label: 'Link Status', mask: 0x03, names: { 0: 'Reserved', 1: 'Link up', 2: 'Link down', 3: 'Link in test state' }, help: 'Whether the access point has a way to the internet.' },
  'hs20.anqp.wan_metrics.symmetric_link': { type: 'u8', label: 'Symmetric Link', mask: 0x04 },
  'hs20.anqp.wan_metrics.at_capacity': { type: 'u8', label: 'At Capacity', mask: 0x08 },
  'hs20.anqp.wan_metrics.reserved': { type: 'u8', label: 'Reserved', mask: 0xf0 },
  'hs20.anqp.wan_metrics.downlink_speed': { type: 'u32le', label: 'Downlink Speed', unit: 'kbit/s' },
  'hs20.anqp.wan_metrics.uplink_speed': { type: 'u32le', label: 'Uplink Speed', unit: 'kbit/s' },
  'hs20.anqp.wan_metrics.downlink_load': { type: 'u8', label: 'Downlink Load' },
  'hs20.anqp.wan_metrics.uplink_load': { type: 'u8', label: 'Uplink Load' },
  'hs20.anqp.wan_metrics.lmd': { type: 'u16le', label: 'LMD' },
  'hs20.anqp.cc.ip_proto': { type: 'u8', label: 'IP Protocol', names: { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 50: 'ESP' } },
  'hs20.anqp.cc.port_num': { type: 'u16le', label: 'Port Number', names: { 0: '[Supported]', 20: 'FTP', 22: 'SSH', 80: 'HTTP', 443: 'HTTPS', 500: 'IKEv2 for IPSec VPN', 1723: 'PPTP for IPSec VPN', 4500: '[Optional] IKEv2 for IPSec VPN', 5060: 'VOIP' } },
  'hs20.anqp.cc.status': { type: 'u8', label: 'Status', names: { 0: 'Closed', 1: 'Open', 2: 'Unknown' } },
  'hs20.anqp.nai_hrq.count': { type: 'u8', label: 'NAI Home Realm Count' },
  'hs20.anqp.nai_hrq.encoding_type': { type: 'u8', label: 'NAI Home Realm Encoding Type', mask: 0x01, names: REALM_ENCODINGS },
  'hs20.anqp.nai_hrq.length': { type: 'u8', label: 'NAI Home Realm Name Length' },
  'hs20.anqp.nai_hrq.length.invalid': { type: 'none', label: 'Invalid NAI Home Realm Query length' },
  'hs20.anqp.nai_hrq.name': { type: 'string', label: 'NAI Home Realm Name' },
  'hs20.anqp.oper_class_indic.oper_class': { type: 'u8', label: 'Operating Class', names: operatingClassName },
  'hs20.anqp_osu_prov_list.ssid_len': { type: 'u8', label: 'SSID Length' },
  'hs20.anqp_osu_prov_list.ssid': { type: 'string', label: 'SSID', encoding: 'ascii' },
  'hs20.anqp_osu_prov_list.number': { type: 'u8', label: 'Number of OSU Providers' },
  'hs20.anqp_osu_prov.len': { type: 'u16le', label: 'OSU Provider Length' },
  'hs20.osu_friendly_names_len': { type: 'u16le', label: 'OSU Friendly Name Length' },
  'hs20.osu_friendly_name.len': { type: 'u8', label: 'Length' },
  'hs20.osu_friendly_name.language': { type: 'string', label: 'Language Code', encoding: 'ascii' },
  'hs20.osu_friendly_name.name': { type: 'string', label: 'OSU Friendly Name' },
  'hs20.osu_server_uri_len': { type: 'u8', label: 'OSU Server URI Length' },
  'hs20.osu_server_uri': { type: 'string', label: 'OSU Server URI', help: 'Where one signs up for the network.' },
  'hs20.osu_method_list_len': { type: 'u8', label: 'OSU Method List Length' },
  'hs20.osu_method_list.method': { type: 'u8', label: 'OSU Method', names: { 0: 'OMA DM', 1: 'SOAP XML SPP' } },
  'hs20.osu_icons_avail_len': { type: 'u16le', label: 'Icons Available Length' },
  'hs20.osu_icons_avail.icon_width': { type: 'u16le', label: 'Icon Width' },
  'hs20.osu_icons_avail.icon_height': { type: 'u16le', label: 'Icon Height' },
  'hs20.osu_icons_avail.lang_code': { type: 'string', label: 'Language Code', encoding: 'ascii' },
  'hs20.osu_icons_avail.icon_type_len': { type: 'u8', label: 'Icon Type Length' },
  'hs20.osu_icons_avail.icon_type': { type: 'string', label: 'Icon Type' },
  'hs20.osu_icons_avail.icon_filename_len': { type: 'u8', label: 'Icon Filename Length' },
  'hs20.osu_icons_avail.icon_filename': { type: 'string', label: 'Icon Filename' },
  'hs20.osu_nai.len': { type: 'u8', label: 'OSU_NAI Length' },
  'hs20.osu_nai': { type: 'bytes', label: 'OSU_NAI' },
  'hs20.osu_service_desc_len': { type: 'u16le', label: 'OSU Service Description Length' },
  'hs20.osu_service_desc.duple.len': { type: 'u8', label: 'Length' },
  'hs20.osu_service_desc.duple.lang': { type: 'string', label: 'Language Code', encoding: 'ascii' },
  'hs20.osu_service_desc.duple.desc': { type: 'string', label: 'OSU Service Description' },
  'hs20.anqp_icon_request.icon_filename': { type: 'string', label: 'Icon Filename' },
  'hs20.anqp_icon_request.download_status': { type: 'u8', label: 'Download Status Code', names: { 0: 'Success', 1: 'File not found', 2: 'Unspecified file error' } },
  'hs20.anqp_icon_request.icon_type_len': { type: 'u8', label: 'Icon Type Length' },
  'hs20.anqp_icon_request.icon_type': { type: 'string', label: 'Icon Type' },
  'anqp_icon_request.icon_binary_data_len': { type: 'u16le', label: 'Icon Binary Data Length' },
  'h220.anqp_icon_request.icon_binary_data': { type: 'bytes', label: 'Icon Binary Data' },
  'hs20.venue_url.len': { type: 'u8', label: 'Length' },
  'hs20.venue_url.venue_num': { type: 'u8', label: 'Venue number' },
  'hs20.venue_url.url': { type: 'string', label: 'Venue URL' },
  'hs20.advice_of_charge.len': { type: 'u16le', label: 'Length' },
  'hs20.advice_of_charge.type': { type: 'u8', label: 'Advice of Charge Type', names: { 0: 'Time-based', 1: 'Data-volume-based', 2: 'Time-and-data-volume-based', 3: 'Unlimited' } },
  'hs20.advice_of_charge.nai_realm_enc': { type: 'u8', label: 'NAI Realm Encoding', base: 'hex' },
  'hs20.advice_of_charge.nai_realm_len': { type: 'u8', label: 'NAI Realm Length' },
  'hs20.advice_of_charge.nai_realm': { type: 'string', label: 'NAI Realm' },
  'hs20.advice_of_charge.plan_info_tuples.plan_len': { type: 'u16le', label: 'Plan length' },
  'hs20.advice_of_charge.plan_info_tuples.plan_lang': { type: 'string', label: 'Plan language', encoding: 'ascii' },
  'hs20.advice_of_charge.plan_info_tuples.plan_curcy': { type: 'string', label: 'Plan currency', encoding: 'ascii' },
  'hs20.advice_of_charge.plan_info_tuples.info': { type: 'string', label: 'Plan information' },
});

const LANGUAGE_BYTES = 3;
const CAPABILITY_BYTES = 4;
const WAN_METRICS_BYTES = 13;

/** Kind of what follows; and a byte that is kept for later. */
export function takeHotspotHeader(layer: Layer): number {
  const kind = layer.take('hs20.anqp.subtype') as unknown as number;
  layer.take('hs20.anqp.reserved');
  return kind;
}

function takeOperatorName(layer: Layer): void {
  const length = layer.take('hs20.anqp.ofn.length') as unknown as number;
  if (length < LANGUAGE_BYTES || length > layer.left) {
    abandon(layer, 'hs20.anqp.ofn.length.invalid', 'Invalid Operator Friendly Name Duple length');
    return;
  }
  layer.take('hs20.anqp.ofn.language', LANGUAGE_BYTES);
  layer.take('hs20.anqp.ofn.name', length - LANGUAGE_BYTES);
}

function takeHomeRealm(layer: Layer): void {
  layer.take('hs20.anqp.nai_hrq.encoding_type');
  const length = layer.take('hs20.anqp.nai_hrq.length') as unknown as number;
  if (length > layer.left) abandon(layer, 'hs20.anqp.nai_hrq.length.invalid', 'Invalid NAI Home Realm Query length');
  else layer.take('hs20.anqp.nai_hrq.name', length);
}

/** A text in a language, behind the length of both. */
function inLanguage(lengthKey: string, languageKey: string, key: string): Take {
  return group(null, 'Name in a language', [sizedBy(lengthKey, sized(languageKey, LANGUAGE_BYTES), rest(key))]);
}

const ICON: Parts = [
  'hs20.osu_icons_avail.icon_width', 'hs20.osu_icons_avail.icon_height', sized('hs20.osu_icons_avail.lang_code', LANGUAGE_BYTES),
  counted('hs20.osu_icons_avail.icon_type_len', 'hs20.osu_icons_avail.icon_type'), counted('hs20.osu_icons_avail.icon_filename_len', 'hs20.osu_icons_avail.icon_filename'),
];

/** Somebody with whom one can sign up (Online Sign-Up). */
const PROVIDER: Parts = [
  sizedBy('hs20.osu_friendly_names_len', each(inLanguage('hs20.osu_friendly_name.len', 'hs20.osu_friendly_name.language', 'hs20.osu_friendly_name.name'))),
  counted('hs20.osu_server_uri_len', 'hs20.osu_server_uri'),
  sizedBy('hs20.osu_method_list_len', each('hs20.osu_method_list.method')),
  sizedBy('hs20.osu_icons_avail_len', each(group(null, 'Icon', ICON))),
  countedIfAny('hs20.osu_nai.len', 'hs20.osu_nai'),
  sizedBy('hs20.osu_service_desc_len', each(inLanguage('hs20.osu_service_desc.duple.len', 'hs20.osu_service_desc.duple.lang', 'hs20.osu_service_desc.duple.desc'))),
];

export const VENUE_URLS: Parts = [each(group(null, 'Venue URL', [sizedBy('hs20.venue_url.len', 'hs20.venue_url.venue_num', rest('hs20.venue_url.url'))]))];

const PLAN: Parts = [sized('hs20.advice_of_charge.plan_info_tuples.plan_lang', LANGUAGE_BYTES), sized('hs20.advice_of_charge.plan_info_tuples.plan_curcy', LANGUAGE_BYTES), rest('hs20.advice_of_charge.plan_info_tuples.info')];

/** What it costs. */
export const CHARGES: Parts = [
  each(
    group(null, 'Advice of Charge', [
      sizedBy(
        'hs20.advice_of_charge.len', 'hs20.advice_of_charge.type', 'hs20.advice_of_charge.nai_realm_enc', counted('hs20.advice_of_charge.nai_realm_len', 'hs20.advice_of_charge.nai_realm'),
        each(group(null, 'Plan', [sizedBy('hs20.advice_of_charge.plan_info_tuples.plan_len', ...PLAN)])),
      ),
    ]),
  ),
];

function takeMetrics(layer: Layer): void {
  if (layer.left < WAN_METRICS_BYTES) return;
  takeParts(layer, [
    bits(1, 'hs20.anqp.wan_metrics.link_status', 'hs20.anqp.wan_metrics.symmetric_link', 'hs20.anqp.wan_metrics.at_capacity', 'hs20.anqp.wan_metrics.reserved'),
    'hs20.anqp.wan_metrics.downlink_speed', 'hs20.anqp.wan_metrics.uplink_speed', 'hs20.anqp.wan_metrics.downlink_load', 'hs20.anqp.wan_metrics.uplink_load', 'hs20.anqp.wan_metrics.lmd',
  ]);
}

const READERS: Readonly<Record<number, Parts>> = {
  1: [each('hs20.anqp.hs_query_list')],
  2: [each('hs20.anqp.hs_capability_list')],
  3: [whileLeft(LANGUAGE_BYTES + 1, group(null, 'Operator Friendly Name Duple', [takeOperatorName]))],
  4: [takeMetrics],
  5: [whileLeft(CAPABILITY_BYTES, group(null, 'Protocol and port', ['hs20.anqp.cc.ip_proto', 'hs20.anqp.cc.port_num', 'hs20.anqp.cc.status']))],
  6: [repeated('hs20.anqp.nai_hrq.count', group(null, 'NAI Home Realm Data', [takeHomeRealm]))],
  7: [each('hs20.anqp.oper_class_indic.oper_class')],
  8: [counted('hs20.anqp_osu_prov_list.ssid_len', 'hs20.anqp_osu_prov_list.ssid'), repeated('hs20.anqp_osu_prov_list.number', group(null, 'OSU Provider', [sizedBy('hs20.anqp_osu_prov.len', ...PROVIDER)]))],
  10: [rest('hs20.anqp_icon_request.icon_filename')],
  11: ['hs20.anqp_icon_request.download_status', counted('hs20.anqp_icon_request.icon_type_len', 'hs20.anqp_icon_request.icon_type'), counted('anqp_icon_request.icon_binary_data_len', 'h220.anqp_icon_request.icon_binary_data')],
  12: ICON,
  13: CHARGES,
};

/** What follows the header, up to the layer's end. */
export function takeHotspot(layer: Layer, kind: number): void {
  takeParts(layer, READERS[kind] ?? [restIfAny('hs20.anqp.payload')]);
}
