/**
 * `npm run bench:live [-- --programs] [-- --window] [-- --quick] [-- --rounds N]`, on a veth pair in a network
 * namespace with a sender that keeps to its rate: the capture helper beside `tcpdump -w` and dumpcap, one after
 * the other on the same traffic (loss, processor time a packet), and a capture followed by the window in a
 * browser (live-window.ts). Fills docs/benchmarks.md unless it was quick. Needs Linux and root.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasProgram, Namespace, namespacesMissing } from '../tools/network/namespace.ts';
import { atMost, type Figure, quantity } from './figure.ts';
import { helperFile, type LiveProgram, livePrograms, LiveRun, senderFile } from './live-programs.ts';
import { receivedOn, sendFrames, warmPageCache } from './live-traffic.ts';
import { benchLiveWindow, type LiveWindowLoad, liveWindowSection } from './live-window.ts';
import { median } from './measure.ts';
import { conditions, fillPage } from './page.ts';
import { type Section, sectionMarkdown, sectionText } from './section.ts';

interface Load {
  readonly frameBytes: number;
  /** 0: as fast as the sender can. */
  readonly perSecond: number;
}

interface Measured {
  readonly sentPerSecond: number;
  /** What reached the interface: a veth's receiver may drop what nobody was ever shown. */
  readonly arrived: number;
  readonly captured: number;
  readonly dropped: number;
  /** Processor time of all threads while packets came, in nanoseconds a packet. */
  readonly cpuNsPerPacket: number;
}

const loads: readonly Load[] = [
  { frameBytes: 100, perSecond: 10_000 },
  { frameBytes: 100, perSecond: 100_000 },
  { frameBytes: 100, perSecond: 200_000 },
  { frameBytes: 1400, perSecond: 50_000 },
  { frameBytes: 100, perSecond: 0 },
];

/** Longer than any of the programs waits before it takes what the kernel has collected (tcpdump: 1 s). */
const settleMs = 1500;
const page = join('docs', 'benchmarks.md');
const resultFolder = join('bench', 'results');

