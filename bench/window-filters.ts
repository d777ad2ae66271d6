/** What a user waits for after Enter in the filter bar: rows of the filtered list painted, in a real browser. */
import type { Locator, Page } from '@playwright/test';
import { columnFilters } from './filter-bench.ts';
import { median, percentile } from './measure.ts';

export interface FilteringResult {
  readonly text: string;
  /** From the key event to the first frame with the rows that the filter found. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

const samples = 20;
/** After this the rows of a list are there, and whatever else its coming has set off. */
const untilDrawnMs = 500;

/** The capture is read and analysed, so that the engine has nothing else to do. */
export async function measureFilters(page: Page): Promise<readonly FilteringResult[]> {
  const all = await screen(page);
  const results: FilteringResult[] = [];
  for (const text of columnFilters) {
    // Once untimed: what it shows is what is waited for afterwards.
    await show(page, text);
    const found = await screen(page);
    if (found === all) throw new Error(`the first screen is the same with and without ${text}`);
    const timesMs: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      await show(page, '');
      await writeFilter(page, text);
      timesMs.push(await timeToScreen(page, found));
    }
    results.push({ text, medianMs: median(timesMs), p95Ms: percentile(timesMs, 95) });
  }
  return results;
}

async function show(page: Page, text: string): Promise<void> {
  await writeFilter(page, text);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(untilDrawnMs);
}

/** Texts of the rows on screen, from the list's beginning on. */
async function screen(page: Page): Promise<string> {
  const rows = await page.locator('[data-list] [data-position]').allTextContents();
  return rows.join('\n');
}

function filterBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Display filter' });
}

/** The text is there and found valid, and the keyboard on the button: Enter applies it, and is not taken for a completion. */
async function writeFilter(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+/');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
  await filterBar(page).getByText(/^Enter shows (them|all packets)\.$/).waitFor();
  await filterBar(page).getByRole('button', { name: /^Apply/ }).focus();
}

/** Milliseconds from the key event until these rows have been painted. */
async function timeToScreen(page: Page, wanted: string): Promise<number> {
  const measured = page.evaluate(
    (texts) =>
      new Promise<number>((resolve) => {
        const isThere = (): boolean => [...document.querySelectorAll('[data-list] [data-position]')].map(({ textContent }) => textContent).join('\n') === texts;
        const onKey = ({ timeStamp, key }: KeyboardEvent): void => {
          if (key !== 'Enter') return;
          document.removeEventListener('keydown', onKey, true);
          const check = (): void => {
            // Rows that are found before a frame are painted with it: what waits for its turn runs afterwards.
            if (isThere()) setTimeout(() => resolve(performance.now() - timeStamp));
            else requestAnimationFrame(check);
          };
          requestAnimationFrame(check);
        };
        document.addEventListener('keydown', onKey, true);
      }),
    wanted,
  );
  // The page runs what it is sent in turn: the listener is there once this has been answered.
  await page.evaluate(() => undefined);
  await page.keyboard.press('Enter');
  return measured;
}
