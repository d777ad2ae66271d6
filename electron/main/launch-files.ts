/** Which files a start of the program names, from its command line. */
import { isAbsolute, resolve } from 'node:path';

/**
 * `argv` as Electron gives it: the executable, in development also the
 * application's folder, then files. Chromium puts switches of its own anywhere;
 * a file whose name begins with "-" has to be given as "./-name".
 */
export function launchFiles(argv: readonly string[], workingFolder: string, isPackaged: boolean): string[] {
  const words = argv.filter((word) => !word.startsWith('-'));
  return words.slice(isPackaged ? 1 : 2).map((file) => (isAbsolute(file) ? file : resolve(workingFolder, file)));
}
