/** What GRE carries: EtherTypes, and numbers that only tunnels know (IANA, "EtherType Numbers"; Wireshark's names). */
const NAMES: Readonly<Record<number, string>> = {
  0x0000: 'Possible GRE keepalive packet', 0x00fe: 'OSI', 0x0800: 'IP', 0x0806: 'ARP', 0x2000: 'CDP (Cisco)', 0x2001: 'NHRP', 0x22eb: 'ERSPAN III',
  0x6400: 'MIKROTIK EoIP', 0x6558: 'Transparent Ethernet bridging', 0x6559: 'Frame Relay', 0x8137: 'IPX', 0x86dd: 'IPv6', 0x880b: 'PPP', 0x883e: 'WCCP',
  0x8847: 'MPLS label switched packet', 0x8881: 'CDMA2000 A10 Unstructured byte stream', 0x88be: 'ERSPAN', 0x88d2: 'CDMA2000 A10 3GPP2 Packet', 0x8909: 'CiscoMetaData',
  0x894f: 'Network Service Header', 0x9000: 'ARUBA WLAN', 0xb7ea: 'Huawei GRE bonding', 0xfeae: 'AIROHIVE AP AP',
};

/** Aruba's access points number their tunnels 0x8200, 0x8210 … 0x8370. */
function isAruba(type: number): boolean {
  return type >= 0x8200 && type <= 0x8370 && type % 0x10 === 0;
}

export function payloadName(type: number): string | undefined {
  return Object.hasOwn(NAMES, type) ? NAMES[type] : isAruba(type) ? 'ARUBA WLAN' : undefined;
}
