/** docs/benchmarks.md: prose by hand, and places between two comments that only a run of the benchmarks fills. */

/** Replaces what is between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` for each name of `parts`; the rest stays. Throws when a place is missing. */
export function fillPage(page: string, parts: Readonly<Record<string, string>>): string {
  let filled = page;
  for (const [name, content] of Object.entries(parts)) {
    const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
    const start = filled.indexOf(open);
    const end = filled.indexOf(close, start);
    if (start < 0 || end < 0) throw new Error(`the page has no place for "${name}": ${open} … ${close}`);
    filled = `${filled.slice(0, start + open.length)}\n\n${content.trim()}\n\n${filled.slice(end)}`;
  }
  return filled;
}

export interface RunFacts {
  readonly processor: string;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly nodeVersion: string;
  readonly version: string;
  readonly rounds: number;
  readonly quick: boolean;
  /** As YYYY-MM-DD. */
  readonly day: string;
  /** Of the programs compared with. */
  readonly versions: Readonly<Record<string, string>>;
}

/** One sentence under what conditions the figures were taken. */
export function conditions({ processor, processors, memoryBytes, system, nodeVersion, version, rounds, quick, day, versions }: RunFacts): string {
  const others = Object.entries(versions).map(([name, number]) => `${name} ${number}`);
  const programs = [`Layerscope ${version}`, `Node ${nodeVersion}`, ...others].join(', ');
  const size = quick ? ' with small files (the goals are for the large ones)' : '';
  return `${day}, ${processors} × ${processor}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${system}; ${programs}; medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}${size}.`;
}
