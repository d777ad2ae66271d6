/** The statistics view over a made-up host: what is counted, sorted, filtered by and copied. */
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { endlessFilter } from '../../dev/fake-statistics.ts';
import { openWindowOn, type OpenWindow } from '../../dev/open-window.test-helper.tsx';
import { runCommand } from '../../app/commands.ts';
import { trafficKey } from '../../stores/statistics.ts';

let open: OpenWindow;
let copied: string[] = [];

beforeEach(async () => {
  copied = [];
  vi.stubGlobal('ClipboardItem', undefined);
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
  open = await openWindowOn(40);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(command: 'statistics.protocols' | 'statistics.conversations' | 'statistics.endpoints'): void {
  act(() => void runCommand(open.app, command));
}

async function conversations(): Promise<HTMLElement> {
  show('statistics.conversations');
  return screen.findByRole('grid', { name: 'TCP conversations' });
}

/** Rows that have come, as the texts of their cells. */
async function rowsIn(grid: HTMLElement): Promise<string[][]> {
  await waitFor(() => expect(open.stores.statistics.getState().pages.get(0)?.key).toBe(trafficKey(open.stores.statistics.getState())));
  return Array.from(grid.querySelectorAll('[data-row]'), (row) => Array.from(row.querySelectorAll('[role=gridcell]'), (cell) => cell.textContent ?? ''));
}

/** The list shows what a text matches. */
async function applied(text: string): Promise<void> {
  await waitFor(() => expect(open.stores.filter.getState().text).toBe(text));
  expect(open.stores.layout.getState().view).toBe('packets');
}

describe('conversations', () => {
  test('come with the most bytes first; a title sorts by it, and again the other way round', async () => {
    const grid = await conversations();
    const bytes = async (): Promise<number[]> => (await rowsIn(grid)).map((cells) => Number(cells[6]?.replaceAll(',', '')));
    expect(await bytes()).toEqual((await bytes()).toSorted((one, two) => two - one));
    expect(screen.getByRole('columnheader', { name: 'Bytes' }).getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(screen.getByRole('button', { name: 'Bytes' }));
    expect(await bytes()).toEqual((await bytes()).toSorted((one, two) => one - two));
    fireEvent.click(screen.getByRole('button', { name: 'Start (s)' }));
    expect(screen.getByRole('columnheader', { name: 'Start (s)' }).getAttribute('aria-sort')).toBe('ascending');
  });

  test('the tabs say how many there are of each kind, and none is said in words', async () => {
    await conversations();
    expect(screen.getByRole('tab', { name: 'TCP · 6', selected: true })).toBeDefined();
    fireEvent.click(screen.getByRole('tab', { name: 'UDP · 0' }));
    expect(await screen.findByText('No UDP conversations')).toBeDefined();
  });

  test('those of MAC addresses are counted once their tab is chosen, and say what has none', async () => {
    await conversations();
    fireEvent.click(screen.getByRole('tab', { name: 'Ethernet' }));
    const grid = await screen.findByRole('grid', { name: 'Ethernet conversations' });
    const [[a, b] = []] = await rowsIn(grid);
    expect([a, b]).toEqual([expect.stringMatching(/^02:00:/), expect.stringMatching(/^02:00:/)]);
    expect(screen.getByRole('status').textContent).toContain('40 packets counted; 1 packet without Ethernet header');
    expect(screen.getByRole('tab', { name: 'TCP' })).toBeDefined();
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    await applied(`eth.addr == ${a} && eth.addr == ${b}`);
    act(() => void runCommand(open.app, 'statistics.conversations'));
    fireEvent.click(await screen.findByRole('tab', { name: 'TCP' }));
    expect(await screen.findByRole('tab', { name: 'TCP · 6', selected: true })).toBeDefined();
    expect(screen.getByText('40 packets counted')).toBeDefined();
  });

  test('arrows choose a row, Enter shows its packets', async () => {
    const grid = await conversations();
    await rowsIn(grid);
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    const stream = grid.querySelector('[aria-selected=true]')?.querySelectorAll('[role=gridcell]')[4]?.textContent;
    expect(grid.getAttribute('aria-activedescendant')).toBe(grid.querySelector('[aria-selected=true]')?.id);
    fireEvent.keyDown(grid, { key: 'Enter' });
    await applied(`tcp.stream == ${stream}`);
  });

  test('so does a double-click', async () => {
    const grid = await conversations();
    const [first] = await rowsIn(grid);
    const row = grid.querySelector('[data-row="0"] [role=gridcell]') as HTMLElement;
    fireEvent.click(row);
    fireEvent.doubleClick(row);
    await applied(`tcp.stream == ${first?.[4]}`);
  });

  test('the menu joins each direction with the filter in the bar, in six ways', async () => {
    act(() => open.app.filters.write('dns'));
    const grid = await conversations();
    await rowsIn(grid);
    fireEvent.contextMenu(grid.querySelector('[data-row="0"]') as HTMLElement);
    const apply = await screen.findByRole('menuitem', { name: 'Apply as filter' });
    act(() => apply.focus());
    fireEvent.keyDown(apply, { key: 'ArrowRight' });
    const words = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
    expect(words).toEqual(expect.arrayContaining(['Selected', 'Not selected', '… and selected', '… or selected', '… and not selected', '… or not selected']));
    const andNot = screen.getByRole('menuitem', { name: '… and not selected' });
    act(() => andNot.focus());
    fireEvent.keyDown(andNot, { key: 'ArrowRight' });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'A → B' }));
    await applied('(dns) && !(ip.src == 192.168.1.24)');
  });

  test('the first packet is a link, and in the menu', async () => {
    const grid = await conversations();
    const rows = await rowsIn(grid);
    const packet = rows[1]?.at(-1);
    fireEvent.click(grid.querySelector(`[data-row="1"] [data-packet]`) as HTMLElement);
    await waitFor(() => expect(open.stores.selection.getState().packet).toBe(Number(packet)));
    expect(open.stores.layout.getState().view).toBe('packets');
  });

  test('are copied whole as CSV, with exact numbers', async () => {
    await conversations();
    fireEvent.click(screen.getByRole('button', { name: 'Copy table as CSV' }));
    await waitFor(() => expect(copied).toHaveLength(1));
    const lines = (copied[0] ?? '').trimEnd().split('\r\n');
    expect(lines[0]).toContain('"Address A","Port A","Address B","Port B","Stream","Packets","Bytes","Packets A → B"');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toMatch(/^"192\.168\.1\.24","50000","203\.0\.113\.10","443","0",/);
    expect(lines[1]).toContain('"1.000000000"');
  });
});

