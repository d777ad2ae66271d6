/** Fields of what others add to LLDP: TIA's media endpoints (ANSI/TIA-1057), Cisco, PROFINET, Extreme, ONOS and IANA. */
import { sharedFields } from '../../define.ts';
import type { Fields } from '../../field.ts';
import { CIVIC_PARTS } from './names.ts';

export const MEDIA_SUBTYPES: Readonly<Record<number, string>> = {
  0x01: 'Media Capabilities', 0x02: 'Network Policy', 0x03: 'Location Identification', 0x04: 'Extended Power-via-MDI', 0x05: 'Inventory - Hardware Revision', 0x06: 'Inventory - Firmware Revision',
  0x07: 'Inventory - Software Revision', 0x08: 'Inventory - Serial Number', 0x09: 'Inventory - Manufacturer Name', 0x0a: 'Inventory - Model Name', 0x0b: 'Inventory - Asset ID',
};
export const CISCO_SUBTYPES: Readonly<Record<number, string>> = {
  0x01: '4-wire Power-via-MDI (UPOE)', 0xc9: 'ACI Port State', 0xca: 'ACI Node Role', 0xcb: 'ACI Node ID', 0xcc: 'ACI Spine Level', 0xcd: 'ACI Pod ID', 0xce: 'ACI Fabric Name', 0xcf: 'ACI Appliance Vector',
  0xd0: 'ACI Node IP', 0xd1: 'ACI Port Role', 0xd2: 'ACI Firmware Version', 0xd3: 'ACI Infra VLAN', 0xd4: 'ACI Serial Number', 0xd6: 'ACI Model', 0xd7: 'ACI Node Name', 0xd8: 'ACI Port Mode',
  0xd9: 'ACI Authentication Cookie', 0xda: 'ACI APIC-Mode', 0xdb: 'ACI Fabric ID',
};
export const PROFINET_SUBTYPES: Readonly<Record<number, string>> = {
  0x01: 'Measured Delay Values', 0x02: 'Port Status', 0x03: 'Alias', 0x04: 'MRP Port Status', 0x05: 'Chassis MAC', 0x06: 'PTCP Status', 0x09: 'TSN Domain', 0x0a: 'TSN NME Management Address', 0x0b: 'TSN NME Name UUID',
  0x0c: 'TSN NME Parameter UUID', 0x0d: 'TSN Time Domain data',
};
export const REALTIME_STATES: Readonly<Record<number, string>> = { 0: 'OFF', 1: 'reserved', 2: 'RTCLASS3_UP', 3: 'RTCLASS3_DOWN', 4: 'RTCLASS3_RUN' };
export const EXTREME_SUBTYPES: Readonly<Record<number, string>> = { 11: 'Extreme Fabric Attach Element TLV', 12: 'Extreme Fabric Attach Assignment TLV' };
export const ONOS_SUBTYPES: Readonly<Record<number, string>> = { 1: 'ONOS Chassis', 2: 'ONOS Port', 3: 'ONOS TTL' };

const CAPABLE = ['Capable', 'Not capable'] as const;
const APPLICATIONS: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'Voice', 2: 'Voice Signaling', 3: 'Guest Voice', 4: 'Guest Voice Signaling', 5: 'Softphone Voice', 6: 'Video Conferencing', 7: 'Streaming Video', 8: 'Video Signaling',
};
const PRIORITIES: Readonly<Record<number, string>> = { 0: 'Unknown', 1: 'Critical', 2: 'High', 3: 'Low' };
const watts = (value: number): string => `${Math.floor(value / 10)}.${value % 10} Watt`;

