/** `layerscope stat FILE`: what the capture is, and how long it took to read. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { linkTypeName } from '../../shared/format/link-types.ts';
import { CaptureSession } from '../engine/session.ts';
import { CommandError } from './command-error.ts';
import { memoryBudgetOf, memorySettings } from './memory-budget.ts';
import { tellProblems } from './read.ts';

/** Rows that fill a first screen. */
const SCREEN_ROWS = 50;

interface Statistics {
  readonly file: string;
  readonly format: string;
  readonly compression: string | null;
  readonly packets: number;
  /** Captured bytes and bytes on the wire of all packets. */
  readonly capturedBytes: number;
  readonly wireBytes: number;
  readonly durationSeconds: number | null;
  readonly firstTimeSeconds: number | null;
  readonly linkTypes: readonly { readonly linkType: number; readonly name: string }[];
  readonly interfaces: number;
  readonly tcpStreams: number;
  readonly udpStreams: number;
  /** Milliseconds from asking for the file, in a warm process, to the text of a first screen. */
  readonly firstRowsMs: number | null;
  /** Milliseconds from asking for the file to the complete index, and the same from the start of the process. */
  readonly indexMs: number;
  readonly indexMsSinceProcessStart: number;
  /** With --deep: milliseconds that the deep pass took, and from asking for the file until every row is final; else null. */
  readonly deepMs: number | null;
  readonly finalMs: number | null;
  readonly peakMemoryBytes: number;
  /** Bytes of the columns and all tables beside them, in memory or not; and per packet (null without packets). */
  readonly columnBytes: number;
  readonly bytesPerPacket: number | null;
  /** Bytes of parts of the index that were moved to a temporary file. */
  readonly spilledBytes: number;
  readonly problems: readonly string[];
}

export async function statCommand(words: readonly string[]): Promise<number> {
  const { file, json, deep, columnBudgetBytes } = options(words);
  const memory = memorySettings(columnBudgetBytes);
  const from = performance.now();
  const session = await CaptureSession.open(file, { verifyChecksums: false, deep, ...memory });
  const indexedAt = noteWhenIndexed(session);
  const passesOnce = isPipe(file);
  const firstRows = passesOnce ? noteFirstRows(session, from) : null;
  await session.finished;
  const finalAt = performance.now();
  const indexedAtMs = indexedAt() ?? finalAt;
  // Taken before anything else is opened: it is what this capture needs.
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  const firstRowsMs = session.packetCount === 0 ? null : (firstRows?.() ?? await timeToFirstRows(file));
  const statistics = collect(session, file, {
    firstRowsMs,
    indexMs: indexedAtMs - from,
    indexMsSinceProcessStart: indexedAtMs,
    deepMs: deep ? finalAt - indexedAtMs : null,
    finalMs: deep ? finalAt - from : null,
    peakMemoryBytes,
  });
  process.stdout.write(json ? `${JSON.stringify(statistics, null, 2)}\n` : asText(statistics));
  session.close();
  return tellProblems(session);
}

/** The time of this process at which reading ended and what follows, if anything, is the deep pass; null where it was not told. */
function noteWhenIndexed(session: CaptureSession): () => number | null {
  let indexedAt: number | null = null;
  session.onProgress(({ state }) => {
    if (state !== 'opening' && state !== 'reading') indexedAt ??= performance.now();
  });
  return () => indexedAt;
}

/**
 * Opens the file once more and stops at the first screen of rows: what a running host takes,
 * and without slowing down the index pass that is timed.
 */
async function timeToFirstRows(file: string): Promise<number> {
  const from = performance.now();
  const session = await CaptureSession.open(file, { verifyChecksums: false, deep: false });
  const firstRows = noteFirstRows(session, from, () => session.stop());
  await session.finished;
  const firstRowsMs = firstRows();
  session.close();
  return firstRowsMs;
}

/** Reads a first screen of rows as soon as there are any; gives how long after `from` that was. */
function noteFirstRows(session: CaptureSession, from: number, onRead = (): void => undefined): () => number {
  let firstRowsMs: number | null = null;
  const first = (): number => {
    if (firstRowsMs === null && session.packetCount > 0) {
      session.readRows(0, 0, SCREEN_ROWS);
      firstRowsMs = performance.now() - from;
      onRead();
    }
    return firstRowsMs ?? performance.now() - from;
  };
  session.onProgress(first);
  return first;
}

