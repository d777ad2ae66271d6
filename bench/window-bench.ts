/**
 * What a user waits for in the window, measured in a real browser: rows painted after a capture was
 * chosen in a running host, and the frames while the list scrolls.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tmpdir } from 'node:os';
import { browserLaunchOptions } from '../e2e/support/browser.ts';
import { type Host, startHost } from '../e2e/support/host.ts';
import { findBrowser } from '../electron/web/find-browser.ts';
import { median, percentile } from './measure.ts';
import { withDisplay } from './display.ts';

export interface WindowResult {
  /** From the click on the capture in the list of recent files to the first frame with its rows. */
  readonly rowsPaintedMs: number;
  /** Time between frames at three rows a frame. */
  readonly scrollFrameP95Ms: number;
  readonly scrollFrameMedianMs: number;
}

const viewport = { width: 1280, height: 800 };
const rowsPerFrame = 3;
const rowHeightPx = 22;
const scrollFrames = 600;
const completeLimitMs = 120_000;

/** Null, after a line that says why, where no browser or display is to be had. */
export async function benchWindow(capture: string, rounds: number): Promise<WindowResult | null> {
  const executablePath = findBrowser();
  if (executablePath === null) return skip('no Chromium or Chrome was found');
  const folder = await mkdtemp(join(tmpdir(), 'layerscope-bench-'));
  try {
    return await withDisplay((environment) => measureWindow(capture, rounds, executablePath, folder, environment));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function skip(reason: string): null {
  process.stdout.write(`The window was not measured: ${reason}.\n`);
  return null;
}

async function measureWindow(capture: string, rounds: number, executablePath: string, folder: string, displayEnvironment: Readonly<Record<string, string>> | null): Promise<WindowResult | null> {
  if (displayEnvironment === null) return skip('there is no display and no Xvfb');
  const environment = { LAYERSCOPE_CONFIG_FOLDER: folder };
  const browser = await chromium.launch({ ...browserLaunchOptions(), executablePath, headless: false, env: { ...process.env, ...displayEnvironment } });
  try {
    await rememberAsRecent(browser, capture, environment);
    const painted: number[] = [];
    for (let round = 0; round < rounds; round++) painted.push(await withHost(null, environment, (host) => timeToRows(browser, host, basename(capture))));
    const frames = await withHost(capture, environment, (host) => scrollingFrames(browser, host));
    return { rowsPaintedMs: median(painted), scrollFrameP95Ms: percentile(frames, 95), scrollFrameMedianMs: median(frames) };
  } finally {
    await browser.close();
  }
}

async function withHost<T>(file: string | null, environment: Readonly<Record<string, string>>, use: (host: Host) => Promise<T>): Promise<T> {
  const host = await startHost(file, environment);
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
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
    const element = await entry.elementHandle();
    if (!element) throw new Error(`${name} is not in the list of recent files`);
    return page.evaluate(
      (button) =>
        new Promise<number>((resolve) => {
          const startedMs = performance.now();
          const check = (): void => {
            const rows = document.querySelectorAll('[role="grid"] [role="row"] [role="gridcell"]');
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

/** Milliseconds between frames while the list scrolls by three rows in each. */
async function scrollingFrames(browser: Browser, host: Host): Promise<readonly number[]> {
  return withPage(browser, host.address, async (page) => {
    await page.getByRole('grid').getByRole('row').nth(2).waitFor();
    // The engine must not compete for the processor while frames are counted.
    await page.getByRole('contentinfo').filter({ hasText: 'Complete' }).waitFor({ timeout: completeLimitMs });
    const gaps = await page.evaluate(
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
          const next = (now: number): void => {
            gaps.push(now - last);
            last = now;
            scroller.scrollTop += step;
            if (gaps.length < frames) requestAnimationFrame(next);
            else resolve(gaps.slice(1));
          };
          requestAnimationFrame(next);
        }),
      { step: rowsPerFrame * rowHeightPx, frames: scrollFrames },
    );
    // Frames of a list that stood still, or showed nothing, would be quick too.
    const reached = rowsPerFrame * scrollFrames;
    await page.getByRole('grid').getByRole('gridcell', { name: String(reached), exact: true }).first().waitFor();
    return gaps;
  });
}
