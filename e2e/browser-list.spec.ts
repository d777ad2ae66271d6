/** The everyday tools of the packet list: columns, selecting and copying, ignoring, minimap, finding, fields and bytes as filters, macros. */
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, samplePath, test } from './support/fixtures.ts';
import { clickByte, details, expectMenuAt, markedBytes, packetList, packetRow, packetRows, selectPacket, whenComplete } from './support/window.ts';

function titles(page: Page): Promise<string[]> {
  return page.getByRole('columnheader').allTextContents();
}

function title(page: Page, name: string): Locator {
  return page.getByRole('columnheader', { name, exact: true });
}

async function columnMenu(page: Page, name: string): Promise<Locator> {
  await title(page, name).click({ button: 'right' });
  return page.getByRole('menu').first();
}

async function addColumn(page: Page, text: string, columnTitle: string): Promise<void> {
  await (await columnMenu(page, 'Info')).getByRole('menuitem', { name: 'Add column…' }).click();
  await page.getByRole('textbox', { name: /^Field or expression/ }).fill(text);
  await page.getByRole('textbox', { name: 'Title' }).fill(columnTitle);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(title(page, columnTitle)).toBeVisible();
}

function filterBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Display filter' });
}

async function applyFilter(page: Page, text: string): Promise<void> {
  await expect(filterBar(page).locator('.cm-content')).toBeVisible();
  await page.keyboard.press('Control+/');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await page.keyboard.press('Enter');
}

test.describe('columns', () => {
  test('of an expression are added, sorted by, moved by pointer and keys, and there again after a reload', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await addColumn(page, 'tcp.len + 20', 'Sum');
    await expect(packetRow(page, 10).getByRole('gridcell').nth(6)).toHaveText('130');
    await title(page, 'Sum').getByRole('button').click();
    await title(page, 'Sum').getByRole('button').click();
    await expect(title(page, 'Sum')).toHaveAttribute('aria-sort', 'descending');
    await page.keyboard.press('Control+Home');
    await expect(packetRows(page).first().getByRole('gridcell').nth(6)).toHaveText('1468');

    const from = await title(page, 'Sum').boundingBox();
    const to = await title(page, 'Source').boundingBox();
    await page.mouse.move(from!.x + 20, from!.y + 10);
    await page.mouse.down();
    await page.mouse.move(to!.x + 40, to!.y + 10, { steps: 4 });
    await page.mouse.move(to!.x + 8, to!.y + 10);
    await page.mouse.up();
    expect(await titles(page)).toEqual(['No.', 'Time', 'Sum', 'Source', 'Destination', 'Protocol', 'Length', 'Info']);
    // That was no click.
    await expect(title(page, 'Sum')).toHaveAttribute('aria-sort', 'descending');

    await title(page, 'Sum').getByRole('button').focus();
    await page.keyboard.press('Control+Shift+ArrowRight');
    expect((await titles(page)).slice(2, 4)).toEqual(['Source', 'Sum']);
    await expect(title(page, 'Sum').getByRole('button')).toBeFocused();

    await page.reload();
    await whenComplete(page);
    expect((await titles(page)).slice(2, 4)).toEqual(['Source', 'Sum']);
    await expect(packetRow(page, 10).getByRole('gridcell').nth(3)).toHaveText('130');
  });

  test('are hidden, aligned, resized to what they hold, and restored', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await (await columnMenu(page, 'Length')).getByRole('menuitem', { name: 'Hide column' }).click();
    expect(await titles(page)).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Info']);
    const before = (await title(page, 'Source').boundingBox())!.width;
    await page.keyboard.press('Control+Shift+R');
    await expect.poll(async () => (await title(page, 'Source').boundingBox())!.width).toBeLessThan(before);
    const cut = await packetRows(page).evaluateAll((rows) => rows.flatMap((row) => [...row.querySelectorAll('[role=gridcell]')].slice(0, 5)).filter((cell) => cell.scrollWidth > cell.clientWidth).length);
    expect(cut).toBe(0);
    await (await columnMenu(page, 'Source')).getByRole('menuitemradio', { name: 'Align right' }).click();
    await expect(packetRow(page, 3).getByRole('gridcell').nth(2)).toHaveCSS('text-align', 'right');
    await (await columnMenu(page, 'Source')).getByRole('menuitem', { name: 'Restore default columns' }).click();
    expect(await titles(page)).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info']);
  });

  test('too wide for the pane, the titles scroll sideways with the rows', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    for (const field of ['ip.ttl', 'ip.id', 'tcp.window_size', 'tcp.stream', 'udp.stream']) await addColumn(page, field, field);
    await packetList(page).evaluate((list) => list.scrollTo({ left: 10_000 }));
    await expect.poll(async () => (await title(page, 'Info').boundingBox())!.x).toBe((await packetRow(page, 3).getByRole('gridcell').last().boundingBox())!.x);
    expect((await title(page, 'Info').boundingBox())!.x).toBeLessThan(900);
  });
});

