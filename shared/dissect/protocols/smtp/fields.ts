/** Fields of SMTP. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

/** RFC 5321 §4.2.3, RFC 4954 §6, RFC 5248. */
const REPLY_CODES: Readonly<Record<number, string>> = {
  211: 'System status, or system help reply', 214: 'Help message', 220: '<domain> Service ready', 221: '<domain> Service closing transmission channel', 235: 'Authentication successful',
  250: 'Requested mail action okay, completed', 251: 'User not local; will forward to <forward-path>', 252: 'Cannot VRFY user, but will accept message and attempt delivery', 334: 'AUTH input',
  354: 'Start mail input; end with <CRLF>.<CRLF>', 421: '<domain> Service not available, closing transmission channel', 432: 'A password transition is needed',
  450: 'Requested mail action not taken: mailbox unavailable', 451: 'Requested action aborted: local error in processing', 452: 'Requested action not taken: insufficient system storage',
  454: 'Temporary authentication failed', 500: 'Syntax error, command unrecognized', 501: 'Syntax error in parameters or arguments', 502: 'Command not implemented', 503: 'Bad sequence of commands',
  504: 'Command parameter not implemented', 530: 'Authentication required', 534: 'Authentication mechanism is too weak', 535: 'Authentication credentials invalid',
  538: 'Encryption required for requested authentication mechanism', 550: 'Requested action not taken: mailbox unavailable', 551: 'User not local; please try <forward-path>',
  552: 'Requested mail action aborted: exceeded storage allocation', 553: 'Requested action not taken: mailbox name not allowed', 554: 'Transaction failed',
};

export const smtpFields = () => ({
  'req': { type: 'bool', label: 'Request', hidden: true },
  'rsp': { type: 'bool', label: 'Response', hidden: true },
  'command_line': { type: 'string', encoding: 'ascii', label: 'Command Line' },
  'req.command': { type: 'string', encoding: 'ascii', label: 'Command', help: 'What the client asks for: MAIL names the sender, RCPT a recipient, DATA announces the mail itself.' },
  'req.parameter': { type: 'string', encoding: 'ascii', label: 'Request parameter' },
  'response': { type: 'string', encoding: 'ascii', label: 'Response' },
  'response.code': { type: 'u32', label: 'Response code', names: REPLY_CODES, help: 'The first digit tells how it went: 2 done, 3 go on, 4 failed for now, 5 failed for good.' },
  'response.code.unexpected': { type: 'none', label: 'Unexpected response code in multiline response' },
  'rsp.parameter': { type: 'string', encoding: 'ascii', label: 'Response parameter' },
  'auth.username': { type: 'string', encoding: 'ascii', label: 'Username', help: 'In Base64, which hides nothing.' },
  'auth.password': { type: 'string', encoding: 'ascii', label: 'Password', help: 'In Base64, which hides nothing: without TLS anybody on the way can read it.' },
  'auth.username_password': { type: 'string', encoding: 'ascii', label: 'Username/Password', help: 'Both in Base64, which hides nothing.' },
  'base64_decode': { type: 'none', label: 'base64 decode failed or is not enabled (check SMTP preferences)' },
  'eom': { type: 'none', label: 'EOM', help: 'A line with a single dot ends the mail.' },
  'data.fragments': { type: 'none', label: 'DATA fragments' },
  'data.fragment': { type: 'framenum', label: 'DATA fragment' },
  'data.fragment.count': { type: 'u32', label: 'DATA fragment count' },
  'data.reassembled.in': { type: 'framenum', label: 'Reassembled DATA in frame' },
  'data.reassembled.length': { type: 'u32', label: 'Reassembled DATA length' },
} as const satisfies Fields);

export type SmtpLayer = Layer<ReturnType<typeof smtpFields>>;
