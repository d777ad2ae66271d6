/**
 * TCP options (RFC 9293 §3.1 and the option's own document). They are shown only: what
 * analysis needs of them is read by streams/tcp-options.ts.
 */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import { ACK, SYN } from '../../../streams/tcp-segment.ts';
import { multipathOption } from './mptcp.ts';
import { EXPERIMENTS, QUICK_START_RATES } from './option-fields.ts';
import type { Header, TcpLayer } from './tcp-layer.ts';

/**
 * Shows the option at `at`, `length` bytes long; its kind, length and own line are there
 * already. What it returns is added to that line.
 */
type Show = (layer: TcpLayer, at: number, length: number, header: Header) => string | undefined;
type FieldKey = keyof TcpLayer['protocol']['byKey'] & Parameters<TcpLayer['put']>[0];

interface OptionKind {
  readonly key: FieldKey;
  readonly name: string;
  /** The only right length, where there is one. */
  readonly size?: number;
  /** Words in Info even where the length is wrong. */
  readonly mark?: string;
  readonly show?: Show;
}

const MULTIPATH = 'Multipath Transmission Control Protocol';

const KINDS: Readonly<Record<number, OptionKind>> = {
  0: { key: 'options.eol', name: 'End of Option List (EOL)' },
  1: { key: 'options.nop', name: 'No-Operation (NOP)' },
  2: { key: 'options.mss', name: 'Maximum segment size', size: 4, show: maximumSegmentSize },
  3: { key: 'options.wscale', name: 'Window scale', size: 3, show: windowScale },
  4: { key: 'options.sack_perm', name: 'SACK permitted', size: 2, mark: ' SACK_PERM' },
  5: { key: 'options.sack', name: 'SACK', show: sack },
  6: { key: 'options.echo', name: 'Echo', size: 6, show: (layer, at) => number(layer, 'options.echo_value', 'ECHO', at) },
  7: { key: 'options.echoreply', name: 'Echo reply', size: 6, show: (layer, at) => number(layer, 'options.echo_value', 'ECHO', at) },
  8: { key: 'options.timestamp', name: 'Timestamps', size: 10, show: timestamps },
  11: { key: 'options.cc', name: 'CC', size: 6, show: (layer, at) => number(layer, 'options.cc_value', 'CC', at) },
  12: { key: 'options.ccnew', name: 'CC.NEW', size: 6, show: (layer, at) => number(layer, 'options.cc_value', 'CC', at) },
  13: { key: 'options.ccecho', name: 'CC.ECHO', size: 6, show: (layer, at) => number(layer, 'options.cc_value', 'CC', at) },
  19: { key: 'options.md5', name: 'TCP MD5 signature', size: 18, mark: ' MD5', show: digest },
  20: { key: 'options.scps', name: 'SCPS capabilities', show: spaceCapabilities },
  21: { key: 'options.snack', name: 'Selective Negative Acknowledgment', size: 6, show: negativeAcknowledgment },
  22: { key: 'options.scpsrec', name: 'SCPS record boundary', size: 2 },
  23: { key: 'options.scpscor', name: 'SCPS corruption experienced', size: 2 },
  27: { key: 'options.qs', name: 'Quick-Start', size: 8, show: quickStart },
  28: { key: 'options.user_to', name: 'User Timeout', size: 4, show: userTimeout },
  29: { key: 'options.ao', name: 'TCP AO', mark: 'TCP AO', show: authentication },
  30: { key: 'mptcp', name: MULTIPATH, show: multipath },
  34: { key: 'options.tfo', name: 'TCP Fast Open', show: fastOpen },
  76: { key: 'options.rvbd.probe', name: 'Riverbed Probe' },
  78: { key: 'options.rvbd.trpy', name: 'Riverbed Transparency' },
  172: { key: 'options.acc_ecn', name: 'Accurate ECN', show: accurateEcn },
  174: { key: 'options.acc_ecn', name: 'Accurate ECN', show: accurateEcn },
  253: { key: 'options.experimental', name: 'Experimental', show: experimental },
  254: { key: 'options.experimental', name: 'Experimental', show: experimental },
};

