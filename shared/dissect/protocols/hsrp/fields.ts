/** Fields of HSRP: `hsrp.*` for version 1 (RFC 2281 §5), `hsrp2.*` for version 2. */
import type { Fields } from '../../field.ts';

export const OPCODES_V1: Readonly<Record<number, string>> = { 0: 'Hello', 1: 'Coup', 2: 'Resign', 3: 'Advertise' };
export const STATES_V1: Readonly<Record<number, string>> = { 0: 'Initial', 1: 'Learn', 2: 'Listen', 4: 'Speak', 8: 'Standby', 16: 'Active' };
export const OPCODES_V2: Readonly<Record<number, string>> = { 0: 'Hello', 1: 'Coup', 2: 'Resign' };
export const STATES_V2: Readonly<Record<number, string>> = { 1: 'Init', 2: 'Learn', 3: 'Listen', 4: 'Speak', 5: 'Standby', 6: 'Active' };
export const ADVERTISED_STATES: Readonly<Record<number, string>> = { 1: 'Dormant', 2: 'Passive', 3: 'Active' };

function orDefault(expected: number): (value: number) => string {
  return (value) => `${value === expected ? 'Default' : 'Non-Default'} (${value})`;
}

export const hsrpFields = () => ({
  'version': { type: 'u8', label: 'Version' },
  'opcode': { type: 'u8', label: 'Op Code', names: OPCODES_V1 },
  'state': { type: 'u8', label: 'State', names: STATES_V1, help: 'The active router answers for the shared address, the standby router takes over when it falls silent.' },
  'hellotime': { type: 'u8', label: 'Hellotime', show: orDefault(3), help: 'Seconds between messages.' },
  'holdtime': { type: 'u8', label: 'Holdtime', show: orDefault(10), help: 'Seconds of silence after which the router is taken for gone.' },
  'priority': { type: 'u8', label: 'Priority', help: 'The router with the highest priority becomes active.' },
  'group': { type: 'u8', label: 'Group' },
  'reserved': { type: 'u8', label: 'Reserved' },
  'auth_data': { type: 'string', label: 'Authentication Data' },
  'virt_ip': { type: 'ipv4', label: 'Virtual IP Address', help: 'The shared address; hosts use it as their gateway.' },
  'adv.tlvtype': { type: 'u16', label: 'Adv type', names: { 1: 'HSRP interface state', 2: 'IP redundancy' } },
  'adv.tlvlength': { type: 'u16', label: 'Adv length' },
  'adv.state': { type: 'u8', label: 'Adv state', names: ADVERTISED_STATES },
  'adv.reserved1': { type: 'u8', label: 'Adv reserved1' },
  'adv.activegrp': { type: 'u16', label: 'Adv active groups' },
  'adv.passivegrp': { type: 'u16', label: 'Adv passive groups' },
  'adv.reserved2': { type: 'u32', label: 'Adv reserved2' },
  'v2.group_state_tlv': { type: 'u8', label: 'Group State TLV', name: 'hsrp2.group_state_tlv' },
  'v2.interface_state_tlv': { type: 'u8', label: 'Interface State TLV', name: 'hsrp2.interface_state_tlv' },
  'v2.text_auth_tlv': { type: 'u8', label: 'Text Authentication TLV', name: 'hsrp2.text_auth_tlv' },
  'v2.md5_auth_tlv': { type: 'u8', label: 'MD5 Authentication TLV', name: 'hsrp2.md5_auth_tlv' },
  'v2.version': { type: 'u8', label: 'Version', name: 'hsrp2.version' },
  'v2.opcode': { type: 'u8', label: 'Op Code', name: 'hsrp2.opcode', names: OPCODES_V2 },
  'v2.state': { type: 'u8', label: 'State', name: 'hsrp2.state', names: STATES_V2 },
  'v2.ipversion': { type: 'u8', label: 'IP Ver.', name: 'hsrp2.ipversion', names: { 4: 'IPv4', 6: 'IPv6' } },
  'v2.group': { type: 'u16', label: 'Group', name: 'hsrp2.group' },
  'v2.identifier': { type: 'ether', label: 'Identifier', name: 'hsrp2.identifier' },
  'v2.priority': { type: 'u32', label: 'Priority', name: 'hsrp2.priority' },
  'v2.hellotime': { type: 'u32', label: 'Hellotime', name: 'hsrp2.hellotime', show: orDefault(3000), help: 'Milliseconds between messages.' },
  'v2.holdtime': { type: 'u32', label: 'Holdtime', name: 'hsrp2.holdtime', show: orDefault(10_000) },
  'v2.virt_ip': { type: 'ipv4', label: 'Virtual IP Address', name: 'hsrp2.virt_ip' },
  'v2.virt_ip_v6': { type: 'ipv6', label: 'Virtual IPv6 Address', name: 'hsrp2.virt_ip_v6' },
  'v2.active_groups': { type: 'u16', label: 'Active Groups', name: 'hsrp2.active_groups' },
  'v2.passive_groups': { type: 'u16', label: 'Passive Groups', name: 'hsrp2.passive_groups' },
  'v2.auth_data': { type: 'string', label: 'Authentication Data', name: 'hsrp2.auth_data' },
  'v2.md5_algorithm': { type: 'u8', label: 'MD5 Algorithm', name: 'hsrp2.md5_algorithm', names: { 1: 'MD5' } },
  'v2.md5_padding': { type: 'u8', label: 'Padding', name: 'hsrp2.md5_padding', base: 'hex' },
  'v2.md5_flags': { type: 'u16', label: 'MD5 Flags', name: 'hsrp2.md5_flags' },
  'md5_ip_address': { type: 'ipv4', label: 'Sender\'s IP Address' },
  'v2.md5_key_id': { type: 'u32', label: 'MD5 Key ID', name: 'hsrp2.md5_key_id' },
  'v2.md5_auth_data': { type: 'bytes', label: 'MD5 Authentication Data', name: 'hsrp2.md5_auth_data' },
  'unknown_tlv': { type: 'none', label: 'Unknown TLV sequence (HSRPv1)' },
} as const satisfies Fields);
