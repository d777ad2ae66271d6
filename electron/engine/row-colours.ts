/**
 * Which colouring rule a packet matches: the first one does. Columns are asked before anything else, for
 * neighbouring packets at once. Where they cannot tell, the dissection that makes the packet's row does: it
 * knows which protocols the packet has, and carries the fields that rules ask for beside the texts. Only
 * rules on fields that protocols have in each other's layers cost a dissection of their own. What
 * was found is kept until the rules or the capture change.
 *
 * For pictures of the whole capture there is `roughRule`, which asks nothing but columns.
 */
import type { RuleProblem, SentRule } from '../../shared/ipc/colouring-contract.ts';
import { ColumnScan } from '../../shared/columns/column-scan.ts';
import { ASK, NO, YES } from '../../shared/columns/column-test.ts';
import { CHUNK_PACKETS } from '../../shared/columns/packet-columns.ts';
import type { ColumnChunk } from '../../shared/columns/packet-columns.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import { FieldChoice } from '../../shared/dissect/field-choice.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import { WANT_ROW } from '../../shared/dissect/run.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import { areSelfContained, WHOLE_TAPE } from '../../shared/filter/capture-filter.ts';
import { valuesIn } from '../../shared/filter/checked.ts';
import type { CheckedTest } from '../../shared/filter/checked.ts';
import { columnTestOf } from '../../shared/filter/columns.ts';
import type { AskedTables } from '../../shared/filter/columns.ts';
import { compile, PatternTimeout } from '../../shared/filter/compile.ts';
import type { CompiledFilter } from '../../shared/filter/compile.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import { readFilter } from '../../shared/filter/read-filter.ts';
import { boundedMatcher } from './bounded-patterns.ts';

/** The capture as rules see it. */
export interface ColouredCapture extends AskedTables {
  readonly registry: Registry;
  macros(): Macros;
  /** Grows whenever rows may have changed. */
  generation(): number;
  /** Packets that the deep pass has finished; the others may match another rule then. */
  finalPackets(): number;
  /** Told when the rules have changed. */
  onChange(): void;
  /** A dissection of its own, not the one that somebody is at work with; valid until the next call. */
  dissect(position: number, wanted: Wanted): Dissection;
}

interface Rule {
  readonly sent: SentRule;
  readonly columns: ColumnScan;
  readonly compiled: CompiledFilter;
  /** It asks for nothing but headers, whose fields the dissection of the packet's row can carry. */
  readonly isBeside: boolean;
}

/** Positions closer together than this are asked of the columns at once. */
const NEAR = 256;
/** Chunks whose packets' rules are remembered, 2 bytes a packet. */
const MOST_CHUNKS = 32;
/** In what is remembered: 0 = not known, else a place in `rules` + 2. */
const NO_RULE = 1;

export class RowColours {
  readonly #capture: ColouredCapture;
  readonly #listeners = new Set<(problems: readonly RuleProblem[]) => void>();
  /** All that were sent, those that match nothing among them. */
  #all: readonly SentRule[] = [];
  #madeWith: Macros | null = null;
  #rules: readonly Rule[] = [];
  #sent: readonly SentRule[] = [];
  #problems: readonly RuleProblem[] = [];
  /** A row's texts, and beside them what rules ask. */
  #wanted: Wanted = WANT_ROW;
  /** By chunk; the one used last stands last. */
  readonly #known = new Map<number, Uint16Array>();
  #knownGeneration = -1;
  /** For one packet of a chunk: its kind as its dissection shows it. */
  readonly #shownKinds = new Uint16Array(CHUNK_PACKETS);
  /** Positions that all rules' columns were asked for last, the end not included. */
  #asked = { from: 0, to: 0 };

  constructor(capture: ColouredCapture) {
    this.#capture = capture;
  }

  /** The rules in force, in order; places in it are what the others give. */
  get rules(): readonly SentRule[] {
    return this.#sent;
  }