const UNKNOWN: OptionKind = { key: 'options.unknown', name: 'Unknown', show: unknown };

/** What each usual option is long; the others are for `dissectOptions`. */
const USUAL_LENGTHS: Readonly<Record<number, number>> = { 2: 4, 3: 3, 4: 2, 8: 10 };
const MSS = 2;
const WINDOW_SCALE = 3;
const MAX_SHIFT = 14;

/** True where the options from the cursor to `end` are usual ones that give no cause for remarks, so that nobody need read them who wants nothing shown. */
export function areUnremarkable(layer: TcpLayer, end: number, { flags }: Header): boolean {
  const { bytes } = layer;
  if (end > layer.end) return false;
  let hasMss = false;
  let nops = 0;
  for (let at = layer.cursor; at < end; ) {
    const kind = readU8(bytes, at);
    nops = kind === 1 ? nops + 1 : 0;
    const length = kind === 1 ? 1 : USUAL_LENGTHS[kind];
    if (nops > 3 || length === undefined || at + length > end || (kind !== 1 && readU8(bytes, at + 1) !== length)) return false;
    if (kind === WINDOW_SCALE && readU8(bytes, at + 2) > MAX_SHIFT) return false;
    hasMss ||= kind === MSS;
    at += length;
  }
  return hasMss === ((flags & SYN) !== 0);
}

/** Shows the options of a header, from the cursor to `end`. True where Multipath TCP is among them. */
export function dissectOptions(layer: TcpLayer, end: number, header: Header): boolean {
  const from = layer.cursor;
  const names: string[] = [];
  const captured = Math.min(end, layer.end);
  layer.at('options', from, captured - from);
  const entry = layer.run.lastEntry;
  layer.inside(() => walk(layer, end, header, entry, names));
  if (layer.run.labels && entry >= 0) layer.run.tape.labels.set(entry, `Options: (${end - from} bytes)${names.map((name) => `, ${name}`).join('')}`);
  return names.includes(MULTIPATH);
}

function walk(layer: TcpLayer, end: number, header: Header, entry: number, names: string[]): void {
  let hasMss = false;
  let ended = false;
  let nops = 0;
  let complete = true;
  layer.each(() => {
    const at = layer.cursor;
    const kind = layer.peekU8();
    if (ended && kind !== 0) {
      remark(layer, 'non_zero_bytes_after_eol', 'error', 'Non-zero header padding');
      complete = false;
      return;
    }
    if (kind > 1) {
      complete = walkOne(layer, end, header, names);
      if (kind === 2 && complete) hasMss = true;
      return;
    }
    const spec = KINDS[kind] as OptionKind;
    // Some routers blank out options with four NOPs, aligned to a word.
    if (kind === 1) nops = nops === 0 || (at - layer.start) % 4 !== 0 ? nops + 1 : 0;
    if (nops === 4) layer.expert('nop', 'warn', 'Protocol', '4 NOP in a row - a router may have removed some options', entry);
    ended = kind === 0;
    names.push(spec.name);
    layer.at(spec.key, at, 1);
    layer.label(() => `TCP Option - ${spec.name}`);
    layer.inside(() => layer.at('option_kind', at));
    layer.skip(1);
  }, end);
  if (complete && !layer.broken && header.flags & SYN && !hasMss) layer.expert('options.mss.absent', 'warn', 'Protocol', 'The SYN packet does not contain a MSS option', entry);
}

