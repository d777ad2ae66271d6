/**
 * A live capture as its user has it: the window in Chromium follows a capture on a veth pair, while a sender
 * that keeps to its rate sends on the other end. What counts is what is lost, how the frames come, and whether
 * the engine's memory stays where it is but for its columns.
 */
import type { Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Host, projectFolder } from '../e2e/support/host.ts';
import type { Namespace } from '../tools/network/namespace.ts';
import { packetsShown, viewport, withBrowser, withHost } from './browser-window.ts';
import { type Figure, atMost, quantity } from './figure.ts';
import { helperFile } from './live-programs.ts';
import { receivedOn, sendFrames, warmPageCache } from './live-traffic.ts';
import { median, percentile, processCpuMs } from './measure.ts';
import { processesBelow, residentBytes } from './processes.ts';
import type { Section } from './section.ts';
import { checkSentPackets } from './sent-packets.ts';

export interface LiveWindowLoad {
  readonly frameBytes: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** One moment of the capture. */
interface Sample {
  readonly packets: number;
  readonly engineBytes: number;
}

export interface LiveWindowResult {
  readonly sentPerSecond: number;
  /** Reached the interface. */
  readonly arrived: number;
  readonly saved: number;
  /** Saved packets that are not, byte by byte and in order, what was sent. */
  readonly different: number;
  /** What the window shows in the end. */
  readonly shown: number;
  /** From the last packet sent until the window counted all of them. */
  readonly behindMs: number;
  readonly frameMedianMs: number;
  readonly frameP95Ms: number;
  readonly frameLongestMs: number;
  /** Bytes a packet of the columns and all tables beside them. */
  readonly columnBytesPerPacket: number;
  /** Engine's memory beyond its columns, a sixth into the capture, and how much more it was at the end; 0 where it was less. */
  readonly beyondColumnsBytes: number;
  readonly grownBytes: number;
  /** Share of one processor while packets came. */
  readonly processorShares: Readonly<Record<Part, number>>;
}

const partNames = ['helper', 'engine', 'host', 'browser'] as const;
type Part = (typeof partNames)[number];

const sampleEveryMs = 1000;
/** Until the window has counted what was sent. */
const catchUpLimitMs = 60_000;
const largestGrowthBytes = 64 * 2 ** 20;
/** Of a packet in its file beyond the packet. */
const overheadBytes = 32;

/** Null where there is no browser to measure with. */
export function benchLiveWindow(namespace: Namespace, load: LiveWindowLoad): Promise<LiveWindowResult | null> {
  return withBrowser((browser, folder) =>
    withHost(null, environmentIn(namespace, folder), async (host) => measure(await (await browser.newContext({ viewport })).newPage(), host, namespace, load, folder)),
  );
}

/** Of a host whose captures run in the namespace. */
function environmentIn(namespace: Namespace, folder: string): Readonly<Record<string, string>> {
  const helper = join(folder, 'helper');
  namespace.writeProgram(helper, helperFile);
  return { LAYERSCOPE_CONFIG_FOLDER: folder, LAYERSCOPE_CAPTURE_FOLDER: folder, XDG_RUNTIME_DIR: folder, LAYERSCOPE_CAPTURE_HELPER: helper };
}

async function measure(page: Page, host: Host, namespace: Namespace, load: LiveWindowLoad, folder: string): Promise<LiveWindowResult> {
  const count = load.perSecond * load.seconds;
  warmPageCache(join(folder, 'warm'), count * (load.frameBytes + overheadBytes));
  await page.goto(host.address);
  await page.getByRole('option', { name: /^two,/ }).click();
  await page.keyboard.press('Control+E');
  await page.getByRole('contentinfo').filter({ hasText: 'Capturing' }).waitFor();
  const arrivedBefore = receivedOn(namespace, 'two');
  const sampler = new Sampler(page, host);
  const frames = framesFor(page, load.seconds * 1000);
  const sent = await sendFrames(namespace, { count, ...load });
  const endedMs = performance.now();
  const { samples, processorShares } = sampler.end();
  const arrived = receivedOn(namespace, 'two') - arrivedBefore;
  await hasAll(page, arrived);
  const behindMs = performance.now() - endedMs;
  const gaps = await frames;
  await page.keyboard.press('Control+E');
  await page.getByRole('contentinfo').filter({ hasText: 'Complete' }).waitFor({ timeout: catchUpLimitMs });
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.pcapng')) ?? '');
  const { packets: saved, different } = await checkSentPackets(file, load.frameBytes);
  const columnBytesPerPacket = bytesPerPacket(file);
  return {
    sentPerSecond: sent.sent / sent.seconds, arrived, saved, different, shown: await packetsShown(page), behindMs,
    frameMedianMs: median(gaps), frameP95Ms: percentile(gaps, 95), frameLongestMs: Math.max(...gaps),
    columnBytesPerPacket, ...growth(samples, columnBytesPerPacket), processorShares,
  };
}

/** Milliseconds from frame to frame, for so long. */
function framesFor(page: Page, durationMs: number): Promise<readonly number[]> {
  return page.evaluate(
    (limitMs) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        const startedMs = performance.now();
        let last = startedMs;
        const next = (now: number): void => {
          gaps.push(now - last);
          last = now;
          if (now - startedMs < limitMs) requestAnimationFrame(next);
          else resolve(gaps.slice(1));
        };
        requestAnimationFrame(next);
      }),
    durationMs,
  );
}

