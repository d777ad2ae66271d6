/** Fields of the Cisco Discovery Protocol, under Wireshark's names. Cisco never published the format; it is known by observation. */
import type { Fields } from '../../field.ts';
import { organizationText } from '../../names/organizations.ts';

export const CDP_TYPES: Readonly<Record<number, string>> = {
  0x0001: 'Device ID', 0x0002: 'Addresses', 0x0003: 'Port ID', 0x0004: 'Capabilities', 0x0005: 'Software version', 0x0006: 'Platform', 0x0007: 'IP Prefix/Gateway (used for ODR)', 0x0008: 'Protocol Hello',
  0x0009: 'VTP Management Domain', 0x000a: 'Native VLAN', 0x000b: 'Duplex', 0x000e: 'VoIP VLAN Reply', 0x000f: 'VoIP VLAN Query', 0x0010: 'Power consumption', 0x0011: 'MTU', 0x0012: 'Trust Bitmap',
  0x0013: 'Untrusted Port CoS', 0x0014: 'System Name', 0x0015: 'System Object ID', 0x0016: 'Management Address', 0x0017: 'Location', 0x0018: 'External Port-ID', 0x0019: 'Power Requested', 0x001a: 'Power Available',
  0x001b: 'Port Unidirectional', 0x001d: 'EnergyWise', 0x001f: 'Spare PoE', 0x1000: 'BSSID', 0x1001: 'Serial number', 0x1002: 'SSID', 0x1003: 'Radio1 channel', 0x1006: 'SNMP UDP port', 0x1007: 'Web TCP port',
  0x1008: 'Source MAC address', 0x1009: 'Radio2 channel', 0x100a: 'Radio1 Operating mode', 0x100b: 'Radio2 Operating mode', 0x100c: 'Radio1 Radio mode', 0x100d: 'Radio2 Radio mode',
};
const YES_NO = ['Yes', 'No'] as const;

const CAPABILITIES = [
  ['router', 'Router'], ['trans_bridge', 'Transparent Bridge'], ['src_bridge', 'Source Route Bridge'], ['switch', 'Switch'], ['host', 'Host'], ['igmp_capable', 'IGMP capable'], ['repeater', 'Repeater'], ['voip_phone', 'VoIP Phone'],
  ['remote', 'Remotely Managed Device'], ['cvta', 'CVTA/STP Dispute Resolution/Cisco VT Camera'], ['mac_relay', 'Two Port Mac Relay'],
] as const;
type CapabilityFields = Readonly<Record<`capabilities.${(typeof CAPABILITIES)[number][0]}`, { type: 'bool'; label: string; of: 'capabilities'; mask: number; states: typeof YES_NO }>>;
const capabilityFields = () => Object.fromEntries(CAPABILITIES.map(([key, label], bit) => [`capabilities.${key}`, { type: 'bool', label, of: 'capabilities', mask: 1 << bit, states: YES_NO }])) as CapabilityFields;

const own = () => ({
  'version': { type: 'u8', label: 'Version' },
  'ttl': { type: 'u8', label: 'TTL', unit: 'seconds', help: 'How long the neighbour is to remember what it was told.' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: { 0: 'Bad', 1: 'Good' } },
  'bad_checksum': { type: 'none', label: 'Bad checksum' },
  'tlv.type': { type: 'u16', label: 'Type', base: 'hex', names: CDP_TYPES },
  'tlv.len': { type: 'u16', label: 'Length' },
  'deviceid': { type: 'string', label: 'Device ID', help: 'The name of the device.' },
  'portid': { type: 'string', label: 'Sent through Interface', help: 'The port of the device that the message was sent from.' },
  'platform': { type: 'string', label: 'Platform' },
  'capabilities': { type: 'u32', label: 'Capabilities', base: 'hex' },
  ...capabilityFields(),
  'software_version': { type: 'string', label: 'Software version' },
  'vtp_management_domain': { type: 'string', label: 'VTP Management Domain' },
  'native_vlan': { type: 'u16', label: 'Native VLAN', help: 'The VLAN of frames without a tag; both ends should agree on it.' },
  'duplex': { type: 'bool', size: 1, label: 'Duplex', states: ['Full', 'Half'] },
  'data': { type: 'bytes', label: 'Data' },
  'voice_vlan': { type: 'u16', label: 'Voice VLAN' },
  'mtu': { type: 'u32', label: 'MTU' },
  'trust_bitmap': { type: 'u8', label: 'Trust Bitmap', base: 'hex' },
  'untrusted_port_cos': { type: 'u8', label: 'Untrusted port CoS', base: 'hex' },
  'system_name': { type: 'string', label: 'System Name' },
  'system_object_identifier': { type: 'bytes', label: 'System Object Identifier' },
  'location.unknown': { type: 'u8', label: 'Unknown', base: 'hex' },
  'location': { type: 'string', label: 'Location' },
} as const satisfies Fields);

