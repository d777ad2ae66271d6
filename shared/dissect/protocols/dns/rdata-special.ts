/** Record data with rules of its own: addresses with prefixes, bit maps of ports, services, certificates. */
import { readU8 } from '../../../bytes/reader.ts';
import { hexText, ipv4Text, ipv6Text } from '../../address-text.ts';
import type { DnsLayer } from './fields.ts';
import { textAt } from './name.ts';
import { takeName } from './rdata.ts';
import type { RecordData, RecordReader, RecordWords } from './rdata.ts';

const NOTHING: RecordWords = {};

/** RFC 1035 §3.4.2: a bit per port; only bytes with a set bit are shown. */
function wellKnownServices(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const address = layer.take('wks.address');
  if (layer.broken) return undefined;
  const words = { info: ` ${ipv4Text(address, 0)}`, label: `, addr ${ipv4Text(address, 0)}` };
  layer.take('wks.protocol');
  const first = layer.cursor;
  layer.each(() => {
    const bits = layer.peekU8();
    if (bits === 0) layer.skip(1);
    else {
      const port = (layer.cursor - first) * 8;
      layer.take('wks.bits');
      layer.label(() => `Ports: ${setBits(bits).map((bit) => port + bit).join(', ')}`);
    }
  }, data.end);
  return words;
}

/** Positions of the bits that are set, the highest bit being 0. */
function setBits(bits: number): number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (bits & (0x80 >> bit)) !== 0);
}

/** RFC 2874 §3.1: the address's last bits, and where its first bits are to be found. */
function addressWithPrefix(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const prefixLength = layer.take('a6.prefix_len');
  const suffixLength = Math.max(0, 16 - Math.floor(prefixLength / 8));
  const start = layer.cursor;
  const bytes = new Uint8Array(16);
  layer.skip(suffixLength);
  if (layer.broken) return undefined;
  for (let index = 0; index < suffixLength; index += 1) bytes[16 - suffixLength + index] = readU8(layer.bytes, start + index);
  layer.put('a6.address_suffix', bytes, start, suffixLength);
  const prefix = prefixLength > 0 ? takeName(layer, 'a6.prefix_name', data.message).text : '';
  const text = `${prefixLength} ${ipv6Text(bytes, 0)} ${prefix}`;
  return layer.broken ? undefined : { info: ` ${text}`, label: `, addr ${text}` };
}

/** RFC 3123 §4: address prefixes, trailing zero bytes left out. */
function addressPrefixes(layer: DnsLayer, data: RecordData): RecordWords {
  layer.each(() => {
    const family = layer.take('apl.address_family');
    layer.take('apl.coded_prefix');
    if (!layer.has(1)) return;
    const at = layer.cursor;
    const lengths = layer.peekU8();
    layer.put('apl.negation', lengths >> 7, at, 1);
    layer.put('apl.afdlength', lengths & 0x7f, at, 1);
    layer.skip(1);
    takePrefix(layer, family, lengths & 0x7f);
  }, data.end);
  return NOTHING;
}

function takePrefix(layer: DnsLayer, family: number, length: number): void {
  const size = family === 1 ? 4 : family === 2 ? 16 : 0;
  if (size === 0) {
    layer.take('apl.afdpart.data', length);
    return;
  }
  if (length > size) {
    layer.malformed();
    return;
  }
  const start = layer.cursor;
  layer.skip(length);
  if (layer.broken) return;
  layer.put(family === 1 ? 'apl.afdpart.ipv4' : 'apl.afdpart.ipv6', padded(layer.bytes, start, length, size), start, length);
}

/** `length` bytes at `start`, followed by zeros up to `size`. */
export function padded(bytes: Uint8Array, start: number, length: number, size: number): Uint8Array {
  const address = new Uint8Array(size);
  for (let index = 0; index < length; index += 1) address[index] = readU8(bytes, start + index);
  return address;
}

