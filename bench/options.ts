/** What `npm run bench` was asked for. */
import { parseArgs } from 'node:util';

export const parts = ['reading', 'flat', 'engine', 'filters', 'window'] as const;
export type Part = (typeof parts)[number];

export interface BenchOptions {
  /** In the order in which they run. */
  readonly parts: readonly Part[];
  /** Runs of each program on each file; figures are medians. */
  readonly rounds: number;
  /** Small files, one round, and nothing written to docs/: shows in a minute or two that all of it works. */
  readonly quick: boolean;
}

/** A command line that cannot be followed; the message is for whoever typed it. */
export class BenchUsageError extends Error {}

export const usage = `npm run bench [-- OPTION…]

  --reading    open captures, beside tshark, sharkd and capinfos
  --flat       the same for 1, 2, 5 and 10 million packets: what a packet costs
  --engine     what an engine answers, and how soon, while it works and after
  --filters    display filters, beside tshark -Y
  --window     rows painted and frames while scrolling, in a browser
               (none of these: all)
  --rounds=N   runs of each program on each file (3; with --quick 1)
  --quick      small files; the figures go to bench/results only`;

const defaultRounds = 3;
const mostRounds = 100;

/** @throws BenchUsageError */
export function benchOptions(words: readonly string[]): BenchOptions {
  const values = parsed(words);
  const chosen = parts.filter((part) => values[part]);
  const quick = values.quick ?? false;
  return { parts: chosen.length > 0 ? chosen : parts, rounds: values.rounds === undefined ? (quick ? 1 : defaultRounds) : roundsOf(values.rounds), quick };
}

function parsed(words: readonly string[]) {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args: [...words], options: { reading: flag, flat: flag, engine: flag, filters: flag, window: flag, quick: flag, rounds: { type: 'string' } } }).values;
  } catch (error) {
    throw new BenchUsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (!/^\d+$/.test(text) || rounds < 1 || rounds > mostRounds) throw new BenchUsageError(`--rounds takes a number from 1 to ${mostRounds}, not "${text}".`);
  return rounds;
}
