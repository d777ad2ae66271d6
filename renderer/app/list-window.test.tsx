/** The packet list's own tools over a made-up host: columns, and rows selected together. */
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeHost } from '../dev/fake-host.ts';
import { shownColumns } from '../stores/columns.ts';
import { openDialog } from '../stores/dialogs.ts';
import { setTimeFormat } from '../stores/prefs.ts';
import { addFieldColumn } from './column-commands.ts';
import type { Stores } from './stores.ts';
import type { App as WindowApp } from './wiring.ts';
import { openWindowOn } from '../dev/open-window.test-helper.tsx';

// The real editor measures itself, which this page cannot: the bar is tested with it in a browser.
vi.mock('../views/filter-bar/filter-editor.ts', () => ({ createFilterEditor: () => ({ setText: () => undefined, setPlaces: () => undefined, focus: () => undefined, destroy: () => undefined }) }));

let host: FakeHost;
let stores: Stores;
let app: WindowApp;

const packets = 42;

async function openWindow(): Promise<void> {
  ({ host, stores, app } = await openWindowOn(packets));
}

function grid(): HTMLElement {
  return screen.getByRole('grid', { name: 'Packets' });
}

function titles(): string[] {
  // Hidden: also while a dialog stands before them.
  return screen.getAllByRole('columnheader', { hidden: true }).map(({ textContent }) => textContent);
}

function cells(packet: number): string[] {
  return Array.from(document.querySelectorAll(`#packet-${packet} [role=gridcell]`), (cell) => cell.textContent ?? '');
}

async function columnMenu(title: string): Promise<HTMLElement> {
  fireEvent.contextMenu(screen.getByRole('columnheader', { name: title }));
  return screen.findByRole('menu');
}

const clipboard: Record<string, string>[] = [];

