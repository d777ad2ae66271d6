/** Display filters through the engine, beside `tshark -Y`: what the columns answer, one field of every packet, and fields of protocols above. */
import type { ViewEvent } from '../shared/ipc/contract.ts';
import { captureFile, type CaptureSet } from './captures.ts';
import { type Engine, withEngine } from './engine-process.ts';
import { latency, type Latency } from './latency.ts';
import { measure, median, type Run } from './measure.ts';
import { installedVersion, readFiltered } from './programs.ts';

/** columns: no packet is dissected. scan: every packet has the field. protocol: packets of one protocol have it. */
export type FilterKind = 'columns' | 'scan' | 'protocol';

export interface FilterResult {
  readonly kind: FilterKind;
  readonly text: string;
  /** Packets that match. */
  readonly found: number;
  /** From the request until the view is ready, in an engine that has finished its other work. */
  readonly ready: Latency;
  /** From the request until there are rows to show; NaN where nothing matches. */
  readonly firstHitsMs: number;
  /** Of the engine process, for one making of the view; null where /proc cannot tell. */
  readonly engineCpuMs: number | null;
  /** What `tshark -r FILE -n -Y` takes, and `layerscope read -Y` of the same; null where it was not measured. */
  readonly tshark: Cost | null;
  readonly commandLine: Cost | null;
}

export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number | null;
}

export interface FiltersResult {
  readonly capture: string;
  readonly packets: number;
  readonly filters: readonly FilterResult[];
  readonly versions: Readonly<Record<string, string>>;
}

const filters: readonly (readonly [FilterKind, string])[] = [
  ['columns', 'tcp.flags.syn == 1 && tcp.flags.ack == 0'],
  ['columns', 'ip.addr == 10.0.0.0/16 && tcp.port == 443'],
  ['columns', 'tcp.analysis.retransmission'],
  ['columns', 'frame.len > 1400'],
  ['scan', 'ip.ttl < 64'],
  ['scan', 'tcp.window_size_value < 1000'],
  ['protocol', 'dns'],
  ['protocol', 'http.request.method == "GET"'],
  ['protocol', 'dns.qry.name contains "example"'],
  ['protocol', 'tls.handshake.type == 1'],
];

/** Those that the columns answer. */
export const columnFilters: readonly string[] = filters.flatMap(([kind, text]) => (kind === 'columns' ? [text] : []));

/** How often a view is made: the first few runs warm the compiler up, as a session at work would be. */
const makings: Readonly<Record<FilterKind, number>> = { columns: 20, scan: 4, protocol: 6 };

export async function benchFilters({ large }: CaptureSet, rounds: number): Promise<FiltersResult> {
  const file = await captureFile(large);
  const version = await installedVersion('tshark');
  if (version === null) process.stdout.write('tshark is not installed: it was left out.\n');
  return withEngine(async (engine) => {
    await engine.open(file);
    const { packets } = await engine.until(({ state }) => state === 'done');
    const measured: FilterResult[] = [];
    for (const [kind, text] of filters) {
      process.stderr.write(`${large.name}: ${text}\n`);
      const made = await makeOften(engine, text, makings[kind]);
      measured.push({ kind, text, ...made, ...(kind === 'protocol' && version !== null ? await fromTheFile(file, text, rounds) : { tshark: null, commandLine: null }) });
    }
    return { capture: large.name, packets, filters: measured, versions: version === null ? {} : { tshark: version } };
  });
}

async function makeOften(engine: Engine, text: string, times: number): Promise<Pick<FilterResult, 'found' | 'ready' | 'firstHitsMs' | 'engineCpuMs'>> {
  const made: Making[] = [];
  const cpuBeforeMs = engine.cpuMs();
  for (let making = 0; making < times; making += 1) made.push(await makeFiltered(engine, text));
  const cpuAfterMs = engine.cpuMs();
  return {
    found: made[0]?.found ?? 0,
    ready: latency(made.map(({ readyMs }) => readyMs)),
    firstHitsMs: median(made.flatMap(({ firstHitsMs }) => (firstHitsMs === null ? [] : [firstHitsMs]))),
    engineCpuMs: cpuBeforeMs === null || cpuAfterMs === null ? null : (cpuAfterMs - cpuBeforeMs) / times,
  };
}

interface Making {
  readonly readyMs: number;
  readonly firstHitsMs: number | null;
  readonly found: number;
}

/** Makes a view and gives it up. */
function makeFiltered(engine: Engine, text: string): Promise<Making> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    let firstHitsMs: number | null = null;
    const onEvent = ({ state, total }: ViewEvent): void => {
      const tookMs = performance.now() - startedMs;
      if (total > 0) firstHitsMs ??= tookMs;
      if (state !== 'ready') return;
      resolve({ readyMs: tookMs, firstHitsMs, found: total });
      // Not before this very event has been dealt with.
      queueMicrotask(() => unsubscribe());
    };
    const unsubscribe = engine.window.subscribe('view.follow', { text, sort: null }, onEvent, (error) => reject(error ?? new Error('the view ended before it was ready')));
  });
}

/** Both programs from the file, start included, in turns. */
async function fromTheFile(file: string, text: string, rounds: number): Promise<Pick<FilterResult, 'tshark' | 'commandLine'>> {
  const theirs: Run[] = [];
  const ours: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await measure('tshark', ['-r', file, '-n', '-Y', text]));
    ours.push(await readFiltered(file, text));
  }
  return { tshark: costOf(theirs), commandLine: costOf(ours) };
}

function costOf(runs: readonly Run[]): Cost {
  const cpu = runs.flatMap(({ cpuMs }) => (cpuMs === null ? [] : [cpuMs]));
  return { wallMs: median(runs.map(({ wallMs }) => wallMs)), cpuMs: cpu.length === 0 ? null : median(cpu) };
}
