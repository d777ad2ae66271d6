/** Names of numbers in DHCP, by field. */

export const OPTION_AGENT_INFORMATION_OPTION_SUBOPTION: Readonly<Record<number, string>> = {
  0: 'Padding', 1: 'Agent Circuit ID', 2: 'Agent Remote ID', 3: 'Reserved', 4: 'DOCSIS Device Class', 5: 'Link selection', 6: 'Subscriber ID', 7: 'RADIUS Attributes', 8: 'Authentication',
  9: 'Vendor-Specific Information', 10: 'Flags', 11: 'Server ID Override', 12: 'Relay Agent Identifier', 13: 'Access Technology Type', 14: 'Access Network Name', 15: 'Access Point Name',
  16: 'Access Point BSSID', 17: 'Access Network Operator ID', 18: 'Access Network Operator Realm', 19: 'Source Port', 150: 'Link selection (Cisco proprietary)', 151: 'VRF name/VPN ID',
  152: 'Server ID Override (Cisco proprietary)',
};

export const OPTION_BULK_LEASE_DHCP_STATE: Readonly<Record<number, string>> = {
  1: 'Available', 2: 'Active', 3: 'Expired', 4: 'Released', 5: 'Abandoned', 6: 'Reset', 7: 'Remote', 8: 'Transitioning',
};

export const OPTION_CIVIC_LOCATION_CA_TYPE: Readonly<Record<number, string>> = {
  0: 'Language', 1: 'A1', 2: 'A2', 3: 'A3', 4: 'A4', 5: 'A5', 6: 'A6', 16: 'PRD (Leading street direction)', 17: 'POD (Trailing street suffix)', 18: 'STS (Street suffix)',
  19: 'HNO (House number)', 20: 'HNS (House number suffix)', 21: 'LMK (Landmark or vanity address)', 22: 'LOC (Additional location information)', 23: 'NAM', 24: 'PC (Postal/ZIP code)',
  25: 'BLD (Building)', 26: 'UNIT', 27: 'FLR (Floor)', 28: 'ROOM', 29: 'PLC (Place-type)', 30: 'PCN (Postal community name)', 31: 'POBOX', 32: 'ADDCODE (Additional Code)', 33: 'SEAT',
  34: 'RD (Primary road or street)', 35: 'RDSEC (Road section)', 36: 'RDBR (Road branch)', 37: 'RDSUBBR (Road sub-branch)', 38: 'PRM (Road pre-modifier)', 39: 'POM (Road post-modifier',
  128: 'Script',
};

export const OPTION_CLIENT_SYSTEM_ARCHITECTURE: Readonly<Record<number, string>> = {
  0: 'IA x86 PC', 1: 'NEC/PC98', 2: 'IA64 PC', 3: 'DEC Alpha', 4: 'ArcX86', 5: 'Intel Lean Client', 6: 'EFI IA32', 7: 'EFI x64', 8: 'EFI Xscale', 9: 'EFI BC', 10: 'ARM 32-bit UEFI',
  11: 'ARM 64-bit UEFI', 12: 'PowerPC Open Firmware', 13: 'PowerPC ePAPR', 14: 'POWER OPAL v3', 15: 'x86 UEFI HTTP', 16: 'x64 UEFI HTTP', 17: 'EBC UEFI HTTP', 18: 'ARM 32-bit UEFI HTTP',
  19: 'ARM 64-bit UEFI HTTP', 20: 'PC/AT HTTP', 21: 'ARM 32-bit uboot', 22: 'ARM 64-bit uboot', 23: 'ARM 32-bit uboot HTTP', 24: 'ARM 64-bit uboot HTTP', 25: 'RISC-V 32-bit UEFI',
  26: 'RISC-V 32-bit UEFI HTTP', 27: 'RISC-V 64-bit UEFI', 28: 'RISC-V 64-bit UEFI HTTP', 29: 'RISC-V 128-bit UEFI', 30: 'RISC-V 128-bit UEFI HTTP', 31: 's390 Basic', 32: 's390 Extended',
};

