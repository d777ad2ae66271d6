/** The list in other orders, and walking a conversation. */
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { writeCapture } from '../bench/capture.ts';
import { expect, samplePath, test } from './support/fixtures.ts';
import { packetList, packetRow, packetRows, selectPacket, whenComplete } from './support/window.ts';

function title(page: Page, column: string): Locator {
  return page.getByRole('columnheader', { name: column, exact: true });
}

/** Texts of a column (0 is No.) of the rows on screen, from top to bottom. */
async function column(page: Page, index: number): Promise<readonly string[]> {
  return packetRows(page).evaluateAll(
    (rows, cell) =>
      rows
        .map((row) => ({ top: row.getBoundingClientRect().top, text: row.querySelectorAll('[role=gridcell]')[cell]?.textContent ?? '' }))
        .sort((one, two) => one.top - two.top)
        .map(({ text }) => text),
    index,
  );
}

const columns = { number: 0, source: 2, protocol: 4, length: 5 } as const;

test('a click on a title sorts up, then down, then back to file order; the selected packet stays in view', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await selectPacket(page, 10);
  const length = title(page, 'Length');
  await length.getByRole('button').click();
  await expect(length).toHaveAttribute('aria-sort', 'ascending');
  const ascending = (await column(page, columns.length)).map(Number);
  expect(ascending).toEqual([...ascending].sort((one, two) => one - two));
  await expect(packetRow(page, 10)).toBeInViewport();
  await expect(packetRow(page, 10)).toHaveAttribute('aria-selected', 'true');
  await length.getByRole('button').click();
  await expect(length).toHaveAttribute('aria-sort', 'descending');
  const descending = (await column(page, columns.length)).map(Number);
  expect(descending).toEqual([...descending].sort((one, two) => two - one));
  await expect(packetRow(page, 10)).toBeInViewport();
  await length.getByRole('button').click();
  await expect(length).toHaveAttribute('aria-sort', 'none');
  await expect(packetRow(page, 10)).toBeInViewport();
  const numbers = (await column(page, columns.number)).map(Number);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

test('titles are reached and sorted by keyboard, and by the View menu', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await title(page, 'No.').getByRole('button').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(title(page, 'Source')).toHaveAttribute('aria-sort', 'ascending');
  const sources = await column(page, columns.source);
  expect(sources).toEqual([...sources].sort());
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Sort by' }).press('ArrowRight');
  await page.getByRole('menuitemradio', { name: 'Protocol' }).click();
  await expect(title(page, 'Protocol')).toHaveAttribute('aria-sort', 'ascending');
  const protocols = await column(page, columns.protocol);
  expect(protocols).toEqual([...protocols].sort());
});

test('in another order keys step from row to row, and a packet is gone to by its number', async ({ open, temporaryFolder }) => {
  const file = join(temporaryFolder, 'many.pcap');
  writeCapture(file, { mode: 'small', seed: 1, bytes: Infinity, packets: 30_000 });
  const page = await open(file);
  await whenComplete(page);
  await title(page, 'No.').getByRole('button').click();
  await expect(title(page, 'No.')).toHaveAttribute('aria-sort', 'descending');
  // Packet 1 stays selected: the list shows its end.
  await expect(packetRow(page, 1)).toBeInViewport();
  await packetList(page).focus();
  await page.keyboard.press('Home');
  await expect(packetRow(page, 30_000)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(packetRow(page, 29_999)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+G');
  await page.getByRole('textbox', { name: /^Packet number/ }).fill('12345');
  await page.keyboard.press('Enter');
  await expect(packetRow(page, 12_345)).toBeInViewport();
  await expect(packetRow(page, 12_345)).toHaveAttribute('aria-selected', 'true');
});

test('Ctrl+. and Ctrl+, walk a conversation at once, however far apart its packets are and whatever the order', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await selectPacket(page, 7);
  const visited: string[] = [];
  for (let step = 0; step < 3; step += 1) {
    await page.keyboard.press('Control+.');
    const selected = packetList(page).getByRole('row', { selected: true });
    await expect(selected.getByRole('gridcell').first()).not.toHaveText(visited.at(-1) ?? '7');
    visited.push((await selected.getByRole('gridcell').first().textContent()) ?? '');
  }
  expect(visited).toEqual(['8', '9', '10']);
  await title(page, 'Length').getByRole('button').click();
  await expect(title(page, 'Length')).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Control+,');
  await expect(packetRow(page, 9)).toHaveAttribute('aria-selected', 'true');
  await expect(packetRow(page, 9)).toBeInViewport();
});
