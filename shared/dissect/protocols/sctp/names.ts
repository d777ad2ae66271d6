/** Names of SCTP's numbers (IANA, "Stream Control Transmission Protocol Parameters"; Wireshark's wording). */

export const CHUNK = {
  DATA: 0, INIT: 1, INIT_ACK: 2, SACK: 3, HEARTBEAT: 4, HEARTBEAT_ACK: 5, ABORT: 6, SHUTDOWN: 7, SHUTDOWN_ACK: 8, ERROR: 9, COOKIE_ECHO: 10, COOKIE_ACK: 11, ECNE: 12, CWR: 13,
  SHUTDOWN_COMPLETE: 14, AUTH: 15, NR_SACK: 16, I_DATA: 64, ASCONF_ACK: 128, PKTDROP: 129, RE_CONFIG: 130, PAD: 132, FORWARD_TSN: 192, ASCONF: 193, I_FORWARD_TSN: 194, IETF_EXTENSION: 255,
} as const;

export const CHUNK_TYPES: Readonly<Record<number, string>> = Object.fromEntries(Object.entries(CHUNK).map(([name, type]) => [type, name]));

/** Unassigned types, as Wireshark calls them. */
export function chunkName(type: number): string {
  return CHUNK_TYPES[type] ?? 'RESERVED';
}

export const PARAMETER = {
  heartbeat: 0x0001, ipv4: 0x0005, ipv6: 0x0006, cookie: 0x0007, unrecognized: 0x0008, preservative: 0x0009, hostname: 0x000b, addressTypes: 0x000c, resetOutgoing: 0x000d, resetIncoming: 0x000e,
  resetAll: 0x000f, response: 0x0010, addOutgoing: 0x0011, addIncoming: 0x0012, random: 0x8002, chunkList: 0x8003, algorithms: 0x8004, extensions: 0x8008, addAddress: 0xc001,
  deleteAddress: 0xc002, errorCause: 0xc003, primaryAddress: 0xc004, success: 0xc005, adaptation: 0xc006,
} as const;

export const PARAMETER_TYPES: Readonly<Record<number, string>> = {
  0x0001: 'Heartbeat info', 0x0005: 'IPv4 address', 0x0006: 'IPv6 address', 0x0007: 'State cookie', 0x0008: 'Unrecognized parameter', 0x0009: 'Cookie preservative',
  0x000b: 'Hostname address', 0x000c: 'Supported address types', 0x000d: 'Outgoing SSN reset request', 0x000e: 'Incoming SSN reset request', 0x000f: 'SSN/TSN reset request',
  0x0010: 'Re-configuration response', 0x0011: 'Add outgoing streams request', 0x0012: 'Add incoming streams request', 0x8000: 'ECN', 0x8002: 'Random', 0x8003: 'Authenticated Chunk list',
  0x8004: 'Requested HMAC Algorithm', 0x8008: 'Supported Extensions', 0xc000: 'Forward TSN supported', 0xc001: 'Add IP address', 0xc002: 'Delete IP address', 0xc003: 'Error cause indication',
  0xc004: 'Set primary address', 0xc005: 'Success report', 0xc006: 'Adaptation Layer Indication',
};

export const ADDRESS_TYPES: Readonly<Record<number, string>> = { 5: 'IPv4 address', 6: 'IPv6 address', 11: 'Hostname address' };

export const CAUSE = {
  stream: 0x0001, missing: 0x0002, stale: 0x0003, address: 0x0005, chunk: 0x0006, parameters: 0x0008, noData: 0x0009, restart: 0x000b, lastAddress: 0x00a0, shortage: 0x00a1,
  sourceAddress: 0x00a2, refused: 0x00a4, algorithm: 0x0105,
} as const;

export const CAUSES: Readonly<Record<number, string>> = {
  0x0001: 'Invalid stream identifier', 0x0002: 'Missing mandatory parameter', 0x0003: 'Stale cookie error', 0x0004: 'Out of resource', 0x0005: 'Unresolvable address',
  0x0006: 'Unrecognized chunk type', 0x0007: 'Invalid mandatory parameter', 0x0008: 'Unrecognized parameters', 0x0009: 'No user data', 0x000a: 'Cookie received while shutting down',
  0x000b: 'Restart of an association with new addresses', 0x000c: 'User initiated ABORT', 0x000d: 'Protocol violation', 0x00a0: 'Request to delete last address',
  0x00a1: 'Operation refused due to resource shortage', 0x00a2: 'Request to delete source address', 0x00a3: 'Association Aborted due to illegal ASCONF-ACK',
  0x00a4: 'Request refused - no authorization', 0x0105: 'Unsupported HMAC identifier',
};

export const HMACS: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'SHA-1', 2: 'Reserved', 3: 'SHA-256' };

export const RECONFIG_RESULTS: Readonly<Record<number, string>> = {
  0: 'Nothing to do', 1: 'Performed', 2: 'Denied', 3: 'Error - Wrong SSN', 4: 'Error - Request already in progress', 5: 'Error - Bad sequence number', 6: 'In progress',
};

export const PAYLOAD_PROTOCOLS: Readonly<Record<number, string>> = {
  0: 'not specified', 1: 'IUA', 2: 'M2UA', 3: 'M3UA', 4: 'SUA', 5: 'M2PA', 6: 'V5UA', 7: 'H.248/MEGACO', 8: 'BICC/Q.2150.3', 9: 'TALI', 10: 'DUA', 11: 'ASAP', 12: 'ENRP',
  13: 'H.323', 14: 'Q.IPC/Q.2150.3', 15: 'SIMCO', 16: 'DDP Segment Chunk', 17: 'DDP Stream Session Control', 18: 'S1 Application Protocol (S1AP)', 19: 'RUA', 20: 'HNBAP',
  21: 'ForCES-HP', 22: 'ForCES-MP', 23: 'ForCES-LP', 24: 'SBc-AP', 25: 'NBAP', 26: 'Unassigned', 27: 'X2AP', 28: 'IRCP', 29: 'LCS-AP', 30: 'MPICH2', 31: 'SABP',
  32: 'Fractal Generator Protocol', 33: 'Ping Pong Protocol', 34: 'CalcApp Protocol', 35: 'Scripting Service Protocol', 36: 'NetPerfMeter Control',
  37: 'NetPerfMeter Data', 38: 'Echo', 39: 'Discard', 40: 'Daytime', 41: 'Character Generator', 42: '3GPP RNA', 43: '3GPP M2AP', 44: '3GPP M3AP', 45: 'SSH',
  46: 'DIAMETER', 47: 'DIAMETER over DTLS', 48: 'R14P', 49: 'Generic Data Transfer Protocol (GDT)', 50: 'WebRTC Control', 51: 'WebRTC String',
  52: 'WebRTC Binary Partial (Deprecated)', 53: 'WebRTC Binary', 54: 'WebRTC String Partial (Deprecated)', 55: '3GPP PUA', 56: 'WebRTC String Empty',
  57: 'WebRTC Binary Empty', 58: 'XwAP', 59: 'Xw - Control Plane', 60: 'NGAP', 61: 'XnAP', 62: 'F1 AP', 65: 'ELE2 Lawful Interception', 66: 'NGAP over DTLS',
  67: 'XnAP over DTLS', 68: 'F1AP over DTLS', 69: 'E1AP over DTLS', 70: 'E2-CP', 71: 'E2-UP', 72: 'E2-DU', 73: 'W1AP',
};
