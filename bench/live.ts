/**
 * `npm run bench:live [-- --quick]`: the capture helper beside `tcpdump -w` and dumpcap, one after the other
 * on the same traffic: a veth pair in a network namespace and a sender with a bounded rate. Prints loss and
 * processor time a packet, and fills docs/benchmarks.md unless it was quick. Needs Linux and root.
 */
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasProgram, Namespace, namespacesMissing } from '../tools/network/namespace.ts';
import { atMost, type Figure, quantity } from './figure.ts';
import { helperFile, type LiveProgram, livePrograms, LiveRun, senderFile } from './live-programs.ts';
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

/** /proc/net/dev: name: bytes packets … */
function receivedOn(namespace: Namespace, name: string): number {
  const line = namespace.run('cat', '/proc/net/dev').split('\n').find((each) => each.trim().startsWith(`${name}:`)) ?? '';
  return Number(line.split(':')[1]?.trim().split(/\s+/)[1]);
}

/**
 * Memory that a virtual machine has not used yet costs whoever touches it first several times what the rest of
 * a capture costs: files of the size of the capture are written and deleted before each program alike.
 */
function warmPageCache(file: string, bytes: number): void {
  const piece = Buffer.alloc(1 << 20, 1);
  const descriptor = openSync(file, 'w');
  for (let written = 0; written < bytes; written += piece.length) writeSync(descriptor, piece);
  closeSync(descriptor);
  rmSync(file);
}

async function measureOnce(namespace: Namespace, program: LiveProgram, load: Load, seconds: number, file: string): Promise<Measured> {
  const count = Math.round((load.perSecond || 300_000) * seconds);
  warmPageCache(file, 2 * count * (load.frameBytes + program.overheadBytes));
  const run = await LiveRun.start(namespace, program, file);
  const before = { arrived: receivedOn(namespace, 'two'), cpu: cpuNs(run.pid) };
  const sent = JSON.parse(await output(namespace, [senderFile, 'one', String(count), String(load.frameBytes), String(load.perSecond)])) as { readonly sent: number; readonly seconds: number };
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

function output(namespace: Namespace, words: readonly string[]): Promise<string> {
  const child = namespace.spawn(words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return new Promise((resolve, reject) => child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${words[0] ?? ''} ended with status ${String(code)}`)))));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
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

async function main(words: readonly string[]): Promise<void> {
  const { quick = false, rounds = '' } = parseArgs({ args: [...words], options: { quick: { type: 'boolean' }, rounds: { type: 'string' } } }).values;
  const missing = existsSync(helperFile) && existsSync(senderFile) ? namespacesMissing() : 'the capture helper is not built (npm run build:native)';
  if (missing !== null) throw new Error(`Live capture cannot be measured here: ${missing}.`);
  const programs = livePrograms.filter(({ id }) => id === 'helper' || hasProgram(id));
  const roundCount = Number(rounds) || (quick ? 1 : 3);
  const section = sectionOf(await measureAll(programs, roundCount, quick ? 1 : 5));
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const facts = conditions({ processor: cpus()[0]?.model ?? 'unknown processor', processors: cpus().length, memoryBytes: totalmem(), system: `${process.platform} ${process.arch}`, nodeVersion: process.versions.node, version, rounds: roundCount, quick, day: new Date().toISOString().slice(0, 10), versions: {} });
  process.stdout.write(`\n${sectionText(section)}\n${facts}\n`);
  const markdown = `${facts}\n\n${sectionMarkdown(section, 'images')}`;
  mkdirSync(resultFolder, { recursive: true });
  writeFileSync(join(resultFolder, 'live.md'), markdown);
  if (!quick) writeFileSync(page, fillPage(readFileSync(page, 'utf8'), { live: markdown }));
}

await main(process.argv.slice(2));
