/** Names of cipher suites and of ways to manage keys, by organization and type in one number (IEEE 802.11-2020 table 9-149, 9-151). */
import { organizationText } from '../../../names/organizations.ts';

const IEEE = 0x000fac;
const MICROSOFT = 0x0050f2;

const CIPHERS: readonly string[] = [
  'Use group cipher suite', 'WEP (40-bit)', 'TKIP', 'AES (OCB)', 'AES (CCM)', 'WEP (104-bit)', 'BIP (128)', 'Group addressed traffic not allowed',
  'GCMP (128)', 'GCMP (256)', 'CCMP (256)', 'BIP (GMAC-128)', 'BIP (GMAC-256)', 'BIP (CMAC-256)',
];
const KEY_MANAGEMENT: readonly string[] = [
  'None', 'WPA', 'PSK', 'FT over IEEE 802.1X', 'FT using PSK', 'WPA (SHA256)', 'PSK (SHA256)', 'TDLS / TPK Handshake (SHA256)', 'SAE (SHA256)', 'FT using SAE (SHA256)', 'AP Peer Key (SHA256)',
  'WPA (SHA256-SuiteB)', 'WPA (SHA384-SuiteB)', 'FT over IEEE 802.1X (SHA384)', 'FILS (SHA256 and AES-SIV-256)', 'FILS (SHA384 and AES-SIV-512)', 'FT over FILS (SHA256 and AES-SIV-256)', 'FT over FILS (SHA384 and AES-SIV-512)',
  'Opportunistic Wireless Encryption', 'FT using PSK (SHA384)', 'PSK (SHA384)', 'PASN',
];

function suiteText(value: number, names: readonly string[]): string {
  const organization = Math.floor(value / 256);
  const name = organization === IEEE || organization === MICROSOFT ? names[value & 0xff] : undefined;
  return `${organizationText(organization)} ${name ?? `Unknown ${value & 0xff}`}`;
}

/** "00:0f:ac (IEEE 802.11) AES (CCM)". */
export function cipherText(value: number): string {
  return suiteText(value, CIPHERS);
}

export function keyManagementText(value: number): string {
  return suiteText(value, KEY_MANAGEMENT);
}
