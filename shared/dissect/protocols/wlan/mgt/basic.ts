/** Elements of management frames that are as old as 802.11 itself or say one thing (IEEE 802.11-2020 §9.4.2). */
import { readU8 } from '../../../../bytes/reader.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { takeAdvertisements } from './gas.ts';
import { bits, each, element, group, ifLeft, least, rest, sized, takeParts } from './parts.ts';
import type { Elements } from './parts.ts';

export const basicFields = () => sharedFields('wlan', {
  'supported_rates': { type: 'u8', label: 'Supported Rates', base: 'hex', help: 'A speed that the sender supports; those marked (B) everybody in the cell must support.' },
  'fh.dwell_time': { type: 'u16le', label: 'Dwell Time', base: 'hex' },
  'fh.hop_set': { type: 'u8', label: 'Hop Set' },
  'fh.hop_pattern': { type: 'u8', label: 'Hop Pattern' },
  'fh.hop_index': { type: 'u8', label: 'Hop Index' },
  'ds.current_channel': { type: 'u8', label: 'Current Channel', help: 'The channel that the access point sends on.' },
  'cfp.count': { type: 'u8', label: 'CFP Count' },
  'cfp.period': { type: 'u8', label: 'CFP Period' },
  'cfp.max_duration': { type: 'u16le', label: 'CFP Max Duration' },
  'cfp.dur_remaining': { type: 'u16le', label: 'CFP Dur Remaining' },
  'tim.dtim_count': { type: 'u8', label: 'DTIM count' },
  'tim.dtim_period': { type: 'u8', label: 'DTIM period', help: 'Every so many beacons, broadcasts that were held back for sleeping stations follow.' },
  'tim.bmapctl': { type: 'u8', label: 'Bitmap control', base: 'hex' },
  'tim.bmapctl.multicast': { type: 'bool', label: 'Multicast', of: 'tim.bmapctl', mask: 0x1 },
  'tim.bmapctl.offset': { type: 'u8', label: 'Bitmap Offset', base: 'hex', of: 'tim.bmapctl', mask: 0xfe },
  'tim.partial_virtual_bitmap': { type: 'bytes', label: 'Partial Virtual Bitmap', help: 'For which sleeping stations the access point holds frames back, one bit each.' },
  'tim.aid': { type: 'u8', label: 'Association ID', base: 'hex' },
  'ibss.atim_windows': { type: 'u16le', label: 'Atim Windows', base: 'hex' },
  'country_info.code': { type: 'string', label: 'Code', help: 'Whose rules for channels and power apply.' },
  'country_info.environment': { type: 'u8', label: 'Environment', names: { 1: 'Operating classes in the United States', 2: 'Operating classes in Europe', 3: 'Operating classes in Japan', 4: 'Global operating classes', 5: 'S1G operating classes', 6: 'Operating classes in China', 32: 'All', 73: 'Indoor', 79: 'Outdoor', 88: 'Non Country Entity' } },
  'country_info.fnm': { type: 'none', label: 'Country Info' },
  'country_info.fnm.fcn': { type: 'u8', label: 'First Channel Number' },
  'country_info.fnm.nc': { type: 'u8', label: 'Number of Channels' },
  'country_info.fnm.mtpl': { type: 'i8', label: 'Maximum Transmit Power Level' },
  'fh_hopping.parameter.prime_radix': { type: 'u8', label: 'Prime Radix' },
  'fh_hopping.parameter.nb_channels': { type: 'u8', label: 'Number of Channels' },
  'fh_hopping.table.flag': { type: 'u8', label: 'Flag', base: 'hex' },
  'fh_hopping.table.number_of_sets': { type: 'u8', label: 'Number of Sets' },
  'fh_hopping.table.modulus': { type: 'u8', label: 'Modulus', base: 'hex' },
  'fh_hopping.table.offset': { type: 'u8', label: 'Offset', base: 'hex' },
  'fh_hopping.table.random_table': { type: 'u16', label: 'Random Table', base: 'hex' },
  'tag.request': { type: 'u8', label: 'Requested Element ID' },
  'tag.challenge_text': { type: 'bytes', label: 'Challenge Text' },
  'powercon.local': { type: 'u8', label: 'Local Power Constraint' },
  'powercap.min': { type: 'i8', label: 'Minimum Transmit Power' },
  'powercap.max': { type: 'i8', label: 'Maximum Transmit Power' },
  'tcprep.trsmt_pow': { type: 'i8', label: 'Transmit Power', help: 'How strong this frame was sent, in dBm.' },
  'tcprep.link_mrg': { type: 'i8', label: 'Link Margin' },
  'supchan': { type: 'none', label: 'Supported Channels Set' },
  'supchan.first': { type: 'u8', label: 'First Supported Channel' },
  'supchan.range': { type: 'u8', label: 'Supported Channel Range' },
  'csa.channel_switch_mode': { type: 'u8', label: 'Channel Switch Mode' },
  'csa.new_channel_number': { type: 'u8', label: 'New Channel Number', help: 'The channel that the cell will move to.' },
  'csa.channel_switch.count': { type: 'u8', label: 'Channel Switch Count' },
  'quiet.count': { type: 'u8', label: 'Count' },
  'quiet.period': { type: 'u8', label: 'Period' },
  'quiet.duration': { type: 'u16le', label: 'Duration' },
  'quiet.offset': { type: 'u16le', label: 'Offset' },
  'dfs.owner': { type: 'ether', label: 'Owner' },
  'dfs.recovery_interval': { type: 'u8', label: 'Recovery Interval' },
  'dfs.channel_map': { type: 'none', label: 'Channel Map' },
  'dfs.channel_number': { type: 'u8', label: 'Channel Number' },
  'dfs.map': { type: 'u8', label: 'Map', base: 'hex' },
  'erp_info': { type: 'u8', label: 'ERP Information', base: 'hex' },
  'erp_info.erp_present': { type: 'bool', label: 'Non ERP Present', of: 'erp_info', mask: 0x1 },
  'erp_info.use_protection': { type: 'bool', label: 'Use Protection', of: 'erp_info', mask: 0x2, help: 'Slow stations are about: fast frames are announced by slow ones first.' },
  'erp_info.barker_preamble_mode': { type: 'bool', label: 'Barker Preamble Mode', of: 'erp_info', mask: 0x4 },
  'erp_info.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'erp_info', mask: 0xf8 },
  'ts_delay': { type: 'u32le', label: 'Traffic Stream (TS) Delay' },
  'extended_supported_rates': { type: 'u8', label: 'Extended Supported Rates', base: 'hex' },
  'ap_channel_report.operating_class': { type: 'u8', label: 'Operating Class' },
  'ap_channel_report.channel_list': { type: 'u8', label: 'Channel List' },
  'rcpi': { type: 'u8', label: 'RCPI' },
  'supopeclass.current': { type: 'u8', label: 'Current Operating Class' },
  'supopeclass.alt': { type: 'none', label: 'Alternate Operating Classes' },
  'fixed.extchansw': { type: 'u32le', label: 'Extended Channel Switch Announcement', base: 'hex' },
  'fixed.extchansw.switchmode': { type: 'u32le', label: 'Channel Switch Mode', base: 'hex', of: 'fixed.extchansw', mask: 0xff, names: { 0: 'Frames may be transmitted before the channel switch has been completed', 1: 'No more frames are to be transmitted until the channel switch has been completed' } },
  'fixed.extchansw.new.opeclass': { type: 'u32le', label: 'New Operating Class', base: 'hex', of: 'fixed.extchansw', mask: 0xff00 },
  'fixed.extchansw.new.channumber': { type: 'u32le', label: 'New Channel Number', base: 'hex', of: 'fixed.extchansw', mask: 0xff0000 },
  'extchansw.switchcount': { type: 'u32le', label: 'Channel Switch Count', base: 'hex', of: 'fixed.extchansw', mask: 0xff000000 },
  'secchanoffset': { type: 'u8', label: 'Secondary Channel Offset', base: 'hex', names: { 0: 'No Secondary Channel', 1: 'Above Primary Channel', 2: 'Reserved', 3: 'Below Primary Channel' } },
  'bss_ap_avg_access_delay': { type: 'u8', label: 'AP Average Access Delay' },
  'antenna.id': { type: 'u8', label: 'Antenna ID' },
  'rsni': { type: 'u8', label: 'RSNI' },
  'fixed.msmtpilotint': { type: 'u8', label: 'Measurement Pilot Interval' },
  'time_adv.timing_capab': { type: 'u8', label: 'Timing capabilities', names: { 0: 'No standardized external time source', 1: 'Timestamp offset based on UTC', 2: 'UTC time at which the TSF timer is 0' } },
  'multiple_bssid': { type: 'u8', label: 'Max BSSID Indicator' },
  '20_40_bc': { type: 'u8', label: '20/40 BSS Coexistence Flags', base: 'hex' },
  '20_40_bc.information_request': { type: 'bool', label: 'Information Request', of: '20_40_bc', mask: 0x1 },
  '20_40_bc.forty_mhz_intolerant': { type: 'bool', label: 'Forty MHz Intolerant', of: '20_40_bc', mask: 0x2 },
  '20_40_bc.20_mhz_bss_width_request': { type: 'bool', label: '20 MHz BSS Width Request', of: '20_40_bc', mask: 0x4 },
  '20_40_bc.obss_scanning_exemption_request': { type: 'bool', label: 'OBSS Scanning Exemption Request', of: '20_40_bc', mask: 0x8 },
  '20_40_bc.obss_scanning_exemption_grant': { type: 'bool', label: 'OBSS Scanning Exemption Grant', of: '20_40_bc', mask: 0x10 },
  '20_40_bc.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: '20_40_bc', mask: 0xe0 },
  'obss.spd': { type: 'u16le', label: 'Scan Passive Dwell' },
  'obss.sad': { type: 'u16le', label: 'Scan Active Dwell' },
  'obss.cwtsi': { type: 'u16le', label: 'Channel Width Trigger Scan Interval' },
  'obss.sptpc': { type: 'u16le', label: 'Scan Passive Total Per Channel' },
  'obss.satpc': { type: 'u16le', label: 'Scan Active Total Per Channel' },
  'obss.wctdf': { type: 'u16le', label: 'Width Channel Transition Delay Factor' },
  'obss.sat': { type: 'u16le', label: 'Scan Activity Threshold' },
  'multiple_bssid_index.bssid_index': { type: 'u8', label: 'BSSID Index' },
  'multiple_bssid_index.dtim_period': { type: 'u8', label: 'DTIM Period' },
  'multiple_bssid_index.dtim_count': { type: 'u8', label: 'DTIM Count' },
  'bss_max_idle.period': { type: 'u16le', label: 'BSS Max Idle Period (1000 TUs)' },
  'bss_max_idle.options.protected': { type: 'u8', label: 'BSS Max Idle Period Options: Protected Keep-Alive Required', mask: 0x1 },
  'wnm_sleep_mode.action_type': { type: 'u8', label: 'Action Type', names: { 0: 'Enter WNM-Sleep Mode', 1: 'Exit WNM-Sleep Mode' } },
  'wnm_sleep_mode.response_status': { type: 'u8', label: 'WNM-Sleep Mode Response Status', names: { 0: 'Enter/Exit WNM-Sleep Mode Accept', 1: 'Exit WNM-Sleep Mode Accept, GTK/IGTK update required', 2: 'Denied. The AP is unable to perform the requested action.', 3: 'Denied temporarily. The AP is unable to perform the requested action at the current time. The request can be submitted again at a later time.', 4: 'Denied. Due to the pending key expiration.', 5: 'Denied. The requested action was not granted due to other WNM services in use by the requesting STA.' } },
  'wnm_sleep_mode.interval': { type: 'u16le', label: 'WNM-Sleep Interval' },
  'link_id.bssid': { type: 'ether', label: 'BSSID' },
  'link_id.init_sta': { type: 'ether', label: 'TDLS initiator STA Address' },
  'link_id.resp_sta': { type: 'ether', label: 'TDLS responder STA Address' },
  'channel_switch_timing.switch_time': { type: 'u16le', label: 'Switch Time' },
  'channel_switch_timing.switch_timeout': { type: 'u16le', label: 'Switch Timeout' },
  'pti_control.tid': { type: 'u8', label: 'TID' },
  'pti_control.sequence_control': { type: 'u16le', label: 'Sequence Control', base: 'hex' },
  'pu_buffer_status.ac_bk': { type: 'u8', label: 'AC_BK traffic available', mask: 0x1 },
  'pu_buffer_status.ac_be': { type: 'u8', label: 'AC_BE traffic available', mask: 0x2 },
  'pu_buffer_status.ac_vi': { type: 'u8', label: 'AC_VI traffic available', mask: 0x4 },
  'pu_buffer_status.ac_vo': { type: 'u8', label: 'AC_VO traffic available', mask: 0x8 },
  'interworking.access_network_type': { type: 'u8', label: 'Access Network Type', mask: 0xf, names: { 0: 'Private network', 1: 'Private network with guest access', 2: 'Chargeable public network', 3: 'Free public network', 4: 'Personal device network', 5: 'Emergency services only network', 14: 'Test or experimental', 15: 'Wildcard' } },
  'interworking.internet': { type: 'u8', label: 'Internet', mask: 0x10 },
  'interworking.asra': { type: 'u8', label: 'ASRA', mask: 0x20 },
  'interworking.esr': { type: 'u8', label: 'ESR', mask: 0x40 },
  'interworking.uesa': { type: 'u8', label: 'UESA', mask: 0x80 },
  'fixed.venue_info.group': { type: 'u8', label: 'Venue Group', names: { 0: 'Unspecified', 1: 'Assembly', 2: 'Business', 3: 'Educational', 4: 'Factory and Industrial', 5: 'Institutional', 6: 'Mercantile', 7: 'Residential', 8: 'Storage', 9: 'Utility and Miscellaneous', 10: 'Vehicular', 11: 'Outdoor' } },
  'fixed.venue_info.type': { type: 'u8', label: 'Venue Type' },
  'interworking.hessid': { type: 'ether', label: 'HESSID' },
  'roaming_consortium.num_anqp_oi': { type: 'u8', label: 'Number of ANQP OIs' },
  'roaming_consortium.oi1_len': { type: 'u8', label: 'OI #1 Length', mask: 0xf },
  'roaming_consortium.oi2_len': { type: 'u8', label: 'OI #2 Length', mask: 0xf0 },
  'roaming_consortium.oi1': { type: 'bytes', label: 'OI #1' },
  'roaming_consortium.oi2': { type: 'bytes', label: 'OI #2' },
  'roaming_consortium.oi3': { type: 'bytes', label: 'OI #3' },
  'cisco.ccx1.unknown': { type: 'bytes', label: 'Unknown' },
  'cisco.ccx1.name': { type: 'string', label: 'Name' },
  'cisco.ccx1.clients': { type: 'u8', label: 'Clients' },
  'cisco.ccx1.unknown2': { type: 'bytes', label: 'Unknown2' },
  'csa.mesh_channel_switch.ttl': { type: 'u8', label: 'Mesh Channel Switch TTL' },
  'csa.mesh_channel_switch.flag': { type: 'u8', label: 'Mesh Channel Switch Flag', base: 'hex' },
  'csa.mesh_channel_switch.flag.initiator': { type: 'bool', label: 'CSA Initiator', of: 'csa.mesh_channel_switch.flag', mask: 0x2, states: ['Initiator', 'Non Initiator'] },
  'csa.mesh_channel_switch.flag.txrestrict': { type: 'bool', label: 'CSA Tx Restrict', of: 'csa.mesh_channel_switch.flag', mask: 0x1, states: ['Tx Restrict', 'No Tx Restrict'] },
  'csa.mesh_channel_switch.reason_code': { type: 'u16le', label: 'Mesh Channel Switch Reason Code', base: 'hex' },
  'csa.mesh_channel_switch.pre_value': { type: 'u16le', label: 'Mesh Channel Switch Precedence Value' },
  'country_info.rrc': { type: 'none', label: 'Country Info' },
  'country_info.rrc.oei': { type: 'u8', label: 'Operating Extension Identifier' },
  'country_info.rrc.oc': { type: 'u8', label: 'Operating Class' },
  'country_info.rrc.cc': { type: 'u8', label: 'Coverage Class' },
  'country_info.padding': { type: 'bytes', label: 'Padding' },
});

