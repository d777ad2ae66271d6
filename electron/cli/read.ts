/**
 * `layerscope read FILE`: the whole capture is indexed and analysed first, then printed (tshark's `-2`);
 * with `--follow` packets are printed as they come.
 */
import { CaptureSession } from '../engine/session.ts';
import { fieldsPrinter } from './print-fields.ts';
import { jsonPrinter } from './print-json.ts';
import { textPrinter, verbosePrinter } from './print-text.ts';
import type { Printer } from './printer.ts';
import { memorySettings } from './memory-budget.ts';
import { readOptions } from './read-options.ts';
import type { ReadOptions } from './read-options.ts';
import { writer } from './writer.ts';

export async function readCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  const { file, verifyChecksums, maxPackets, follow, columnBudgetBytes } = options;
  const session = await CaptureSession.open(file, { verifyChecksums, follow, ...memorySettings(columnBudgetBytes), ...(maxPackets === null ? {} : { maxPackets }) });
  const printing = new Printing(session, printerOf(options, session));
  if (follow) await printWhileReading(session, printing);
  else await session.finished;
  if (session.packetCount > 0 || session.problems.length === 0) await printing.end();
  session.close();
  return tellProblems(session);
}

/** Prints what is final whenever there is more of it; Ctrl+C ends reading, as with `tail -f`. */
async function printWhileReading(session: CaptureSession, printing: Printing): Promise<void> {
  let final = 0;
  let hasEnded = false;
  let wake = (): void => undefined;
  const stop = (): void => session.stop();
  process.once('SIGINT', stop);
  session.onProgress(({ finalPackets }) => {
    final = finalPackets;
    wake();
  });
  void session.finished.then(() => {
    hasEnded = true;
    wake();
  });
  while (!hasEnded) {
    await printing.upTo(final);
    if (final === printing.printed && !hasEnded) await new Promise<void>((resolve) => (wake = resolve));
  }
  process.removeListener('SIGINT', stop);
}

/** The packets of a session on standard output, each once. */
class Printing {
  printed = 0;
  readonly #session: CaptureSession;
  readonly #printer: Printer;
  readonly #out = writer(process.stdout);
  #hasBegun = false;

  constructor(session: CaptureSession, printer: Printer) {
    this.#session = session;
    this.#printer = printer;
  }

  async upTo(count: number): Promise<void> {
    if (count === this.printed) return;
    await this.#begin();
    for (; this.printed < count; this.printed += 1) await this.#out.write(this.#printer.packet(this.#session, this.printed));
    await this.#out.flush();
  }

  async #begin(): Promise<void> {
    if (!this.#hasBegun) await this.#out.write(this.#printer.begin());
    this.#hasBegun = true;
  }

  async end(): Promise<void> {
    await this.#begin();
    await this.upTo(this.#session.packetCount);
    await this.#out.write(this.#printer.end());
    await this.#out.flush();
  }
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
