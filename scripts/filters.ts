/**
 * `npm run filters -- [--capture PART] [--filter PART]`: runs the filters of filters-corpus/*.txt over
 * captures, here and with `tshark -2 -n -Y`, and compares the numbers of the packets that match.
 * Captures of other projects (../shared/captures) are left out where they are not present.
 *
 * tshark's answers are kept under .cache/filters. Where its version (4.0) is known to differ from
 * the language as we have it (4.4), the corpus says why, and the difference has to be there.
 */
import { createHash } from 'node:crypto';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readFilter } from '../shared/filter/read-filter.ts';
import { CaptureSession } from '../electron/engine/session.ts';

interface Case {
  readonly capture: string;
  readonly filter: string;
  /** Why tshark 4.0 says something else; null where it has to say the same. */
  readonly differs: string | null;
}

/** Packet numbers, or why there are none. */
type Outcome = { readonly numbers: readonly number[] } | { readonly refused: string };

const root = join(import.meta.dirname, '..');
const cacheFolder = join(root, '.cache', 'filters');
const run = promisify(execFile);
/** Several tsharks at a time: most of their time is starting. */
const AT_ONCE = 3;

/** "@ capture" begins the filters of a capture; "filter ## reason" is one that tshark 4.0 answers differently. */
function readCorpus(): Case[] {
  const folder = join(import.meta.dirname, 'filters-corpus');
  return readdirSync(folder).filter((name) => name.endsWith('.txt')).sort().flatMap((name) => {
    let captures: string[] = [];
    return readFileSync(join(folder, name), 'utf8').split('\n').flatMap((line): Case[] => {
      if (line.startsWith('@ ')) captures = line.slice(2).split(/\s+/);
      if (line.trim() === '' || line.startsWith('#') || line.startsWith('@ ')) return [];
      const [filter = '', differs] = line.split(' ## ');
      return captures.map((capture) => ({ capture, filter: filter.trim(), differs: differs ?? null }));
    });
  });
}

function pathOf(capture: string): string {
  return capture.startsWith('samples/') ? join(root, 'assets', `${capture}.pcapng`) : join(root, '..', 'shared', 'captures', capture);
}

