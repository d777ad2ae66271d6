/** Ends of data connections as they stand in commands and answers (RFC 959 §4.1.2, RFC 2428 §2-3). */
import { parseAddress } from '../../../bytes/address-parser.ts';

/** An address and a port, and where in the text they stand. */
export interface NamedEnd {
  readonly address: Uint8Array;
  readonly addressAt: number;
  readonly addressLength: number;
  readonly port: number;
  readonly portAt: number;
  readonly portLength: number;
}

/** Six numbers, "192,0,2,1,19,137": four of the address, two of the port. */
export function readSixNumbers(text: string): NamedEnd | null {
  const match = /(\d+,\d+,\d+,\d+),(\d+,\d+)/.exec(text);
  if (match === null) return null;
  const [, addressText = '', portText = ''] = match;
  const [high = 0, low = 0] = portText.split(',').map(Number);
  const portAt = match.index + addressText.length + 1;
  return {
    address: Uint8Array.from(addressText.split(','), Number), addressAt: match.index, addressLength: addressText.length, port: ((high & 0xff) << 8) | (low & 0xff), portAt, portLength: portText.length,
  };
}

/** "|1|192.0.2.1|5001|"; the first character is what stands between the parts. */
export function readExtended(text: string): (NamedEnd & { readonly family: 1 | 2 }) | null {
  const match = /^([!-~])([12])\1(.+?)\1(\d{1,5})\1/.exec(text);
  if (match === null) return null;
  const [, , familyText, addressText = '', portText = ''] = match;
  const family = familyText === '1' ? 1 : 2;
  const address = parseAddress(addressText);
  const port = Number(portText);
  if (address === null || address.length !== (family === 1 ? 4 : 16) || port > 0xffff) return null;
  return { family, address, addressAt: 4, addressLength: addressText.length, port, portAt: 5 + addressText.length, portLength: portText.length };
}

/** "(|||5001|)": the address is that of the control connection. */
export function readExtendedPort(text: string): { readonly port: number; readonly portAt: number; readonly portLength: number } | null {
  const match = /\(\|\|\|(\d{1,5})\|.*\)/.exec(text);
  const digits = match?.[1] ?? '';
  return match === null || Number(digits) > 0xffff ? null : { port: Number(digits), portAt: match.index + 4, portLength: digits.length };
}
