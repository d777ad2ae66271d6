/**
 * Columns of the user's own over one capture: what they say of single packets, and of many at
 * once for sorting, where packets that cannot have a value are not dissected.
 */
import type { ColumnSpec } from '../../shared/ipc/contract.ts';
import { NO } from '../../shared/columns/column-test.ts';
import { ColumnScan } from '../../shared/columns/column-scan.ts';
import { CHUNK_PACKETS } from '../../shared/columns/packet-columns.ts';
import type { ColumnReader } from '../../shared/columns/view-sort.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { FieldInfo } from '../../shared/dissect/field.ts';
import { FieldChoice } from '../../shared/dissect/field-choice.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import { columnTestOf } from '../../shared/filter/columns.ts';
import type { AskedTables } from '../../shared/filter/columns.ts';
import { compileColumn } from '../../shared/filter/column-values.ts';
import type { PacketColumn } from '../../shared/filter/column-values.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import { readFilter } from '../../shared/filter/read-filter.ts';
import type { CheckedTest } from '../../shared/filter/checked.ts';
import { boundedMatcher } from './bounded-patterns.ts';

/** The capture as columns see it. */
export interface ColumnSource extends AskedTables {
  readonly registry: Registry;
  macros(): Macros;
  /** What comes back is valid until the next call. */
  dissect(position: number, wanted: Wanted): Dissection;
}

/** Columns that were compiled last: lists have a few, and ask for them page by page. */
const KEPT = 64;

interface Compiled {
  /** Null for an empty text, and for one that is no expression (any more). */
  readonly test: CheckedTest | null;
  readonly column: PacketColumn;
}

export class CustomColumns {
  readonly #source: ColumnSource;
  readonly #compiled = new Map<string, Compiled>();
  #compiledWith: Macros = {};

  constructor(source: ColumnSource) {
    this.#source = source;
  }

  /** A function that gives the columns' texts for a packet, in their order; a text that is no expression has none. */
  reader(specs: readonly ColumnSpec[]): (position: number) => string[] {
    if (specs.length === 0) return () => [];
    const columns = specs.map((spec) => this.#compile(spec).column);
    const wanted = this.#wantedFor(columns.flatMap(({ fields }) => [...fields]));
    return (position) => {
      const run = this.#source.dissect(position, wanted);
      return columns.map((column) => column.text(run));
    };
  }

  /** One column of many packets, for sorting by it. */
  sorted(spec: ColumnSpec): ColumnReader {
    const { test, column } = this.#compile(spec);
    const wanted = this.#wantedFor([...column.fields]);
    const { columns, streams } = this.#source;
    const scan = test === null ? null : new ColumnScan(columnTestOf(test, this.#source), columns, streams);
    let answers: Uint8Array = new Uint8Array(0);
    let answered = -1;
    const cannotHave = (position: number): boolean => {
      if (scan === null) return true;
      const chunk = Math.floor(position / CHUNK_PACKETS);
      if (chunk !== answered) answers = scan.answer(chunk, 0, columns.chunkLength(chunk));
      answered = chunk;
      return answers[position % CHUNK_PACKETS] === NO;
    };
    return {
      isNumeric: column.isNumeric,
      *prepare() {
        if (scan !== null) yield* scan.prepare();
      },
      text: (position) => (cannotHave(position) ? '' : column.text(this.#source.dissect(position, wanted))),
      number: (position) => (cannotHave(position) ? NaN : column.number(this.#source.dissect(position, wanted))),
    };
  }

  #wantedFor(fields: readonly FieldInfo[]): Wanted {
    return { items: true, text: false, labels: false, only: new FieldChoice(fields) };
  }

  #compile(spec: ColumnSpec): Compiled {
    const macros = this.#source.macros();
    // What a macro meant when a column was compiled need not be what it means now.
    if (macros !== this.#compiledWith) this.#compiled.clear();
    this.#compiledWith = macros;
    const key = JSON.stringify([spec.text, spec.occurrence, spec.names]);
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const { registry } = this.#source;
    const read = readFilter(spec.text, registry, macros);
    const test = read.isValid ? read.test : null;
    const compiled: Compiled = { test, column: compileColumn(test, spec, { makeMatcher: boundedMatcher }) };
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size >= KEPT && oldest !== undefined) this.#compiled.delete(oldest);
    this.#compiled.set(key, compiled);
    return compiled;
  }
}
