/** Questions and resource records (RFC 1035 §4.1.2 and §4.1.3). */
import { takeOptions, takeOptRecordHead } from './edns.ts';
import type { DnsLayer } from './fields.ts';
import { readName } from './name.ts';
import type { DomainName } from './name.ts';
import { className, typeName } from './names.ts';
import { PLAIN_READERS } from './rdata.ts';
import type { RecordReader, RecordWords } from './rdata.ts';
import { SECURITY_READERS } from './rdata-security.ts';
import { SPECIAL_READERS } from './rdata-special.ts';
import { serviceBinding } from './service-binding.ts';

const READERS: Readonly<Record<number, RecordReader>> = { ...PLAIN_READERS, ...SPECIAL_READERS, ...SECURITY_READERS, 64: serviceBinding, 65: serviceBinding };

/** Types for which tshark writes the owner's name after the type. */
const OWNER_IN_INFO: ReadonlySet<number> = new Set([3, 4, 7, 8, 9, 10, 14, 17, 18, 19, 20, 21, 22, 23, 26, 27, 42, 49, 51, 52, 55]);

const TYPE_SRV = 33;
const TYPE_OPT = 41;

/** The top bit of the class means something of its own in mDNS (RFC 6762 §10.2 and §5.4). */
function takeClass(layer: DnsLayer, multicast: boolean, key: 'qry.class' | 'resp.class', flagKey: 'qry.qu' | 'resp.cache_flush'): number {
  if (!multicast) return layer.take(key);
  if (!layer.has(2)) return 0;
  const value = layer.peekU16();
  layer.put(key, value & 0x7fff, layer.cursor, 2);
  layer.put(flagKey, value >> 15, layer.cursor, 2);
  layer.skip(2);
  return value & 0x7fff;
}

/** Reads a name and makes sure that `more` bytes follow it; null where they do not. */
function readHead(layer: DnsLayer, message: number, more: number): DomainName | null {
  const name = readName(layer, layer.cursor, message);
  return layer.broken || !layer.reaches(layer.cursor + name.wireLength + more) ? null : name;
}

/** Reads a question; returns where it ends. */
export function takeQuestion(layer: DnsLayer, message: number, multicast: boolean): number {
  const name = readHead(layer, message, 4);
  if (!name) return layer.cursor;
  const type = layer.peekU16(name.wireLength);
  const classBits = layer.peekU16(name.wireLength + 2);
  const question = multicast ? `, "${classBits >= 0x8000 ? 'QU' : 'QM'}" question` : '';
  layer.infoAppend(() => ` ${typeName(type)} ${name.text}${question}`);
  layer.group(
    null,
    () => {
      layer.skip(name.wireLength);
      layer.put('qry.name', name.text, name.start, name.wireLength);
      layer.putGenerated('qry.name.len', name.length, name.start, name.wireLength);
      layer.putGenerated('count.labels', name.labels, name.start, name.wireLength);
      layer.take('qry.type');
      takeClass(layer, multicast, 'qry.class', 'qry.qu');
    },
    () => `${name.text}: type ${typeName(type)}, class ${className(multicast ? classBits & 0x7fff : classBits)}${question}`,
  );
  return layer.cursor;
}

/** A service's name says service, protocol and domain; the fields take it apart. */
function putOwner(layer: DnsLayer, name: DomainName, type: number): void {
  if (type !== TYPE_SRV) {
    layer.put('resp.name', name.text, name.start, name.wireLength);
    return;
  }
  if (!layer.run.items) return;
  const [service = '', protocol, ...rest] = name.text.split('.');
  layer.put('srv.service', service, name.start, name.wireLength);
  if (protocol === undefined) return;
  layer.put('srv.proto', protocol, name.start, name.wireLength);
  if (rest.length > 0) layer.put('srv.name', rest.join('.'), name.start, name.wireLength);
}

/**
 * Reads a record. It is shown when all its bytes are there; the list names it as soon as its
 * head is. Returns where its fields end: they may run into the next record, which starts
 * where the stated length says.
 */
export function takeRecord(layer: DnsLayer, message: number, multicast: boolean): number {
  const name = readHead(layer, message, 10);
  if (!name) return layer.cursor;
  const type = layer.peekU16(name.wireLength);
  const classBits = layer.peekU16(name.wireLength + 2);
  const flush = multicast && classBits >= 0x8000 && type !== TYPE_OPT;
  layer.infoAppend(() => ` ${typeName(type)}${flush ? ', cache flush' : ''}`);
  const length = layer.peekU16(name.wireLength + 8);
  const end = layer.cursor + name.wireLength + 10 + length;
  if (!layer.reaches(end)) return layer.cursor;
  if (length > 0 && OWNER_IN_INFO.has(type)) layer.infoAppend(() => ` ${name.text}`);
  let words: RecordWords | undefined;
  layer.group(
    null,
    () => {
      layer.skip(name.wireLength);
      putOwner(layer, name, type);
      layer.take('resp.type');
      if (type === TYPE_OPT) takeOptRecordHead(layer, multicast);
      else takeRecordHead(layer, multicast);
      words = takeData(layer, type, message);
    },
    () => recordLabel(name, type, multicast ? classBits & 0x7fff : classBits, flush, words),
  );
  const info = words?.info;
  if (info !== undefined) layer.infoAppend(() => info);
  const reached = layer.cursor;
  if (!layer.broken) layer.cursor = end;
  return reached;
}

function recordLabel(name: DomainName, type: number, classValue: number, flush: boolean, words: RecordWords | undefined): string {
  const head = `${name.text}: type ${typeName(type)}`;
  return type === TYPE_OPT ? head : `${head}, class ${className(classValue)}${flush ? ', cache flush' : ''}${words?.label ?? ''}`;
}

function takeRecordHead(layer: DnsLayer, multicast: boolean): void {
  takeClass(layer, multicast, 'resp.class', 'resp.cache_flush');
  const ttl = layer.take('resp.ttl');
  if (ttl >= 0x8000_0000) layer.expert('ttl.high_bit_set', 'warn', 'Protocol', 'The uppermost bit of the TTL is set (RFC 2181, section 8)');
}

function takeData(layer: DnsLayer, type: number, message: number): RecordWords | undefined {
  const length = layer.take('resp.len');
  if (layer.broken || length === 0) return undefined;
  const start = layer.cursor;
  const end = start + length;
  let words: RecordWords | undefined;
  if (type === TYPE_OPT) takeOptions(layer, end);
  else {
    const reader = READERS[type];
    if (reader) words = reader(layer, { start, length, end, message });
    else takeUnknown(layer, type, length);
  }
  if (!layer.broken) layer.cursor = Math.max(layer.cursor, end);
  return words;
}

function takeUnknown(layer: DnsLayer, type: number, length: number): void {
  layer.take('data', length);
  if (!layer.broken) layer.expert('undecoded.type', 'note', 'Undecoded', `DNS type ${type} is not decoded; its data is shown as bytes`);
}
