/** Organizations by the three bytes IEEE gave them: those that number protocols. */
export const ORGANIZATIONS: Readonly<Record<number, string>> = {
  0x000000: 'Officially Xerox, but 0:0:0:0:0:0 is more common', 0x00000c: 'Cisco Systems, Inc', 0x00005e: 'ICANN, IANA Department', 0x000081: 'Bay Networks', 0x0000f8: 'Digital Equipment Corporation',
  0x0001e8: 'Force10 Networks, Inc.', 0x001000: 'Cable Television Laboratories, Inc.', 0x001090: 'Cimetrics, Inc.', 0x0017f2: 'Apple, Inc.', 0x001958: 'Bluetooth SIG, Inc.', 0x004096: 'Cisco Systems, Inc',
  0x005043: 'Marvell Semiconductor, Inc.', 0x0050f2: 'Microsoft Corp.', 0x00601d: 'Lucent Technologies', 0x00805f: 'Hewlett Packard', 0x0080c2: 'IEEE', 0x00e02b: 'Extreme Networks Headquarters',
  0x00e052: 'Brocade Communications Systems LLC', 0x080007: 'Apple, Inc.', 0x00120f: 'IEEE 802.3', 0x0012bb: 'TIA TR-41 Committee', 0x000fac: 'IEEE 802.11',
  0x000142: 'Cisco Systems, Inc', 0x00040d: 'Avaya Inc', 0x000ecf: 'PROFIBUS Nutzerorganisation e.V.', 0x001b21: 'Intel Corporate', 0x001b3f: 'IEEE 802.1Qbg', 0x506f9a: 'Wi-Fi Alliance', 0xa42305: 'Open Networking Laboratory',
};

/** "00:00:0c". */
export function ouiText(value: number): string {
  return value.toString(16).padStart(6, '0').replace(/(..)(..)(..)/, '$1:$2:$3');
}

/** "00:00:0c (Cisco Systems, Inc)", or the bytes alone. */
export function organizationText(value: number): string {
  const name = ORGANIZATIONS[value];
  return name === undefined ? ouiText(value) : `${ouiText(value)} (${name})`;
}
