/** Elements about keys and who may join: RSN, fast transitions, protection of management frames (IEEE 802.11-2020 §9.4.2.24, §9.4.2.45, §9.4.2.46). */
import { organizationText } from '../../../names/organizations.ts';
import { cipherText, keyManagementText } from './suites.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { each, element, least, rest, sized, word, takeParts } from './parts.ts';
import type { Elements } from './parts.ts';

export const securityFields = () => sharedFields('wlan', {
  'mobility_domain.mdid': { type: 'u16le', label: 'Mobility Domain Identifier', base: 'hex' },
  'mobility_domain.ft_capab': { type: 'u8', label: 'FT Capability and Policy', base: 'hex' },
  'mobility_domain.ft_capab.ft_over_ds': { type: 'u8', label: 'Fast BSS Transition over DS', base: 'hex', of: 'mobility_domain.ft_capab', mask: 0x1 },
  'mobility_domain.ft_capab.resource_req': { type: 'u8', label: 'Resource Request Protocol Capability', base: 'hex', of: 'mobility_domain.ft_capab', mask: 0x2 },
  'mobility_domain.ft_capab.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'mobility_domain.ft_capab', mask: 0xfc },
  'timeout_int.type': { type: 'u8', label: 'Timeout Interval Type', names: { 1: 'Reassociation deadline interval (TUs)', 2: 'Key lifetime interval (seconds)', 3: 'Association Comeback time (TUs)', 4: 'Time to start (TUs)' } },
  'timeout_int.value': { type: 'u32le', label: 'Timeout Interval Value' },
  'mmie.keyid': { type: 'u16le', label: 'KeyID' },
  'mmie.ipn': { type: 'bytes', label: 'IPN' },
  'mmie.mic': { type: 'bytes', label: 'MIC' },
  'rsnx': { type: 'u8', label: 'RSNX', base: 'hex' },
  'rsnx.length': { type: 'u8', label: 'RSNX Length', of: 'rsnx', mask: 0xf },
  'rsnx.protected_twt_operations_support': { type: 'u8', label: 'Protected TWT Operations Support', of: 'rsnx', mask: 0x10 },
  'rsnx.sae_hash_to_element': { type: 'u8', label: 'SAE Hash to element', of: 'rsnx', mask: 0x20 },
  'rsnx.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'rsnx', mask: 0xc0 },
  'rsnx.reserved.byte': { type: 'u8', label: 'Reserved', name: 'wlan.rsnx.reserved', base: 'hex' },
  'rsnx.secure_ltf_support': { type: 'bool', label: 'Secure LTF Support', of: 'rsnx', mask: 0x1 },
  'rsnx.secure_rtt_supported': { type: 'bool', label: 'Secure RTT Supported', of: 'rsnx', mask: 0x2 },
  'rsnx.rnmmfp': { type: 'bool', label: 'Range Protection Required (RNM-MFP)', of: 'rsnx', mask: 0x4 },
  'rsnx.reserved.b11thru15': { type: 'u8', label: 'Reserved', base: 'hex', of: 'rsnx', mask: 0xf8 },
  'rsn.version': { type: 'u16le', label: 'RSN Version' },
  'rsn.gcs': { type: 'u32', label: 'Group Cipher Suite', show: cipherText, help: 'How broadcasts are encrypted.' },
  'rsn.gcs.oui': { type: 'u24', label: 'Group Cipher Suite OUI', show: organizationText },
  'rsn.gcs.type': { type: 'u8', label: 'Group Cipher Suite type', names: { 0: 'NONE', 1: 'WEP (40-bit)', 2: 'TKIP', 3: 'AES (OCB)', 4: 'AES (CCM)', 5: 'WEP (104-bit)', 6: 'BIP (128)', 7: 'Group addressed traffic not allowed', 8: 'GCMP (128)', 9: 'GCMP (256)', 10: 'CCMP (256)', 11: 'BIP (GMAC-128)', 12: 'BIP (GMAC-256)', 13: 'BIP (CMAC-256)' } },
  'rsn.pcs.count': { type: 'u16le', label: 'Pairwise Cipher Suite Count' },
  'rsn.pcs.count.invalid': { type: 'none', label: 'Pairwise Cipher Suite Count too large' },
  'rsn.pcs.list': { type: 'none', label: 'Pairwise Cipher Suite List' },
  'rsn.pcs': { type: 'u32', label: 'Pairwise Cipher Suite', show: cipherText, help: 'How frames to one station are encrypted.' },
  'rsn.pcs.oui': { type: 'u24', label: 'Pairwise Cipher Suite OUI', show: organizationText },
  'rsn.pcs.type': { type: 'u8', label: 'Pairwise Cipher Suite type', names: { 0: 'NONE', 1: 'WEP (40-bit)', 2: 'TKIP', 3: 'AES (OCB)', 4: 'AES (CCM)', 5: 'WEP (104-bit)', 6: 'BIP (128)', 7: 'Group addressed traffic not allowed', 8: 'GCMP (128)', 9: 'GCMP (256)', 10: 'CCMP (256)', 11: 'BIP (GMAC-128)', 12: 'BIP (GMAC-256)', 13: 'BIP (CMAC-256)' } },
  'rsn.akms.count': { type: 'u16le', label: 'Auth Key Management (AKM) Suite Count' },
  'rsn.akms.count.invalid': { type: 'none', label: 'Auth Key Management (AKM) Suite Count too large' },
  'rsn.akms.list': { type: 'none', label: 'Auth Key Management (AKM) List' },
  'rsn.akms': { type: 'u32', label: 'Auth Key Management (AKM) Suite', show: keyManagementText, help: 'How a station proves that it may join.' },
  'rsn.akms.oui': { type: 'u24', label: 'Auth Key Management (AKM) OUI', show: organizationText },
  'rsn.akms.type': { type: 'u8', label: 'Auth Key Management (AKM) type', names: { 0: 'NONE', 1: 'WPA', 2: 'PSK', 3: 'FT over IEEE 802.1X', 4: 'FT using PSK', 5: 'WPA (SHA256)', 6: 'PSK (SHA256)', 7: 'TDLS / TPK Handshake (SHA256)', 8: 'SAE (SHA256)', 9: 'FT using SAE (SHA256)', 10: 'APPeerKey (SHA256)', 11: 'WPA (SHA256-SuiteB)', 12: 'WPA (SHA384-SuiteB)', 13: 'FT over IEEE 802.1X (SHA384)', 14: 'FILS (SHA256 and AES-SIV-256)', 15: 'FILS (SHA384 and AES-SIV-512)', 16: 'FT over FILS (SHA256 and AES-SIV-256)', 17: 'FT over FILS (SHA384 and AES-SIV-512)', 18: 'Opportunistic Wireless Encryption', 19: 'FT using PSK (SHA384)', 20: 'PSK (SHA384)', 21: 'PASN' } },
  'rsn.capabilities': { type: 'u16le', label: 'RSN Capabilities', base: 'hex' },
  'rsn.capabilities.preauth': { type: 'bool', label: 'RSN Pre-Auth capabilities', of: 'rsn.capabilities', mask: 0x1, states: ['Transmitter supports pre-authentication', 'Transmitter does not support pre-authentication'] },
  'rsn.capabilities.no_pairwise': { type: 'bool', label: 'RSN No Pairwise capabilities', of: 'rsn.capabilities', mask: 0x2, states: ['Transmitter cannot support WEP default key 0 simultaneously with Pairwise key', 'Transmitter can support WEP default key 0 simultaneously with Pairwise key'] },
  'rsn.capabilities.ptksa_replay_counter': { type: 'u16le', label: 'RSN PTKSA Replay Counter capabilities', base: 'hex', of: 'rsn.capabilities', mask: 0xc, names: { 0: '1 replay counter per PTKSA/GTKSA/STAKeySA', 1: '2 replay counters per PTKSA/GTKSA/STAKeySA', 2: '4 replay counters per PTKSA/GTKSA/STAKeySA', 3: '16 replay counters per PTKSA/GTKSA/STAKeySA' } },
  'rsn.capabilities.gtksa_replay_counter': { type: 'u16le', label: 'RSN GTKSA Replay Counter capabilities', base: 'hex', of: 'rsn.capabilities', mask: 0x30, names: { 0: '1 replay counter per PTKSA/GTKSA/STAKeySA', 1: '2 replay counters per PTKSA/GTKSA/STAKeySA', 2: '4 replay counters per PTKSA/GTKSA/STAKeySA', 3: '16 replay counters per PTKSA/GTKSA/STAKeySA' } },
  'rsn.capabilities.mfpr': { type: 'bool', label: 'Management Frame Protection Required', of: 'rsn.capabilities', mask: 0x40, help: 'Stations must protect management frames, too, so that nobody else can throw them out.' },
  'rsn.capabilities.mfpc': { type: 'bool', label: 'Management Frame Protection Capable', of: 'rsn.capabilities', mask: 0x80 },
  'rsn.capabilities.jmr': { type: 'bool', label: 'Joint Multi-band RSNA', of: 'rsn.capabilities', mask: 0x100 },
  'rsn.capabilities.peerkey': { type: 'bool', label: 'PeerKey Enabled', of: 'rsn.capabilities', mask: 0x200 },
  'rsn.capabilities.extended_key_id_iaf': { type: 'bool', label: 'Extended Key ID for Individually Addressed Frames', of: 'rsn.capabilities', mask: 0x2000, states: ['Supported', 'Not supported'] },
  'rsn.pmkid.count': { type: 'u16le', label: 'PMKID Count' },
  'rsn.pmkid.count.invalid': { type: 'none', label: 'PMKID Count too large' },
  'rsn.pmkid.list': { type: 'none', label: 'PMKID List' },
  'pmkid.akms': { type: 'bytes', label: 'PMKID' },
  'rsn.gmcs': { type: 'u32', label: 'Group Management Cipher Suite', show: cipherText },
  'rsn.gmcs.oui': { type: 'u24', label: 'Group Management Cipher Suite OUI', show: organizationText },
  'rsn.gmcs.type': { type: 'u8', label: 'Group Management Cipher Suite type', names: { 0: 'NONE', 1: 'WEP (40-bit)', 2: 'TKIP', 3: 'AES (OCB)', 4: 'AES (CCM)', 5: 'WEP (104-bit)', 6: 'BIP (128)', 7: 'Group addressed traffic not allowed', 8: 'GCMP (128)', 9: 'GCMP (256)', 10: 'CCMP (256)', 11: 'BIP (GMAC-128)', 12: 'BIP (GMAC-256)', 13: 'BIP (CMAC-256)' } },
  'wfa.ie.wpa.version': { type: 'u16le', label: 'WPA Version' },
  'wfa.ie.wpa.mcs': { type: 'u32', label: 'Multicast Cipher Suite', show: cipherText },
  'wfa.ie.wpa.mcs.oui': { type: 'u24', label: 'Multicast Cipher Suite OUI', show: organizationText },
  'wfa.ie.wpa.mcs.type': { type: 'u8', label: 'Multicast Cipher Suite type', names: { 0: 'NONE', 1: 'WEP (40-bit)', 2: 'TKIP', 3: 'AES (OCB)', 4: 'AES (CCM)', 5: 'WEP (104-bit)', 6: 'BIP', 7: 'Group addressed traffic not allowed' } },
  'wfa.ie.wpa.ucs.count': { type: 'u16le', label: 'Unicast Cipher Suite Count' },
  'wfa.ie.wpa.ucs.list': { type: 'none', label: 'Unicast Cipher Suite List' },
  'wfa.ie.wpa.ucs': { type: 'u32', label: 'Unicast Cipher Suite', show: cipherText },
  'wfa.ie.wpa.ucs.oui': { type: 'u24', label: 'Unicast Cipher Suite OUI', show: organizationText },
  'wfa.ie.wpa.ucs.type': { type: 'u8', label: 'Unicast Cipher Suite type', names: { 0: 'NONE', 1: 'WEP (40-bit)', 2: 'TKIP', 3: 'AES (OCB)', 4: 'AES (CCM)', 5: 'WEP (104-bit)', 6: 'BIP', 7: 'Group addressed traffic not allowed' } },
  'wfa.ie.wpa.akms.count': { type: 'u16le', label: 'Auth Key Management (AKM) Suite Count' },
  'wfa.ie.wpa.akms.list': { type: 'none', label: 'Auth Key Management (AKM) List' },
  'wfa.ie.wpa.akms': { type: 'u32', label: 'Auth Key Management (AKM) Suite', show: keyManagementText },
  'wfa.ie.wpa.akms.oui': { type: 'u24', label: 'Auth Key Management (AKM) OUI', show: organizationText },
  'wfa.ie.wpa.type': { type: 'u8', label: 'Auth Key Management (AKM) type', names: { 0: 'NONE', 1: 'WPA', 2: 'PSK', 3: 'FT over IEEE 802.1X', 4: 'FT using PSK', 5: 'WPA (SHA256)', 6: 'PSK (SHA256)', 7: 'TDLS / TPK Handshake' } },
  'ft.mic_control': { type: 'u16le', label: 'MIC Control', base: 'hex' },
  'ft.mic_control.reserved': { type: 'u16le', label: 'Reserved', base: 'hex', of: 'ft.mic_control', mask: 0xff },
  'ft.mic_control.element_count': { type: 'u16le', label: 'Element Count', of: 'ft.mic_control', mask: 0xff00 },
  'ft.mic': { type: 'bytes', label: 'MIC' },
  'ft.anonce': { type: 'bytes', label: 'ANonce' },
  'ft.snonce': { type: 'bytes', label: 'SNonce' },
  'ft.subelem.id': { type: 'u8', label: 'Subelement ID', names: { 0: 'Reserved', 1: 'PMK-R1 key holder identifier (R1KH-ID)', 2: 'GTK subelement', 3: 'PMK-R0 key holder identifier (R0KH-ID)', 4: 'IGTK' } },
  'ft.subelem.len': { type: 'u8', label: 'Length' },
  'ft.subelem.r1kh_id': { type: 'bytes', label: 'PMK-R1 key holder identifier (R1KH-ID)' },
  'ft.subelem.gtk.key_info': { type: 'u16le', label: 'Key Info', base: 'hex' },
  'ft.subelem.gtk.key_id': { type: 'u16le', label: 'Key ID', of: 'ft.subelem.gtk.key_info', mask: 0x3 },
  'ft.subelem.gtk.key_length': { type: 'u8', label: 'Key Length' },
  'ft.subelem.gtk.rsc': { type: 'bytes', label: 'RSC' },
  'ft.subelem.gtk.key': { type: 'bytes', label: 'GTK' },
  'ft.subelem.r0kh_id': { type: 'bytes', label: 'PMK-R0 key holder identifier (R0KH-ID)' },
  'ft.subelem.igtk.key_id': { type: 'u16le', label: 'Key ID' },
  'ft.subelem.igtk.ipn': { type: 'bytes', label: 'IPN' },
  'ft.subelem.igtk.key_length': { type: 'u8', label: 'Key Length' },
  'ft.subelem.igtk.key': { type: 'bytes', label: 'Wrapped Key (IGTK)' },
});

