/** The In-situ OAM option of IPv6 (RFC 9486 §3): traces that nodes on the way write (RFC 9197 §4.4). */
import { readU64 } from '../../../bytes/reader.ts';
import { sharedFields } from '../../define.ts';
import type { Layer } from '../../layer.ts';
import type { ipv6OptionFields } from './option-fields.ts';

const TRUE = ['True', 'False'] as const;

export const ioamFields = () => sharedFields('ipv6', {
  'opt.ioam.trace.ns': { type: 'u16', label: 'Namespace ID' },
  'opt.ioam.trace.nodelen': { type: 'u8', label: 'Node Length', mask: 0xf8 },
  'opt.ioam.trace.flags': { type: 'u16', label: 'Flags', base: 'hex', mask: 0x0780 },
  'opt.ioam.trace.flag.o': { type: 'bool', label: 'Overflow', of: 'opt.ioam.trace.flags', mask: 0x0400, states: TRUE },
  'opt.ioam.trace.flag.l': { type: 'bool', label: 'Loopback', of: 'opt.ioam.trace.flags', mask: 0x0200, states: TRUE },
  'opt.ioam.trace.flag.a': { type: 'bool', label: 'Active', of: 'opt.ioam.trace.flags', mask: 0x0100, states: TRUE },
  'opt.ioam.trace.flag.rsv': { type: 'bool', label: 'Reserved', of: 'opt.ioam.trace.flags', mask: 0x0080, states: TRUE },
  'opt.ioam.trace.remlen': { type: 'u8', label: 'Remaining Length', mask: 0x7f },
  'opt.ioam.trace.type': { type: 'u24', label: 'Trace Type', base: 'hex' },
  'opt.ioam.trace.type.bit0': { type: 'bool', label: 'Hop_Lim and Node ID (short)', of: 'opt.ioam.trace.type', mask: 0x80_0000, states: TRUE },
  'opt.ioam.trace.type.bit1': { type: 'bool', label: 'Ingress and Egress IDs (short)', of: 'opt.ioam.trace.type', mask: 0x40_0000, states: TRUE },
  'opt.ioam.trace.type.bit2': { type: 'bool', label: 'Timestamp seconds', of: 'opt.ioam.trace.type', mask: 0x20_0000, states: TRUE },
  'opt.ioam.trace.type.bit3': { type: 'bool', label: 'Timestamp fraction', of: 'opt.ioam.trace.type', mask: 0x10_0000, states: TRUE },
  'opt.ioam.trace.type.bit4': { type: 'bool', label: 'Transit delay', of: 'opt.ioam.trace.type', mask: 0x08_0000, states: TRUE },
  'opt.ioam.trace.type.bit5': { type: 'bool', label: 'IOAM-Namespace specific data (short)', of: 'opt.ioam.trace.type', mask: 0x04_0000, states: TRUE },
  'opt.ioam.trace.type.bit6': { type: 'bool', label: 'Queue depth', of: 'opt.ioam.trace.type', mask: 0x02_0000, states: TRUE },
  'opt.ioam.trace.type.bit7': { type: 'bool', label: 'Checksum complement', of: 'opt.ioam.trace.type', mask: 0x01_0000, states: TRUE },
  'opt.ioam.trace.type.bit8': { type: 'bool', label: 'Hop_Lim and Node ID (wide)', of: 'opt.ioam.trace.type', mask: 0x00_8000, states: TRUE },
  'opt.ioam.trace.type.bit9': { type: 'bool', label: 'Ingress and Egress IDs (wide)', of: 'opt.ioam.trace.type', mask: 0x00_4000, states: TRUE },
  'opt.ioam.trace.type.bit10': { type: 'bool', label: 'IOAM-Namespace specific data (wide)', of: 'opt.ioam.trace.type', mask: 0x00_2000, states: TRUE },
  'opt.ioam.trace.type.bit11': { type: 'bool', label: 'Buffer occupancy', of: 'opt.ioam.trace.type', mask: 0x00_1000, states: TRUE },
  'opt.ioam.trace.type.undef': { type: 'bool', label: 'Undefined', of: 'opt.ioam.trace.type', mask: 0x00_0ffc, states: TRUE },
  'opt.ioam.trace.type.bit22': { type: 'bool', label: 'Opaque State Snapshot', of: 'opt.ioam.trace.type', mask: 0x00_0002, states: TRUE },
  'opt.ioam.trace.type.rsv': { type: 'bool', label: 'Reserved', of: 'opt.ioam.trace.type', mask: 0x00_0001, states: TRUE },
  'opt.ioam.trace.rsv': { type: 'u8', label: 'Reserved' },
  'opt.ioam.trace.free_space': { type: 'bytes', label: 'Free space' },
  'opt.ioam.trace.node.hlim': { type: 'u8', label: 'Hop Limit' },
  'opt.ioam.trace.node.id': { type: 'u24', label: 'ID', base: 'hex' },
  'opt.ioam.trace.node.iif': { type: 'u16', label: 'Ingress ID', base: 'hex' },
  'opt.ioam.trace.node.eif': { type: 'u16', label: 'Egress ID', base: 'hex' },
  'opt.ioam.trace.node.tss': { type: 'u32', label: 'Timestamp Seconds', base: 'hex' },
  'opt.ioam.trace.node.tsf': { type: 'u32', label: 'Timestamp Fraction', base: 'hex' },
  'opt.ioam.trace.node.trdelay': { type: 'u32', label: 'Transit Delay', base: 'hex' },
  'opt.ioam.trace.node.nsdata': { type: 'u32', label: 'Namespace Data (short)', base: 'hex' },
  'opt.ioam.trace.node.qdepth': { type: 'u32', label: 'Queue Depth', base: 'hex' },
  'opt.ioam.trace.node.csum': { type: 'u32', label: 'Checksum Complement', base: 'hex' },
  'opt.ioam.trace.node.id_wide': { type: 'u64', size: 7, label: 'ID', base: 'hex' },
  'opt.ioam.trace.node.iif_wide': { type: 'u32', label: 'Ingress ID', base: 'hex' },
  'opt.ioam.trace.node.eif_wide': { type: 'u32', label: 'Egress ID', base: 'hex' },
  'opt.ioam.trace.node.nsdata_wide': { type: 'u64', label: 'Namespace Data (wide)', base: 'hex' },
  'opt.ioam.trace.node.bufoccup': { type: 'u32', label: 'Buffer Occupancy', base: 'hex' },
  'opt.ioam.trace.node.undefined': { type: 'u32', label: 'Undefined bit', base: 'hex' },
  'opt.ioam.trace.node.oss.len': { type: 'u8', label: 'Length' },
  'opt.ioam.trace.node.oss.scid': { type: 'u24', label: 'Schema ID', base: 'hex' },
  'opt.ioam.trace.node.oss.data': { type: 'bytes', label: 'Data' },
  'opt.ioam.trace.invalid_nodelen': { type: 'none', label: 'Invalid "NodeLen" value: cannot be 0' },
  'opt.ioam.trace.invalid_remlen': { type: 'none', label: 'Invalid "RemLen" value' },
  'opt.ioam.trace.invalid_type': { type: 'none', label: 'Mismatch between Trace Type and NodeLen' },
});

