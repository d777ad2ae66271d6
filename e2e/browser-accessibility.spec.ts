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

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(rules).analyze();
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

    test('the TCP timeline', async ({ open }) => {
      const page = await open(samplePath('retransmission'));
      await selectPacket(page, 1);
      await page.getByRole('tab', { name: 'TCP timeline' }).click();
      await expect(page.getByRole('tabpanel', { name: 'TCP timeline' }).getByText(/ESTABLISHED/).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}
