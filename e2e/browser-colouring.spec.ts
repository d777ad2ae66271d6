/** Coloring rules: what rows look like, editing by keyboard, files, and colours of conversations. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, samplePath, test } from './support/fixtures.ts';
import { packetRow, selectPacket, whenComplete } from './support/window.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

function dialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Coloring rules' });
}

function list(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Coloring rules, in order' });
}

async function openRules(page: Page): Promise<void> {
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Coloring rules…' }).click();
  await expect(list(page)).toBeFocused();
}

/** A row by its packet; behind a dialog it has no role. */
function row(page: Page, packet: number): Locator {
  return page.locator(`#packet-${packet}`);
}

/** The rule that a row says it matches. */
async function expectRule(page: Page, packet: number, rule: string): Promise<void> {
  await expect(row(page, packet)).toHaveAttribute('aria-description', `Coloring rule: ${rule}`);
}

async function ground(page: Page, packet: number): Promise<string> {
  return row(page, packet).evaluate((element) => getComputedStyle(element).backgroundColor);
}

for (const [theme, arp] of [['light', 'rgb(250, 240, 215)'], ['dark', 'rgb(43, 38, 23)']] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test('rows have the colours of the first rule that matches, and the editor passes axe', async ({ open }) => {
      const page = await open(samplePath('web-page'));
      await whenComplete(page);
      await expectRule(page, 2, 'ARP');
      await expectRule(page, 3, 'UDP');
      expect(await ground(page, 2)).toBe(arp);
      await openRules(page);
      const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').withTags(rules).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
    });
  });
}

test('a rule is added by keyboard, colours the list at once, and is kept', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await openRules(page);
  await page.keyboard.press('Shift+Tab');
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
  await page.keyboard.type('dns.qry.type == 1 ');
  await expectRule(page, 3, 'New rule');
  await expect(dialog(page).getByRole('img', { name: 'Valid' })).toBeVisible();
  await dialog(page).getByLabel('Name').fill('Addresses asked for');
  await expectRule(page, 3, 'Addresses asked for');
  await dialog(page).getByRole('button', { name: 'OK' }).press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await page.reload();
  await whenComplete(page);
  await expectRule(page, 3, 'Addresses asked for');
  await expectRule(page, 4, 'UDP');
});

test('a wrong filter is told with its place, and Escape gives everything up', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await openRules(page);
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await expect(dialog(page).locator('.cm-content')).toBeVisible();
  await dialog(page).getByRole('textbox', { name: 'Filter of the rule' }).click();
  await page.keyboard.type('ip.sorce == 192.168.1.24 ');
  await expect(dialog(page)).toContainText('The rule matches nothing. "ip.sorce" is neither a field nor a protocol name');
  await expect(dialog(page).locator('.filter-error').first()).toHaveText('ip.sorce');
  await dialog(page).getByRole('button', { name: 'Use ip.src' }).click();
  await expectRule(page, 3, 'New rule');
  await list(page).focus();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expectRule(page, 3, 'UDP');
});

/** Opens the macros and gives `$web` a text. */
async function saveMacro(page: Page, button: 'Add' | 'Save', text: string): Promise<void> {
  await page.getByRole('menuitem', { name: 'Analyze' }).click();
  await page.getByRole('menuitem', { name: 'Display filter macros…' }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill('web');
  await page.getByRole('textbox', { name: /^Text/ }).fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.keyboard.press('Escape');
}

test('rules know the macros of the filter bar, and follow what they mean', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await saveMacro(page, 'Add', 'tcp.port == $1');
  await openRules(page);
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.keyboard.type('$web(80) ');
  await expect(dialog(page)).toContainText('Packets in which a TCP source or destination port is 80.');
  await dialog(page).getByRole('button', { name: 'OK' }).click();
  await selectPacket(page, 10);
  await page.getByRole('treeitem', { name: /Frame 10:/ }).click();
  await page.keyboard.press('ArrowRight');
  await expectRule(page, 7, 'New rule');
  await expect(page.getByRole('treeitem', { name: /Coloring Rule Name: New rule/ })).toBeVisible();
  await saveMacro(page, 'Save', 'udp.port == $1');
  await expectRule(page, 7, 'HTTP');
  await expect(page.getByRole('treeitem', { name: /Coloring Rule Name: HTTP/ })).toBeVisible();
  await saveMacro(page, 'Save', 'tcp.port in {$1, $2}');
  await openRules(page);
  await expect(dialog(page)).toContainText('The rule matches nothing. The macro "web" takes 2 values, not 1');
  await expect.poll(async () => (await dialog(page).locator('.filter-error').allTextContents()).join('')).toBe('$web(80)');
});

test('order decides: rules move with Alt and the arrows, or are dragged', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await openRules(page);
  await list(page).getByRole('option', { name: /^UDP/ }).click();
  await list(page).press('Alt+ArrowUp');
  await expect(list(page).getByRole('option').nth(16)).toContainText('UDP');
  await list(page).getByRole('option', { name: /^ARP/ }).dragTo(list(page).getByRole('option').first());
  await expect(list(page).getByRole('option').first()).toContainText('ARP');
});

test('rules go to a file and come back from one', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await openRules(page);
  const downloading = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Export' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('colorfilters');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('\n@ARP@arp@[64250,61680,55255][4626,10023,11822]\n');
  await dialog(page).getByRole('button', { name: 'Import…' }).click();
  const choosing = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: 'Choose file…' }).click();
  await (await choosing).setFiles({ name: 'colorfilters', mimeType: 'text/plain', buffer: Buffer.from('# mine\n@Names@dns@[65535,65535,0][0,0,0]\n@Broken@dns@[1,2]\n') });
  await expect(dialog(page)).toContainText('1 rule can be imported.');
  await expect(dialog(page)).toContainText('Line 3: The colours cannot be read');
  await dialog(page).getByRole('button', { name: 'Replace all rules' }).click();
  await expectRule(page, 3, 'Names');
  expect(await ground(page, 3)).toBe('rgb(255, 255, 0)');
  await expect(row(page, 2)).not.toHaveAttribute('data-rule');
  await dialog(page).getByRole('button', { name: 'Defaults' }).click();
  await expectRule(page, 3, 'UDP');
});

test('conversations get colours by keys and menus, and a rule', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await selectPacket(page, 10);
  await page.keyboard.press('Control+4');
  await expectRule(page, 7, 'TCP conversation, colour 4');
  await page.keyboard.press('Control+Space');
  await expectRule(page, 7, 'HTTP');
  await packetRow(page, 8).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Colorize conversation' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'IPv4', exact: true }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Colour 2 (orange)' }).click();
  await expectRule(page, 7, 'IPv4 conversation, colour 2');
});

test('filters find packets by their rule', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await page.keyboard.press('Control+/');
  await page.keyboard.type('frame.coloring_rule.name == "ARP" ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Display filter' })).toContainText('2 of 42 packets');
});