const media = () => sharedFields('lldp', {
  'media.subtype': { type: 'u8', label: 'Media Subtype', base: 'hex', names: MEDIA_SUBTYPES },
  'media.subtype.caps': { type: 'u16', label: 'Capabilities', base: 'hex' },
  'media.subtype.caps.llpd': { type: 'bool', label: 'LLDP-MED Capabilities', of: 'media.subtype.caps', mask: 0x01, states: CAPABLE },
  'media.subtype.caps.network_policy': { type: 'bool', label: 'Network Policy', of: 'media.subtype.caps', mask: 0x02, states: CAPABLE },
  'media.subtype.caps.location_id': { type: 'bool', label: 'Location Identification', of: 'media.subtype.caps', mask: 0x04, states: CAPABLE },
  'media.subtype.caps.mdi_pse': { type: 'bool', label: 'Extended Power via MDI-PSE', of: 'media.subtype.caps', mask: 0x08, states: CAPABLE },
  'media.subtype.caps.mid_pd': { type: 'bool', label: 'Extended Power via MDI-PD', of: 'media.subtype.caps', mask: 0x10, states: CAPABLE },
  'media.subtype.caps.inventory': { type: 'bool', label: 'Inventory', of: 'media.subtype.caps', mask: 0x20, states: CAPABLE },
  'media.subtype.class': { type: 'u8', label: 'Class Type', names: { 0: 'Type Not Defined', 1: 'Endpoint Class I', 2: 'Endpoint Class II', 3: 'Endpoint Class III', 4: 'Network Connectivity' }, help: 'What kind of device it is; telephones are class III.' },
  'media.app_type': { type: 'u8', label: 'Application Type', names: APPLICATIONS },
  'media.policy_flag': { type: 'bool', size: 3, label: 'Policy', mask: 0x80_0000, states: ['Unknown', 'Defined'] },
  'media.tag_flag': { type: 'bool', size: 3, label: 'Tagged', mask: 0x40_0000, states: ['Yes', 'No'] },
  'media.vlan_id': { type: 'u24', label: 'VLAN Id', mask: 0x1f_fe00, help: 'The VLAN that the telephone is to use for voice.' },
  'media.l2_prio': { type: 'u24', label: 'L2 Priority', mask: 0x00_01c0 },
  'media.dscp': { type: 'u24', label: 'DSCP Priority', mask: 0x00_003f },
  'media.loc.data_format': { type: 'u8', label: 'Location Data Format', names: { 0: 'Invalid ', 1: 'Coordinate-based LCI', 2: 'Civic Address LCI', 3: 'ECS ELIN' } },
  'media.loc.lat_resolution': { type: 'u8', label: 'Latitude Resolution', mask: 0xfc },
  'media.loc.latitude': { type: 'u40', label: 'Latitude' },
  'media.loc.long_resolution': { type: 'u8', label: 'Longitude Resolution', mask: 0xfc },
  'media.loc.longitude': { type: 'u40', label: 'Longitude' },
  'media.loc.alt_type': { type: 'u8', label: 'Altitude Type', mask: 0xf0, names: { 1: 'Meters', 2: 'Floors' } },
  'media.loc.alt_resolution': { type: 'u16', label: 'Altitude Resolution', mask: 0x0fc0 },
  'media.loc.altitude': { type: 'u32', label: 'Altitude', mask: 0x3fff_ffff },
  'media.loc.datum': { type: 'u8', label: 'Datum' },
  'media.civic.length': { type: 'u8', label: 'LCI Length' },
  'media.civic.what': { type: 'u8', label: 'What', names: { 0: 'Location of the DHCP server', 1: 'Location of the network element believed to be closest to the client', 2: 'Location of the client' } },
  'media.civic.country': { type: 'string', label: 'Country' },
  'media.civic.type': { type: 'u8', label: 'CA Type', names: CIVIC_PARTS },
  'media.civic.value': { type: 'string', label: 'CA Value' },
  'media.ecs': { type: 'string', label: 'ELIN' },
  'media.power.type': { type: 'u8', label: 'Power Type', mask: 0xc0, names: { 0: 'PSE Device', 1: 'PD Device', 2: 'PSE Device', 3: 'PD Device' } },
  'media.power.source': { type: 'u8', label: 'Power Source', mask: 0x30 },
  'media.power.prio': { type: 'u8', label: 'Power Priority', mask: 0x0f, names: PRIORITIES },
  'media.power.value': { type: 'u16', label: 'Power Value', show: watts },
  'media.hardware': { type: 'string', label: 'Hardware Revision' },
  'media.firmware': { type: 'string', label: 'Firmware Revision' },
  'media.software': { type: 'string', label: 'Software Revision' },
  'media.sn': { type: 'string', label: 'Serial Number' },
  'media.manufacturer': { type: 'string', label: 'Manufacturer Name' },
  'media.model': { type: 'string', label: 'Model Name' },
  'media.asset': { type: 'string', label: 'Asset ID' },
});

