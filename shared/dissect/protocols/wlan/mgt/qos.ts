/** Elements about traffic classes: load, parameters, streams and their schedules (IEEE 802.11-2020 §9.4.2.26 to §9.4.2.34). */
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { element, group, least, sized, word, takeParts } from './parts.ts';
import type { Elements, Parts, Take, Part } from './parts.ts';

export const qosFields = () => sharedFields('wlan', {
  'qbss.version': { type: 'u8', label: 'QBSS Version', size: 4 },
  'qbss.scount': { type: 'u16le', label: 'Station Count', help: 'How many stations use this access point.' },
  'qbss.cu': { type: 'u8', label: 'Channel Utilization', help: 'How busy the channel is, out of 255.' },
  'qbss.adc': { type: 'u8', label: 'Available Admission Capacity', size: 2 },
  'wfa.ie.wme.qos_info': { type: 'u8', label: 'WME QoS Info', base: 'hex' },
  'wfa.ie.wme.qos_info.ap.u_apsd': { type: 'bool', label: 'U-APSD', of: 'wfa.ie.wme.qos_info', mask: 0x80, states: ['Enabled', 'Disabled'] },
  'wfa.ie.wme.qos_info.ap.parameter_set_count': { type: 'u8', label: 'Parameter Set Count', base: 'hex', of: 'wfa.ie.wme.qos_info', mask: 0xf },
  'wfa.ie.wme.qos_info.ap.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'wfa.ie.wme.qos_info', mask: 0x70 },
  'wfa.ie.wme.reserved': { type: 'bytes', label: 'Reserved' },
  'wfa.ie.wme.acp': { type: 'none', label: 'Ac Parameters' },
  'wfa.ie.wme.acp.aci_aifsn': { type: 'u8', label: 'ACI / AIFSN Field', base: 'hex' },
  'wfa.ie.wme.acp.aifsn': { type: 'u8', label: 'AIFSN', of: 'wfa.ie.wme.acp.aci_aifsn', mask: 0xf },
  'wfa.ie.wme.acp.acm': { type: 'bool', label: 'Admission Control Mandatory', of: 'wfa.ie.wme.acp.aci_aifsn', mask: 0x10, states: ['Yes', 'No'] },
  'wfa.ie.wme.acp.aci': { type: 'u8', label: 'ACI', of: 'wfa.ie.wme.acp.aci_aifsn', mask: 0x60, names: { 0: 'Best Effort', 1: 'Background', 2: 'Video', 3: 'Voice' } },
  'wfa.ie.wme.acp.reserved': { type: 'u8', label: 'Reserved', of: 'wfa.ie.wme.acp.aci_aifsn', mask: 0x80 },
  'wfa.ie.wme.acp.ecw': { type: 'u8', label: 'ECW', base: 'hex' },
  'wfa.ie.wme.acp.ecw.max': { type: 'u8', label: 'ECW Max', of: 'wfa.ie.wme.acp.ecw', mask: 0xf0 },
  'wfa.ie.wme.acp.ecw.min': { type: 'u8', label: 'ECW Min', of: 'wfa.ie.wme.acp.ecw', mask: 0xf },
  'wfa.ie.wme.acp.cw.max': { type: 'u8', label: 'CW Max' },
  'wfa.ie.wme.acp.cw.min': { type: 'u8', label: 'CW Min' },
  'wfa.ie.wme.acp.txop_limit': { type: 'u16le', label: 'TXOP Limit', help: 'How long a station of this class may send once it has the channel, in units of 32 microseconds.' },
  'ts_info': { type: 'u24le', label: 'Traffic Stream (TS) Info', base: 'hex' },
  'ts_info.type': { type: 'u24le', label: 'Traffic Type', of: 'ts_info', mask: 0x1, names: { 0: 'Aperiodic or unspecified Traffic', 1: 'Periodic Traffic' } },
  'ts_info.tsid': { type: 'u24le', label: 'Traffic Stream ID (TSID)', of: 'ts_info', mask: 0x1e },
  'ts_info.dir': { type: 'u24le', label: 'Direction', of: 'ts_info', mask: 0x60, names: { 0: 'Uplink', 1: 'Downlink', 2: 'Direct link', 3: 'Bidirectional link' } },
  'ts_info.access': { type: 'u24le', label: 'Access Policy', of: 'ts_info', mask: 0x180, names: { 0: 'Reserved', 1: 'EDCA', 2: 'HCCA', 3: 'HEMM' } },
  'ts_info.agg': { type: 'u24le', label: 'Aggregation', of: 'ts_info', mask: 0x200 },
  'ts_info.apsd': { type: 'u24le', label: 'Automatic Power-Save Delivery (APSD)', of: 'ts_info', mask: 0x400 },
  'ts_info.up': { type: 'u24le', label: 'User Priority', of: 'ts_info', mask: 0x3800, names: { 0: 'Best Effort', 1: 'Background', 2: 'Spare', 3: 'Excellent Effort', 4: 'Controlled Load', 5: 'Video', 6: 'Voice', 7: 'Network Control' } },
  'ts_info.ack': { type: 'u24le', label: 'Ack Policy', of: 'ts_info', mask: 0xc000, names: { 0: 'Normal Ack', 1: 'No Ack', 2: 'No explicit acknowledgment', 3: 'Block Ack' } },
  'ts_info.sched': { type: 'u24le', label: 'Schedule', of: 'ts_info', mask: 0x10000 },
  'ts_info.rsv': { type: 'u24le', label: 'Reserved', base: 'hex', of: 'ts_info', mask: 0xfe0000 },
  'tspec.nor_msdu': { type: 'u16le', label: 'Normal MSDU Size' },
  'tspec.max_msdu': { type: 'u16le', label: 'Maximum MSDU Size' },
  'tspec.min_srv': { type: 'u32le', label: 'Minimum Service Interval' },
  'tspec.max_srv': { type: 'u32le', label: 'Maximum Service Interval' },
  'tspec.inact_int': { type: 'u32le', label: 'Inactivity Interval' },
  'tspec.susp_int': { type: 'u32le', label: 'Suspension Interval' },
  'tspec.srv_start': { type: 'u32le', label: 'Service Start Time' },
  'tspec.min_data': { type: 'u32le', label: 'Minimum Data Rate' },
  'tspec.mean_data': { type: 'u32le', label: 'Mean Data Rate' },
  'tspec.peak_data': { type: 'u32le', label: 'Peak Data Rate' },
  'tspec.burst_size': { type: 'u32le', label: 'Burst Size' },
  'tspec.delay_bound': { type: 'u32le', label: 'Delay Bound' },
  'tspec.min_phy': { type: 'u32le', label: 'Minimum PHY Rate' },
  'tspec.surplus': { type: 'u16le', label: 'Surplus Bandwidth Allowance' },
  'tspec.medium': { type: 'u16le', label: 'Medium Time' },
  'sched.sched_info': { type: 'u16le', label: 'Schedule Info', base: 'hex' },
  'sched_info.agg': { type: 'u16le', label: 'Schedule Aggregation', of: 'sched.sched_info', mask: 0x1 },
  'sched_info.tsid': { type: 'u16le', label: 'Schedule Traffic Stream ID (TSID)', of: 'sched.sched_info', mask: 0x1e },
  'sched_info.dir': { type: 'u16le', label: 'Schedule Direction', of: 'sched.sched_info', mask: 0x60, names: { 0: 'Uplink', 1: 'Downlink', 2: 'Direct link', 3: 'Bidirectional link' } },
  'sched.srv_start': { type: 'u32le', label: 'Service Start Time', base: 'hex' },
  'sched.srv_int': { type: 'u32le', label: 'Service Interval', base: 'hex' },
  'sched.spec_int': { type: 'u16le', label: 'Specification Interval', base: 'hex' },
  'tclas_proc.processing': { type: 'u8', label: 'Processing', names: { 0: 'Incoming MSDU\'s higher layer parameters have to match to the parameters in all associated TCLAS elements.', 1: 'Incoming MSDU\'s higher layer parameters have to match to at least one of the associated TCLAS elements.', 2: 'Incoming MSDU\'s that do not belong to any other TS are classified to the TS for which this TCLAS Processing element is used. In this case, there will not be any associated TCLAS elements.' } },
  'fixed.qosinfo.ap': { type: 'u8', label: 'QoS Information (AP)', base: 'hex' },
  'fixed.qosinfo.ap.edcaupdate': { type: 'u8', label: 'EDCA Parameter Set Update Count', base: 'hex', of: 'fixed.qosinfo.ap', mask: 0xf },
  'fixed.qosinfo.ap.qack': { type: 'bool', label: 'Q-Ack', of: 'fixed.qosinfo.ap', mask: 0x10, states: ['APs MIB attribute dot11QAckOptionImplemented is true', 'APs MIB attribute dot11QAckOptionImplemented is false'] },
  'fixed.qosinfo.ap.queue_req': { type: 'bool', label: 'Queue Request', of: 'fixed.qosinfo.ap', mask: 0x20, states: ['AP can process a nonzero Queue Size subfield in the QoS Control field in QoS data frames', 'AP cannot process a nonzero Queue Size subfield in the QoS Control field in QoS data frames'] },
  'fixed.qosinfo.ap.txopreq': { type: 'bool', label: 'TXOP Request', of: 'fixed.qosinfo.ap', mask: 0x40, states: ['AP can process a nonzero TXOP Duration Requested subfield in the QoS Control field in QoS data frames', 'AP cannot process a nonzero TXOP Duration Requested subfield in the QoS Control field in QoS data frames'] },
  'fixed.qosinfo.ap.more_data_ack': { type: 'bool', label: 'More Data Ack', of: 'fixed.qosinfo.ap', mask: 0x80 },
  'bss_avg_ac_access_delay.be': { type: 'u8', label: 'AC Average Access Delay for Best Effort' },
  'bss_avg_ac_access_delay.bk': { type: 'u8', label: 'AC Average Access Delay for Best Background' },
  'bss_avg_ac_access_delay_vi': { type: 'u8', label: 'AC Average Access Delay for Video' },
  'bss_avg_ac_access_delay_vo': { type: 'u8', label: 'AC Average Access Delay for Voice' },
  'bss_avb_adm_cap.bitmask': { type: 'u16le', label: 'Available Admission Capacity Bitmask', base: 'hex' },
  'bss_avb_adm_cap.bitmask.up0': { type: 'bool', label: 'UP0 (bit0)', of: 'bss_avb_adm_cap.bitmask', mask: 0x1 },
  'bss_avb_adm_cap.bitmask.up1': { type: 'bool', label: 'UP1 (bit1)', of: 'bss_avb_adm_cap.bitmask', mask: 0x2 },
  'bss_avb_adm_cap.bitmask.up2': { type: 'bool', label: 'UP2 (bit2)', of: 'bss_avb_adm_cap.bitmask', mask: 0x4 },
  'bss_avb_adm_cap.bitmask.up3': { type: 'bool', label: 'UP3 (bit3)', of: 'bss_avb_adm_cap.bitmask', mask: 0x8 },
  'bss_avb_adm_cap.bitmask.up4': { type: 'bool', label: 'UP4 (bit4)', of: 'bss_avb_adm_cap.bitmask', mask: 0x10 },
  'bss_avb_adm_cap.bitmask.up5': { type: 'bool', label: 'UP5 (bit5)', of: 'bss_avb_adm_cap.bitmask', mask: 0x20 },
  'bss_avb_adm_cap.bitmask.up6': { type: 'bool', label: 'UP6 (bit6)', of: 'bss_avb_adm_cap.bitmask', mask: 0x40 },
  'bss_avb_adm_cap.bitmask.up7': { type: 'bool', label: 'UP7 (bit7)', of: 'bss_avb_adm_cap.bitmask', mask: 0x80 },
  'bss_avb_adm_cap.bitmask.ac0': { type: 'bool', label: 'AC0 (bit8)', of: 'bss_avb_adm_cap.bitmask', mask: 0x100 },
  'bss_avb_adm_cap.bitmask.AC1': { type: 'bool', label: 'AC1 (bit9)', of: 'bss_avb_adm_cap.bitmask', mask: 0x200 },
  'bss_avb_adm_cap.bitmask.ac2': { type: 'bool', label: 'AC2 (bit10)', of: 'bss_avb_adm_cap.bitmask', mask: 0x400 },
  'bss_avb_adm_cap.bitmask.ac3': { type: 'bool', label: 'AC3 (bit11)', of: 'bss_avb_adm_cap.bitmask', mask: 0x800 },
  'bss_avb_adm_cap.bitmask.rsv': { type: 'u16le', label: 'Reserved', base: 'hex', of: 'bss_avb_adm_cap.bitmask', mask: 0xf000 },
  'bss_avb_adm_cap.up0': { type: 'u16le', label: 'UP0' },
  'bss_avb_adm_cap.up1': { type: 'u16le', label: 'UP1' },
  'bss_avb_adm_cap.up2': { type: 'u16le', label: 'UP2' },
  'bss_avb_adm_cap.up3': { type: 'u16le', label: 'UP3' },
  'bss_avb_adm_cap.up4': { type: 'u16le', label: 'UP4' },
  'bss_avb_adm_cap.up5': { type: 'u16le', label: 'UP5' },
  'bss_avb_adm_cap.up6': { type: 'u16le', label: 'UP6' },
  'bss_avb_adm_cap.up7': { type: 'u16le', label: 'UP7' },
  'bss_avb_adm_cap.ac0': { type: 'u16le', label: 'AC0' },
  'bss_avb_adm_cap.ac1': { type: 'u16le', label: 'AC1' },
  'bss_avb_adm_cap.ac2': { type: 'u16le', label: 'AC2' },
  'bss_avb_adm_cap.ac3': { type: 'u16le', label: 'AC3' },
  'fixed.qosinfo.sta': { type: 'u8', label: 'QoS Information (STA)', base: 'hex' },
  'fixed.qosinfo.sta.ac_vo': { type: 'bool', label: 'AC_VO U-APSD Flag', of: 'fixed.qosinfo.sta', mask: 0x1, states: ['Trigger-enabled and Delivery-enabled', 'Neither Trigger-enabled nor Delivery-enabled'] },
  'fixed.qosinfo.sta.ac_vi': { type: 'bool', label: 'AC_VI U-APSD Flag', of: 'fixed.qosinfo.sta', mask: 0x2, states: ['Trigger-enabled and Delivery-enabled', 'Neither Trigger-enabled nor Delivery-enabled'] },
  'fixed.qosinfo.sta.ac_bk': { type: 'bool', label: 'AC_BK U-APSD Flag', of: 'fixed.qosinfo.sta', mask: 0x4, states: ['Trigger-enabled and Delivery-enabled', 'Neither Trigger-enabled nor Delivery-enabled'] },
  'fixed.qosinfo.sta.ac_be': { type: 'bool', label: 'AC_BE U-APSD Flag', of: 'fixed.qosinfo.sta', mask: 0x8, states: ['Trigger-enabled and Delivery-enabled', 'Neither Trigger-enabled nor Delivery-enabled'] },
  'fixed.qosinfo.sta.qack': { type: 'bool', label: 'Q-Ack', of: 'fixed.qosinfo.sta', mask: 0x10, states: ['STAs MIB attribute dot11QAckOptionImplemented is true', 'STAs MIB attribute dot11QAckOptionImplemented is false'] },
  'fixed.qosinfo.sta.max_sp_length': { type: 'u8', label: 'Max SP Length', base: 'hex', of: 'fixed.qosinfo.sta', mask: 0x60, names: { 0: 'AP may deliver all buffered MSDUs, A-MSDUs and MMPDUs', 1: 'AP may deliver a maximum of two MSDUs, A-MSDUs and MMPDUs per SP', 2: 'AP may deliver a maximum of four MSDUs, A-MSDUs and MMPDUs per SP', 3: 'AP may deliver a maximum of six MSDUs, A-MSDUs and MMPDUs per SP' } },
  'fixed.qosinfo.sta.more_data_ack': { type: 'bool', label: 'More Data Ack', of: 'fixed.qosinfo.sta', mask: 0x80, states: ['STA can process ACK frames with the More Data bit in the Frame Control field set to 1 and will remain in the wake state', 'STA cannot process ACK frames with the More Data bit in the Frame Control field set to 1'] },
  'tclas.user_priority': { type: 'u8', label: 'User Priority' },
  'tclas.class_type': { type: 'u8', label: 'Classifier Type' },
  'tclas.class_mask': { type: 'u8', label: 'Classifier Mask', base: 'hex' },
  'tclas.class_mask.src_addr': { type: 'u8', label: 'Source Address', base: 'hex', of: 'tclas.class_mask', mask: 0x1 },
  'tclas.class_mask.dst_addr': { type: 'u8', label: 'Destination Address', base: 'hex', of: 'tclas.class_mask', mask: 0x2 },
  'tclas.class_mask.type': { type: 'u8', label: 'Type', base: 'hex', of: 'tclas.class_mask', mask: 0x4 },
  'tclas.class_mask.version': { type: 'u8', label: 'Version', base: 'hex', of: 'tclas.class_mask', mask: 0x1 },
  'tclas.class_mask.src_ip': { type: 'u8', label: 'Source IP Address', base: 'hex', of: 'tclas.class_mask', mask: 0x2 },
  'tclas.class_mask.dst_ip': { type: 'u8', label: 'Destination IP Address', base: 'hex', of: 'tclas.class_mask', mask: 0x4 },
  'tclas.class_mask.src_port': { type: 'u8', label: 'Source Port', base: 'hex', of: 'tclas.class_mask', mask: 0x8 },
  'tclas.class_mask.dst_port': { type: 'u8', label: 'Destination Port', base: 'hex', of: 'tclas.class_mask', mask: 0x10 },
  'tclas.class_mask.dscp': { type: 'u8', label: 'DSCP', base: 'hex', of: 'tclas.class_mask', mask: 0x20 },
  'tclas.class_mask.proto': { type: 'u8', label: 'Protocol', base: 'hex', of: 'tclas.class_mask', mask: 0x40 },
  'tclas.class_mask.flow_label': { type: 'u24le', label: 'Flow Label', base: 'hex', of: 'tclas.class_mask', mask: 0x20 },
  'tclas.class_mask.tci': { type: 'u8', label: '802.1Q CLAN TCI', base: 'hex', of: 'tclas.class_mask', mask: 0x1 },
  'tclas.src_mac_addr': { type: 'ether', label: 'Source address' },
  'tclas.dat_mac_addr': { type: 'ether', label: 'Destination address' },
  'tclas.ether_type': { type: 'u16le', label: 'Ethernet Type' },
  'tclas.version': { type: 'u8', label: 'IP Version' },
  'tclas.ipv4_src': { type: 'ipv4', label: 'IPv4 Src Addr' },
  'tclas.ipv4_dst': { type: 'ipv4', label: 'IPv4 Dst Addr' },
  'tclas.src_port': { type: 'u16le', label: 'Source Port' },
  'tclas.dst_port': { type: 'u16le', label: 'Destination Port' },
  'tclas.dscp': { type: 'u8', label: 'IPv4 DSCP', base: 'hex' },
  'tclas.protocol': { type: 'u8', label: 'Protocol', base: 'hex' },
  'tclas.ipv6_src': { type: 'ipv6', label: 'IPv6 Src Addr' },
  'tclas.ipv6_dst': { type: 'ipv6', label: 'IPv6 Dst Addr' },
  'tclas.flow': { type: 'u24le', label: 'Flow Label', base: 'hex' },
  'tclas.tag_type': { type: 'u16le', label: '802.1Q Tag Type', base: 'hex' },
  'wfa.ie.wme.subtype': { type: 'u8', label: 'WME Subtype', names: { 0: 'Information Element', 1: 'Parameter Element', 2: 'TSPEC Element' } },
  'wfa.ie.wme.version': { type: 'u8', label: 'WME Version' },
  'wfa.ie.wme.qos_info.sta.max_sp_length': { type: 'u8', label: 'Max SP Length', base: 'hex', mask: 0x60, names: { 0: 'WMM AP may deliver all buffered frames (MSDUs and MMPDUs)', 1: 'WMM AP may deliver a maximum of 2 buffered frames (MSDUs and MMPDUs) per USP', 2: 'WMM AP may deliver a maximum of 4 buffered frames (MSDUs and MMPDUs) per USP', 3: 'WMM AP may deliver a maximum of 6 buffered frames (MSDUs and MMPDUs) per USP' } },
  'wfa.ie.wme.qos_info.sta.ac_be': { type: 'bool', label: 'AC_BE', mask: 0x8, states: ['WMM delivery and trigger enabled', 'non-WMM PS'] },
  'wfa.ie.wme.qos_info.sta.ac_bk': { type: 'bool', label: 'AC_BK', mask: 0x4, states: ['WMM delivery and trigger enabled', 'non-WMM PS'] },
  'wfa.ie.wme.qos_info.sta.ac_vi': { type: 'bool', label: 'AC_VI', mask: 0x2, states: ['WMM delivery and trigger enabled', 'non-WMM PS'] },
  'wfa.ie.wme.qos_info.sta.ac_vo': { type: 'bool', label: 'AC_VO', mask: 0x1, states: ['WMM delivery and trigger enabled', 'non-WMM PS'] },
  'wfa.ie.wme.qos_info.sta.reserved': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0x90 },
  'wfa.ie.wme.tspec.ts_info': { type: 'u24le', label: 'TS Info', base: 'hex' },
  'wfa.ie.wme.tspec.ts_info.tid': { type: 'u24le', label: 'TID', of: 'wfa.ie.wme.tspec.ts_info', mask: 0x1e },
  'wfa.ie.wme.tspec.ts_info.dir': { type: 'u24le', label: 'Direction', of: 'wfa.ie.wme.tspec.ts_info', mask: 0x60, names: { 0: 'Uplink', 1: 'Downlink', 2: 'Direct link', 3: 'Bidirectional link' } },
  'wfa.ie.wme.tspec.ts_info.psb': { type: 'u24le', label: 'PSB', of: 'wfa.ie.wme.tspec.ts_info', mask: 0x400, names: { 0: 'Legacy', 1: 'U-APSD' } },
  'wfa.ie.wme.tspec.ts_info.up': { type: 'u24le', label: 'UP', of: 'wfa.ie.wme.tspec.ts_info', mask: 0x3800, names: { 0: 'Best Effort', 1: 'Background', 2: 'Spare', 3: 'Excellent Effort', 4: 'Controlled Load', 5: 'Video', 6: 'Voice', 7: 'Network Control' } },
  'wfa.ie.wme.tspec.ts_info.reserved': { type: 'u24le', label: 'Reserved', base: 'hex', of: 'wfa.ie.wme.tspec.ts_info', mask: 0xffc381 },
  'wfa.ie.wme.tspec.nor_msdu': { type: 'u16le', label: 'Normal MSDU Size' },
  'wfa.ie.wme.tspec.max_msdu': { type: 'u16le', label: 'Maximum MSDU Size' },
  'wfa.ie.wme.tspec.min_srv': { type: 'u32le', label: 'Minimum Service Interval' },
  'wfa.ie.wme.tspec.max_srv': { type: 'u32le', label: 'Maximum Service Interval' },
  'wfa.ie.wme.tspec.inact_int': { type: 'u32le', label: 'Inactivity Interval' },
  'wfa.ie.wme.tspec.susp_int': { type: 'u32le', label: 'Suspension Interval' },
  'wfa.ie.wme.tspec.srv_start': { type: 'u32le', label: 'Service Start Time' },
  'wfa.ie.wme.tspec.min_data': { type: 'u32le', label: 'Minimum Data Rate' },
  'wfa.ie.wme.tspec.mean_data': { type: 'u32le', label: 'Mean Data Rate' },
  'wfa.ie.wme.tspec.peak_data': { type: 'u32le', label: 'Peak Data Rate' },
  'wfa.ie.wme.tspec.burst_size': { type: 'u32le', label: 'Burst Size' },
  'wfa.ie.wme.tspec.delay_bound': { type: 'u32le', label: 'Delay Bound' },
  'wfa.ie.wme.tspec.min_phy': { type: 'u32le', label: 'Minimum PHY Rate' },
  'wfa.ie.wme.tspec.surplus': { type: 'u16le', label: 'Surplus Bandwidth Allowance' },
  'wfa.ie.wme.tspec.medium': { type: 'u16le', label: 'Medium Time' },
});