async function tsharkOutcome(path: string, filter: string): Promise<Outcome> {
  const { size, mtimeMs } = statSync(path);
  const key = createHash('sha256').update(JSON.stringify([path, size, mtimeMs, filter, 3])).digest('hex').slice(0, 32);
  const file = join(cacheFolder, `${key}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  const outcome = await askTshark(path, filter);
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(outcome));
  return outcome;
}

async function askTshark(path: string, filter: string): Promise<Outcome> {
  try {
    const { stdout } = await run('tshark', ['-2', '-n', '-r', path, '-Y', filter, '-T', 'fields', '-e', 'frame.number'], { env: { ...process.env, TZ: 'UTC' }, maxBuffer: 1 << 28 });
    return { numbers: stdout.split('\n').filter((line) => line !== '').map(Number) };
  } catch (error) {
    const { stderr = '', stdout = '', code } = error as { stderr?: string; stdout?: string; code?: number };
    // A capture that is cut off in the middle of a packet: what comes before it counts.
    if (code === 2 && /cut short|damaged|corrupt|appears to|isn't a capture/i.test(stderr)) return { numbers: stdout.split('\n').filter((line) => line !== '').map(Number) };
    return { refused: stderr.split('\n').find((line) => line.startsWith('tshark: ')) ?? stderr };
  }
}

async function ourOutcome(session: CaptureSession, filter: string): Promise<Outcome> {
  const read = readFilter(filter, session.registry);
  if (!read.isValid) return { refused: read.error.message };
  const packets = session.makeFilter(filter);
  if (packets === null) return { numbers: Array.from({ length: session.packetCount }, (_, index) => index + 1) };
  const numbers: number[] = [];
  const steps = packets.scan(0, session.packetCount, (positions, count) => {
    for (const position of positions.subarray(0, count)) numbers.push(position + 1);
  });
  while (steps.next().done !== true) if (packets.waiting !== null) await packets.waiting;
  return { numbers };
}

function words(outcome: Outcome): string {
  if ('refused' in outcome) return `refused: ${outcome.refused}`;
  const { numbers } = outcome;
  return `${numbers.length} packets: ${numbers.slice(0, 12).join(' ')}${numbers.length > 12 ? ' …' : ''}`;
}

function areEqual(left: Outcome, right: Outcome): boolean {
  return 'numbers' in left && 'numbers' in right && left.numbers.join() === right.numbers.join();
}

/** The first packets that only one of the two found. */
function firstDifferences(ours: Outcome, theirs: Outcome): string {
  if ('refused' in ours || 'refused' in theirs) return '';
  const [left, right] = [new Set(ours.numbers), new Set(theirs.numbers)];
  const only = (from: ReadonlySet<number>, other: ReadonlySet<number>): string => [...from].filter((number) => !other.has(number)).slice(0, 8).join(' ');
  return `\n    only here: ${only(left, right)}\n    only tshark: ${only(right, left)}`;
}

interface Tally {
  equal: number;
  different: number;
  known: number;
  readonly reasons: Map<string, number>;
}

async function runCapture(capture: string, cases: readonly Case[], tally: Tally): Promise<void> {
  const path = pathOf(capture);
  const session = await CaptureSession.open(path, { verifyChecksums: false });
  await session.finished;
  const waiting = cases.map((one) => ({ one, theirs: null as Promise<Outcome> | null }));
  const ask = (index: number): void => {
    const entry = waiting[index];
    if (entry !== undefined) entry.theirs ??= tsharkOutcome(path, entry.one.filter);
  };
  for (const [index, entry] of waiting.entries()) {
    for (let ahead = 0; ahead < AT_ONCE; ahead += 1) ask(index + ahead);
    judge(entry.one, await ourOutcome(session, entry.one.filter), await (entry.theirs as Promise<Outcome>), tally);
  }
  session.close();
}

function judge({ capture, filter, differs }: Case, ours: Outcome, theirs: Outcome, tally: Tally): void {
  if (differs === null && areEqual(ours, theirs)) tally.equal += 1;
  else if (differs !== null && !areEqual(ours, theirs)) {
    tally.known += 1;
    tally.reasons.set(differs, (tally.reasons.get(differs) ?? 0) + 1);
  } else {
    tally.different += 1;
    console.log(`${capture}: ${filter}${differs === null ? '' : ` (was to differ: ${differs})`}\n  here:   ${words(ours)}\n  tshark: ${words(theirs)}${firstDifferences(ours, theirs)}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { capture: { type: 'string', default: '' }, filter: { type: 'string', default: '' } } });
  // Times without a zone are local ones: both sides take the same.
  process.env['TZ'] = 'UTC';
  console.log(spawnSync('tshark', ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0]);
  const cases = readCorpus().filter(({ capture, filter }) => capture.includes(values.capture) && filter.includes(values.filter));
  const tally: Tally = { equal: 0, different: 0, known: 0, reasons: new Map() };
  let missing = 0;
  for (const capture of new Set(cases.map((one) => one.capture))) {
    const own = cases.filter((one) => one.capture === capture);
    if (existsSync(pathOf(capture))) await runCapture(capture, own, tally);
    else missing += own.length;
  }
  console.log(`\n${new Set(cases.map(({ filter }) => filter)).size} filters, ${cases.length - missing} runs over captures: ${tally.equal} equal, ${tally.different} different, ${tally.known} known to differ${missing > 0 ? `; ${missing} left out, as their captures are not here` : ''}`);
  for (const [reason, count] of [...tally.reasons].sort(([, a], [, b]) => b - a)) console.log(`  ${String(count).padStart(4)}  ${reason}`);
  process.exitCode = tally.different > 0 ? 1 : 0;
}

await main();