beforeEach(() => {
  clipboard.length = 0;
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => (clipboard.push({ 'text/plain': text }), Promise.resolve()) } });
  vi.stubGlobal('ResizeObserver', class { observe(): void {} unobserve(): void {} disconnect(): void {} });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('columns', () => {
  test('a field gets one, which is read with the rows', async () => {
    await openWindow();
    act(() => addFieldColumn(stores, 'ip.ttl', 'Time to Live'));
    act(() => addFieldColumn(stores, 'tcp.stream', 'Stream index'));
    await waitFor(() => expect(cells(3).slice(6, 8)).toEqual(['ip.ttl of 3', 'tcp.stream of 3']));
    expect(titles()).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Time to Live', 'Stream index', 'Info']);
    expect(grid().getAttribute('aria-colcount')).toBe('9');
  });

  test('moves with Ctrl+Shift and an arrow, keeping the keyboard', async () => {
    await openWindow();
    const source = screen.getByRole('button', { name: 'Source' });
    source.focus();
    fireEvent.keyDown(source, { key: 'ArrowLeft', ctrlKey: true, shiftKey: true });
    expect(titles().slice(0, 4)).toEqual(['No.', 'Source', 'Time', 'Destination']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Source' }));
    expect(cells(3)[1]).toMatch(/^192\.168/);
  });

  test('its menu aligns, hides and removes it, and restores all', async () => {
    await openWindow();
    act(() => addFieldColumn(stores, 'ip.ttl', 'Hops'));
    await waitFor(() => expect(cells(3)).toContain('ip.ttl of 3'));
    fireEvent.click(within(await columnMenu('Hops')).getByRole('menuitemradio', { name: 'Align right' }));
    expect(shownColumns(stores.columns.getState()).find(({ title }) => title === 'Hops')?.align).toBe('right');
    fireEvent.click(within(await columnMenu('Source')).getByRole('menuitem', { name: 'Hide column' }));
    expect(titles()).not.toContain('Source');
    fireEvent.click(within(await columnMenu('Hops')).getByRole('menuitem', { name: 'Remove column' }));
    await waitFor(() => expect(cells(3)).toHaveLength(6));
    fireEvent.click(within(await columnMenu('Time')).getByRole('menuitem', { name: 'Restore default columns' }));
    expect(titles()).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info']);
  });

  test('an expression is checked while it is written, and becomes a column', async () => {
    await openWindow();
    fireEvent.click(within(await columnMenu('Info')).getByRole('menuitem', { name: 'Add column…' }));
    const text = await screen.findByRole('textbox', { name: /Field or expression/ });
    fireEvent.change(text, { target: { value: 'nonsense' } });
    await screen.findByText(/"nonsense" is neither a field nor a protocol name/);
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(titles()).toHaveLength(7);
    fireEvent.change(text, { target: { value: 'tcp' } });
    await screen.findByText('Packets with TCP.');
    fireEvent.change(screen.getByRole('textbox', { name: /Which value/ }), { target: { value: '-1' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(titles()).toContain('tcp');
    expect(shownColumns(stores.columns.getState()).find(({ title }) => title === 'tcp')?.custom).toEqual({ text: 'tcp', occurrence: -1, names: true });
  });

  test('a click on the title of one’s own sorts by it, down and back', async () => {
    await openWindow();
    act(() => addFieldColumn(stores, 'ip.ttl', 'Hops'));
    const title = await screen.findByRole('button', { name: 'Hops' });
    const custom = { text: 'ip.ttl', occurrence: 0, names: true };
    fireEvent.click(title);
    await waitFor(() => expect(stores.rows.getState().sort).toEqual({ column: 'custom', custom, descending: false }));
    fireEvent.click(title);
    await waitFor(() => expect(stores.rows.getState().sort).toEqual({ column: 'custom', custom, descending: true }));
    expect(screen.getByRole('columnheader', { name: 'Hops' }).getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(title);
    await waitFor(() => expect(stores.rows.getState().sort).toBeNull());
  });

  test('times follow the packet before in the file, with the digits that were chosen', async () => {
    await openWindow();
    act(() => setTimeFormat(stores.prefs, 'delta-captured'));
    act(() => stores.prefs.setState({ timePrecision: 3 }));
    expect(cells(3)[1]).toMatch(/^\d+\.\d{3}$/);
  });
});

describe('rows selected together', () => {
  const selected = (): string[] => within(grid()).getAllByRole('row', { selected: true }).map(({ id }) => id.replace('packet-', ''));

  test('Shift and the arrows extend, and turn back', async () => {
    await openWindow();
    for (let press = 0; press < 3; press += 1) fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true });
    expect(selected()).toEqual(['1', '2', '3', '4']);
    await waitFor(() => expect(stores.packet.getState().detail?.number).toBe(4));
    fireEvent.keyDown(grid(), { key: 'ArrowUp', shiftKey: true });
    expect(selected()).toEqual(['1', '2', '3']);
    fireEvent.keyDown(grid(), { key: 'ArrowDown' });
    expect(selected()).toEqual(['4']);
  });

  test('clicks with Ctrl and Shift add rows and ranges, another packet ends it', async () => {
    await openWindow();
    const row = (packet: number): HTMLElement => document.getElementById(`packet-${packet}`)!;
    fireEvent.click(row(3), { ctrlKey: true });
    fireEvent.click(row(6), { ctrlKey: true });
    fireEvent.click(row(8), { ctrlKey: true, shiftKey: true });
    expect(selected()).toEqual(['1', '3', '6', '7', '8']);
    fireEvent.click(row(7), { ctrlKey: true });
    expect(selected()).toEqual(['1', '3', '6', '8']);
    act(() => void app.navigation.jumpTo(5));
    await waitFor(() => expect(selected()).toEqual(['5']));
  });

  test('to the end, and all of them', async () => {
    await openWindow();
    fireEvent.keyDown(grid(), { key: 'End', ctrlKey: true, shiftKey: true });
    expect(stores.rowSelection.getState().ranges).toEqual([[0, packets - 1]]);
    fireEvent.keyDown(grid(), { key: 'ArrowUp' });
    fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true });
    expect(stores.rowSelection.getState().ranges).toEqual([[0, packets - 1]]);
  });

  test('another order keeps the packet on show only', async () => {
    await openWindow();
    fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true });
    act(() => app.files.sortBy({ column: 'length', descending: true }));
    await waitFor(() => expect(stores.rows.getState().sort).not.toBeNull());
    expect(stores.rowSelection.getState().ranges).toEqual([]);
    expect(stores.selection.getState().packet).toBe(2);
  });
});

