/**
 * Patterns of `matches`: PCRE2 (pcre2pattern(3)), caseless and over bytes as Wireshark compiles
 * them, translated to a JavaScript RegExp over byte text (byte-text.ts). Letters' cases, classes
 * and anchors are written out, so that the result needs no flags and means the same byte by byte.
 * What JavaScript cannot do (recursion, conditions, verbs, Unicode properties) is refused, with its
 * place. Lazy quantifiers and `\K` only change what is matched, not whether.
 */
import { ByteSet } from './byte-set.ts';
import { CONTROLS, POSIX, SETS } from './pattern-sets.ts';

export interface Pattern {
  /** As it was written, without quotation marks. */
  readonly text: string;
  /** For `new RegExp(source, flags)`. */
  readonly source: string;
  /** "i" only where something that was matched has to be repeated in whatever case. */
  readonly flags: '' | 'i';
  /** No backreference and no look-around: a linear engine can run it. */
  readonly isRegular: boolean;
}

/** Why a pattern cannot be used; `at` and `end` are places in it. */
export class PatternError extends Error {
  readonly at: number;
  readonly end: number;

  constructor(message: string, at: number, end: number) {
    super(message);
    this.at = at;
    this.end = end;
  }
}

const MAX_PATTERN = 4096;
const MAX_GROUPS_DEEP = 64;
/** pcre2limits: the largest count of a quantifier. */
const MAX_COUNT = 65_535;

/** `pattern` has one character a byte. Throws a PatternError. */
export function translatePattern(pattern: string, text = pattern): Pattern {
  if (pattern.length > MAX_PATTERN) throw new PatternError(`This pattern has more than ${MAX_PATTERN.toLocaleString('en')} characters.`, MAX_PATTERN, pattern.length);
  const translator = new Translator(pattern);
  const source = translator.whole();
  const flags = translator.hasCaselessReference ? 'i' : '';
  try {
    // Compiled when first used: only then is it known whether the pattern is too large.
    new RegExp(source, flags).test('');
  } catch (error) {
    throw new PatternError(`This pattern cannot be used: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error)}.`, 0, pattern.length);
  }
  return { text, source, flags, isRegular: translator.isRegular };
}

interface Options {
  readonly caseless: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly extended: boolean;
}

class Translator {
  isRegular = true;
  hasCaselessReference = false;
  #hasCaseful = false;
  readonly #text: string;
  #at = 0;
  #options: Options = { caseless: true, dotAll: false, multiline: false, extended: false };
  #groups = 0;
  #depth = 0;
  readonly #names = new Map<string, number>();
  readonly #references: { readonly group: number | string; readonly at: number; readonly end: number }[] = [];
  #atomics = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): string {
    this.#findNames();
    const source = this.#alternatives();
    if (this.#at < this.#text.length) throw this.#error('This parenthesis of the pattern was never opened; a parenthesis itself is written \\).', this.#at, this.#at + 1);
    for (const { group, at, end } of this.#references) {
      if (typeof group === 'number' ? group < 1 || group > this.#groups : !this.#names.has(group)) throw this.#error('The pattern has no such group to refer to.', at, end);
    }
    if (this.hasCaselessReference && this.#hasCaseful) throw this.#error('What a group has matched cannot be repeated in whatever case by a pattern that elsewhere minds the case.', 0, this.#text.length);
    // Groups that nobody refers to only cost time.
    return this.#references.length > 0 ? source : source.replace(/\(\?<g\d+>/g, '(?:');
  }

  /** Names may be referred to before their group. */
  #findNames(): void {
    for (const match of this.#text.matchAll(/\(\?P?[<'](?![=!])(\w+)[>']/g)) this.#names.set(match[1] as string, 0);
  }

  #error(message: string, at = this.#at, end = this.#at + 1): PatternError {
    return new PatternError(message, at, Math.min(Math.max(end, at), this.#text.length));
  }

  get #char(): string {
    return this.#text.charAt(this.#at);
  }

  #takeIf(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at += match[0].length;
    return match;
  }

  /** Until ")" or the end. Options set inside hold to the end of the group. */
  #alternatives(): string {
    const outer = this.#options;
    const parts = [this.#sequence()];
    while (this.#takeIf('|')) parts.push(this.#sequence());
    this.#options = outer;
    return parts.join('|');
  }

  #sequence(): string {
    let source = '';
    while (this.#at < this.#text.length && this.#char !== '|' && this.#char !== ')') {
      if (this.#options.extended && this.#take(/(?:\s+|#[^\n]*)/y) !== null) continue;
      if (this.#takeIf('\\Q')) source += this.#quoted();
      else source += this.#quantified(this.#atom());
    }
    return source;
  }

  // ── atoms ──────────────────────────────────────────────────────────────────

  #atom(): string {
    const start = this.#at;
    const char = this.#char;
    this.#at += 1;
    switch (char) {
      case '(':
        return this.#group(start);
      case '[':
        return this.#class(start);
      case '\\':
        return this.#escape(start);
      case '.':
        return this.#options.dotAll ? '[^]' : '[^\\n]';
      case '^':
        return this.#options.multiline ? this.#irregular('(?<![^\\n])') : '^';
      case '$':
        return this.#options.multiline ? this.#irregular('(?![^\\n])') : this.#end();
      case '*':
      case '+':
      case '?':
        throw this.#error(`"${char}" repeats what stands before it, and nothing does; the character itself is written \\${char}.`, start, start + 1);
      default:
        return this.#literal(char.charCodeAt(0));
    }
  }

  /** "$" also stands before a line end that is the last character. */
  #end(): string {
    const isLast = this.#at >= this.#text.length || (this.#depth === 0 && this.#char === '|');
    return isLast ? '(?:\\n?$)' : this.#irregular('(?=\\n?$)');
  }

  #irregular(source: string): string {
    this.isRegular = false;
    return source;
  }