/** Keys of a suite's fields: the whole, its organization, its type. */
type Suite = readonly [whole: string, oui: string, type: string];

const SUITE = 4;
const PMKID = 16;

const GROUP: Suite = ['rsn.gcs', 'rsn.gcs.oui', 'rsn.gcs.type'];
const PAIRWISE: Suite = ['rsn.pcs', 'rsn.pcs.oui', 'rsn.pcs.type'];
const KEY_MANAGEMENT: Suite = ['rsn.akms', 'rsn.akms.oui', 'rsn.akms.type'];
const MANAGEMENT: Suite = ['rsn.gmcs', 'rsn.gmcs.oui', 'rsn.gmcs.type'];
const WPA_MULTICAST: Suite = ['wfa.ie.wpa.mcs', 'wfa.ie.wpa.mcs.oui', 'wfa.ie.wpa.mcs.type'];
const WPA_UNICAST: Suite = ['wfa.ie.wpa.ucs', 'wfa.ie.wpa.ucs.oui', 'wfa.ie.wpa.ucs.type'];
const WPA_KEY_MANAGEMENT: Suite = ['wfa.ie.wpa.akms', 'wfa.ie.wpa.akms.oui', 'wfa.ie.wpa.type'];

/** Organization (three bytes) and a number of its own. */
function takeSuite(layer: Layer, [whole, oui, type]: Suite): void {
  const at = layer.cursor;
  if (!layer.has(SUITE)) return;
  layer.take(whole);
  layer.inside(() => {
    layer.at(oui, at);
    layer.at(type, at + 3);
  });
}

