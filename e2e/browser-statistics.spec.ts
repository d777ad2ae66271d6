/** Statistics, from the menu to the packets behind a row; by keyboard alone where that is how people work. */
import type { Locator, Page } from '@playwright/test';
import { expect, samplePath, test } from './support/fixtures.ts';
import { expectMenuAt, packetRow, packetRows, whenComplete } from './support/window.ts';

async function showStatistic(page: Page, name: string): Promise<void> {
  await page.getByRole('menuitem', { name: 'Statistics', exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

function table(page: Page, name: string): Locator {
  return page.getByRole('grid', { name });
}

/** Texts of the cells of a table's rows on screen. */
async function cellsOf(grid: Locator): Promise<string[][]> {
  return grid.getByRole('row').evaluateAll((rows) => rows.filter((row) => row.querySelector('[role=gridcell]') !== null).map((row) => Array.from(row.querySelectorAll('[role=gridcell]'), (cell) => cell.textContent ?? '')));
}

function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Display filter' });
}

test('conversations: sorted, filtered by, and back again as they were left', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await showStatistic(page, 'Conversations');
  const tcp = table(page, 'TCP conversations');
  await expect.poll(() => cellsOf(tcp).then((rows) => rows.map((cells) => [cells[1], cells[4], cells[5], cells[6]]))).toEqual([['49216', '1', '19', '9,497'], ['49212', '0', '13', '4,816']]);
  await page.getByRole('button', { name: 'Bytes', exact: true }).click();
  await expect.poll(() => cellsOf(tcp).then((rows) => rows.map((cells) => cells[4]))).toEqual(['0', '1']);
  await tcp.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('13 of 42 packets');
  await expect(packetRows(page)).toHaveCount(13);

  await page.getByRole('tab', { name: 'Statistics' }).click();
  await expect(page.getByRole('columnheader', { name: 'Bytes', exact: true })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('checkbox', { name: /Limit to display filter/ }).check();
  await expect(page.getByRole('status').filter({ hasText: '13 packets counted' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'TCP · 1' })).toBeVisible();
});

/** Titles of columns that are cut, and whether the table has to be scrolled sideways. */
function cutTitles(page: Page): Promise<{ readonly cut: string[]; readonly scrolls: boolean }> {
  return page.evaluate(() => {
    const titles = Array.from(document.querySelectorAll<HTMLElement>('[data-pane=statistics] [role=columnheader] span'));
    const rows = document.querySelector<HTMLElement>('[data-statistic]');
    return { cut: titles.filter((title) => title.scrollWidth > title.clientWidth).map((title) => title.textContent), scrolls: rows !== null && rows.scrollWidth > rows.clientWidth };
  });
}

test('titles are whole at 1280 pixels, also beside the arrow, and endpoints need no scrolling sideways', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  for (const statistic of ['Endpoints', 'Conversations']) {
    await showStatistic(page, statistic);
    for (const kind of ['Ethernet', 'IPv4', 'TCP', 'UDP']) {
      await page.getByRole('tablist', { name: 'Kind' }).getByRole('tab', { name: new RegExp(`^${kind}`) }).click();
      const title = page.getByRole('columnheader', { name: statistic === 'Endpoints' ? 'Packets received' : 'Packets A → B' });
      await title.getByRole('button').click();
      await expect(title).not.toHaveAttribute('aria-sort', 'none');
      const { cut, scrolls } = await cutTitles(page);
      expect([statistic, kind, cut]).toEqual([statistic, kind, []]);
      if (statistic === 'Endpoints') expect([kind, scrolls]).toEqual([kind, false]);
    }
  }
});

test('the menu of a row, by keyboard: one direction joined with what the bar holds, left to be finished', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await showStatistic(page, 'Conversations');
  const tcp = table(page, 'TCP conversations');
  await expect.poll(() => cellsOf(tcp).then((rows) => rows.length)).toBe(2);
  await tcp.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Prepare as filter' })).toBeVisible();
  await expectMenuAt(page, page.locator('[data-statistic] [aria-selected=true]'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('menuitem', { name: 'Not selected', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('menuitem', { name: 'A → B', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const field = bar(page).getByRole('textbox', { name: 'Display filter' });
  await expect(field).toHaveText('!(tcp.stream == 1 && ip.src == 192.168.1.24 && tcp.srcport == 49216 && ip.dst == 198.51.100.44 && tcp.dstport == 443)');
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('32 of 42 packets');
});

test('Ethernet: read from the file once the tab is chosen; a row leads to its packets', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await showStatistic(page, 'Conversations');
  await page.getByRole('tab', { name: /^Ethernet/ }).click();
  const pairs = table(page, 'Ethernet conversations');
  // tshark -q -z conv,eth
  await expect.poll(() => cellsOf(pairs).then((rows) => rows.map((cells) => cells.slice(0, 4)))).toEqual([
    ['02:00:5e:10:00:01', '02:00:5e:10:00:24', '41', '15,096'],
    ['02:00:5e:10:00:24', 'ff:ff:ff:ff:ff:ff', '1', '42'],
  ]);
  await pairs.getByText('ff:ff:ff:ff:ff:ff').dblclick();
  await expect(bar(page)).toContainText('1 of 42 packets');
});

test('protocols: the tree of tshark, by layer, and the first packet of each', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await showStatistic(page, 'Protocol hierarchy');
  const tree = page.getByRole('treegrid', { name: 'Protocol hierarchy' });
  await expect(tree.getByRole('row').filter({ hasText: 'Domain Name System' })).toContainText('723');
  await page.getByRole('tab', { name: 'By layer' }).click();
  const layers = page.getByRole('treegrid', { name: 'Protocols by layer' });
  await expect(layers.getByRole('row').filter({ has: page.getByText('Transport', { exact: true }) })).toContainText('40');
  await layers.getByTitle('Go to packet 7', { exact: true }).first().click();
  await expect(packetRow(page, 7)).toHaveAttribute('aria-selected', 'true');
});
