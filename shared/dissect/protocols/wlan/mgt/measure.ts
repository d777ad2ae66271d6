/** Elements about the neighbourhood: what to measure, what was measured, which other cells there are (IEEE 802.11-2020 §9.4.2.20, §9.4.2.21, §9.4.2.36). */
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { each, element, least, word, takeParts } from './parts.ts';
import type { Elements, Parts } from './parts.ts';

export const measureFields = () => sharedFields('wlan', {
  'nreport.bssid': { type: 'ether', label: 'BSSID' },
  'nreport.bssid.info': { type: 'u32le', label: 'BSSID Information', base: 'hex' },
  'nreport.bssid.info.reachability': { type: 'u32le', label: 'AP Reachability', base: 'hex', of: 'nreport.bssid.info', mask: 0x3, names: { 0: 'Reserved', 1: 'Not Reachable', 2: 'Unknown', 3: 'Reachable' } },
  'nreport.bssid.info.security': { type: 'bool', label: 'Security', of: 'nreport.bssid.info', mask: 0x4 },
  'nreport.bssid.info.keyscope': { type: 'bool', label: 'Key Scope', of: 'nreport.bssid.info', mask: 0x8 },
  'nreport.bssid.info.capability': { type: 'u32le', label: 'Capability', base: 'hex', of: 'nreport.bssid.info', mask: 0x3f0 },
  'nreport.bssid.info.capability.specmngt': { type: 'bool', label: 'Spectrum Management', of: 'nreport.bssid.info', mask: 0x10 },
  'nreport.bssid.info.capability.qos': { type: 'bool', label: 'QoS', of: 'nreport.bssid.info', mask: 0x20 },
  'nreport.bssid.info.capability.apsd': { type: 'bool', label: 'APSD', of: 'nreport.bssid.info', mask: 0x40 },
  'nreport.bssid.info.capability.radiomsnt': { type: 'bool', label: 'Radio Measurement', of: 'nreport.bssid.info', mask: 0x80 },
  'nreport.bssid.info.capability.dback': { type: 'bool', label: 'Delayed Block Ack', of: 'nreport.bssid.info', mask: 0x100 },
  'nreport.bssid.info.capability.iback': { type: 'bool', label: 'Immediate Block Ack', of: 'nreport.bssid.info', mask: 0x200 },
  'nreport.bssid.info.mobilitydomain': { type: 'bool', label: 'Mobility Domain', of: 'nreport.bssid.info', mask: 0x400 },
  'nreport.bssid.info.hthroughput': { type: 'bool', label: 'High Throughput Control (+HTC)', of: 'nreport.bssid.info', mask: 0x800 },
  'nreport.bssid.info.vht': { type: 'bool', label: 'Very High Throughput (+VHT)', of: 'nreport.bssid.info', mask: 0x1000 },
  'nreport.bssid.info.ftm': { type: 'bool', label: 'Fine Timing Measurement (FTM)', of: 'nreport.bssid.info', mask: 0x2000 },
  'nreport.bssid.info.he': { type: 'bool', label: 'High Efficiency (HE AP)', of: 'nreport.bssid.info', mask: 0x4000 },
  'nreport.bssid.info.er_bss': { type: 'bool', label: 'Extended Range BSS', of: 'nreport.bssid.info', mask: 0x8000 },
  'nreport.bssid.info.reserved': { type: 'u32le', label: 'Reserved', base: 'hex', of: 'nreport.bssid.info', mask: 0xffff0000 },
  'nreport.opeclass': { type: 'u8', label: 'Operating Class' },
  'nreport.channumber': { type: 'u8', label: 'Channel Number' },
  'nreport.phytype': { type: 'u8', label: 'PHY Type', base: 'hex' },
  'nreport.subelem.id': { type: 'u8', label: 'ID' },
  'nreport.subelem.len': { type: 'u8', label: 'Length' },
  'nreport.subelem.data': { type: 'bytes', label: 'Data' },
  'nreport.subelem.bss_trn_can_pref': { type: 'u8', label: 'Preference' },
  'nreport.subelem.country_code': { type: 'string', label: 'Country Code' },
  'measure.req.token': { type: 'u8', label: 'Measurement Token', base: 'hex' },
  'measure.req.mode': { type: 'u8', label: 'Measurement Request Mode', base: 'hex' },
  'measure.req.reqmode.parallel': { type: 'bool', label: 'Parallel', of: 'measure.req.mode', mask: 0x1 },
  'measure.req.reqmode.enable': { type: 'bool', label: 'Measurement Request Mode Field', of: 'measure.req.mode', mask: 0x2, states: ['Enabled', 'Disabled'] },
  'measure.req.reqmode.request': { type: 'bool', label: 'Measurement Reports', of: 'measure.req.mode', mask: 0x4, states: ['Accepted', 'Not Accepted'] },
  'measure.req.reqmode.report': { type: 'bool', label: 'Autonomous Measurement Reports', of: 'measure.req.mode', mask: 0x8, states: ['Accepted', 'Not Accepted'] },
  'measure.req.reqmode.duration_mandatory': { type: 'bool', label: 'Duration Mandatory', of: 'measure.req.mode', mask: 0x10, states: ['Accepted', 'Not Accepted'] },
  'measure.req.reqmode.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'measure.req.mode', mask: 0xe0 },
  'measure.req.reqtype': { type: 'u8', label: 'Measurement Request Type', base: 'hex', names: { 0: 'Basic Request', 1: 'Clear Channel Assessment (CCA) Request', 2: 'Receive Power Indication (RPI) Histogram Request', 3: 'Channel Load Request', 4: 'Noise Histogram Request', 5: 'Beacon Request', 6: 'Frame Request', 7: 'STA Statistics Request', 8: 'Location Configuration Indication (LCI) Request', 9: 'Transmit Stream Measurement Request', 10: 'Measurement Pause Request' } },
  'measure.req.channelnumber': { type: 'u8', label: 'Measurement Channel Number' },
  'measure.req.starttime': { type: 'u64le', label: 'Measurement Start Time', base: 'hex' },
  'measure.req.duration': { type: 'u16le', label: 'Measurement Duration', base: 'hex' },
  'measure.req.operatingclass': { type: 'u8', label: 'Operating Class' },
  'measure.req.randint': { type: 'u16le', label: 'Randomization Interval', base: 'hex' },
  'measure.req.measurementmode': { type: 'u8', label: 'Measurement Mode', base: 'hex', names: { 0: 'Passive', 1: 'Active', 2: 'Beacon Table' } },
  'measure.req.bssid': { type: 'ether', label: 'BSSID' },
  'measure.req.frame_request_type': { type: 'u8', label: 'Frame Request Type', base: 'hex' },
  'measure.req.mac_address': { type: 'bytes', label: 'MAC Address' },
  'measure.req.peer_mac_address': { type: 'bytes', label: 'Peer MAC Address' },
  'measure.req.groupid': { type: 'u8', label: 'Group ID', base: 'hex', names: { 0: 'STA Counters from dot11CountersTable', 1: 'STA Counters from dot11MacStatistics group', 2: 'QoS STA Counters for UP0 from dot11QosCountersTable', 3: 'QoS STA Counters for UP1 from dot11QosCountersTable', 4: 'QoS STA Counters for UP2 from dot11QosCountersTable', 5: 'QoS STA Counters for UP3 from dot11QosCountersTable', 6: 'QoS STA Counters for UP4 from dot11QosCountersTable', 7: 'QoS STA Counters for UP5 from dot11QosCountersTable', 8: 'QoS STA Counters for UP6 from dot11QosCountersTable', 9: 'QoS STA Counters for UP7 from dot11QosCountersTable', 10: 'BSS Average Access Delays', 11: 'STA Counters from dot11A-MSDU Group', 12: 'STA Counters from dot11A-MPDU Group', 13: 'STA Counters from dot11 BAR, Channel Width, PSMP Group', 14: 'STA Counters from dot11Protection Group', 15: 'STBC Group' } },
  'measure.req.unknown': { type: 'bytes', label: 'Unknown Data' },
  'measure.req.beacon.sub.id': { type: 'u8', label: 'SubElement ID', names: { 0: 'SSID', 1: 'Beacon Reporting Information', 2: 'Reporting Detail', 10: 'Request', 11: 'Extended Request', 51: 'AP Channel Report', 163: 'Wide Channel Bandwidth Switch', 164: 'Last Beacon Report Indication Request', 221: 'Vendor Specific' } },
  'measure.req.sub.length': { type: 'u8', label: 'Length' },
  'measure.req.beacon.sub.ssid': { type: 'string', label: 'SSID' },
  'measure.req.beacon.sub.bri.reporting_detail': { type: 'u8', label: 'Reporting Detail', base: 'hex', names: { 0: 'No fixed length fields or elements', 1: 'All fixed length fields and any requested elements in the Request information element if present', 2: 'All fixed length fields and elements (default, used when Reporting Detail subelement is not included in Beacon Request' } },
  'measure.req.beacon.unknown': { type: 'bytes', label: 'Unknown Data' },
  'measure.rep.repmode.late': { type: 'bool', label: 'Late', mask: 0x1, states: ['Yes', 'No'] },
  'measure.rep.repmode.incapable': { type: 'bool', label: 'Incapable', mask: 0x2, states: ['Yes', 'No'] },
  'measure.rep.repmode.refused': { type: 'bool', label: 'Refused', mask: 0x4, states: ['Yes', 'No'] },
  'measure.rep.repmode.reserved': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0xf8 },
  'measure.rep.reptype': { type: 'u8', label: 'Measurement Report Type', base: 'hex', names: { 0: 'Basic Report', 1: 'Clear Channel Assessment (CCA) Report', 2: 'Receive Power Indication (RPI) Histogram Report', 3: 'Channel Load Report', 4: 'Noise Histogram Report', 5: 'Beacon Report', 6: 'Frame Report', 7: 'STA Statistics Report', 8: 'Location Configuration Information (LCI) Report', 9: 'Transmit Stream Measurement Report' } },
  'measure.rep.channelnumber': { type: 'u8', label: 'Measurement Channel Number' },
  'measure.rep.operatingclass': { type: 'u8', label: 'Operating Class' },
  'measure.rep.starttime': { type: 'u64le', label: 'Measurement Start Time', base: 'hex' },
  'measure.rep.duration': { type: 'u16le', label: 'Measurement Duration', base: 'hex' },
  'measure.rep.ccabusy': { type: 'u8', label: 'CCA Busy Fraction', base: 'hex' },
  'measure.rep.chanload': { type: 'u8', label: 'Channel Load', base: 'hex' },
  'measure.rep.frameinfo': { type: 'u8', label: 'Reported Frame Information', base: 'hex' },
  'measure.rep.frameinfo.phytype': { type: 'u8', label: 'Condensed PHY', base: 'hex', of: 'measure.rep.frameinfo', mask: 0x7f },
  'measure.rep.frameinfo.frametype': { type: 'bool', label: 'Reported Frame Type', of: 'measure.rep.frameinfo', mask: 0x80, states: ['Measurement Pilot Frame', 'Beacon/Probe Response Frame'] },
  'measure.rep.rcpi': { type: 'u8', label: 'Received Channel Power Indicator (RCPI)', help: 'How strong the other cell was received.' },
  'measure.rep.rsni': { type: 'u8', label: 'Received Signal to Noise Indicator (RSNI)' },
  'measure.rep.bssid': { type: 'ether', label: 'BSSID Being Reported' },
  'measure.rep.antid': { type: 'u8', label: 'Antenna ID', base: 'hex' },
  'measure.rep.parenttsf': { type: 'u32le', label: 'Parent Timing Synchronization Function (TSF)', base: 'hex' },
  'measure.rep.unknown': { type: 'bytes', label: 'Unknown Data' },
  'rmcap': { type: 'u8', label: 'RM Capabilities', base: 'hex' },
  'rmcap.b0': { type: 'bool', label: 'Link Measurement', of: 'rmcap', mask: 0x1, states: ['Enabled', 'Disabled'] },
  'rmcap.b1': { type: 'bool', label: 'Neighbor Report', of: 'rmcap', mask: 0x2, states: ['Enabled', 'Disabled'] },
  'rmcap.b2': { type: 'bool', label: 'Parallel Measurements', of: 'rmcap', mask: 0x4, states: ['Enabled', 'Disabled'] },
  'rmcap.b3': { type: 'bool', label: 'Repeated Measurements', of: 'rmcap', mask: 0x8, states: ['Enabled', 'Disabled'] },
  'rmcap.b4': { type: 'bool', label: 'Beacon Passive Measurement', of: 'rmcap', mask: 0x10, states: ['Enabled', 'Disabled'] },
  'rmcap.b5': { type: 'bool', label: 'Beacon Active Measurement', of: 'rmcap', mask: 0x20, states: ['Enabled', 'Disabled'] },
  'rmcap.b6': { type: 'bool', label: 'Beacon Table Measurement', of: 'rmcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'rmcap.b7': { type: 'bool', label: 'Beacon Measurement Reporting Conditions', of: 'rmcap', mask: 0x80, states: ['Enabled', 'Disabled'] },
  'rmcap.b8': { type: 'bool', label: 'Frame Measurement', of: 'rmcap', mask: 0x1, states: ['Enabled', 'Disabled'] },
  'rmcap.b9': { type: 'bool', label: 'Channel Load Measurement', of: 'rmcap', mask: 0x2, states: ['Enabled', 'Disabled'] },
  'rmcap.b10': { type: 'bool', label: 'Noise Histogram Measurement', of: 'rmcap', mask: 0x4, states: ['Enabled', 'Disabled'] },
  'rmcap.b11': { type: 'bool', label: 'Statistics Measurement', of: 'rmcap', mask: 0x8, states: ['Enabled', 'Disabled'] },
  'rmcap.b12': { type: 'bool', label: 'LCI Measurement', of: 'rmcap', mask: 0x10, states: ['Enabled', 'Disabled'] },
  'rmcap.b13': { type: 'bool', label: 'LCI Azimuth capability', of: 'rmcap', mask: 0x20, states: ['Enabled', 'Disabled'] },
  'rmcap.b14': { type: 'bool', label: 'Transmit Stream/Category Measurement', of: 'rmcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'rmcap.b15': { type: 'bool', label: 'Triggered Transmit Stream/Category Measurement', of: 'rmcap', mask: 0x80, states: ['Enabled', 'Disabled'] },
  'rmcap.b16': { type: 'bool', label: 'AP Channel Report capability', of: 'rmcap', mask: 0x1, states: ['Enabled', 'Disabled'] },
  'rmcap.b17': { type: 'bool', label: 'RM MIB capability', of: 'rmcap', mask: 0x2, states: ['Enabled', 'Disabled'] },
  'rmcap.b18to20': { type: 'u8', label: 'Operating Channel Max Measurement Duration', of: 'rmcap', mask: 0x1c },
  'rmcap.b21to23': { type: 'u8', label: 'Nonoperating Channel Max Measurement Duration', of: 'rmcap', mask: 0xe0 },
  'rmcap.b24to26': { type: 'u8', label: 'Measurement Pilotcapability', of: 'rmcap', mask: 0x7 },
  'rmcap.b27': { type: 'bool', label: 'Measurement Pilot Transmission Information', of: 'rmcap', mask: 0x8, states: ['Enabled', 'Disabled'] },
  'rmcap.b28': { type: 'bool', label: 'Neighbor Report TSF Offset', of: 'rmcap', mask: 0x10, states: ['Enabled', 'Disabled'] },
  'rmcap.b29': { type: 'bool', label: 'RCPI Measurement capability', of: 'rmcap', mask: 0x20, states: ['Enabled', 'Disabled'] },
  'rmcap.b30': { type: 'bool', label: 'RSNI Measurement capability', of: 'rmcap', mask: 0x40, states: ['Supported', 'Not supported'] },
  'rmcap.b31': { type: 'bool', label: 'BSS Average Access Delay capability', of: 'rmcap', mask: 0x80, states: ['Enabled', 'Disabled'] },
  'rmcap.b32': { type: 'bool', label: 'BSS Available Admission Capacity capability', of: 'rmcap', mask: 0x1, states: ['Enabled', 'Disabled'] },
  'rmcap.b33': { type: 'bool', label: 'Antenna capability', of: 'rmcap', mask: 0x2, states: ['Enabled', 'Disabled'] },
  'rmcap.b34': { type: 'bool', label: 'FTM Range Report Capability', of: 'rmcap', mask: 0x4, states: ['Enabled', 'Disabled'] },
  'rmcap.b35': { type: 'bool', label: 'Civic Location Measurement Capability', of: 'rmcap', mask: 0x8, states: ['Enabled', 'Disabled'] },
  'rmcap.o5': { type: 'u8', label: 'Reserved', base: 'hex', of: 'rmcap', mask: 0xf0 },
});

const CAPABILITIES = [
  ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7'], ['b8', 'b9', 'b10', 'b11', 'b12', 'b13', 'b14', 'b15'], ['b16', 'b17', 'b18to20', 'b21to23'],
  ['b24to26', 'b27', 'b28', 'b29', 'b30', 'b31'], ['b32', 'b33', 'b34', 'b35', 'o5'],
].map((names) => word('rmcap', ...names.map((name) => `rmcap.${name}`)));

const CHANNEL: Parts = ['measure.req.channelnumber', 'measure.req.starttime', 'measure.req.duration'];
const CLASS_AND_CHANNEL: Parts = ['measure.req.operatingclass', 'measure.req.channelnumber', 'measure.req.randint', 'measure.req.duration'];

/** Requests by type; others are shown as bytes. */
const REQUESTS: Readonly<Record<number, Parts>> = {
  0: CHANNEL,
  1: CHANNEL,
  2: CHANNEL,
  5: [...CLASS_AND_CHANNEL, 'measure.req.measurementmode', 'measure.req.bssid', each(takeBeaconPart)],
  6: [...CLASS_AND_CHANNEL, 'measure.req.frame_request_type', 'measure.req.mac_address'],
  7: ['measure.req.peer_mac_address', 'measure.req.randint', 'measure.req.duration', 'measure.req.groupid'],
};

function takeBeaconPart(layer: Layer): void {
  const id = layer.take('measure.req.beacon.sub.id') as unknown as number;
  const length = layer.take('measure.req.sub.length') as unknown as number;
  if (!layer.has(length)) return;
  const end = layer.cursor + length;
  layer.within(end, () => {
    if (id === 0) layer.take('measure.req.beacon.sub.ssid', length);
    else if (id === 2) layer.take('measure.req.beacon.sub.bri.reporting_detail');
    else if (id !== 1 && length > 0) layer.take('measure.req.beacon.unknown', length);
  });
}

function takeRequest(layer: Layer): void {
  takeParts(layer, ['measure.req.token', 'measure.req.mode']);
  const type = layer.take('measure.req.reqtype') as unknown as number;
  if (layer.left === 0) return;
  takeParts(layer, REQUESTS[type] ?? []);
  if (layer.left > 0) layer.take('measure.req.unknown', layer.left);
}

const REPORT_CHANNEL: Parts = ['measure.rep.channelnumber', 'measure.rep.starttime', 'measure.rep.duration'];
const REPORT_CLASS: Parts = ['measure.rep.operatingclass', ...REPORT_CHANNEL];
const REPORTS: Readonly<Record<number, Parts>> = {
  0: REPORT_CHANNEL,
  1: [...REPORT_CHANNEL, 'measure.rep.ccabusy'],
  3: [...REPORT_CLASS, 'measure.rep.chanload'],
  5: [...REPORT_CLASS, 'measure.rep.frameinfo', 'measure.rep.rcpi', 'measure.rep.rsni', 'measure.rep.bssid', 'measure.rep.antid', 'measure.rep.parenttsf'],
  6: REPORT_CLASS,
};

function takeReport(layer: Layer): void {
  takeParts(layer, ['measure.req.token', word('measure.req.mode', 'measure.rep.repmode.late', 'measure.rep.repmode.incapable', 'measure.rep.repmode.refused', 'measure.rep.repmode.reserved')]);
  const type = layer.take('measure.rep.reptype') as unknown as number;
  if (layer.left === 0) return;
  takeParts(layer, REPORTS[type] ?? []);
  if (layer.left > 0) layer.take('measure.rep.unknown', layer.left);
}

/** The least that a neighbor report has. */
export const NEIGHBOR_REPORT_BYTES = 13;
export const NEIGHBOR_REPORT: Parts = ['nreport.bssid', 'nreport.bssid.info', 'nreport.opeclass', 'nreport.channumber', 'nreport.phytype', each(takeNeighborPart)];

export const MEASURE_ELEMENTS: Elements = {
  38: element(least(3), takeRequest),
  39: element(least(3), takeReport),
  52: element(least(NEIGHBOR_REPORT_BYTES), ...NEIGHBOR_REPORT),
  70: element([5], ...CAPABILITIES),
};

function takeNeighborPart(layer: Layer): void {
  layer.take('nreport.subelem.id');
  const length = layer.take('nreport.subelem.len') as unknown as number;
  if (length > 0) layer.take('nreport.subelem.data', length);
}