export const OPTION_DHCP: Readonly<Record<number, string>> = {
  1: 'Discover', 2: 'Offer', 3: 'Request', 4: 'Decline', 5: 'ACK', 6: 'NAK', 7: 'Release', 8: 'Inform', 9: 'Force Renew', 10: 'Lease query', 11: 'Lease Unassigned', 12: 'Lease Unknown',
  13: 'Lease Active', 14: 'Bulk Lease Query', 15: 'Lease Query Done', 16: 'Active LeaseQuery', 17: 'Lease Query Status', 18: 'TLS',
};

export const OPTION_NOVELL_OPTIONS_SUBOPTION: Readonly<Record<number, string>> = {
  1: 'NWIP does not exist on subnet', 2: 'NWIP exists in options area', 3: 'NWIP exists in sname/file', 4: 'NWIP exists, but too big', 5: 'Broadcast for nearest Netware server',
  6: 'Preferred DSS server', 7: 'Nearest NWIP server', 8: 'Autoretries', 9: 'Autoretry delay, secs', 10: 'Support NetWare/IP v1.1', 11: 'Primary DSS',
};

export const OPTION_RFC3825_ERROR: Readonly<Record<number, string>> = {
  1: 'Latitude is out of range [-90,90]', 2: 'Latitude Uncertainty is out of range [0,90]', 3: 'Longitude is out of range [-180,180]', 4: 'Longitude Uncertainty is out of range [0,180]',
  5: 'Altitude is out of range [-(2^21),(2^21)-1]', 6: 'Altitude Uncertainty is out of range [0,2^20]', 7: 'Altitude Type is out of range [0,2]', 8: 'Datum is out of range [1,3]',
};

export const OPTION_VENDOR_ALU_SUBOPTION: Readonly<Record<number, string>> = {
  0: 'Padding', 58: 'Voice VLAN ID', 64: 'Spatial Redundancy TFTP1', 65: 'Spatial Redundancy TFTP2', 66: 'Application Type', 67: 'SIP URL', 255: 'Alcatel-Lucent End',
};

export const OPTION_VENDOR_BSDP_SUBOPTION: Readonly<Record<number, string>> = {
  0: 'Padding', 1: 'Suboption Request List', 2: 'Device Type', 3: 'eSAFE Types', 4: 'Serial Number', 5: 'Hardware Version', 6: 'Software Version', 7: 'Boot ROM version',
  8: 'Organizationally Unique Identifier', 9: 'Model Number', 10: 'Vendor Name', 11: 'Address Realm', 12: 'CM/PS System Description', 13: 'CM/PS Firmware Revision',
  14: 'Firewall Policy File Version', 15: 'eSafe Config File Devices', 18: 'Video Security Type', 31: 'MTA MAC Address', 32: 'Correlation ID', 51: 'Vendor Name', 52: 'CableCARD Capability',
  53: 'Device Identification (CA)', 54: 'Device Identification (X.509)', 179: 'LCM Server', 180: 'LCM Domain', 181: 'LCM NIC option 0', 190: 'LCM Workgroup', 191: 'Discovery',
  192: 'HH Configured', 193: 'LCM Version', 194: 'LCM Serial Number', 255: 'CL End',
};

export const OPTION_VENDOR_CISCO_SUBOPTION: Readonly<Record<number, string>> = {
  225: 'XiqHostname', 226: 'XiqIpAddress', 1: 'Unk-1 (Node role?)', 2: 'Unk-2 (Spine level?)', 3: 'Unk-3 (Pod ID?)', 4: 'Node ID', 5: 'Unk-5', 6: 'Unk-6', 7: 'Model', 8: 'APIC UUID',
  9: 'Fabricname', 10: 'Unk-10', 11: 'SerialNo', 12: 'Interfacename',
};

