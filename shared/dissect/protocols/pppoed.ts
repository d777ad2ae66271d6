/** Discovery of PPP over Ethernet: a client looks for an access concentrator and opens a session. */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ouiText } from '../names/organizations.ts';
import { escapeText } from '../values.ts';
import { headerFields, HEADER_LENGTH, TAG_CREDITS, takeHeader } from './pppoe/header.ts';

/** RFC 2516 appendix A, RFC 4938 §5, RFC 4638 §2. */
const TAG = { end: 0x0000, serviceName: 0x0101, acName: 0x0102, vendor: 0x0105, metrics: 0x0107 } as const;
const TAG_NAMES: Readonly<Record<number, string>> = {
  0x0000: 'End-Of-List', 0x0101: 'Service-Name', 0x0102: 'AC-Name', 0x0103: 'Host-Uniq', 0x0104: 'AC-Cookie', 0x0105: 'Vendor-Specific', 0x0106: 'Credits', 0x0107: 'Metrics', 0x0108: 'Sequence Number',
  0x0109: 'Credit Scale Factor', 0x0110: 'Relay-Session-Id', 0x0111: 'HURL', 0x0112: 'MOTM', 0x0120: 'PPP-Max-Payload', 0x0121: 'IP Route Add', 0x0201: 'Service-Name-Error', 0x0202: 'AC-System-Error', 0x0203: 'Generic-Error',
};
/** The broadband forum's number; its tags describe the subscriber's line (TR-101 §3.9.2). */
const BROADBAND_FORUM = 3561;
const ACCESS_LOOP = 0x90;

const RATES: Readonly<Record<number, string>> = { 0: 'kilobits per second', 1: 'megabits per second', 2: 'gigabits per second', 3: 'terabits per second' };
const LOOP_LINKS: Readonly<Record<number, string>> = { 0: 'ATM AAL5', 1: 'Ethernet' };
const LOOP_FIRST: Readonly<Record<number, string>> = { 0: 'NA', 1: 'Untagged Ethernet', 2: 'Single-tagged Ethernet', 3: 'Double-tagged Ethernet' };
const LOOP_SECOND: Readonly<Record<number, string>> = {
  0: 'NA', 1: 'PPPoA LLC', 2: 'PPPoA Null', 3: 'IPoA LLC', 4: 'IPoA Null', 5: 'Ethernet over AAL5 LLC w FCS', 6: 'Ethernet over AAL5 LLC w/o FCS', 7: 'Ethernet over AAL5 Null w FCS', 8: 'Ethernet over AAL5 Null w/o FCS',
};

