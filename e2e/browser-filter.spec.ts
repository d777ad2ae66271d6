/** The display filter, from the keyboard and from what is pointed at. */
import type { Locator, Page } from '@playwright/test';
import { expect, samplePath, test } from './support/fixtures.ts';
import { packetRow, packetRows, selectPacket, whenComplete } from './support/window.ts';

function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Display filter' });
}

/** The field, once the editor stands in the place of the plain input. */
async function field(page: Page): Promise<Locator> {
  await expect(bar(page).locator('.cm-content')).toBeVisible();
  return bar(page).getByRole('textbox', { name: 'Display filter' });
}

async function write(page: Page, text: string): Promise<void> {
  await field(page);
  await page.keyboard.press('Control+/');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

test('written and applied by keyboard; the selected packet stays', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await selectPacket(page, 10);
  await write(page, 'http || dns');
  await expect(bar(page).getByText('Valid')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(/Packets with HTTP or with DNS\. \d+ of 42 packets/);
  await expect(packetRow(page, 10)).toHaveAttribute('aria-selected', 'true');
  await expect(packetRow(page, 7)).toHaveCount(0);
  await page.keyboard.press('Control+Shift+X');
  await expect(bar(page)).toContainText('Shows all packets.');
  await expect(packetRow(page, 10)).toHaveAttribute('aria-selected', 'true');
});

test('a mistake is marked where it stands, and mended with one click', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await write(page, 'ip.sorce == 192.168.1.24 ');
  await expect(bar(page)).toContainText('"ip.sorce" is neither a field nor a protocol name');
  await expect(bar(page).locator('.filter-error').first()).toHaveText('ip.sorce');
  await expect(await field(page)).toHaveAttribute('aria-invalid', 'true');
  await bar(page).getByRole('button', { name: 'Use ip.src' }).click();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(/\d+ of 42 packets/);
});

test('a known trap is warned of', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await write(page, 'tcp.flags.syn ');
  await expect(bar(page).getByText('Check meaning')).toBeVisible();
  await expect(bar(page)).toContainText('tcp.flags.syn == 1');
});

test('completions are offered, chosen with the arrows and taken with Enter or Tab', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await write(page, 'tcp.dstp');
  await expect(page.getByRole('option', { name: /tcp\.dstport/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(await field(page)).toHaveText('tcp.dstport');
  await page.keyboard.type(' == 8');
  // While a list is being renewed it takes no keys: one is chosen when it says so.
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option', { name: /80/, selected: true })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(await field(page)).toHaveText('tcp.dstport == 80');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(/\d+ of 42 packets/);
});

test('Tab takes the first completion, however soon it is pressed', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  for (let round = 0; round < 5; round++) {
    await write(page, 'tcp.dstp');
    await page.keyboard.press('Tab');
    await expect(await field(page)).toHaveText('tcp.dstport');
    await expect(await field(page)).toBeFocused();
  }
});

test('filters used before are offered as a whole, and Tab still completes the word', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  await write(page, 'tcp.dstport == 80');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(/\d+ of 42 packets/);
  await write(page, 'tcp.dstp');
  await expect(page.getByRole('option', { name: /tcp\.dstport == 80.*used before/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /tcp\.dstport.*Destination Port/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(await field(page)).toHaveText('tcp.dstport');
  await write(page, 'tcp.dst');
  await page.getByRole('option', { name: /used before/ }).click();
  await expect(await field(page)).toHaveText('tcp.dstport == 80');
});

test('what is pointed at becomes a filter', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  // The destination of the DNS query.
  await packetRow(page, 3).getByRole('gridcell').nth(3).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Apply as filter' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Selected', exact: true }).press('Enter');
  await expect(await field(page)).toHaveText('ip.dst == 192.168.1.1');
  await expect(bar(page)).toContainText(/\d+ of 42 packets/);
  const rows = await packetRows(page).evaluateAll((elements) => elements.map((row) => row.querySelectorAll('[role=gridcell]')[3]?.textContent));
  expect(new Set(rows)).toEqual(new Set(['192.168.1.1']));
});

test('filters used before come back with the arrow', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await whenComplete(page);
  for (const text of ['arp', 'icmp || tcp']) {
    await write(page, text);
    await page.keyboard.press('Enter');
    await expect(bar(page)).toContainText(/of 42 packets/);
  }
  await write(page, 'x');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await page.keyboard.press('ArrowUp');
  await expect(await field(page)).toHaveText('icmp || tcp');
  await page.keyboard.press('ArrowUp');
  await expect(await field(page)).toHaveText('arp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(await field(page)).toHaveText('x');
});
