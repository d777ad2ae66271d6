/**
 * Multi Band Operation and Optimized Connectivity Experience: attributes by which an access point and a station
 * agree on bands and channels (Wi-Fi Alliance, MBO Specification §4.2; OCE Specification §4.2).
 */
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { element, isLength, least, sized, takeParts, whileLeft } from './parts.ts';
import type { Elements } from './parts.ts';

const YES_NO = ['Yes', 'No'] as const;

export const multibandFields = () => sharedFields('wlan', {
  'wfa.ie.mbo_oce.attr': { type: 'bytes', label: 'MBO/OCE attribute' },
  'wfa.ie.mbo_oce.attr_id': { type: 'u8', label: 'ID', names: { 1: 'MBO AP Capability Indication', 2: 'Non-preferred Channel Report', 3: 'Cellular Data Capabilities', 4: 'Association Disallowed', 5: 'Cellular Data Connection Preference', 6: 'Transition Reason Code BTM Request', 7: 'Transition Rejection Reason Code', 8: 'Association Retry Delay', 101: 'OCE Capability Indication', 102: 'RSSI-based (Re-)Association Rejection', 103: 'Reduced WAN Metrics', 104: 'RNR Completeness', 105: 'Probe Suppression BSSIDs', 106: 'Probe Suppression SSIDs' } },
  'wfa.ie.mbo_oce.attr_len': { type: 'u8', label: 'Length' },
  'wfa.ie.mbo_oce.bad_length': { type: 'none', label: 'Wrong length indicated', name: 'ieee80211.bad_length' },
  'wfa.ie.mbo_oce.ap_cap': { type: 'u8', label: 'MBO Capability Indication', base: 'hex' },
  'wfa.ie.mbo.ap_cap.cell': { type: 'bool', label: 'AP is cellular data aware', of: 'wfa.ie.mbo_oce.ap_cap', mask: 0x40, states: YES_NO },
  'wfa.ie.mbo.ap_cap.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'wfa.ie.mbo_oce.ap_cap', mask: 0xbf },
  'wfa.ie.mbo.non_pref_chan.op_class': { type: 'u8', label: 'Operating Class' },
  'wfa.ie.mbo.non_pref_chan.chan': { type: 'u8', label: 'Channel' },
  'wfa.ie.mbo.non_pref_chan.pref': { type: 'u8', label: 'Preference', names: { 0: 'non-operable band/channel for the STA', 1: 'band/channel the STA prefers not to operate in', 255: 'band/channel the STA prefers to operate in' } },
  'wfa.ie.mbo.non_pref_chan.reason': { type: 'u8', label: 'Reason Code', names: { 0: 'Unspecified reason', 1: 'An unacceptable level of interference is being experienced by STA in this channel', 2: 'The STA has another active connection in this channel, or near enough to this channel to cause operating interference' } },
  'wfa.ie.mbo.cellular_cap': { type: 'u8', label: 'Cellular Data Connectivity', names: { 1: 'Cellular data connection available', 2: 'Cellular data connection not available', 3: 'Not Cellular data capable' } },
  'wfa.ie.mbo.assoc_disallow.reason': { type: 'u8', label: 'Reason Code', names: { 1: 'Unspecified reason', 2: 'Maximum number of associated STAs reached', 3: 'Air interface is overloaded', 4: 'Authentication server overloaded', 5: 'Insufficient RSSI' }, help: 'Why the access point takes no more stations.' },
  'wfa.ie.mbo.cellular_pref': { type: 'u8', label: 'Cellular Data Preference', names: { 0: 'Excluded. The AP does not want STA to use the cellular data connection', 1: 'The AP prefers the STA should not use cellular data connection', 255: 'The AP prefers the STA should use cellular data connection' } },
  'wfa.ie.mbo.transition.reason': { type: 'u8', label: 'Transition Reason Code', names: { 0: 'Unspecified', 1: 'Excessive frame loss rate', 2: 'Excessive delay for current traffic stream', 3: 'Insufficient bandwidth for current traffic stream', 4: 'Load balancing', 5: 'Low RSSI', 6: 'Received excessive number of retransmissions', 7: 'High interference', 8: 'Gray zone', 9: 'Transitioning to a premium AP' } },
  'wfa.ie.mbo.transition_rej.reason': { type: 'u8', label: 'Transition Rejection Reason Code', names: { 0: 'Unspecified', 1: 'Excessive frame loss rate expected by the STA if it transitions', 2: 'Excessive delay for current traffic stream would be incurred by BSS transition at this time', 3: 'Insufficient QoS capacity for current traffic stream expected by the STA if it transitions', 4: 'Low RSSI in frames being received by the STA from to the suggested candidate BSS(s)', 5: 'High interference expected by STA if it transitions', 6: 'Service Availability – the STA expects that services it needs which are available at its serving AP will not be available if it transitions' } },
  'wfa.ie.mbo.assoc_retry.delay': { type: 'u16le', label: 'Re-association Delay', unit: 's' },
  'wfa.ie.oce.cap.ctrl': { type: 'u8', label: 'OCE Control', base: 'hex' },
  'wfa.ie.oce.cap.release': { type: 'u8', label: 'OCE Release', base: 'hex', of: 'wfa.ie.oce.cap.ctrl', mask: 0x3 },
  'wfa.ie.oce.cap.sta_cfon': { type: 'bool', label: 'is STA CFON', of: 'wfa.ie.oce.cap.ctrl', mask: 0x4, states: YES_NO },
  'wfa.ie.oce.cap.11b_only_ap': { type: 'bool', label: '11b only AP present on operating channel', of: 'wfa.ie.oce.cap.ctrl', mask: 0x10, states: YES_NO },
  'wfa.ie.oce.cap.hlp': { type: 'bool', label: 'FILS Higher Layer Setup with Higher Layer Protocol Encapsulation enabled', of: 'wfa.ie.oce.cap.ctrl', mask: 0x20, states: YES_NO },
  'wfa.ie.oce.cap.non_oce_ap': { type: 'bool', label: 'non OCE AP present on operating channel', of: 'wfa.ie.oce.cap.ctrl', mask: 0x40, states: YES_NO },
  'wfa.ie.oce.cap.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'wfa.ie.oce.cap.ctrl', mask: 0x80 },
  'wfa.ie.oce.rssi_assoc_rej.delta': { type: 'u8', label: 'Delta RSSI', unit: ' dB' },
  'wfa.ie.oce.rssi_assoc_rej.delay': { type: 'u8', label: 'Retry Delay', unit: 's' },
  'wfa.ie.oce.wan_metrics.avail_cap': { type: 'u8', label: 'Available Capacity', base: 'hex' },
  'wfa.ie.oce.wan_metrics.avail_cap_downlink': { type: 'u8', label: 'Downlink', base: 'hex', of: 'wfa.ie.oce.wan_metrics.avail_cap', mask: 0xf },
  'wfa.ie.oce.wan_metrics.avail_cap_uplink': { type: 'u8', label: 'Uplink', base: 'hex', of: 'wfa.ie.oce.wan_metrics.avail_cap', mask: 0xf0 },
  'wfa.ie.oce.rnr_completeness.short_ssid': { type: 'string', label: 'Short SSID' },
  'wfa.ie.oce.probe_suppr.bssid': { type: 'ether', label: 'BSSID' },
  'wfa.ie.oce.probe_suppr.ssid': { type: 'string', label: 'SSID' },
});