test.describe('rows', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('are selected with Shift and Ctrl, and copied as CSV, HTML and YAML', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await selectPacket(page, 3);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await packetRow(page, 8).click({ modifiers: ['Control'] });
    await expect(packetList(page).getByRole('row', { selected: true })).toHaveCount(4);
    await expect(page.getByRole('contentinfo')).toContainText('Selected: 4');

    /** Waits for what begins as the form does: a notice may still be that of the copy before. */
    const copy = async (form: string, beginning: string): Promise<string> => {
      await packetRow(page, 8).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Copy as' }).press('ArrowRight');
      await page.getByRole('menuitem', { name: `Selected rows ${form}` }).press('Enter');
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`^${beginning}`));
      await expect(page.getByText('Copied 4 rows.')).toBeVisible();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const csv = (await copy('as CSV', '"No')).trimEnd().split('\n');
    expect(csv[0]?.trim()).toBe('"No.","Time","Source","Destination","Protocol","Length","Info"');
    expect(csv.slice(1).map((line) => line.slice(0, 4))).toEqual(['"3",', '"4",', '"5",', '"8",']);
    expect(await copy('as HTML', '<table>')).toContain('<td>192.168.1.24</td>');
    const yaml = await copy('as YAML', '---');
    expect(yaml).toContain('# Packet 5 from web-page.pcapng\n');
    const bytes = /bytes: !!binary \|\n((?: {2}\S+\n?)+)/.exec(yaml)?.[1]?.replace(/\s/g, '') ?? '';
    expect(Buffer.from(bytes, 'base64').toString('latin1')).toContain('\x03www\x07example\x03net');
  });

  test('are ignored, drop out of filters, and are so again when the capture is', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await selectPacket(page, 3);
    await page.keyboard.press('Control+D');
    await expect(packetRow(page, 3)).toContainText('<Ignored>');
    await expect(details(page)).toContainText('Frame 3');
    await expect(details(page)).not.toContainText('Domain Name System');
    await applyFilter(page, 'dns');
    await expect(filterBar(page)).toContainText('7 of 42 packets');
    await page.reload();
    await whenComplete(page);
    await expect(packetRow(page, 3)).toContainText('<Ignored>');
    await page.keyboard.press('Control+Alt+D');
    await expect(packetRow(page, 3)).toContainText('DNS');
  });

  test('are gone to by the minimap', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    const map = page.getByRole('scrollbar', { name: 'Overview of the list' });
    await expect(map).toHaveAttribute('aria-valuetext', /of 42 parts of the list|Row 1 of 42/);
    const { x, y, width, height } = (await map.boundingBox())!;
    await page.mouse.click(x + width / 2, y + height - 2);
    await expect(packetRow(page, 42)).toBeInViewport();
    await page.mouse.move(x + width / 2, y + height - 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + 2, { steps: 5 });
    await page.mouse.up();
    await expect(packetRow(page, 1)).toBeInViewport();
  });
});

