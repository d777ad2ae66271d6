/** NetBIOS names: 16 bytes, the last of which says what the name stands for (RFC 1001 §14, RFC 1002 §4.1). */
import { readU16, readU8 } from '../../../bytes/reader.ts';

/** What the last byte of a name stands for. */
const SERVICES: Readonly<Record<number, string>> = {
  0x00: 'Workstation/Redirector',
  0x01: 'Browser',
  0x02: 'Workstation/Redirector',
  0x03: 'Messenger service/Main name',
  0x05: 'Forwarded name',
  0x06: 'RAS Server service',
  0x1b: 'Domain Master Browser',
  0x1c: 'Domain Controllers',
  0x1d: 'Local Master Browser',
  0x1e: 'Browser Election Service',
  0x1f: 'Net DDE Service',
  0x20: 'Server service',
  0x21: 'RAS client service',
  0x22: 'Exchange Interchange (MSMail Connector)',
  0x23: 'Exchange Store',
  0x24: 'Exchange Directory',
  0x2b: 'Lotus Notes Server service',
  0x30: 'Modem sharing server service',
  0x31: 'Modem sharing client service',
  0x43: 'SMS Clients Remote Control',
  0x44: 'SMS Administrators Remote Control Tool',
  0x45: 'SMS Clients Remote Chat',
  0x46: 'SMS Clients Remote Transfer',
  0x4c: 'DEC Pathworks TCP/IP Service on Windows NT',
  0x52: 'DEC Pathworks TCP/IP Service on Windows NT',
  0x6a: 'Microsoft Exchange IMC',
  0x87: 'Microsoft Exchange MTA',
  0xbe: 'Network Monitor Agent',
  0xbf: 'Network Monitor Analyzer',
};

export const NAME_BYTES = 16;

export interface NetbiosName {
  /** With its last byte in angle brackets, and the scope behind a dot. */
  readonly text: string;
  /** What the last byte stands for; null where the name is not well formed. */
  readonly service: string | null;
  /** Bytes that the name takes where it stands. */
  readonly size: number;
}

export function serviceName(type: number): string {
  return SERVICES[type] ?? 'Unknown';
}

/** The first 15 bytes without the blanks at the end; what is not printable in angle brackets. */
export function plainName(bytes: Uint8Array, start: number): string {
  let text = '';
  for (let index = 0; index < NAME_BYTES - 1; index += 1) {
    const byte = readU8(bytes, start + index);
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : bracketed(byte);
  }
  return text.replace(/ +$/, '');
}

export function bracketed(byte: number): string {
  return `<${byte.toString(16).padStart(2, '0')}>`;
}

const POINTER = 0xc0;
/** Pointers that are followed; more are a loop. */
const MOST_POINTERS = 32;
const LONGEST_NAME = 255;

/** Labels of the name at `start`, with those that pointers lead to; null where they make no name. `message`: what pointers count from. */
function labelsAt(bytes: Uint8Array, start: number, message: number, end: number): { readonly labels: readonly (readonly [at: number, length: number])[]; readonly size: number } | null {
  const labels: (readonly [number, number])[] = [];
  let at = start;
  let size = 0;
  let total = 0;
  for (let pointers = 0; pointers <= MOST_POINTERS; ) {
    if (at >= end) return null;
    const length = readU8(bytes, at);
    if (length === 0) return { labels, size: size || at + 1 - start };
    if ((length & POINTER) === POINTER) {
      if (at + 2 > end) return null;
      size ||= at + 2 - start;
      at = message + (readU16(bytes, at) & 0x3fff);
      pointers += 1;
      continue;
    }
    if ((length & POINTER) !== 0 || at + 1 + length > end) return null;
    labels.push([at + 1, length]);
    total += length + 1;
    if (total > LONGEST_NAME) return null;
    at += 1 + length;
  }
  return { labels: [], size: size || 1 };
}

/** The name at `start`; null where the bytes end before it does. */
export function netbiosNameAt(bytes: Uint8Array, start: number, message: number, end: number): NetbiosName | null {
  const found = labelsAt(bytes, start, message, end);
  if (found === null) return null;
  const { labels, size } = found;
  const [first, ...scope] = labels;
  const problem = (words: string): NetbiosName => ({ text: `Illegal NetBIOS name (${words})`, service: null, size });
  if (first === undefined) return problem('1st character not between A and Z in first-level encoding');
  const name = new Uint8Array(NAME_BYTES);
  for (let index = 0; index < NAME_BYTES; index += 1) {
    const high = index * 2 < first[1] ? readU8(bytes, first[0] + index * 2) : 0;
    const low = index * 2 + 1 < first[1] ? readU8(bytes, first[0] + index * 2 + 1) : 0;
    if (high < 0x41 || high > 0x5a) return problem('1st character not between A and Z in first-level encoding');
    if (low < 0x41 || low > 0x5a) return problem('2nd character not between A and Z in first-level encoding');
    name[index] = ((high - 0x41) << 4) | ((low - 0x41) & 0x0f);
  }
  const type = readU8(name, NAME_BYTES - 1);
  const domain = scope.map(([at, length]) => `.${String.fromCharCode(...bytes.subarray(at, at + length))}`).join('');
  return { text: `${plainName(name, 0)}${bracketed(type)}${domain}`, service: serviceName(type), size };
}