describe('copying', () => {
  const copied = async (): Promise<string> => {
    await waitFor(() => expect(clipboard).toHaveLength(1));
    return clipboard[0]!['text/plain']!;
  };

  test('selected rows as CSV, with the columns on show and their titles', async () => {
    await openWindow();
    act(() => addFieldColumn(stores, 'ip.ttl', 'Time, "to" live'));
    fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true });
    act(() => app.rowCopier.copy('csv', 'selected'));
    const lines = (await copied()).split('\r\n');
    expect(lines[0]).toBe('"No.","Time","Source","Destination","Protocol","Length","Time, ""to"" live","Info"');
    expect(lines[1]).toMatch(/^"1","0\.000000","3c:22:fb:7a:1e:04",.*,"ip\.ttl of 1",/);
    expect(lines).toHaveLength(4);
    await screen.findByText('Copied 2 rows.');
  });

  test('as text one row is one line, with the times that the list shows', async () => {
    await openWindow();
    act(() => setTimeFormat(stores.prefs, 'delta'));
    act(() => app.navigation.selectPosition(3));
    fireEvent.keyDown(window, { key: 'C', ctrlKey: true, shiftKey: true });
    expect((await copied()).split('\t')).toEqual(cells(4));
  });

  test('as HTML a table, as YAML a document for each packet, with its bytes', async () => {
    await openWindow();
    act(() => app.rowCopier.copy('html', 'selected'));
    expect(await copied()).toMatch(/^<table>\n<thead>\n<tr><th>No\.<\/th>[^]*<tbody>\n<tr><td>1<\/td>[^]*<\/table>\n$/);
    clipboard.length = 0;
    act(() => app.rowCopier.copy('yaml', 'shown'));
    const documents = (await copied()).split('---\n').slice(1);
    expect(documents).toHaveLength(packets);
    expect(documents[2]).toMatch(/^# Packet 3 from shop\.pcapng\ncolumns:\n- "No\.": "3"\n[^]*bytes: !!binary \|\n {2}[\w+/=]+\n/);
  });

  test('more rows than a clipboard takes are refused with the reason', async () => {
    await openWindow();
    act(() => stores.rowSelection.setState({ ranges: [[0, 9_999_999]] }));
    act(() => app.rowCopier.copy('text', 'selected'));
    await screen.findByText(/10,000,000 rows are too many for the clipboard: up to 500,000/);
    expect(clipboard).toEqual([]);
  });

  test('a copy that is given up leaves the clipboard as it was', async () => {
    await openWindow();
    act(() => app.rowCopier.copy('yaml', 'shown'));
    act(() => expect(app.rowCopier.cancel()).toBe(true));
    await screen.findByText(/Copying was stopped/);
    expect(clipboard).toEqual([]);
    expect(app.rowCopier.cancel()).toBe(false);
  });

  test('the list’s menu has all forms in a submenu', async () => {
    await openWindow();
    fireEvent.contextMenu(document.querySelector('#packet-2 [role=gridcell]')!);
    const menu = await screen.findByRole('menu');
    fireEvent.keyDown(within(menu).getByRole('menuitem', { name: 'Copy as' }), { key: 'ArrowRight' });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Selected rows as CSV' }));
    expect(await copied()).toContain('"2"');
  });
});

describe('packets that are ignored', () => {
  test('stay in the list, grey and without what was in them, until they are no longer', async () => {
    await openWindow();
    fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true });
    fireEvent.keyDown(window, { key: 'd', ctrlKey: true });
    await waitFor(() => expect(cells(2)).toEqual(['2', expect.any(String), '', '', '', expect.any(String), '<Ignored>']));
    expect(cells(1).at(-1)).toBe('<Ignored>');
    expect(document.getElementById('packet-1')?.className).toContain('ignored');
    expect(screen.getByRole('contentinfo').textContent).toContain('Ignored: 2');
    fireEvent.keyDown(window, { key: 'd', ctrlKey: true, altKey: true });
    await waitFor(() => expect(cells(2).at(-1)).not.toBe('<Ignored>'));
  });

  test('all that a filter shows are ignored at once, whichever packets those are', async () => {
    await openWindow();
    act(() => app.filters.apply('dns'));
    await waitFor(() => expect(stores.rows.getState().filter).toBe('dns'));
    const shown = stores.rows.getState().total;
    fireEvent.keyDown(window, { key: 'D', ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(screen.getByRole('contentinfo').textContent).toContain(`Ignored: ${shown}`));
    expect(stores.marks.getState().ignored.flat()).not.toContain(1);
  });

  test('a reader that died and came back ignores them still', async () => {
    await openWindow();
    act(() => stores.marks.setState({ ignored: [[3, 3]] }));
    await waitFor(() => expect(cells(3).at(-1)).toBe('<Ignored>'));
    act(() => host.killEngine(true));
    await screen.findByText(/The reader stopped/);
    await waitFor(() => expect(cells(3).at(-1)).toBe('<Ignored>'));
  });

  test('marks hold for all selected rows', async () => {
    await openWindow();
    for (let press = 0; press < 2; press += 1) fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true });
    fireEvent.keyDown(window, { key: 'm', ctrlKey: true });
    await waitFor(() => expect(stores.marks.getState().marked).toEqual([[1, 3]]));
    expect(screen.getByRole('contentinfo').textContent).toContain('Marked: 3');
  });
});

