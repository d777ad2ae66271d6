/**
 * Files of colouring rules as Wireshark reads and writes them, a rule a line:
 *
 *     @name@filter@[background][text]      colours as red,green,blue of 0…65535 each
 *     !@name@filter@[…][…]                 a rule that is switched off
 *     # a comment
 *
 * Such a file knows one theme. The dark theme's colours stand in a comment of ours before their rule
 * ("# dark: [background][text]"), so that our own files lose nothing and Wireshark reads them too.
 * Wireshark has no way to write "@" in names and filters. In filters we read and write it
 * all the same, as the colours tell where a filter ends; Wireshark passes over such lines.
 */
import { colourOf, rgbOf } from './colour.ts';
import { LONGEST_RULE_NAME } from './rule.ts';
import type { ColouringRule, RuleColours } from './rule.ts';
import { darkFrom } from './themes.ts';

/** A line that is no rule, or not as a whole. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly text: string;
}

export interface RuleFile {
  readonly rules: readonly ColouringRule[];
  readonly problems: readonly LineProblem[];
}

/** 8 bits a channel to 16, so that 0xff becomes 0xffff. */
const WIDER = 257;
const HIGHEST = 65_535;

const COLOURS = /^\s*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]\s*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]/;
const DARK = /^#\s*dark:(.*)$/;

/** Never throws: what is wrong in a line is told with its number, and all other lines count. */
export function readRules(text: string): RuleFile {
  const rules: ColouringRule[] = [];
  const problems: LineProblem[] = [];
  let dark: RuleColours | null = null;
  for (const [index, whole] of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/).entries()) {
    const line = whole.trim();
    if (line === '') continue;
    if (line.startsWith('#')) {
      dark = coloursIn(DARK.exec(line)?.[1] ?? '')?.colours ?? dark;
      continue;
    }
    const read = ruleOf(line);
    if (typeof read === 'string') problems.push({ line: index + 1, message: read, text: line });
    else {
      rules.push({ ...read.rule, dark: dark ?? darkFrom(read.rule.light) });
      if (read.rest !== '') problems.push({ line: index + 1, message: `The rule is taken; "${read.rest}" behind its colours is not.`, text: line });
    }
    dark = null;
  }
  return { rules, problems };
}

interface ReadRule {
  readonly rule: Omit<ColouringRule, 'dark'>;
  /** What stands behind the colours. */
  readonly rest: string;
}

/** The rule of a line, or what is wrong with it in a sentence. */
function ruleOf(line: string): ReadRule | string {
  const isEnabled = !line.startsWith('!');
  const written = isEnabled ? line : line.slice(1).trimStart();
  if (!written.startsWith('@')) return 'This is no rule: a rule is written @name@filter@[background][text].';
  const nameEnd = written.indexOf('@', 1);
  if (nameEnd < 0) return 'The rule has no "@" behind its name.';
  const filterEnd = endOfFilter(written, nameEnd + 1);
  if (filterEnd < 0) return 'The rule has no "@" behind its filter.';
  const name = written.slice(1, nameEnd).trim();
  const filter = written.slice(nameEnd + 1, filterEnd).trim();
  if (name === '') return 'The rule has no name.';
  if (name.length > LONGEST_RULE_NAME) return `The rule's name has more than ${LONGEST_RULE_NAME} characters.`;
  if (filter === '') return 'The rule has no filter.';
  const found = coloursIn(written.slice(filterEnd + 1));
  if (found === null) return 'The colours cannot be read: two of them are needed, each as [red,green,blue] with numbers from 0 to 65535.';
  return { rule: { name, filter, isEnabled, light: found.colours }, rest: found.rest };
}

/** The "@" with colours behind it; where none has any, the first one. */
function endOfFilter(line: string, from: number): number {
  for (let at = line.indexOf('@', from); at >= 0; at = line.indexOf('@', at + 1)) if (COLOURS.test(line.slice(at + 1))) return at;
  return line.indexOf('@', from);
}

function coloursIn(text: string): { readonly colours: RuleColours; readonly rest: string } | null {
  const match = COLOURS.exec(text);
  if (match === null) return null;
  const channels = match.slice(1).map(Number);
  if (channels.some((channel) => channel > HIGHEST)) return null;
  const [red = 0, green = 0, blue = 0, textRed = 0, textGreen = 0, textBlue = 0] = channels.map((channel) => Math.round(channel / WIDER));
  return { colours: { background: colourOf([red, green, blue]), text: colourOf([textRed, textGreen, textBlue]) }, rest: text.slice(match[0].length).trim() };
}

/** A file of these rules, which `readRules` gives back as they are. */
export function writeRules(rules: readonly ColouringRule[]): string {
  const lines = rules.flatMap(({ name, filter, isEnabled, light, dark }) => [`# dark: ${written(dark)}`, `${isEnabled ? '' : '!'}@${oneLine(name).replaceAll('@', ' ')}@${oneLine(filter)}@${written(light)}`]);
  return ['# Colouring rules, in the format of Wireshark. The first rule that matches wins.', '# "dark:" gives the background and the text of the rule below it in the dark theme of Layerscope.', ...lines, ''].join('\n');
}

function written({ background, text }: RuleColours): string {
  return [background, text].map((colour) => `[${rgbOf(colour).map((channel) => channel * WIDER).join(',')}]`).join('');
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Rules that Wireshark passes over when it reads a file of them. */
export function beyondWireshark(rules: readonly ColouringRule[]): readonly ColouringRule[] {
  return rules.filter(({ filter }) => filter.includes('@'));
}
