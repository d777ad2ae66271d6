/**
 * Record data of the types that are a plain row of fields (RFC 1035 §3.3 and later ones), as
 * layouts; types with rules of their own are functions in the files beside this one.
 *
 * Like Wireshark, a field may run past the record's stated length as long as the message
 * goes on; the next record starts where the length says.
 */
import { ipv4Text, ipv6Text } from '../../address-text.ts';
import type { DnsField, DnsLayer } from './fields.ts';
import { readName, textAt } from './name.ts';
import type { DomainName } from './name.ts';

/** Where a record's data lies, absolute, and where offset 0 of pointers is. */
export interface RecordData {
  readonly start: number;
  readonly length: number;
  readonly end: number;
  readonly message: number;
}

/** What a record adds to the Info column and to its own line in the tree. */
export interface RecordWords {
  readonly info?: string;
  readonly label?: string;
}

export type RecordReader = (layer: DnsLayer, data: RecordData) => RecordWords | undefined;

const NOTHING: RecordWords = {};

/** Reads and records a domain name at the cursor. */
export function takeName(layer: DnsLayer, key: DnsField, message: number): DomainName {
  const name = readName(layer, layer.cursor, message);
  if (layer.broken) return name;
  layer.cursor += name.wireLength;
  layer.put(key, name.text, name.start, name.wireLength);
  return name;
}

/** A length byte and as many bytes of text. Returns the bytes. */
export function takeCounted(layer: DnsLayer, lengthKey: DnsField, key: DnsField): Uint8Array {
  const length = layer.take(lengthKey) as number;
  return layer.take(key, length) as Uint8Array;
}

/** All that is left of the record. */
export function takeRest(layer: DnsLayer, key: DnsField, data: RecordData): void {
  layer.take(key, Math.max(0, data.end - layer.cursor));
}

type Step = DnsField | { readonly name: DnsField } | { readonly rest: DnsField } | { readonly counted: readonly [DnsField, DnsField] };

function follow(layer: DnsLayer, data: RecordData, steps: readonly Step[]): void {
  for (const step of steps) {
    if (layer.broken) return;
    if (typeof step === 'string') layer.take(step);
    else if ('name' in step) takeName(layer, step.name, data.message);
    else if ('rest' in step) takeRest(layer, step.rest, data);
    else takeCounted(layer, step.counted[0], step.counted[1]);
  }
}

/** Strings with a length byte each, until the record ends. */
function strings(lengthKey: DnsField, key: DnsField): RecordReader {
  return (layer, data) => {
    layer.each(() => takeCounted(layer, lengthKey, key), data.end);
    if (layer.cursor > data.end) layer.malformed();
    return NOTHING;
  };
}

function row(...steps: readonly Step[]): RecordReader {
  return (layer, data) => {
    follow(layer, data, steps);
    return NOTHING;
  };
}

/** One name that stands in the Info column. */
function oneName(key: DnsField, word: string): RecordReader {
  return (layer, data) => {
    const text = takeName(layer, key, data.message).text;
    return layer.broken ? undefined : { info: ` ${text}`, label: `, ${word}${text}` };
  };
}

/** A preference and a name. */
function preferred(preferenceKey: DnsField, key: DnsField, word: string): RecordReader {
  return (layer, data) => {
    // The preference is shown with its name, or not at all.
    readName(layer, layer.cursor + 2, data.message);
    const preference = layer.take(preferenceKey) as number;
    const text = takeName(layer, key, data.message).text;
    return layer.broken ? undefined : { info: ` ${preference} ${text}`, label: `, preference ${preference}, ${word} ${text}` };
  };
}

function addressV4(layer: DnsLayer): RecordWords | undefined {
  const bytes = layer.take('a');
  if (layer.broken || !(layer.run.text || layer.run.labels)) return undefined;
  const text = ipv4Text(bytes, 0);
  return { info: ` ${text}`, label: `, addr ${text}` };
}

function addressV6(layer: DnsLayer): RecordWords | undefined {
  const bytes = layer.take('aaaa');
  if (layer.broken || !(layer.run.text || layer.run.labels)) return undefined;
  const text = ipv6Text(bytes, 0);
  return { info: ` ${text}`, label: `, addr ${text}` };
}

function startOfAuthority(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const primary = takeName(layer, 'soa.mname', data.message);
  const broken = layer.broken;
  follow(layer, data, [{ name: 'soa.rname' }, 'soa.serial_number', 'soa.refresh_interval', 'soa.retry_interval', 'soa.expire_limit', 'soa.minimum_ttl']);
  return broken ? undefined : { info: ` ${primary.text}`, label: `, mname ${primary.text}` };
}

