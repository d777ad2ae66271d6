/** All fields of the NetBIOS Name Service, and the layer type that its parts share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const OPCODES: Readonly<Record<number, string>> = { 0: 'Name query', 5: 'Registration', 6: 'Release', 7: 'Wait for acknowledgment', 8: 'Refresh', 9: 'Refresh (alternate opcode)', 15: 'Multi-homed registration' };
export const REPLY_CODES: Readonly<Record<number, string>> = {
  0: 'No error', 1: 'Request was invalidly formatted', 2: 'Server failure', 3: 'Requested name does not exist', 4: 'Request is not implemented', 5: 'Request was refused', 6: 'Name is owned by another node', 7: 'Name is in conflict',
};
export const TYPES: Readonly<Record<number, string>> = { 32: 'NB', 33: 'NBSTAT' };
export const CLASSES: Readonly<Record<number, string>> = { 1: 'IN', 2: 'CS', 3: 'CH', 4: 'HS', 254: 'NONE', 255: 'ANY' };
const NODES = { 0: 'B-node', 1: 'P-node', 2: 'M-node', 3: 'H-node' } as const;
const GROUP = ['Group name', 'Unique name'] as const;
const YES_NO = ['Yes', 'No'] as const;

const header = () => ({
  'id': { type: 'u16', base: 'hex', label: 'Transaction ID' },
  'flags': { type: 'u16', base: 'hex', label: 'Flags' },
  'flags.response': { type: 'bool', label: 'Response', of: 'flags', mask: 0x8000, states: ['Message is a response', 'Message is a query'] },
  'flags.opcode': { type: 'u16', label: 'Opcode', of: 'flags', mask: 0x7800, names: OPCODES, help: 'A query asks who has a name; a registration says "I am going to use this name, does anybody object?"' },
  'flags.authoritative': { type: 'bool', label: 'Authoritative', of: 'flags', mask: 0x0400, states: ['Server is an authority for domain', 'Server is not an authority for domain'] },
  'flags.truncated': { type: 'bool', label: 'Truncated', of: 'flags', mask: 0x0200, states: ['Message is truncated', 'Message is not truncated'] },
  'flags.recdesired': { type: 'bool', label: 'Recursion desired', of: 'flags', mask: 0x0100, states: ['Do query recursively', 'Don\'t do query recursively'] },
  'flags.recavail': { type: 'bool', label: 'Recursion available', of: 'flags', mask: 0x0080, states: ['Server can do recursive queries', 'Server can\'t do recursive queries'] },
  'flags.broadcast': { type: 'bool', label: 'Broadcast', of: 'flags', mask: 0x0010, states: ['Broadcast packet', 'Not a broadcast packet'] },
  'flags.rcode': { type: 'u16', label: 'Reply code', of: 'flags', mask: 0x000f, names: REPLY_CODES },
  'count.queries': { type: 'u16', label: 'Questions' },
  'count.answers': { type: 'u16', label: 'Answer RRs' },
  'count.auth_rr': { type: 'u16', label: 'Authority RRs' },
  'count.add_rr': { type: 'u16', label: 'Additional RRs' },
  'name': { type: 'string', label: 'Name', help: 'Up to 15 characters, and a byte that says what the name stands for: the computer itself, its file server, a group, …' },
  'type': { type: 'u16', label: 'Type', names: TYPES },
  'class': { type: 'u16', label: 'Class', names: CLASSES },
  'ttl': { type: 'u32', label: 'Time to live', unit: 'seconds' },
  'data_length': { type: 'u16', label: 'Data length' },
  'data': { type: 'bytes', label: 'Data' },
} as const satisfies Fields);

const records = () => ({
  'nb_flags': { type: 'u16', base: 'hex', label: 'Name flags' },
  'nb_flags.group': { type: 'bool', label: 'Name type', of: 'nb_flags', mask: 0x8000, states: GROUP },
  'nb_flags.ont': { type: 'u16', label: 'ONT', of: 'nb_flags', mask: 0x6000, names: NODES, help: 'How the owner resolves names: B by broadcast, P by a server, M and H by both.' },
  'addr': { type: 'ipv4', label: 'Addr' },
  'number_of_names': { type: 'u8', label: 'Number of names' },
  'netbios_name': { type: 'string', label: 'Name' },
  'name_flags': { type: 'u16', base: 'hex', label: 'Name flags' },
  'name_flags.group': { type: 'bool', label: 'Name type', of: 'name_flags', mask: 0x8000, states: GROUP },
  'name_flags.ont': { type: 'u16', label: 'ONT', of: 'name_flags', mask: 0x6000, names: NODES },
  'name_flags.drg': { type: 'bool', label: 'Name is being deregistered', of: 'name_flags', mask: 0x1000, states: YES_NO },
  'name_flags.cnf': { type: 'bool', label: 'Name is in conflict', of: 'name_flags', mask: 0x0800, states: YES_NO },
  'name_flags.act': { type: 'bool', label: 'Name is active', of: 'name_flags', mask: 0x0400, states: YES_NO },
  'name_flags.prm': { type: 'bool', label: 'Permanent node name', of: 'name_flags', mask: 0x0200, states: YES_NO },
  'unit_id': { type: 'ether', label: 'Unit ID', help: 'The hardware address of the computer that answers.' },
  'jumpers': { type: 'u8', base: 'hex', label: 'Jumpers' },
  'test_result': { type: 'u8', base: 'hex', label: 'Test result' },
  'version_number': { type: 'u16', base: 'hex', label: 'Version number' },
  'period_of_statistics': { type: 'u16', base: 'hex', label: 'Period of statistics' },
  'num_crcs': { type: 'u16', label: 'Number of CRCs' },
  'num_alignment_errors': { type: 'u16', label: 'Number of alignment errors' },
  'num_collisions': { type: 'u16', label: 'Number of collisions' },
  'num_send_aborts': { type: 'u16', label: 'Number of send aborts' },
  'num_good_sends': { type: 'u32', label: 'Number of good sends' },
  'num_good_receives': { type: 'u32', label: 'Number of good receives' },
  'numretransmits': { type: 'u16', label: 'Number of retransmits' },
  'num_no_resource_conditions': { type: 'u16', label: 'Number of no resource conditions' },
  'numcommand_blocks': { type: 'u16', label: 'Number of command blocks' },
  'numpending_sessions': { type: 'u16', label: 'Number of pending sessions' },
  'max_num_pending_sessions': { type: 'u16', label: 'Max number of pending sessions' },
  'max_total_sessions_possible': { type: 'u16', label: 'Max total sessions possible' },
  'session_data_packet_size': { type: 'u16', label: 'Session data packet size' },
  'incomplete_entry': { type: 'none', label: 'incomplete entry' },
} as const satisfies Fields);

export const nbnsFields = () => ({ ...header(), ...records() } as const);

export type NbnsLayer = Layer<ReturnType<typeof nbnsFields>>;

/** What a status response tells behind its names, in order (RFC 1002 §4.2.18). */
export const STATISTICS = [
  'unit_id', 'jumpers', 'test_result', 'version_number', 'period_of_statistics', 'num_crcs', 'num_alignment_errors', 'num_collisions', 'num_send_aborts', 'num_good_sends', 'num_good_receives', 'numretransmits',
  'num_no_resource_conditions', 'numcommand_blocks', 'numpending_sessions', 'max_num_pending_sessions', 'max_total_sessions_possible', 'session_data_packet_size',
] as const satisfies readonly (keyof ReturnType<typeof records>)[];
