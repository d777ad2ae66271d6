/** Fields of a message's header and of transactions, and the names of commands (MS-CIFS §2.2.3, §2.2.4.33). */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { objectFields } from './file-system-fields.ts';
import { NT_STATUS } from './nt-status.ts';
import { openFields } from './open-fields.ts';
import { sessionFields } from './session-fields.ts';
import { sharedSmbFields } from './shared-fields.ts';

/** MS-CIFS §2.2.2.1. */
export const COMMANDS: Readonly<Record<number, string>> = {
  0: 'Create Directory', 1: 'Delete Directory', 2: 'Open', 3: 'Create', 4: 'Close', 5: 'Flush', 6: 'Delete', 7: 'Rename', 8: 'Query Information',
  9: 'Set Information', 0xa: 'Read', 0xb: 'Write', 0xc: 'Lock Byte Range', 0xd: 'Unlock Byte Range', 0xe: 'Create Temp', 0xf: 'Create New',
  0x10: 'Check Directory', 0x11: 'Process Exit', 0x12: 'Seek', 0x13: 'Lock And Read', 0x14: 'Write And Unlock', 0x1a: 'Read Raw', 0x1b: 'Read MPX',
  0x1c: 'Read MPX Secondary', 0x1d: 'Write Raw', 0x1e: 'Write MPX', 0x1f: 'Write MPX Secondary', 0x20: 'Write Complete',
  0x21: 'Query Server (reserved)', 0x22: 'Set Information2', 0x23: 'Query Information2', 0x24: 'Locking AndX', 0x25: 'Trans', 0x26: 'Trans Secondary',
  0x27: 'IOCTL', 0x28: 'IOCTL Secondary', 0x29: 'Copy', 0x2a: 'Move', 0x2b: 'Echo', 0x2c: 'Write And Close', 0x2d: 'Open AndX', 0x2e: 'Read AndX',
  0x2f: 'Write AndX', 0x30: 'New File Size (reserved)', 0x31: 'Close And Tree Disconnect', 0x32: 'Trans2', 0x33: 'Trans2 Secondary',
  0x34: 'Find Close2', 0x35: 'Find Notify Close', 0x70: 'Tree Connect', 0x71: 'Tree Disconnect', 0x72: 'Negotiate Protocol',
  0x73: 'Session Setup AndX', 0x74: 'Logoff AndX', 0x75: 'Tree Connect AndX', 0x80: 'Query Information Disk', 0x81: 'Search', 0x82: 'Find',
  0x83: 'Find Unique', 0x84: 'Find Close', 0xa0: 'NT Trans', 0xa1: 'NT Trans Secondary', 0xa2: 'NT Create AndX', 0xa4: 'NT Cancel', 0xa5: 'NT Rename',
  0xc0: 'Open Print File', 0xc1: 'Write Print File', 0xc2: 'Close Print File', 0xc3: 'Get Print Queue', 0xd0: 'Send Single Block Message',
  0xd1: 'Send Broadcast Message', 0xd2: 'Forward User Name', 0xd3: 'Cancel Forward', 0xd4: 'Get Machine Name',
  0xd5: 'Send Start of Multi-block Message', 0xd6: 'Send End of Multi-block Message', 0xd7: 'Send Text of Multi-block Message', 0xd8: 'SMBreadbulk',
  0xd9: 'SMBwritebulk', 0xda: 'SMBwritebulkdata', 0xfe: 'SMBinvalid',
};

