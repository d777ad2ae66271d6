/** What management frames begin with, before their elements (IEEE 802.11-2020 §9.4.1). */
import { readU16le } from '../../../../bytes/reader.ts';
import { CATEGORIES, ELEMENT_NAMES, EXTENDED_ELEMENT_NAMES, PUBLIC_ACTIONS, REASON_CODES, STATUS_CODES } from './words.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { bits, rest, sized, takeParts } from './parts.ts';
import type { Parts } from './parts.ts';

export const fixedFields = () => sharedFields('wlan', {
  'fixed.capabilities': { type: 'u16le', label: 'Capabilities Information', base: 'hex' },
  'fixed.capabilities.ess': { type: 'bool', label: 'ESS capabilities', of: 'fixed.capabilities', mask: 0x1, states: ['Transmitter is an AP', 'Transmitter is a STA'] },
  'fixed.capabilities.ibss': { type: 'bool', label: 'IBSS status', of: 'fixed.capabilities', mask: 0x2, states: ['Transmitter belongs to an IBSS', 'Transmitter belongs to a BSS'] },
  'fixed.capabilities.reserved1': { type: 'u16le', label: 'Reserved', of: 'fixed.capabilities', mask: 0x4 },
  'fixed.capabilities.reserved2': { type: 'u16le', label: 'Reserved', of: 'fixed.capabilities', mask: 0x8 },
  'fixed.capabilities.privacy': { type: 'bool', label: 'Privacy', of: 'fixed.capabilities', mask: 0x10, states: ['Data confidentiality required', 'Data confidentiality not required'], help: 'Frames of this network are encrypted.' },
  'fixed.capabilities.short_preamble': { type: 'bool', label: 'Short Preamble', of: 'fixed.capabilities', mask: 0x20, states: ['Allowed', 'Not Allowed'] },
  'fixed.capabilities.reserved3': { type: 'u16le', label: 'Reserved', of: 'fixed.capabilities', mask: 0x40 },
  'fixed.capabilities.reserved4': { type: 'u16le', label: 'Reserved', of: 'fixed.capabilities', mask: 0x80 },
  'fixed.capabilities.spec_man': { type: 'bool', label: 'Spectrum Management', of: 'fixed.capabilities', mask: 0x100, states: ['Implemented', 'Not Implemented'] },
  'fixed.capabilities.qos': { type: 'bool', label: 'QoS', of: 'fixed.capabilities', mask: 0x200, states: ['Implemented', 'Not Implemented'] },
  'fixed.capabilities.short_slot_time': { type: 'bool', label: 'Short Slot Time', of: 'fixed.capabilities', mask: 0x400, states: ['In use', 'Not in use'] },
  'fixed.capabilities.apsd': { type: 'bool', label: 'Automatic Power Save Delivery', of: 'fixed.capabilities', mask: 0x800, states: ['Implemented', 'Not Implemented'] },
  'fixed.capabilities.radio_measurement': { type: 'bool', label: 'Radio Measurement', of: 'fixed.capabilities', mask: 0x1000, states: ['Implemented', 'Not Implemented'] },
  'fixed.capabilities.epd': { type: 'bool', label: 'EPD', of: 'fixed.capabilities', mask: 0x2000, states: ['Implemented', 'Not Implemented'] },
  'fixed.capabilities.reserved5': { type: 'u16le', label: 'Reserved', of: 'fixed.capabilities', mask: 0x4000 },
  'fixed.capabilities.reserved6': { type: 'u16le', label: 'Reserved', of: 'fixed.capabilities', mask: 0x8000 },
  'fixed.all': { type: 'none', label: 'Fixed parameters' },
  'fixed.timestamp': { type: 'u64le', label: 'Timestamp', help: 'The clock of the access point, in microseconds, to which all stations set theirs.' },
  'fixed.beacon': { type: 'u32le', label: 'Beacon Interval', size: 2, help: 'Time between two beacons, in units of 1024 microseconds.' },
  'fixed.listen_ival': { type: 'u16le', label: 'Listen Interval', base: 'hex' },
  'fixed.current_ap': { type: 'ether', label: 'Current AP' },
  'fixed.aid': { type: 'u16le', label: 'Association ID', base: 'hex', mask: 0x3fff, help: 'The number that the access point gives a station.' },
  'fixed.status_code': { type: 'u16le', label: 'Status code', base: 'hex', names: STATUS_CODES, help: 'Whether the request was granted.' },
  'fixed.reason_code': { type: 'u16le', label: 'Reason code', base: 'hex', names: REASON_CODES, help: 'Why somebody leaves or is sent away.' },
  'fixed.auth.alg': { type: 'u16le', label: 'Authentication Algorithm', names: { 0: 'Open System', 1: 'Shared key', 2: 'Fast BSS Transition', 3: 'Simultaneous Authentication of Equals (SAE)', 4: 'FILS Shared Key authentication without PFS', 5: 'FILS Shared Key authentication with PFS', 6: 'FILS Public Key authentication', 7: 'Pre-Association Security Negotiation (PASN)', 128: 'Network EAP' }, help: 'How the station proves who it is at this point; the keys come later.' },
  'fixed.auth_seq': { type: 'u16le', label: 'Authentication SEQ', base: 'hex' },
  'fixed.sae_message_type': { type: 'u16le', label: 'SAE Message Type', names: { 1: 'Commit', 2: 'Confirm' } },
  'fixed.finite_cyclic_group': { type: 'u16le', label: 'Group Id', names: { 1: 'default 768-bit MODP group', 2: 'alternate 1024-bit MODP group', 3: 'EC2N group on GP[2^155]', 4: 'EC2N group on GP[2^185]', 5: '1536-bit MODP group', 14: '2048-bit MODP group', 15: '3072-bit MODP group', 16: '4096-bit MODP group', 17: '6144-bit MODP group', 18: '8192-bit MODP group', 19: '256-bit random ECP group', 20: '384-bit random ECP group', 21: '521-bit random ECP group', 22: '1024-bit MODP Group with 160-bit Prime Order Subgroup', 23: '2048-bit MODP Group with 224-bit Prime Order Subgroup', 24: '2048-bit MODP Group with 256-bit Prime Order Subgroup', 25: '192-bit Random ECP Group', 26: '224-bit Random ECP Group', 27: '224-bit Brainpool ECP group', 28: '256-bit Brainpool ECP group', 29: '384-bit Brainpool ECP group', 30: '512-bit Brainpool ECP group' } },
  'fixed.anti_clogging_token': { type: 'bytes', label: 'Anti-Clogging Token' },
  'fixed.scalar': { type: 'bytes', label: 'Scalar' },
  'fixed.finite_field_element': { type: 'bytes', label: 'Finite Field Element' },
  'fixed.send_confirm': { type: 'u16le', label: 'Send-Confirm' },
  'fixed.confirm': { type: 'bytes', label: 'Confirm' },
  'fixed.category_code': { type: 'u16le', label: 'Category code', size: 1, names: CATEGORIES },
  'fixed.action_code': { type: 'u8', label: 'Action code' },
  'fixed.block_ack_action': { type: 'u8', label: 'Action code', base: 'hex', name: 'wlan.fixed.action_code', names: { 0: 'Add Block Ack Request', 1: 'Add Block Ack Response', 2: 'Delete Block Ack' } },
  'vht.operation_mode_notification': { type: 'bytes', label: 'Operation Mode Notification' },
  'fixed.publicact': { type: 'u8', label: 'Public Action', base: 'hex', names: PUBLIC_ACTIONS },
  'fixed.htact': { type: 'u8', label: 'HT Action', base: 'hex', names: { 0: 'Notify Channel Width', 1: 'Spatial Multiplexing (SM) Power Save', 2: 'Power Save Multi-Poll (PSMP) action frame', 3: 'Set PCO Phase', 4: 'MIMO CSI Matrices', 5: 'MIMO Non-compressed Beamforming', 6: 'MIMO Compressed Beamforming', 7: 'Antenna Selection Indices Feedback', 8: 'HT Information Exchange' } },
  'fixed.mesh_action': { type: 'u8', label: 'Mesh Action code', base: 'hex', names: { 0: 'Mesh Link Metric Report', 1: 'HWMP Mesh Path Selection', 2: 'Gate Announcement', 3: 'Congestion Control Notification', 4: 'MCCA Setup Request', 5: 'MCCA Setup Reply', 6: 'MCCA Advertisement Request', 7: 'MCCA Advertisement', 8: 'MCCA Teardown', 9: 'TBTT Adjustment Request', 10: 'TBTT Adjustment Response' } },
  'fixed.multihop_action': { type: 'u8', label: 'Multihop Action code', base: 'hex', names: { 0: 'Proxy Update', 1: 'Proxy Update Confirmation' } },
  'fixed.selfprot_action': { type: 'u8', label: 'Self-protected Action code', base: 'hex', names: { 1: 'Mesh Peering Open', 2: 'Mesh Peering Confirm', 3: 'Mesh Peering Close', 4: 'Mesh Group Key Inform', 5: 'Mesh Group Key Ack' } },
  'fixed.dialog_token': { type: 'u8', label: 'Dialog token', base: 'hex', help: 'Tells which answer belongs to which question.' },
  'fixed.followup_dialog_token': { type: 'u8', label: 'Followup Dialog token', base: 'hex' },
  'fixed.transaction_id': { type: 'u16le', label: 'Transaction Id', base: 'hex' },
  'fixed.dst_mac_addr': { type: 'ether', label: 'Destination address' },
  'fixed.src_mac_addr': { type: 'ether', label: 'Source address' },
  'fixed.dls_timeout': { type: 'u16le', label: 'DLS timeout', base: 'hex' },
  'fixed.baparams': { type: 'u16le', label: 'Block Ack Parameters', base: 'hex' },
  'fixed.baparams.amsdu': { type: 'bool', label: 'A-MSDUs', of: 'fixed.baparams', mask: 0x1, states: ['Permitted in QoS Data MPDUs', 'Not Permitted'] },
  'fixed.baparams.policy': { type: 'bool', label: 'Block Ack Policy', of: 'fixed.baparams', mask: 0x2, states: ['Immediate Block Ack', 'Delayed Block Ack'] },
  'fixed.baparams.tid': { type: 'u16le', label: 'Traffic Identifier', base: 'hex', of: 'fixed.baparams', mask: 0x3c },
  'fixed.baparams.buffersize': { type: 'u16le', label: 'Number of Buffers (1 Buffer = 2304 Bytes)', of: 'fixed.baparams', mask: 0xffc0 },
  'fixed.batimeout': { type: 'u16le', label: 'Block Ack Timeout', base: 'hex' },
  'fixed.ssc': { type: 'u16le', label: 'Block Ack Starting Sequence Control (SSC)', base: 'hex' },
  'fixed.ssc.fragment': { type: 'u16le', label: 'Fragment', of: 'fixed.ssc', mask: 0xf },
  'fixed.ssc.sequence': { type: 'u16le', label: 'Starting Sequence Number', of: 'fixed.ssc', mask: 0xfff0 },
  'fixed.delba.param': { type: 'u16le', label: 'Delete Block Ack (DELBA) Parameter Set', base: 'hex' },
  'fixed.delba.param.reserved': { type: 'u16le', label: 'Reserved', base: 'hex', of: 'fixed.delba.param', mask: 0x7ff },
  'fixed.delba.param.initiator': { type: 'bool', label: 'Initiator', of: 'fixed.delba.param', mask: 0x800 },
  'fixed.delba.param.tid': { type: 'u16le', label: 'TID', base: 'hex', of: 'fixed.delba.param', mask: 0xf000 },
  'fixed.sta_address': { type: 'ether', label: 'STA Address' },
  'fixed.target_ap_address': { type: 'ether', label: 'Target AP Address' },
  'fixed.chanwidth': { type: 'u8', label: 'Supported Channel Width', base: 'hex', names: { 0: '20 MHz channel width only', 1: 'Any channel width in the STA\'s Supported Channel Width Set' } },
  'fixed.sm.powercontrol': { type: 'u8', label: 'Spatial Multiplexing (SM) Power Control', base: 'hex' },
  'fixed.sm.powercontrol.enabled': { type: 'bool', label: 'SM Power Save', of: 'fixed.sm.powercontrol', mask: 0x1, states: ['Enabled', 'Disabled'] },
  'fixed.sm.powercontrol.mode': { type: 'bool', label: 'SM Mode', of: 'fixed.sm.powercontrol', mask: 0x2, states: ['Dynamic SM Power Save mode', 'Static SM Power Save mode'] },
  'fixed.sm.powercontrol.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'fixed.sm.powercontrol', mask: 0xfc },
  'fixed.pco.phasecntrl': { type: 'bool', label: 'Phased Coexistence Operation (PCO) Phase Control', states: ['40 MHz Phase', '20 MHz Phase'] },
  'fixed.antsel': { type: 'u8', label: 'Antenna Selection', base: 'hex' },
  'fixed.antsel.ant0': { type: 'u8', label: 'Antenna 0', base: 'hex', of: 'fixed.antsel', mask: 0x1 },
  'fixed.antsel.ant1': { type: 'u8', label: 'Antenna 1', base: 'hex', of: 'fixed.antsel', mask: 0x2 },
  'fixed.antsel.ant2': { type: 'u8', label: 'Antenna 2', base: 'hex', of: 'fixed.antsel', mask: 0x4 },
  'fixed.antsel.ant3': { type: 'u8', label: 'Antenna 3', base: 'hex', of: 'fixed.antsel', mask: 0x8 },
  'fixed.antsel.ant4': { type: 'u8', label: 'Antenna 4', base: 'hex', of: 'fixed.antsel', mask: 0x10 },
  'fixed.antsel.ant5': { type: 'u8', label: 'Antenna 5', base: 'hex', of: 'fixed.antsel', mask: 0x20 },
  'fixed.antsel.ant6': { type: 'u8', label: 'Antenna 6', base: 'hex', of: 'fixed.antsel', mask: 0x40 },
  'fixed.antsel.ant7': { type: 'u8', label: 'Antenna 7', base: 'hex', of: 'fixed.antsel', mask: 0x80 },
  'fixed.mimo': { type: 'u8', label: 'HT Information', base: 'hex' },
  'fixed.mimo.control.inforequest': { type: 'bool', label: 'Information Request', of: 'fixed.mimo', mask: 0x1, states: ['Requesting HT Information Exchange management action frame', 'Should not send an HT Information Exchange management action frame'] },
  'fixed.mimo.control.intolerant': { type: 'bool', label: '40 MHz Intolerant', of: 'fixed.mimo', mask: 0x2, states: ['Transmitting station is intolerant of 40 MHz operation', 'Transmitting station permits 40 MHz operation'] },
  'fixed.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'fixed.mimo', mask: 0xf8 },
  'fixed.trigger': { type: 'u8', label: 'Trigger', names: { 0: 'Stop sending FTM frames', 1: 'Start or continue sending FTM frames' } },
  'fixed.req_ap_addr': { type: 'ether', label: 'RequesterAP address' },
  'fixed.res_ap_addr': { type: 'ether', label: 'ResponderAP address' },
  'fixed.disassoc_timer': { type: 'u16le', label: 'Disassociation Timer' },
  'fixed.validity_interval': { type: 'u8', label: 'Validity Interval' },
  'fixed.request_mode.pref_cand': { type: 'u8', label: 'Preferred Candidate List Included', mask: 0x1 },
  'fixed.request_mode.abridged': { type: 'u8', label: 'Abridged', mask: 0x2 },
  'fixed.request_mode.disassoc_imminent': { type: 'u8', label: 'Disassociation Imminent', mask: 0x4 },
  'fixed.request_mode.bss_term_included': { type: 'u8', label: 'BSS Termination Included', mask: 0x8 },
  'fixed.request_mode.ess_disassoc_imminent': { type: 'u8', label: 'ESS Disassociation Imminent', mask: 0x10 },
  'fixed.bss_transition_query_reason': { type: 'u8', label: 'BSS Transition Query Reason', names: { 0: 'Unspecified', 1: 'Excessive frame loss rates and/or poor conditions', 2: 'Excessive delay for current traffic streams', 3: 'Insufficient QoS capacity for current traffic streams (TSPEC rejected)', 4: 'First association to ESS (the association initiated by an Association Request frame instead of a Reassociation Request frame)', 5: 'Load balancing', 6: 'Better AP found', 7: 'Deauthenticated or Disassociated from the previous AP', 8: 'AP failed IEEE 802.1X EAP Authentication', 9: 'AP failed 4-way handshake', 10: 'Received too many replay counter failures', 11: 'Received too many data MIC failures', 12: 'Exceeded maximum number of retransmissions', 13: 'Received too many broadcast disassociations', 14: 'Received too many broadcast deauthentications', 15: 'Previous transition failed', 16: 'Low RSSI', 17: 'Roam from a non-IEEE-802.11 system', 18: 'Transition due to received BSS Transition Request frame', 19: 'Preferred BSS transition candidate list included', 20: 'Leaving ESS' } },
  'fixed.bss_transition_status_code': { type: 'u8', label: 'BSS Transition Status Code' },
  'fixed.bss_termination_delay': { type: 'u8', label: 'BSS Termination Delay' },
  'fixed.bss_transition_target_bss': { type: 'ether', label: 'BSS Transition Target BSS' },
  'fixed.bss_transition_candidate_list_entries': { type: 'bytes', label: 'BSS Transition Candidate List Entries' },
  'fixed.session_information.url_length': { type: 'u8', label: 'Session Information URL Length' },
  'fixed.session_information.url': { type: 'string', label: 'Session Information URL' },
  'fixed.wnm_notification_type': { type: 'u8', label: 'WNM-Notification type', names: { 0: 'Firmware Update Notification', 1: 'Reserved for use by WFA', 221: 'Vendor Specific' } },
  'fixed.key_data_length': { type: 'u8', label: 'Key Data Length', size: 2 },
  'fixed.target_channel': { type: 'u8', label: 'Target Channel' },
  'fixed.operating_class': { type: 'u8', label: 'Operating Class' },
  'fixed.mesh_flags': { type: 'u8', label: 'Mesh Flags', base: 'hex' },
  'fixed.mesh_ttl': { type: 'u8', label: 'Mesh TTL', base: 'hex' },
  'fixed.mesh_sequence': { type: 'u32le', label: 'Sequence Number', base: 'hex' },
  'fixed.mesh_addr4': { type: 'ether', label: 'Mesh Extended Address 4' },
  'fixed.mesh_addr5': { type: 'ether', label: 'Mesh Extended Address 5' },
  'fixed.mesh_addr6': { type: 'ether', label: 'Mesh Extended Address 6' },
  'rm.dialog_token': { type: 'u8', label: 'Dialog token' },
  'rm.repetitions': { type: 'u16le', label: 'Repetitions' },
  'rm.tx_power': { type: 'i8', label: 'Transmit Power Used' },
  'rm.max_tx_power': { type: 'i8', label: 'Max Transmit Power' },
  'rm.tpc': { type: 'none', label: 'TPC Report' },
  'rm.tpc.element_id': { type: 'u8', label: 'TPC Element ID' },
  'rm.tpc.length': { type: 'u8', label: 'TPC Length' },
  'rm.tpc.tx_power': { type: 'i8', label: 'TPC Transmit Power' },
  'rm.tpc.link_margin': { type: 'i8', label: 'TPC Link Margin' },
  'rm.rx_antenna_id': { type: 'u8', label: 'Receive Antenna ID' },
  'rm.tx_antenna_id': { type: 'u8', label: 'Transmit Antenna ID' },
  'rm.rcpi': { type: 'u8', label: 'Received Channel Power' },
  'rm.rsni': { type: 'u8', label: 'Received Signal to noise indication' },
  'vht.action': { type: 'u8', label: 'VHT Action', names: { 0: 'VHT Compressed Beamforming', 1: 'Group ID Management', 2: 'Operating Mode Notification' } },
  'he.action': { type: 'u8', label: 'HE Action' },
  'he.protected_action': { type: 'u8', label: 'Protected HE Action' },
  's1g.action': { type: 'u8', label: 'S1G Action', names: { 0: 'AID Switch Request', 1: 'AID Switch Response', 2: 'Sync Control', 3: 'STA Information Announcement', 4: 'EDCA Parameter Set', 5: 'EL Operation', 6: 'TWT Setup', 7: 'TWT Teardown', 8: 'Sectorized Group ID List', 9: 'Sector ID Feedback', 10: 'Reserved', 11: 'TWT Information' } },
  'robust_av_streaming.action_code': { type: 'u8', label: 'Robust AV Streaming Action Code', base: 'hex', names: { 0: 'SCS Request', 1: 'SCS Response', 2: 'Group Membership  Request', 3: 'SCS Request', 4: 'MSCS Request', 5: 'MSCS Response' } },
  'fst.action_code': { type: 'u8', label: 'FST Action Code', base: 'hex', names: { 0: 'FST Setup Request', 1: 'FST Setup Response', 2: 'FST Tear Down', 3: 'FST Ack Request', 4: 'FST Ack Response', 5: 'FST On-channel Tunnel Request' } },
  'fixed.dmg_act': { type: 'u8', label: 'DMG Action', base: 'hex', names: { 0: 'Power Save Configuration Request', 1: 'Power Save Configuration Response', 2: 'Information Request', 3: 'Information Response', 4: 'Handover Request', 5: 'Handover Response', 6: 'DTP Request', 7: 'DTP Response', 8: 'Relay Search Request', 9: 'Relay Search Response', 10: 'Multi Relay Channel Measurement Request', 11: 'Multi Relay Channel Measurement Response', 12: 'RLS Request', 13: 'RLS Response', 14: 'RLS Announcement', 15: 'RLS Teardown', 16: 'Relay ACK Request', 17: 'Relay ACK Response', 18: 'TPA Request', 19: 'TPA Response', 20: 'TPA Report', 21: 'ROC Request', 22: 'ROC Response' } },
  'fixed.unprotected_dmg_act': { type: 'u8', label: 'Unprotected DMG Action', base: 'hex', names: { 0: 'Announce', 1: 'BRP' } },
  'tagged.all': { type: 'none', label: 'Tagged parameters' },
  'tag': { type: 'none', label: 'Tag' },
  'tag.number': { type: 'u8', label: 'Tag Number', names: ELEMENT_NAMES },
  'tag.length': { type: 'u32le', label: 'Tag length', size: 1 },
  'tag.length.bad': { type: 'none', label: 'Bad tag length' },
  'tag.data': { type: 'bytes', label: 'Tag Data' },
  'tag.data.undecoded': { type: 'none', label: 'Dissector for 802.11 IE Tag code not implemented, Contact Wireshark developers if you want this supported' },
  'ext_tag': { type: 'none', label: 'Ext Tag' },
  'ext_tag.number': { type: 'u8', label: 'Ext Tag Number', names: EXTENDED_ELEMENT_NAMES },
  'ext_tag.length': { type: 'u32le', label: 'Ext Tag length', size: 1 },
  'ext_tag.data': { type: 'bytes', label: 'Ext Tag Data' },
  'ssid': { type: 'bytes', label: 'SSID', help: 'The name of the network; empty where it is hidden, or where any network is meant.' },
});

