/**
 * Filters over columns: conjunctions of terms such as `ip.src == x` and `tcp.flags.syn == 1`,
 * given as structures. Text and its grammar are for the display filter, which will hand such
 * terms down for whatever part of it the columns can decide.
 *
 * Names and meaning are Wireshark's, with one limit: the columns know a packet's innermost
 * conversation only, so an address of an outer header, or of a packet that an ICMP error
 * quotes, does not match. A term about a field that the packet does not have is false,
 * whatever its operator; `ne` on a field with two values holds when neither is equal.
 */
import type { Streams } from '../streams/streams.ts';
import { CHUNK_PACKETS, FROM_B_SHIFT, KIND_MASK, KIND_SHIFT, CONVERSATIONS, secondsAt } from './packet-columns.ts';
import type { ColumnChunk, PacketColumns } from './packet-columns.ts';
import { endsByKind } from './endpoints.ts';
import type { Ends } from './endpoints.ts';
import type { PacketFilter } from './packet-filter.ts';
import type { Steps } from './steps.ts';

export const ADDRESS_FIELDS = ['ip.src', 'ip.dst', 'ip.addr', 'ipv6.src', 'ipv6.dst', 'ipv6.addr'] as const;
export const CONVERSATION_FIELDS = ['tcp.srcport', 'tcp.dstport', 'tcp.port', 'tcp.stream', 'udp.srcport', 'udp.dstport', 'udp.port', 'udp.stream'] as const;
export const PACKET_FIELDS = [
  'frame.number', 'frame.len', 'frame.cap_len', 'frame.interface_id', 'frame.time_epoch',
  'tcp.flags', 'tcp.flags.fin', 'tcp.flags.syn', 'tcp.flags.reset', 'tcp.flags.push', 'tcp.flags.ack', 'tcp.flags.urg', 'tcp.flags.ece', 'tcp.flags.cwr', 'tcp.flags.ae',
] as const;
export const NUMBER_OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;

export type NumberOperator = (typeof NUMBER_OPERATORS)[number];

export type FilterTerm =
  /** `value`: the 4 or 16 bytes of an address; of the other length, nothing matches. */
  | { readonly field: (typeof ADDRESS_FIELDS)[number]; readonly op: 'eq' | 'ne'; readonly value: readonly number[] }
  /** `frame.time_epoch` counts seconds, in which microseconds are exact. */
  | { readonly field: (typeof CONVERSATION_FIELDS)[number] | (typeof PACKET_FIELDS)[number]; readonly op: NumberOperator; readonly value: number };

/** Whether a packet matches that side A or B of a conversation sent. */
type EndsTest = (ends: Ends, conversation: number, sender: 0 | 1) => boolean;
/** Keeps of the first `count` candidates (places in a chunk) those that match, in place; gives how many. */
type Narrow = (chunk: ColumnChunk, base: number, candidates: Uint32Array, count: number) => number;

const SENT_BY_A = 1;
const SENT_BY_B = 2;
/** Conversations judged, and packets looked at, between two steps. */
const STEP = 16_384;

export class ColumnFilter implements PacketFilter {
  readonly needsFinal = false;
  readonly prefersFinal = false;
  readonly isProvisional = false;
  readonly waiting = null;
  private readonly columns: PacketColumns;
  private readonly ends: readonly (Ends | null)[];
  private readonly endsTests: readonly EndsTest[];
  private readonly narrows: readonly Narrow[];
  /** By kind, then conversation: SENT_BY_A and SENT_BY_B where what that side sends matches `endsTests`. */
  private readonly verdicts: Uint8Array[] = CONVERSATIONS.map(() => new Uint8Array(1));
  private readonly judged: number[] = CONVERSATIONS.map(() => 0);
  private readonly candidates = new Uint32Array(CHUNK_PACKETS);

  constructor(terms: readonly FilterTerm[], columns: PacketColumns, streams: Streams) {
    this.columns = columns;
    this.ends = endsByKind(streams);
    this.endsTests = terms.flatMap((term) => endsTestOf(term, streams) ?? []);
    this.narrows = terms.flatMap((term) => narrowOf(term) ?? []);
  }