describe('the minimap', () => {
  const map = (): HTMLElement => screen.getByRole('scrollbar', { name: 'Overview of the list' });

  test('says in words where one is and what stands out', async () => {
    await openWindow();
    await waitFor(() => expect(map().getAttribute('aria-valuetext')).toMatch(/^Row 1 of 42; of 42 parts of the list \d+ parts with warnings$/));
    act(() => stores.marks.setState({ marked: [[2, 2]] }));
    act(() => void app.navigation.jumpTo(7));
    await waitFor(() => expect(map().getAttribute('aria-valuetext')).toMatch(/^Row 7 of 42; .* 1 part with marked packets$/), { timeout: 5000 });
  });

  test('can be switched off', async () => {
    await openWindow();
    act(() => stores.prefs.setState({ minimap: false }));
    expect(screen.queryByRole('scrollbar', { name: 'Overview of the list' })).toBeNull();
  });
});

describe('a field of the tree', () => {
  /** What one element gives to another when it is dropped there. */
  const drop = async (field: RegExp, target: () => HTMLElement): Promise<void> => {
    const tree = await screen.findByRole('tree', { name: 'Headers of packet 7' });
    fireEvent.keyDown(tree, { key: 'ArrowRight', ctrlKey: true });
    const entries: Record<string, string> = {};
    const dataTransfer = { get types() { return Object.keys(entries); }, getData: (type: string) => entries[type] ?? '', setData: (type: string, value: string) => void (entries[type] = value), dropEffect: 'none' };
    fireEvent.dragStart(within(tree).getByText(field).closest('[data-node]')!, { dataTransfer });
    fireEvent.dragOver(target(), { dataTransfer });
    fireEvent.drop(target(), { dataTransfer });
  };

  test('dropped on the bar is prepared as a filter, joined with what is there', async () => {
    await openWindow();
    act(() => void app.navigation.jumpTo(7));
    const bar = (): HTMLElement => screen.getByRole('region', { name: 'Display filter' });
    await drop(/^Destination: /, bar);
    expect(stores.filter.getState().text).toBe('eth.dst');
    await drop(/^Source: /, bar);
    expect(stores.filter.getState().text).toBe('(eth.dst) && (eth.src)');
    expect(stores.rows.getState().filter).toBe('');
  });

  test('dropped on a title becomes a column', async () => {
    await openWindow();
    act(() => void app.navigation.jumpTo(7));
    await drop(/^Destination: /, () => screen.getByRole('button', { name: 'No.' }));
    await waitFor(() => expect(cells(7)).toContain('eth.dst of 7'));
  });
});

describe('bytes', () => {
  test('are selected with Shift, told, copied, and made a filter', async () => {
    await openWindow();
    act(() => void app.navigation.jumpTo(7));
    const table = await screen.findByRole('table', { name: /^Bytes of/ });
    fireEvent.keyDown(table, { key: 'Home' });
    for (let press = 0; press < 3; press += 1) fireEvent.keyDown(table, { key: 'ArrowRight', shiftKey: true });
    expect(stores.selection.getState().bytes).toEqual({ start: 0, end: 4 });
    expect(screen.getByRole('contentinfo').textContent).toContain('4 bytes selected, at 0');
    fireEvent.contextMenu(table);
    const menu = await screen.findByRole('menu');
    expect(menu.textContent).toContain('frame[0:4] == ');
    fireEvent.keyDown(menu, { key: 'Escape' });
    act(() => void app.navigation.jumpTo(8));
    expect(stores.selection.getState().bytes).toBeNull();
  });
});

test('macros are tried while they are written, kept, and known to filters from then on', async () => {
  await openWindow();
  act(() => openDialog(stores.dialogs, 'macros'));
  fireEvent.change(await screen.findByRole('textbox', { name: /^Name/ }), { target: { value: 'names' } });
  fireEvent.change(screen.getByRole('textbox', { name: /^Text/ }), { target: { value: 'nonsense' } });
  await screen.findByText(/"nonsense" is neither a field nor a protocol name/);
  fireEvent.change(screen.getByRole('textbox', { name: /^Text/ }), { target: { value: 'dns' } });
  await screen.findByText('Packets with DNS.');
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(stores.filterBook.getState().macros).toEqual([{ name: 'names', text: 'dns' }]);
  act(() => app.filters.write('$names()'));
  await waitFor(() => expect(stores.filter.getState().report).toMatchObject({ isValid: true, words: 'Packets with DNS.' }));
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  expect(stores.filterBook.getState().macros).toEqual([]);
  expect(screen.getByRole('button', { name: 'Add' })).toHaveProperty('disabled', true);
});
