/** Text to a checked filter, or to what is wrong with it: the one entry to the language. */
import type { Registry } from '../dissect/registry.ts';
import type { Test } from './ast.ts';
import { translateBpf } from './bpf.ts';
import { check } from './check.ts';
import type { CheckedTest } from './checked.ts';
import { DEFAULT_MACROS, expandMacros } from './macros.ts';
import type { Expanded, Macros } from './macros.ts';
import { parse } from './parse.ts';
import { FilterError } from './problem.ts';
import type { FilterProblem } from './problem.ts';
import { trapsIn } from './traps.ts';

export type ReadFilter =
  /** `test` is null for an empty filter, which every packet matches. */
  | { readonly isValid: true; readonly test: CheckedTest | null; readonly warnings: readonly FilterProblem[] }
  | { readonly isValid: false; readonly error: FilterProblem };

/** Never throws: mistakes are what comes back. */
export function readFilter(text: string, registry: Registry, macros: Macros = DEFAULT_MACROS): ReadFilter {
  let expanded: Expanded = { text, placeOf: (span) => span };
  try {
    expanded = expandMacros(text, macros, (name) => registry.fieldsNamed(name).length > 0);
    const tree = parse(expanded.text);
    if (tree === null) return { isValid: true, test: null, warnings: [] };
    const test = check(tree, expanded.text, registry);
    return { isValid: true, test, warnings: warningsOf(tree, expanded, registry) };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { isValid: false, error: withTranslation(placed(error.problem, expanded), text, registry) };
  }
}

function warningsOf(tree: Test, expanded: Expanded, registry: Registry): FilterProblem[] {
  return trapsIn(tree, expanded.text, registry).map((warning) => placed(warning, expanded));
}

/** Places in the text as it was written. What would change a macro's text is not offered. */
function placed(problem: FilterProblem, { placeOf }: Expanded): FilterProblem {
  const fixes = problem.fixes.flatMap((fix) => {
    const span = placeOf(fix.span);
    return span.end - span.start === fix.span.end - fix.span.start ? [{ ...fix, span }] : [];
  });
  return { ...problem, ...placeOf(problem), fixes };
}

/** What reads as a capture filter is said to be one, with the display filter that means the same. */
function withTranslation(problem: FilterProblem, text: string, registry: Registry): FilterProblem {
  const translated = translateBpf(text);
  if (translated === null || !isGood(translated, registry)) return problem;
  const span = { start: 0, end: text.length };
  return {
    ...span,
    message: `This is a capture filter, which is another language. As a display filter: ${translated}`,
    fixes: [{ label: `Use ${translated}`, text: translated, span }],
  };
}

function isGood(text: string, registry: Registry): boolean {
  try {
    const tree = parse(text);
    if (tree !== null) check(tree, text, registry);
    return tree !== null;
  } catch {
    return false;
  }
}
