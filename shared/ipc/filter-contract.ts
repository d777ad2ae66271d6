/** What windows and engines say to each other about display filters. Places are offsets into the filter's text, the end not included. */
import { z } from './schema.ts';
import { call, stream } from './define.ts';
import { searchShare } from './list-contract.ts';

const uint = z.int().nonnegative();
/** As long as a filter may be (shared/filter/limits.ts). */
export const LONGEST_FILTER = 65_536;
export const filterText = z.string().max(LONGEST_FILTER);

const filterFix = z.object({
  /** What to press, for example "Use ip.src". */
  label: z.string(),
  /** Replaces what stands at `span`. */
  text: z.string(),
  span: z.object({ start: uint, end: uint }),
});

export const filterProblem = z.object({
  start: uint,
  end: uint,
  /** What is wrong, and what to write instead. */
  message: z.string(),
  fixes: z.array(filterFix).readonly(),
});

const filterReport = z.object({
  isValid: z.boolean(),
  /** The first mistake; null where there is none. */
  error: z.nullable(filterProblem),
  /** Known traps: the filter works, but seldom as it is meant. */
  warnings: z.array(filterProblem).readonly(),
  /** What the filter means, in one line; "" where it is not valid. */
  words: z.string(),
  /** Names of the fields and protocols that decide. */
  fields: z.array(z.string()).readonly(),
  /** It depends on the packet that is selected (`${ip.src}`). */
  usesSelected: z.boolean(),
});

const completion = z.object({
  /** What stands in the filter then. */
  text: z.string(),
  kind: z.enum(['protocol', 'field', 'function', 'value', 'operator']),
  /** In words: a field's label, a value's name. */
  label: z.string(),
  detail: z.string(),
});

/** Texts of macros by name, besides those that every engine knows. A name that filters cannot call (shared/format/macro-file.ts) is never asked for. */
const macros = z.record(z.string().max(64), filterText);

export const filterContract = {
  /** The user's own macros, for all filters and columns that are read from now on; one of a built-in name takes its place. */
  'filter.macros': call(z.object({ macros }), z.object({})),
  /** The next packet that a filter matches, after (1) or before (−1) another, going on at the other end; ends with its number, null where none does. */
  'filter.find': stream(z.object({ text: filterText, from: uint, step: z.union([z.literal(-1), z.literal(1)]) }), z.union([searchShare, z.object({ found: z.nullable(uint) })])),
  /** What could be written at a place; it replaces what stands between `from` and there. */
  'filter.complete': call(z.object({ text: filterText, at: uint }), z.object({ from: uint, options: z.array(completion).max(100).readonly() })),
  /** What is to be said of a filter while it is written. */
  'filter.check': call(
    z.object({
      text: filterText,
      /** In the place of those that were set, for a macro that is being written. */
      macros: z.optional(macros),
    }),
    filterReport,
  ),
} as const;

export type FilterCompletion = z.infer<typeof completion>;
export type FilterReport = z.infer<typeof filterReport>;
export type FilterProblemReport = z.infer<typeof filterProblem>;