/** Pairs of bytes. */
const EVEN = Array.from({ length: 128 }, (_, index) => index * 2);

export const BASIC_ELEMENTS: Elements = {
  1: element(least(1), each('supported_rates')),
  2: element(least(5), 'fh.dwell_time', 'fh.hop_set', 'fh.hop_pattern', 'fh.hop_index'),
  3: element([1], 'ds.current_channel'),
  4: element([6], 'cfp.count', 'cfp.period', 'cfp.max_duration', 'cfp.dur_remaining'),
  5: element(least(4), 'tim.dtim_count', 'tim.dtim_period', 'tim.bmapctl', takeTrafficMap),
  6: element([2], 'ibss.atim_windows'),
  7: element(least(6), sized('country_info.code', 2), 'country_info.environment', takeCountry),
  8: element(least(2), 'fh_hopping.parameter.prime_radix', 'fh_hopping.parameter.nb_channels'),
  9: element(least(4), 'fh_hopping.table.flag', 'fh_hopping.table.number_of_sets', 'fh_hopping.table.modulus', 'fh_hopping.table.offset', each('fh_hopping.table.random_table')),
  10: element(null, each('tag.request')),
  16: element(null, rest('tag.challenge_text')),
  32: element([1], 'powercon.local'),
  33: element([2], 'powercap.min', 'powercap.max'),
  34: element([0]),
  35: element([2], 'tcprep.trsmt_pow', 'tcprep.link_mrg'),
  36: element(EVEN, each(group('supchan', '', ['supchan.first', 'supchan.range']))),
  37: element([3], 'csa.channel_switch_mode', 'csa.new_channel_number', 'csa.channel_switch.count'),
  40: element([6], 'quiet.count', 'quiet.period', 'quiet.duration', 'quiet.offset'),
  41: element(least(7), 'dfs.owner', 'dfs.recovery_interval', each(group('dfs.channel_map', '', ['dfs.channel_number', ifLeft(1, 'dfs.map')]))),
  42: element([1], 'erp_info'),
  43: element([4], 'ts_delay'),
  47: element([1], 'erp_info'),
  50: element(least(1), each('extended_supported_rates')),
  51: element(least(1), 'ap_channel_report.operating_class', each('ap_channel_report.channel_list')),
  53: element([1], 'rcpi'),
  59: element(least(2), 'supopeclass.current', takeOperatingClasses),
  60: element([4], 'fixed.extchansw'),
  62: element([1], 'secchanoffset'),
  63: element([1], 'bss_ap_avg_access_delay'),
  64: element([1], 'antenna.id'),
  65: element([1], 'rsni'),
  66: element([1], 'fixed.msmtpilotint'),
  69: element(null, 'time_adv.timing_capab'),
  71: element(least(1), 'multiple_bssid'),
  72: element([1], '20_40_bc'),
  74: element([14], 'obss.spd', 'obss.sad', 'obss.cwtsi', 'obss.sptpc', 'obss.satpc', 'obss.wctdf', 'obss.sat'),
  85: element(null, 'multiple_bssid_index.bssid_index', ifLeft(1, 'multiple_bssid_index.dtim_period', 'multiple_bssid_index.dtim_count')),
  90: element(null, 'bss_max_idle.period', bits(1, 'bss_max_idle.options.protected')),
  93: element(null, 'wnm_sleep_mode.action_type', 'wnm_sleep_mode.response_status', 'wnm_sleep_mode.interval'),
  101: element(least(18), 'link_id.bssid', 'link_id.init_sta', 'link_id.resp_sta'),
  104: element(least(4), 'channel_switch_timing.switch_time', 'channel_switch_timing.switch_timeout'),
  105: element(least(3), 'pti_control.tid', 'pti_control.sequence_control'),
  106: element(least(1), bits(1, 'pu_buffer_status.ac_bk', 'pu_buffer_status.ac_be', 'pu_buffer_status.ac_vi', 'pu_buffer_status.ac_vo')),
  107: element([1, 3, 7, 9], bits(1, 'interworking.access_network_type', 'interworking.internet', 'interworking.asra', 'interworking.esr', 'interworking.uesa'), takeVenue, ifLeft(6, 'interworking.hessid')),
  108: element(null, takeAdvertisements),
  111: element(null, 'roaming_consortium.num_anqp_oi', takeConsortium),
  118: element([6], 'csa.mesh_channel_switch.ttl', 'csa.mesh_channel_switch.flag', 'csa.mesh_channel_switch.reason_code', 'csa.mesh_channel_switch.pre_value'),
  133: element(least(26), sized('cisco.ccx1.unknown', 10), sized('cisco.ccx1.name', 16), 'cisco.ccx1.clients', sized('cisco.ccx1.unknown2', 3)),
};