const CAPABILITIES = 'fixed.capabilities';
const CONNECTION: Parts = [CAPABILITIES, 'fixed.status_code', bits(2, 'fixed.aid')];

/** Fixed fields by the frame's kind; action frames have theirs by category (actions.ts). */
export const FIXED_PARTS: Readonly<Record<number, Parts>> = {
  0x00: [CAPABILITIES, 'fixed.listen_ival'],
  0x01: CONNECTION,
  0x02: [CAPABILITIES, 'fixed.listen_ival', 'fixed.current_ap'],
  0x03: CONNECTION,
  0x05: ['fixed.timestamp', takeInterval, CAPABILITIES],
  0x08: ['fixed.timestamp', takeInterval, CAPABILITIES],
  0x0a: ['fixed.reason_code'],
  0x0b: ['fixed.auth.alg', 'fixed.auth_seq', 'fixed.status_code', takeSae],
  0x0c: ['fixed.reason_code'],
};

const TIME_UNIT_MICROS = 1024;

/** Its type has four bytes, on the wire it has two. */
function takeInterval(layer: Layer): void {
  const value = layer.take('fixed.beacon', 2) as unknown as number;
  layer.label(() => `Beacon Interval: ${((value * TIME_UNIT_MICROS) / 1e6).toFixed(6)} seconds`);
  layer.infoAppend(() => `, BI=${value}`);
}

