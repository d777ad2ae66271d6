/** Reads the options of hop-by-hop and destination options headers (RFC 8200 §4.2 and the RFC of each option). */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import { ioamFields, putIoam } from './ioam.ts';
import { ipv6OptionFields, OPTION_NAMES } from './option-fields.ts';

export const allOptionFields = () => ({ ...ipv6OptionFields(), ...ioamFields() } as const);
export type OptionLayer = Layer<ReturnType<typeof allOptionFields>>;

const PAD1 = 0;
const JUMBO = 0xc2;

type Home = 'hop-by-hop' | 'destination';

interface OptionKind {
  /** The header it must stand in; either when absent. */
  readonly home?: Home;
  /** The only right length, where there is one, and how a wrong one is spoken of. */
  readonly length?: number;
  readonly wrong?: string;
  readonly body: (layer: OptionLayer, length: number, end: number) => void;
}

const KINDS: Readonly<Record<number, OptionKind>> = {
  0x01: { body: (layer, length) => void layer.take('opt.padn', length) },
  0x04: { home: 'destination', length: 1, wrong: 'Tunnel Encapsulation Limit: Invalid length', body: (layer) => void layer.take('opt.tel') },
  0x05: { home: 'hop-by-hop', length: 2, wrong: 'Router alert: Invalid Length', body: (layer) => void layer.take('opt.router_alert') },
  0x07: { home: 'hop-by-hop', body: calipso },
  0x08: { home: 'hop-by-hop', body: duplicateDetection },
  0x0f: { home: 'destination', length: 10, wrong: 'PDM: Invalid length', body: diagnosticMetrics },
  0x26: { home: 'hop-by-hop', length: 6, wrong: 'Quick-Start: Invalid Length', body: quickStart },
  0x30: { home: 'hop-by-hop', length: 4, wrong: 'PMTU Option: Invalid Length', body: pathMtu },
  0x31: { home: 'hop-by-hop', body: (layer, length, end) => putIoam(layer, length, end) },
  0x41: { length: 4, wrong: 'TPF: Invalid length', body: (layer) => void layer.take('opt.tpf_information') },
  0x63: { home: 'hop-by-hop', body: routingForLowPower },
  0x6d: { home: 'hop-by-hop', body: multicastForLowPower },
  0x8b: { home: 'destination', body: (layer, length) => void layer.take('opt.ilnp_nonce', length) },
  0x8c: { home: 'destination', body: lineIdentification },
  0xc2: { home: 'hop-by-hop', length: 4, wrong: 'Jumbo Payload: Invalid length', body: jumbo },
  0xc9: { home: 'destination', length: 16, wrong: 'Home Address: Invalid length', body: homeAddress },
  0xee: { home: 'hop-by-hop', body: depthFirst },
};

const EXPERIMENTAL: OptionKind = { body: (layer, length) => void layer.take('opt.experimental', length) };
/** Types ending in 11110 are for experiments (RFC 4727 §3.2). */
const isExperimental = (type: number): boolean => (type & 0x1f) === 0x1e;

/** Records all options up to `end`. */
export function putIpv6Options(layer: OptionLayer, end: number, home: Home): void {
  layer.each(() => {
    if (layer.run.items || !skipPadding(layer, end)) putOption(layer, end, home);
  }, end);
}

/**
 * Passes over padding of single bytes, where no lines are wanted: zeros that follow IPv4 with protocol 0
 * are 64 headers of nothing else. False where the cursor is at something else.
 */
function skipPadding(layer: OptionLayer, headerEnd: number): boolean {
  const { bytes, cursor } = layer;
  const end = Math.min(headerEnd, layer.end);
  let at = cursor;
  while (at < end && readU8(bytes, at) === PAD1) at += 1;
  layer.skip(at - cursor);
  return at > cursor;
}

function putOption(layer: OptionLayer, headerEnd: number, home: Home): void {
  const at = layer.cursor;
  const type = layer.peekU8();
  const name = OPTION_NAMES[type] ?? `Unknown IPv6 Option (${type})`;
  layer.group('opt', () => {
    layer.take('opt.type');
    if (type === PAD1) {
      layer.put('opt.pad1', 0, at, 1);
      return;
    }
    layer.flags('opt.type');
    const kind = isExperimental(type) ? EXPERIMENTAL : KINDS[type];
    if (kind?.home !== undefined && kind.home !== home) layer.expert('opt.header_mismatch', 'error', 'Protocol', `${name} must use a ${kind.home} options header`);
    const length = layer.take('opt.length');
    if (kind?.length !== undefined && kind.length !== length) layer.expert('opt.invalid_len', 'error', 'Malformed', `${kind.wrong} (${length} bytes)`);
    const end = Math.min(layer.cursor + length, headerEnd);
    if (kind) kind.body(layer, length, layer.cursor + length);
    else putUnknown(layer, length);
    if (layer.cursor < end) putRest(layer, end);
  }, () => name);
}

function putUnknown(layer: OptionLayer, length: number): void {
  layer.take('opt.unknown', length);
  layer.expert('opt.unknown_data.expert', 'note', 'Undecoded', 'Unknown Data (not interpreted)');
}

/** Bytes of a known option that its body does not account for. */
function putRest(layer: OptionLayer, end: number): void {
  layer.take('opt_unknown_data', end - layer.cursor);
  layer.expert('opt.unknown_data.expert', 'note', 'Undecoded', 'Unknown Data (not interpreted)');
}

// ── one function per option ──────────────────────────────────────────────────