/** Waits until the window counts all that arrived, as captured or as dropped, and until the list has the last row: counting is not showing. */
async function hasAll(page: Page, arrived: number): Promise<void> {
  const status = page.getByRole('contentinfo');
  await status.filter({ hasText: new RegExp(`Received:\\s*${arrived.toLocaleString('en')}(?![\\d,])`) }).waitFor({ timeout: catchUpLimitMs });
  const dropped = Number((/Dropped by kernel:\s*([\d,]+)/.exec((await status.textContent()) ?? '')?.[1] ?? '0').replaceAll(',', ''));
  await page.getByRole('grid').getByRole('gridcell', { name: String(arrived - dropped), exact: true }).first().waitFor({ timeout: catchUpLimitMs });
}

/** Follows the engine's memory while packets come, and what each part has the processor do. */
class Sampler {
  readonly #samples: { readonly packets: number; readonly engines: ReadonlyMap<number, number> }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #before: ReadonlyMap<number, number>;
  readonly #startedMs = performance.now();

  constructor(page: Page, host: Host) {
    this.#before = cpuByProcess();
    this.#timer = setInterval(() => {
      const engines = new Map(processesBelow(host.process.pid ?? 0).filter(({ command }) => partOf(command) === 'engine').map(({ pid }) => [pid, residentBytes(pid) ?? 0]));
      void packetsShown(page).then((packets) => this.#samples.push({ packets, engines }));
    }, sampleEveryMs);
  }

  /** The samples are those of the engine that worked: hosts keep another ready. */
  end(): { readonly samples: readonly Sample[]; readonly processorShares: LiveWindowResult['processorShares'] } {
    clearInterval(this.#timer);
    const elapsedMs = performance.now() - this.#startedMs;
    const spent = processesBelow(process.pid).map(({ pid, command }) => ({ pid, part: partOf(command), cpuMs: (processCpuMs(pid) ?? 0) - (this.#before.get(pid) ?? 0) }));
    const [busiest] = spent.filter(({ part }) => part === 'engine').sort((a, b) => b.cpuMs - a.cpuMs);
    const samples = this.#samples.map(({ packets, engines }) => ({ packets, engineBytes: engines.get(busiest?.pid ?? 0) ?? 0 }));
    const shareOf = (part: Part): number => spent.filter((each) => each.part === part).reduce((sum, { cpuMs }) => sum + cpuMs, 0) / elapsedMs;
    return { samples, processorShares: { helper: shareOf('helper'), engine: shareOf('engine'), host: shareOf('host'), browser: shareOf('browser') } };
  }
}

function cpuByProcess(): ReadonlyMap<number, number> {
  return new Map(processesBelow(process.pid).map(({ pid }) => [pid, processCpuMs(pid) ?? 0]));
}

function partOf(command: string): Part | null {
  if (/layerscope-capture capture /.test(command)) return 'helper';
  if (/engine\.c?js/.test(command)) return 'engine';
  if (/cli\.js serve/.test(command)) return 'host';
  return /chrom/i.test(command) ? 'browser' : null;
}

/** As the engine itself counts them, for the file that was captured. */
function bytesPerPacket(file: string): number {
  const text = execFileSync(process.execPath, [join(projectFolder, 'dist/cli.js'), 'stat', file, '--json', '--deep'], { encoding: 'utf8' });
  return (JSON.parse(text) as { readonly bytesPerPacket: number }).bytesPerPacket;
}

/** Of the second sixth of the samples, when all code has run and the heap has its size, and of the last one. */
export function growth(samples: readonly Sample[], columnBytesPerPacket: number): Pick<LiveWindowResult, 'beyondColumnsBytes' | 'grownBytes'> {
  const sixth = Math.max(1, Math.floor(samples.length / 6));
  const beyond = (some: readonly Sample[]): number => median(some.map(({ packets, engineBytes }) => engineBytes - packets * columnBytesPerPacket));
  const beyondColumnsBytes = beyond(samples.slice(sixth, 2 * sixth));
  return { beyondColumnsBytes, grownBytes: Math.max(0, beyond(samples.slice(-sixth)) - beyondColumnsBytes) };
}

export function liveWindowSection({ frameBytes, perSecond, seconds }: LiveWindowLoad, result: LiveWindowResult): Section {
  const shares = partNames.map((part) => `${part} ${quantity(result.processorShares[part], 'share')}`).join(', ');
  const traffic = `${quantity(result.sentPerSecond, 'packets/s')} of ${frameBytes} bytes were sent for ${seconds} s (${quantity(perSecond, 'packets/s')} asked); ${quantity(result.arrived, 'packets')} packets reached the interface.`;
  return {
    title: 'Live capture in the window',
    tables: [{ caption: `${traffic} Processors used while they came, of one: ${shares}.`, table: { columns: ['Memory of the engine', ''], rows: [['columns and tables beside them, a packet', quantity(result.columnBytesPerPacket, 'bytes')], ['beyond them, a sixth into the capture', quantity(result.beyondColumnsBytes, 'bytes')]] } }],
    figures: figuresOf(result),
    charts: [],
  };
}

function figuresOf(result: LiveWindowResult): readonly Figure[] {
  return [
    { what: 'Reached the interface and is not in the file', value: Math.max(0, result.arrived - result.saved), unit: 'packets', goal: atMost(0) },
    { what: 'Saved otherwise than sent', value: result.different, unit: 'packets', goal: atMost(0) },
    { what: 'Saved and not in the list', value: Math.max(0, result.saved - result.shown), unit: 'packets', goal: atMost(0) },
    { what: 'Frame while packets came, median', value: result.frameMedianMs, unit: 'ms' },
    { what: 'Frame while packets came, p95', value: result.frameP95Ms, unit: 'ms', goal: atMost(50) },
    { what: 'Frame while packets came, longest', value: result.frameLongestMs, unit: 'ms' },
    { what: 'The last row is there, after the last packet was sent', value: result.behindMs, unit: 'ms' },
    { what: 'Memory of the engine beyond its columns: grown from then to the end', value: result.grownBytes, unit: 'bytes', goal: atMost(largestGrowthBytes) },
  ];
}
