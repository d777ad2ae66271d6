/** How soon a capture is read and indexed, beside tshark on the same file in the same run. */
import { measure, median, type Run } from './measure.ts';

export interface ReadResult {
  readonly packets: number;
  /** The whole process, from start to end. */
  readonly layerscopeMs: number;
  /** From the request on, inside the process. */
  readonly firstRowsMs: number;
  readonly indexMs: number;
  /** From the start of the process on: what compares with a program that only ever runs once. */
  readonly indexSinceStartMs: number;
  readonly peakMemoryBytes: number;
  /** Null without tshark. */
  readonly tshark: { readonly version: string; readonly wallMs: number; readonly peakMemoryBytes: number | null } | null;
}

/** The part of `layerscope stat --json` that is used here. */
interface Statistics {
  readonly packets: number;
  readonly firstRowsMs: number;
  readonly indexMs: number;
  readonly indexMsSinceProcessStart: number;
  readonly peakMemoryBytes: number;
}

/** Both programs take turns, so that what else the machine does hits both alike. */
export async function benchReading(capture: string, rounds: number): Promise<ReadResult> {
  const version = await tsharkVersion();
  const ours: { run: Run; statistics: Statistics }[] = [];
  const theirs: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = await measure(process.execPath, ['dist/cli.js', 'stat', capture, '--json'], { keepOutput: true });
    ours.push({ run, statistics: JSON.parse(run.output) as Statistics });
    if (version !== null) theirs.push(await measure('tshark', ['-r', capture, '-n']));
  }
  const ourMedian = (of: (one: { run: Run; statistics: Statistics }) => number): number => median(ours.map(of));
  const memory = theirs.flatMap((run) => run.peakMemoryBytes ?? []);
  return {
    packets: ourMedian(({ statistics }) => statistics.packets),
    layerscopeMs: ourMedian(({ run }) => run.wallMs),
    firstRowsMs: ourMedian(({ statistics }) => statistics.firstRowsMs),
    indexMs: ourMedian(({ statistics }) => statistics.indexMs),
    indexSinceStartMs: ourMedian(({ statistics }) => statistics.indexMsSinceProcessStart),
    peakMemoryBytes: ourMedian(({ statistics }) => statistics.peakMemoryBytes),
    tshark: version === null ? null : { version, wallMs: median(theirs.map((run) => run.wallMs)), peakMemoryBytes: memory.length > 0 ? median(memory) : null },
  };
}

async function tsharkVersion(): Promise<string | null> {
  try {
    const { output } = await measure('tshark', ['--version'], { keepOutput: true });
    return /\d+\.\d+\.\d+/.exec(output)?.[0] ?? 'unknown';
  } catch {
    return null;
  }
}