/** RFC 5570 §5.1. */
function calipso(layer: OptionLayer): void {
  layer.take('opt.calipso.doi');
  const words = layer.take('opt.calipso.cmpt.length');
  layer.take('opt.calipso.sens_level');
  layer.take('opt.calipso.checksum');
  layer.take('opt.calipso.cmpt_bitmap', words * 4);
}

/** RFC 6621 §6.1.1. */
function duplicateDetection(layer: OptionLayer, _length: number, end: number): void {
  const at = layer.cursor;
  const isHash = layer.at('opt.smf_dpd.hash_bit', at) === 1;
  if (isHash) {
    layer.take('opt.smf_dpd.hav', end - at);
    return;
  }
  const taggerType = layer.at('opt.smf_dpd.tid_type', at);
  const taggerLength = layer.at('opt.smf_dpd.tid_len', at);
  layer.skip(1);
  if (taggerType !== 0) layer.take('opt.smf_dpd.tagger_id', taggerLength + 1);
  if (layer.cursor < end) layer.take('opt.smf_dpd.ident', end - layer.cursor);
}

/** RFC 8250 §3.2. */
function diagnosticMetrics(layer: OptionLayer): void {
  layer.take('opt.pdm.scale_dtlr');
  layer.take('opt.pdm.scale_dtls');
  layer.take('opt.pdm.psn_this_pkt');
  layer.take('opt.pdm.psn_last_recv');
  layer.take('opt.pdm.delta_last_recv');
  layer.take('opt.pdm.delta_last_sent');
}

/** RFC 4782 §3.2. */
function quickStart(layer: OptionLayer): void {
  const at = layer.cursor;
  const operation = layer.at('opt.qs_func', at);
  layer.at('opt.qs_rate', at);
  layer.skip(1);
  if (operation === 0) {
    const ttl = layer.take('opt.qs_ttl');
    layer.putGenerated('opt.qs_ttl_diff', (hopLimit(layer) - ttl + 256) % 256, at + 1, 1);
  } else layer.take('opt.qs_unused');
  layer.at('opt.qs_nonce', at + 2);
  layer.at('opt.qs_reserved', at + 2);
  layer.skip(4);
}

function hopLimit(layer: OptionLayer): number {
  const { network } = layer.run;
  return network === null ? 0 : readU8(network.bytes, network.source - 1);
}

/** RFC 9268 §5: the lowest bit of the returned value asks for an answer. */
function pathMtu(layer: OptionLayer): void {
  layer.take('opt.pmtu.min');
  const at = layer.cursor;
  const returned = layer.peekU16();
  layer.skip(2);
  layer.put('opt.pmtu.rtn', returned & 0xfffe, at, 2);
  layer.put('opt.pmtu.r_flag', returned & 1, at + 1, 1);
}

/** RFC 6553 §3. */
function routingForLowPower(layer: OptionLayer): void {
  layer.takeFlags('opt.rpl.flag');
  layer.take('opt.rpl.instance_id');
  layer.take('opt.rpl.sender_rank');
}

const SEED_SIZES = [0, 2, 8, 16] as const;

/** RFC 7731 §6.1. */
function multicastForLowPower(layer: OptionLayer): void {
  const size = SEED_SIZES[layer.peekU8() >> 6] ?? 0;
  if (size === 0) layer.expert('opt.mpl.ipv6_src_seed_id', 'chat', 'Protocol', 'Seed ID is the IPv6 Source Address');
  layer.takeFlags('opt.mpl.flag');
  layer.take('opt.mpl.sequence');
  if (size > 0) layer.take('opt.mpl.seed_id', size);
}

/** RFC 6788 §7. */
function lineIdentification(layer: OptionLayer): void {
  const length = layer.take('opt.lio.length');
  layer.take('opt.lio.line_id', length);
}

/** RFC 6275 §6.3: who the packet is really from, while the sender is away from home. */
function homeAddress(layer: OptionLayer): void {
  const { run, bytes } = layer;
  const at = layer.cursor;
  layer.take('opt.mipv6.home_address');
  if (layer.broken || run.network?.version !== 6) return;
  const header = run.network.bytes.slice(run.network.source - 8, run.network.source + 32);
  header.set(bytes.subarray(at, at + 16), 8);
  run.network = { version: 6, bytes: header, source: 8, destination: 24 };
  run.columns.setAddresses('ipv6', header, 8, 24);
}

/** RFC 6971 §6. */
function depthFirst(layer: OptionLayer): void {
  layer.takeFlags('opt.dff.flags');
  layer.take('opt.dff.sequence_number');
}

/** RFC 2675 §2: the payload's length where 16 bits do not hold it. */
function jumbo(layer: OptionLayer): void {
  const length = layer.take('opt.jumbo');
  if (layer.broken) return;
  if (headerPayloadLength(layer) !== 0) layer.expert('opt.jumbo.prohibited', 'error', 'Protocol', 'When IPv6 payload length does not equal 0 a Jumbo Payload option must not be present');
  if (length < 65_536) layer.expert('opt.jumbo.truncated', 'error', 'Protocol', 'Jumbo Payload option present and jumbo length < 65536');
}

/** The jumbo payload length among the options between two positions; 0 where there is none. */
export function jumboLength(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + 1 < end; ) {
    const type = readU8(bytes, at);
    if (type === JUMBO && at + 6 <= end) return readU32(bytes, at + 2);
    at += type === PAD1 ? 1 : 2 + readU8(bytes, at + 1);
  }
  return 0;
}

/** What the IPv6 header around these options says. */
export function headerPayloadLength(layer: { readonly run: Layer['run'] }): number {
  const { network } = layer.run;
  return network === null ? 0 : readU16(network.bytes, network.source - 4);
}