/** One option with a length; false where the list cannot be read on. */
function walkOne(layer: TcpLayer, end: number, header: Header, names: string[]): boolean {
  const at = layer.cursor;
  const kind = layer.peekU8();
  const known = KINDS[kind];
  const name = known?.name ?? `Unknown (0x${kind.toString(16).padStart(2, '0')})`;
  if (at + 1 >= end) return refuse(layer, `${name} (length byte past end of options)`);
  if (!layer.has(2)) return false;
  const length = layer.peekU8(1);
  if (length < 2) return refuse(layer, `${name} (with too-short option length = ${length} byte${length === 1 ? '' : 's'})`);
  if (at + length > end) return refuse(layer, `${name} (option length = ${length} bytes says option goes past end of options)`);
  names.push(name);
  const spec = known ?? UNKNOWN;
  // What the capture kept of it is shown up to where it was cut.
  layer.at(spec.key, at, Math.min(length, layer.end - at));
  const entry = layer.run.lastEntry;
  if (kind === 2 && !(header.flags & SYN)) layer.inside(() => layer.expert('options.mss.present', 'warn', 'Protocol', 'The non-SYN packet does contain a MSS option', entry));
  const words = layer.inside(() => showOne(layer, at, length, spec, header)) ?? '';
  if (layer.run.labels && entry >= 0) layer.run.tape.labels.set(entry, `TCP Option - ${name}${words}`);
  layer.skip(length);
  return true;
}

function showOne(layer: TcpLayer, at: number, length: number, spec: OptionKind, header: Header): string | undefined {
  layer.at('option_kind', at);
  layer.at('option_len', at + 1);
  const { mark } = spec;
  if (mark !== undefined) layer.infoAppend(() => mark);
  if (spec.size === undefined || length === spec.size) return spec.show?.(layer, at, length, header);
  layer.expert('option.len.invalid', 'warn', 'Protocol', `option length should be ${spec.size}`);
  return undefined;
}

function refuse(layer: TcpLayer, words: string): false {
  remark(layer, 'option.len.invalid', 'warn', words);
  return false;
}

/** A remark that stands for itself at the cursor. The options' own line is its parent. */
function remark(layer: TcpLayer, key: FieldKey, severity: 'warn' | 'error', words: string): void {
  layer.run.raiseSeverity(severity);
  layer.put(key, 0, layer.cursor, 0);
  layer.label(() => words);
}

// ── single options ───────────────────────────────────────────────────────────

function number(layer: TcpLayer, key: 'options.echo_value' | 'options.cc_value', word: string, at: number): string {
  const value = layer.at(key, at + 2);
  layer.infoAppend(() => ` ${word}=${value}`);
  return `: ${value}`;
}

function digest(layer: TcpLayer, at: number): undefined {
  layer.at('options.md5.digest', at + 2, 16);
}

function unknown(layer: TcpLayer, at: number, length: number): undefined {
  if (length > 2) layer.at('options.unknown.payload', at + 2, length - 2);
}

function multipath(layer: TcpLayer, at: number, length: number, header: Header): undefined {
  multipathOption(layer, at, length, header);
}

function maximumSegmentSize(layer: TcpLayer, at: number): string {
  const value = layer.at('options.mss_val', at + 2);
  layer.infoAppend(() => ` MSS=${value}`);
  return `: ${value} bytes`;
}

function windowScale(layer: TcpLayer, at: number): string {
  const shift = layer.at('options.wscale.shift', at + 2);
  if (shift > 14) layer.expert('options.wscale.shift.invalid', 'warn', 'Protocol', 'Window scale shift exceeds 14');
  const multiplier = 2 ** Math.min(shift, 14);
  layer.putGenerated('options.wscale.multiplier', multiplier, at + 2, 1);
  layer.infoAppend(() => ` WS=${multiplier}`);
  return `: ${shift} (multiply by ${multiplier})`;
}

function timestamps(layer: TcpLayer, at: number): string {
  const value = layer.at('options.timestamp.tsval', at + 2);
  const echo = layer.at('options.timestamp.tsecr', at + 6);
  layer.infoAppend(() => ` TSval=${value} TSecr=${echo}`);
  return `: TSval ${value}, TSecr ${echo}`;
}