const LIMITS: Part = group('wfa.ie.wme.acp', '', ['wfa.ie.wme.acp.aci_aifsn', takeContentionWindow, 'wfa.ie.wme.acp.txop_limit']);

/** How long to wait before sending, as powers of two. */
function takeContentionWindow(layer: Layer): void {
  const at = layer.cursor;
  const value = layer.peekU8();
  takeParts(layer, ['wfa.ie.wme.acp.ecw']);
  layer.inside(() => {
    layer.put('wfa.ie.wme.acp.cw.max', 2 ** (value >> 4) - 1, at, 1);
    layer.put('wfa.ie.wme.acp.cw.min', 2 ** (value & 0xf) - 1, at, 1);
  });
}

const FROM_AP = ['wfa.ie.wme.qos_info.ap.u_apsd', 'wfa.ie.wme.qos_info.ap.parameter_set_count', 'wfa.ie.wme.qos_info.ap.reserved'] as const;
const FROM_STATION = ['wfa.ie.wme.qos_info.sta.max_sp_length', 'wfa.ie.wme.qos_info.sta.ac_be', 'wfa.ie.wme.qos_info.sta.ac_bk', 'wfa.ie.wme.qos_info.sta.ac_vi', 'wfa.ie.wme.qos_info.sta.ac_vo', 'wfa.ie.wme.qos_info.sta.reserved'] as const;