/** RFC 3403 §4.1. */
function namingAuthority(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const order = layer.take('naptr.order');
  const preference = layer.take('naptr.preference');
  const flagsLength = layer.take('naptr.flags_length');
  const flagsAt = layer.cursor;
  layer.take('naptr.flags', flagsLength);
  layer.take('naptr.service', layer.take('naptr.service_length'));
  layer.take('naptr.regex', layer.take('naptr.regex_length'));
  if (layer.broken) return undefined;
  layer.putGenerated('naptr.replacement_length', 0, layer.cursor, 1);
  const lengthEntry = layer.run.lastEntry;
  const replacement = takeName(layer, 'naptr.replacement', data.message);
  // tshark lists the length before the name that it is the length of.
  if (lengthEntry >= 0 && !layer.broken) layer.run.tape.numbers[lengthEntry] = replacement.length;
  const flags = textAt(layer, flagsAt, flagsLength);
  return { info: ` ${order} ${preference} ${flags}`, label: `, order ${order}, preference ${preference}, flags ${flags}` };
}

function eui64(layer: DnsLayer): RecordWords {
  const at = layer.cursor;
  layer.skip(8);
  if (!layer.broken) layer.put('eui64', hexText(layer.bytes, at, at + 8, ':'), at, 8);
  return NOTHING;
}

const TAG_FIELDS = { issue: 'caa.issue', issuewild: 'caa.issuewild', iodef: 'caa.iodef' } as const;

/** RFC 8659 §4.1: a tag and its value, which runs to the end of the record. */
function certificationAuthority(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('caa.flags');
  layer.inside(() => layer.flag('caa.flags.issuer_critical'));
  const lengthAt = layer.cursor;
  if (!layer.has(1)) return NOTHING;
  const tagLength = layer.peekU8();
  const valueAt = lengthAt + 1 + tagLength;
  const valueLength = data.end - valueAt;
  if (valueLength < 0 || !layer.reaches(valueAt + valueLength)) {
    layer.malformed();
    return NOTHING;
  }
  const tag = textAt(layer, lengthAt + 1, tagLength);
  const key = Object.hasOwn(TAG_FIELDS, tag) ? TAG_FIELDS[tag as keyof typeof TAG_FIELDS] : 'caa.unknown';
  layer.put(key, layer.bytes.subarray(valueAt, valueAt + valueLength), lengthAt, valueAt + valueLength - lengthAt);
  layer.inside(() => {
    layer.take('caa.tag_length');
    layer.take('caa.tag', tagLength);
    layer.take('caa.value', valueLength);
  });
  return NOTHING;
}

function windowsLookup(layer: DnsLayer, data: RecordData): RecordWords {
  takeLocalFlag(layer, 'wins.local_flag');
  layer.take('wins.lookup_timeout');
  layer.take('wins.cache_timeout');
  layer.take('wins.nb_wins_servers');
  layer.each(() => layer.take('wins.wins_server'), data.end);
  if (layer.cursor > data.end) layer.malformed();
  return NOTHING;
}

function windowsReverseLookup(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  takeLocalFlag(layer, 'winsr.local_flag');
  layer.take('winsr.lookup_timeout');
  layer.take('winsr.cache_timeout');
  const domain = takeName(layer, 'winsr.name_result_domain', data.message).text;
  return layer.broken ? undefined : { info: ` ${domain}`, label: `, name result domain ${domain}` };
}

/** A 32-bit word of which only the lowest bit means something. */
function takeLocalFlag(layer: DnsLayer, key: 'wins.local_flag' | 'winsr.local_flag'): void {
  if (!layer.has(4)) return;
  layer.put(key, layer.peekU8(3) & 1, layer.cursor, 4);
  layer.skip(4);
}

/** draft-bellis-dnsop-xpf: who a proxy speaks for. */
function forwardedFor(layer: DnsLayer): RecordWords {
  const version = layer.take('xpf.ip_version');
  layer.take('xpf.protocol');
  if (version === 4) {
    layer.take('xpf.source_ipv4');
    layer.take('xpf.destination_ipv4');
  } else if (version === 6) {
    layer.take('xpf.source_ipv6');
    layer.take('xpf.destination_ipv6');
  } else return NOTHING;
  layer.take('xpf.sport');
  layer.take('xpf.dport');
  return NOTHING;
}

export const SPECIAL_READERS: Readonly<Record<number, RecordReader>> = {
  11: wellKnownServices,
  35: namingAuthority,
  38: addressWithPrefix,
  42: addressPrefixes,
  109: eui64,
  257: certificationAuthority,
  65281: windowsLookup,
  65282: windowsReverseLookup,
  65422: forwardedFor,
};
