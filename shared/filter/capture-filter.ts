/**
 * A display filter over a capture: the columns answer what they can, and only packets of which
 * they cannot tell are dissected, in file order and no further than the filter's fields need.
 */
import { ColumnScan } from '../columns/column-scan.ts';
import { ASK, isAboutColumns, NO, YES } from '../columns/column-test.ts';
import { CHUNK_PACKETS } from '../columns/packet-columns.ts';
import type { PacketFilter } from '../columns/packet-filter.ts';
import type { Steps } from '../columns/steps.ts';
import type { Dissection } from '../dissect/dissection.ts';
import type { FieldInfo } from '../dissect/field.ts';
import { FieldChoice } from '../dissect/field-choice.ts';
import type { Registry } from '../dissect/registry.ts';
import type { Wanted } from '../dissect/run.ts';
import type { CheckedTest } from './checked.ts';
import { columnTestOf } from './columns.ts';
import type { AskedTables } from './columns.ts';
import { compile } from './compile.ts';
import type { CompiledFilter, CompileOptions } from './compile.ts';

/** Dissects packets in rising order; electron/engine/packet-scanner.ts is one. */
export interface FilterScanner {
  /** True where bytes should be read before this packet is dissected. */
  isBehind(position: number): boolean;
  moveTo(position: number): Promise<void>;
  /** Nothing is to be dissected for a while: what was read ahead can go. */
  release(): void;
  /** What comes back is valid until the next call. */
  dissect(position: number, wanted: Wanted): Dissection;
}

/** The capture as a filter sees it. */
export interface FilteredCapture extends AskedTables {
  readonly registry: Registry;
  /** Null where there is nothing to read from. `colouring`: packets tell the colouring rule that they match, which costs. */
  scanner(colouring: boolean): FilterScanner | null;
  /** Whether a packet shows nothing above TCP, holding but the beginning of a message that another packet shows. */
  beginsMessage(position: number): boolean;
}

/**
 * Protocols whose fields only their own layers record. Of these the tape need not have more than the
 * filter wants, and what lies above them need not be read; others have fields in each other's layers
 * (certificates in TLS, messages in parts), and are read as a whole.
 */
const SELF_CONTAINED = new Set([
  'frame', 'eth', 'sll', 'isl', 'vlan', 'ieee8021ad', 'ieee8021ah', 'macsec', 'arp', 'ip', 'ipv6', 'ipv6.hopopts', 'ipv6.dstopts', 'ipv6.routing', 'ipv6.fraghdr', 'icmp', 'icmpv6', 'igmp',
  'tcp', 'udp', 'udplite', 'dns', 'mdns', 'llmnr', 'http', 'ssdp', 'tls',
]);
/** Told by the message within. */
const TOLD_FROM_WITHIN = /^tcp\.pdu\./;
export const WHOLE_TAPE: Wanted = { items: true, text: false, labels: false };

/** Whether the tape need not have more than these fields for them to be there as always. */
export function areSelfContained(fields: Iterable<FieldInfo>): boolean {
  for (const { protocol, name } of fields) if (!SELF_CONTAINED.has(protocol.id) || TOLD_FROM_WITHIN.test(name)) return false;
  return true;
}

/** Answered one by one. */
const FIRST_PACKETS = 2048;
/** Packets dissected between two steps. */
const PACKETS_A_STEP = 32;

export class CaptureFilter implements PacketFilter {
  /** True where something has to be dissected that only the deep pass makes final. */
  readonly needsFinal: boolean;
  readonly prefersFinal = true;
  waiting: Promise<void> | null = null;
  /** Packets dissected so far. */
  dissected = 0;
  private readonly capture: FilteredCapture;
  private readonly columns: ColumnScan;
  /** For packets that turn out to be nothing more than their kinds name. */
  private readonly closed: ColumnScan;
  private readonly compiled: CompiledFilter;
  private readonly wanted: Wanted;
  private readonly isAboutColouring: boolean;
  private scanner: FilterScanner | null = null;
  private readonly found = new Uint32Array(CHUNK_PACKETS);

