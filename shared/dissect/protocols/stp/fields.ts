/** Fields of spanning tree messages (IEEE 802.1Q-2022 §14), under Wireshark's names. */
import type { Fields } from '../../field.ts';

const VERSIONS: Readonly<Record<number, string>> = { 0: 'Spanning Tree', 2: 'Rapid Spanning Tree', 3: 'Multiple Spanning Tree', 4: 'Shortest Path Tree' };
const TYPES: Readonly<Record<number, string>> = { 0x00: 'Configuration', 0x02: 'Rapid/Multiple Spanning Tree', 0x80: 'Topology Change Notification' };
const ROLES: Readonly<Record<number, string>> = { 0: 'Unknown', 1: 'Alternate or Backup', 2: 'Root', 3: 'Designated' };
const YES_NO = ['Yes', 'No'] as const;

const common = () => ({
  'protocol': { type: 'u16', label: 'Protocol Identifier', base: 'hex', names: { 0: 'Spanning Tree Protocol' } },
  'version': { type: 'u8', label: 'Protocol Version Identifier', names: VERSIONS },
  'type': { type: 'u8', label: 'BPDU Type', base: 'hex', names: TYPES },
  'flags': { type: 'u8', label: 'BPDU flags', base: 'hex' },
  'flags.tcack': { type: 'bool', label: 'Topology Change Acknowledgment', of: 'flags', mask: 0x80, states: YES_NO },
  'flags.agreement': { type: 'bool', label: 'Agreement', of: 'flags', mask: 0x40, states: YES_NO },
  'flags.forwarding': { type: 'bool', label: 'Forwarding', of: 'flags', mask: 0x20, states: YES_NO },
  'flags.learning': { type: 'bool', label: 'Learning', of: 'flags', mask: 0x10, states: YES_NO },
  'flags.port_role': { type: 'u8', label: 'Port Role', of: 'flags', mask: 0x0c, names: ROLES, help: 'What the sending port does in the tree: leads towards the root, away from it, or waits in reserve.' },
  'flags.proposal': { type: 'bool', label: 'Proposal', of: 'flags', mask: 0x02, states: YES_NO },
  'flags.tc': { type: 'bool', label: 'Topology Change', of: 'flags', mask: 0x01, states: YES_NO, help: 'The tree has changed: bridges forget the addresses that they have learned.' },
  'root.prio': { type: 'u16', label: 'Root Bridge Priority', help: 'The bridge with the smallest priority (then the smallest address) becomes the root of the tree.' },
  'root.ext': { type: 'u16', label: 'Root Bridge System ID Extension', help: 'The VLAN that the tree is for, where there is one tree for each.' },
  'root.hw': { type: 'ether', label: 'Root Bridge System ID' },
  'root.cost': { type: 'u32', label: 'Root Path Cost', help: 'How far it is from the sender to the root; faster links cost less.' },
  'bridge.prio': { type: 'u16', label: 'Bridge Priority' },
  'bridge.ext': { type: 'u16', label: 'Bridge System ID Extension' },
  'bridge.hw': { type: 'ether', label: 'Bridge System ID', help: 'The bridge that sent the message.' },
  'port': { type: 'u16', label: 'Port identifier', base: 'hex' },
  'msg_age': { type: 'double', label: 'Message Age' },
  'max_age': { type: 'double', label: 'Max Age', help: 'Seconds after which a bridge forgets what it was told.' },
  'hello': { type: 'double', label: 'Hello Time', help: 'Seconds between two such messages.' },
  'forward': { type: 'double', label: 'Forward Delay', help: 'Seconds that a port waits before it forwards.' },
  'version_1_length': { type: 'u8', label: 'Version 1 Length' },
} as const satisfies Fields);

/** One tree per VLAN, as Cisco does it. */
const perVlan = () => ({
  'pvst.tlvtype': { type: 'u16', label: 'Type', base: 'hex', names: { 0: 'Originating VLAN' } },
  'pvst.tlvlen': { type: 'u16', label: 'Length' },
  'pvst.origvlan': { type: 'u16', label: 'Originating VLAN', help: 'The VLAN whose tree the message is about.' },
  'pvst.tlvval': { type: 'bytes', label: 'Value' },
  'pvst.tlvlen.invalid': { type: 'none', label: 'Indicated length is not valid for this record type' },
  'pvst.origvlan.missing': { type: 'none', label: 'Originating (PVID) VLAN TLV is missing or corrupt' },
  'pvst.tlv.truncated': { type: 'none', label: 'TLV record is truncated prematurely' },
  'pvst.tlv.unknown': { type: 'none', label: 'TLV type is unknown' },
  'type.unknown': { type: 'none', label: 'Unknown BPDU type data' },
  'version_support': { type: 'none', label: 'Unknown version', name: 'bpdu.version_support' },
} as const satisfies Fields);

