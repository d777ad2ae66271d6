/**
 * The Access Network Query Protocol: what a station asks a network before it joins, and what it is told
 * (IEEE 802.11-2020 §9.4.5, §11.22.3.3).
 */
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { organizationText } from '../../../names/organizations.ts';
import { EAP_TYPES } from '../../eap/types.ts';
import { CHARGES, HOTSPOT_NAMES, takeHotspot, takeHotspotHeader, VENUE_URLS } from './hotspot.ts';
import { NEIGHBOR_REPORT, NEIGHBOR_REPORT_BYTES } from './measure.ts';
import { abandon, bits, counted, countedIfAny, each, group, repeated, rest, sizedBy, takeParts, whileLeft } from './parts.ts';
import type { Parts } from './parts.ts';

const ID = { queryList: 256, vendor: 56_797 } as const;

const INFORMATION: Readonly<Record<number, string>> = {
  256: 'ANQP Query list', 257: 'ANQP Capability list', 258: 'Venue Name information', 259: 'Emergency Call Number information', 260: 'Network Authentication Type information', 261: 'Roaming Consortium list',
  262: 'IP Address Type Availability information', 263: 'NAI Realm list', 264: '3GPP Cellular Network information', 265: 'AP Geospatial Location', 266: 'AP Civic Location', 267: 'AP Location Public Identifier URI', 268: 'Domain Name list',
  269: 'Emergency Alert Identifier URI', 270: 'TDLS Capability information', 271: 'Emergency NAI', 272: 'Neighbor Report', 273: 'Query AP List', 274: 'AP List Response', 275: 'FILS Realm Info', 276: 'CAG', 277: 'Venue URL',
  278: 'Advice of Charge', 279: 'Local Content', 280: 'Network Authentication Type with Timestamp', 56797: 'ANQP vendor-specific list',
};

const MBO_SUBTYPES: Readonly<Record<number, string>> = { 1: 'MBO Query List', 2: 'Cellular Data Connection Preference' };

const AVAILABILITY_OF_IPV4: Readonly<Record<number, string>> = {
  0: 'Address type not available', 1: 'Public IPv4 address available', 2: 'Port-restricted IPv4 address available', 3: 'Single NATed private IPv4 address available', 4: 'Double NATed private IPv4 address available',
  5: 'Port-restricted IPv4 address and single NATed IPv4 address available', 6: 'Port-restricted IPv4 address and double NATed IPv4 address available', 7: 'Availability of the address type is not known',
};