  constructor(test: CheckedTest, capture: FilteredCapture, options: CompileOptions) {
    const columnTest = columnTestOf(test, capture);
    this.capture = capture;
    this.columns = new ColumnScan(columnTest, capture.columns, capture.streams);
    this.closed = new ColumnScan(columnTest, capture.columns, capture.streams, true);
    this.needsFinal = !isAboutColumns(columnTest);
    this.compiled = compile(test, options);
    this.isAboutColouring = [...this.compiled.fields].some(({ name }) => name.startsWith('frame.coloring_rule.'));
    this.wanted = areSelfContained(this.compiled.fields) ? { ...WHOLE_TAPE, only: new FieldChoice(this.compiled.fields) } : WHOLE_TAPE;
  }

  get isProvisional(): boolean {
    return this.columns.wasEarly;
  }

  *scan(from: number, to: number, take: (positions: Uint32Array, count: number) => void): Steps<void> {
    const ready = new Set<ColumnScan>();
    for (let at = from; at < to; ) {
      const base = at - (at % CHUNK_PACKETS);
      const start = at - base;
      // A screen of packets may be found among the first: only behind them is what all packets need found out at once.
      const end = Math.min(to - base, CHUNK_PACKETS, at === from ? start + FIRST_PACKETS : CHUNK_PACKETS);
      if (at > from) yield* prepareOnce(this.columns, ready);
      const isAsked = this.columns.answer(base / CHUNK_PACKETS, start, end).subarray(start, end).includes(ASK);
      if (isAsked && at > from) yield* prepareOnce(this.closed, ready);
      if (isAsked) yield* this.askChunk(base, start, end, to, take);
      else take(this.found, positionsOf(this.columns.answers, base, start, end, this.found));
      at = base + end;
      yield at / to;
    }
    this.scanner?.release();
  }

  /** A chunk that the columns, which have answered, do not decide alone. */
  private *askChunk(base: number, start: number, end: number, to: number, take: (positions: Uint32Array, count: number) => void): Steps<void> {
    const { found } = this;
    const { answers } = this.columns;
    // Only asked for where it helps, which is mostly so where there is much to ask.
    const closed = this.closed.answer(base / CHUNK_PACKETS, start, end);
    let count = 0;
    let asked = 0;
    for (let at = start; at < end; at += 1) {
      const answer = answers[at] !== ASK || closed[at] === ASK || !this.capture.beginsMessage(base + at) ? (answers[at] as number) : (closed[at] as number);
      if (answer === NO) continue;
      if (answer === ASK) {
        if (this.scanner?.isBehind(base + at) === true) yield* this.wait(base + at, to);
        asked += 1;
      }
      if (answer === YES || this.ask(base + at)) {
        found[count] = base + at;
        count += 1;
      }
      if (asked < PACKETS_A_STEP) continue;
      // What was found so far is shown while the rest is looked for.
      take(found, count);
      count = 0;
      asked = 0;
      yield (base + at) / to;
    }
    take(found, count);
  }

  private *wait(position: number, to: number): Steps<void> {
    this.waiting = (this.scanner as FilterScanner).moveTo(position);
    yield position / to;
    this.waiting = null;
  }

  private ask(position: number): boolean {
    const scanner = (this.scanner ??= this.capture.scanner(this.isAboutColouring));
    if (scanner === null) return false;
    this.dissected += 1;
    const { packet, matches } = this.compiled;
    // What is carried in something else lies above a transport layer.
    packet.load(scanner.dissect(position, this.columns.isPlain(position) ? this.wanted : WHOLE_TAPE));
    return matches(packet);
  }
}

function* prepareOnce(scan: ColumnScan, ready: Set<ColumnScan>): Steps<void> {
  if (!ready.has(scan)) yield* scan.prepare();
  ready.add(scan);
}

/** Leaves the positions of all that are YES in `found`, and gives their number. */
function positionsOf(answers: Uint8Array, base: number, start: number, end: number, found: Uint32Array): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    found[count] = base + at;
    count += (answers[at] as number) >> 1;
  }
  return count;
}
