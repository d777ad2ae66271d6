/**
 * Macros in Wireshark's files: `dmacros` (since 4.4), a line `"name" text` each as files of filters have them,
 * and `dfilter_macros` (before), a table with lines `"name","text"`.
 */
import { MAX_TEXT } from './limits.ts';
import type { Macros } from './macros.ts';

export interface MacroFileProblem {
  /** From 1 on. */
  readonly line: number;
  readonly message: string;
}

export interface MacroFile {
  readonly macros: Macros;
  /** Lines that are no macros; the others count. */
  readonly problems: readonly MacroFileProblem[];
}

/** Filters call a macro by this; longer ones are nobody's. */
const NAME = /^[A-Za-z_]\w{0,63}$/;
const LINE = /^"((?:[^"\\]|\\.)*)"\s*(.*)$/;
/** The rest of a line of the older file. */
const SECOND_CELL = /^,\s*"((?:[^"\\]|\\.)*)"$/;

/** Reads a file of either kind. Empty lines and those that begin with "#" say nothing. */
export function readMacroFile(text: string): MacroFile {
  const macros: Record<string, string> = Object.create(null) as Record<string, string>;
  const problems: MacroFileProblem[] = [];
  for (const [index, whole] of text.replace(/^\ufeff/, '').split('\n').entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const read = readLine(line);
    if (typeof read === 'string') problems.push({ line: index + 1, message: read });
    else if (read.name in macros) problems.push({ line: index + 1, message: `There is a macro "${read.name}" already.` });
    else macros[read.name] = read.text;
  }
  return { macros: { ...macros }, problems };
}

/** The line's macro, or what is wrong with it. */
function readLine(line: string): { readonly name: string; readonly text: string } | string {
  const [, quoted, rest = ''] = LINE.exec(line) ?? [];
  if (quoted === undefined) return 'A macro is written "name" text.';
  const name = unescaped(quoted);
  if (!NAME.test(name)) return `"${name}" cannot be called in a filter: a macro's name has letters, digits and _, begins with a letter, and is at most 64 characters long.`;
  const cell = SECOND_CELL.exec(rest)?.[1];
  const text = cell === undefined ? rest : unescaped(cell).trim();
  if (text === '' || (cell === undefined && text.startsWith(','))) return `The macro "${name}" has no text.`;
  return text.length > MAX_TEXT ? `The text of the macro "${name}" is longer than ${MAX_TEXT.toLocaleString('en')} characters.` : { name, text };
}

/** \xNN is a byte; any other character stands for itself behind a backslash. */
function unescaped(quoted: string): string {
  return quoted.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_whole, digits: string | undefined, character: string) => (digits === undefined ? character : String.fromCharCode(parseInt(digits, 16))));
}