function takeList(layer: Layer, head: string, count: number, size: number, takeOne: () => void): void {
  layer.group(head, () => {
    for (let index = 0; index < count && !layer.broken && layer.left >= size; index += 1) takeOne();
  });
}

/** Suites by number; more than fit are told, and those that fit are shown. */
function takeSuites(layer: Layer, count: number, head: string, suite: Suite, tooMany: string | null): void {
  if (count * SUITE > layer.left && tooMany !== null) layer.expert(tooMany, 'error', 'Malformed', `Suite count too large, 4*${count} > ${layer.left}`);
  takeList(layer, head, count, SUITE, () => takeSuite(layer, suite));
}

/** RSN (IEEE 802.11-2020 §9.4.2.24): what follows the version may end after any part. */
function takeRsn(layer: Layer): void {
  layer.take('rsn.version');
  if (layer.left < SUITE) return;
  takeSuite(layer, GROUP);
  if (layer.left < 2) return;
  takeSuites(layer, layer.take('rsn.pcs.count') as number, 'rsn.pcs.list', PAIRWISE, 'rsn.pcs.count.invalid');
  if (layer.left < 2) return;
  takeSuites(layer, layer.take('rsn.akms.count') as number, 'rsn.akms.list', KEY_MANAGEMENT, 'rsn.akms.count.invalid');
  takeParts(layer, ['rsn.capabilities']);
  if (layer.left < 2) return;
  const count = layer.take('rsn.pmkid.count') as number;
  if (count * PMKID > layer.left) layer.expert('rsn.pmkid.count.invalid', 'error', 'Malformed', `PMKID Count too large, 16*${count} > ${layer.left}`);
  takeList(layer, 'rsn.pmkid.list', count, PMKID, () => layer.take('pmkid.akms', PMKID));
  if (layer.left >= SUITE) takeSuite(layer, MANAGEMENT);
}

