/**
 * Which colouring rule a packet matches: the first one does. Columns are asked before anything else, for
 * neighbouring packets at once; a packet of which they cannot tell is dissected for all rules that
 * ask together, no higher than they need. What was found is kept until the rules or the capture change.
 *
 * For pictures of the whole capture there is `roughRule`, which asks nothing but columns.
 */
import type { RuleProblem, SentRule } from '../../shared/ipc/colouring-contract.ts';
import { ColumnScan } from '../../shared/columns/column-scan.ts';
import { ASK, NO, YES } from '../../shared/columns/column-test.ts';
import { CHUNK_PACKETS } from '../../shared/columns/packet-columns.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { FieldInfo } from '../../shared/dissect/field.ts';
import { FieldChoice } from '../../shared/dissect/field-choice.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import { areSelfContained, WHOLE_TAPE } from '../../shared/filter/capture-filter.ts';
import { valuesIn } from '../../shared/filter/checked.ts';
import type { CheckedTest } from '../../shared/filter/checked.ts';
import { columnTestOf } from '../../shared/filter/columns.ts';
import type { AskedTables } from '../../shared/filter/columns.ts';
import { compile, PatternTimeout } from '../../shared/filter/compile.ts';
import type { CompiledFilter } from '../../shared/filter/compile.ts';
import { readFilter } from '../../shared/filter/read-filter.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import { boundedMatcher } from './bounded-patterns.ts';

/** The capture as rules see it. */
export interface ColouredCapture extends AskedTables {
  readonly registry: Registry;
  /** Grows whenever rows may have changed. */
  generation(): number;
  /** Packets that the deep pass has finished; the others may match another rule then. */
  finalPackets(): number;
  /** Told when the rules have changed. */
  onChange(): void;
  /** The packet with these fields on the tape, valid until the next call. Must not be the dissection that somebody is at work with. */
  dissect(position: number, wanted: Wanted): Dissection;
}

/** How much of a packet has to be read for a rule that columns cannot answer. */
const HEADERS = 1;
const WHOLE = 2;

interface Rule {
  readonly sent: SentRule;
  readonly columns: ColumnScan;
  readonly compiled: CompiledFilter;
  readonly reach: typeof HEADERS | typeof WHOLE;
}

/** Positions closer together than this are asked of the columns at once. */
const NEAR = 256;
/** Packets whose rule is remembered: 2 bytes each, a chunk at a time. */
const MOST_CHUNKS = 32;

export class RowColours {
  readonly #capture: ColouredCapture;
  readonly #listeners = new Set<(problems: readonly RuleProblem[]) => void>();
  #rules: readonly Rule[] = [];
  #sent: readonly SentRule[] = [];
  #problems: readonly RuleProblem[] = [];
  #headers: Wanted = WHOLE_TAPE;
  /** By chunk: what `ruleOf` gave + 2, 0 = not asked yet. The chunk used last stands last. */
  readonly #known = new Map<number, Uint16Array>();
  #knownGeneration = -1;

  constructor(capture: ColouredCapture) {
    this.#capture = capture;
  }

  /** The rules in force, in order; `ruleOf` and `roughRule` give places in it. */
  get rules(): readonly SentRule[] {
    return this.#sent;
  }

  set(sent: readonly SentRule[]): void {
    const rules: Rule[] = [];
    const problems: RuleProblem[] = [];
    for (const rule of sent) {
      const made = this.#make(rule);
      if ('problem' in made) problems.push(made);
      else rules.push(made);
    }
    const low = rules.flatMap(({ reach, compiled }) => (reach === HEADERS ? [...compiled.fields] : []));
    this.#headers = { ...WHOLE_TAPE, only: new FieldChoice(low) };
    this.#use(rules, problems);
  }

  /** Told now and whenever they change; returns the function that ends it. */
  onProblems(listener: (problems: readonly RuleProblem[]) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#problems);
    return () => void this.#listeners.delete(listener);
  }

  #use(rules: readonly Rule[], problems: readonly RuleProblem[]): void {
    this.#rules = rules;
    this.#sent = rules.map((rule) => rule.sent);
    this.#problems = problems;
    this.#known.clear();
    for (const listener of this.#listeners) listener(problems);
    this.#capture.onChange();
  }