  #literal(code: number): string {
    return ByteSet.ofCodes(code).source(this.#options.caseless);
  }

  #group(start: number): string {
    this.#depth += 1;
    if (this.#depth > MAX_GROUPS_DEEP) throw this.#error(`The groups of this pattern are nested more than ${MAX_GROUPS_DEEP} deep.`, start, start + 1);
    const outer = this.#options;
    const source = this.#openGroup(start);
    this.#options = source.keepsOptions ? this.#options : outer;
    this.#depth -= 1;
    return source.text;
  }

  #openGroup(start: number): { text: string; keepsOptions: boolean } {
    const plain = (text: string): { text: string; keepsOptions: boolean } => ({ text, keepsOptions: false });
    if (this.#char === '*') throw this.#error('Verbs such as (*UTF) cannot be used here.', start, start + 2);
    if (!this.#takeIf('?')) return plain(`(?<g${this.#number()}>${this.#body(start)})`);
    if (this.#takeIf('#')) {
      this.#take(/[^)]*/y);
      if (!this.#takeIf(')')) throw this.#unclosed(start);
      return { text: '', keepsOptions: true };
    }
    if (this.#takeIf(':')) return plain(`(?:${this.#body(start)})`);
    if (this.#takeIf('>')) return plain(this.#atomic(this.#body(start)));
    const look = this.#take(/<?[=!]/y);
    if (look !== null) return plain(this.#irregular(`(?${look[0]}${this.#body(start)})`));
    const name = this.#take(/(?:P?<(\w+)>|'(\w+)')/y);
    if (name !== null) {
      const number = this.#number();
      this.#names.set(name[1] ?? name[2] ?? '', number);
      return plain(`(?<g${number}>${this.#body(start)})`);
    }
    const reference = this.#take(/P=(\w+)\)/y);
    if (reference !== null) return plain(this.#reference(reference[1] as string, start));
    return this.#optionGroup(start);
  }

  /** "(?i)", "(?-i)", "(?s-i:…)". */
  #optionGroup(start: number): { text: string; keepsOptions: boolean } {
    const match = this.#take(/(\^?[imsxnUJ]*)(?:-([imsxnUJ]*))?([:)])/y);
    if (match === null) throw this.#refusedGroup(start);
    const [, on = '', off = '', end] = match;
    const has = (letter: string, before: boolean): boolean => (off.includes(letter) ? false : on.includes(letter) || (before && !on.startsWith('^')));
    const { caseless, dotAll, multiline, extended } = this.#options;
    this.#options = { caseless: has('i', caseless), dotAll: has('s', dotAll), multiline: has('m', multiline), extended: has('x', extended) };
    if (!this.#options.caseless) this.#hasCaseful = true;
    if (end === ')') return { text: '', keepsOptions: true };
    return { text: `(?:${this.#body(start)})`, keepsOptions: false };
  }

  #refusedGroup(start: number): PatternError {
    const rest = this.#text.slice(this.#at);
    const end = this.#at + 1;
    if (/^(R|[+-]?\d|&|P>)/.test(rest)) return this.#error('A pattern cannot call itself or its groups here.', start, end);
    if (rest.startsWith('(')) return this.#error('Conditions "(?(…)…)" cannot be used here: write both cases as alternatives, with |.', start, end);
    if (rest.startsWith('|')) return this.#error('Groups that share numbers "(?|…)" cannot be used here: write (?:…).', start, end);
    return this.#error('"(?" begins a group of a kind that is not known; a question mark itself is written \\?.', start, end);
  }

  #number(): number {
    this.#groups += 1;
    return this.#groups;
  }

  #body(start: number): string {
    const source = this.#alternatives();
    if (!this.#takeIf(')')) throw this.#unclosed(start);
    return source;
  }

  #unclosed(start: number): PatternError {
    return this.#error('This parenthesis of the pattern is never closed; a parenthesis itself is written \\(.', start, start + 1);
  }

  /** What was matched once is not tried otherwise: a look-ahead that is then repeated. */
  #atomic(source: string): string {
    this.isRegular = false;
    this.#atomics += 1;
    return `(?=(?<a${this.#atomics}>${source}))\\k<a${this.#atomics}>`;
  }

  #reference(group: number | string, start: number): string {
    this.isRegular = false;
    this.#references.push({ group, at: start, end: this.#at });
    const number = typeof group === 'number' ? group : (this.#names.get(group) ?? 0);
    if (number === 0 || number > this.#groups) throw this.#error('A group can only be referred to behind it.', start, this.#at);
    if (this.#options.caseless) this.hasCaselessReference = true;
    return `\\k<g${number}>`;
  }

  // ── escapes ────────────────────────────────────────────────────────────────

  #escape(start: number): string {
    const char = this.#char;
    if (char === '') throw this.#error('The pattern ends with a backslash; a backslash itself is written \\\\ (r"\\\\").', start, start + 1);
    const set = SETS[char];
    if (set !== undefined) {
      this.#at += 1;
      return set.source(false);
    }
    const reference = this.#take(/(?:([1-9])(?!\d)|g(-?\d+)|g\{([+-]?\w+)\}|k(?:<(\w+)>|'(\w+)'|\{(\w+)\}))/y);
    if (reference !== null) return this.#backReference(reference, start);
    const code = this.#code();
    if (code !== null) return this.#literal(code);
    this.#at += 1;
    return this.#anchor(char, start);
  }

  #anchor(char: string, start: number): string {
    switch (char) {
      case 'b':
      case 'B':
        return `\\${char}`;
      case 'A':
      case 'G':
        return '^';
      case 'z':
        return '$';
      case 'Z':
        return this.#end();
      case 'K':
      case 'E':
        return '';
      case 'R':
        return '(?:\\r\\n|[\\n-\\r\\x85])';
      case 'C':
        return '[^]';
      case 'p':
      case 'P':
      case 'X':
        throw this.#error('Patterns look at bytes here, which have no Unicode properties: name the characters, for example [A-Za-z].', start, start + 2);
      default:
        if (/[A-Za-z0-9]/.test(char)) throw this.#error(`"\\${char}" is no escape that patterns know.`, start, start + 2);
        return this.#literal(char.charCodeAt(0));
    }
  }

  /** "\Q…\E": characters that stand for themselves; a quantifier behind them repeats the last. */
  #quoted(): string {
    const end = this.#text.indexOf('\\E', this.#at);
    const quoted = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at += quoted.length + (end < 0 ? 0 : 2);
    const codes = Array.from(quoted, (char) => this.#literal(char.charCodeAt(0)));
    return codes.slice(0, -1).join('') + this.#quantified(codes.at(-1) ?? '');
  }

  #backReference(match: RegExpExecArray, start: number): string {
    const name = match[4] ?? match[5] ?? match[6];
    if (name !== undefined) return this.#reference(name, start);
    const given = match[1] ?? match[2] ?? match[3] ?? '';
    if (!/^[+-]?\d+$/.test(given)) return this.#reference(given, start);
    const number = Number(given);
    return this.#reference(given.startsWith('-') ? this.#groups + 1 + number : number, start);
  }

  /** The byte that an escape stands for; null where it is none such. The backslash has been taken. */
  #code(): number | null {
    const start = this.#at - 1;
    const match = this.#take(/(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{0,2})|o\{([0-7]+)\}|([0-7]{1,3})|c([\x20-\x7e])|([aefnrt]))/y);
    if (match === null) return null;
    const [, braced, hex, octal, digits, control, letter] = match;
    const code = braced !== undefined ? parseInt(braced, 16) : hex !== undefined ? parseInt(`0${hex}`, 16) : octal !== undefined || digits !== undefined ? parseInt(octal ?? digits ?? '0', 8)
      : control !== undefined ? control.toUpperCase().charCodeAt(0) ^ 0x40 : (CONTROLS[letter ?? ''] ?? 0);
    if (code > 0xff) throw this.#error('Patterns look at bytes here, and no byte is larger than \\xff.', start, this.#at);
    return code;
  }

