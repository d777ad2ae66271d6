/** Names of link types for people (tcpdump.org/linktypes.html). */

const NAMES: Readonly<Record<number, string>> = {
  0: 'BSD loopback (NULL)',
  1: 'Ethernet',
  6: 'Token Ring',
  7: 'ARCNET',
  8: 'SLIP',
  9: 'PPP',
  10: 'FDDI',
  50: 'PPP in HDLC framing',
  51: 'PPPoE',
  101: 'Raw IP',
  104: 'Cisco HDLC',
  105: 'IEEE 802.11',
  107: 'Frame Relay',
  108: 'OpenBSD loopback (LOOP)',
  113: 'Linux cooked v1',
  127: 'IEEE 802.11 with radiotap',
  147: 'User 0',
  163: 'IEEE 802.11 with AVS',
  189: 'USB (Linux)',
  192: 'PPI',
  195: 'IEEE 802.15.4',
  220: 'USB (Linux, mmapped)',
  227: 'CAN (SocketCAN)',
  228: 'Raw IPv4',
  229: 'Raw IPv6',
  239: 'NFLOG',
  249: 'USBPcap',
  253: 'Netlink',
  276: 'Linux cooked v2',
};

export function linkTypeName(linkType: number): string {
  return NAMES[linkType] ?? `link type ${linkType}`;
}