export const anqpFields = () => sharedFields('wlan', {
  'fixed.anqp.info_id': { type: 'u16le', label: 'Info ID', names: INFORMATION },
  'fixed.anqp.info_length': { type: 'u16le', label: 'Length' },
  'fixed.anqp.info_length.invalid': { type: 'none', label: 'Invalid ANQP Info length' },
  'fixed.query_length_invalid': { type: 'none', label: 'Not enough room for ANQP header' },
  'fixed.anqp.info': { type: 'bytes', label: 'Information' },
  'fixed.anqp.query_id': { type: 'u16le', label: 'ANQP Query ID', names: INFORMATION, help: 'What the station wants to know.' },
  'fixed.anqp.capability': { type: 'u16le', label: 'ANQP Capability', names: INFORMATION, help: 'What the network can be asked.' },
  'fixed.anqp.capability_vlen': { type: 'u16le', label: 'Vendor-specific Capability Length' },
  'fixed.anqp.capability.invalid': { type: 'none', label: 'Invalid vendor-specific ANQP capability' },
  'fixed.anqp.capability_vendor': { type: 'bytes', label: 'Vendor-specific Capability' },
  'fixed.anqp.venue.length': { type: 'u8', label: 'Venue Name Duple Length' },
  'fixed.anqp.venue.length.invalid': { type: 'none', label: 'Invalid Venue Name Duple length' },
  'fixed.anqp.venue.language': { type: 'string', label: 'Language Code', encoding: 'ascii' },
  'fixed.anqp.venue.name': { type: 'string', label: 'Venue Name', help: 'Where the access point stands.' },
  'fixed.anqp.nw_auth_type.indicator': { type: 'u8', label: 'Network Authentication Type Indicator', names: { 0: 'Acceptance of terms and conditions', 1: 'On-line enrollment supported', 2: 'http/https redirection', 3: 'DNS redirection' }, help: 'What a station has to do behind the login of the radio network.' },
  'fixed.anqp.nw_auth_type.url_len': { type: 'u16le', label: 'Re-direct URL Length' },
  'fixed.anqp.nw_auth_type.url': { type: 'string', label: 'Re-direct URL', encoding: 'ascii' },
  'fixed.anqp.roaming_consortium.oi_len': { type: 'u8', label: 'OI Length' },
  'fixed.anqp.roaming_consortium.oi_len.invalid': { type: 'none', label: 'Invalid Roaming Consortium OI' },
  'fixed.anqp.roaming_consortium.oi': { type: 'bytes', label: 'OI', help: 'A group of networks whose users may join.' },
  'fixed.anqp.ip_addr_availability.ipv6': { type: 'u8', label: 'IPv6 Address', mask: 0x03, names: { 0: 'Address type not available', 1: 'Address type available', 2: 'Availability of the address type not known' } },
  'fixed.anqp.ip_addr_availability.ipv4': { type: 'u8', label: 'IPv4 Address', mask: 0xfc, names: AVAILABILITY_OF_IPV4 },
  'fixed.anqp.nai_realm_list.count': { type: 'u16le', label: 'NAI Realm Count' },
  'fixed.anqp.nai_realm_list.field_len': { type: 'u16le', label: 'NAI Realm Data Field Length' },
  'fixed.anqp_nai_realm_list.encoding': { type: 'u8', label: 'NAI Realm Encoding', mask: 0x01, names: { 0: 'Formatted in accordance with RFC 4282', 1: 'UTF-8 formatted that is not formatted in accordance with RFC 4282' } },
  'fixed.anqp_nai_realm_list.realm_length': { type: 'u8', label: 'NAI Realm Length' },
  'fixed.anqp_nai_realm_list.realm': { type: 'string', label: 'NAI Realm', help: 'Whose users may join: what stands behind the @ of their names.' },
  'fixed.anqp_nai_realm_list.eap_method_count': { type: 'u8', label: 'EAP Method Count' },
  'fixed.anqp_nai_realm_list.eap_method_len': { type: 'u8', label: 'EAP Method subfield Length' },
  'fixed.anqp_nai_realm_list.eap_method': { type: 'u8', label: 'EAP Method', names: EAP_TYPES },
  'fixed.anqp_nai_realm_list.auth_param_count': { type: 'u8', label: 'Authentication Parameter Count' },
  'fixed.anqp_nai_realm_list.auth_param_id': { type: 'u8', label: 'Authentication Parameter ID', names: { 1: 'Expanded EAP Method', 2: 'Non-EAP Inner Authentication Type', 3: 'Inner Authentication EAP Method Type', 4: 'Expanded Inner EAP Method', 5: 'Credential Type', 6: 'Tunneled EAP Method Credential Type', 221: 'Vendor Specific' } },
  'fixed.anqp_nai_realm_list.auth_param_len': { type: 'u8', label: 'Authentication Parameter Length' },
  'fixed.anqp_nai_realm_list.auth_param_value': { type: 'bytes', label: 'Authentication Parameter Value' },
  'fixed.anqp.3gpp_cellular_info.gud': { type: 'u8', label: 'GUD' },
  'fixed.anqp.3gpp_cellular_info.udhl': { type: 'u8', label: 'UDHL' },
  'fixed.anqp.3gpp_cellular_info.iei': { type: 'u8', label: 'IEI' },
  'fixed.anqp.3gpp_cellular_info.plmn_len': { type: 'u8', label: 'PLMN Length' },
  'fixed.anqp.3gpp_cellular_info.num_plmns': { type: 'u8', label: 'Number of PLMNs' },
  'fixed.anqp.3gpp_cellular_info.plmn_info': { type: 'u24le', label: 'PLMN', base: 'hex' },
  'plmn.mcc': { type: 'u16', label: 'Mobile Country Code (MCC)', name: 'e212.mcc' },
  'plmn.mnc': { type: 'u16', label: 'Mobile Network Code (MNC)', name: 'e212.mnc' },
  'fixed.anqp.domain_name_list.len': { type: 'u8', label: 'Domain Name Length' },
  'fixed.anqp.domain_name_list.name': { type: 'string', label: 'Domain Name', help: 'Who runs the network.' },
  'anqp.wfa.subtype': { type: 'u8', label: 'WFA Subtype', names: { 17: 'Hotspot 2.0 ANQP', 18: 'Multi Band Operation ANQP' } },
  'wfa.anqp.mbo.subtype': { type: 'u8', label: 'Subtype', names: MBO_SUBTYPES },
  'wfa.anqp.mbo.query': { type: 'u8', label: 'Query Subtype', names: MBO_SUBTYPES },
  'wfa.anqp.mbo.cellular_pref': { type: 'u8', label: 'Cellular Data Preference', names: { 0: 'Excluded. The AP does not want STA to use the cellular data connection', 1: 'The AP prefers the STA should not use cellular data connection', 255: 'The AP prefers the STA should use cellular data connection' } },
});

