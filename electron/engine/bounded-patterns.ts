/**
 * Patterns that end in time, whatever they are and whatever bytes they meet. Three ways:
 *  - what a linear engine can run, V8 runs by its usual one and changes over to the linear one once
 *    it has backtracked too often; that is a flag of V8 which can be set while it runs;
 *  - backreferences, look-around and large counts it cannot: these run in a worker thread, which
 *    this thread waits for no longer than the budget of a value, and ends otherwise.
 */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { PatternTimeout } from '../../shared/filter/compile.ts';
import type { Pattern } from '../../shared/filter/pattern.ts';

/** What one value may take; the engine answers nobody meanwhile. */
const VALUE_BUDGET_MS = 100;
/** Starting a thread on a busy machine. */
const START_BUDGET_MS = 5000;
const BACKTRACKS_BEFORE_CHANGE = 20_000;

let flagsAreSet = false;

function setFlags(): void {
  if (flagsAreSet) return;
  flagsAreSet = true;
  setFlagsFromString('--enable-experimental-regexp-engine');
  setFlagsFromString(`--regexp-backtracks-before-fallback=${BACKTRACKS_BEFORE_CHANGE}`);
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
}

/** Whether V8's linear engine takes a pattern. It knows neither look-around nor backreferences nor large counts. */
function isLinear({ source, flags }: Pattern): boolean {
  if (flags !== '') return false;
  try {
    return new RegExp(source, 'l').source === source;
  } catch {
    return false;
  }
}

/** Tests byte text; throws a PatternTimeout where a value takes too long. */
export function boundedMatcher(pattern: Pattern): (byteText: string) => boolean {
  return boundedSearcher(pattern).test;
}

export interface BoundedSearcher {
  readonly test: (byteText: string) => boolean;
  /** The next match from a place on; null where there is none. The searcher has no such function where another thread has to run the pattern. */
  readonly find: ((byteText: string, from: number) => { readonly at: number; readonly length: number } | null) | null;
}

/** Tests byte text, and tells where the pattern matches; throws a PatternTimeout where a value takes too long. */
export function boundedSearcher(pattern: Pattern): BoundedSearcher {
  setFlags();
  if (!isLinear(pattern)) {
    const worker = new PatternWorker(pattern);
    return { test: (byteText) => worker.test(byteText), find: null };
  }
  const expression = new RegExp(pattern.source);
  const finder = new RegExp(pattern.source, 'g');
  return {
    test: (byteText) => expression.test(byteText),
    find(byteText, from) {
      finder.lastIndex = from;
      const match = finder.exec(byteText);
      return match === null ? null : { at: match.index, length: match[0].length };
    },
  };
}

/** Words of the buffer that is shared: what is to be done, the length of the text, the outcome. */
const STATE = 0;
const LENGTH = 1;
const OUTCOME = 2;
const HEADER_BYTES = 16;
const STARTING = 0;
const IDLE = 1;
const ASKED = 2;
const FIRST_ROOM = 64 << 10;

/** The other thread, as text, so that it needs no file of its own in the bundle. */
const WORKER_CODE = `
const { workerData } = require('node:worker_threads');
const expression = new RegExp(workerData.source, workerData.flags);
const control = new Int32Array(workerData.shared, 0, 4);
const bytes = Buffer.from(workerData.shared, ${HEADER_BYTES});
for (;;) {
  Atomics.store(control, ${STATE}, ${IDLE});
  Atomics.notify(control, ${STATE});
  Atomics.wait(control, ${STATE}, ${IDLE});
  control[${OUTCOME}] = expression.test(bytes.latin1Slice(0, control[${LENGTH}])) ? 1 : 0;
}
`;

/** Workers whose filters are gone end with them. */
const registry = new FinalizationRegistry<Worker>((worker) => void worker.terminate());

class PatternWorker {
  readonly #pattern: Pattern;
  #worker: Worker | null = null;
  #shared = new SharedArrayBuffer(0);

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
  }

  test(byteText: string): boolean {
    if (HEADER_BYTES + byteText.length > this.#shared.byteLength) this.#start(byteText.length);
    const control = new Int32Array(this.#shared, 0, 4);
    Buffer.from(this.#shared, HEADER_BYTES).write(byteText, 'latin1');
    control[LENGTH] = byteText.length;
    Atomics.store(control, STATE, ASKED);
    Atomics.notify(control, STATE);
    if (Atomics.wait(control, STATE, ASKED, VALUE_BUDGET_MS) === 'timed-out') {
      this.#end();
      throw new PatternTimeout(this.#pattern);
    }
    return control[OUTCOME] === 1;
  }

  #start(length: number): void {
    this.#end();
    const shared = new SharedArrayBuffer(HEADER_BYTES + Math.max(FIRST_ROOM, 2 * length));
    const worker = new Worker(WORKER_CODE, { eval: true, workerData: { source: this.#pattern.source, flags: this.#pattern.flags, shared }, stdin: false });
    worker.unref();
    registry.register(this, worker, this);
    this.#worker = worker;
    this.#shared = shared;
    if (Atomics.wait(new Int32Array(shared, 0, 4), STATE, STARTING, START_BUDGET_MS) !== 'timed-out') return;
    this.#end();
    throw new PatternTimeout(this.#pattern);
  }

  #end(): void {
    registry.unregister(this);
    void this.#worker?.terminate();
    this.#worker = null;
    this.#shared = new SharedArrayBuffer(0);
  }
}