  set(sent: readonly SentRule[]): void {
    const macros = this.#capture.macros();
    const before = new Map(macros === this.#madeWith ? this.#rules.map((rule) => [rule.sent.filter, rule]) : []);
    this.#madeWith = macros;
    this.#all = sent;
    const rules: Rule[] = [];
    const problems: RuleProblem[] = [];
    for (const rule of sent) {
      const same = before.get(rule.filter);
      const made = same === undefined ? this.#make(rule) : { ...same, sent: rule };
      if ('problem' in made) problems.push(made);
      else rules.push(made);
    }
    this.#use(rules, problems);
  }

  /** Reads the rules again: macros mean something else. */
  renew(): void {
    this.set(this.#all);
  }

  /** Told now and whenever they change; returns the function that ends it. */
  onProblems(listener: (problems: readonly RuleProblem[]) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#problems);
    return () => void this.#listeners.delete(listener);
  }

  #use(rules: readonly Rule[], problems: readonly RuleProblem[]): void {
    const fields = rules.flatMap(({ isBeside, compiled }) => (isBeside ? [...compiled.fields] : []));
    this.#wanted = fields.length === 0 ? WANT_ROW : { ...WANT_ROW, items: true, only: new FieldChoice(fields, true) };
    this.#rules = rules;
    this.#sent = rules.map((rule) => rule.sent);
    this.#problems = problems;
    this.#known.clear();
    this.#asked = { from: 0, to: 0 };
    for (const listener of this.#listeners) listener(problems);
    this.#capture.onChange();
  }

  #make(sent: SentRule): Rule | RuleProblem {
    const { registry, columns, streams } = this.#capture;
    const read = readFilter(sent.filter, registry, this.#capture.macros());
    if (!read.isValid) return { id: sent.id, problem: read.error };
    if (read.test === null) return problemOf(sent, 'A rule needs a filter.');
    const wrong = unfit(read.test);
    if (wrong !== null) return problemOf(sent, wrong);
    const compiled = compile(read.test, { makeMatcher: boundedMatcher });
    return { sent, compiled, columns: new ColumnScan(columnTestOf(read.test, this.#capture), columns, streams), isBeside: areSelfContained(compiled.fields) && !new FieldChoice(compiled.fields).reachesUp };
  }

  // ── asked for ──────────────────────────────────────────────────────────────

  /** The rule of a packet: a place in `rules`, −1 = none. */
  ruleOf(position: number): number {
    if (this.#rules.length === 0) return -1;
    this.prepare([position]);
    const known = this.#chunkOf(position)[position % CHUNK_PACKETS] as number;
    return known !== 0 ? known - 2 : this.ruleOfShown(position, this.#capture.dissect(position, this.#wanted));
  }

  /** What a packet's row is to be dissected for, so that `ruleOfShown` finds there what rules ask. */
  wantedOf(position: number): Wanted {
    return this.#wanted === WANT_ROW || this.#chunkOf(position)[position % CHUNK_PACKETS] !== 0 ? WANT_ROW : this.#wanted;
  }

  /** The same of a packet that `run` has dissected as `wantedOf` says. */
  ruleOfShown(position: number, run: Dissection): number {
    if (this.#rules.length === 0) return -1;
    const known = this.#chunkOf(position);
    const at = position % CHUNK_PACKETS;
    const found = known[at] as number;
    if (found !== 0) return found - 2;
    const rule = this.#decide(position, run);
    if (position < this.#capture.finalPackets()) known[at] = rule + 2;
    return rule;
  }

  /** What the columns know of a packet's rule: a place in `rules`, −1 = none. Rules that have to read the packet are passed over. */
  roughRule(position: number): number {
    const at = position % CHUNK_PACKETS;
    const chunk = (position - at) / CHUNK_PACKETS;
    return this.#rules.findIndex(({ columns }) => columns.answer(chunk, at, at + 1)[at] === YES);
  }

  /** Before many are asked for, in any order: settles what columns can settle, stretch by stretch. */
  prepare(positions: readonly number[]): void {
    const final = this.#capture.finalPackets();
    const ordered = positions.filter((position) => position < final).sort((a, b) => a - b);
    for (let first = 0; first < ordered.length; ) {
      let last = first;
      while (last + 1 < ordered.length && isNear(ordered[last] as number, ordered[last + 1] as number)) last += 1;
      this.#settle(ordered[first] as number, (ordered[last] as number) + 1);
      first = last + 1;
    }
  }

  /** Positions of one chunk, `to` not included. */
  #settle(from: number, to: number): void {
    const known = this.#chunkOf(from);
    const base = from - (from % CHUNK_PACKETS);
    const [start, end] = [from - base, to - base];
    if (!known.subarray(start, end).includes(0)) return;
    this.#asked = { from, to };
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

  #decide(position: number, shown: Dissection): number {
    const at = position % CHUNK_PACKETS;
    const chunk = this.#chunkAsShown(position, shown);
    const wasAsked = position >= this.#asked.from && position < this.#asked.to;
    let whole: Dissection | null = null;
    for (const [index, { columns, compiled, isBeside }] of this.#rules.entries()) {
      if (wasAsked && columns.answers[at] === NO) continue;
      const answer = columns.answerOf(chunk, position - at, at, at + 1)[at];
      if (answer === NO) continue;
      if (answer === YES) return index;
      if (!isBeside) whole ??= this.#capture.dissect(position, WHOLE_TAPE);
      compiled.packet.load(isBeside ? shown : (whole as Dissection));
      const matches = this.#matches(index);
      if (matches === null) return this.ruleOf(position);
      if (matches) return index;
    }
    return -1;
  }

  /** A packet's columns, its kind being what its dissection shows: nothing is open about that. */
  #chunkAsShown(position: number, run: Dissection): ColumnChunk {
    const { columns } = this.#capture;
    const kind = this.#shownKinds;
    kind[position % CHUNK_PACKETS] = columns.kinds.number('', run.protocolNames.slice(1).join(':'), 'closed', run.sections);
    return { ...columns.chunkAt(Math.floor(position / CHUNK_PACKETS)), kind };
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

function isNear(one: number, next: number): boolean {
  return next - one < NEAR && Math.floor(one / CHUNK_PACKETS) === Math.floor(next / CHUNK_PACKETS);
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
