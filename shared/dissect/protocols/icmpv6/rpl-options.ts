/** Options of RPL control messages (RFC 6550 §6.7, RFC 6997 §7). */
import { ipv6Text } from '../../address-text.ts';
import { nameOf } from '../../values.ts';
import type { Icmpv6Layer } from './fields.ts';
import { putRplMetrics } from './rpl-metrics.ts';

const PAD_1 = 0;
const PAD_N = 1;
const METRICS = 2;
const DISCOVERY_REPLY = 4;
const ADDRESS = 16;

export const RPL_OPTIONS: Readonly<Record<number, string>> = {
  [PAD_1]: '1-byte padding', [PAD_N]: 'n-byte padding', [METRICS]: 'DAG Metric container', 3: 'Routing Information', 4: 'DODAG configuration', 5: 'RPL Target', 6: 'Transit Information',
  7: 'Solicited Information', 8: 'Prefix Information', 9: 'RPL Target Descriptor', 10: 'P2P Route Discovery',
};

/** Options up to the layer's end; `message`: code of the message that carries them. */
export function putRplOptions(layer: Icmpv6Layer, message: number): void {
  layer.each(() => putOption(layer, message));
}

function putOption(layer: Icmpv6Layer, message: number): void {
  const type = layer.peekU8();
  let words = '';
  layer.group('opt', () => {
    layer.take('rpl.opt.type');
    if (type === PAD_1) return;
    const length = layer.take('rpl.opt.length');
    if (layer.broken) return;
    const end = layer.cursor + length;
    const body = BODIES[type] ?? unknown;
    words = body(layer, end, message);
    if (!layer.broken && layer.cursor < end) takeRest(layer, end);
    if (!layer.broken) layer.cursor = Math.min(end, layer.end);
  }, () => `ICMPv6 RPL Option (${nameOf(RPL_OPTIONS, type) ?? `Unknown ${type}`}${words})`);
}

/** Bytes that the option's own fields leave over. */
function takeRest(layer: Icmpv6Layer, end: number): void {
  layer.take('unknown_data', end - layer.cursor);
  layer.expert('unknown_data.expert', 'warn', 'Malformed', 'Unknown Data (not interpreted)');
}

/** Reads an option's value up to `end`; gives what that adds to its label. */
type OptionBody = (layer: Icmpv6Layer, end: number, message: number) => string;

function unknown(layer: Icmpv6Layer, end: number): string {
  layer.expert('undecoded.rpl_option', 'note', 'Undecoded', 'Options of this type are not decoded');
  if (end > layer.cursor) layer.take('data', end - layer.cursor);
  return '';
}

/** An address of which only the bytes of the prefix are there; gives "address/length", or "" where there are too few or too many. */
function takePrefix(layer: Icmpv6Layer, key: 'rpl.opt.route.prefix' | 'rpl.opt.target.prefix', bits: number, end: number): string {
  const size = end - layer.cursor;
  if (size < Math.ceil(bits / 8) || size > ADDRESS || !layer.has(size)) return '';
  const address = new Uint8Array(ADDRESS);
  address.set(layer.bytes.subarray(layer.cursor, layer.cursor + size));
  layer.put(key, address, layer.cursor, size);
  layer.skip(size);
  return ` ${ipv6Text(address, 0)}/${bits}`;
}

/** Remarks on a length that leaves no room for a whole prefix, or for more than an address. */
function judgeLength(layer: Icmpv6Layer, isRight: boolean): void {
  if (!isRight) layer.expert('invalid_option_length', 'error', 'Malformed', 'Invalid Option Length');
}

function route(layer: Icmpv6Layer, end: number): string {
  const bits = layer.peekU8();
  const size = end - layer.cursor - 6;
  judgeLength(layer, size >= Math.ceil(bits / 8) && size <= ADDRESS);
  layer.take('rpl.opt.route.prefix_length');
  layer.takeFlags('rpl.opt.route.flag');
  layer.take('rpl.opt.route.lifetime');
  return layer.broken ? '' : takePrefix(layer, 'rpl.opt.route.prefix', bits, end);
}

function configuration(layer: Icmpv6Layer): string {
  layer.takeFlags('rpl.opt.config.flag');
  for (const key of ['interval_double', 'interval_min'] as const) layer.take(`rpl.opt.config.${key}`, 1);
  for (const key of ['redundancy', 'max_rank_inc', 'min_hop_rank_inc', 'ocp', 'rsv', 'def_lifetime', 'lifetime_unit'] as const) layer.take(`rpl.opt.config.${key}`);
  return '';
}