/** Stations tell other things in this byte than access points. */
function takeQosInfo(isStation: boolean): Take {
  return word('wfa.ie.wme.qos_info', ...(isStation ? FROM_STATION : FROM_AP));
}

const PARAMETERS: Parts = [sized('wfa.ie.wme.reserved', 1), LIMITS, LIMITS, LIMITS, LIMITS];
const STREAM: Parts = ['nor_msdu', 'max_msdu', 'min_srv', 'max_srv', 'inact_int', 'susp_int', 'srv_start', 'min_data', 'mean_data', 'peak_data', 'burst_size', 'delay_bound', 'min_phy', 'surplus', 'medium'];

function stream(prefix: string): Parts {
  return STREAM.map((key) => `${prefix}.${key as string}`);
}

/** WMM, the Wi-Fi Alliance's part of 802.11e, behind the type of a vendor's element. */
export function takeWmm(layer: Layer, isStation: boolean): void {
  const subtype = layer.take('wfa.ie.wme.subtype') as unknown as number;
  layer.take('wfa.ie.wme.version');
  if (subtype === 0) takeParts(layer, [takeQosInfo(isStation)]);
  else if (subtype === 1) takeParts(layer, [takeQosInfo(false), ...PARAMETERS]);
  else if (subtype === 2) takeParts(layer, ['wfa.ie.wme.tspec.ts_info', ...stream('wfa.ie.wme.tspec')]);
}

