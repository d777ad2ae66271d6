/** Names of the numbers in NTP messages. */

export const LEAPS: Readonly<Record<number, string>> = {
  0: 'no warning', 1: 'last minute of the day has 61 seconds', 2: 'last minute of the day has 59 seconds', 3: 'unknown (clock unsynchronized)',
};

export const VERSIONS: Readonly<Record<number, string>> = {
  0: 'reserved', 1: 'NTP Version 1', 2: 'NTP Version 2', 3: 'NTP Version 3', 4: 'NTP Version 4', 5: 'reserved', 6: 'reserved', 7: 'reserved',
};

export const MODES: Readonly<Record<number, string>> = {
  0: 'reserved', 1: 'symmetric active', 2: 'symmetric passive', 3: 'client', 4: 'server', 5: 'broadcast', 6: 'reserved for NTP control message', 7: 'reserved for private use',
};

/** Modes as the list calls them. */
export const MODE_WORDS: readonly string[] = ['reserved', 'symmetric active', 'symmetric passive', 'client', 'server', 'broadcast', 'control', 'private'];

/** RFC 5905 §7.3, figure 11. */
export function stratumName(stratum: number): string {
  if (stratum <= 1) return stratum === 0 ? 'unspecified or invalid' : 'primary reference';
  if (stratum <= 16) return stratum === 16 ? 'unsynchronized' : 'secondary reference';
  return 'reserved';
}

/** RFC 5905 §7.3, figure 12, and what is in use besides: clocks that servers of stratum 1 name. */
export const CLOCKS: Readonly<Record<string, string>> = {
  'GOES': 'Geostationary Orbit Environment Satellite', 'GPS': 'Global Position System', 'GAL': 'Galileo Positioning System', 'PPS': 'Generic pulse-per-second', 'IRIG': 'Inter-Range Instrumentation Group',
  'WWVB': 'LF Radio WWVB Ft. Collins, CO 60 kHz', 'DCF': 'LF Radio DCF77 Mainflingen, DE 77.5 kHz', 'HBG': 'LF Radio HBG Prangins, HB 75 kHz', 'MSF': 'LF Radio MSF Anthorn, UK 60 kHz',
  'JJY': 'LF Radio JJY Fukushima, JP 40 kHz, Saga, JP 60 kHz', 'LORC': 'MF Radio LORAN C station, 100 kHz', 'TDF': 'MF Radio Allouis, FR 162 kHz', 'CHU': 'HF Radio CHU Ottawa, Ontario',
  'WWV': 'HF Radio WWV Ft. Collins, CO', 'WWVH': 'HF Radio WWVH Kauai, HI', 'NIST': 'NIST telephone modem', 'ACTS': 'NIST telephone modem', 'USNO': 'USNO telephone modem', 'PTB': 'European telephone modem',
  'LOCL': 'uncalibrated local clock', 'CESM': 'calibrated Cesium clock', 'RBDM': 'calibrated Rubidium clock', 'OMEG': 'OMEGA radionavigation system', 'DCN': 'DCN routing protocol', 'TSP': 'TSP time protocol',
  'DTS': 'Digital Time Service', 'ATOM': 'Atomic clock (calibrated)', 'VLF': 'VLF radio (OMEGA, etc.)', '1PPS': 'External 1 PPS input', 'FREE': '(Internal clock)', 'INIT': '(Initialization)',
};

/** RFC 5905 §7.4, RFC 8915 §5.7: why a server of stratum 0 gives no time. */
export const KISS_CODES: Readonly<Record<string, string>> = {
  ACST: 'the association belongs to a unicast server', AUTH: 'server authentication failed', AUTO: 'Autokey sequence failed', BCST: 'the association belongs to a broadcast server', CRYP: 'cryptographic authentication or identification failed',
  DENY: 'access denied by remote server', DROP: 'lost peer in symmetric mode', RSTR: 'access denied due to local policy', INIT: 'the association has not yet synchronized for the first time', MCST: 'the association belongs to a dynamically discovered server',
  NKEY: 'no key found', NTSN: 'network time security negative-acknowledgment', RATE: 'rate exceeded: ask less often', RMOT: 'alteration of association from a remote host', STEP: 'a step change in system time has occurred',
};

