/** `layerscope read FILE`: the whole capture is indexed and analysed first, then printed (tshark's `-2`). */
import { CaptureSession } from '../engine/session.ts';
import { fieldsPrinter } from './print-fields.ts';
import { jsonPrinter } from './print-json.ts';
import { textPrinter, verbosePrinter } from './print-text.ts';
import type { Printer } from './printer.ts';
import { readOptions } from './read-options.ts';
import type { ReadOptions } from './read-options.ts';
import { writer } from './writer.ts';

export async function readCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  const session = await CaptureSession.open(options.file, { verifyChecksums: options.verifyChecksums, ...(options.maxPackets === null ? {} : { maxPackets: options.maxPackets }) });
  const printer = printerOf(options, session);
  await session.finished;
  const out = writer(process.stdout);
  if (session.packetCount > 0 || session.problems.length === 0) {
    await out.write(printer.begin());
    for (let position = 0; position < session.packetCount; position += 1) await out.write(printer.packet(session, position));
    await out.write(printer.end());
    await out.flush();
  }
  session.close();
  return tellProblems(session);
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
