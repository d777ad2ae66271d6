/**
 * `layerscope read FILE`: the whole capture is indexed and analysed first, then printed (tshark's `-2`);
 * with `--follow` packets are printed as they come.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { applyChange, LiveFeed } from '../engine/live-feed.ts';
import { CaptureSession } from '../engine/session.ts';
import { PatternTimeout } from '../../shared/filter/compile.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import { CommandError } from './command-error.ts';
import { watchRingFolder } from '../host/live/ring-folder.ts';
import { macrosOf } from './macros-option.ts';
import { fieldsPrinter } from './print-fields.ts';
import { jsonPrinter } from './print-json.ts';
import { textPrinter, verbosePrinter } from './print-text.ts';
import type { Printer } from './printer.ts';
import { memorySettings } from './memory-budget.ts';
import { Printing, printWhileReading } from './print-packets.ts';
import { readOptions } from './read-options.ts';
import type { ReadOptions } from './read-options.ts';

export async function readCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  const macros = macrosOf(options.macros);
  const { file, settings, decodeAs, maxPackets, follow, columnBudgetBytes } = options;
  const ring = follow && isFolder(file) ? await watchRingFolder(resolve(file), 'ring') : null;
  const live = ring === null ? null : new LiveFeed(ring.firstFile);
  const session = await CaptureSession.open(live?.files[0] ?? file, { ...settings, decodeAs, follow, ...memorySettings(columnBudgetBytes), ...(maxPackets === null ? {} : { maxPackets }), ...(live === null ? {} : { live }) });
  if (live !== null) ring?.follow((change) => applyChange(live, change));
  session.setMacros(macros);
  const printing = new Printing(session, printerOf(options, session), filterOf(options, session));
  try {
    if (follow) await printWhileReading(session, printing);
    else await session.finished;
    if (session.packetCount > 0 || session.problems.length === 0) await printing.end();
  } catch (error) {
    throw error instanceof PatternTimeout ? new CommandError(error.message) : error;
  }
  session.close();
  ring?.stop();
  return tellProblems(session);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Null where all packets are printed. A text that is no filter ends the command, with its place marked as tshark does. */
function filterOf({ filter }: ReadOptions, session: CaptureSession): PacketFilter | null {
  if (filter === null) return null;
  const { error } = session.checkFilter(filter);
  if (error === null) return session.makeFilter(filter);
  const { start, end, message } = error;
  session.close();
  // On one line, as it was typed.
  throw new CommandError(`${message}\n    ${filter.replace(/\s/g, ' ')}\n    ${' '.repeat(start)}^${'~'.repeat(Math.max(0, end - start - 1))}`);
}

function printerOf(options: ReadOptions, session: CaptureSession): Printer {
  switch (options.output) {
    case 'text':
      return textPrinter();
    case 'verbose':
      return verbosePrinter();
    case 'fields':
      return fieldsPrinter(options, session.registry);
    case 'json':
      return jsonPrinter(options, session.registry);
  }
}

/** Each problem is one line on standard error; anything worse than an oddity makes the status 1. */
export function tellProblems(session: CaptureSession): number {
  for (const { message } of session.problems) process.stderr.write(`layerscope: ${message}\n`);
  return session.problems.some(({ kind }) => kind !== 'odd') ? 1 : 0;
}