test.describe('finding', () => {
  async function find(page: Page, where: string, text: string): Promise<void> {
    await page.keyboard.press('Control+F');
    await page.getByRole('combobox', { name: 'Where to look' }).selectOption(where);
    await page.getByRole('textbox', { name: 'Find' }).fill(text);
  }

  test('in the details selects the line, and the next one', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await find(page, 'details', 'transaction id');
    await page.keyboard.press('Enter');
    await expect(details(page).getByRole('treeitem', { selected: true })).toContainText('Transaction ID: 0xc85c');
    await expect(packetRow(page, 3)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(packetRow(page, 4)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Shift+Enter');
    await expect(packetRow(page, 3)).toHaveAttribute('aria-selected', 'true');
  });

  test('in the bytes marks them, occurrence by occurrence', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await find(page, 'bytes', 'EXAMPLE');
    await page.keyboard.press('Enter');
    await expect(packetRow(page, 3)).toHaveAttribute('aria-selected', 'true');
    await expect.poll(async () => (await markedBytes(page).allTextContents()).join(' ').trim()).toBe('65 78 61 6d 70 6c 65');
    await page.getByRole('button', { name: 'Match case' }).click();
    await page.getByRole('textbox', { name: 'Find' }).press('Enter');
    await expect(page.getByText('No packet in the list holds that')).toBeVisible();
  });
});

