/** Names and numbers of 802.2 (IEEE 802.2 §3.3, §5.4; IEEE registration authority), as Wireshark writes them. */

/** Service access points, by the number in the header. */
export const SAPS: Readonly<Record<number, string>> = {
  0x00: 'NULL LSAP', 0x02: 'LLC Sub-Layer Management', 0x04: 'SNA Path Control', 0x06: 'TCP/IP', 0x08: 'SNA', 0x0c: 'SNA', 0x0e: 'PROWAY (IEC955) Network Management and Initialization',
  0x10: 'NetWare (unofficial?)', 0x14: 'ISO Network Layer (OSLAN 1)', 0x18: 'Texas Instruments', 0x20: 'ISO Network Layer (unofficial?)', 0x34: 'ISO Network Layer (unofficial?)',
  0x42: 'Spanning Tree BPDU', 0x4e: 'EIA RS-511 Manufacturing Message Service', 0x54: 'ISO Network Layer (OSLAN 2)', 0x7e: 'ISO 8208 (X.25 over 802.2)', 0x7f: 'ISO 802.2', 0x80: 'XNS',
  0x82: 'BACnet', 0x86: 'Nestar', 0x8e: 'PROWAY (IEC955) Active Station List Maintenance', 0x98: 'ARP', 0xb4: 'HP JetDirect Printer', 0xaa: 'SNAP', 0xba: 'Banyan Vines', 0xbc: 'Banyan Vines',
  0xe0: 'NetWare', 0xf0: 'NetBIOS', 0xf4: 'IBM Net Management', 0xf8: 'HP Extended LLC', 0xfa: 'Ungermann-Bass', 0xfc: 'Remote Program Load', 0xfe: 'ISO Network Layer', 0xff: 'Global LSAP',
};

/** Unnumbered functions by their modifier bits: short name, long name. */
export const COMMANDS: Readonly<Record<number, readonly [string, string]>> = {
  0x00: ['UI', 'Unnumbered Information'], 0x20: ['UP', 'Unnumbered Poll'], 0x2c: ['SABM', 'Set Asynchronous Balanced Mode'], 0x40: ['DISC', 'Disconnect'], 0x6c: ['SABME', 'Set Asynchronous Balanced Mode Extended'],
  0x80: ['SNRM', 'Set Normal Response Mode'], 0x8c: ['RSET', 'Reset'], 0xac: ['XID', 'Exchange identification'], 0xcc: ['SNRME', 'Set Normal Response Mode Extended'], 0xe0: ['TEST', 'Test'],
};
export const RESPONSES: Readonly<Record<number, readonly [string, string]>> = {
  0x00: ['UI', 'Unnumbered Information'], 0x0c: ['DM', 'Disconnected mode'], 0x40: ['RD', 'Request disconnect'], 0x60: ['UA', 'Unnumbered Acknowledge'], 0x84: ['FRMR', 'Frame reject'],
  0xac: ['XID', 'Exchange identification'], 0xe0: ['TEST', 'Test'],
};
export const SUPERVISORY = ['RR', 'RNR', 'REJ', 'SREJ'] as const;
export const SUPERVISORY_NAMES: Readonly<Record<number, string>> = { 0: 'Receiver ready', 1: 'Receiver not ready', 2: 'Reject', 3: 'Selective reject' };

/** What the organizations number in SNAP headers. */
export const CISCO_PIDS: Readonly<Record<number, string>> = {
  0x0102: 'DRIP', 0x0104: 'PAgP', 0x0105: 'MLS Hello', 0x0108: 'RLQ BPDUs (request)', 0x0109: 'RLQ BPDUs (response)', 0x010b: 'PVSTP+', 0x010c: 'VLAN Bridge', 0x0111: 'UDLD', 0x0139: 'MCP', 0x2000: 'CDP',
  0x2001: 'CGMP', 0x2003: 'VTP', 0x2004: 'DTP', 0x200a: 'STP Uplink Fast',
};
export const BLUETOOTH_PIDS: Readonly<Record<number, string>> = { 1: 'AMP_U L2CAP ACL data', 2: 'AMP-C Activity Report', 3: 'AMP-C Security frames', 4: 'AMP-C Link supervision request', 5: 'AMP-C Link supervision reply' };
export const NORTEL_PIDS: Readonly<Record<number, string>> = { 0x01a1: 'NDP flatnet hello', 0x01a2: 'NDP segment hello', 0x01a3: 'NDP bridge hello' };
export const IANA_PIDS: Readonly<Record<number, string>> = {
  1: 'MARS Data Messages (short form)', 2: 'Reserved for future NHRP use', 3: 'MARS/NHRP Control Messages', 4: 'MARS Data Messages (long form)', 5: 'SCSP', 6: 'VRID', 7: 'L2TP', 8: 'VPN ID', 9: 'MSDP-GRE-Protocol Type',
};
export const IEEE_PIDS: Readonly<Record<number, string>> = {
  0x01: '802.3/Ethernet with FCS', 0x02: '802.4 with FCS', 0x03: '802.5 with FCS', 0x04: 'FDDI with FCS', 0x07: '802.3/Ethernet without FCS', 0x08: '802.4 without FCS', 0x09: '802.5 without FCS',
  0x0a: 'FDDI without FCS', 0x0b: '802.6', 0x0d: 'Fragments', 0x0e: 'BPDUs',
};
