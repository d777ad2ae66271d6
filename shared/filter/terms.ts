/**
 * Filters made from a packet that somebody points at: "everything like this field", "everything
 * of this conversation".
 */
import type { Dissection } from '../dissect/dissection.ts';
import type { Tape } from '../dissect/tape.ts';
import { valueText } from '../dissect/values.ts';
import { kindOf } from './value-type.ts';

/** Longer values are no use in a filter that people read. */
const MOST_CHARACTERS = 512;

/** The filter for packets with the same value as a tape entry: "ip.ttl == 64"; "" where there is none. */
export function termOf(tape: Tape, entry: number): string {
  const field = tape.fields[entry];
  if (!field) return '';
  const value = valueText(tape, entry);
  switch (kindOf(field.type)) {
    case 'none':
    case 'protocol':
      return field.name;
    case 'string':
      return value.length > MOST_CHARACTERS ? '' : `${field.name} == ${quoted(value)}`;
    case 'bytes':
      return value.length > MOST_CHARACTERS || value === '' ? '' : `${field.name} == ${(value.match(/../g) ?? []).join(':')}`;
    case 'time':
      return `${field.name} == ${quoted(value)}`;
    default:
      return value === '' ? '' : `${field.name} == ${value}`;
  }
}

/** `valueText` has escaped white space already, as filters do. */
function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replace(/\\\\([bfnrt])/g, '\\$1').replaceAll('"', '\\"')}"`;
}

export interface ColumnTerms {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
}

const SOURCES: ReadonlySet<string> = new Set(['ip.src', 'ipv6.src', 'eth.src', 'wlan.sa', 'arp.src.hw_mac']);
const DESTINATIONS: ReadonlySet<string> = new Set(['ip.dst', 'ipv6.dst', 'eth.dst', 'wlan.da']);

/** What the list's columns say of a packet, as filters; "" where a column cannot be filtered by. */
export function columnTerms({ tape, protocolNames }: Dissection): ColumnTerms {
  let source = '';
  let destination = '';
  // The innermost addresses are those that the list shows.
  for (let entry = 0; entry < tape.count; entry += 1) {
    const name = tape.fields[entry]?.name ?? '';
    if (SOURCES.has(name)) source = termOf(tape, entry);
    else if (DESTINATIONS.has(name)) destination = termOf(tape, entry);
  }
  return { source, destination, protocol: protocolNames.findLast((name) => name !== 'data' && name !== 'ethertype') ?? '' };
}

export interface ConversationTerm {
  /** "TCP", "IPv4", … */
  readonly title: string;
  readonly filter: string;
}

/** Kinds of conversations, innermost first: the two fields of an end, and the one that stands for both ends. */
const KINDS: readonly (readonly [title: string, source: string, destination: string, either: string, carriedBy: 'network' | null])[] = [
  ['TCP', 'tcp.srcport', 'tcp.dstport', 'tcp.port', 'network'],
  ['UDP', 'udp.srcport', 'udp.dstport', 'udp.port', 'network'],
  ['SCTP', 'sctp.srcport', 'sctp.dstport', 'sctp.port', 'network'],
  ['IPv6', 'ipv6.src', 'ipv6.dst', 'ipv6.addr', null],
  ['IPv4', 'ip.src', 'ip.dst', 'ip.addr', null],
  ['Ethernet', 'eth.src', 'eth.dst', 'eth.addr', null],
];

/** Filters for the conversations that a packet belongs to, in both directions. */
export function conversationTerms({ tape }: Dissection): readonly ConversationTerm[] {
  const values = new Map<string, string>();
  for (let entry = 0; entry < tape.count; entry += 1) {
    const name = tape.fields[entry]?.name;
    if (name !== undefined) values.set(name, valueText(tape, entry));
  }
  const ends = (source: string, destination: string, either: string): string | null => {
    const [from, to] = [values.get(source), values.get(destination)];
    return from === undefined || to === undefined ? null : `${either} == ${from} && ${either} == ${to}`;
  };
  const network = ends('ipv6.src', 'ipv6.dst', 'ipv6.addr') ?? ends('ip.src', 'ip.dst', 'ip.addr');
  return KINDS.flatMap(([title, source, destination, either, carriedBy]) => {
    const own = ends(source, destination, either);
    if (own === null) return [];
    return [{ title, filter: carriedBy === null || network === null ? own : `${network} && ${own}` }];
  });
}