/** RFC 2018 §3; a first block that repeats what was acknowledged is a D-SACK (RFC 2883 §4). */
function sack(layer: TcpLayer, at: number, length: number, header: Header): string {
  const edges: number[] = [];
  for (let edge = at + 2; edge + 4 <= at + length; edge += 4) {
    const value = (readU32(layer.bytes, edge) - header.reverseBase) >>> 0;
    const left = edges.length % 2 === 0;
    // A left edge alone is shown; Info and the count want whole blocks.
    layer.put(left ? 'options.sack_le' : 'options.sack_re', value, edge, 4);
    edges.push(value);
    if (!left) layer.infoAppend(() => ` SLE=${edges.at(-2) ?? 0} SRE=${value}`);
  }
  const blocks = edges.length >> 1;
  if ((length - 2) % 8 !== 0) layer.expert('suboption_malformed', 'error', 'Malformed', 'suboption would go past end of option');
  layer.putGenerated('options.sack.count', blocks);
  const words = edges.map((value, index) => (index % 2 === 0 ? ` ${value}` : `-${value}`)).join('');
  const [left0 = 0, right0 = 0, left1 = 0, right1 = 0] = edges;
  const first = blocks > 0 ? right0 : 0;
  const acknowledged = ((first - header.acknowledgment) | 0) <= 0;
  const covered = blocks > 1 && ((left1 - first) | 0) < 0 && ((right1 - first) | 0) >= 0;
  if (length < 10 || !(acknowledged || covered)) return words;
  layer.putGenerated('options.sack.dsack_le', left0, at + 2, 4);
  layer.putGenerated('options.sack.dsack_re', right0, at + 6, 4);
  layer.expert('options.sack.dsack', 'warn', 'Sequence', 'D-SACK Sequence');
  return words;
}

/** RFC 7413 §2.1; in the experimental form `at` and `length` are those of an option without the identifier. */
function fastOpen(layer: TcpLayer, at: number, length: number, header: Header): undefined {
  if (length === 2) {
    layer.put('options.tfo.request', 0, at, 2);
    layer.infoAppend(() => ' TFO=R');
    return;
  }
  layer.at('options.tfo.cookie', at + 2, length - 2);
  layer.infoAppend(() => ' TFO=C');
  if ((header.flags & (SYN | ACK)) === SYN) layer.expert('analysis.tfo_syn', 'note', 'Sequence', 'TCP SYN with TFO Cookie');
}

function spaceCapabilities(layer: TcpLayer, at: number, length: number): undefined {
  if (length !== 4) return;
  const vector = layer.at('options.scps.vector', at + 2);
  layer.flags('options.scps.vector');
  const words = [[0x80, 'BETS'], [0x40, 'SNACK1'], [0x20, 'SNACK2'], [0x10, 'COMP'], [0x08, 'NLTS'], [0x07, 'RESERVED']] as const;
  if (vector !== 0) layer.infoAppend(() => ` SCPS[${words.filter(([mask]) => vector & mask).map(([, word]) => word).join(', ')}]`);
  const connection = layer.at('options.scps.binding', at + 3);
  if (connection !== 0) layer.infoAppend(() => ` Connection ID=${connection}`);
}

function negativeAcknowledgment(layer: TcpLayer, at: number): undefined {
  layer.at('options.snack.offset', at + 2);
  layer.at('options.snack.size', at + 4);
}

function quickStart(layer: TcpLayer, at: number): undefined {
  const rate = readU8(layer.bytes, at + 2) & 0x0f;
  layer.infoAppend(() => ` QSresp=${QUICK_START_RATES[rate] ?? 'Unknown'}`);
  layer.put('options.qs.rate', rate, at + 2, 1);
  layer.at('options.qs.ttl_diff', at + 3);
}