/** RFC 7821, RFC 5906 §10, RFC 8915 §5. */
export const EXTENSIONS: Readonly<Record<number, string>> = {
  0x2: 'No-Operation Request', 0x102: 'Association Message Request', 0x104: 'Unique Identifier', 0x202: 'Certificate Message Request', 0x204: 'NTS Cookie', 0x302: 'Cookie Message Request',
  0x304: 'NTS Cookie Placeholder', 0x402: 'Autokey Message Request', 0x404: 'NTS Authenticator and Encrypted Extension Fields', 0x502: 'Leapseconds Message Request',
  0x602: 'Sign Message Request', 0x702: 'IFF Identity Message Request', 0x802: 'GQ Identity Message Request', 0x902: 'MV Identity Message Request', 0x2005: 'Checksum Complement',
  0x8002: 'No-Operation Response', 0x8102: 'Association Message Response', 0x8202: 'Certificate Message Response', 0x8302: 'Cookie Message Response', 0x8402: 'Autokey Message Response',
  0x8502: 'Leapseconds Message Response', 0x8602: 'Sign Message Response', 0x8702: 'IFF Identity Message Response', 0x8802: 'GQ Identity Message Response',
  0x8902: 'MV Identity Message Response', 0xc002: 'No-Operation Error Response', 0xc102: 'Association Message Error Response', 0xc202: 'Certificate Message Error Response',
  0xc302: 'Cookie Message Error Response', 0xc402: 'Autokey Message Error Response', 0xc502: 'Leapseconds Message Error Response', 0xc602: 'Sign Message Error Response',
  0xc702: 'IFF Identity Message Error Response', 0xc802: 'GQ Identity Message Error Response', 0xc902: 'MV Identity Message Error Response',
};

export const DIRECTIONS: Readonly<Record<number, string>> = { 0: 'Request', 1: 'Response' };

export const OPCODES: Readonly<Record<number, string>> = {
  0: 'reserved', 1: 'read status', 2: 'read variables', 3: 'write variables', 4: 'read clock variables', 5: 'write clock variables', 6: 'set trap address/port', 7: 'asynchronous message',
  8: 'runtime configuration', 9: 'save config to file', 10: 'retrieve MRU (mrulist)', 11: 'retrieve ordered list', 12: 'request a client nonce', 31: 'unset trap address/port',
};

export const CONTROL_ERRORS: Readonly<Record<number, string>> = {
  0: 'unspecified', 1: 'authentication failure', 2: 'invalid message length or format', 3: 'invalid opcode', 4: 'unknown association identifier', 5: 'unknown variable name',
  6: 'invalid variable value', 7: 'administratively prohibited',
};

export const CLOCK_SOURCES: Readonly<Record<number, string>> = {
  0: 'unspecified or unknown', 1: 'Calibrated atomic clock (e.g. HP 5061)', 2: 'VLF (band 4) or LF (band 5) radio (e.g. OMEGA, WWVB)', 3: 'HF (band 7) radio (e.g. CHU, MSF, WWV/H)',
  4: 'UHF (band 9) satellite (e.g. GOES, GPS)', 5: 'local net (e.g. DCN, TSP, DTS)', 6: 'UDP/NTP', 7: 'UDP/TIME', 8: 'eyeball-and-wristwatch', 9: 'telephone modem (e.g. NIST)',
};

export const SYSTEM_EVENTS: Readonly<Record<number, string>> = {
  0: 'unspecified', 1: 'frequency correction (drift) file not available', 2: 'frequency correction started (frequency stepped)', 3: 'spike detected and ignored, starting stepout timer',
  4: 'frequency training started', 5: 'clock synchronized', 6: 'system restart', 7: 'panic stop (required step greater than panic threshold)', 8: 'no system peer',
  9: 'leap second insertion/deletion armed', 10: 'leap second disarmed', 11: 'leap second inserted or deleted', 12: 'clock stepped (stepout timer expired)',
  13: 'kernel loop discipline status changed', 14: 'leapseconds table loaded from file', 15: 'leapseconds table outdated, updated file needed',
};