/** Several trees in a region of bridges that agree on which VLAN uses which. */
const multiple = () => ({
  'version_3_length': { type: 'u16', label: 'Version 3 Length', name: 'mstp.version_3_length' },
  'config_format_selector': { type: 'u8', label: 'MST Config ID format selector', name: 'mstp.config_format_selector' },
  'config_name': { type: 'string', label: 'MST Config name', name: 'mstp.config_name', encoding: 'ascii', help: 'Name of the region; bridges belong together when name, revision and digest are equal.' },
  'config_revision_level': { type: 'u16', label: 'MST Config revision', name: 'mstp.config_revision_level' },
  'config_digest': { type: 'bytes', size: 16, label: 'MST Config digest', name: 'mstp.config_digest' },
  'cist_cost': { type: 'u32', label: 'CIST Internal Root Path Cost', name: 'mstp.cist_internal_root_path_cost' },
  'cist_bridge.prio': { type: 'u16', label: 'CIST Bridge Priority', name: 'mstp.cist_bridge.prio' },
  'cist_bridge.ext': { type: 'u16', label: 'CIST Bridge Identifier System ID Extension', name: 'mstp.cist_bridge.ext' },
  'cist_bridge.hw': { type: 'ether', label: 'CIST Bridge Identifier System ID', name: 'mstp.cist_bridge.hw' },
  'cist_remaining_hops': { type: 'u8', label: 'CIST Remaining hops', name: 'mstp.cist_remaining_hops' },
  'msti.flags': { type: 'u8', label: 'MSTI flags', base: 'hex', name: 'mstp.msti.flags' },
  'msti.flags.tcack': { type: 'bool', label: 'Topology Change Acknowledgment', name: 'stp.flags.tcack', of: 'msti.flags', mask: 0x80, states: YES_NO },
  'msti.flags.agreement': { type: 'bool', label: 'Agreement', name: 'stp.flags.agreement', of: 'msti.flags', mask: 0x40, states: YES_NO },
  'msti.flags.forwarding': { type: 'bool', label: 'Forwarding', name: 'stp.flags.forwarding', of: 'msti.flags', mask: 0x20, states: YES_NO },
  'msti.flags.learning': { type: 'bool', label: 'Learning', name: 'stp.flags.learning', of: 'msti.flags', mask: 0x10, states: YES_NO },
  'msti.flags.port_role': { type: 'u8', label: 'Port Role', name: 'stp.flags.port_role', of: 'msti.flags', mask: 0x0c, names: ROLES },
  'msti.flags.proposal': { type: 'bool', label: 'Proposal', name: 'stp.flags.proposal', of: 'msti.flags', mask: 0x02, states: YES_NO },
  'msti.flags.tc': { type: 'bool', label: 'Topology Change', name: 'stp.flags.tc', of: 'msti.flags', mask: 0x01, states: YES_NO },
  'msti.priority': { type: 'u8', label: 'Priority', mask: 0xf0, base: 'hex', name: 'mstp.msti.priority' },
  'msti.msti_id': { type: 'u16', label: 'MSTID', mask: 0x0fff, name: 'mstp.msti.msti_id', help: 'Number of the tree within the region.' },
  'msti.id': { type: 'u16', label: 'MSTID', name: 'mstp.msti.msti_id' },
  'msti.regional_root_id': { type: 'u16', label: 'MSTI Regional Root Identifier', name: 'mstp.msti.regional_root_id' },
  'msti.root.hw': { type: 'ether', label: 'Regional Root', name: 'mstp.msti.root.hw' },
  'msti.root_cost': { type: 'u32', label: 'Internal root path cost', name: 'mstp.msti.root_cost' },
  'msti.bridge_id': { type: 'u16', label: 'MSTI Bridge Identifier', mask: 0x0fff, name: 'mstp.msti.bridge_id' },
  'msti.bridge_id_priority': { type: 'u16', label: 'MSTI Bridge Priority', mask: 0xf000, name: 'mstp.msti.bridge_id_priority' },
  'msti.bridge_id_mac': { type: 'ether', label: 'MSTI Bridge MAC', name: 'mstp.msti.bridge_id_mac' },
  'msti.bridge_priority': { type: 'u8', label: 'Bridge Identifier Priority', name: 'mstp.msti.bridge_priority' },
  'msti.port_priority': { type: 'u8', label: 'Port identifier priority', name: 'mstp.msti.port_priority' },
  'msti.port': { type: 'u16', label: 'Port identifier', base: 'hex', name: 'mstp.msti.port' },
  'msti.remaining_hops': { type: 'u8', label: 'Remaining hops', name: 'mstp.msti.remaining_hops' },
} as const satisfies Fields);

/** Shortest path bridging. */
const shortest = () => ({
  'version_4_length': { type: 'u16', label: 'Version 4 Length', name: 'mstp.version_4_length' },
  'agree_flags.agreement_num': { type: 'u8', label: 'Agreement Number', mask: 0x03, name: 'mstp.agree_flags.agreement_num' },
  'agree_flags.dagreement_num': { type: 'u8', label: 'Disagreement Number', mask: 0x0c, name: 'mstp.agree_flags.dagreement_num' },
  'agree_flags.agreement_valid': { type: 'bool', size: 1, label: 'Agreement Valid Flag', mask: 0x10, states: YES_NO, name: 'mstp.agree_flags.agreement_valid' },
  'agree_flags.rest_role': { type: 'bool', size: 1, label: 'Restricted Role', mask: 0x20, states: YES_NO, name: 'mstp.agree_flags.rest_role' },
  'digest_format_id': { type: 'u8', label: 'Agreement Digest Format Id', mask: 0xf0, name: 'bpdu.agreement_digest_format_id' },
  'digest_format_capabilities': { type: 'u8', label: 'Agreement Digest Format Capabilities', mask: 0x0f, name: 'bpdu.agreement_digest_format_capabilities' },
  'digest_convention_id': { type: 'u8', label: 'Agreement Digest Convention Id', mask: 0xf0, name: 'bpdu.agreement_digest_convention_id' },
  'digest_convention_capabilities': { type: 'u8', label: 'Agreement Digest Convention Capabilities', mask: 0x0f, name: 'bpdu.agreement_digest_convention_capabilities' },
  'digest_edge_count': { type: 'u16', label: 'Agreement Digest Edge Count', name: 'bpdu.agreement_digest_edge_count' },
  'agreement_digest': { type: 'bytes', size: 20, label: 'Agreement Digest', name: 'mstp.agreement_digest' },
} as const satisfies Fields);

export const stpFields = () => ({ ...common(), ...perVlan(), ...multiple(), ...shortest() } as const satisfies Fields);
