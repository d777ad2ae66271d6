/**
 * `npm run bench [-- --rounds=N] [--reading] [--window]`: makes the captures, measures reading
 * (against tshark where it is installed) and the window, prints a table and writes
 * bench/results/latest.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureCapture } from './capture.ts';
import { benchReading, type ReadResult } from './read-bench.ts';
import { benchWindow, type WindowResult } from './window-bench.ts';

/** What the figures have to reach. */
const goals = { timesSoonerThanTshark: 5, rowsPaintedMs: 300, scrollFrameP95Ms: 34 } as const;

const captures = {
  mix100: { mode: 'mix', seed: 1, bytes: 100e6, packets: Infinity },
} as const;

type Line = readonly [measured: string, value: string, goal: string];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, reading: { type: 'boolean' }, window: { type: 'boolean' } } });
const rounds = Number(values.rounds);
const everything = !values.reading && !values.window;

const capture = ensureCapture('.cache/bench/mix100.pcap', captures.mix100);
const reading = everything || values.reading ? await benchReading(capture, rounds) : null;
const window = everything || values.window ? await benchWindow(capture, rounds) : null;
const machine = { processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length, memoryBytes: totalmem(), node: process.version, platform: process.platform };

mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/latest.json', `${JSON.stringify({ machine, capture: 'mix100', rounds, reading, window }, null, 2)}\n`);
process.stdout.write(`mix100 (100 MB), medians of ${rounds} runs, ${machine.processors} × ${machine.processor}, Node ${machine.node}\n\n`);
printTable([...(reading ? readingLines(reading) : []), ...(window ? windowLines(window) : [])]);

function readingLines({ packets, layerscopeMs, firstRowsMs, indexMs, indexSinceStartMs, peakMemoryBytes, tshark }: ReadResult): readonly Line[] {
  const ours: readonly Line[] = [
    ['packets', String(packets), ''],
    ['first rows after', milliseconds(firstRowsMs), ''],
    ['complete index after', milliseconds(indexMs), ''],
    ['  from the start of the process', milliseconds(indexSinceStartMs), ''],
    ['layerscope stat, whole process', milliseconds(layerscopeMs), ''],
    ['  its peak memory', mebibytes(peakMemoryBytes), ''],
  ];
  if (!tshark) return [...ours, ['tshark', 'not installed', '']];
  return [
    ...ours,
    [`tshark ${tshark.version} -r -n, whole process`, milliseconds(tshark.wallMs), ''],
    ['  its peak memory', tshark.peakMemoryBytes === null ? 'unknown' : mebibytes(tshark.peakMemoryBytes), ''],
    ['complete index sooner than tshark', `${(tshark.wallMs / indexSinceStartMs).toFixed(1)} times`, `at least ${goals.timesSoonerThanTshark}`],
  ];
}

function windowLines({ rowsPaintedMs, scrollFrameP95Ms, scrollFrameMedianMs }: WindowResult): readonly Line[] {
  return [
    ['rows painted after the click', milliseconds(rowsPaintedMs), `under ${goals.rowsPaintedMs} ms`],
    ['frame while scrolling, median', milliseconds(scrollFrameMedianMs), ''],
    ['frame while scrolling, p95', milliseconds(scrollFrameP95Ms), `at most ${goals.scrollFrameP95Ms} ms`],
  ];
}

function printTable(lines: readonly Line[]): void {
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  for (const [measured, value, goal] of lines) {
    process.stdout.write(`${measured.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}${goal === '' ? '' : `  (goal: ${goal})`}\n`);
  }
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function mebibytes(value: number): string {
  return `${Math.round(value / 1048576)} MiB`;
}
