/** `layerscope serve [FILE]`: the web host on this machine, and a browser window on it. */
import { parseArgs } from 'node:util';
import { programFiles } from '../host/program-files.ts';
import { serve } from '../web/serve.ts';
import { CommandError } from './command-error.ts';
import { memoryBudgetOf } from './memory-budget.ts';
import { VERSION } from './version.ts';

export async function serveCommand(words: readonly string[]): Promise<number> {
  const { file, open, port, follow, columnBudgetBytes } = options(words);
  const serving = await serve({
    file: file ?? null,
    follow,
    openWindow: open,
    port,
    columnBudgetBytes,
    version: VERSION,
    program: programFiles(import.meta.url),
    print: (line) => process.stdout.write(`${line}\n`),
    onBug: (error, name) => process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void serving.close());
  await serving.closed;
  return 0;
}

interface Options {
  readonly file: string | undefined;
  readonly open: boolean;
  readonly port: number;
  readonly follow: boolean;
  readonly columnBudgetBytes: number | undefined;
}

function options(words: readonly string[]): Options {
  const { values, positionals } = parse(words);
  if (positionals.length > 1) throw new CommandError('serve takes at most one capture file.');
  const port = values.port ?? '0';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new CommandError(`--port takes a number from 0 to 65535, not "${port}".`);
  return { file: positionals[0], open: !(values['no-open'] ?? false), port: Number(port), follow: values.follow ?? false, columnBudgetBytes: memoryBudgetOf(values['memory-budget']) };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, follow: { type: 'boolean', short: 'f' }, 'memory-budget': { type: 'string' } },
    });
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
