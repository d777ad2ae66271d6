/**
 * People who know the display filter type it where the capture filter belongs. This tells such text, and
 * writes the everyday ones in the capture filter's language (pcap-filter(7)).
 */
interface Translation {
  readonly display: RegExp;
  /** With the value in place of $1. */
  readonly capture: string;
}

const value = String.raw`\s*(?:==|eq)\s*([\w.:/-]+)`;
const translations: readonly Translation[] = [
  { display: new RegExp(`^ip(?:v6)?\\.addr${value}$`, 'i'), capture: 'host $1' },
  { display: new RegExp(`^ip(?:v6)?\\.src${value}$`, 'i'), capture: 'src host $1' },
  { display: new RegExp(`^ip(?:v6)?\\.dst${value}$`, 'i'), capture: 'dst host $1' },
  { display: new RegExp(`^eth\\.addr${value}$`, 'i'), capture: 'ether host $1' },
  { display: new RegExp(`^(tcp|udp)\\.port\\s*(?:==|eq)\\s*(\\d+)$`, 'i'), capture: '$1 port $2' },
  { display: new RegExp(`^(tcp|udp)\\.srcport\\s*(?:==|eq)\\s*(\\d+)$`, 'i'), capture: '$1 src port $2' },
  { display: new RegExp(`^(tcp|udp)\\.dstport\\s*(?:==|eq)\\s*(\\d+)$`, 'i'), capture: '$1 dst port $2' },
  { display: /^dns$/i, capture: 'port 53' },
  { display: /^https?$/i, capture: 'tcp port 80 or tcp port 443' },
  { display: /^(?:dhcp|bootp)$/i, capture: 'udp port 67 or udp port 68' },
  { display: /^icmpv6$/i, capture: 'icmp6' },
  { display: /^ipv6$/i, capture: 'ip6' },
];

/** A field name, a comparison in symbols beside one, or an operator that only the display filter has. */
const displayOnly = /\b(?:ip|ipv6|tcp|udp|eth|frame|dns|http|tls|icmp|arp|vlan)\.[a-z]|\b(?:contains|matches)\b|\bin\s*\{/i;

export interface FilterHint {
  /** The same in the capture filter's language; null where only a human can say. */
  readonly suggestion: string | null;
}

/** Null where the text is not a display filter. */
export function displayFilterHint(text: string): FilterHint | null {
  const parts = text.trim().split(/\s*(&&|\|\||\band\b|\bor\b)\s*/);
  const translated = parts.map((part, index) => (index % 2 === 1 ? (/&&|and/.test(part) ? 'and' : 'or') : translate(part)));
  const isChanged = parts.some((part, index) => index % 2 === 0 && translated[index] !== part);
  if (translated.every((part) => part !== null) && isChanged) return { suggestion: translated.join(' ') };
  return displayOnly.test(text) ? { suggestion: null } : null;
}

/** Null where it is the display filter's and not among the everyday ones; as it stands where it may be the capture filter's. */
function translate(part: string): string | null {
  const bare = part.trim();
  const found = translations.find(({ display }) => display.test(bare));
  if (found !== undefined) return bare.replace(found.display, found.capture);
  return displayOnly.test(bare) ? null : part;
}