const HEADER_BYTES = 4;

/** A list of pieces of information up to the layer's end. */
export function takeAnqp(layer: Layer, isRequest: boolean): void {
  if (layer.left < HEADER_BYTES) {
    abandon(layer, 'fixed.query_length_invalid', 'Not enough room for ANQP header');
    return;
  }
  layer.infoAppend(() => `, ANQP ${isRequest ? 'Req' : 'Resp'}`);
  layer.each((index) => takeInformation(layer, index));
}

function takeInformation(layer: Layer, index: number): void {
  const id = layer.take('fixed.anqp.info_id') as unknown as number;
  if (id !== ID.vendor) tell(layer, index, INFORMATION[id] ?? `Unknown (${id})`);
  layer.inside(() => {
    const length = layer.take('fixed.anqp.info_length') as unknown as number;
    if (layer.broken) return;
    if (length > layer.reportedLeft) {
      abandon(layer, 'fixed.anqp.info_length.invalid', 'Invalid ANQP Info length');
      return;
    }
    const end = layer.cursor + length;
    layer.within(end, () => {
      if (id === ID.vendor) takeVendorInformation(layer, index);
      else takeParts(layer, READERS[id] ?? [rest('fixed.anqp.info')]);
    });
    layer.reaches(end);
  });
}

/** The first piece is named in the list of packets, and that there are more. */
function tell(layer: Layer, index: number, name: string): void {
  if (index < 2) layer.infoAppend(() => (index === 0 ? ` ${name}` : ', ..'));
}

// ── what a vendor adds ───────────────────────────────────────────────────────

const WIFI_ALLIANCE = 0x506f9a;
const HOTSPOT = 17;
const MULTI_BAND = 18;
const MBO_QUERY = 1;
const MBO_PREFERENCE = 2;

function takeVendorInformation(layer: Layer, index: number): void {
  const vendor = layer.take('tag.oui') as unknown as number;
  if (layer.broken) return;
  if (vendor !== WIFI_ALLIANCE) {
    takeParts(layer, [rest('fixed.anqp.info')]);
    return;
  }
  const subtype = layer.take('anqp.wfa.subtype') as unknown as number;
  if (subtype === HOTSPOT) {
    const kind = takeHotspotHeader(layer);
    if (layer.broken) return;
    tell(layer, index, `HS 2.0 ${HOTSPOT_NAMES[kind] ?? `Reserved (${kind})`}`);
    takeHotspot(layer, kind);
  } else if (subtype === MULTI_BAND) takeMultiBand(layer);
  else if (layer.left > 0) layer.data({ length: layer.left });
}

function takeMultiBand(layer: Layer): void {
  const subtype = layer.take('wfa.anqp.mbo.subtype') as unknown as number;
  if (subtype === MBO_QUERY) takeParts(layer, [each('wfa.anqp.mbo.query')]);
  else if (subtype === MBO_PREFERENCE) takeParts(layer, ['wfa.anqp.mbo.cellular_pref']);
}

// ── the pieces ───────────────────────────────────────────────────────────────

function takeCapability(layer: Layer): void {
  const id = layer.take('fixed.anqp.capability') as unknown as number;
  if (layer.broken || id !== ID.vendor) return;
  layer.inside(() => {
    const length = layer.take('fixed.anqp.capability_vlen') as unknown as number;
    if (layer.broken) return;
    if (length <= layer.left) layer.within(layer.cursor + length, () => takeVendorCapability(layer));
    else {
      abandon(layer, 'fixed.anqp.capability.invalid', 'Invalid vendor-specific ANQP capability');
    }
  });
}

function takeVendorCapability(layer: Layer): void {
  const vendor = layer.take('tag.oui') as unknown as number;
  const subtype = vendor === WIFI_ALLIANCE ? (layer.take('anqp.wfa.subtype') as unknown as number) : -1;
  if (layer.broken) return;
  if (subtype === HOTSPOT) takeHotspot(layer, takeHotspotHeader(layer));
  else layer.take('fixed.anqp.capability_vendor', layer.left);
}

const LANGUAGE_BYTES = 3;
const OUI_BYTES = 3;

function takeVenueName(layer: Layer): void {
  const length = layer.take('fixed.anqp.venue.length') as unknown as number;
  if (length < LANGUAGE_BYTES || length > layer.left) {
    abandon(layer, 'fixed.anqp.venue.length.invalid', 'Invalid Venue Name Duple length');
    return;
  }
  layer.take('fixed.anqp.venue.language', LANGUAGE_BYTES);
  layer.take('fixed.anqp.venue.name', length - LANGUAGE_BYTES);
}

