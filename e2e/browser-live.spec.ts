/** A live capture on the loopback interface, from Start to Stop, through the real helper. Where that cannot be, it says why and skips. */
import { createSocket } from 'node:dgram';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startHost, type Host } from './support/host.ts';
import { expect, test } from './support/fixtures.ts';
import { packetList, packetRow } from './support/window.ts';

const packets = 1000;

/** Why nothing can be captured here, as the window itself tells it; null where it can. */
async function obstacle(page: Page): Promise<string | null> {
  const panel = page.getByRole('region', { name: 'Capture', exact: true });
  const again = panel.getByRole('button', { name: 'Check again' });
  await expect(panel.getByRole('option').or(again).first()).toBeVisible();
  if ((await again.count()) > 0) return panel.locator('[role=status]').first().innerText();
  return (await panel.getByRole('option', { name: /^lo,/ }).count()) > 0 ? null : 'there is no interface lo';
}

interface Receiver {
  /** This test's own, so that tests beside it are not in the capture. */
  readonly port: number;
  send(count: number): Promise<void>;
  close(): void;
}

async function startReceiver(): Promise<Receiver> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const sendOne = (text: string): Promise<void> => new Promise((resolve, reject) => socket.send(text, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())));
  return {
    port,
    close: () => socket.close(),
    // One after another: the socket's buffer must not be what loses packets.
    async send(count) {
      for (let index = 1; index <= count; index += 1) await sendOne(`packet ${index}`);
    },
  };
}

function counter(page: Page, name: string): Promise<string> {
  return page.getByRole('contentinfo').innerText().then((text) => new RegExp(`${name}:\\s*([\\d,]+|unknown)`).exec(text)?.[1] ?? '');
}

test.describe('a live capture on lo', () => {
  let host: Host;
  let receiver: Receiver;

  test.beforeEach(async ({ page, temporaryFolder }) => {
    receiver = await startReceiver();
    host = await startHost(null, { LAYERSCOPE_CONFIG_FOLDER: temporaryFolder, LAYERSCOPE_CAPTURE_FOLDER: temporaryFolder });
    await page.goto(host.address);
    const reason = await obstacle(page);
    test.skip(reason !== null, `live capture is not possible here: ${reason ?? ''}`);
  });

  test.afterEach(async () => {
    receiver.close();
    await host.stop();
  });

  test('shows what passes as it comes, and loses nothing', async ({ page }) => {
    await page.getByRole('option', { name: /^lo,/ }).click();
    const filter = page.getByLabel('Capture filter', { exact: true });
    await filter.fill('udp prot 1');
    await expect(page.getByText('Not valid')).toBeVisible();
    await filter.fill(`udp dst port ${receiver.port}`);
    await expect(page.getByText('Valid', { exact: true })).toBeVisible();
    await page.keyboard.press('Control+E');
    const status = page.getByRole('contentinfo');
    await expect(status).toContainText('Capturing');
    await receiver.send(packets);
    await expect.poll(() => counter(page, 'Packets')).toBe('1,000');
    // The list has followed its end.
    await expect(packetRow(page, packets)).toBeVisible();
    await packetList(page).hover();
    await page.mouse.wheel(0, -600);
    await receiver.send(50);
    await expect(page.getByRole('button', { name: '50 new packets' })).toBeVisible();
    await page.keyboard.press('Control+End');
    await expect(packetRow(page, packets + 50)).toBeVisible();
    expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()).violations).toEqual([]);
    await page.keyboard.press('Control+E');
    await expect(status).toContainText('Complete');
    await expect.poll(() => Promise.all(['Packets', 'Received', 'Written', 'Dropped by kernel'].map((name) => counter(page, name)))).toEqual(['1,050', '1,050', '1,050', '0']);
  });

  test('ends by itself after a number of packets, and says so', async ({ page }) => {
    await page.getByRole('option', { name: /^lo,/ }).click();
    await page.getByLabel('Capture filter', { exact: true }).fill(`udp dst port ${receiver.port}`);
    await page.keyboard.press('Control+K');
    const dialog = page.getByRole('dialog', { name: 'Capture options' });
    expect((await new AxeBuilder({ page }).include('[role=dialog]').withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()).violations).toEqual([]);
    await dialog.getByRole('tab', { name: 'Stop' }).click();
    await dialog.getByLabel('After a number of').first().check();
    await dialog.getByLabel('After a number of, number').first().fill('20');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expect(page.getByRole('contentinfo')).toContainText('Capturing');
    await receiver.send(50);
    await expect(page.getByText(/^The capture ended:/)).toBeVisible();
    await expect.poll(() => Promise.all(['Packets', 'Written'].map((name) => counter(page, name)))).toEqual(['20', '20']);
  });
});
