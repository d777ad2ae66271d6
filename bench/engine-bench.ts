/** How soon an engine process answers, while it indexes, while it analyses, and afterwards. */
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../tools/craft/random.ts';
import { captureFile, type CaptureSet, type NamedCapture } from './captures.ts';
import { type Engine, screenRows, withEngine } from './engine-process.ts';
import { type Latency, latency } from './latency.ts';
import { benchBomb, benchPacked, type BombResult, type PackedResult } from './packed-bench.ts';
import { viewsOf, type ViewsResult } from './views-bench.ts';

export interface AnswersResult {
  readonly capture: string;
  readonly packets: number;
  /** From the request to open, in a running host, to the reply with a first screen of rows. */
  readonly firstRows: Latency;
  /** A screen of rows at random positions while the index pass, or the deep pass, goes on. */
  readonly rowsWhileIndexing: Latency;
  readonly rowsWhileAnalysing: Latency;
  /** The same when all is done, at a place not looked at before, and once more there. */
  readonly rowsCold: Latency;
  readonly rowsWarm: Latency;
  /** The full tree of one packet, the second time. */
  readonly treeWarm: Latency;
  readonly views: ViewsResult;
}

export interface EngineResult {
  readonly answers: readonly AnswersResult[];
  readonly packed: readonly PackedResult[];
  readonly bomb: BombResult;
}

const firstRowsOpens = 20;
const randomScreens = 200;
/** Enough for a p95 that means something, and the deep pass need not be asked all the way. */
const mostWhileWorking = 600;
/** A user who drags the scroll bar asks about this often. */
const pauseMostMs = 16;

export async function benchEngine(set: CaptureSet, rounds: number): Promise<EngineResult> {
  return { answers: [await answersOf(set.large), await answersOf(set.many)], packed: await benchPacked(set.large, rounds), bomb: await benchBomb(set.bombBytes) };
}

async function answersOf(capture: NamedCapture): Promise<AnswersResult> {
  const file = await captureFile(capture);
  const random = new Random(7);
  const first: number[] = [];
  for (let open = 0; open < firstRowsOpens; open++) first.push(await withEngine((engine) => engine.timeToFirstRows(file)));
  return withEngine(async (engine) => {
    await engine.open(file);
    const whileIndexing = await rowsWhile(engine, 'reading', random);
    const whileAnalysing = await rowsWhile(engine, 'analysing', random);
    const { packets } = await engine.until(({ state }) => state === 'done');
    return {
      capture: capture.name,
      packets,
      firstRows: latency(first),
      rowsWhileIndexing: latency(whileIndexing),
      rowsWhileAnalysing: latency(whileAnalysing),
      ...(await rowsAtRest(engine, packets, random)),
      treeWarm: latency(await treesAtRest(engine, packets, random)),
      views: await viewsOf(engine, packets, random),
    };
  });
}

/** Asks for screens at random places among the packets known so far, one after the other, while the engine is in `state`. */
async function rowsWhile(engine: Engine, state: 'reading' | 'analysing', random: Random): Promise<readonly number[]> {
  const times: number[] = [];
  await engine.until((progress) => progress.packets >= screenRows || progress.state !== 'reading');
  while (engine.progress?.state === state && times.length < mostWhileWorking) {
    times.push(await timeToRows(engine, random.below(engine.progress.packets - screenRows + 1)));
    await pause(random.fraction() * pauseMostMs);
  }
  return times;
}

async function timeToRows(engine: Engine, from: number): Promise<number> {
  const startedMs = performance.now();
  const { rows } = await engine.window.call('rows.read', { view: 0, from, count: screenRows });
  const tookMs = performance.now() - startedMs;
  if (rows.length !== screenRows) throw new Error(`asked for ${screenRows} rows from ${from} on, and got ${rows.length}`);
  return tookMs;
}

async function rowsAtRest(engine: Engine, packets: number, random: Random): Promise<{ rowsCold: Latency; rowsWarm: Latency }> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let screen = 0; screen < randomScreens; screen++) {
    const from = random.below(packets - screenRows + 1);
    cold.push(await timeToRows(engine, from));
    warm.push(await timeToRows(engine, from));
  }
  return { rowsCold: latency(cold), rowsWarm: latency(warm) };
}

async function treesAtRest(engine: Engine, packets: number, random: Random): Promise<readonly number[]> {
  const times: number[] = [];
  for (let tree = 0; tree < randomScreens; tree++) {
    const number = 1 + random.below(packets);
    await engine.window.call('packet.read', { number });
    const startedMs = performance.now();
    await engine.window.call('packet.read', { number });
    times.push(performance.now() - startedMs);
  }
  return times;
}
