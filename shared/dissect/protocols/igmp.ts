/** Internet Group Management Protocol, versions 1 to 3: hosts tell routers which multicast groups they want. */
import { addWords, expectedChecksum, internetChecksum } from '../../bytes/checksum.ts';
import { readU16, readU8 } from '../../bytes/reader.ts';
import { ipv4Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const QUERY = 0x11;
const REPORT_V1 = 0x12;
const REPORT_V2 = 0x16;
const LEAVE = 0x17;
const REPORT_V3 = 0x22;

/** Length of version 1 and 2 messages, and of the fixed part of a version 3 query. */
const SHORT_LENGTH = 8;
const QUERY_V3_LENGTH = 12;
const RECORD_HEADER = 8;

const TYPES: Readonly<Record<number, string>> = { [QUERY]: 'Membership Query', [REPORT_V1]: 'Membership Report', [REPORT_V2]: 'Membership Report', [LEAVE]: 'Leave Group', [REPORT_V3]: 'Membership Report' };
const RECORD_TYPES: Readonly<Record<number, string>> = {
  1: 'Mode Is Include', 2: 'Mode Is Exclude', 3: 'Change To Include Mode', 4: 'Change To Exclude Mode', 5: 'Allow New Sources', 6: 'Block Old Sources',
};

const fields = {
  'version': { type: 'u8', label: 'IGMP Version' },
  'type': { type: 'u8', label: 'Type', base: 'hex', names: TYPES, help: 'Query: a router asks who wants groups. Report: a host wants this one.' },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'max_resp': { type: 'u8', label: 'Max Resp Time', show: (value) => `${(value / 10).toFixed(1)} sec`, help: 'Within this time hosts answer, each after a random delay.' },
  'max_resp.exp': { type: 'u8', label: 'Exponent', base: 'hex', mask: 0x70 },
  'max_resp.mant': { type: 'u8', label: 'Mantissa', base: 'hex', mask: 0x0f },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: { 0: 'Bad', 1: 'Good', 2: 'Unverified' } },
  'maddr': { type: 'ipv4', label: 'Multicast Address' },
  's': { type: 'bool', label: 'S', mask: 0x08, states: ['SUPPRESS router side processing', 'Do not suppress router side processing'] },
  'qrv': { type: 'u8', label: 'QRV', mask: 0x07, help: 'Querier\'s robustness variable: how many lost packets it allows for.' },
  'qqic': { type: 'u8', label: 'QQIC', help: 'Querier\'s query interval code: how often it asks.' },
  'num_src': { type: 'u16', label: 'Num Src' },
  'saddr': { type: 'ipv4', label: 'Source Address' },
  'num_grp_recs': { type: 'u16', label: 'Num Group Records' },
  'record_type': { type: 'u8', label: 'Record Type', names: RECORD_TYPES },
  'aux_data_len': { type: 'u8', label: 'Aux Data Len' },
  'aux_data': { type: 'bytes', label: 'Aux Data' },
  'data': { type: 'bytes', label: 'Data' },
  'bad_checksum': { type: 'none', label: 'Bad checksum' },
} as const satisfies Fields;

type Own = Layer<typeof fields>;

export const igmp = protocol({
  id: 'igmp',
  title: 'Internet Group Management Protocol',
  short: 'IGMP',
  spec: 'RFC 3376 §4',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [2] }],
  fields,
  parse(layer) {
    layer.protocolName('IGMP');
    layer.info(() => '');
    if (!layer.has(1)) return;
    const type = layer.peekU8();
    const version = versionOf(layer, type);
    if (version === 0) return unknown(layer, type);
    // Wireshark has a table of types below IGMP, which leaves the name a second time.
    layer.run.protocolNames.push('igmp');
    layer.protocolName(`IGMPv${version}`);
    layer.info(() => infoText(layer, type, version));
    layer.putGenerated('version', version, layer.start, 0);
    layer.take('type');
    if (type === REPORT_V3) report(layer);
    else if (version === 3) query(layer);
    else message(layer, version);
  },
});

/** 0 for types that are not of IGMP itself. Queries of version 3 are longer, those of version 1 have no time (RFC 3376 §7.1). */
function versionOf(layer: Own, type: number): number {
  if (type === REPORT_V3) return 3;
  if (type === REPORT_V1) return 1;
  if (type === REPORT_V2 || type === LEAVE) return 2;
  if (type !== QUERY) return 0;
  if (layer.reportedLeft >= QUERY_V3_LENGTH) return 3;
  return layer.peekU8(1) === 0 ? 1 : 2;
}

function unknown(layer: Own, type: number): void {
  layer.info(() => `Unknown Type:0x${type.toString(16).padStart(2, '0')}`);
  layer.take('type');
  if (layer.left > 0) layer.take('data', layer.left);
}

// ── words ────────────────────────────────────────────────────────────────────

