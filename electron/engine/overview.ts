/**
 * A view at a glance: parts of equal size, and of each what stands out. Where there are too many
 * rows for the time that a picture may take, rows are sampled evenly, more and more of them, until
 * the time is up.
 */
import type { OverviewBucket } from '../../shared/ipc/list-contract.ts';
import { hasNumber } from '../../shared/format/number-ranges.ts';
import type { NumberRanges } from '../../shared/format/number-ranges.ts';
import type { PacketColumns } from '../../shared/columns/packet-columns.ts';
import { SEVERITIES } from '../../shared/dissect/tape.ts';
import type { ListedRows } from './listed-rows.ts';
import { nextTurn, TURN_MS } from './turn.ts';

export interface OverviewSource {
  readonly columns: PacketColumns;
  /** What the columns know of a packet's colouring rule: a place in `ruleIds`, −1 = none. */
  readonly roughRule: (position: number) => number;
  readonly ruleIds: () => readonly string[];
}

export interface OverviewWish {
  readonly buckets: number;
  readonly marked: NumberRanges;
  /** As rows name it, for example "tcp 3"; null for none. */
  readonly conversation: string | null;
}

export interface OverviewReply {
  readonly total: number;
  readonly isSampled: boolean;
  readonly buckets: readonly OverviewBucket[];
}

/** Working time for one picture, in slices between which others are answered. */
const BUDGET_MS = 120;
/** Rules are dearer to ask than columns: so many rows of each part decide. */
const RULE_SAMPLES = 4;
/** Rows between two looks at the clock. */
const ROWS_A_STEP = 512;

interface Bucket {
  severity: number;
  isMarked: boolean;
  isRelated: boolean;
  /** How many of the rows that were asked match each rule, −1 being none. */
  readonly rules: Map<number, number>;
  /** Rows that were asked for their rule. */
  samples: number;
}

export class Overview {
  readonly #rows: ListedRows;
  readonly #wish: OverviewWish;
  readonly #source: OverviewSource;
  readonly #buckets: Bucket[];
  readonly #kind: string;
  readonly #conversation: number;

  constructor(rows: ListedRows, wish: OverviewWish, source: OverviewSource) {
    this.#rows = rows;
    this.#wish = wish;
    this.#source = source;
    const count = Math.min(wish.buckets, rows.length);
    this.#buckets = Array.from({ length: count }, () => ({ severity: 0, isMarked: false, isRelated: false, rules: new Map(), samples: 0 }));
    const [kind = '', number = ''] = (wish.conversation ?? '').split(' ');
    this.#kind = kind;
    this.#conversation = Number(number);
  }

  async make(signal: AbortSignal): Promise<OverviewReply> {
    const total = this.#rows.length;
    this.#placeMarks();
    const isSampled = await this.#look(signal);
    const ids = this.#source.ruleIds();
    const buckets = this.#buckets.map(({ severity, isMarked, isRelated, rules }): OverviewBucket => ({ severity: SEVERITIES[severity] ?? 'none', rule: ids[mostFrequent(rules)] ?? null, isMarked, isRelated }));
    return { total, isSampled, buckets };
  }

  /** Marks are few: in file order those that have rows are looked up, so that sampling misses none of them. */
  #placeMarks(): void {
    if (!this.#rows.isInFileOrder) return;
    for (const [first, last] of this.#wish.marked) {
      const [from, to] = [this.#rows.indexOf(first - 1), this.#rows.indexOf(last - 1)];
      if (from < 0 || to < 0 || to >= this.#rows.length) continue;
      for (let bucket = this.#bucketOf(from); bucket <= this.#bucketOf(to); bucket += 1) (this.#buckets[bucket] as Bucket).isMarked = true;
    }
  }

  /** Part b has the rows from ⌊b · rows / parts⌋ on. */
  #bucketOf(row: number): number {
    return Math.floor(((row + 1) * this.#buckets.length - 1) / this.#rows.length);
  }

  /** Looks at rows of all parts, each round at those in the middle between the ones before; gives whether some were left out. */
  async #look(signal: AbortSignal): Promise<boolean> {
    const largest = Math.ceil(this.#rows.length / Math.max(1, this.#buckets.length));
    const top = 2 ** Math.ceil(Math.log2(Math.max(1, largest)));
    let spentMs = 0;
    let sliceFrom = performance.now();
    let looked = 0;
    for (let round = 0; round === 0 || top / 2 ** round >= 1; round += 1) {
      const [first, step] = round === 0 ? [0, top] : [top / 2 ** round, top / 2 ** (round - 1)];
      for (const row of this.#rowsOf(first, step)) {
        this.#lookAt(row);
        looked += 1;
        if (looked % ROWS_A_STEP !== 0 || performance.now() - sliceFrom < TURN_MS) continue;
        spentMs += performance.now() - sliceFrom;
        if (spentMs > BUDGET_MS && round > 0) return true;
        await nextTurn();
        signal.throwIfAborted();
        sliceFrom = performance.now();
      }
    }
    return false;
  }

  /** Rows at these places of every part. */
  *#rowsOf(first: number, step: number): Generator<number> {
    const { length } = this.#rows;
    const parts = this.#buckets.length;
    for (let bucket = 0; bucket < parts; bucket += 1) {
      const end = Math.floor(((bucket + 1) * length) / parts);
      for (let row = Math.floor((bucket * length) / parts) + first; row < end; row += step) yield row;
    }
  }

  #lookAt(row: number): void {
    const bucket = this.#buckets[this.#bucketOf(row)] as Bucket;
    const { columns, roughRule } = this.#source;
    const position = this.#rows.at(row);
    bucket.severity = Math.max(bucket.severity, columns.severity(position));
    if (!bucket.isMarked && this.#wish.marked.length > 0) bucket.isMarked = hasNumber(this.#wish.marked, position + 1);
    if (!bucket.isRelated && this.#kind !== '') bucket.isRelated = columns.conversationKind(position) === this.#kind && columns.conversation(position) === this.#conversation;
    if (bucket.samples >= RULE_SAMPLES) return;
    bucket.samples += 1;
    const rule = roughRule(position);
    bucket.rules.set(rule, (bucket.rules.get(rule) ?? 0) + 1);
  }
}

function mostFrequent(rules: ReadonlyMap<number, number>): number {
  let [best, most] = [-1, 0];
  for (const [rule, count] of rules) if (count > most) [best, most] = [rule, count];
  return best;
}