export const smbFields = () => ({
  'server_component': { type: 'u32le', label: 'Server Component', base: 'hex' },
  'cmd': { type: 'u8', label: 'SMB Command', base: 'hex', names: COMMANDS },
  'nt_status': { type: 'u32le', label: 'NT Status', base: 'hex', names: NT_STATUS },
  'error_class': { type: 'u8', label: 'Error Class', base: 'hex', names: { 0: 'Success', 1: 'DOS Error', 2: 'Server Error', 3: 'Hardware Error', 4: 'Command Error - Not an SMB format command' } },
  'error_code': { type: 'u16le', label: 'Error Code', base: 'hex' },
  'flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'flags.response': { type: 'bool', label: 'Request/Response', of: 'flags', mask: 0x80, states: ['Message is a response to the client/redirector', 'Message is a request to the server'] },
  'flags.notify': { type: 'bool', label: 'Notify', of: 'flags', mask: 0x40, states: ['Notify client on all modifications', 'Notify client only on open'] },
  'flags.oplock': { type: 'bool', label: 'Oplocks', of: 'flags', mask: 0x20, states: ['OpLock requested/granted', 'OpLock not requested/granted'] },
  'flags.canon': { type: 'bool', label: 'Canonicalized Pathnames', of: 'flags', mask: 0x10, states: ['Pathnames are canonicalized', 'Pathnames are not canonicalized'] },
  'flags.caseless': { type: 'bool', label: 'Case Sensitivity', of: 'flags', mask: 0x8, states: ['Path names are caseless', 'Path names are case sensitive'] },
  'flags.receive_buffer': { type: 'bool', label: 'Receive Buffer Posted', of: 'flags', mask: 0x2, states: ['Receive buffer has been posted', 'Receive buffer has not been posted'] },
  'flags.lock': { type: 'bool', label: 'Lock and Read', of: 'flags', mask: 0x1, states: ['Lock&Read, Write&Unlock are supported', 'Lock&Read, Write&Unlock are not supported'] },
  'flags2': { type: 'u16le', label: 'Flags2', base: 'hex' },
  'flags2.long_names_allowed': { type: 'bool', label: 'Long Names Allowed', of: 'flags2', mask: 0x1, states: ['Long file names are allowed in the response', 'Long file names are not allowed in the response'] },
  'flags2.ea': { type: 'bool', label: 'Extended Attributes', of: 'flags2', mask: 0x2, states: ['Extended attributes are supported', 'Extended attributes are not supported'] },
  'flags2.sec_sig': { type: 'bool', label: 'Security Signatures', of: 'flags2', mask: 0x4, states: ['Security signatures are supported', 'Security signatures are not supported'] },
  'flags2.compressed': { type: 'bool', label: 'Compressed', of: 'flags2', mask: 0x8, states: ['Compression is requested', 'Compression is not requested'] },
  'flags2.sec_sig_required': { type: 'bool', label: 'Security Signatures Required', of: 'flags2', mask: 0x10, states: ['Security signatures are required', 'Security signatures are not required'] },
  'flags2.long_names_used': { type: 'bool', label: 'Long Names Used', of: 'flags2', mask: 0x40, states: ['Path names in request are long file names', 'Path names in request are not long file names'] },
  'flags2.reparse_path': { type: 'bool', label: 'Reparse Path', of: 'flags2', mask: 0x400, states: ['The request uses a @GMT reparse path', 'The request does not use a @GMT reparse path'] },
  'flags2.esn': { type: 'bool', label: 'Extended Security Negotiation', of: 'flags2', mask: 0x800, states: ['Extended security negotiation is supported', 'Extended security negotiation is not supported'] },
  'flags2.dfs': { type: 'bool', label: 'Dfs', of: 'flags2', mask: 0x1000, states: ['Resolve pathnames with Dfs', 'Don\'t resolve pathnames with Dfs'] },
  'flags2.roe': { type: 'bool', label: 'Execute-only Reads', of: 'flags2', mask: 0x2000, states: ['Permit reads if execute-only', 'Don\'t permit reads if execute-only'] },
  'flags2.nt_error': { type: 'bool', label: 'Error Code Type', of: 'flags2', mask: 0x4000, states: ['Error codes are NT error codes', 'Error codes are DOS error codes'] },
  'flags2.string': { type: 'bool', label: 'Unicode Strings', of: 'flags2', mask: 0x8000, states: ['Strings are Unicode', 'Strings are ASCII'] },
  'pid.high': { type: 'u16le', label: 'Process ID High' },
  'signature': { type: 'bytes', label: 'Signature' },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'tid': { type: 'u16le', label: 'Tree ID' },
  'pid': { type: 'u16le', label: 'Process ID' },
  'uid': { type: 'u16le', label: 'User ID' },
  'mid': { type: 'u16le', label: 'Multiplex ID' },
  'response_to': { type: 'framenum', label: 'Response to' },
  'response_in': { type: 'framenum', label: 'Response in' },
  'time': { type: 'reltime', label: 'Time from request' },
  'wct': { type: 'u8', label: 'Word Count (WCT)' },
  'bcc': { type: 'u16le', label: 'Byte Count (BCC)' },
  'extra_byte_parameters': { type: 'bytes', label: 'Extra byte parameters' },
  'tpc': { type: 'u16le', label: 'Total Parameter Count' },
  'tdc': { type: 'u16le', label: 'Total Data Count' },
  'mpc': { type: 'u16le', label: 'Max Parameter Count' },
  'mdc': { type: 'u16le', label: 'Max Data Count' },
  'msc': { type: 'u8', label: 'Max Setup Count' },
  'transaction.flags': { type: 'u16le', label: 'Flags', base: 'hex' },
  'transaction.flags.dtid': { type: 'bool', label: 'Disconnect TID', of: 'transaction.flags', mask: 0x1, states: ['Also DISCONNECT TID', 'Do NOT disconnect TID'] },
  'transaction.flags.owt': { type: 'bool', label: 'One Way Transaction', of: 'transaction.flags', mask: 0x2, states: ['One Way Transaction (NO RESPONSE)', 'Two way transaction'] },
  'timeout': { type: 'u32le', label: 'Timeout' },
  'pc': { type: 'u16le', label: 'Parameter Count' },
  'po': { type: 'u16le', label: 'Parameter Offset' },
  'dc': { type: 'u16le', label: 'Data Count' },
  'data_offset': { type: 'u16le', label: 'Data Offset' },
  'sc': { type: 'u8', label: 'Setup Count' },
  'trans_name': { type: 'string', label: 'Transaction Name' },
  'security_blob_len': { type: 'u16le', label: 'Security Blob Length' },
  'security_blob': { type: 'bytes', label: 'Security Blob' },
  'mailslot.opcode': { type: 'u16le', name: 'mailslot.opcode', label: 'Opcode', names: { 1: 'Write Mail Slot' } },
  'mailslot.priority': { type: 'u16le', name: 'mailslot.priority', label: 'Priority' },
  'mailslot.class': { type: 'u16le', name: 'mailslot.class', label: 'Class', names: { 1: 'Reliable', 2: 'Unreliable & Broadcast' } },
  'mailslot.size': { type: 'u16le', name: 'mailslot.size', label: 'Size' },
  'mailslot.name': { type: 'string', name: 'mailslot.name', label: 'Mailslot Name' },
  ...sessionFields(),
  ...openFields(),
  ...sharedSmbFields(),
  ...objectFields(),
} as const satisfies Fields);

export type SmbLayer = Layer<ReturnType<typeof smbFields>>;
export type SmbKey = keyof ReturnType<typeof smbFields> & string;

/** What a message's header says. */
export interface SmbHead {
  readonly command: number;
  readonly isResponse: boolean;
  readonly isUnicode: boolean;
  /** 0 for success, whatever kind of code it is. */
  readonly status: number;
  readonly treeId: number;
  readonly processId: number;
  readonly userId: number;
  readonly multiplexId: number;
}