export const OPTION_VENDOR_CL_SUBOPTION: Readonly<Record<number, string>> = {
  0: 'Padding', 1: 'Suboption Request List', 2: 'Device Type', 3: 'eSAFE Types', 4: 'Serial Number', 5: 'Hardware Version', 6: 'Software Version', 7: 'Boot ROM version',
  8: 'Organizationally Unique Identifier', 9: 'Model Number', 10: 'Vendor Name', 11: 'Address Realm', 12: 'CM/PS System Description', 13: 'CM/PS Firmware Revision',
  14: 'Firewall Policy File Version', 15: 'eSafe Config File Devices', 18: 'Video Security Type', 31: 'MTA MAC Address', 32: 'Correlation ID', 51: 'Vendor Name', 52: 'CableCARD Capability',
  53: 'Device Identification (CA)', 54: 'Device Identification (X.509)', 179: 'LCM Server', 180: 'LCM Domain', 181: 'LCM NIC option 0', 190: 'LCM Workgroup', 191: 'Discovery',
  192: 'HH Configured', 193: 'LCM Version', 194: 'LCM Serial Number', 255: 'CL End',
};

export const OPTION_VENDOR_PXECLIENT_BOOT_SERVERS_TYPE: Readonly<Record<number, string>> = {
  0: 'PXE bootstrap server', 1: 'Microsoft Windows NT Boot Server', 2: 'Intel LCM Boot Server', 3: 'DOS/UNDI Boot Server', 4: 'NEC ESMPRO Boot Server', 5: 'IBM WSoD Boot Server',
  6: 'IBM LCCM Boot Server', 7: 'CA Unicenter TNG Boot Server', 8: 'HP OpenView Boot Server', 65535: 'PXE API Test server',
};

export const OPTION_VENDOR_PXECLIENT_SUBOPTION: Readonly<Record<number, string>> = {
  0: 'Padding', 1: 'PXE mtftp IP', 2: 'PXE mtftp client port', 3: 'PXE mtftp server port', 4: 'PXE mtftp timeout', 5: 'PXE mtftp delay', 6: 'PXE discovery control', 7: 'PXE multicast address',
  8: 'PXE boot servers', 9: 'PXE boot menu', 10: 'PXE menu prompt', 11: 'PXE multicast address alloc', 12: 'PXE credential types', 71: 'PXE boot item', 179: 'PXE LCM Server',
  180: 'PXE LCM Domain', 181: 'PXE LCM NIC option 0', 190: 'PXE LCM Workgroup', 191: 'PXE Discovery', 192: 'PXE Configured', 193: 'PXE LCM version', 194: 'PXE LCM Serial Number',
  255: 'PXE End',
};

export const VENDOR_PC_IETF_CCC_SUBOPTION: Readonly<Record<number, string>> = {
  1: 'TSP\'s Primary DHCP Server', 2: 'TSP\'s Secondary DHCP Server', 3: 'TSP\'s Provisioning Server', 4: 'TSP\'s AS-REQ/AS-REP Backoff and Retry', 5: 'TSP\'s AP-REQ/AP-REP Backoff and Retry',
  6: 'TSP\'s Kerberos Realm Name', 7: 'TSP\'s Ticket Granting Server Utilization', 8: 'TSP\'s Provisioning Timer Value', 9: 'PacketCable Security Ticket Control',
};

