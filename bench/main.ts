/**
 * `npm run bench [-- OPTION…]` (see options.ts): makes the captures, measures, prints tables, and
 * writes the figures to bench/results and, unless they are quick ones, to docs/benchmarks.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { captureFile, fullSet, quickSet } from './captures.ts';
import { benchEngine } from './engine-bench.ts';
import { benchFilters } from './filter-bench.ts';
import { benchFlat } from './flat-bench.ts';
import { type BenchOptions, benchOptions, BenchUsageError, type Part } from './options.ts';
import { conditions, fillPage, type RunFacts } from './page.ts';
import { benchReading } from './read-bench.ts';
import { type Section, sectionMarkdown, sectionText } from './section.ts';
import { filtersSection } from './filter-section.ts';
import { engineSection, flatSection, readingSection, windowSection } from './sections.ts';
import { benchWindow } from './window-bench.ts';

const resultFolder = join('bench', 'results');
const page = join('docs', 'benchmarks.md');

interface Measured {
  /** As measured, for machines. */
  readonly result: unknown;
  readonly section: Section;
  readonly versions?: Readonly<Record<string, string>>;
}

/** Null where the part could not be measured here; why was told. */
async function run(part: Part, { quick, rounds }: BenchOptions): Promise<Measured | null> {
  const set = quick ? quickSet : fullSet;
  switch (part) {
    case 'reading': {
      const result = await benchReading(set, rounds);
      return { result, section: readingSection(result), versions: result.versions };
    }
    case 'flat': {
      const result = await benchFlat(set, rounds);
      return { result, section: flatSection(result) };
    }
    case 'engine': {
      const result = await benchEngine(set, rounds);
      return { result, section: engineSection(result) };
    }
    case 'filters': {
      const result = await benchFilters(set, rounds);
      return { result, section: filtersSection(result), versions: result.versions };
    }
    case 'window': {
      const captures = [];
      for (const capture of set.window) captures.push({ name: capture.name, path: await captureFile(capture), isFiltered: capture === set.large });
      const result = await benchWindow(captures, rounds);
      return result === null ? null : { result, section: windowSection(result) };
    }
  }
}

function factsOf({ quick, rounds }: BenchOptions, versions: Readonly<Record<string, string>>): RunFacts {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return {
    processor: cpus()[0]?.model ?? 'unknown processor',
    processors: cpus().length,
    memoryBytes: totalmem(),
    system: `${process.platform} ${process.arch}`,
    nodeVersion: process.versions.node,
    version,
    rounds,
    quick,
    day: new Date().toISOString().slice(0, 10),
    versions,
  };
}

async function main(words: readonly string[]): Promise<void> {
  const options = benchOptions(words);
  const results: Record<string, unknown> = {};
  const filled: Record<string, string> = {};
  const imageFolder = options.quick ? resultFolder : join('docs', 'images');
  mkdirSync(resultFolder, { recursive: true });
  for (const part of options.parts) {
    const measured = await run(part, options);
    if (measured === null) continue;
    const { section, result, versions = {} } = measured;
    const facts = factsOf(options, versions);
    process.stdout.write(`\n${sectionText(section)}\n${conditions(facts)}\n`);
    results[part] = { ...facts, result };
    filled[part] = `${conditions(facts)}\n\n${sectionMarkdown(section, options.quick ? '.' : 'images')}`;
    for (const { fileName, svg } of section.charts) writeFileSync(join(imageFolder, fileName), svg);
  }
  writeFileSync(join(resultFolder, options.quick ? 'quick.json' : 'latest.json'), `${JSON.stringify(results, null, 2)}\n`);
  // What quick runs measure is not what the page promises to show.
  writeFileSync(options.quick ? join(resultFolder, 'benchmarks.md') : page, fillPage(readFileSync(page, 'utf8'), filled));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchUsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