test('Ctrl+C copies the selected row as it is shown', async () => {
  const grid = await conversations();
  const [first] = await rowsIn(grid);
  act(() => grid.focus());
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  act(() => void runCommand(open.app, 'edit.copy'));
  await waitFor(() => expect(copied).toEqual([first?.join('\t')]));
});

test('endpoints have one address a row', async () => {
  await conversations();
  fireEvent.click(screen.getByRole('tab', { name: 'Endpoints' }));
  const grid = await screen.findByRole('grid', { name: 'TCP endpoints' });
  await rowsIn(grid);
  expect(within(grid.parentElement as HTMLElement).queryByRole('button', { name: 'Address B' })).toBeNull();
});

test('limited to the display filter, only what the list shows is counted, and again when that changes', async () => {
  await conversations();
  act(() => open.app.filters.apply('tcp'));
  fireEvent.click(screen.getByRole('checkbox', { name: /Limit to display filter/ }));
  const tcp = 6 + 6;
  await waitFor(() => expect(open.stores.statistics.getState().progress).toMatchObject({ state: 'ready' }));
  await waitFor(() => expect(open.stores.statistics.getState().progress?.packets).toBeGreaterThanOrEqual(tcp));
  expect(open.stores.statistics.getState().progress?.packets).toBeLessThan(40);
  act(() => open.app.filters.clear());
  await waitFor(() => expect(open.stores.statistics.getState().progress?.packets).toBe(40));
});

describe('protocols', () => {
  test('are a tree with shares; branches close and open', async () => {
    show('statistics.protocols');
    const grid = await screen.findByRole('treegrid', { name: 'Protocol hierarchy' });
    const all = grid.querySelectorAll('[data-row]').length;
    expect(all).toBeGreaterThan(4);
    const first = grid.querySelector('[data-row="0"]') as HTMLElement;
    expect(first.textContent).toContain('Frame');
    expect(first.textContent).toContain('100 %');
    fireEvent.keyDown(grid, { key: 'Home' });
    fireEvent.keyDown(grid, { key: 'ArrowLeft' });
    expect(grid.querySelectorAll('[data-row]')).toHaveLength(1);
    expect(grid.querySelector('[data-row="0"]')?.getAttribute('aria-expanded')).toBe('false');
    fireEvent.keyDown(grid, { key: 'ArrowRight' });
    expect(grid.querySelectorAll('[data-row]')).toHaveLength(all);
  });

  test('stand by layer where that is wanted', async () => {
    show('statistics.protocols');
    await screen.findByRole('treegrid', { name: 'Protocol hierarchy' });
    fireEvent.click(screen.getByRole('tab', { name: 'By layer' }));
    const grid = await screen.findByRole('treegrid', { name: 'Protocols by layer' });
    expect(grid.textContent).toContain('Layer of TCP');
  });

  test('filter the list', async () => {
    show('statistics.protocols');
    const grid = await screen.findByRole('treegrid', { name: 'Protocol hierarchy' });
    const dns = Array.from(grid.querySelectorAll<HTMLElement>('[data-row]')).find((row) => row.textContent?.includes('DNS')) as HTMLElement;
    fireEvent.click(dns);
    fireEvent.keyDown(grid, { key: 'Enter' });
    await applied('dns');
  });
});

describe('while there is nothing to show', () => {
  test('counting says how far it is, and can be stopped and begun again', async () => {
    act(() => open.stores.rows.setState({ filter: endlessFilter }));
    await act(() => Promise.resolve(open.stores.statistics.setState({ isLimited: true })));
    show('statistics.conversations');
    expect(await screen.findByRole('progressbar', { name: 'Packets counted' })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Stop counting' }));
    expect(screen.getByText('Counting was stopped')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Count again' }));
    expect(await screen.findByRole('progressbar', { name: 'Packets counted' })).toBeDefined();
  });

  test('a filter that is none is told, with a way out', async () => {
    act(() => open.stores.rows.setState({ filter: 'nonsense' }));
    await act(() => Promise.resolve(open.stores.statistics.setState({ isLimited: true })));
    show('statistics.protocols');
    expect((await screen.findByRole('alert')).textContent).toContain('"nonsense" is neither a field nor a protocol name.');
    fireEvent.click(screen.getByRole('button', { name: 'Count all packets' }));
    expect(await screen.findByRole('treegrid', { name: 'Protocol hierarchy' })).toBeDefined();
  });

  test('an engine that takes the place of one that died counts again', async () => {
    await conversations();
    act(() => open.host.killEngine(true));
    await waitFor(() => expect(open.stores.statistics.getState().progress).toBeNull());
    await waitFor(() => expect(open.stores.statistics.getState().traffic?.rows.tcp).toBe(6));
  });
});
