/** Address families (IANA, address family numbers). */
export const ADDRESS_FAMILIES: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'IPv4', 2: 'IPv6', 3: 'NSAP', 4: 'HDLC (8-bit multidrop)', 5: 'BBN 1822', 6: '802 (includes all 802 media plus Ethernet)', 7: 'E.163',
  8: 'E.164 (SMDS, Frame Relay, ATM)', 9: 'F.69 (Telex)', 10: 'X.121 (X.25, Frame Relay)', 11: 'IPX', 12: 'Appletalk', 13: 'Decnet IV', 14: 'Banyan Vines',
  15: 'E.164 with NSAP subaddress', 16: 'DNS (Domain Name System)', 17: 'Distinguished Name', 18: 'AS Number', 19: 'XTP over IP version 4',
  20: 'XTP over IP version 6', 21: 'XTP native mode XTP', 22: 'Fibre Channel World-Wide Port Name', 23: 'Fibre Channel World-Wide Node Name', 24: 'GWID',
  25: 'Layer-2 VPN', 26: 'MPLS-TP Section Endpoint Identifier', 27: 'MPLS-TP LSP Endpoint Identifier', 28: 'MPLS-TP Pseudowire Endpoint Identifier',
  29: 'MT IP: Multi-Topology IP version 4', 30: 'MT IPv6: Multi-Topology IP version 6', 196: 'Layer-2 VPN (old)',
};

/** Parts of a civic address (RFC 4776 §3.4). */
export const CIVIC_PARTS: Readonly<Record<number, string>> = {
  0: 'Language', 1: 'National subdivisions (province, state, etc)', 2: 'County, parish, district', 3: 'City, township', 4: 'City division, borough, ward',
  5: 'Neighborhood, block', 6: 'Street', 16: 'Leading street direction', 17: 'Trailing street suffix', 18: 'Street suffix', 19: 'House number',
  20: 'House number suffix', 21: 'Landmark or vanity address', 22: 'Additional location information', 23: 'Name', 24: 'Postal/ZIP code', 25: 'Building', 26: 'Unit',
  27: 'Floor', 28: 'Room number', 29: 'Place type', 128: 'Script',
};