const fields = () => ({
  ...headerFields(),
  'tags': { type: 'none', label: 'PPPoE Tags' },
  'tag': { type: 'u16', label: 'Tag', base: 'hex', names: TAG_NAMES },
  'tag_length': { type: 'u16', label: 'Tag Length' },
  'tag_length_8': { type: 'u8', label: 'Tag Length' },
  'tag_length.invalid': { type: 'none', label: 'Wrong length' },
  'tag.unknown_data': { type: 'bytes', label: 'Unknown Data' },
  'tags.service_name': { type: 'string', label: 'Service-Name', help: 'The service that the client wants; empty for any.' },
  'tags.ac_name': { type: 'string', label: 'AC-Name', help: 'Name of the access concentrator.' },
  'tags.host_uniq': { type: 'bytes', label: 'Host-Uniq', help: 'Chosen by the client; answers repeat it, so that the client knows its own.' },
  'tags.ac_cookie': { type: 'bytes', label: 'AC-Cookie', help: 'Chosen by the access concentrator; the client must repeat it, which proves that its address is real.' },
  'tags.vendor_id': { type: 'u32', label: 'Vendor id', show: ouiText },
  'tags.vendor_unspecified': { type: 'bytes', label: 'Vendor unspecified' },
  'tags.vendorspecific.tags': { type: 'none', label: 'Vendor Specific PPPoE Tags' },
  'tags.circuit_id': { type: 'string', label: 'Circuit ID', encoding: 'ascii' },
  'tags.remote_id': { type: 'string', label: 'Remote ID', encoding: 'ascii' },
  'tags.act_data_rate_up': { type: 'u32', label: 'Actual Data Rate Upstream' },
  'tags.act_data_rate_down': { type: 'u32', label: 'Actual Data Rate Downstream' },
  'tags.min_data_rate_up': { type: 'u32', label: 'Minimum Data Rate Upstream' },
  'tags.min_data_rate_down': { type: 'u32', label: 'Minimum Data Rate Downstream' },
  'tags.attainable_data_rate_up': { type: 'u32', label: 'Attainable DataRate Upstream' },
  'tags.attainable_data_rate_down': { type: 'u32', label: 'Attainable DataRate Downstream' },
  'tags.max_data_rate_up': { type: 'u32', label: 'Maximum Data Rate Upstream' },
  'tags.max_data_rate_down': { type: 'u32', label: 'Maximum Data Rate Downstream' },
  'tags.min_data_rate_up_lp': { type: 'u32', label: 'Min DataRate Upstream in low power state' },
  'tags.min_data_rate_down_lp': { type: 'u32', label: 'Minimum Data Rate Downstream in low power state' },
  'tags.max_int_delay_up': { type: 'u32', label: 'Max Interleaving Delay Upstream' },
  'tags.act_int_delay_up': { type: 'u32', label: 'Actual Interleaving Delay Upstream' },
  'tags.max_int_delay_down': { type: 'u32', label: 'Maximum Interleaving Delay Downstream' },
  'tags.act_int_delay_down': { type: 'u32', label: 'Actual Interleaving Delay Downstream' },
  'tags.access_loop_encap': { type: 'none', label: 'Access-Loop-Encapsulation' },
  'tags.access_loop_encap.data_link': { type: 'u8', label: 'Data link', base: 'hex', names: LOOP_LINKS },
  'tags.access_loop_encap.encap_1': { type: 'u8', label: 'Encaps 1', base: 'hex', names: LOOP_FIRST },
  'tags.access_loop_encap.encap_2': { type: 'u8', label: 'Encaps 2', base: 'hex', names: LOOP_SECOND },
  'tags.credits': { type: 'bytes', label: 'Credits' },
  'tags.credits.fcn': { type: 'u16', label: 'FCN' },
  'tags.credits.bcn': { type: 'u16', label: 'BCN' },
  'tags.metrics': { type: 'bytes', label: 'Metrics' },
  'tags.metrics.mdr_units': { type: 'u16', label: 'MDR Units', mask: 0x0018, base: 'hex', names: RATES },
  'tags.metrics.cdr_units': { type: 'u16', label: 'CDR Units', mask: 0x0006, base: 'hex', names: RATES },
  'tags.metrics.r': { type: 'bool', size: 2, label: 'Receive Only', mask: 0x0001 },
  'tags.metrics.rlq': { type: 'u8', label: 'Relative Link Quality', unit: '%' },
  'tags.metrics.resource': { type: 'u8', label: 'Resource', unit: '%' },
  'tags.metrics.latency': { type: 'u16', label: 'Latency', unit: 'milliseconds' },
  'tags.metrics.curr_drate': { type: 'u16', label: 'Curr. datarate' },
  'tags.metrics.max_drate': { type: 'u16', label: 'Max. datarate' },
  'tags.seq_num': { type: 'u16', label: 'Sequence Number', base: 'hex' },
  'tags.credit_scale': { type: 'u16', label: 'Credit Scale Factor' },
  'tags.relay_session_id': { type: 'bytes', label: 'Relay-Session-Id' },
  'tags.hurl': { type: 'bytes', label: 'HURL' },
  'tags.motm': { type: 'bytes', label: 'MOTM' },
  'tags.max_payload': { type: 'bytes', label: 'PPP-Max-Payload', help: 'A PPP packet larger than 1492 bytes that both ends can take.' },
  'tags.ip_route_add': { type: 'bytes', label: 'IP Route Add' },
  'tags.service_name_error': { type: 'string', label: 'Service-Name-Error', encoding: 'ascii' },
  'tags.ac_system_error': { type: 'string', label: 'AC-System-Error', encoding: 'ascii' },
  'tags.generic_error': { type: 'string', label: 'Generic-Error', encoding: 'ascii' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;
type Key = keyof ReturnType<typeof fields>;

/** Tags whose value is one field as it stands. */
const SIMPLE: Readonly<Record<number, Key>> = {
  0x0101: 'tags.service_name', 0x0102: 'tags.ac_name', 0x0103: 'tags.host_uniq', 0x0104: 'tags.ac_cookie', 0x0110: 'tags.relay_session_id', 0x0111: 'tags.hurl', 0x0112: 'tags.motm', 0x0120: 'tags.max_payload',
  0x0121: 'tags.ip_route_add', 0x0201: 'tags.service_name_error', 0x0202: 'tags.ac_system_error', 0x0203: 'tags.generic_error',
};
const NUMBERS: Readonly<Record<number, Key>> = { 0x0108: 'tags.seq_num', 0x0109: 'tags.credit_scale' };
/** Tags that name somebody, and so stand in the list. */
const NAMED_IN_INFO: ReadonlySet<number> = new Set([TAG.acName]);

const LINE_TEXTS: Readonly<Record<number, Key>> = { 0x01: 'tags.circuit_id', 0x02: 'tags.remote_id' };
const LINE_NUMBERS: Readonly<Record<number, Key>> = {
  0x81: 'tags.act_data_rate_up', 0x82: 'tags.act_data_rate_down', 0x83: 'tags.min_data_rate_up', 0x84: 'tags.min_data_rate_down', 0x85: 'tags.attainable_data_rate_up', 0x86: 'tags.attainable_data_rate_down',
  0x87: 'tags.max_data_rate_up', 0x88: 'tags.max_data_rate_down', 0x89: 'tags.min_data_rate_up_lp', 0x8a: 'tags.min_data_rate_down_lp', 0x8b: 'tags.max_int_delay_up', 0x8c: 'tags.act_int_delay_up',
  0x8d: 'tags.max_int_delay_down', 0x8e: 'tags.act_int_delay_down',
};

export const pppoed = protocol({
  id: 'pppoed',
  title: 'PPP-over-Ethernet Discovery',
  short: 'PPPoED',
  spec: 'RFC 2516 §4, §5, appendix A',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x8863] }],
  fields,
  parse(layer) {
    const length = takeHeader(layer, 'PPPoED');
    // What follows the tags shows as nothing, in Wireshark, too: not as a trailer of the frame.
    if (length > 0 && !layer.broken) layer.within(layer.start + HEADER_LENGTH + length, () => layer.group('tags', () => layer.each(() => tag(layer))));
  },
});

