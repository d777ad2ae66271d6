/** Fields of FTP's control connection. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

/** RFC 959 §4.2, RFC 2228 §5, RFC 2428 §3. */
const CODES: Readonly<Record<number, string>> = {
  110: 'Restart marker reply', 120: 'Service ready in nnn minutes', 125: 'Data connection already open; transfer starting', 150: 'File status okay; about to open data connection',
  200: 'Command okay', 202: 'Command not implemented, superfluous at this site', 211: 'System status, or system help reply', 212: 'Directory status', 213: 'File status', 214: 'Help message',
  215: 'NAME system type', 220: 'Service ready for new user', 221: 'Service closing control connection', 225: 'Data connection open; no transfer in progress', 226: 'Closing data connection',
  227: 'Entering Passive Mode', 229: 'Entering Extended Passive Mode', 230: 'User logged in, proceed', 232: 'User logged in, authorized by security data exchange',
  234: 'Security data exchange complete', 235: 'Security data exchange completed successfully', 250: 'Requested file action okay, completed', 257: 'PATHNAME created',
  331: 'User name okay, need password', 332: 'Need account for login', 334: 'Requested security mechanism is ok', 335: 'Security data is acceptable, more is required',
  336: 'Username okay, need password. Challenge is ...', 350: 'Requested file action pending further information', 421: 'Service not available, closing control connection',
  425: 'Can\'t open data connection', 426: 'Connection closed; transfer aborted', 431: 'Need some unavailable resource to process security', 450: 'Requested file action not taken',
  451: 'Requested action aborted: local error in processing', 452: 'Requested action not taken. Insufficient storage space in system', 500: 'Syntax error, command unrecognized',
  501: 'Syntax error in parameters or arguments', 502: 'Command not implemented', 503: 'Bad sequence of commands', 504: 'Command not implemented for that parameter',
  522: 'Network protocol not supported', 530: 'Not logged in', 532: 'Need account for storing files', 533: 'Command protection level denied for policy reasons',
  534: 'Request denied for policy reasons', 535: 'Failed security check (hash, sequence, etc)', 536: 'Requested PROT level not supported by mechanism',
  537: 'Command protection level not supported by security mechanism', 550: 'Requested action not taken: File unavailable', 551: 'Requested action aborted: page type unknown',
  552: 'Requested file action aborted: Exceeded storage allocation', 553: 'Requested action not taken: File name not allowed', 631: 'Integrity protected reply',
  632: 'Confidentiality and integrity protected reply', 633: 'Confidentiality protected reply',
};

export const ftpFields = () => ({
  'request': { type: 'bool', label: 'Request', hidden: true },
  'response': { type: 'bool', label: 'Response', hidden: true },
  'request.command': { type: 'string', encoding: 'ascii', label: 'Request command', help: 'What the client asks for: RETR fetches a file, STOR brings one, PASV asks where to.' },
  'request.arg': { type: 'string', encoding: 'ascii', label: 'Request arg', help: 'Behind PASS it is the password, for anybody on the way to read.' },
  'response.code': { type: 'u32', label: 'Response code', names: CODES, help: 'The first digit tells how it goes: 1 begun, 2 done, 3 go on, 4 failed for now, 5 failed for good.' },
  'response.arg': { type: 'string', encoding: 'ascii', label: 'Response arg' },
  'passive.ip': { type: 'ipv4', label: 'Passive IP address', help: 'Where the client is to connect to for the file.' },
  'passive.port': { type: 'u16', label: 'Passive port' },
  'passive.nat': { type: 'bool', label: 'Passive IP NAT', states: ['True', 'False'] },
  'active.cip': { type: 'ipv4', label: 'Active IP address', help: 'Where the server is to connect to for the file.' },
  'active.port': { type: 'u16', label: 'Active port' },
  'active.nat': { type: 'bool', label: 'Active IP NAT', states: ['True', 'False'] },
  'eprt.af': { type: 'u8', label: 'Extended active address family', names: { 1: 'IPv4', 2: 'IPv6' } },
  'eprt.ip': { type: 'ipv4', label: 'Extended active IP address' },
  'eprt.ipv6': { type: 'ipv6', label: 'Extended active IPv6 address' },
  'eprt.port': { type: 'u16', label: 'Extended active port' },
  'eprt.args_invalid': { type: 'none', label: 'EPRT arguments must have the form: |<family>|<addr>|<port>|' },
  'epsv.ip': { type: 'ipv4', label: 'Extended passive IPv4 address' },
  'epsv.ipv6': { type: 'ipv6', label: 'Extended passive IPv6 address' },
  'epsv.port': { type: 'u16', label: 'Extended passive port' },
  'epsv.args_invalid': { type: 'none', label: 'EPSV arguments must have the form (|||<port>|)' },
  'current-working-directory': { type: 'string', label: 'Current working directory' },
  'command-response.frames': { type: 'u32', label: 'Command response frames' },
  'command-response.bytes': { type: 'u32', label: 'Command response bytes' },
  'command-response.first-frame-num': { type: 'framenum', label: 'Command response first frame' },
  'command-response.last-frame-num': { type: 'framenum', label: 'Command response last frame' },
  'command-response.duration': { type: 'u32', label: 'Response duration', unit: 'ms' },
  'command-response.bitrate': { type: 'u32', label: 'Response bitrate', unit: 'Kbps' },
  'setup-frame': { type: 'framenum', label: 'Setup frame' },
  'command': { type: 'string', label: 'Command' },
  'command-frame': { type: 'framenum', label: 'Command frame' },
} as const satisfies Fields);

export type FtpLayer = Layer<ReturnType<typeof ftpFields>>;