const HEADER_BYTES = 2;
const SHORT_SSID_BYTES = 4;
const BSSID_BYTES = 6;
/** Behind the channels of a report. */
const REPORT_END_BYTES = 2;
const LEAST_REPORT_BYTES = 1 + REPORT_END_BYTES;

/** Names behind their lengths. */
function takeSsids(layer: Layer): void {
  layer.each(() => {
    const length = layer.peekU8();
    layer.skip(1);
    layer.take('wfa.ie.oce.probe_suppr.ssid', length);
  });
}

/** Which channels of a class a station would rather not have; an empty report takes back the ones before it. */
function takeReport(layer: Layer): void {
  if (layer.left === 0) return;
  if (layer.left >= LEAST_REPORT_BYTES) takeParts(layer, ['wfa.ie.mbo.non_pref_chan.op_class', whileLeft(1 + REPORT_END_BYTES, 'wfa.ie.mbo.non_pref_chan.chan'), 'wfa.ie.mbo.non_pref_chan.pref', 'wfa.ie.mbo.non_pref_chan.reason']);
  else layer.expert('wfa.ie.mbo_oce.bad_length', 'error', 'Malformed', 'Wrong length indicated');
}

const one = (key: string): Elements[number] => element([1], key);

const ATTRIBUTES: Elements = {
  1: one('wfa.ie.mbo_oce.ap_cap'),
  2: element(null, takeReport),
  3: one('wfa.ie.mbo.cellular_cap'),
  4: one('wfa.ie.mbo.assoc_disallow.reason'),
  5: one('wfa.ie.mbo.cellular_pref'),
  6: one('wfa.ie.mbo.transition.reason'),
  7: one('wfa.ie.mbo.transition_rej.reason'),
  8: element([2], 'wfa.ie.mbo.assoc_retry.delay'),
  101: one('wfa.ie.oce.cap.ctrl'),
  102: element([2], 'wfa.ie.oce.rssi_assoc_rej.delta', 'wfa.ie.oce.rssi_assoc_rej.delay'),
  103: one('wfa.ie.oce.wan_metrics.avail_cap'),
  104: element(null, whileLeft(SHORT_SSID_BYTES, sized('wfa.ie.oce.rnr_completeness.short_ssid', SHORT_SSID_BYTES))),
  105: element(null, whileLeft(BSSID_BYTES, 'wfa.ie.oce.probe_suppr.bssid')),
  106: element(least(1), takeSsids),
};

function takeAttribute(layer: Layer, id: number, length: number): void {
  const { cursor: start } = layer;
  const known = ATTRIBUTES[id];
  layer.put('wfa.ie.mbo_oce.attr', layer.bytes.subarray(start, start + HEADER_BYTES + length), start, HEADER_BYTES + length);
  layer.inside(() => {
    layer.take('wfa.ie.mbo_oce.attr_id');
    layer.take('wfa.ie.mbo_oce.attr_len');
    layer.within(layer.cursor + length, () => {
      if (isLength(known?.lengths, length)) takeParts(layer, known?.parts ?? []);
      else layer.expert('wfa.ie.mbo_oce.bad_length', 'error', 'Malformed', 'Wrong length indicated');
    });
  });
  layer.cursor = start + HEADER_BYTES + length;
}

/** Attributes up to the end of the element. */
export function takeMultiband(layer: Layer): void {
  layer.each(() => {
    const length = layer.left < HEADER_BYTES ? layer.left : layer.peekU8(1);
    if (layer.left >= HEADER_BYTES + length) {
      takeAttribute(layer, layer.peekU8(), length);
      return;
    }
    layer.expert('wfa.ie.mbo_oce.bad_length', 'error', 'Malformed', 'Wrong length indicated');
    layer.cursor = layer.end;
  });
}
