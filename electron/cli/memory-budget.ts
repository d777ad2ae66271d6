/** `--memory-budget MB`, which read, stat and serve take. */
import { cacheFolder } from '../host/user-folders.ts';
import type { MemorySettings } from '../engine/capture-memory.ts';
import { CommandError } from './command-error.ts';

const BYTES_PER_MB = 1_000_000;

/** Bytes; undefined where nothing was said. Throws a CommandError for what is no number of megabytes. */
export function memoryBudgetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CommandError(`--memory-budget takes a number of megabytes from 1 up, not "${text}".`);
  return Number(text) * BYTES_PER_MB;
}

/** For a session of this process. */
export function memorySettings(columnBudgetBytes: number | undefined): MemorySettings {
  return { columnBudgetBytes, spillFolder: cacheFolder() };
}
