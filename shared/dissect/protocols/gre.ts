/** Generic Routing Encapsulation: RFC 2784 with key and sequence number (RFC 2890), PPTP's enhanced form (RFC 2637 §4.1), and what others hang on to it. */
import { readU8 } from '../../bytes/reader.ts';
import { CHECKSUM_STATUS, takeInternetChecksum } from '../checksum-field.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { attributeFields, putAttributes } from './gre/attributes.ts';
import { payloadName } from './gre/payloads.ts';
import { redirectFields, putRedirectHeader } from './gre/redirect.ts';

const HAS_CHECKSUM = 0x8000;
const HAS_ROUTES = 0x4000;
const HAS_KEY = 0x2000;
const HAS_SEQUENCE = 0x1000;
const HAS_ACKNOWLEDGMENT = 0x0080;

const PPP = 0x880b;
const BYTE_STREAM = 0x8881;
const PACKETS_3GPP2 = 0x88d2;
const WCCP = 0x883e;
/** Types whose flags and key are read as PPTP has them. */
const ENHANCED: ReadonlySet<number> = new Set([PPP, BYTE_STREAM, PACKETS_3GPP2]);

const YES_NO = ['Yes', 'No'] as const;

const fields = () => ({
  'flags_and_version': { type: 'u16', label: 'Flags and Version', base: 'hex' },
  'flags.checksum': { type: 'bool', label: 'Checksum Bit', of: 'flags_and_version', mask: HAS_CHECKSUM, states: YES_NO },
  'flags.routing': { type: 'bool', label: 'Routing Bit', of: 'flags_and_version', mask: HAS_ROUTES, states: YES_NO },
  'flags.key': { type: 'bool', label: 'Key Bit', of: 'flags_and_version', mask: HAS_KEY, states: YES_NO },
  'flags.sequence_number': { type: 'bool', label: 'Sequence Number Bit', of: 'flags_and_version', mask: HAS_SEQUENCE, states: YES_NO },
  'flags.strict_source_route': { type: 'bool', label: 'Strict Source Route Bit', of: 'flags_and_version', mask: 0x0800, states: YES_NO },
  'flags.recursion_control': { type: 'u16', label: 'Recursion control', of: 'flags_and_version', mask: 0x0700 },
  'flags.ack': { type: 'bool', label: 'Acknowledgment', of: 'flags_and_version', mask: HAS_ACKNOWLEDGMENT, states: YES_NO },
  'flags.reserved': { type: 'u16', label: 'Flags (Reserved)', of: 'flags_and_version', mask: 0x00f8 },
  'flags.reserved_enhanced': { type: 'u16', label: 'Flags (Reserved)', name: 'gre.flags.reserved', of: 'flags_and_version', mask: 0x0078 },
  'flags.version': { type: 'u16', label: 'Version', of: 'flags_and_version', mask: 0x0007, names: { 0: 'GRE', 1: 'Enhanced GRE' } },
  'proto': { type: 'u16', label: 'Protocol Type', base: 'hex', names: payloadName, help: 'Which protocol the tunnel carries, mostly as an EtherType.' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: CHECKSUM_STATUS },
  'offset': { type: 'u16', label: 'Offset' },
  'key': { type: 'u32', label: 'Key', base: 'hex', help: 'Tells several tunnels between the same two ends apart.' },
  'key.payload_length': { type: 'u16', label: 'Payload Length' },
  'key.call_id': { type: 'u16', label: 'Call ID', help: 'The receiver\'s number for this PPTP session.' },
  'sequence_number': { type: 'u32', label: 'Sequence Number' },
  'ack_number': { type: 'u32', label: 'Acknowledgment Number' },
  'routing': { type: 'none', label: 'Routing' },
  'routing.address_family': { type: 'u16', label: 'Address Family' },
  'routing.sre_offset': { type: 'u8', label: 'SRE Offset' },
  'routing.src_length': { type: 'u8', label: 'SRE Length' },
  'routing.information': { type: 'bytes', label: 'Routing Information' },
  ...attributeFields(),
  ...redirectFields(),
  'checksum.incorrect': { type: 'none', label: 'Incorrect GRE Checksum' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const CHECKSUM = { checksum: 'checksum', status: 'checksum.status', bad: 'checksum.incorrect', severity: 'warn', group: 'Protocol', words: 'Incorrect GRE Checksum' } as const;

export const gre = protocol({
  id: 'gre',
  title: 'Generic Routing Encapsulation',
  short: 'GRE',
  spec: 'RFC 2784 §2',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [47] }],
  fields,
  parse(layer) {
    if (!layer.has(4)) return;
    const flags = layer.peekU16();
    const type = layer.peekU16(2);
    const name = payloadName(type);
    const isEnhanced = ENHANCED.has(type);
    layer.protocolName('GRE');
    layer.info(() => `Encapsulated ${name ?? `${hex4(type)} (unknown)`}`);
    layer.summary(() => ` (${name ?? `${hex4(type)} - unknown`})`);
    takeFlags(layer, isEnhanced);
    layer.take('proto');
    takeOptional(layer, flags, type, isEnhanced);
    if (layer.broken) return;
    if (type === WCCP && hasRedirectHeader(layer)) putRedirectHeader(layer);
    if (type === PACKETS_3GPP2) putAttributes(layer);
    // Only packets that are counted are sure to carry something.
    if (layer.reportedLeft > 0 || (flags & HAS_SEQUENCE) !== 0) layer.next('gre.proto', type);
  },
});

function hex4(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(4, '0')}`;
}

function takeFlags(layer: Own, isEnhanced: boolean): void {
  layer.take('flags_and_version');
  if (!layer.run.items) return;
  for (const key of ['flags.checksum', 'flags.routing', 'flags.key', 'flags.sequence_number', 'flags.strict_source_route', 'flags.recursion_control'] as const) layer.flag(key);
  if (isEnhanced) {
    layer.flag('flags.ack');
    layer.flag('flags.reserved_enhanced');
  } else layer.flag('flags.reserved');
  layer.flag('flags.version');
}

/** What the flags announce, in the order of the header (RFC 2890 §2, RFC 1701). */
function takeOptional(layer: Own, flags: number, type: number, isEnhanced: boolean): void {
  if ((flags & (HAS_CHECKSUM | HAS_ROUTES)) !== 0) {
    // Routes alone bring the checksum's place along, but no checksum.
    takeInternetChecksum(layer, CHECKSUM, layer.start, (flags & HAS_CHECKSUM) === 0 ? -1 : layer.reportedEnd);
    layer.take('offset');
  }
  if ((flags & HAS_KEY) !== 0) {
    if (isEnhanced && type !== BYTE_STREAM) {
      layer.take('key.payload_length');
      layer.take('key.call_id');
    } else layer.take('key');
  }
  if ((flags & HAS_SEQUENCE) !== 0) layer.take('sequence_number');
  if (isEnhanced && (flags & HAS_ACKNOWLEDGMENT) !== 0) layer.take('ack_number');
  if ((flags & HAS_ROUTES) !== 0) takeRoutes(layer);
}

/** Source route entries up to an empty one (RFC 1701, "Source Route Entries"). */
function takeRoutes(layer: Own): void {
  let isLast = false;
  while (!isLast && !layer.broken && !layer.run.full) isLast = layer.group('routing', () => takeRoute(layer));
}

/** True for the empty one. */
function takeRoute(layer: Own): boolean {
  const family = layer.take('routing.address_family');
  layer.take('routing.sre_offset');
  const length = layer.take('routing.src_length');
  if (family === 0 && length === 0) return true;
  layer.take('routing.information', length);
  return false;
}

/** Version 2 of WCCP puts four bytes before the packet that it redirects; they do not look like IPv4. */
function hasRedirectHeader(layer: Own): boolean {
  return layer.left > 0 && (readU8(layer.bytes, layer.cursor) & 0xf0) !== 0x40;
}