export const SELECTIONS: Readonly<Record<number, string>> = {
  0: 'rejected', 1: 'passed sanity checks (tests 1 through 8 in Section 3.4.3)', 2: 'passed correctness checks (intersection algorithm in Section 4.2.1)',
  3: 'passed candidate checks (if limit check implemented)', 4: 'passed outlier checks (clustering algorithm in Section 4.2.2)',
  5: 'current synchronization source; max distance exceeded (if limit check implemented)', 6: 'current synchronization source; max distance okay', 7: 'reserved',
};

export const PEER_EVENTS: Readonly<Record<number, string>> = {
  0: 'unspecified', 1: 'association mobilized', 2: 'association demobilized', 3: 'peer unreachable (peer.reach was nonzero now zero)', 4: 'peer reachable (peer.reach was zero now nonzero)',
  5: 'association restarted or timed out', 6: 'no server found (ntpdate mode)', 7: 'rate exceeded (kiss code RATE)', 8: 'access denied (kiss code DENY)', 9: 'leap armed from server LI code',
  10: 'become system peer', 11: 'reference clock event (see clock status word)', 12: 'authentication failure', 13: 'popcorn spike suppressor', 14: 'entering interleave mode',
  15: 'interleave error (recovered)', 16: 'leapsecond values update from server',
};

export const CLOCK_STATES: Readonly<Record<number, string>> = {
  0: 'clock operating within nominals', 1: 'reply timeout', 2: 'bad reply format', 3: 'hardware or software fault', 4: 'propagation failure', 5: 'bad date format or value',
  6: 'bad time format or value',
};

export const IMPLEMENTATIONS: Readonly<Record<number, string>> = {
  0: 'UNIV', 2: 'XNTPD_OLD (pre-IPv6)', 3: 'XNTPD',
};

export const REQUESTS: Readonly<Record<number, string>> = {
  0: 'PEER_LIST', 1: 'PEER_LIST_SUM', 2: 'PEER_INFO', 3: 'PEER_STATS', 4: 'SYS_INFO', 5: 'SYS_STATS', 6: 'IO_STATS', 7: 'MEM_STATS', 8: 'LOOP_INFO', 9: 'TIMER_STATS', 10: 'CONFIG',
  11: 'UNCONFIG', 12: 'SET_SYS_FLAG', 13: 'CLR_SYS_FLAG', 14: 'MONITOR', 15: 'NOMONITOR', 16: 'GET_RESTRICT', 17: 'RESADDFLAGS', 18: 'RESSUBFLAGS', 19: 'UNRESTRICT', 20: 'MON_GETLIST',
  21: 'RESET_STATS', 22: 'RESET_PEER', 23: 'REREAD_KEYS', 24: 'DO_DIRTY_HACK', 25: 'DONT_DIRTY_HACK', 26: 'TRUSTKEY', 27: 'UNTRUSTKEY', 28: 'AUTHINFO', 29: 'TRAPS', 30: 'ADD_TRAP',
  31: 'CLR_TRAP', 32: 'REQUEST_KEY', 33: 'CONTROL_KEY', 34: 'GET_CTLSTATS', 35: 'GET_LEAPINFO', 36: 'GET_CLOCKINFO', 37: 'SET_CLKFUDGE', 38: 'GET_KERNEL', 39: 'GET_CLKBUGINFO',
  41: 'SET_PRECISION', 42: 'MON_GETLIST_1', 43: 'HOSTNAME_ASSOCID', 44: 'IF_STATS', 45: 'IF_RELOAD',
};

export const PRIVATE_ERRORS: Readonly<Record<number, string>> = {
  0x0: 'No error', 0x1: 'incompatible implementation number', 0x2: 'unimplemented request code', 0x3: 'format error', 0x4: 'no data available', 0x5: 'unknown', 0x6: 'unknown',
  0x7: 'authentication failure',
};

export const ACTIONS: Readonly<Record<number, string>> = {
  1: 'Interface exists', 2: 'Interface created', 3: 'Interface deleted',
};