function hostInformation(layer: DnsLayer): RecordWords | undefined {
  const from = layer.cursor;
  const cpu = takeCounted(layer, 'hinfo.cpu_length', 'hinfo.cpu');
  const os = takeCounted(layer, 'hinfo.os_length', 'hinfo.os');
  if (layer.broken) return undefined;
  const cpuText = textAt(layer, from + 1, cpu.length);
  const osText = textAt(layer, from + 2 + cpu.length, os.length);
  return { info: ` ${cpuText} ${osText}`, label: `, CPU ${cpuText}, OS ${osText}` };
}

function service(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const priority = layer.take('srv.priority');
  const weight = layer.take('srv.weight');
  const port = layer.take('srv.port');
  const target = takeName(layer, 'srv.target', data.message).text;
  if (layer.broken) return undefined;
  return { info: ` ${priority} ${weight} ${port} ${target}`, label: `, priority ${priority}, weight ${weight}, port ${port}, target ${target}` };
}

function isdn(layer: DnsLayer, data: RecordData): RecordWords {
  takeCounted(layer, 'idsn.length', 'idsn.address');
  if (layer.cursor < data.end) takeCounted(layer, 'idsn.sa.length', 'idsn.sa.address');
  return NOTHING;
}

function location(layer: DnsLayer, data: RecordData): RecordWords {
  if (layer.peekU8() === 0) follow(layer, data, ['loc.version', 'loc.size', 'loc.horizontal_precision', 'loc.vertical_precision', 'loc.latitude', 'loc.longitude', 'loc.altitude']);
  else {
    layer.at('loc.version', layer.cursor);
    takeRest(layer, 'loc.unknown_data', data);
  }
  return NOTHING;
}

function hostIdentity(layer: DnsLayer, data: RecordData): RecordWords {
  const tagLength = layer.take('hip.hit.length');
  layer.take('hip.hit.pk.algo');
  const keyLength = layer.take('hip.pk.length');
  layer.take('hip.hit', tagLength);
  layer.take('hip.pk', keyLength);
  layer.each(() => takeName(layer, 'hip.rendezvous_server', data.message), data.end);
  return NOTHING;
}

export const PLAIN_READERS: Readonly<Record<number, RecordReader>> = {
  1: addressV4,
  2: oneName('ns', 'ns '),
  3: row({ name: 'md' }),
  4: row({ name: 'mf' }),
  5: oneName('cname', 'cname '),
  6: startOfAuthority,
  7: row({ name: 'mb' }),
  8: row({ name: 'mg' }),
  9: row({ name: 'mr' }),
  10: row({ rest: 'null' }),
  12: oneName('ptr.domain_name', ''),
  13: hostInformation,
  14: row({ name: 'minfo.r' }, { name: 'minfo.e' }),
  15: preferred('mx.preference', 'mx.mail_exchange', 'mx'),
  16: strings('txt.length', 'txt'),
  17: row({ name: 'rp.mailbox' }, { name: 'rp.txt_rr' }),
  18: row('afsdb.subtype', { name: 'afsdb.hostname' }),
  19: row({ counted: ['x25.length', 'x25.psdn_address'] }),
  20: isdn,
  21: row('rt.subtype', { name: 'rt.intermediate_host' }),
  22: row({ rest: 'nsap.rdata' }),
  23: row({ name: 'nsap_ptr.owner' }),
  26: row('px.preference', { name: 'px.map822' }, { name: 'px.map400' }),
  27: row({ counted: ['gpos.longitude_length', 'gpos.longitude'] }, { counted: ['gpos.latitude_length', 'gpos.latitude'] }, { counted: ['gpos.altitude_length', 'gpos.altitude'] }),
  28: addressV6,
  29: location,
  33: service,
  36: preferred('kx.preference', 'kx.key_exchange', 'kx'),
  37: row('cert.type', 'cert.key_tag', 'cert.algorithm', { rest: 'cert.certificate' }),
  39: oneName('dname', 'dname '),
  44: row('sshfp.algorithm', 'sshfp.fingerprint.type', { rest: 'sshfp.fingerprint' }),
  49: row({ rest: 'dhcid.rdata' }),
  52: row('tlsa.certificate_usage', 'tlsa.selector', 'tlsa.matching_type', { rest: 'tlsa.certificate_association_data' }),
  55: hostIdentity,
  61: row({ rest: 'openpgpkey' }),
  63: row('zonemd.serial', 'zonemd.scheme', 'zonemd.hash_algo', { rest: 'zonemd.digest' }),
  99: strings('spf.length', 'spf'),
  104: row('ilnp.nid.preference', { rest: 'ilnp.nid' }),
  105: row('ilnp.l32.preference', 'ilnp.l32'),
  106: row('ilnp.l64.preference', { rest: 'ilnp.l64' }),
  107: row('ilnp.lp.preference', { name: 'ilnp.lp' }),
  108: row('eui48'),
};
