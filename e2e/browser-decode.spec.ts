/** Decode As: the whole way, from the menu's key to another engine that reads the capture as it was told. */
import { expect, samplePath, test } from './support/fixtures.ts';
import { packetRow, selectPacket, whenComplete } from './support/window.ts';

test('a port is what the user says, and what it was again', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await selectPacket(page, 3);
  await expect(packetRow(page, 3)).toContainText('DNS');
  await page.keyboard.press('Control+Shift+U');
  const dialog = page.getByRole('dialog', { name: 'Decode as' });
  await expect(dialog.getByLabel('Number')).toHaveValue('53');
  await dialog.getByLabel('Is').selectOption('data');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(packetRow(page, 3)).toContainText('UDP');
  await expect(packetRow(page, 3)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tree')).toContainText('Data (33 bytes)');
  await page.keyboard.press('Control+Shift+U');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(packetRow(page, 3)).toContainText('DNS');
});
