/** What can be done with a list of rules: each gives the new list and the place that is selected then. */
import { listed, type ListedRule } from '../../stores/colouring.ts';
import type { ColouringRule } from '../../../shared/colouring/rule.ts';

export interface Edited {
  readonly rules: readonly ListedRule[];
  /** −1 where there is nothing to select. */
  readonly selected: number;
}

/** Puts a rule before a place. */
export function inserted(rules: readonly ListedRule[], at: number, rule: ColouringRule): Edited {
  const place = Math.max(0, Math.min(rules.length, at));
  return { rules: [...rules.slice(0, place), listed(rule), ...rules.slice(place)], selected: place };
}

export function duplicated(rules: readonly ListedRule[], at: number): Edited {
  const rule = rules[at];
  return rule === undefined ? { rules, selected: at } : inserted(rules, at + 1, { ...rule, name: `${rule.name} (copy)` });
}

export function removed(rules: readonly ListedRule[], at: number): Edited {
  const others = rules.filter((_, index) => index !== at);
  return { rules: others, selected: Math.min(at, others.length - 1) };
}

/** Moves a rule to another place; the others keep their order. */
export function moved(rules: readonly ListedRule[], from: number, to: number): Edited {
  const rule = rules[from];
  if (rule === undefined || to < 0 || to >= rules.length) return { rules, selected: from };
  const others = rules.filter((_, index) => index !== from);
  return { rules: [...others.slice(0, to), rule, ...others.slice(to)], selected: to };
}

export function changed(rules: readonly ListedRule[], at: number, change: Partial<ColouringRule>): readonly ListedRule[] {
  return rules.map((rule, index) => (index === at ? { ...rule, ...change } : rule));
}