const ADMISSION_BITS: readonly string[] = ['up0', 'up1', 'up2', 'up3', 'up4', 'up5', 'up6', 'up7', 'ac0', 'ac1', 'ac2', 'ac3'];

function takeAdmission(layer: Layer): void {
  const mask = layer.take('bss_avb_adm_cap.bitmask') as unknown as number;
  layer.flags('bss_avb_adm_cap.bitmask');
  for (const [bit, name] of ADMISSION_BITS.entries()) if (((mask >> bit) & 1) === 1) layer.take(`bss_avb_adm_cap.${name}`);
}

/** Which frames belong to a stream: by Ethernet, by IP, or by 802.1Q. */
function takeClassifier(layer: Layer): void {
  layer.take('tclas.user_priority');
  const type = layer.take('tclas.class_type') as unknown as number;
  if (type === 0) takeParts(layer, [word('tclas.class_mask', 'tclas.class_mask.src_addr', 'tclas.class_mask.dst_addr', 'tclas.class_mask.type'), 'tclas.src_mac_addr', 'tclas.dat_mac_addr', 'tclas.ether_type']);
  else if (type === 1) takeIpClassifier(layer);
  else if (type === 2) takeParts(layer, [word('tclas.class_mask', 'tclas.class_mask.tci'), 'tclas.tag_type']);
}