test.describe('filters from what is shown', () => {
  test('a field is dragged to the bar, and to the titles', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await selectPacket(page, 7);
    await details(page).getByRole('treeitem', { name: /Ethernet II/ }).click();
    await page.keyboard.press('ArrowRight');
    const field = details(page).getByRole('treeitem', { name: /^Destination: / });
    await field.dragTo(filterBar(page).locator('.cm-content'));
    await expect(filterBar(page).locator('.cm-content')).toHaveText('eth.dst == 02:00:5e:10:00:01');
    await field.dragTo(title(page, 'Length'), { targetPosition: { x: 4, y: 8 } });
    await expect.poll(() => titles(page)).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Destination', 'Length', 'Info']);
    await expect(packetRow(page, 7).getByRole('gridcell').nth(5)).toHaveText('02:00:5e:10:00:01');
  });

  test('bytes are selected with the pointer and made a filter', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await selectPacket(page, 3);
    await clickByte(page, 12);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.getByRole('contentinfo')).toContainText('3 bytes selected, at 12');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Prepare as filter' }).press('ArrowRight');
    await page.getByRole('menuitem', { name: 'Selected', exact: true }).press('Enter');
    await expect(filterBar(page).locator('.cm-content')).toHaveText('frame[12:3] == 08:00:45');
    await page.keyboard.press('Enter');
    await expect(filterBar(page)).toContainText('40 of 42 packets');
  });

  test('the menu key opens the menu at the row that is active, in the list and in the tree', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await packetRow(page, 3).getByRole('gridcell').nth(2).click();
    await page.keyboard.press('ContextMenu');
    await expectMenuAt(page, page.locator('[data-list] [aria-selected=true] [role=gridcell]').nth(2));
    await page.keyboard.press('Escape');
    await details(page).getByRole('treeitem', { name: /Ethernet II/ }).click();
    await page.keyboard.press('Shift+F10');
    await expectMenuAt(page, page.locator('[data-tree] [aria-selected=true]'));
    await expect(page.getByRole('menu')).toContainText('eth');
  });

  test('by keyboard alone: the list’s menu is about the column where one was last, and says so', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await packetList(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu', { name: 'Source: ip.src == 192.168.1.24' })).toBeVisible();
    await page.keyboard.press('Escape');
    // The titles are one stop before the list; the arrows choose a column.
    await page.keyboard.press('Shift+Tab');
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
    await expect(title(page, 'Protocol').getByRole('button')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ContextMenu');
    await expect(page.getByRole('menu', { name: 'Protocol: dns' })).toBeVisible();
    await expectMenuAt(page, page.locator('[data-list] [aria-selected=true] [role=gridcell]').nth(4));
    await expect(page.getByRole('menuitem', { name: 'Apply as filter' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(filterBar(page)).toContainText('8 of 42 packets');
    await expect(packetList(page)).toBeFocused();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Add as column' }).press('Enter');
    await expect(title(page, 'Domain Name System')).toBeVisible();
    // A click chooses, too; of a cell that says no field, the next best one is meant.
    await packetRow(page, 4).getByRole('gridcell').nth(5).click();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu', { name: 'Length: frame.len == 75' })).toBeVisible();
    await page.keyboard.press('Escape');
    await packetRow(page, 4).getByRole('gridcell').last().click();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu', { name: /^Source: ip.src/ })).toBeVisible();
  });

  test('a macro of one’s own is tried, kept, and used', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await page.getByRole('menuitem', { name: 'Analyze' }).click();
    await page.getByRole('menuitem', { name: 'Display filter macros…' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('talk');
    await page.getByRole('textbox', { name: /^Text/ }).fill('ip.addr == $1 and udp');
    await page.getByRole('textbox', { name: /^Try it/ }).fill('$talk(192.168.1.1)');
    await expect(page.getByRole('dialog')).toContainText(/192\.168\.1\.1.*UDP/);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await applyFilter(page, '$talk(192.168.1.1)');
    await expect(filterBar(page)).toContainText('8 of 42 packets');
    // The list follows what a macro means, as far as it means anything.
    for (const [text, expected] of [['ip.src == $1 and udp', '4 of 42 packets'], ['ip.src == $2', 'The macro "talk" takes 2 values, not 1']] as const) {
      await page.getByRole('menuitem', { name: 'Analyze' }).click();
      await page.getByRole('menuitem', { name: 'Display filter macros…' }).click();
      await page.getByRole('textbox', { name: /^Text/ }).fill(text);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await expect(filterBar(page)).toContainText(expected);
      await expect(packetRows(page)).toHaveCount(4);
    }
  });

  test('macros go to a file and come back from one, those of the same name in the place of mine', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await whenComplete(page);
    await page.getByRole('menuitem', { name: 'Analyze' }).click();
    await page.getByRole('menuitem', { name: 'Display filter macros…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Display filter macros' });
    await expect(dialog.getByRole('button', { name: 'Export' })).toBeDisabled();
    await page.getByRole('textbox', { name: /^Name/ }).fill('talk');
    await page.getByRole('textbox', { name: /^Text/ }).fill('ip.addr == $1 and udp');
    await page.keyboard.press('Enter');
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export' }).press('Enter');
    const download = await downloading;
    expect([download.suggestedFilename(), await readFile(await download.path(), 'utf8')]).toEqual(['dmacros', '"talk" ip.addr == $1 and udp\n']);
    await dialog.getByRole('button', { name: 'Import…' }).press('Enter');
    const lines = dialog.getByRole('textbox', { name: 'Macros, one a line' });
    await expect(lines).toBeFocused();
    await lines.fill('"talk","ip.addr == $1 and tcp"\n"web" tcp.port == 80\n9lives udp');
    await expect(dialog.getByRole('status')).toContainText('2 macros can be imported. Adding replaces yours of the same name: $talk.');
    await expect(dialog.getByRole('status')).toContainText('Line 3: A macro is written "name" text. 9lives udp');
    await dialog.getByRole('button', { name: 'Add to the others' }).press('Enter');
    await expect(dialog.getByRole('status')).toContainText('2 macros imported, $talk in the place of yours.');
    await expect(page.getByRole('textbox', { name: /^Text/ })).toHaveValue('ip.addr == $1 and tcp');
    await expect(dialog.getByRole('list', { name: 'Macros' }).getByRole('button')).toHaveText(['$talk', '$web', 'New macro']);
    await dialog.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(page.getByRole('textbox', { name: /^Text/ })).toHaveValue('ip.addr == $1 and udp');
    await expect(dialog.getByRole('list', { name: 'Macros' }).getByRole('button')).toHaveText(['$talk', 'New macro']);
  });
});
