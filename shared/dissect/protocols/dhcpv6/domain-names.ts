/** Domain names in options: labels without pointers (RFC 8415 §10), whole with a final zero, partial without (RFC 4704 §4.2). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import type { Dhcpv6Key, Dhcpv6Layer } from './fields.ts';

const MAX_LABEL = 63;

interface Name {
  /** Labels with dots between them, and one at the end where the name is whole. */
  readonly text: string;
  readonly labels: number;
  readonly isWhole: boolean;
  /** Length of the label that reaches past the option; -1 where none does. */
  readonly badLength: number;
  readonly end: number;
}

function readDomain(bytes: Uint8Array, start: number, end: number): Name {
  const labels: string[] = [];
  let at = start;
  while (at < end) {
    const length = readU8(bytes, at);
    at += 1;
    if (length === 0) return { text: `${labels.join('.')}.`, labels: labels.length, isWhole: true, badLength: -1, end: at };
    if (length > MAX_LABEL || at + length > end) return { text: labels.join('.'), labels: labels.length, isWhole: false, badLength: length, end };
    labels.push(latin1(bytes, at, at + length));
    at += length;
  }
  return { text: labels.join('.'), labels: labels.length, isWhole: false, badLength: -1, end };
}

/** Reads the names in `length` bytes, all of them, and remarks those that no resolver can use. */
export function takeDomains(layer: Dhcpv6Layer, key: Dhcpv6Key, length: number): void {
  if (!layer.reaches(layer.cursor + length)) return;
  const end = layer.cursor + length;
  let hasWhole = false;
  layer.each(() => {
    const start = layer.cursor;
    const name = readDomain(layer.bytes, start, end);
    layer.cursor = name.end;
    putDomain(layer, key, name, start, hasWhole);
    if (name.isWhole) hasWhole = true;
  }, end);
}

/** A name of its own under a heading, as lists of names have it. */
export function takeDomainList(layer: Dhcpv6Layer, key: Dhcpv6Key, length: number, title: string): void {
  if (length > 0) layer.group(null, () => takeDomains(layer, key, length), () => title);
}

function putDomain(layer: Dhcpv6Layer, key: Dhcpv6Key, name: Name, start: number, hasWhole: boolean): void {
  const size = name.end - start;
  if (name.badLength >= 0) {
    layer.put('domain_field_len_exceeded', name.badLength, start, 1);
    const entry = layer.run.lastEntry;
    layer.inside(() => layer.put('decoded_portion', name.text, start, size));
    layer.expert('expert.domain_field_length_exceeded', 'error', 'Malformed', 'FQDN exceeds length of the domain name field', entry);
    layer.infoAppend(() => ' [DOMAIN FIELD LEN EXCEEDED]');
  } else if (name.isWhole && name.labels === 0) {
    layer.put('root_only_domain_name', "['.' (0)]", start, size);
    layer.expert('expert.root_only_domain_name', 'error', 'Protocol', 'A root-only domain name cannot be resolved.');
    layer.infoAppend(() => ' [ROOT-ONLY DOMAIN NAME]');
  } else if (name.isWhole && name.labels === 1) {
    layer.put('tld', name.text, start, size);
    layer.expert('expert.tld_lookup', 'warn', 'Protocol', 'TLDs are rarely resolvable');
  } else if (!name.isWhole && hasWhole) {
    layer.put('partial_name_preceded_by_fqdn', name.text, start, size);
    layer.expert('expert.partial_name_preceded_by_fqdn', 'error', 'Protocol', 'Partial name is preceded by an FQDN');
    layer.infoAppend(() => ' [PROTOCOL VIOLATION]');
  } else layer.put(key, name.text, start, size);
}