const IP_MASK = ['tclas.class_mask.version', 'tclas.class_mask.src_ip', 'tclas.class_mask.dst_ip', 'tclas.class_mask.src_port', 'tclas.class_mask.dst_port'] as const;
const IPV4: Parts = [word('tclas.class_mask', ...IP_MASK, 'tclas.class_mask.dscp', 'tclas.class_mask.proto'), 'tclas.version', 'tclas.ipv4_src', 'tclas.ipv4_dst', 'tclas.src_port', 'tclas.dst_port', 'tclas.dscp', 'tclas.protocol'];
const IPV6: Parts = [word('tclas.class_mask', ...IP_MASK, 'tclas.class_mask.flow_label'), 'tclas.version', 'tclas.ipv6_src', 'tclas.ipv6_dst', 'tclas.src_port', 'tclas.dst_port', 'tclas.flow'];

function takeIpClassifier(layer: Layer): void {
  const version = layer.peekU8(1);
  takeParts(layer, version === 4 ? IPV4 : version === 6 ? IPV6 : [word('tclas.class_mask', ...IP_MASK, 'tclas.class_mask.flow_label'), 'tclas.version']);
}

/** Elements that an access point and a station fill in differently. */
export function qosElements(isStation: boolean): Elements {
  return {
    11: element([4, 5], takeLoad),
    12: element([18], takeQosInfo(isStation), ...PARAMETERS),
    13: element([55], 'ts_info', ...stream('tspec')),
    14: element(least(5), takeClassifier),
    15: element([14], 'sched.sched_info', 'sched.srv_start', 'sched.srv_int', 'sched.spec_int'),
    44: element([1], 'tclas_proc.processing'),
    46: element([1], isStation ? 'fixed.qosinfo.sta' : 'fixed.qosinfo.ap'),
    67: element(least(2), takeAdmission),
    68: element([4], 'bss_avg_ac_access_delay.be', 'bss_avg_ac_access_delay.bk', 'bss_avg_ac_access_delay_vi', 'bss_avg_ac_access_delay_vo'),
  };
}

/** Two versions, told apart by their length. */
function takeLoad(layer: Layer): void {
  const isOld = layer.left === 4;
  layer.put('qbss.version', isOld ? 1 : 2, layer.cursor, layer.left);
  takeParts(layer, ['qbss.scount', 'qbss.cu', sized('qbss.adc', isOld ? 1 : 2)]);
}