  // ── classes ────────────────────────────────────────────────────────────────

  #class(start: number): string {
    const isInverted = this.#takeIf('^');
    let set = ByteSet.of();
    for (let isFirst = true; isFirst || this.#char !== ']'; isFirst = false) {
      if (this.#at >= this.#text.length) throw this.#error('This bracket of the pattern is never closed; a bracket itself is written \\[.', start, start + 1);
      set = set.with(this.#classItem());
    }
    this.#at += 1;
    const cased = this.#options.caseless ? set.caseless() : set;
    return (isInverted ? cased.inverted() : cased).source(false);
  }

  #classItem(): ByteSet {
    const start = this.#at;
    const posix = this.#take(/\[:(\^?)(\w+):\]/y);
    if (posix !== null) {
      const set = POSIX[posix[2] as string];
      if (set === undefined) throw this.#error(`There is no class [:${posix[2]}:].`, start, this.#at);
      return posix[1] === '^' ? set.inverted() : set;
    }
    const low = this.#classCode();
    if (typeof low !== 'number') return low;
    if (this.#char !== '-' || this.#text.charAt(this.#at + 1) === ']' || this.#at + 1 >= this.#text.length) return ByteSet.ofCodes(low);
    this.#at += 1;
    const high = this.#classCode();
    if (typeof high !== 'number') return ByteSet.ofCodes(low, 0x2d).with(high);
    if (high < low) throw this.#error('This range ends before it begins.', start, this.#at);
    return ByteSet.ofRange(low, high);
  }

  /** One byte of a class, or a set that stands for several. */
  #classCode(): number | ByteSet {
    const start = this.#at;
    const char = this.#char;
    this.#at += 1;
    if (char !== '\\') return char.charCodeAt(0);
    const set = SETS[this.#char];
    if (set !== undefined) {
      this.#at += 1;
      return set;
    }
    const code = this.#code();
    if (code !== null) return code;
    const escaped = this.#char;
    this.#at += 1;
    if (escaped === 'b') return 8;
    if (/[A-Za-z0-9]/.test(escaped)) throw this.#error(`"\\${escaped}" cannot stand in a class.`, start, this.#at);
    return escaped.charCodeAt(0);
  }

  // ── quantifiers ────────────────────────────────────────────────────────────

  #quantified(atom: string): string {
    let source = atom;
    for (;;) {
      const start = this.#at;
      const match = this.#take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})([+?]?)/y);
      if (match === null) return source;
      const [, sign, least, comma, most = '', mode] = match;
      if (source === '') throw this.#error('There is nothing here that could be repeated.', start, this.#at);
      if (Number(least ?? 0) > MAX_COUNT || Number(most) > MAX_COUNT) throw this.#error(`Nothing can be repeated more than ${MAX_COUNT.toLocaleString('en')} times.`, start, this.#at);
      if (most !== '' && Number(most) < Number(least)) throw this.#error(`At least ${least} and at most ${most} times is impossible.`, start, this.#at);
      const count = sign ?? `{${Number(least)}${comma ?? ''}${most === '' ? '' : Number(most)}}`;
      const repeated = `${isOneAtom(source) ? source : `(?:${source})`}${count}`;
      source = mode === '+' ? this.#atomic(repeated) : `${repeated}${mode ?? ''}`;
    }
  }
}

/** A single class, character, or group, to which a quantifier may be added as it is. */
function isOneAtom(source: string): boolean {
  return /^(?:\[(?:[^\]\\]|\\.)*\]|\\x[0-9a-f]{2}|[A-Za-z0-9 _])$/.test(source);
}
