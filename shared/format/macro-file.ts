/**
 * Macros of display filters in Wireshark's files: `dmacros` (since 4.4), a line `"name" text` each as files of filters
 * have them, and `dfilter_macros` (before), a table with lines `"name","text"`. Both are read, the newer one is written.
 */

export interface MacroFileProblem {
  /** From 1 on. */
  readonly line: number;
  readonly message: string;
  /** The line. */
  readonly text: string;
}

export interface MacroFile {
  /** Text by name, in the order of the file. */
  readonly macros: Readonly<Record<string, string>>;
  /** Lines that are no macros; the others count. */
  readonly problems: readonly MacroFileProblem[];
}

/** What filters can call a macro by: `$name`. Longer ones are nobody's. */
export const MACRO_NAME = /^[A-Za-z_]\w{0,63}$/;
const LINE = /^"((?:[^"\\]|\\.)*)"(\s*)(.*)$/;
/** The rest of a line of the older file. */
const SECOND_CELL = /^,\s*"((?:[^"\\]|\\.)*)"$/;

/** Reads a file of either kind; a macro may have `longestText` characters. Empty lines and those that begin with "#" say nothing. */
export function readMacroFile(text: string, longestText: number): MacroFile {
  const macros: Record<string, string> = Object.create(null) as Record<string, string>;
  const problems: MacroFileProblem[] = [];
  for (const [index, whole] of text.replace(/^\ufeff/, '').split('\n').entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const read = readLine(line, longestText);
    if (typeof read === 'string') problems.push({ line: index + 1, message: read, text: line });
    else if (read.name in macros) problems.push({ line: index + 1, message: `There is a macro "${read.name}" already.`, text: line });
    else macros[read.name] = read.text;
  }
  return { macros: { ...macros }, problems };
}

/** The line's macro, or what is wrong with it. */
function readLine(line: string, longestText: number): { readonly name: string; readonly text: string } | string {
  const [, quoted, gap, rest = ''] = LINE.exec(line) ?? [];
  if (quoted === undefined) return 'A macro is written "name" text.';
  const name = unescaped(quoted);
  if (!MACRO_NAME.test(name)) return `"${name}" cannot be called in a filter: a macro's name has letters, digits and _, begins with a letter, and is at most 64 characters long.`;
  const cell = SECOND_CELL.exec(rest)?.[1];
  const text = cell === undefined ? rest : unescaped(cell).trim();
  // A comma right behind the name is the older file's, and its text stands in quotes.
  if (text === '' || (cell === undefined && gap === '' && text.startsWith(','))) return `The macro "${name}" has no text.`;
  return text.length > longestText ? `The text of the macro "${name}" is longer than ${longestText.toLocaleString('en')} characters.` : { name, text };
}

/** \xNN is a byte; any other character stands for itself behind a backslash. */
function unescaped(quoted: string): string {
  return quoted.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_whole, digits: string | undefined, character: string) => (digits === undefined ? character : String.fromCharCode(parseInt(digits, 16))));
}

/** A file `dmacros`, which knows no comments. Names are as MACRO_NAME has them; line ends within a text become spaces. */
export function writeMacroFile(macros: readonly { readonly name: string; readonly text: string }[]): string {
  return macros.map(({ name, text }) => `"${name}" ${text.trim().replace(/\s*[\r\n]+\s*/g, ' ')}\n`).join('');
}
