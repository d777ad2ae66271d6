/** Fields of LLDP's own TLVs (IEEE 802.1AB-2016 §8.5), under Wireshark's names. */
import type { Fields } from '../../field.ts';
import { organizationText } from '../../names/organizations.ts';
import { ADDRESS_FAMILIES } from './names.ts';

const TYPES: Readonly<Record<number, string>> = {
  0: 'End of LLDPDU', 1: 'Chassis Id', 2: 'Port Id', 3: 'Time to Live', 4: 'Port Description', 5: 'System Name', 6: 'System Description', 7: 'System Capabilities', 8: 'Management Address', 127: 'Organization Specific',
};
export const CHASSIS_KINDS: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'Chassis component', 2: 'Interface alias', 3: 'Port component', 4: 'MAC address', 5: 'Network address', 6: 'Interface name', 7: 'Locally assigned',
};
export const PORT_KINDS: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'Interface alias', 2: 'Port component', 3: 'MAC address', 4: 'Network address', 5: 'Interface name', 6: 'Agent circuit Id', 7: 'Locally assigned',
};
const CAPABLE = ['Capable', 'Not capable'] as const;

const CAPABILITIES = [['other', 'Other'], ['repeater', 'Repeater'], ['bridge', 'Bridge'], ['wlan_access_pt', 'WLAN access point'], ['router', 'Router'], ['telephone', 'Telephone'], ['docsis_cable_device', 'DOCSIS cable device'], ['station_only', 'Station only']] as const;
type Capability = (typeof CAPABILITIES)[number][0];

/** One bit for each thing that a device can be. */
function capabilityBits<const P extends string>(parent: P): Readonly<Record<`${P}.${Capability}`, { type: 'bool'; label: string; of: P; mask: number; states: typeof CAPABLE }>> {
  return Object.fromEntries(CAPABILITIES.map(([key, label], bit) => [`${parent}.${key}`, { type: 'bool', label, of: parent, mask: 1 << bit, states: CAPABLE }])) as ReturnType<typeof capabilityBits<P>>;
}

export const ownFields = () => ({
  'tlv.type': { type: 'u16', label: 'TLV Type', mask: 0xfe00, names: TYPES },
  'tlv.len': { type: 'u16', label: 'TLV Length', mask: 0x01ff },
  'chassis.subtype': { type: 'u8', label: 'Chassis Id Subtype', names: CHASSIS_KINDS },
  'chassis.id': { type: 'bytes', label: 'Chassis Id', help: 'Names the device; together with the port it names the sender.' },
  'chassis.id.mac': { type: 'ether', label: 'Chassis Id', help: 'Names the device; together with the port it names the sender.' },
  'chassis.id.ip4': { type: 'ipv4', label: 'Chassis Id' },
  'chassis.id.ip6': { type: 'ipv6', label: 'Chassis Id' },
  'network_address.subtype': { type: 'u8', label: 'Network Address family', names: ADDRESS_FAMILIES },
  'port.subtype': { type: 'u8', label: 'Port Id Subtype', names: PORT_KINDS },
  'port.id': { type: 'string', label: 'Port Id', help: 'Names the port of the device that the message was sent from.' },
  'port.id.mac': { type: 'ether', label: 'Port Id' },
  'port.id.ip4': { type: 'ipv4', label: 'Port Id' },
  'port.id.ip6': { type: 'ipv6', label: 'Port Id' },
  'time_to_live': { type: 'u16', label: 'Seconds', help: 'How long the neighbour is to remember what it was told; 0: forget me now.' },
  'port.desc': { type: 'string', label: 'Port Description' },
  'tlv.system.name': { type: 'string', label: 'System Name' },
  'tlv.system.desc': { type: 'string', label: 'System Description' },
  'tlv.system_cap': { type: 'u16', label: 'Capabilities', base: 'hex', help: 'What the device can be.' },
  ...capabilityBits('tlv.system_cap'),
  'tlv.enable_system_cap': { type: 'u16', label: 'Enabled Capabilities', base: 'hex', help: 'What the device is used as at the moment.' },
  ...capabilityBits('tlv.enable_system_cap'),
  'mgn.address.len': { type: 'u8', label: 'Address String Length' },
  'mgn.address.subtype': { type: 'u8', label: 'Address Subtype', names: ADDRESS_FAMILIES },
  'mgn.addr.ip4': { type: 'ipv4', label: 'Management Address', help: 'Where the device can be reached to manage it.' },
  'mgn.addr.ip6': { type: 'ipv6', label: 'Management Address' },
  'mgn.addr.hex': { type: 'bytes', label: 'Management Address' },
  'mgn.interface.subtype': { type: 'u8', label: 'Interface Subtype', names: { 1: 'Unknown', 2: 'ifIndex', 3: 'System port number' } },
  'mgn.interface.number': { type: 'u32', label: 'Interface Number' },
  'mgn.obj.len': { type: 'u8', label: 'OID String Length' },
  'mgn.obj.id': { type: 'string', label: 'Object Identifier' },
  'orgtlv.oui': { type: 'u24', label: 'Organization Unique Code', show: organizationText, help: 'Who defined what follows.' },
  'unknown_subtype': { type: 'u8', label: 'Unknown Subtype' },
  'unknown_subtype.content': { type: 'bytes', label: 'Unknown Subtype Content' },
  'subtype.content_remaining': { type: 'bytes', label: 'Subtype Unknown Trailing Bytes' },
  'bad_type': { type: 'none', label: 'Invalid TLV type' },
  'incorrect_length': { type: 'none', label: 'Invalid length' },
  'excess_length': { type: 'none', label: 'Invalid length, greater than expected' },
  'tlv_deprecated': { type: 'none', label: 'TLV has been deprecated' },
} as const satisfies Fields);