/** One bit a station, from the byte that the bitmap control names. */
function takeTrafficMap(layer: Layer): void {
  const at = layer.cursor;
  const first = (readU8(layer.bytes, at - 1) & 0xfe) * 8;
  const bytes = layer.take('tim.partial_virtual_bitmap', layer.left) as unknown as Uint8Array;
  if (!layer.run.items) return;
  for (const [index, byte] of bytes.entries()) {
    for (let bit = 0; bit < 8; bit += 1) {
      const aid = first + index * 8 + bit;
      if (((byte >> bit) & 1) === 1 && aid > 0) layer.put('tim.aid', aid & 0xff, at + index, 1);
    }
  }
}

const LAST_CHANNEL = 200;
const CHANNELS = [group('country_info.fnm', '', ['country_info.fnm.fcn', 'country_info.fnm.nc', 'country_info.fnm.mtpl'])] as const;
const OPERATING_TRIPLET = [group('country_info.rrc', '', ['country_info.rrc.oei', 'country_info.rrc.oc', 'country_info.rrc.cc'])] as const;

/** Sets of channels, or, with a first number of 201 and more, of operating classes. */
function takeCountry(layer: Layer): void {
  layer.each(() => {
    if (layer.left < 3) layer.take('country_info.padding', 1);
    else takeParts(layer, layer.peekU8() <= LAST_CHANNEL ? CHANNELS : OPERATING_TRIPLET);
  });
}