/** RFC 5482 §3. */
function userTimeout(layer: TcpLayer, at: number): undefined {
  const value = readU16(layer.bytes, at + 2);
  layer.put('options.user_to_granularity', value >>> 15, at + 2, 2);
  layer.put('options.user_to_val', value & 0x7fff, at + 2, 2);
  layer.infoAppend(() => ` USER_TO=${value & 0x7fff}`);
}

/** RFC 5925 §2.2. */
function authentication(layer: TcpLayer, at: number, length: number): undefined {
  if (length < 4) {
    layer.expert('option.len.invalid', 'warn', 'Protocol', 'option length should be >= than 4');
    return;
  }
  layer.at('options.ao.keyid', at + 2);
  layer.at('options.ao.rnextkeyid', at + 3);
  if (length > 4) layer.at('options.ao.mac', at + 4, length - 4);
}

function accurateEcn(layer: TcpLayer, at: number, length: number): undefined {
  if (length !== 2 && length !== 5 && length !== 8 && length !== 11) {
    layer.expert('option.len.invalid', 'warn', 'Protocol', `option length should be 2, 5, 8, or 11 instead of ${length}`);
    return;
  }
  accurateEcnCounters(layer, at + 2, length - 2, readU8(layer.bytes, at) === 172);
}

/** draft-ietf-tcpm-accurate-ecn §3.2.3: the order tells which counter comes first. */
function accurateEcnCounters(layer: TcpLayer, at: number, length: number, order0: boolean): void {
  if (length === 0) layer.infoAppend(() => ' AccECN');
  const counters = order0
    ? ([['options.acc_ecn.ee0b', 'EE0B'], ['options.acc_ecn.eceb', 'ECEB'], ['options.acc_ecn.ee1b', 'EE1B']] as const)
    : ([['options.acc_ecn.ee1b', 'EE1B'], ['options.acc_ecn.eceb', 'ECEB'], ['options.acc_ecn.ee0b', 'EE0B']] as const);
  for (const [index, [key, word]] of counters.entries()) {
    if (index * 3 >= length) return;
    const value = layer.at(key, at + index * 3);
    layer.infoAppend(() => ` ${word}=${value}`);
  }
}

/** RFC 6994 §3: an identifier, then what the experiment wants. */
function experimental(layer: TcpLayer, at: number, length: number, header: Header): undefined {
  if (length < 4) {
    layer.expert('option.len.invalid', 'warn', 'Protocol', `option length ${length} smaller than 4`);
    return;
  }
  const identifier = layer.at('options.experimental.exid', at + 2);
  const name = EXPERIMENTS[identifier];
  if (name === 'Fast Open') fastOpen(layer, at + 2, length - 2, header);
  else if (name === 'TCP ACK Rate Request') rateRequest(layer, at, length);
  else if (identifier === 0xacc0 || identifier === 0xacc1) {
    if (length % 3 === 1 && length <= 13) accurateEcnCounters(layer, at + 4, length - 4, identifier === 0xacc0);
    else layer.expert('option.len.invalid', 'warn', 'Protocol', `option length should be 4, 7, 10, or 13 instead of ${length}`);
  } else {
    if (length > 4) layer.at('options.experimental.data', at + 4, length - 4);
    layer.infoAppend(() => ` ExID=${identifier.toString(16).toUpperCase()}`);
  }
}

function rateRequest(layer: TcpLayer, at: number, length: number): void {
  if (length !== 4 && length !== 5) {
    layer.expert('option.len.invalid', 'warn', 'Protocol', `option length should be 4 or 5 instead of ${length}`);
    return;
  }
  if (length === 4) {
    layer.infoAppend(() => ' TARR');
    return;
  }
  const value = readU8(layer.bytes, at + 4);
  layer.put('options.tarr.rate', value >> 1, at + 4, 1);
  layer.put('options.tar.reserved', value & 1, at + 4, 1);
  layer.infoAppend(() => ` TARR=${value >> 1}`);
}