type IoamLayer = Layer<ReturnType<typeof ipv6OptionFields> & ReturnType<typeof ioamFields>>;

/** Option types that hold a trace (RFC 9197 §4.4). */
const PREALLOCATED = 0;
const INCREMENTAL = 1;
const TRACE_HEADER = 8;

/** Reads the option's data, which ends at `end`. */
export function putIoam(layer: IoamLayer, length: number, end: number): void {
  if ((length - 2) % 4 !== 0) layer.expert('opt.invalid_len', 'error', 'Malformed', `IOAM Option: Invalid length (${length} bytes)`);
  layer.take('opt.ioam.rsv');
  const type = layer.take('opt.ioam.opt_type');
  if (type !== PREALLOCATED && type !== INCREMENTAL) return;
  layer.group(null, () => putTrace(layer, end), () => (type === PREALLOCATED ? 'Pre-allocated Trace' : 'Incremental Trace'));
}

function putTrace(layer: IoamLayer, end: number): void {
  const at = layer.cursor;
  if (!layer.has(TRACE_HEADER)) return;
  layer.take('opt.ioam.trace.ns');
  const nodeWords = layer.at('opt.ioam.trace.nodelen', at + 2);
  if (nodeWords === 0) layer.expert('opt.ioam.trace.invalid_nodelen', 'error', 'Malformed', 'Invalid "NodeLen" value: cannot be 0');
  layer.takeFlags('opt.ioam.trace.flags');
  const freeWords = layer.at('opt.ioam.trace.remlen', at + 3);
  const isTooFree = freeWords * 4 > end - at - TRACE_HEADER;
  if (isTooFree) layer.expert('opt.ioam.trace.invalid_remlen', 'error', 'Malformed', 'Invalid "RemLen" value');
  const type = layer.take('opt.ioam.trace.type');
  const wanted = nodeDataWords(type);
  if (wanted !== nodeWords) layer.expert('opt.ioam.trace.invalid_type', 'error', 'Malformed', 'Mismatch between Trace Type and NodeLen');
  layer.flags('opt.ioam.trace.type');
  layer.take('opt.ioam.trace.rsv');
  if (nodeWords === 0 || isTooFree) return;
  layer.group(null, () => putTraceData(layer, type, nodeWords * 4, freeWords * 4, end), () => 'Trace Data');
}

