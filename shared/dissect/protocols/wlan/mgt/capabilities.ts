/** Extended capabilities: one bit for each of a hundred things that a station may be able to do (IEEE 802.11-2020 §9.4.2.26). */
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { element, least, word, takeParts } from './parts.ts';
import type { Elements, Parts, Take } from './parts.ts';

export const extendedCapabilityFields = () => sharedFields('wlan', {
  'extcap': { type: 'u8', label: 'Extended Capabilities', base: 'hex' },
  'extcap.b0': { type: 'bool', label: '20/40 BSS Coexistence Management Support', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.b1': { type: 'u8', label: 'Reserved (was On-demand beacon)', base: 'hex', of: 'extcap', mask: 0x2 },
  'extcap.b2': { type: 'bool', label: 'Extended Channel Switching', of: 'extcap', mask: 0x4, states: ['Supported', 'Not supported'] },
  'extcap.b3': { type: 'u8', label: 'Reserved (was WAVE indication)', base: 'hex', of: 'extcap', mask: 0x8 },
  'extcap.b4': { type: 'bool', label: 'PSMP Capability', of: 'extcap', mask: 0x10, states: ['Supported', 'Not supported'] },
  'extcap.b5': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0x20 },
  'extcap.b6': { type: 'bool', label: 'S-PSMP Support', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b7': { type: 'bool', label: 'Event', of: 'extcap', mask: 0x80, states: ['Supported', 'Not supported'] },
  'extcap.b8': { type: 'bool', label: 'Diagnostics', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.b9': { type: 'bool', label: 'Multicast Diagnostics', of: 'extcap', mask: 0x2, states: ['Supported', 'Not supported'] },
  'extcap.b10': { type: 'bool', label: 'Location Tracking', of: 'extcap', mask: 0x4, states: ['Supported', 'Not supported'] },
  'extcap.b11': { type: 'bool', label: 'FMS', of: 'extcap', mask: 0x8, states: ['Supported', 'Not supported'] },
  'extcap.b12': { type: 'bool', label: 'Proxy ARP Service', of: 'extcap', mask: 0x10, states: ['Supported', 'Not supported'] },
  'extcap.b13': { type: 'bool', label: 'Collocated Interference Reporting', of: 'extcap', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.b14': { type: 'bool', label: 'Civic Location', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b15': { type: 'bool', label: 'Geospatial Location', of: 'extcap', mask: 0x80, states: ['Supported', 'Not supported'] },
  'extcap.b16': { type: 'bool', label: 'TFS', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.b17': { type: 'bool', label: 'WNM Sleep Mode', of: 'extcap', mask: 0x2, states: ['Supported', 'Not supported'] },
  'extcap.b18': { type: 'bool', label: 'TIM Broadcast', of: 'extcap', mask: 0x4, states: ['Supported', 'Not supported'] },
  'extcap.b19': { type: 'bool', label: 'BSS Transition', of: 'extcap', mask: 0x8, states: ['Supported', 'Not supported'] },
  'extcap.b20': { type: 'bool', label: 'QoS Traffic Capability', of: 'extcap', mask: 0x10, states: ['Supported', 'Not supported'] },
  'extcap.b21': { type: 'bool', label: 'AC Station Count', of: 'extcap', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.b22': { type: 'bool', label: 'Multiple BSSID', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b23': { type: 'bool', label: 'Timing Measurement', of: 'extcap', mask: 0x80, states: ['Supported', 'Not supported'] },
  'extcap.b24': { type: 'bool', label: 'Channel Usage', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.b25': { type: 'bool', label: 'SSID List', of: 'extcap', mask: 0x2, states: ['Supported', 'Not supported'] },
  'extcap.b26': { type: 'bool', label: 'DMS', of: 'extcap', mask: 0x4, states: ['Supported', 'Not supported'] },
  'extcap.b27': { type: 'bool', label: 'UTC TSF Offset', of: 'extcap', mask: 0x8, states: ['Supported', 'Not supported'] },
  'extcap.b28': { type: 'bool', label: 'TPU Buffer STA Support', of: 'extcap', mask: 0x10, states: ['Supported', 'Not supported'] },
  'extcap.b29': { type: 'bool', label: 'TDLS Peer PSM Support', of: 'extcap', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.b30': { type: 'bool', label: 'TDLS channel switching', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b31': { type: 'bool', label: 'Interworking', of: 'extcap', mask: 0x80, states: ['Supported', 'Not supported'] },
  'extcap.b32': { type: 'bool', label: 'QoS Map', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.b33': { type: 'bool', label: 'EBR', of: 'extcap', mask: 0x2, states: ['Supported', 'Not supported'] },
  'extcap.b34': { type: 'bool', label: 'SSPN Interface', of: 'extcap', mask: 0x4, states: ['Supported', 'Not supported'] },
  'extcap.b35': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0x8 },
  'extcap.b36': { type: 'bool', label: 'MSGCF Capability', of: 'extcap', mask: 0x10, states: ['Supported', 'Not supported'] },
  'extcap.b37': { type: 'bool', label: 'TDLS Support', of: 'extcap', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.b38': { type: 'bool', label: 'TDLS Prohibited', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b39': { type: 'bool', label: 'TDLS Channel Switching Prohibited', of: 'extcap', mask: 0x80, states: ['Supported', 'Not supported'] },
  'extcap.b40': { type: 'bool', label: 'Reject Unadmitted Frame', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.serv_int_granularity': { type: 'u8', label: 'Service Interval Granularity', of: 'extcap', mask: 0xe, names: { 0: '5 ms', 1: '10 ms', 2: '15 ms', 3: '20 ms', 4: '25 ms', 5: '30 ms', 6: '35 ms', 7: '40 ms' } },
  'extcap.b44': { type: 'bool', label: 'Identifier Location', of: 'extcap', mask: 0x10, states: ['Supported', 'Not supported'] },
  'extcap.b45': { type: 'bool', label: 'U-APSD Coexistence', of: 'extcap', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.b46': { type: 'bool', label: 'WNM Notification', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b47': { type: 'u8', label: 'QAB Capability', base: 'hex', of: 'extcap', mask: 0x80 },
  'extcap.b48': { type: 'bool', label: 'UTF-8 SSID', of: 'extcap', mask: 0x1, states: ['Supported', 'Not supported'] },
  'extcap.b49': { type: 'bool', label: 'QMF Activated', of: 'extcap', mask: 0x2 },
  'extcap.b50': { type: 'bool', label: 'QMF Reconfiguration Activated', of: 'extcap', mask: 0x4 },
  'extcap.b51': { type: 'bool', label: 'Robust AV Streaming', of: 'extcap', mask: 0x8 },
  'extcap.b52': { type: 'bool', label: 'Advanced GCR', of: 'extcap', mask: 0x10 },
  'extcap.b53': { type: 'bool', label: 'Mesh GCR', of: 'extcap', mask: 0x20 },
  'extcap.b54': { type: 'bool', label: 'SCS', of: 'extcap', mask: 0x40 },
  'extcap.b55': { type: 'bool', label: 'QLoad Report', of: 'extcap', mask: 0x80 },
  'extcap.b56': { type: 'bool', label: 'Alternate EDCA', of: 'extcap', mask: 0x1 },
  'extcap.b57': { type: 'bool', label: 'Unprotected TXOP Negotiation', of: 'extcap', mask: 0x2 },
  'extcap.b58': { type: 'bool', label: 'Protected TXOP Negotiation', of: 'extcap', mask: 0x4 },
  'extcap.b59': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0x8 },
  'extcap.b60': { type: 'bool', label: 'Protected QLoad Report', of: 'extcap', mask: 0x10 },
  'extcap.b61': { type: 'bool', label: 'TDLS Wider Bandwidth', of: 'extcap', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.b62': { type: 'bool', label: 'Operating Mode Notification', of: 'extcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.b63': { type: 'u8', label: 'Max Number Of MSDUs In A-MSDU', of: 'extcap', mask: 0x80, names: { 0: 'No limit', 1: '32', 2: '16', 3: '8' } },
  'extcap.two': { type: 'u16le', label: 'Extended Capabilities', name: 'wlan.extcap', base: 'hex' },
  'extcap.two.b56': { type: 'bool', label: 'Alternate EDCA', name: 'wlan.extcap.b56', of: 'extcap.two', mask: 0x1 },
  'extcap.two.b57': { type: 'bool', label: 'Unprotected TXOP Negotiation', name: 'wlan.extcap.b57', of: 'extcap.two', mask: 0x2 },
  'extcap.two.b58': { type: 'bool', label: 'Protected TXOP Negotiation', name: 'wlan.extcap.b58', of: 'extcap.two', mask: 0x4 },
  'extcap.two.b59': { type: 'u16le', label: 'Reserved', name: 'wlan.extcap.b59', base: 'hex', of: 'extcap.two', mask: 0x8 },
  'extcap.two.b60': { type: 'bool', label: 'Protected QLoad Report', name: 'wlan.extcap.b60', of: 'extcap.two', mask: 0x10 },
  'extcap.two.b61': { type: 'bool', label: 'TDLS Wider Bandwidth', name: 'wlan.extcap.b61', of: 'extcap.two', mask: 0x20, states: ['Supported', 'Not supported'] },
  'extcap.two.b62': { type: 'bool', label: 'Operating Mode Notification', name: 'wlan.extcap.b62', of: 'extcap.two', mask: 0x40, states: ['Supported', 'Not supported'] },
  'extcap.two.b63': { type: 'u16le', label: 'Max Number Of MSDUs In A-MSDU', name: 'wlan.extcap.b63', of: 'extcap.two', mask: 0x180, names: { 0: 'No limit', 1: '32', 2: '16', 3: '8' } },
  'extcap.two.b65': { type: 'bool', label: 'Channel Schedule Management', name: 'wlan.extcap.b65', of: 'extcap.two', mask: 0x200 },
  'extcap.two.b66': { type: 'bool', label: 'Geodatabase Inband Enabling Signal', name: 'wlan.extcap.b66', of: 'extcap.two', mask: 0x400 },
  'extcap.two.b67': { type: 'bool', label: 'Network Channel Control', name: 'wlan.extcap.b67', of: 'extcap.two', mask: 0x800 },
  'extcap.two.b68': { type: 'bool', label: 'White Space Map', name: 'wlan.extcap.b68', of: 'extcap.two', mask: 0x1000 },
  'extcap.two.b69': { type: 'bool', label: 'Channel Availability Query', name: 'wlan.extcap.b69', of: 'extcap.two', mask: 0x2000 },
  'extcap.two.b70': { type: 'bool', label: 'Fine Timing Measurement Responder', name: 'wlan.extcap.b70', of: 'extcap.two', mask: 0x4000 },
  'extcap.two.b71': { type: 'bool', label: 'Fine Timing Measurement Initiator', name: 'wlan.extcap.b71', of: 'extcap.two', mask: 0x8000 },
  'extcap.b72': { type: 'bool', label: 'FILS Capable', of: 'extcap', mask: 0x1 },
  'extcap.b73': { type: 'bool', label: 'Extended Spectrum Management Capable', of: 'extcap', mask: 0x2 },
  'extcap.b74': { type: 'bool', label: 'Future Channel Capable', of: 'extcap', mask: 0x4 },
  'extcap.b75': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0x8 },
  'extcap.b76': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0x10 },
  'extcap.b77': { type: 'bool', label: 'TWT Requester Support', of: 'extcap', mask: 0x20 },
  'extcap.b78': { type: 'bool', label: 'TWT Responder Support', of: 'extcap', mask: 0x40 },
  'extcap.b79': { type: 'bool', label: 'OBSS Narrow Bandwidth RU in UL OFDMA Tolerance Support', of: 'extcap', mask: 0x80 },
  'extcap.b80': { type: 'bool', label: 'Complete List of NonTxBSSID Profiles', of: 'extcap', mask: 0x1 },
  'extcap.b81': { type: 'bool', label: 'SAE Password Identifiers In Use', of: 'extcap', mask: 0x2 },
  'extcap.b82': { type: 'bool', label: 'SAE Passwords Used Exclusively', of: 'extcap', mask: 0x4 },
  'extcap.b83': { type: 'bool', label: 'Enhanced Multi-BSSID Advertisement Support', of: 'extcap', mask: 0x8 },
  'extcap.b84': { type: 'bool', label: 'Beacon Protection Enabled', of: 'extcap', mask: 0x10 },
  'extcap.b85': { type: 'bool', label: 'Mirrored SCS', of: 'extcap', mask: 0x20 },
  'extcap.b86': { type: 'bool', label: 'OCT', of: 'extcap', mask: 0x40 },
  'extcap.b87': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0x80 },
  'extcap.b88': { type: 'bool', label: 'SAE-PK Passwords Used Exclusively', of: 'extcap', mask: 0x1 },
  'extcap.b89': { type: 'u8', label: 'TWT Parameters Range Support', base: 'hex', of: 'extcap', mask: 0x2 },
  'extcap.b90': { type: 'bool', label: 'non-TB Ranging Responder', of: 'extcap', mask: 0x4 },
  'extcap.b91': { type: 'bool', label: 'TB Ranging Responder', of: 'extcap', mask: 0x8 },
  'extcap.b92': { type: 'bool', label: 'TB Ranging Responder Measurement Support', of: 'extcap', mask: 0x10 },
  'extcap.b93': { type: 'bool', label: 'TB Ranging Initiator Measurement Support', of: 'extcap', mask: 0x20 },
  'extcap.b94': { type: 'bool', label: 'AOA Measurement Available', of: 'extcap', mask: 0x40 },
  'extcap.b95': { type: 'bool', label: 'Phase Shift Feedback Support', of: 'extcap', mask: 0x80 },
  'extcap.dmg_location': { type: 'bool', label: 'DMG/location supporting APs in the area', of: 'extcap', mask: 0x1 },
  'extcap.i2r_lmr_feedback_policy': { type: 'bool', label: 'I2R LMR Feedback Policy', of: 'extcap', mask: 0x2 },
  'extcap.reserved2': { type: 'u8', label: 'Reserved', base: 'hex', of: 'extcap', mask: 0xfc },
});

function byte(first: number, others: readonly string[] = []): Take {
  const names = Array.from({ length: 8 }, (_, index) => `extcap.b${first + index}`);
  return word('extcap', ...(others.length > 0 ? others : names));
}

const SIXTH = ['extcap.b40', 'extcap.serv_int_granularity', 'extcap.b44', 'extcap.b45', 'extcap.b46', 'extcap.b47'];
const BYTES: Parts = [byte(0), byte(8), byte(16), byte(24), byte(32), byte(40, SIXTH), byte(48), byte(56)];
const LATER: Parts = [byte(72), byte(80), byte(88)];

/** As many bytes as the sender needs; the eighth and ninth belong together. */
function takeCapabilities(layer: Layer): void {
  for (const [index, part] of BYTES.entries()) {
    if (layer.left === 0) return;
    if (index === 7 && layer.left >= 2) {
      takeParts(layer, ['extcap.two']);
      break;
    }
    takeParts(layer, [part]);
  }
  for (const part of LATER) if (layer.left > 0) takeParts(layer, [part]);
}

export const CAPABILITY_ELEMENTS: Elements = {
  127: element(least(1), takeCapabilities),
};