const cisco = () => sharedFields('lldp', {
  'cisco.subtype': { type: 'u8', label: 'Cisco Subtype', base: 'hex', names: CISCO_SUBTYPES },
  'cisco.upoe': { type: 'u8', label: 'UPOE Capabilities', base: 'hex' },
  'cisco.upoe.supported': { type: 'bool', label: 'UPOE Supported', of: 'cisco.upoe', mask: 0x01, states: ['Yes', 'No'] },
  'cisco.upoe.altb_detection_required': { type: 'bool', label: 'ALT-B Detection required', of: 'cisco.upoe', mask: 0x02, states: ['Yes', 'No'] },
  'cisco.upoe.pd_altb_desired': { type: 'bool', label: 'PD Request Spare Pair PoE', of: 'cisco.upoe', mask: 0x04, states: ['On', 'Off'] },
  'cisco.upoe.pse_altb_oper': { type: 'bool', label: 'PSE Spare Pair PoE', of: 'cisco.upoe', mask: 0x08, states: ['On', 'Off'] },
  'cisco.portstate': { type: 'u8', label: 'Port State', names: { 1: 'In Service', 2: 'Out of Service' } },
  'cisco.noderole': { type: 'u8', label: 'Node Role', names: { 0: 'APIC', 1: 'Leaf', 2: 'Spine', 3: 'vLeaf' } },
  'cisco.nodeid': { type: 'u32', label: 'Node ID' },
  'cisco.spinelevel': { type: 'u8', label: 'Spine Level' },
  'cisco.podid': { type: 'u16', label: 'Pod ID' },
  'cisco.fabricname': { type: 'string', label: 'Fabric Name' },
  'cisco.apiclist': { type: 'bytes', label: 'Appliance Vector' },
  'cisco.apicid': { type: 'u8', label: 'APIC ID' },
  'cisco.apicipv4': { type: 'ipv4', label: 'APIC IPv4' },
  'cisco.apicuuid': { type: 'string', label: 'APIC UUID' },
  'cisco.nodeip': { type: 'ipv4', label: 'Node IP' },
  'cisco.portrole': { type: 'u8', label: 'Port Role', names: { 1: 'Active', 2: 'Backup' } },
  'cisco.version': { type: 'string', label: 'Version' },
  'cisco.fabricvlan': { type: 'u16', label: 'Fabric VLAN' },
  'cisco.serialno': { type: 'string', label: 'Serial No' },
  'cisco.model': { type: 'string', label: 'Model' },
  'cisco.nodename': { type: 'string', label: 'Node Name' },
  'cisco.portmode': { type: 'u8', label: 'Port Mode', names: { 0: 'Normal', 1: 'Recovery Mode' } },
  'cisco.authcookie': { type: 'bytes', label: 'Authentication Cookie' },
  'cisco.apicmode': { type: 'u8', label: 'APIC Mode', names: { 0: 'Active', 1: 'Standby' } },
  'cisco.fabricd': { type: 'u16', label: 'Fabric ID' },
});

