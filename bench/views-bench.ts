/** Filters over columns and sorting, through the engine: how long a view takes to make, and that nobody waits meanwhile. */
import { isIPv4 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random } from '../tools/craft/random.ts';
import type { SortOrder, ViewSpec } from '../shared/ipc/contract.ts';
import { type Engine, screenRows } from './engine-process.ts';
import { type Latency, latency } from './latency.ts';

export interface SortResult {
  readonly column: SortOrder['column'];
  readonly readyMs: number;
  /** Rows of the whole list, asked for while the view was made. */
  readonly rowsMeanwhile: Latency;
}

export interface ViewsResult {
  /** `ip.src == x && tcp.flags.syn == 1` for one sender after the other: from the request to the view being ready. */
  readonly filter: Latency;
  /** Packets that such a filter let through, on average. */
  readonly filteredPackets: number;
  readonly sorts: readonly SortResult[];
}

const filters = 40;
const sortedColumns = ['time', 'source', 'length', 'protocol', 'info'] as const;
/** Of somebody who scrolls while the sorting goes on. */
const pauseMostMs = 16;

/** The engine has finished all its work on its capture. */
export async function viewsOf(engine: Engine, packets: number, random: Random): Promise<ViewsResult> {
  const times: number[] = [];
  let passed = 0;
  while (times.length < filters) {
    const address = await senderAt(engine, random.below(packets));
    if (address === null) continue;
    const spec: ViewSpec = { text: `ip.src == ${address} && tcp.flags.syn == 1`, sort: null };
    const { readyMs, total } = await makeView(engine, spec);
    times.push(readyMs);
    passed += total;
  }
  const sorts: SortResult[] = [];
  for (const column of sortedColumns) sorts.push(await timeToSort(engine, column, packets, random));
  return { filter: latency(times), filteredPackets: passed / times.length, sorts };
}

/** The IPv4 sender of a packet, or null where it has none. */
async function senderAt(engine: Engine, position: number): Promise<string | null> {
  const { rows } = await engine.window.call('rows.read', { view: 0, from: position, count: 1 });
  const source = rows[0]?.source ?? '';
  return isIPv4(source) ? source : null;
}

/** Milliseconds from the request until the view is ready, and its rows; the view is given up then. */
function makeView(engine: Engine, spec: ViewSpec): Promise<{ readonly readyMs: number; readonly total: number }> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const unsubscribe = engine.window.subscribe(
      'view.follow',
      spec,
      ({ state, total }) => {
        if (state !== 'ready') return;
        resolve({ readyMs: performance.now() - startedMs, total });
        // Not before this very event has been dealt with.
        queueMicrotask(() => unsubscribe());
      },
      (error) => reject(error ?? new Error('the view ended before it was ready')),
    );
  });
}

async function timeToSort(engine: Engine, column: SortOrder['column'], packets: number, random: Random): Promise<SortResult> {
  const meanwhile: number[] = [];
  let isReady = false;
  const making = makeView(engine, { sort: { column, descending: false } }).finally(() => (isReady = true));
  while (!isReady) {
    const startedMs = performance.now();
    await engine.window.call('rows.read', { view: 0, from: random.below(packets - screenRows + 1), count: screenRows });
    meanwhile.push(performance.now() - startedMs);
    await Promise.race([making, pause(random.fraction() * pauseMostMs)]);
  }
  return { column, readyMs: (await making).readyMs, rowsMeanwhile: latency(meanwhile) };
}