  /**
   * Positions from `from` up to (not including) `to` that match, ascending, handed to `take`
   * array by array; each array is reused.
   */
  *scan(from: number, to: number, take: (positions: Uint32Array, count: number) => void): Steps<void> {
    if (this.endsTests.length > 0) yield* this.judge();
    for (let base = from - (from % CHUNK_PACKETS); base < to; base += CHUNK_PACKETS) {
      const chunk = this.columns.chunkAt(base / CHUNK_PACKETS);
      const count = this.scanChunk(chunk, base, Math.max(from, base) - base, Math.min(to - base, CHUNK_PACKETS));
      take(this.candidates, count);
      yield Math.min(1, (base + CHUNK_PACKETS) / to);
    }
  }

  /** Leaves the matching positions in `candidates` and gives their number. */
  private scanChunk(chunk: ColumnChunk, base: number, start: number, end: number): number {
    const { candidates } = this;
    let count = this.endsTests.length > 0 ? this.byConversation(chunk, start, end) : everything(candidates, start, end);
    for (const narrow of this.narrows) count = narrow(chunk, base, candidates, count);
    for (let index = 0; index < count; index += 1) candidates[index] = (candidates[index] as number) + base;
    return count;
  }

  private byConversation({ marks, conversation }: ColumnChunk, start: number, end: number): number {
    const { candidates, verdicts } = this;
    let count = 0;
    for (let at = start; at < end; at += 1) {
      const mark = marks[at] as number;
      const verdict = (verdicts[(mark >> KIND_SHIFT) & KIND_MASK] as Uint8Array)[conversation[at] as number] as number;
      candidates[count] = at;
      count += (verdict >> ((mark >> FROM_B_SHIFT) & 1)) & 1;
    }
    return count;
  }

  /** Judges the conversations that came since the last call. */
  private *judge(): Steps<void> {
    for (const [kind, ends] of this.ends.entries()) {
      if (ends === null) continue;
      const count = ends.count();
      const verdicts = grown(this.verdicts[kind] as Uint8Array, count);
      this.verdicts[kind] = verdicts;
      for (let conversation = this.judged[kind] as number; conversation < count; conversation += 1) {
        verdicts[conversation] = (this.passes(ends, conversation, 0) ? SENT_BY_A : 0) | (this.passes(ends, conversation, 1) ? SENT_BY_B : 0);
        if (conversation % STEP === STEP - 1) yield 0;
      }
      this.judged[kind] = count;
    }
  }

  private passes(ends: Ends, conversation: number, sender: 0 | 1): boolean {
    for (const test of this.endsTests) if (!test(ends, conversation, sender)) return false;
    return true;
  }
}

function everything(candidates: Uint32Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) candidates[at - start] = at;
  return Math.max(0, end - start);
}

/** Some room to spare, so that a capture that is being read does not copy for each new conversation. */
function grown(array: Uint8Array, length: number): Uint8Array {
  if (array.length >= length) return array;
  const longer = new Uint8Array(Math.max(length, array.length * 2));
  longer.set(array);
  return longer;
}

// ── terms about the two ends of a conversation ──────────────────────────────

function endsTestOf(term: FilterTerm, streams: Streams): EndsTest | null {
  if (typeof term.value !== 'number') return addressTest(term as Extract<FilterTerm, { value: readonly number[] }>, streams);
  const { op, value } = term as Extract<FilterTerm, { value: number }>;
  const [kind, name] = term.field.split('.');
  const matches = (number: number): boolean => isInside(rangeOf(op, value), number);
  if (name === 'stream') return (ends, conversation) => ends.kind === kind && matches(conversation);
  if (name === 'srcport') return (ends, conversation, sender) => ends.kind === kind && matches(ends.port(conversation, sender));
  if (name === 'dstport') return (ends, conversation, sender) => ends.kind === kind && matches(ends.port(conversation, other(sender)));
  if (name !== 'port') return null;
  return (ends, conversation) => ends.kind === kind && either(op, matches(ends.port(conversation, 0)), matches(ends.port(conversation, 1)));
}

function addressTest({ field, op, value }: Extract<FilterTerm, { value: readonly number[] }>, { addresses }: Streams): EndsTest {
  const version = field.startsWith('ipv6') ? 6 : 4;
  // Interned, not looked up: packets with the address may come only later.
  const wanted = value.length === (version === 4 ? 4 : 16) ? addresses.intern(version, Uint8Array.from(value), 0) : -1;
  const matches = (address: number): boolean => addresses.version(address) === version && (address === wanted) === (op === 'eq');
  if (field.endsWith('.src')) return (ends, conversation, sender) => matches(ends.address(conversation, sender));
  if (field.endsWith('.dst')) return (ends, conversation, sender) => matches(ends.address(conversation, other(sender)));
  return (ends, conversation) => either(op, matches(ends.address(conversation, 0)), matches(ends.address(conversation, 1)));
}

