/** `npm run screenshots`: the pictures of the documentation, taken from the real window. Not part of the tests: pictures differ from machine to machine. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, samplePath, test } from './support/fixtures.ts';
import { projectFolder } from './support/host.ts';
import { details, selectPacket, whenComplete } from './support/window.ts';

async function picture(page: Page, name: string): Promise<void> {
  // A pointer over a row, a tooltip or a caret would make each picture a little different.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(projectFolder, 'docs', 'images', `${name}.png`), animations: 'disabled', caret: 'hide' });
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme, viewport: { width: 1280, height: 800 } });

    test('the capture', async ({ open }) => {
      const page = await open(samplePath('web-page'));
      await whenComplete(page);
      await selectPacket(page, 10);
      await details(page).getByRole('treeitem', { name: /^Host:/ }).click();
      await picture(page, `capture-${theme}`);
    });

    test('the timeline', async ({ open }) => {
      const page = await open(samplePath('retransmission'));
      await whenComplete(page);
      await selectPacket(page, 19);
      await page.getByRole('tab', { name: 'TCP timeline' }).click();
      await expect(page.getByRole('tabpanel', { name: 'TCP timeline' }).getByText(/ESTABLISHED/).first()).toBeVisible();
      await picture(page, `timeline-${theme}`);
    });
  });
}

test('the start page', async ({ open }) => {
  const page = await open(null);
  await expect(page.getByRole('button', { name: 'One web page, all layers' })).toBeVisible();
  await picture(page, 'start-light');
});
