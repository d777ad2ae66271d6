/** Names of Telnet's commands and options (RFC 854, IANA). */

export const WILL = 251;
export const WONT = 252;
export const DO = 253;
export const DONT = 254;
export const SUBOPTION = 250;

export const COMMANDS: Readonly<Record<number, string>> = {
  236: 'End of File', 237: 'Suspend Current Process', 238: 'Abort Process', 239: 'End of Record', 240: 'Suboption End', 241: 'No Operation', 242: 'Data Mark', 243: 'Break', 244: 'Interrupt Process',
  245: 'Abort Output', 246: 'Are You There?', 247: 'Escape Character', 248: 'Erase Line', 249: 'Go Ahead', [SUBOPTION]: 'Suboption', [WILL]: 'Will', [WONT]: "Won't", [DO]: 'Do', [DONT]: "Don't",
};

const OPTIONS: readonly string[] = [
  'Binary Transmission', 'Echo', 'Reconnection', 'Suppress Go Ahead', 'Approx Message Size Negotiation', 'Status', 'Timing Mark', 'Remote Controlled Trans and Echo', 'Output Line Width',
  'Output Page Size', 'Output Carriage-Return Disposition', 'Output Horizontal Tab Stops', 'Output Horizontal Tab Disposition', 'Output Formfeed Disposition', 'Output Vertical Tabstops',
  'Output Vertical Tab Disposition', 'Output Linefeed Disposition', 'Extended ASCII', 'Logout', 'Byte Macro', 'Data Entry Terminal', 'SUPDUP', 'SUPDUP Output', 'Send Location', 'Terminal Type',
  'End of Record', 'TACACS User Identification', 'Output Marking', 'Terminal Location Number', 'Telnet 3270 Regime', 'X.3 PAD', 'Negotiate About Window Size', 'Terminal Speed', 'Remote Flow Control',
  'Linemode', 'X Display Location', 'Environment Option', 'Authentication Option', 'Encryption Option', 'New Environment Option', 'TN3270E', 'XAUTH', 'CHARSET', 'Remote Serial Port',
  'COM Port Control', 'Suppress Local Echo', 'Start TLS', 'KERMIT', 'SEND-URL', 'FORWARD_X',
];

const UNKNOWN = '<unknown option>';

export function optionName(option: number): string {
  return OPTIONS[option] ?? UNKNOWN;
}

export function commandName(command: number): string {
  return COMMANDS[command] ?? UNKNOWN;
}

/** RFC 2941 §2. */
export const AUTH_TYPES: Readonly<Record<number, string>> = {
  0: 'NULL', 1: 'Kerberos v4', 2: 'Kerberos v5', 3: 'SPX', 4: 'MINK', 5: 'SRP', 6: 'RSA', 7: 'SSL', 10: 'LOKI', 11: 'SSA', 12: 'KEA_SJ', 13: 'KEA_SJ_INTEG', 14: 'DSS', 15: 'NTLM',
};

/** RFC 2946 §2. */
export const ENCRYPTION_COMMANDS: Readonly<Record<number, string>> = {
  0: 'IS', 1: 'SUPPORT', 2: 'REPLY', 3: 'START', 4: 'END', 5: 'REQUEST-START', 6: 'REQUEST-END', 7: 'ENC_KEYID', 8: 'DEC_KEYID',
};

export const ENCRYPTION_TYPES: Readonly<Record<number, string>> = {
  0: 'NULL', 1: 'DES_CFB64', 2: 'DES_OFB64', 3: 'DES3_CFB64', 4: 'DES3_OFB64', 8: 'CAST5_40_CFB64', 9: 'CAST5_40_OFB64', 10: 'CAST128_CFB64', 11: 'CAST128_OFB64',
};

/** RFC 2355 §7.1. */
export const TN3270_WORDS: Readonly<Record<number, string>> = {
  0: 'ASSOCIATE', 1: 'CONNECT', 2: 'DEVICE-TYPE', 3: 'FUNCTIONS', 4: 'IS', 5: 'REASON', 6: 'REJECT', 7: 'REQUEST', 8: 'SEND',
};

export const TN3270_REASONS: Readonly<Record<number, string>> = {
  0: 'CONN-PARTNER', 1: 'DEVICE-IN-USE', 2: 'INV-ASSOCIATE', 3: 'INV-DEVICE-NAME', 4: 'INV-DEVICE-TYPE', 5: 'TYPE-NAME-ERROR', 6: 'UNKNOWN-ERROR', 7: 'UNSUPPORTED-REQ',
};

export const TN3270_FUNCTIONS: Readonly<Record<number, string>> = { 0: 'BIND-IMAGE', 1: 'DATA-STREAM-CTL', 2: 'RESPONSES', 3: 'SCS-CTL-CODES', 4: 'SYSREQ' };
