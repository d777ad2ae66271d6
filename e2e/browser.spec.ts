/** The main job: open a capture and see its packets, layers and bytes. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCapture } from '../bench/capture.ts';
import { expect, samplePath, test } from './support/fixtures.ts';
import { clickByte, details, markedBytes, packetList, packetRow, packetRows, selectPacket, whenComplete } from './support/window.ts';

test('a capture named on the command line shows its packets', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await expect(page).toHaveTitle('web-page.pcapng - Layerscope');
  await expect(packetList(page)).toHaveAttribute('aria-rowcount', '43');
  await expect(page.getByRole('contentinfo')).toContainText('Packets: 42');
  await expect(packetRow(page, 1)).toContainText('Who has 192.168.1.1? Tell 192.168.1.24');
  await expect(packetRow(page, 5)).toContainText('Standard query response 0xc85c A www.example.net A 192.0.2.80');
  await expect(packetRow(page, 10)).toContainText('GET /layers HTTP/1.1');
});

test('the properties of a capture tell its bytes', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await page.keyboard.press('Control+Alt+Shift+C');
  const dialog = page.getByRole('dialog', { name: 'Capture properties' });
  await expect(dialog).toContainText('Bytes on the wire15 kB (15,138 bytes)Bytes capturedAll');
  await expect(dialog).toContainText('Average packet360 bytes');
});

test('a sample opens from the welcome page, and another capture replaces it', async ({ open }) => {
  const page = await open(null);
  await page.getByRole('button', { name: 'Who has this address?' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Packets: 15');
  await page.getByRole('tab', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'IPv6 neighbours' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Packets: 14');
  await expect(packetRow(page, 1)).toContainText('Neighbor Solicitation');
});

test.describe('the selected packet', () => {
  test('a field in the tree marks its bytes', async ({ open }) => {
    const page = await open(samplePath('who-has'));
    await selectPacket(page, 2);
    await details(page).getByRole('treeitem', { name: 'Sender IP address: 192.168.1.1' }).click();
    await expect(markedBytes(page)).toHaveText(['c0 a8 01 01']);
  });

  test('a byte selects its field in the tree', async ({ open }) => {
    const page = await open(samplePath('who-has'));
    await selectPacket(page, 2);
    await clickByte(page, 0x15);
    await expect(details(page).getByRole('treeitem', { selected: true })).toHaveText('Opcode: reply (2)');
    await expect(markedBytes(page)).toHaveText(['00 02']);
  });

  test('its layers stand nested in the layer view, with the same names as in the list', async ({ open }) => {
    const page = await open(samplePath('web-page'));
    await selectPacket(page, 10);
    const layers = page.getByRole('region', { name: 'Layers of packet 10' });
    for (const name of [/Ethernet/, /IP/, /TCP/, /HTTP/]) await expect(layers.getByText(name).first()).toBeVisible();
  });

  test('has its conversation drawn as a timeline', async ({ open }) => {
    const page = await open(samplePath('retransmission'));
    await selectPacket(page, 19);
    await page.getByRole('tab', { name: 'TCP timeline' }).click();
    await expect(page.getByRole('tabpanel', { name: 'TCP timeline' }).getByText(/ESTABLISHED/).first()).toBeVisible();
  });
});

test('everything can be reached by keyboard alone', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await packetList(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('tree', { name: 'Headers of packet 2', exact: true })).toBeVisible();
  await page.keyboard.press('Control+End');
  await expect(page.getByRole('tree', { name: 'Headers of packet 42', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Home');
  await expect(page.getByRole('tree', { name: 'Headers of packet 1', exact: true })).toBeVisible();
  await details(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(details(page).getByRole('treeitem', { level: 2 }).first()).toBeVisible();
  // The next packet, without leaving the tree.
  await page.keyboard.press('F8');
  await expect(page.getByRole('tree', { name: 'Headers of packet 2', exact: true })).toBeVisible();
});

test('the theme is the system\'s until it is chosen, and stays chosen', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe('rgb(19, 22, 25)');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background).toBe('rgb(236, 238, 241)');
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Theme' }).press('ArrowRight');
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).toBe('rgb(19, 22, 25)');
  await page.reload();
  await expect.poll(background).toBe('rgb(19, 22, 25)');
  // The host is not to end while the page still connects to it.
  await whenComplete(page);
});

test.describe('what cannot be shown is told', () => {
  test('a file that is no capture: what it is, one way on, and no half a window', async ({ open, temporaryFolder }) => {
    const file = join(temporaryFolder, 'notes.txt');
    await writeFile(file, 'These are notes, not packets.\n');
    const page = await open(file);
    await expect(page.getByRole('alert')).toContainText('notes.txt is not a capture: byte 0 is 0x54');
    await expect(page.getByRole('alert').getByRole('button', { name: 'Open another' })).toBeVisible();
    await expect(packetList(page)).toHaveCount(0);
  });

  test('a capture without its end: all packets before the tear, and where it is torn', async ({ open, temporaryFolder }) => {
    const file = join(temporaryFolder, 'torn.pcapng');
    const whole = await readFile(samplePath('web-page'));
    await writeFile(file, whole.subarray(0, whole.length - 50));
    const page = await open(file);
    await whenComplete(page);
    await expect(page.getByRole('contentinfo')).toContainText('Packets: 41');
    await expect(page.getByRole('status').filter({ hasText: /byte/ })).toBeVisible();
  });

  test('an empty file', async ({ open, temporaryFolder }) => {
    const file = join(temporaryFolder, 'empty.pcap');
    await writeFile(file, '');
    const page = await open(file);
    await expect(page.getByRole('alert')).toContainText('empty.pcap');
  });
});

test('a list of many packets scrolls to its very end', async ({ open, temporaryFolder }) => {
  const file = join(temporaryFolder, 'many.pcap');
  const packets = 60_000;
  writeCapture(file, { mode: 'small', seed: 1, bytes: Infinity, packets });
  const page = await open(file);
  await whenComplete(page);
  await expect(packetList(page)).toHaveAttribute('aria-rowcount', String(packets + 1));
  await packetRows(page).first().click();
  await page.keyboard.press('Control+End');
  await expect(packetRow(page, packets)).toBeVisible();
  await expect(page.getByRole('tree', { name: `Headers of packet ${packets}`, exact: true })).toBeVisible();
  // No more elements than the screen can show, however long the list is.
  expect(await packetRows(page).count()).toBeLessThan(120);
});