/** Delimiters: other lists follow them (IEEE 802.11-2020 §9.4.2.53). */
const ENDS_OF_CLASSES: ReadonlySet<number> = new Set([0, 130]);

/** Classes beside the current one, up to the lists of pairs and of those for wide channels. */
function takeOperatingClasses(layer: Layer): void {
  const start = layer.cursor;
  const classes: number[] = [];
  layer.each(() => {
    const value = layer.peekU8();
    if (ENDS_OF_CLASSES.has(value)) return;
    classes.push(value);
    layer.skip(1);
  });
  if (classes.length > 0) {
    layer.put('supopeclass.alt', null, start, classes.length);
    layer.label(() => `Alternate Operating Classes: ${classes.join(', ')}`);
  }
  layer.cursor = layer.end;
}

function takeVenue(layer: Layer): void {
  if (layer.left === 2 || layer.left === 8) takeParts(layer, ['fixed.venue_info.group', 'fixed.venue_info.type']);
}

/** Up to three organizations; the third has what the lengths of the first two leave. */
function takeConsortium(layer: Layer): void {
  const lengths = layer.peekU8();
  takeParts(layer, [bits(1, 'roaming_consortium.oi1_len', 'roaming_consortium.oi2_len'), sized('roaming_consortium.oi1', lengths & 0xf)]);
  if (lengths >> 4 > 0) layer.take('roaming_consortium.oi2', lengths >> 4);
  if (layer.left > 0) layer.take('roaming_consortium.oi3', layer.left);
}