export const OPTIONS: Readonly<Record<number, string>> = {
  1: 'Subnet Mask', 2: 'Time Offset', 3: 'Router', 4: 'Time Server', 5: 'Name Server', 6: 'Domain Name Server', 7: 'Log Server', 8: 'Quotes Server', 9: 'LPR Server', 10: 'Impress Server',
  11: 'Resource Location Server', 12: 'Host Name', 13: 'Boot File Size', 14: 'Merit Dump File', 15: 'Domain Name', 16: 'Swap Server', 17: 'Root Path', 18: 'Extensions Path',
  19: 'IP Forwarding', 20: 'Non-Local Source Routing', 21: 'Policy Filter', 22: 'Maximum Datagram Reassembly Size', 23: 'Default IP Time-to-Live', 24: 'Path MTU Aging Timeout',
  25: 'Path MTU Plateau Table', 26: 'Interface MTU', 27: 'All Subnets are Local', 28: 'Broadcast Address', 29: 'Perform Mask Discovery', 30: 'Mask Supplier', 31: 'Perform Router Discover',
  32: 'Router Solicitation Address', 33: 'Static Route', 34: 'Trailer Encapsulation', 35: 'ARP Cache Timeout', 36: 'Ethernet Encapsulation', 37: 'TCP Default TTL',
  38: 'TCP Keepalive Interval', 39: 'TCP Keepalive Garbage', 40: 'Network Information Service Domain', 41: 'Network Information Service Servers', 42: 'Network Time Protocol Servers',
  43: 'Vendor-Specific Information', 44: 'NetBIOS over TCP/IP Name Server', 45: 'NetBIOS over TCP/IP Datagram Distribution Name Server', 46: 'NetBIOS over TCP/IP Node Type',
  47: 'NetBIOS over TCP/IP Scope', 48: 'X Window System Font Server', 49: 'X Window System Display Manager', 50: 'Requested IP Address', 51: 'IP Address Lease Time', 52: 'Option Overload',
  53: 'DHCP Message Type', 54: 'DHCP Server Identifier', 55: 'Parameter Request List', 56: 'Message', 57: 'Maximum DHCP Message Size', 58: 'Renewal Time Value', 59: 'Rebinding Time Value',
  60: 'Vendor class identifier', 61: 'Client identifier', 62: 'Novell/Netware IP domain', 63: 'Novell Options', 64: 'Network Information Service+ Domain',
  65: 'Network Information Service+ Servers', 66: 'TFTP Server Name', 67: 'Bootfile name', 68: 'Mobile IP Home Agent', 69: 'SMTP Server', 70: 'POP3 Server', 71: 'NNTP Server',
  72: 'Default WWW Server', 73: 'Default Finger Server', 74: 'Default IRC Server', 75: 'StreetTalk Server', 76: 'StreetTalk Directory Assistance Server', 77: 'User Class Information',
  78: 'Directory Agent Information', 79: 'Service Location Agent Scope', 80: 'Rapid commit', 81: 'Client Fully Qualified Domain Name', 82: 'Agent Information Option', 83: 'iSNS',
  84: 'Removed/Unassigned', 85: 'Novell Directory Services Servers', 86: 'Novell Directory Services Tree Name', 87: 'Novell Directory Services Context', 88: 'BCMCS Controller Domain Name',
  89: 'BCMCS Controller IPv4 address', 90: 'Authentication', 91: 'Client last transaction time', 92: 'Associated IP option', 93: 'Client System Architecture',
  94: 'Client Network Device Interface', 95: 'LDAP', 96: 'Removed/Unassigned', 97: 'UUID/GUID-based Client Identifier', 98: 'Open Group\'s User Authentication',
  99: 'Civic Addresses Configuration', 100: 'PCode', 101: 'TCode', 102: 'Removed/unassigned', 103: 'Removed/unassigned', 104: 'Removed/unassigned', 105: 'Removed/unassigned',
  106: 'Removed/unassigned', 107: 'Removed/unassigned', 108: 'IPv6-Only Preferred', 109: 'Unassigned', 110: 'Removed/Unassigned', 111: 'Unassigned', 112: 'NetInfo Parent Server Address',
  113: 'NetInfo Parent Server Tag', 114: 'DHCP Captive-Portal', 115: 'Removed/Unassigned', 116: 'DHCP Auto-Configuration', 117: 'Name Service Search', 118: 'Subnet Selection Option',
  119: 'Domain Search', 120: 'SIP Servers', 121: 'Classless Static Route', 122: 'CableLabs Client Configuration', 123: 'Coordinate-based Location Configuration', 124: 'V-I Vendor Class',
  125: 'V-I Vendor-specific Information', 126: 'Removed/Unassigned', 127: 'Removed/Unassigned', 128: 'DOCSIS full security server IP', 129: 'PXE - undefined (vendor specific)',
  130: 'PXE - undefined (vendor specific)', 131: 'PXE - undefined (vendor specific)', 132: 'PXE - undefined (vendor specific)', 133: 'PXE - undefined (vendor specific)',
  134: 'PXE - undefined (vendor specific)', 135: 'PXE - undefined (vendor specific)', 136: 'PANA Authentication Agent', 137: 'LoST Server Domain Name', 138: 'CAPWAP Access Controllers',
  139: 'IPv4 Address-MoS', 140: 'IPv4 FQDN-MoS', 141: 'SIP UA Configuration Domains', 142: 'IPv4 Address ANDSF', 143: 'Zerotouch Redirect', 144: 'Geospatial Location',
  145: 'Forcerenew Nonce Capable', 146: 'RDNSS Selection', 147: 'Unassigned', 148: 'Unassigned', 149: 'Unassigned', 150: 'TFTP Server Address', 151: 'Leasequery Status code',
  152: 'Leasequery Base Time', 153: 'Leasequery Start Time of State', 154: 'Leasequery Query Start Time', 155: 'Leasequery Query End Time', 156: 'Leasequery Dhcp State',
  157: 'Leasequery Data Source', 158: 'PCP Server', 159: 'Portparams', 160: 'Unassigned (ex DHCP Captive-Portal)', 161: 'Manufacturer Usage Description', 162: 'Unassigned', 163: 'Unassigned',
  164: 'Unassigned', 165: 'Unassigned', 166: 'Unassigned', 167: 'Unassigned', 168: 'Unassigned', 169: 'Unassigned', 170: 'Unassigned', 171: 'Unassigned', 172: 'Unassigned', 173: 'Unassigned',
  174: 'Unassigned', 175: 'Etherboot', 176: 'IP Telephone', 177: 'Etherboot', 178: 'Unassigned', 179: 'Unassigned', 180: 'Unassigned', 181: 'Unassigned', 182: 'Unassigned', 183: 'Unassigned',
  184: 'Unassigned', 185: 'Unassigned', 186: 'Unassigned', 187: 'Unassigned', 188: 'Unassigned', 189: 'Unassigned', 190: 'Unassigned', 191: 'Unassigned', 192: 'Unassigned', 193: 'Unassigned',
  194: 'Unassigned', 195: 'Unassigned', 196: 'Unassigned', 197: 'Unassigned', 198: 'Unassigned', 199: 'Unassigned', 200: 'Unassigned', 201: 'Unassigned', 202: 'Unassigned', 203: 'Unassigned',
  204: 'Unassigned', 205: 'Unassigned', 206: 'Unassigned', 207: 'Unassigned', 208: 'PXELINUX Magic', 209: 'PXE Configuration file', 210: 'PXE Path Prefix', 211: 'Reboot Time', 212: '6RD',
  213: 'V4 Access Domain', 214: 'Unassigned', 215: 'Unassigned', 216: 'Unassigned', 217: 'Unassigned', 218: 'Unassigned', 219: 'Unassigned', 220: 'Subnet Allocation',
  221: 'Virtual Subnet Selection', 222: 'Unassigned', 223: 'Unassigned', 224: 'Private', 225: 'Private', 226: 'Private', 227: 'Private', 228: 'Private', 229: 'Private', 230: 'Private',
  231: 'Private', 232: 'Private', 233: 'Private', 234: 'Private', 235: 'Private', 236: 'Private', 237: 'Private', 238: 'Private', 239: 'Private', 240: 'Private', 241: 'Private',
  242: 'Private/Avaya IP Telephone', 243: 'Private', 244: 'Private', 245: 'Private', 246: 'Private', 247: 'Private', 248: 'Private', 249: 'Private/Classless Static Route (Microsoft)',
  250: 'Private', 251: 'Private', 252: 'Private/Proxy autodiscovery', 253: 'Private', 254: 'Private',
};