/** What cannot be opened a second time. */
function isPipe(file: string): boolean {
  return file === '-' || (statSync(file, { throwIfNoEntry: false })?.isFIFO() ?? false);
}

function options(words: readonly string[]): { file: string; json: boolean; deep: boolean; columnBudgetBytes: number | undefined } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { json: { type: 'boolean' }, deep: { type: 'boolean' }, 'memory-budget': { type: 'string' } } });
    const file = positionals[0];
    if (file === undefined || positionals.length > 1) throw new CommandError('stat takes one capture file: layerscope stat FILE [--json] [--deep] [--memory-budget MB]');
    return { file, json: values.json ?? false, deep: values.deep ?? false, columnBudgetBytes: memoryBudgetOf(values['memory-budget']) };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(error instanceof Error ? error.message : String(error));
  }
}

type Cost = { readonly [K in 'firstRowsMs' | 'indexMs' | 'indexMsSinceProcessStart' | 'deepMs' | 'finalMs' | 'peakMemoryBytes']: Statistics[K] };

function collect(session: CaptureSession, file: string, cost: Cost): Statistics {
  const { columns, interfaces, conversations, totals } = session.index;
  const earliest = secondsOf(totals.earliest);
  const latest = secondsOf(totals.latest);
  const description = session.describe();
  return {
    file,
    format: description.format,
    compression: description.compression,
    packets: columns.count,
    capturedBytes: totals.capturedBytes,
    wireBytes: totals.wireBytes,
    durationSeconds: earliest === null || latest === null ? null : latest - earliest,
    firstTimeSeconds: earliest,
    linkTypes: [...new Set(interfaces.map(({ linkType }) => linkType))].map((linkType) => ({ linkType, name: linkTypeName(linkType) })),
    interfaces: interfaces.length,
    tcpStreams: conversations.tcp.count,
    udpStreams: conversations.udp.count,
    firstRowsMs: rounded(cost.firstRowsMs),
    indexMs: rounded(cost.indexMs),
    indexMsSinceProcessStart: rounded(cost.indexMsSinceProcessStart),
    deepMs: rounded(cost.deepMs),
    finalMs: rounded(cost.finalMs),
    peakMemoryBytes: cost.peakMemoryBytes,
    columnBytes: session.index.byteLength,
    bytesPerPacket: columns.count === 0 ? null : rounded(session.index.byteLength / columns.count),
    spilledBytes: session.memoryUse.bytesOnDisk,
    problems: session.problems.map(({ message }) => message),
  };
}

function secondsOf(time: { readonly seconds: number; readonly nanos: number } | null): number | null {
  return time === null ? null : time.seconds + time.nanos / 1e9;
}

function rounded(milliseconds: number): number;
function rounded(milliseconds: number | null): number | null;
function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds * 10) / 10;
}

function asText(statistics: Statistics): string {
  const lines: readonly (readonly [string, string])[] = [
    ['File', statistics.file],
    ['Format', statistics.compression === null ? statistics.format : `${statistics.format}, compressed with ${statistics.compression}`],
    ['Link types', statistics.linkTypes.map(({ name }) => name).join(', ')],
    ['Packets', String(statistics.packets)],
    ['Bytes on the wire', String(statistics.wireBytes)],
    ['Bytes captured', String(statistics.capturedBytes)],
    ['Duration', statistics.durationSeconds === null ? 'unknown' : `${statistics.durationSeconds.toFixed(6)} s`],
    ['TCP streams', String(statistics.tcpStreams)],
    ['UDP streams', String(statistics.udpStreams)],
    ['First rows after', statistics.firstRowsMs === null ? 'none' : `${statistics.firstRowsMs} ms`],
    ['Index complete after', `${statistics.indexMs} ms`],
    ...(statistics.finalMs === null ? [] : [['Every row final after', `${statistics.finalMs} ms`] as const]),
    ['Index takes', statistics.bytesPerPacket === null ? 'nothing' : `${statistics.bytesPerPacket} bytes a packet`],
    ['Peak memory', `${Math.round(statistics.peakMemoryBytes / 1048576)} MiB`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(22)}${value}\n`).join('');
}