/** WPA, from before RSN was done: the same in a vendor's element, behind its type. */
export function takeWpa(layer: Layer): void {
  layer.take('wfa.ie.wpa.version');
  if (layer.left < SUITE) return;
  takeSuite(layer, WPA_MULTICAST);
  if (layer.left < 2) return;
  takeSuites(layer, layer.take('wfa.ie.wpa.ucs.count') as number, 'wfa.ie.wpa.ucs.list', WPA_UNICAST, null);
  if (layer.left < 2) return;
  takeSuites(layer, layer.take('wfa.ie.wpa.akms.count') as number, 'wfa.ie.wpa.akms.list', WPA_KEY_MANAGEMENT, null);
}

const FT_MIC = 16;
const FT_NONCE = 32;
const FT_R1KH = 6;
const FT_LENGTH = 2 + FT_MIC + 2 * FT_NONCE;

/** Fast BSS transition (IEEE 802.11-2020 §9.4.2.46). */
function takeFastTransition(layer: Layer): void {
  takeParts(layer, ['ft.mic_control', sized('ft.mic', FT_MIC), sized('ft.anonce', FT_NONCE), sized('ft.snonce', FT_NONCE), each(takeFastTransitionPart)]);
}

function takeFastTransitionPart(layer: Layer): void {
  const id = layer.take('ft.subelem.id') as number;
  const length = layer.take('ft.subelem.len') as number;
  if (!layer.has(length)) return;
  const end = layer.cursor + length;
  layer.within(end, () => {
    if (id === 1) layer.take('ft.subelem.r1kh_id', FT_R1KH);
    else if (id === 2) takeParts(layer, ['ft.subelem.gtk.key_info', 'ft.subelem.gtk.key_length', sized('ft.subelem.gtk.rsc', 8), rest('ft.subelem.gtk.key')]);
    else if (id === 3) layer.take('ft.subelem.r0kh_id', length);
    else if (id === 4) takeParts(layer, ['ft.subelem.igtk.key_id', sized('ft.subelem.igtk.ipn', 6), 'ft.subelem.igtk.key_length', rest('ft.subelem.igtk.key')]);
  });
}

export const SECURITY_ELEMENTS: Elements = {
  48: element(least(2), takeRsn),
  54: element(least(3), 'mobility_domain.mdid', 'mobility_domain.ft_capab'),
  55: element(least(FT_LENGTH), takeFastTransition),
  56: element(least(5), 'timeout_int.type', 'timeout_int.value'),
  76: element(least(16), 'mmie.keyid', sized('mmie.ipn', 6), sized('mmie.mic', 8)),
  244: element(least(1), takeRsnExtension),
};

/** What RSN has no room for: the length of this field, and bits of several bytes. */
function takeRsnExtension(layer: Layer): void {
  takeParts(layer, [word('rsnx', 'rsnx.length', 'rsnx.protected_twt_operations_support', 'rsnx.sae_hash_to_element', 'rsnx.reserved')]);
  if (layer.left > 0) takeParts(layer, [word('rsnx', 'rsnx.secure_ltf_support', 'rsnx.secure_rtt_supported', 'rsnx.rnmmfp', 'rsnx.reserved.b11thru15')]);
  takeParts(layer, [each('rsnx.reserved.byte')]);
}
