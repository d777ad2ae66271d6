/**
 * What a user waits for in the window, measured in a real browser: rows painted after a capture was
 * chosen in a running host, the frames while the list scrolls, row by row and in jumps, and rows painted after
 * Enter in the filter bar.
 */
import type { Browser, Page } from '@playwright/test';
import { basename } from 'node:path';
import type { Host } from '../e2e/support/host.ts';
import { packetsShown, viewport, withBrowser, withHost } from './browser-window.ts';
import { median, percentile } from './measure.ts';
import { type FilteringResult, measureFilters } from './window-filters.ts';

/** A capture to measure with. */
export interface WindowCapture {
  readonly name: string;
  readonly path: string;
  /** Display filters are measured with it. */
  readonly isFiltered: boolean;
}

export interface OpeningResult {
  readonly capture: string;
  /** From the click on the capture in the list of recent files to the first frame with its rows. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** Time between frames. */
export interface FramesResult {
  readonly medianMs: number;
  readonly p95Ms: number;
}

export interface WindowResult {
  readonly openings: readonly OpeningResult[];
  /** Of the last capture, which is the one with the most packets. */
  readonly scrolled: string;
  /** At three rows a frame. */
  readonly scrolling: FramesResult;
  /** At a jump to anywhere in the list in each frame. */
  readonly jumping: FramesResult;
  readonly filtering: readonly (FilteringResult & { readonly capture: string })[];
}

const rowsPerFrame = 3;
const rowHeightPx = 22;
const scrollFrames = 600;
const jumpFrames = 300;
const completeLimitMs = 120_000;
/** A user looks at the list of recent files before choosing; meanwhile the spare engine gets ready. */
const beforeClickMs = 1500;

/** Null where there is no browser to measure with. */
export function benchWindow(captures: readonly WindowCapture[], rounds: number): Promise<WindowResult | null> {
  return withBrowser((browser, folder) => measureWindow(browser, captures, rounds, { LAYERSCOPE_CONFIG_FOLDER: folder }));
}

async function measureWindow(browser: Browser, captures: readonly WindowCapture[], rounds: number, environment: Readonly<Record<string, string>>): Promise<WindowResult> {
  const largest = captures.at(-1);
  if (largest === undefined) throw new RangeError('no capture to measure with');
  const openings: OpeningResult[] = [];
  for (const { name, path } of captures) {
    await rememberAsRecent(browser, path, environment);
    const painted: number[] = [];
    for (let round = 0; round < rounds; round++) painted.push(await withHost(null, environment, (host) => timeToRows(browser, host, basename(path))));
    openings.push({ capture: name, medianMs: median(painted), p95Ms: percentile(painted, 95) });
  }
  const frames = await withHost(largest.path, environment, (host) => withPage(browser, host.address, (page) => measureFrames(page)));
  const filtering = [];
  for (const { name, path } of captures.filter(({ isFiltered }) => isFiltered)) {
    const filtered = await withHost(path, environment, (host) => withPage(browser, host.address, (page) => filteredRows(page)));
    filtering.push(...filtered.map((one) => ({ capture: name, ...one })));
  }
  return { openings, scrolled: largest.name, ...frames, filtering };
}

async function withPage<T>(browser: Browser, address: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** A capture gets into the list of recent files by being open once until it was read. */
async function rememberAsRecent(browser: Browser, capture: string, environment: Readonly<Record<string, string>>): Promise<void> {
  await withHost(capture, environment, (host) => withPage(browser, host.address, (page) => page.getByRole('grid').getByRole('row').nth(2).waitFor()));
}

async function timeToRows(browser: Browser, host: Host, name: string): Promise<number> {
  return withPage(browser, host.address, async (page) => {
    const entry = page.getByRole('button', { name }).first();
    await entry.waitFor();
    await page.waitForTimeout(beforeClickMs);
    const element = await entry.elementHandle();
    if (!element) throw new Error(`${name} is not in the list of recent files`);
    return page.evaluate(
      (button) =>
        new Promise<number>((resolve) => {
          const startedMs = performance.now();
          const check = (): void => {
            // Rows on their way have cells, too: those that are there name their protocol's layer.
            const rows = document.querySelectorAll('[role="grid"] [role="row"] [data-layer]');
            // The frame in which the rows are found was laid out without them being painted yet.
            if (rows.length > 0) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedMs)));
            else requestAnimationFrame(check);
          };
          requestAnimationFrame(check);
          (button as HTMLElement).click();
        }),
      element,
    );
  });
}

async function measureFrames(page: Page): Promise<Pick<WindowResult, 'scrolling' | 'jumping'>> {
  await page.getByRole('grid').getByRole('row').nth(2).waitFor();
  await settle(page);
  const scrolling = await framesWhile(page, { frames: scrollFrames, step: rowsPerFrame * rowHeightPx });
  // Frames of a list that stood still, or showed nothing, would be quick too.
  await rowsAreThere(page, rowsPerFrame * scrollFrames);
  const jumping = await framesWhile(page, { frames: jumpFrames, step: null });
  await page.keyboard.press('Control+End');
  await rowsAreThere(page, await packetsShown(page));
  return { scrolling: framesOf(scrolling), jumping: framesOf(jumping) };
}

async function filteredRows(page: Page): Promise<readonly FilteringResult[]> {
  await page.getByRole('grid').getByRole('row').nth(2).waitFor();
  await settle(page);
  return measureFilters(page);
}

function framesOf(gaps: readonly number[]): FramesResult {
  return { medianMs: median(gaps), p95Ms: percentile(gaps, 95) };
}

/** The engine must not compete for the processor while frames are counted: all is read, and the deep pass done or stopped. */
async function settle(page: Page): Promise<void> {
  const status = page.getByRole('contentinfo');
  await status.filter({ hasText: /Analys|Complete/ }).waitFor({ timeout: completeLimitMs });
  const stop = status.getByRole('button', { name: 'Stop' });
  await stop.or(status.filter({ hasText: 'Complete' })).first().waitFor({ timeout: completeLimitMs });
  if (await stop.isVisible()) await stop.click();
  await status.filter({ hasText: /Analysed|Complete/ }).waitFor({ timeout: completeLimitMs });
}

async function rowsAreThere(page: Page, packet: number): Promise<void> {
  await page.getByRole('grid').getByRole('gridcell', { name: String(packet), exact: true }).first().waitFor();
}

/** Milliseconds between frames while the list scrolls by `step` pixels in each, or (null) to anywhere. */
function framesWhile(page: Page, options: { readonly frames: number; readonly step: number | null }): Promise<readonly number[]> {
  return page.evaluate(
    ({ step, frames }) =>
      new Promise<number[]>((resolve, reject) => {
        const grid = document.querySelector('[role="grid"]');
        const scroller = [grid, ...(grid?.querySelectorAll('*') ?? [])].find((element) => element && element.scrollHeight > element.clientHeight * 2 && /auto|scroll/.test(getComputedStyle(element).overflowY));
        if (!scroller) {
          reject(new Error('the list has no scrolling element'));
          return;
        }
        const gaps: number[] = [];
        let last = performance.now();
        // The same places each time: multiples of the golden ratio lie everywhere.
        let place = 0;
        const next = (now: number): void => {
          gaps.push(now - last);
          last = now;
          place = (place + 0.618_034) % 1;
          if (step === null) scroller.scrollTop = place * scroller.scrollHeight;
          else scroller.scrollTop += step;
          if (gaps.length < frames) requestAnimationFrame(next);
          else resolve(gaps.slice(1));
        };
        requestAnimationFrame(next);
      }),
    options,
  );
}
