/** The window as a user finds it: by roles and names, not by classes. */
import { expect, type Locator, type Page } from '@playwright/test';

export function packetList(page: Page): Locator {
  return page.getByRole('grid', { name: 'Packets' });
}

/** Rows of packets on screen, without the header. */
export function packetRows(page: Page): Locator {
  return packetList(page).getByRole('row').filter({ has: page.getByRole('gridcell') });
}

/** The row of a packet, by its number. */
export function packetRow(page: Page, number: number): Locator {
  return packetList(page).getByRole('row').filter({ has: page.getByRole('gridcell', { name: String(number), exact: true }).first() }).first();
}

export function details(page: Page): Locator {
  return page.getByRole('tree', { name: /^Headers of packet/ });
}

export async function selectPacket(page: Page, number: number): Promise<void> {
  await packetRow(page, number).click();
  await expect(page.getByRole('tree', { name: `Headers of packet ${number}`, exact: true })).toBeVisible();
}

/** Waits until the engine has finished with the capture: rows are final. */
export async function whenComplete(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo')).toContainText('Complete');
}

/** Hex digits of the bytes that are marked because their field is selected. */
export function markedBytes(page: Page): Locator {
  return page.getByRole('region', { name: 'Bytes' }).locator('[data-part="hex"] u');
}

/** Expects the open menu to touch a row, near its left edge; where there is no room below, menus move up. While one is open all else is hidden from roles: the row is found otherwise. */
export async function expectMenuAt(page: Page, row: Locator): Promise<void> {
  const [menu, box] = await Promise.all([page.getByRole('menu').first().boundingBox(), row.boundingBox()]);
  expect(menu!.y - (box!.y + box!.height), 'pixels between row and menu').toBeLessThan(12);
  expect(menu!.y + menu!.height).toBeGreaterThanOrEqual(box!.y);
  expect(menu!.x - box!.x, 'pixels from the row\'s left edge').toBeGreaterThanOrEqual(0);
  expect(menu!.x - box!.x).toBeLessThan(60);
}

/** Clicks a byte in the bytes pane, by its offset in the packet. */
export async function clickByte(page: Page, offset: number): Promise<void> {
  const line = page.getByRole('region', { name: 'Bytes' }).locator(`[data-line="${offset & ~15}"] [data-part="hex"]`);
  const point = await line.evaluate((cell, index) => {
    // Two digits and a space each, and one space more after the eighth.
    let wanted = index * 3 + (index >= 8 ? 1 : 0);
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (wanted < length) {
        const range = document.createRange();
        range.setStart(node, wanted);
        range.setEnd(node, wanted + 1);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      wanted -= length;
    }
    throw new RangeError(`the line has no byte ${index}`);
  }, offset & 15);
  await page.mouse.click(point.x, point.y);
}