function other(side: 0 | 1): 0 | 1 {
  return side === 0 ? 1 : 0;
}

/** Of two values of a field: any for all operators but `ne`, for which both have to differ. */
function either(op: NumberOperator, first: boolean, second: boolean): boolean {
  return op === 'ne' ? first && second : first || second;
}

// ── terms about the packet itself ───────────────────────────────────────────

/** Numbers that match: those from `low` to `high`, or all others. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly inverted: boolean;
}

function rangeOf(op: NumberOperator, value: number): Range {
  switch (op) {
    case 'eq':
      return { low: value, high: value, inverted: false };
    case 'ne':
      return { low: value, high: value, inverted: true };
    case 'le':
      return { low: -Infinity, high: value, inverted: false };
    case 'gt':
      return { low: -Infinity, high: value, inverted: true };
    case 'ge':
      return { low: value, high: Infinity, inverted: false };
    case 'lt':
      return { low: value, high: Infinity, inverted: true };
  }
}

function isInside({ low, high, inverted }: Range, value: number): boolean {
  return (value >= low && value <= high) !== inverted;
}

/** RFC 9293 §3.1, RFC 3168 §6.1, RFC 3540 and its successor's name. */
const FLAG_BITS: Readonly<Record<string, number>> = { fin: 0x001, syn: 0x002, reset: 0x004, push: 0x008, ack: 0x010, urg: 0x020, ece: 0x040, cwr: 0x080, ae: 0x100 };
const ALL_FLAGS = 0xfff;
const TCP_KIND = CONVERSATIONS.indexOf('tcp');

function narrowOf(term: FilterTerm): Narrow | null {
  if (typeof term.value !== 'number') return null;
  const range = rangeOf(term.op, term.value);
  switch (term.field) {
    case 'frame.len':
      return byNumber((chunk) => chunk.wireLength, range);
    case 'frame.cap_len':
      return byNumber((chunk) => chunk.capturedLength, range);
    case 'frame.interface_id':
      return byNumber((chunk) => chunk.interfaceId, range);
    case 'frame.number':
      return narrow((_chunk, base, at) => isInside(range, base + at + 1));
    case 'frame.time_epoch':
      return narrow((chunk, _base, at) => ((chunk.marks[at] as number) & 1) !== 0 && isInside(range, secondsAt(chunk, at) + (chunk.timeNanos[at] as number) / 1e9));
    case 'tcp.flags':
      return byFlags(ALL_FLAGS, range);
    default: {
      const bit = term.field.startsWith('tcp.flags.') ? FLAG_BITS[term.field.slice('tcp.flags.'.length)] : undefined;
      // A flag is 1 or 0, wherever in the header it stands.
      return bit === undefined ? null : byFlags(bit, { ...range, low: range.low * bit, high: range.high * bit });
    }
  }
}

function narrow(matches: (chunk: ColumnChunk, base: number, at: number) => boolean): Narrow {
  return (chunk, base, candidates, count) => {
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const at = candidates[index] as number;
      candidates[kept] = at;
      if (matches(chunk, base, at)) kept += 1;
    }
    return kept;
  };
}

/** The plain columns, without a call per packet. */
function byNumber(column: (chunk: ColumnChunk) => Uint32Array | Uint16Array, { low, high, inverted }: Range): Narrow {
  return (chunk, _base, candidates, count) => {
    const values = column(chunk);
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const at = candidates[index] as number;
      const value = values[at] as number;
      candidates[kept] = at;
      if ((value >= low && value <= high) !== inverted) kept += 1;
    }
    return kept;
  };
}

function byFlags(mask: number, { low, high, inverted }: Range): Narrow {
  return ({ marks, tcpFlags }, _base, candidates, count) => {
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const at = candidates[index] as number;
      const value = (tcpFlags[at] as number) & mask;
      candidates[kept] = at;
      if ((((marks[at] as number) >> KIND_SHIFT) & KIND_MASK) === TCP_KIND && (value >= low && value <= high) !== inverted) kept += 1;
    }
    return kept;
  };
}