function takeConsortium(layer: Layer): void {
  const length = layer.take('fixed.anqp.roaming_consortium.oi_len') as unknown as number;
  if (length === 0 || length > layer.left) {
    abandon(layer, 'fixed.anqp.roaming_consortium.oi_len.invalid', 'Invalid Roaming Consortium OI');
    return;
  }
  const organization = layer.peekU24();
  layer.take('fixed.anqp.roaming_consortium.oi', length);
  if (length === OUI_BYTES) layer.label(() => `OI: ${organizationText(organization)}`);
}

const METHOD: Parts = [
  'fixed.anqp_nai_realm_list.eap_method',
  repeated('fixed.anqp_nai_realm_list.auth_param_count', 'fixed.anqp_nai_realm_list.auth_param_id', counted('fixed.anqp_nai_realm_list.auth_param_len', 'fixed.anqp_nai_realm_list.auth_param_value')),
];
const REALM: Parts = [
  'fixed.anqp_nai_realm_list.encoding', counted('fixed.anqp_nai_realm_list.realm_length', 'fixed.anqp_nai_realm_list.realm'),
  repeated('fixed.anqp_nai_realm_list.eap_method_count', group(null, 'EAP Method', [sizedBy('fixed.anqp_nai_realm_list.eap_method_len', ...METHOD)])),
];

function takeNeighborReport(layer: Layer): void {
  if (layer.left >= NEIGHBOR_REPORT_BYTES) takeParts(layer, NEIGHBOR_REPORT);
  else abandon(layer, 'tag.length.bad', `Neighbor Report length ${layer.left} wrong, must be >= ${NEIGHBOR_REPORT_BYTES}`);
}

const PLMN_LIST = 0;
const NO_DIGIT = 0xf;
const NETWORK_BYTES = 3;

/** Networks that the access point's operator works with (3GPP TS 24.302 Annex H). */
function takeCellularNetworks(layer: Layer): void {
  takeParts(layer, ['fixed.anqp.3gpp_cellular_info.gud', 'fixed.anqp.3gpp_cellular_info.udhl']);
  const kind = layer.take('fixed.anqp.3gpp_cellular_info.iei') as unknown as number;
  if (layer.broken || kind !== PLMN_LIST) return;
  takeParts(layer, ['fixed.anqp.3gpp_cellular_info.plmn_len', repeated('fixed.anqp.3gpp_cellular_info.num_plmns', takeNetwork)]);
}

/** Digits in halves of bytes: three of the country, two or three of the network (3GPP TS 24.008 §10.5.1.13). */
function takeNetwork(layer: Layer): void {
  if (layer.left < NETWORK_BYTES) return;
  const at = layer.cursor;
  const [first, second, third] = [layer.peekU8(), layer.peekU8(1), layer.peekU8(2)];
  layer.take('fixed.anqp.3gpp_cellular_info.plmn_info');
  const country = (first & 0xf) * 100 + (first >> 4) * 10 + (second & 0xf);
  const two = (third & 0xf) * 10 + (third >> 4);
  layer.inside(() => {
    layer.put('plmn.mcc', country, at, 2);
    layer.put('plmn.mnc', second >> 4 === NO_DIGIT ? two : two * 10 + (second >> 4), at + 1, 2);
  });
}

const READERS: Readonly<Record<number, Parts>> = {
  256: [whileLeft(2, 'fixed.anqp.query_id')],
  257: [whileLeft(2, takeCapability)],
  258: ['fixed.venue_info.group', 'fixed.venue_info.type', whileLeft(LANGUAGE_BYTES + 1, takeVenueName)],
  260: [whileLeft(3, 'fixed.anqp.nw_auth_type.indicator', countedIfAny('fixed.anqp.nw_auth_type.url_len', 'fixed.anqp.nw_auth_type.url'))],
  261: [each(takeConsortium)],
  262: [bits(1, 'fixed.anqp.ip_addr_availability.ipv6', 'fixed.anqp.ip_addr_availability.ipv4')],
  263: [repeated('fixed.anqp.nai_realm_list.count', group(null, 'NAI Realm Data', [sizedBy('fixed.anqp.nai_realm_list.field_len', ...REALM)]))],
  264: [takeCellularNetworks],
  268: [each(counted('fixed.anqp.domain_name_list.len', 'fixed.anqp.domain_name_list.name'))],
  272: [takeNeighborReport],
  277: VENUE_URLS,
  278: CHARGES,
};