/** Of all threads; the kernel counts in nanoseconds. */
function cpuNs(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + Number(readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ')[0]), 0);
}

async function measureOnce(namespace: Namespace, program: LiveProgram, load: Load, seconds: number, file: string): Promise<Measured> {
  const count = Math.round((load.perSecond || 300_000) * seconds);
  warmPageCache(file, 2 * count * (load.frameBytes + program.overheadBytes));
  const run = await LiveRun.start(namespace, program, file);
  const before = { arrived: receivedOn(namespace, 'two'), cpu: cpuNs(run.pid) };
  const sent = await sendFrames(namespace, { count, ...load });
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const spentNs = cpuNs(run.pid) - before.cpu;
  const arrived = receivedOn(namespace, 'two') - before.arrived;
  const text = await run.stop();
  const captured = Number(program.captured.exec(text)?.[1]);
  const dropped = Number(program.dropped.exec(text)?.[1]);
  // What it says must also be in its file.
  const { size } = statSync(file);
  if (!(size >= captured * (load.frameBytes + program.overheadBytes))) throw new Error(`${program.title} says ${captured} packets, but its file has ${size} bytes`);
  rmSync(file);
  return { sentPerSecond: sent.sent / sent.seconds, arrived, captured, dropped, cpuNsPerPacket: spentNs / captured };
}

/** Medians of the processor time, sums of the losses: one lost packet in any round is one too many. */
function summary(rounds: readonly Measured[]): { readonly cpuNsPerPacket: number; readonly lost: number; readonly arrived: number; readonly sentPerSecond: number } {
  return {
    cpuNsPerPacket: median(rounds.map((each) => each.cpuNsPerPacket)),
    lost: rounds.reduce((sum, each) => sum + Math.max(0, each.arrived - each.captured), 0),
    arrived: rounds.reduce((sum, each) => sum + each.arrived, 0),
    sentPerSecond: median(rounds.map((each) => each.sentPerSecond)),
  };
}

const loadTitle = ({ frameBytes, perSecond }: Load): string => `${frameBytes} bytes, ${perSecond === 0 ? 'as fast as it goes' : `${perSecond.toLocaleString('en')} a second`}`;

type Results = ReadonlyMap<Load, ReadonlyMap<LiveProgram, readonly Measured[]>>;

/** Another one is first in each round. */
function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** The programs take turns within each round, so that what else the machine does meets all of them. */
async function measureAll(programs: readonly LiveProgram[], rounds: number, seconds: number): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-bench-live-'));
  const namespace = await Namespace.create();
  try {
    const results = new Map<Load, Map<LiveProgram, Measured[]>>(loads.map((load) => [load, new Map(programs.map((program) => [program, []]))]));
    for (const [load, byProgram] of results) {
      for (let round = 0; round < rounds; round++) {
        for (const program of rotated(programs, round)) byProgram.get(program)?.push(await measureOnce(namespace, program, load, seconds, join(folder, 'capture')));
      }
      process.stdout.write(`${loadTitle(load)}: done\n`);
    }
    return results;
  } finally {
    await namespace.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sectionOf(results: Results): Section {
  const rows = [...results].flatMap(([load, byProgram]) =>
    [...byProgram].map(([program, measured]) => {
      const { arrived, lost, cpuNsPerPacket, sentPerSecond } = summary(measured);
      return [loadTitle(load), program.title, quantity(sentPerSecond, 'packets/s'), quantity(arrived, 'packets'), quantity(lost, 'packets'), quantity(cpuNsPerPacket / 1000, 'µs')];
    }));
  return {
    title: 'Live capture',
    tables: [{ caption: 'Loss is what reached the interface and is not in the file, all rounds together. Processor time: of the capturing program alone, per captured packet.', table: { columns: ['Load', 'Program', 'Sent', 'Arrived', 'Lost', 'Processor time a packet'], rows } }],
    figures: [...results].flatMap(([load, byProgram]) => figuresOf(load, new Map([...byProgram].map(([program, measured]) => [program.id, summary(measured)])))),
    charts: [],
  };
}

function figuresOf(load: Load, byId: ReadonlyMap<LiveProgram['id'], ReturnType<typeof summary>>): readonly Figure[] {
  const helper = byId.get('helper');
  const figures: Figure[] = [];
  const [tcpdump, dumpcap] = [byId.get('tcpdump'), byId.get('dumpcap')];
  if (helper === undefined) return figures;
  if (tcpdump?.lost === 0) figures.push({ what: `Lost where tcpdump loses none: ${loadTitle(load)}`, value: helper.lost, unit: 'packets', goal: atMost(0) });
  if (tcpdump) figures.push({ what: `Processor time against tcpdump: ${loadTitle(load)}`, value: helper.cpuNsPerPacket / tcpdump.cpuNsPerPacket, unit: 'times', goal: atMost(1.2) });
  if (dumpcap) figures.push({ what: `Processor time against dumpcap: ${loadTitle(load)}`, value: helper.cpuNsPerPacket / dumpcap.cpuNsPerPacket, unit: 'times', goal: atMost(1 / 3) });
  return figures;
}

/** Each part of the page by its name there, with the rounds it took. */
interface Measurement {
  readonly name: string;
  readonly rounds: number;
  readonly section: Section;
}

async function programs(rounds: number, quick: boolean): Promise<Measurement> {
  const present = livePrograms.filter(({ id }) => id === 'helper' || hasProgram(id));
  return { name: 'live', rounds, section: sectionOf(await measureAll(present, rounds, quick ? 1 : 5)) };
}

async function window(quick: boolean): Promise<Measurement | null> {
  const load: LiveWindowLoad = { frameBytes: 100, perSecond: 200_000, seconds: quick ? 5 : 60 };
  const namespace = await Namespace.create();
  try {
    const result = await benchLiveWindow(namespace, load);
    return result === null ? null : { name: 'live-window', rounds: 1, section: liveWindowSection(load, result) };
  } finally {
    await namespace.close();
  }
}

async function main(words: readonly string[]): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const { quick = false, rounds = '', ...chosen } = parseArgs({ args: [...words], options: { quick: flag, rounds: { type: 'string' }, programs: flag, window: flag } }).values;
  const missing = existsSync(helperFile) && existsSync(senderFile) ? namespacesMissing() : 'the capture helper is not built (npm run build:native)';
  if (missing !== null) throw new Error(`Live capture cannot be measured here: ${missing}.`);
  const isChosen = (part: 'programs' | 'window'): boolean => chosen[part] ?? !(chosen.programs ?? chosen.window);
  if (isChosen('programs')) report(await programs(Number(rounds) || (quick ? 1 : 3), quick), quick);
  const seen = isChosen('window') ? await window(quick) : null;
  if (seen !== null) report(seen, quick);
}

function report({ name, rounds, section }: Measurement, quick: boolean): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const facts = conditions({ processor: cpus()[0]?.model ?? 'unknown processor', processors: cpus().length, memoryBytes: totalmem(), system: `${process.platform} ${process.arch}`, nodeVersion: process.versions.node, version, rounds, quick, day: new Date().toISOString().slice(0, 10), versions: {} });
  process.stdout.write(`\n${sectionText(section)}\n${facts}\n`);
  const markdown = `${facts}\n\n${sectionMarkdown(section, 'images')}`;
  mkdirSync(resultFolder, { recursive: true });
  writeFileSync(join(resultFolder, `${name}.md`), markdown);
  if (!quick) writeFileSync(page, fillPage(readFileSync(page, 'utf8'), { [name]: markdown }));
}

await main(process.argv.slice(2));
