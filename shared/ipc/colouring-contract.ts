/** What a window tells an engine of its colouring rules. Colours stay in the window: rows name the rule that they match. */
import { call, stream } from './define.ts';
import { filterProblem, filterText } from './filter-contract.ts';
import { z } from './schema.ts';

const ruleId = z.string().min(1).max(64);
/** More than anybody writes, few enough to be judged for each row. */
export const MOST_RULES = 512;

export const LONGEST_NAME = 256;

const sentRule = z.object({
  /** The window's name for it, in rows. */
  id: ruleId,
  /** What the tree calls it. */
  name: z.string().max(LONGEST_NAME),
  filter: filterText,
});

const ruleProblem = z.object({ id: ruleId, problem: filterProblem });

export const colouringContract = {
  /**
   * The rules that rows are coloured by from now on, the first that matches winning; none at first. Those that are no
   * filters match nothing (`colouring.problems`). Rows that were handed out may change (`generation`).
   */
  'colouring.set': call(z.object({ rules: z.array(sentRule).max(MOST_RULES).readonly() }), z.object({})),
  /** Rules that match nothing, with the reason: now, after each `colouring.set`, and when one turns out to take too long. */
  'colouring.problems': stream(z.object({}), z.object({ problems: z.array(ruleProblem).readonly() })),
} as const;

export type SentRule = z.infer<typeof sentRule>;
export type RuleProblem = z.infer<typeof ruleProblem>;
