/** DNS messages (RFC 1035 §4), names in answers compressed to the question's name. */
import { type Bytes, concat, counted, ip, latin1, u16, u32, u8 } from './bytes.ts';

export const dnsType = { a: 1, ns: 2, cname: 5, soa: 6, ptr: 12, aaaa: 28 } as const;
export const dnsResponseCode = { ok: 0, serverFailure: 2, nameError: 3 } as const;

export interface DnsQuestion {
  readonly id: number;
  readonly name: string;
  readonly type: number;
}

export interface DnsRecord {
  /** Defaults to the question's name. */
  readonly name?: string;
  readonly type: number;
  readonly ttl: number;
  readonly data: Bytes;
}

export interface DnsAnswer {
  readonly code?: number;
  readonly answers?: readonly DnsRecord[];
  readonly authorities?: readonly DnsRecord[];
}

const internetClass = 1;
const questionName = 0xc00c;

export function dnsName(name: string): Bytes {
  const labels = name === '' ? [] : name.split('.');
  return concat(...labels.map((label) => counted(8, latin1(label))), u8(0));
}

export function dnsQuery({ id, name, type }: DnsQuestion): Bytes {
  const recursionDesired = 0x0100;
  return concat(u16(id), u16(recursionDesired), u16(1), u16(0), u16(0), u16(0), question(name, type));
}

export function dnsResponse({ id, name, type }: DnsQuestion, { code = 0, answers = [], authorities = [] }: DnsAnswer): Bytes {
  const flags = 0x8180 | code;
  const counts = [1, answers.length, authorities.length, 0].map(u16);
  return concat(u16(id), u16(flags), ...counts, question(name, type), ...[...answers, ...authorities].map(record));
}

export function addressRecord(address: string, ttl = 300, name?: string): DnsRecord {
  const data = ip(address);
  return { type: data.length === 4 ? dnsType.a : dnsType.aaaa, ttl, data, ...(name === undefined ? {} : { name }) };
}

/** RFC 1035 §3.3.13: what a negative answer carries, so that it may be cached (RFC 2308). */
export function soaRecord(zone: string, ttl = 900): DnsRecord {
  const timers = [2024051401, 7200, 900, 1209600, ttl].map(u32);
  return { name: zone, type: dnsType.soa, ttl, data: concat(dnsName(`ns1.${zone}`), dnsName(`hostmaster.${zone}`), ...timers) };
}

function question(name: string, type: number): Bytes {
  return concat(dnsName(name), u16(type), u16(internetClass));
}

function record({ name, type, ttl, data }: DnsRecord): Bytes {
  return concat(name === undefined ? u16(questionName) : dnsName(name), u16(type), u16(internetClass), u32(ttl), counted(16, data));
}
