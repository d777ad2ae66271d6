/** `--macros FILE`: the user's own macros, for `-Y`. */
import { readFileSync, statSync } from 'node:fs';
import { MAX_TEXT } from '../../shared/filter/limits.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import { readMacroFile } from '../../shared/format/macro-file.ts';
import { CommandError } from './command-error.ts';

/** Whatever is longer is another file, given by mistake. */
const MOST_BYTES = 4 << 20;

/** No macros where no file is given. A file that is not one of macros ends the command, with its first wrong line. */
export function macrosOf(path: string | null): Macros {
  if (path === null) return {};
  const { macros, problems: [first] } = readMacroFile(textOf(path), MAX_TEXT);
  if (first !== undefined) throw new CommandError(`${path}, line ${first.line}: ${first.message}`);
  return macros;
}

function textOf(path: string): string {
  try {
    if (statSync(path).size <= MOST_BYTES) return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`The macros could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CommandError(`${path} is no file of macros: it is longer than ${MOST_BYTES >> 20} MiB.`);
}