function tag(layer: Own): void {
  const at = layer.cursor;
  if (!layer.has(4)) return;
  const type = layer.peekU16();
  const length = layer.peekU16(2);
  layer.skip(4);
  if (type === TAG.end) layer.cursor = layer.end;
  else if (type === TAG.vendor) vendor(layer, length);
  else if (SIMPLE[type] !== undefined) simple(layer, type, length);
  else if (type === TAG_CREDITS && length === 4) for (const key of ['tags.credits.fcn', 'tags.credits.bcn'] as const) layer.take(key);
  else if (type === TAG_CREDITS) layer.take('tags.credits', length);
  else if (type === TAG.metrics) metrics(layer, length);
  else if (NUMBERS[type] !== undefined) layer.take(NUMBERS[type], length);
  else {
    layer.at('tag', at);
    layer.at('tag_length', at + 2);
    layer.take('tag.unknown_data', length);
  }
}

function simple(layer: Own, type: number, length: number): void {
  // An empty name stands for any service; there is nothing to show.
  if (type === TAG.serviceName && length === 0) return;
  const value = layer.take(SIMPLE[type] as Key, length) as unknown as Uint8Array;
  if (layer.broken || !NAMED_IN_INFO.has(type)) return;
  layer.infoAppend(() => ` ${TAG_NAMES[type]}='${escapeText(latin1(value, 0, value.length))}'`);
}

/** RFC 4938 §5.3: how good the radio link is. */
function metrics(layer: Own, length: number): void {
  if (length !== 10) {
    layer.take('tags.metrics', length);
    return;
  }
  for (const key of ['tags.metrics.mdr_units', 'tags.metrics.cdr_units'] as const) layer.at(key, layer.cursor);
  for (const key of ['tags.metrics.r', 'tags.metrics.rlq', 'tags.metrics.resource', 'tags.metrics.latency', 'tags.metrics.curr_drate', 'tags.metrics.max_drate'] as const) layer.take(key);
}

function vendor(layer: Own, length: number): void {
  const end = layer.cursor + length;
  if (length < 4) {
    layer.skip(length);
    return;
  }
  const maker = layer.take('tags.vendor_id');
  if (layer.cursor >= end) return;
  if (maker === BROADBAND_FORUM) layer.group('tags.vendorspecific.tags', () => layer.each(() => lineTag(layer), end));
  else layer.take('tags.vendor_unspecified', end - layer.cursor);
}

function lineTag(layer: Own): void {
  const at = layer.cursor;
  if (!layer.has(2)) return;
  const type = layer.peekU8();
  const length = layer.peekU8(1);
  layer.skip(2);
  if (LINE_TEXTS[type] !== undefined) layer.take(LINE_TEXTS[type], length);
  else if (LINE_NUMBERS[type] !== undefined) lineNumber(layer, LINE_NUMBERS[type], length);
  else if (type === ACCESS_LOOP) layer.group('tags.access_loop_encap', () => accessLoop(layer, length));
  else {
    layer.put('tag', type, at, 1);
    layer.at('tag_length_8', at + 1);
    layer.take('tag.unknown_data', length);
  }
}

function lineNumber(layer: Own, key: Key, length: number): void {
  if (length === 4) layer.take(key);
  else {
    layer.expert('tag_length.invalid', 'warn', 'Protocol', `Wrong length: ${length} (expected == 4)`);
    layer.skip(length);
  }
}

function accessLoop(layer: Own, length: number): void {
  if (length !== 3) {
    layer.expert('tag_length.invalid', 'warn', 'Protocol', `Wrong length: ${length} (expected == 3)`);
    layer.skip(length);
    return;
  }
  for (const key of ['tags.access_loop_encap.data_link', 'tags.access_loop_encap.encap_1', 'tags.access_loop_encap.encap_2'] as const) layer.take(key);
}
