/** axe over every view, in both themes. What axe cannot see is tested by keyboard in browser.spec.ts. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, samplePath, test } from './support/fixtures.ts';
import { selectPacket, whenComplete } from './support/window.ts';

const themes = ['light', 'dark'] as const;

/**
 * WCAG 2.1 AA. The target size of 2.2 (24 px) is left out: rows of 20 and 22 px and bytes of 17 px are
 * what people of this field work with, and every target has a key.
 */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** `part`: a selector of what is looked at. */
async function violations(page: Page, part = 'html'): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).withTags(rules).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`));
}

for (const theme of themes) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test('the welcome page', async ({ open }) => {
      const page = await open(null);
      await expect(page.getByRole('button', { name: 'One web page, all layers' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('a capture with a selected packet', async ({ open }) => {
      const page = await open(samplePath('web-page'));
      await whenComplete(page);
      await selectPacket(page, 10);
      expect(await violations(page)).toEqual([]);
    });

    for (const [id, role] of [['Protocol hierarchy', 'treegrid'], ['Conversations', 'grid'], ['Endpoints', 'grid']] as const) {
      test(`statistics: ${id}`, async ({ open }) => {
        const page = await open(samplePath('web-page'));
        await whenComplete(page);
        await page.getByRole('tab', { name: 'Statistics' }).click();
        await page.getByRole('tab', { name: id }).click();
        await expect(page.getByRole(role).getByRole('gridcell').first()).not.toBeEmpty();
        await page.getByRole(role).focus();
        await page.keyboard.press('ArrowDown');
        expect(await violations(page)).toEqual([]);
      });
    }

    test('macros, and their import', async ({ open }) => {
      const page = await open(samplePath('web-page'));
      await whenComplete(page);
      await page.getByRole('menuitem', { name: 'Analyze' }).click();
      await page.getByRole('menuitem', { name: 'Display filter macros…' }).click();
      await page.getByRole('button', { name: 'Import…' }).click();
      await page.getByRole('textbox', { name: 'Macros, one a line' }).fill('"web" tcp.port == 80\n9lives udp');
      await expect(page.getByRole('status').filter({ hasText: 'Line 2' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Add to the others' }).click();
      await expect(page.getByRole('status').filter({ hasText: '1 macro imported' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('the menu of the list', async ({ open }) => {
      const page = await open(samplePath('web-page'));
      await whenComplete(page);
      await selectPacket(page, 10);
      await page.keyboard.press('Shift+F10');
      await expect(page.getByRole('menuitem', { name: 'Add as column' })).toBeVisible();
      // The keyboard stays in the menu, which axe does not know of what is behind it.
      expect(await violations(page, '[role=menu]')).toEqual([]);
    });

    test('the TCP timeline', async ({ open }) => {
      const page = await open(samplePath('retransmission'));
      await selectPacket(page, 1);
      await page.getByRole('tab', { name: 'TCP timeline' }).click();
      await expect(page.getByRole('tabpanel', { name: 'TCP timeline' }).getByText(/ESTABLISHED/).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}