  #make(sent: SentRule): Rule | RuleProblem {
    const { registry } = this.#capture;
    const read = readFilter(sent.filter, registry);
    if (!read.isValid) return { id: sent.id, problem: read.error };
    if (read.test === null) return problemOf(sent, 'A rule needs a filter.');
    const wrong = unfit(read.test);
    if (wrong !== null) return problemOf(sent, wrong);
    const compiled = compile(read.test, { makeMatcher: boundedMatcher });
    return { sent, compiled, columns: new ColumnScan(columnTestOf(read.test, this.#capture), this.#capture.columns, this.#capture.streams), reach: reachOf(compiled.fields) };
  }

  // ── asked for ──────────────────────────────────────────────────────────────

  /** The rules of many packets: places in `rules`, −1 = none. Positions in any order. */
  rulesOf(positions: readonly number[]): number[] {
    if (this.#rules.length === 0) return positions.map(() => -1);
    this.#askColumns(positions);
    return positions.map((position) => this.ruleOf(position));
  }

  /** The rule of a packet: a place in `rules`, −1 = none. */
  ruleOf(position: number): number {
    const known = this.#chunkOf(position);
    const at = position % CHUNK_PACKETS;
    const found = known[at] as number;
    if (found !== 0) return found - 2;
    const rule = this.#decide(position);
    if (position < this.#capture.finalPackets()) known[at] = rule + 2;
    return rule;
  }

  /** What the columns know of a packet's rule: a place in `rules`, −1 = none. Rules that have to read the packet are passed over. */
  roughRule(position: number): number {
    const at = position % CHUNK_PACKETS;
    const chunk = (position - at) / CHUNK_PACKETS;
    return this.#rules.findIndex(({ columns }) => columns.answer(chunk, at, at + 1)[at] === YES);
  }

  /** Settles what columns can settle, stretch by stretch. */
  #askColumns(positions: readonly number[]): void {
    const final = this.#capture.finalPackets();
    const ordered = positions.filter((position) => position < final).sort((a, b) => a - b);
    for (let first = 0; first < ordered.length; ) {
      let last = first;
      while (last + 1 < ordered.length && this.#isNear(ordered[last] as number, ordered[last + 1] as number)) last += 1;
      this.#settle(ordered[first] as number, (ordered[last] as number) + 1);
      first = last + 1;
    }
  }

  #isNear(one: number, next: number): boolean {
    return next - one < NEAR && Math.floor(one / CHUNK_PACKETS) === Math.floor(next / CHUNK_PACKETS);
  }

  /** Positions of one chunk, `to` not included. */
  #settle(from: number, to: number): void {
    const known = this.#chunkOf(from);
    const base = from - (from % CHUNK_PACKETS);
    const [start, end] = [from - base, to - base];
    /** 1: a rule may match that has to read the packet. */
    const open = new Uint8Array(end - start);
    for (const [index, { columns }] of this.#rules.entries()) {
      const answers = columns.answer(base / CHUNK_PACKETS, start, end);
      for (let at = start; at < end; at += 1) {
        if (known[at] !== 0 || open[at - start] !== 0 || answers[at] === NO) continue;
        if (answers[at] === ASK) open[at - start] = 1;
        else known[at] = index + 2;
      }
    }
    for (let at = start; at < end; at += 1) if (known[at] === 0 && open[at - start] === 0) known[at] = NO_RULE;
  }

  #decide(position: number): number {
    const at = position % CHUNK_PACKETS;
    const chunk = (position - at) / CHUNK_PACKETS;
    let run: Dissection | null = null;
    let reached = 0;
    for (const [index, { columns, compiled, reach }] of this.#rules.entries()) {
      const answer = columns.answer(chunk, at, at + 1)[at];
      if (answer === NO) continue;
      if (answer === YES) return index;
      // What is carried in something else lies above a transport layer.
      const needed = columns.isPlain(position) ? reach : WHOLE;
      if (run === null || reached < needed) run = this.#capture.dissect(position, needed === WHOLE ? WHOLE_TAPE : this.#headers);
      reached = Math.max(reached, needed);
      compiled.packet.load(run);
      const matches = this.#matches(index);
      if (matches === null) return this.#decide(position);
      if (matches) return index;
    }
    return -1;
  }

  /** Whether the packet that a rule has loaded matches; null where its pattern takes too long: the rule is out of force then. */
  #matches(index: number): boolean | null {
    const { compiled, sent } = this.#rules[index] as Rule;
    try {
      return compiled.matches(compiled.packet);
    } catch (error) {
      if (!(error instanceof PatternTimeout)) throw error;
      this.#use(this.#rules.filter((_, place) => place !== index), [...this.#problems, problemOf(sent, error.message)]);
      return null;
    }
  }

  /** What is known of the packets of a position's chunk. */
  #chunkOf(position: number): Uint16Array {
    const generation = this.#capture.generation();
    if (generation !== this.#knownGeneration) this.#known.clear();
    this.#knownGeneration = generation;
    const index = Math.floor(position / CHUNK_PACKETS);
    const known = this.#known.get(index) ?? new Uint16Array(CHUNK_PACKETS);
    this.#known.delete(index);
    this.#known.set(index, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_CHUNKS && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

const NO_RULE = 1;

function reachOf(fields: ReadonlySet<FieldInfo>): Rule['reach'] {
  return areSelfContained(fields) && !new FieldChoice(fields).reachesUp ? HEADERS : WHOLE;
}

/** Why a filter cannot be a rule's, in a sentence; null where it can. */
function unfit(test: CheckedTest): string | null {
  for (const value of valuesIn(test)) {
    if (value.kind !== 'field') continue;
    if (value.isReference) return 'A rule colours all packets, whichever is selected: it cannot refer to the selected one.';
    if (value.name.startsWith('frame.coloring_rule.')) return 'A rule cannot ask which rule a packet matches.';
  }
  return null;
}

function problemOf({ id, filter }: SentRule, message: string): RuleProblem {
  return { id, problem: { start: 0, end: filter.length, message, fixes: [] } };
}