const others = () => sharedFields('lldp', {
  'profinet.subtype': { type: 'u8', label: 'Subtype', base: 'hex', names: PROFINET_SUBTYPES },
  'profinet.port_rx_delay_local': { type: 'u32', label: 'Port RX Delay Local' },
  'profinet.port_rx_delay_remote': { type: 'u32', label: 'Port RX Delay Remote' },
  'profinet.port_tx_delay_local': { type: 'u32', label: 'Port TX Delay Local' },
  'profinet.port_tx_delay_remote': { type: 'u32', label: 'Port TX Delay Remote' },
  'profinet.cable_delay_local': { type: 'u32', label: 'Port Cable Delay Local' },
  'profinet.rtc2_port_status': { type: 'u16', label: 'RTClass2 Port Status', base: 'hex', names: { 0: 'OFF', 1: 'SYNCDATA_LOADED', 2: 'RTCLASS2_UP', 3: 'Reserved' } },
  'profinet.rtc3_port_status': { type: 'u16', label: 'RTClass3 Port Status', mask: 0x0007, base: 'hex', names: REALTIME_STATES },
  'profinet.rtc3_port_status.reserved': { type: 'u16', label: 'RTClass3_PortStatus.reserved', mask: 0x0ff8, base: 'hex' },
  'profinet.rtc3_port_status.fragmentation': { type: 'u16', label: 'RTClass3_PortStatus.Fragmentation', mask: 0x1000, base: 'hex', names: { 0: 'OFF', 1: 'ON' } },
  'profinet.rtc3_port_status.preambleLength': { type: 'u16', label: 'RTClass3_PortStatus.PreambleLength', mask: 0x2000, base: 'hex', names: { 0: 'Seven octets', 1: 'One octet' } },
  'profinet.mrp_domain_uuid': { type: 'string', label: 'MRP DomainUUID' },
  'profinet.mrrt_port_status': { type: 'u16', label: 'MRRT PortStatus', base: 'hex', names: { 0: 'OFF', 1: 'MRRT_CONFIGURED', 2: 'MRRT_UP' } },
  'profinet.cm_mac_add': { type: 'ether', label: 'CMMacAdd' },
  'profinet.master_source_address': { type: 'ether', label: 'MasterSourceAddress' },
  'profinet.subdomain_uuid': { type: 'string', label: 'SubdomainUUID' },
  'profinet.ir_data_uuid': { type: 'string', label: 'IRDataUUID' },
  'profinet.length_of_period_valid': { type: 'u32', label: 'LengthOfPeriod.Valid', mask: 0x8000_0000 },
  'profinet.length_of_period_length': { type: 'u32', label: 'LengthOfPeriod.Length', mask: 0x7fff_ffff },
  'profinet.red_period_begin_valid': { type: 'u32', label: 'RedPeriodBegin.Valid', mask: 0x8000_0000 },
  'profinet.red_period_begin_offset': { type: 'u32', label: 'RedPeriodBegin.Offset', mask: 0x7fff_ffff },
  'profinet.orange_period_begin_valid': { type: 'u32', label: 'OrangePeriodBegin.Valid', mask: 0x8000_0000 },
  'profinet.orange_period_begin_offset': { type: 'u32', label: 'OrangePeriodBegin.Offset', mask: 0x7fff_ffff },
  'profinet.green_period_begin_valid': { type: 'u32', label: 'GreenPeriodBegin.Valid', mask: 0x8000_0000 },
  'profinet.green_period_begin_offset': { type: 'u32', label: 'GreenPeriodBegin.Offset', mask: 0x7fff_ffff },
  'extreme_avaya_ap.subtype': { type: 'u8', label: 'Subtype', names: EXTREME_SUBTYPES },
  'extreme_avaya_ap.hmac_sha_digest': { type: 'bytes', size: 32, label: 'HMAC-SHA Digest' },
  'extreme_avaya_ap.element_type': { type: 'u24', label: 'Element Type', mask: 0xfc_0000 },
  'extreme_avaya_ap.state': { type: 'u24', label: 'State', mask: 0x03_f000 },
  'extreme_avaya_ap.mgnt_vlan': { type: 'u24', label: 'Mgmt VLAN', mask: 0x00_0fff },
  'extreme_avaya_ap.rsvd': { type: 'u8', label: 'Reserved' },
  'extreme_avaya_ap.system_id': { type: 'bytes', label: 'System ID' },
  'extreme_avaya_ap.status': { type: 'u16', label: 'Assignment Status', mask: 0xf000 },
  'extreme_avaya_ap.vlan': { type: 'u16', label: 'VLAN', mask: 0x0fff },
  'extreme_avaya_ap.i_sid': { type: 'u24', label: 'I-SID' },
  'iana.subtype': { type: 'u8', label: 'IANA Subtype', base: 'hex', names: { 1: 'Manufacturer Usage Description URL' } },
  'iana.mudurl': { type: 'string', label: 'Manufacturer Usage Description URL', help: 'Where the maker says what the device may be allowed to do in the network.' },
  'onos.subtype': { type: 'u8', label: 'ONOS Subtype', base: 'hex', names: ONOS_SUBTYPES },
  'onos.chassis': { type: 'string', label: 'Chassis' },
  'onos.port': { type: 'string', label: 'Port' },
  'onos.ttl': { type: 'u32', label: 'ttl', unit: 'seconds' },
});

export const vendorFields = () => ({ ...media(), ...cisco(), ...others() } as const satisfies Fields);