/** Words of one node's data: one for each bit set, two for the wide ones (bits 8 to 10). */
function nodeDataWords(type: number): number {
  let words = 0;
  for (let bit = 0; bit < 22; bit += 1) if ((type & (0x80_0000 >>> bit)) !== 0) words += bit >= 8 && bit <= 10 ? 2 : 1;
  return words;
}

function putTraceData(layer: IoamLayer, type: number, nodeLength: number, freeLength: number, end: number): void {
  if (freeLength > 0) layer.take('opt.ioam.trace.free_space', freeLength);
  for (let node = 1; layer.cursor + nodeLength <= end && !layer.broken && !layer.run.full; node += 1) {
    layer.group(null, () => putNode(layer, type, end), () => `Node ${node}`);
  }
}

/** Fields of bits 2 to 7, one word each. */
const SHORT_KEYS = ['opt.ioam.trace.node.tss', 'opt.ioam.trace.node.tsf', 'opt.ioam.trace.node.trdelay', 'opt.ioam.trace.node.nsdata', 'opt.ioam.trace.node.qdepth', 'opt.ioam.trace.node.csum'] as const;

function putNode(layer: IoamLayer, type: number, end: number): void {
  const has = (bit: number): boolean => (type & (0x80_0000 >>> bit)) !== 0;
  if (has(0)) {
    layer.take('opt.ioam.trace.node.hlim');
    layer.take('opt.ioam.trace.node.id');
  }
  if (has(1)) {
    layer.take('opt.ioam.trace.node.iif');
    layer.take('opt.ioam.trace.node.eif');
  }
  SHORT_KEYS.forEach((key, index) => has(index + 2) && layer.take(key));
  if (has(8)) putWideId(layer);
  if (has(9)) {
    layer.take('opt.ioam.trace.node.iif_wide');
    layer.take('opt.ioam.trace.node.eif_wide');
  }
  if (has(10)) layer.take('opt.ioam.trace.node.nsdata_wide');
  if (has(11)) layer.take('opt.ioam.trace.node.bufoccup');
  for (let bit = 12; bit < 22; bit += 1) if (has(bit)) layer.take('opt.ioam.trace.node.undefined');
  if (has(22) && layer.cursor + 4 <= end) putSnapshot(layer, end);
}

function putWideId(layer: IoamLayer): void {
  layer.take('opt.ioam.trace.node.hlim');
  if (!layer.has(7)) return;
  const at = layer.cursor;
  layer.put('opt.ioam.trace.node.id_wide', readU64(layer.bytes, at) >> 8n, at, 7);
  layer.skip(7);
}

function putSnapshot(layer: IoamLayer, end: number): void {
  const words = layer.take('opt.ioam.trace.node.oss.len');
  layer.take('opt.ioam.trace.node.oss.scid');
  if (words > 0) layer.take('opt.ioam.trace.node.oss.data', Math.min(words * 4, end - layer.cursor));
}