function target(layer: Icmpv6Layer, end: number): string {
  const bits = layer.peekU8(1);
  const size = end - layer.cursor - 2;
  judgeLength(layer, size >= Math.ceil(bits / 8) && size <= ADDRESS);
  if (!layer.has(1)) return '';
  layer.put('rpl.opt.target.flag', null, layer.cursor, 1);
  layer.skip(1);
  layer.take('rpl.opt.target.prefix_length');
  return layer.broken ? '' : takePrefix(layer, 'rpl.opt.target.prefix', bits, end);
}

function transit(layer: Icmpv6Layer, end: number): string {
  layer.takeFlags('rpl.opt.transit.flag');
  for (const key of ['pathctl', 'pathseq', 'pathlifetime'] as const) layer.take(`rpl.opt.transit.${key}`);
  if (layer.broken || end - layer.cursor < ADDRESS) return '';
  const parent = layer.take('rpl.opt.transit.parent');
  return layer.broken ? '' : ` ${ipv6Text(parent, 0)}`;
}

function solicited(layer: Icmpv6Layer): string {
  layer.take('rpl.opt.solicited.instance');
  layer.takeFlags('rpl.opt.solicited.flag');
  layer.take('rpl.opt.solicited.dodagid');
  layer.take('rpl.opt.solicited.version');
  return '';
}

function prefix(layer: Icmpv6Layer): string {
  const bits = layer.take('rpl.opt.prefix.length');
  layer.takeFlags('rpl.opt.prefix.flag');
  layer.take('rpl.opt.prefix.valid_lifetime');
  layer.take('rpl.opt.prefix.preferred_lifetime');
  if (!layer.has(4)) return '';
  layer.put('rpl.opt.reserved', null, layer.cursor, 4);
  layer.skip(4);
  const address = layer.take('rpl.opt.prefix');
  return layer.broken ? '' : ` ${ipv6Text(address, 0)}/${bits}`;
}

/** A route from one node to another, found on demand (RFC 6997 §7). */
function discovery(layer: Icmpv6Layer, end: number, message: number): string {
  const at = layer.cursor;
  const flags = layer.peekU8();
  layer.group('rpl.opt.routediscovery.flag', () => {
    layer.at('rpl.opt.routediscovery.flag.reply', at, 1);
    if (message === DISCOVERY_REPLY && (flags & 0x80) !== 0) layer.expert('rpl.p2p.dro.rdo.zero', 'warn', 'Protocol', 'This field MUST be set to zero when the P2P-RDO is included in a P2P-DRO');
    layer.at('rpl.opt.routediscovery.flag.hopbyhop', at, 1);
    layer.at('rpl.opt.routediscovery.flag.numofroutes', at);
    layer.take('rpl.opt.routediscovery.flag.compr');
  });
  layer.at('rpl.opt.routediscovery.lifetime', layer.cursor);
  layer.take(message === DISCOVERY_REPLY ? 'rpl.opt.routediscovery.nh' : 'rpl.opt.routediscovery.maxrank');
  const size = ADDRESS - (flags & 0x0f);
  takeCompressed(layer, 'rpl.opt.routediscovery.targetaddr', size);
  if (layer.broken) return '';
  const count = Math.floor((end - layer.cursor) / size);
  layer.group('rpl.opt.routediscovery.addr_vec', () => {
    for (let index = 0; index < count && !layer.broken; index += 1) takeCompressed(layer, 'rpl.opt.routediscovery.addrvec.addr', size);
  }, () => `Address Vector (${count} Address${count === 1 ? '' : 'es'})`);
  return '';
}

/** An address without the bytes that it shares with the DODAG's. */
function takeCompressed(layer: Icmpv6Layer, key: 'rpl.opt.routediscovery.targetaddr' | 'rpl.opt.routediscovery.addrvec.addr', size: number): void {
  if (!layer.has(size)) return;
  const address = new Uint8Array(ADDRESS);
  address.set(layer.bytes.subarray(layer.cursor, layer.cursor + size), ADDRESS - size);
  layer.put(key, address, layer.cursor, size);
  layer.skip(size);
}

const BODIES: Readonly<Record<number, OptionBody>> = {
  [PAD_N](layer, end) {
    const length = end - layer.cursor;
    layer.put('rpl.opt.padn', null, layer.cursor, Math.min(length, layer.left));
    layer.label(() => `Paddn (Length : ${length} bytes)`);
    layer.skip(length);
    return '';
  },
  [METRICS](layer, end) {
    putRplMetrics(layer, end);
    return '';
  },
  3: route,
  4: configuration,
  5: target,
  6: transit,
  7: solicited,
  8: prefix,
  9(layer) {
    layer.take('rpl.opt.targetdesc.descriptor');
    return '';
  },
  10: discovery,
};