function infoText(layer: Own, type: number, version: number): string {
  const group = ipv4Text(layer.bytes, layer.start + 4);
  const isWhole = layer.end - layer.start >= SHORT_LENGTH;
  if (type === REPORT_V3 || version === 1 || !isWhole) return TYPES[type] ?? '';
  if (type === LEAVE) return `Leave Group ${group}`;
  if (type === REPORT_V2) return `Membership Report group ${group}`;
  return group === '0.0.0.0' ? 'Membership Query, general' : `Membership Query, specific for group ${group}`;
}

function sourceList(layer: Own, at: number, count: number): string {
  return `{${Array.from({ length: Math.min(count, Math.ceil((layer.end - at) / 4)) }, (_, index) => ipv4Text(layer.bytes, at + index * 4)).join(', ')}}`;
}

/** What a group record means, in the words of the host that sent it. */
function recordWords(layer: Own, type: number, group: string, at: number, count: number): string {
  const sources = count > 0 ? sourceList(layer, at, count) : '';
  const plural = count > 1 ? 's' : '';
  switch (type) {
    case 1:
    case 3:
      if (count === 0) return `Leave group ${group}`;
      return count === 1 ? `Join group ${group} for source ${sources}` : `Join group ${group} for sources in ${sources}`;
    case 2:
    case 4:
      if (count === 0) return `Join group ${group} for any sources`;
      return count === 1 ? `Join group ${group}, for source not ${sources}` : `Join group ${group}, for sources not in ${sources}`;
    case 5:
      return count === 0 ? `Group ${group}, ALLOW_NEW_SOURCES but no source specified (?)` : `Group ${group}, new source${plural} ${sources}`;
    case 6:
      return count === 0 ? `Group ${group}, BLOCK_OLD_SOURCES but no source specified (?)` : `Group ${group}, block source${plural} ${sources}`;
    default:
      return `Group ${group}, unknown record type (?)`;
  }
}

// ── messages ─────────────────────────────────────────────────────────────────

function takeChecksum(layer: Own, length: number): void {
  const at = layer.cursor;
  const found = layer.take('checksum');
  if (layer.broken || !layer.run.remarks) return;
  const end = layer.start + length;
  if (end > layer.end) {
    layer.putGenerated('checksum.status', 2, at, 0);
    return;
  }
  const computed = internetChecksum(addWords(0, layer.bytes, layer.start, end));
  if (computed !== 0) layer.expert('bad_checksum', 'warn', 'Checksum', `Bad checksum [should be 0x${expectedChecksum(found, computed).toString(16).padStart(4, '0')}]`);
  layer.putGenerated('checksum.status', computed === 0 ? 1 : 0, at, 0);
}

function message(layer: Own, version: number): void {
  if (version === 1) layer.take('reserved', 1);
  else layer.take('max_resp');
  takeChecksum(layer, SHORT_LENGTH);
  layer.take('maddr');
}

/** From 128 on the code is a floating-point number (RFC 3376 §4.1.1). */
function takeResponseTime(layer: Own): void {
  const at = layer.cursor;
  const code = layer.peekU8();
  if (code < 0x80) {
    layer.take('max_resp');
    return;
  }
  layer.skip(1);
  layer.put('max_resp', ((code & 0x0f) | 0x10) << (((code >> 4) & 0x07) + 3), at, 1);
  layer.inside(() => {
    layer.at('max_resp.exp', at);
    layer.at('max_resp.mant', at);
  });
}

function query(layer: Own): void {
  takeResponseTime(layer);
  takeChecksum(layer, layer.reportedEnd - layer.start);
  layer.take('maddr');
  layer.at('s', layer.cursor);
  layer.take('qrv');
  layer.take('qqic');
  const count = layer.take('num_src');
  if (count > 0 && !layer.broken) layer.infoAppend(() => `, source${count > 1 ? 's' : ''} ${sourceList(layer, layer.cursor, count)}`);
  takeSources(layer, count);
}

function takeSources(layer: Own, count: number): void {
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) layer.take('saddr');
}

function report(layer: Own): void {
  layer.take('reserved', 1);
  takeChecksum(layer, layer.reportedEnd - layer.start);
  layer.take('reserved', 2);
  const count = layer.take('num_grp_recs');
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) putRecord(layer);
}

function putRecord(layer: Own): void {
  const at = layer.cursor;
  if (!layer.has(RECORD_HEADER)) return;
  const type = readU8(layer.bytes, at);
  const auxiliaryLength = readU8(layer.bytes, at + 1) * 4;
  const sources = readU16(layer.bytes, at + 2);
  const group = ipv4Text(layer.bytes, at + 4);
  layer.group(null, () => {
    layer.take('record_type');
    layer.take('aux_data_len');
    layer.take('num_src');
    layer.take('maddr');
    layer.infoAppend(() => ` / ${recordWords(layer, type, group, layer.cursor, sources)}`);
    takeSources(layer, sources);
    if (auxiliaryLength > 0) layer.take('aux_data', auxiliaryLength);
  }, () => `Group Record : ${group}  ${RECORD_TYPES[type] ?? 'Unknown'}`);
}
