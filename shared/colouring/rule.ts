/** A colouring rule: rows whose packets match a display filter get its colours, unless a rule before it matches. */

/** Text and its ground, as "#rrggbb". */
export interface RuleColours {
  readonly text: string;
  readonly background: string;
}

export interface ColouringRule {
  /** On one line, and without "@", which Wireshark's files cannot hold there. */
  readonly name: string;
  readonly filter: string;
  readonly isEnabled: boolean;
  readonly light: RuleColours;
  readonly dark: RuleColours;
}

export const LONGEST_RULE_NAME = 128;

/** Why a text cannot be a rule's name, in a sentence; null where it can. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'A rule needs a name.';
  if (name.length > LONGEST_RULE_NAME) return `A name has ${LONGEST_RULE_NAME} characters at the most.`;
  return /[@\r\n]/.test(name) ? 'A name cannot hold "@" or line breaks: files of rules use them as separators.' : null;
}