const SAE = 3;
const COMMIT = 1;
const CONFIRM = 2;
const TOKEN_NEEDED = 76;
const HASH_TO_ELEMENT = 126;
const PUBLIC_KEY_IDENTIFIER = 127;
/** Bytes of a scalar by group; an element has twice as many on a curve, and as many otherwise (RFC 5903, RFC 3526). */
const SCALARS: Readonly<Record<number, readonly [scalar: number, element: number]>> = {
  15: [384, 384], 16: [512, 512], 17: [768, 768], 18: [1024, 1024], 19: [32, 64], 20: [48, 96], 21: [66, 132], 28: [32, 64], 29: [48, 96], 30: [64, 128],
};

/** Both sides prove that they know the password without sending it (IEEE 802.11-2020 §12.4). */
function takeSae(layer: Layer): void {
  const at = layer.cursor - 6;
  const algorithm = readU16le(layer.bytes, at);
  const message = readU16le(layer.bytes, at + 2);
  const status = readU16le(layer.bytes, at + 4);
  if (algorithm !== SAE) return;
  layer.at('fixed.sae_message_type', at + 2);
  if (message === CONFIRM && status === 0) takeParts(layer, ['fixed.send_confirm', rest('fixed.confirm')]);
  if (message !== COMMIT) return;
  const group = readU16le(layer.bytes, layer.cursor);
  takeParts(layer, ['fixed.finite_cyclic_group']);
  if (status === TOKEN_NEEDED) takeParts(layer, [rest('fixed.anti_clogging_token')]);
  else if (status === 0 || status === HASH_TO_ELEMENT || status === PUBLIC_KEY_IDENTIFIER) takeCommit(layer, group);
}

function takeCommit(layer: Layer, group: number): void {
  const sizes = SCALARS[group];
  if (sizes === undefined) return;
  const [scalar, element] = sizes;
  takeParts(layer, [sized('fixed.scalar', scalar), sized('fixed.finite_field_element', element)]);
}