const addresses = () => ({
  'number_of_addresses': { type: 'u32', label: 'Number of addresses' },
  'protocol_type': { type: 'u8', label: 'Protocol type', base: 'hex', names: { 1: 'NLPID', 2: '802.2' } },
  'protocol_length': { type: 'u8', label: 'Protocol length' },
  'protocol': { type: 'bytes', label: 'Protocol' },
  'address_length': { type: 'u16', label: 'Address length' },
  'address': { type: 'bytes', label: 'Address' },
  'ip_address': { type: 'ipv4', label: 'IP Address', name: 'cdp.nrgyz.ip_address', help: 'Where the device can be reached.' },
  'ipv6_address': { type: 'ipv6', label: 'IPv6 Address', name: 'cdp.nrgyz.ipv6_address' },
  'odr_default_gateway': { type: 'ipv4', label: 'ODR Default gateway' },
  'ip_prefix': { type: 'ipv4', label: 'IP Prefix' },
} as const satisfies Fields);

const hello = () => ({
  'oui': { type: 'u24', label: 'OUI', show: organizationText },
  'protocol_id': { type: 'u16', label: 'Protocol ID', base: 'hex', names: { 0x0112: 'Cluster Management' } },
  'cluster.master_ip': { type: 'ipv4', label: 'Cluster Master IP' },
  'cluster.ip': { type: 'ipv4', label: 'IP?' },
  'cluster.version': { type: 'u8', label: 'Version?', base: 'hex' },
  'cluster.sub_version': { type: 'u8', label: 'Sub Version?', base: 'hex' },
  'cluster.status': { type: 'u8', label: 'Status?', base: 'hex' },
  'cluster.unknown': { type: 'u8', label: 'Unknown', base: 'hex' },
  'cluster.commander_mac': { type: 'ether', label: 'Cluster Commander MAC' },
  'cluster.switch_mac': { type: 'ether', label: 'Switch\'s MAC' },
  'cluster.management_vlan': { type: 'u16', label: 'Management VLAN' },
  'hello.unknown': { type: 'bytes', label: 'Unknown' },
} as const satisfies Fields);

const power = () => ({
  'power_consumption': { type: 'u16', label: 'Power Consumption', unit: 'mW' },
  'request_id': { type: 'u16', label: 'Request-ID' },
  'management_id': { type: 'u16', label: 'Management-ID' },
  'power_requested': { type: 'u32', label: 'Power Requested', unit: 'mW', help: 'How much power over the cable the device wants.' },
  'power_available': { type: 'u32', label: 'Power Available', unit: 'mW' },
  'spare_poe_tlv': { type: 'u8', label: 'Spare Pair PoE', base: 'hex' },
  'spare_poe_tlv.poe': { type: 'bool', label: 'PSE Four-Wire PoE', of: 'spare_poe_tlv', mask: 0x01, states: ['Supported', 'Not Supported'] },
  'spare_poe_tlv.spare_pair_arch': { type: 'bool', label: 'PD Spare Pair Architecture', of: 'spare_poe_tlv', mask: 0x02, states: ['Shared', 'Independent'] },
  'spare_poe_tlv.req_spare_pair_poe': { type: 'bool', label: 'PD Request Spare Pair PoE', of: 'spare_poe_tlv', mask: 0x04, states: ['On', 'Off'] },
  'spare_poe_tlv.pse_spare_pair_poe': { type: 'bool', label: 'PSE Spare Pair PoE', of: 'spare_poe_tlv', mask: 0x08, states: ['On', 'Off'] },
} as const satisfies Fields);

/** EnergyWise: how much power a device needs, and who asks. */
const energy = () => ({
  'encrypted_data': { type: 'bytes', size: 20, label: 'Encrypted Data' },
  'seen_sequence': { type: 'u32', label: 'Seen Sequence?' },
  'sequence_number': { type: 'u32', label: 'Sequence Number' },
  'model_number': { type: 'string', label: 'Model Number' },
  'unknown_pad': { type: 'u16', label: 'Unknown Pad', base: 'hex' },
  'hardware_version_id': { type: 'string', label: 'Hardware Version ID' },
  'system_serial_number': { type: 'string', label: 'System Serial Number' },
  'nrgyz_unknown_values': { type: 'bytes', size: 8, label: 'Unknown Values' },
  'len_tlv_table': { type: 'u16', label: 'Length of TLV table' },
  'num_tlvs_table': { type: 'u16', label: 'Number of TLVs in table' },
  'nrgyz.tlv.type': { type: 'u32', label: 'TLV Type', base: 'hex', names: { 0x07: 'Role', 0x08: 'Domain', 0x09: 'Name', 0x17: 'Reply To' } },
  'nrgyz.tlv.len': { type: 'u16', label: 'TLV Length' },
  'nrgyz_reply_to.unknown_field': { type: 'u16', label: 'Unknown Field', base: 'hex' },
  'nrgyz_reply_to.port': { type: 'u16', label: 'Port' },
  'nrgyz_reply_to.ip_address': { type: 'ipv4', label: 'IP Address' },
  'nrgyz_reply_to.backup_server_port': { type: 'u16', label: 'Backup server Port?' },
  'nrgyz_reply_to.backup_server_ip': { type: 'ipv4', label: 'Backup Server IP?' },
  'nrgyz_reply_to.name': { type: 'string', label: 'Name' },
  'nrgyz_reply_to.domain': { type: 'string', label: 'Domain' },
  'nrgyz_reply_to.role': { type: 'string', label: 'Role' },
} as const satisfies Fields);

export const cdpFields = () => ({ ...own(), ...addresses(), ...hello(), ...power(), ...energy() } as const satisfies Fields);
