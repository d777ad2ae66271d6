/** Internet Group Management Protocol, versions 0 to 3: hosts tell routers which multicast groups they want. */
import { readU16, readU32, readU8 } from '../../bytes/reader.ts';
import { ipv4Text } from '../address-text.ts';
import { takeInternetChecksum } from '../checksum-field.ts';
import { protocol } from '../define.ts';
import { CHECKSUM, igmpFields, LEAVE, QUERY, RECORD_TYPES, REPORT_V1, REPORT_V2, REPORT_V3, TRACE_QUERY, TRACE_RESPONSE, TYPES } from './igmp/fields.ts';
import type { IgmpLayer } from './igmp/fields.ts';
import { putTraceroute } from './igmp/traceroute.ts';

/** Length of version 1 and 2 messages, and of the fixed part of a version 3 query. */
const SHORT_LENGTH = 8;
const QUERY_V3_LENGTH = 12;
const RECORD_HEADER = 8;
const V0_LENGTH = 20;
const CREATE = 1;
const LAST_OF_V0 = 8;
/** From this reply of version 0 on the value is a time to wait. */
const PENDING = 5;
const NO_VERSION = -1;
const FIRST_OF_RGMP = 0xfc;
/** All routers and switches that speak RGMP: 224.0.0.25. */
const RGMP_GROUP = 0xe000_0019;

export const igmp = protocol({
  id: 'igmp',
  title: 'Internet Group Management Protocol',
  short: 'IGMP',
  spec: 'RFC 3376 §4',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [2] }],
  fields: igmpFields,
  parse(layer) {
    layer.protocolName('IGMP');
    layer.info(() => '');
    if (!layer.has(1)) return;
    const type = layer.peekU8();
    if (type >= FIRST_OF_RGMP && isForRgmp(layer)) {
      layer.call('rgmp');
      return;
    }
    const version = versionOf(layer, type);
    const isTrace = type === TRACE_QUERY || type === TRACE_RESPONSE;
    if (version === NO_VERSION && !isTrace) {
      if (layer.tryNext('igmp.type', type) === null) unknown(layer, type);
      return;
    }
    // Wireshark has a table of types below IGMP, which leaves the name a second time.
    layer.run.protocolNames.push('igmp');
    if (isTrace) return putTraceroute(layer, type);
    layer.protocolName(`IGMPv${version}`);
    layer.info(() => infoText(layer, type, version));
    layer.putGenerated('version', version, layer.start, 0);
    layer.take('type');
    if (version === 0) version0(layer, type);
    else if (type === REPORT_V3) report(layer);
    else if (version === 3) query(layer);
    else message(layer, version);
  },
});

function isForRgmp({ run: { network } }: IgmpLayer): boolean {
  return network?.version === 4 && readU32(network.bytes, network.destination) === RGMP_GROUP;
}

/** NO_VERSION for types that are not of IGMP itself. Queries of version 3 are longer, those of version 1 have no time (RFC 3376 §7.1). */
function versionOf(layer: IgmpLayer, type: number): number {
  if (type === REPORT_V3) return 3;
  if (type === REPORT_V1) return 1;
  if (type === REPORT_V2 || type === LEAVE) return 2;
  if (type >= CREATE && type <= LAST_OF_V0) return 0;
  if (type !== QUERY) return NO_VERSION;
  if (layer.reportedLeft >= QUERY_V3_LENGTH) return 3;
  return layer.peekU8(1) === 0 ? 1 : 2;
}

function unknown(layer: IgmpLayer, type: number): void {
  layer.info(() => TYPES[type] ?? `Unknown Type:0x${type.toString(16).padStart(2, '0')}`);
  layer.take('type');
  if (layer.left > 0) layer.take('data', layer.left);
}

// ── words ────────────────────────────────────────────────────────────────────

function infoText(layer: IgmpLayer, type: number, version: number): string {
  const group = ipv4Text(layer.bytes, layer.start + 4);
  const isWhole = layer.end - layer.start >= SHORT_LENGTH;
  if (type === REPORT_V3 || version <= 1 || !isWhole) return TYPES[type] ?? '';
  if (type === LEAVE) return `Leave Group ${group}`;
  if (type === REPORT_V2) return `Membership Report group ${group}`;
  return group === '0.0.0.0' ? 'Membership Query, general' : `Membership Query, specific for group ${group}`;
}

function sourceList(layer: IgmpLayer, at: number, count: number): string {
  return `{${Array.from({ length: Math.min(count, Math.ceil((layer.end - at) / 4)) }, (_, index) => ipv4Text(layer.bytes, at + index * 4)).join(', ')}}`;
}

/** What a group record means, in the words of the host that sent it. */
function recordWords(layer: IgmpLayer, type: number, group: string, at: number, count: number): string {
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

function takeChecksum(layer: IgmpLayer, length: number): void {
  takeInternetChecksum(layer, CHECKSUM, layer.start, layer.start + length);
}

/** The first version, which had rooms with keys (RFC 988, Appendix I). */
function version0(layer: IgmpLayer, type: number): void {
  if (type === CREATE) layer.take('group_type');
  else if (type % 2 === 0) layer.take(layer.peekU8() < PENDING ? 'reply' : 'reply.pending');
  else layer.skip(1);
  takeChecksum(layer, V0_LENGTH);
  layer.take('identifier');
  layer.take('maddr');
  layer.take('access_key', 8);
}

function message(layer: IgmpLayer, version: number): void {
  if (version === 1) layer.take('reserved', 1);
  else layer.take('max_resp');
  takeChecksum(layer, SHORT_LENGTH);
  layer.take('maddr');
}

/** From 128 on the code is a floating-point number (RFC 3376 §4.1.1). */
function takeResponseTime(layer: IgmpLayer): void {
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

function query(layer: IgmpLayer): void {
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

function takeSources(layer: IgmpLayer, count: number): void {
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) layer.take('saddr');
}

function report(layer: IgmpLayer): void {
  layer.take('reserved', 1);
  takeChecksum(layer, layer.reportedEnd - layer.start);
  layer.take('reserved', 2);
  const count = layer.take('num_grp_recs');
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) putRecord(layer);
}

function putRecord(layer: IgmpLayer): void {
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
