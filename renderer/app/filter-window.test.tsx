/** The display filter over a made-up host: a protocol's name filters, "maybe" is doubtful, anything else is no filter. */
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeHost } from '../dev/fake-host.ts';
import { fakeRow } from '../dev/fake-packets.ts';
import { joined } from './filters.ts';
import type { Stores } from './stores.ts';
import type { App as WindowApp } from './wiring.ts';
import { openWindowOn } from '../dev/open-window.test-helper.tsx';

let host: FakeHost;
let stores: Stores;
let app: WindowApp;

const packets = 42;
const dnsPackets = Array.from({ length: packets }, (_, index) => index + 1).filter((number) => fakeRow(number).protocol === 'DNS');

async function openWindow(): Promise<void> {
  ({ host, stores, app } = await openWindowOn(packets));
}

/** Before the editor has been loaded this is a plain input, and afterwards a textbox all the same. */
function bar(): HTMLElement {
  return screen.getByRole('region', { name: 'Display filter' });
}

function apply(text: string): void {
  act(() => app.filters.apply(text));
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', class { observe(): void {} unobserve(): void {} disconnect(): void {} });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the bar', () => {
  test('shows what matches, and says so in words and numbers', async () => {
    await openWindow();
    apply('dns');
    await waitFor(() => expect(stores.rows.getState()).toMatchObject({ filter: 'dns', total: dnsPackets.length }));
    await waitFor(() => expect(bar().textContent).toContain(`Packets with DNS. ${dnsPackets.length} of 42 packets`));
    expect(within(bar()).getByText('Valid')).toBeDefined();
    expect(stores.filterBook.getState().recent).toEqual(['dns']);
  });

  test('what was found valid while it was written is applied without being asked about again', async () => {
    await openWindow();
    act(() => app.filters.write('dns'));
    await waitFor(() => expect(within(bar()).getByText('Valid')).toBeDefined());
    const check = vi.spyOn(app.session()!, 'checkFilter');
    act(() => app.filters.apply());
    await waitFor(() => expect(stores.rows.getState().filter).toBe('dns'));
    expect(check).not.toHaveBeenCalled();
  });

  test('what it finds takes the place of the list with its rows: there is never a list without any', async () => {
    await openWindow();
    await waitFor(() => expect(stores.rows.getState().pages.size).toBeGreaterThan(0));
    const isBlank: boolean[] = [];
    // The page is drawn when what has been begun is done.
    const stop = stores.rows.subscribe(() => queueMicrotask(() => isBlank.push(stores.rows.getState().pages.size === 0)));
    apply('dns');
    await waitFor(() => expect(stores.rows.getState()).toMatchObject({ filter: 'dns', total: dnsPackets.length, making: null }));
    stop();
    expect(isBlank).not.toContain(true);
  });

  test('a text that is no filter leaves the list as it is, says where it is wrong and offers a way on', async () => {
    await openWindow();
    apply('nonsense');
    await waitFor(() => expect(bar().textContent).toContain('The list stays as it is. "nonsense" is neither a field nor a protocol name.'));
    expect(stores.rows.getState()).toMatchObject({ filter: '', total: packets });
    fireEvent.click(within(bar()).getByRole('button', { name: 'Use tcp' }));
    await waitFor(() => expect(within(bar()).getByText('Valid')).toBeDefined());
    expect(stores.filter.getState().text).toBe('tcp');
  });

  test('a doubtful one is applied, and marked', async () => {
    await openWindow();
    apply('maybe');
    await waitFor(() => expect(within(bar()).getByText('Check meaning')).toBeDefined());
    await waitFor(() => expect(stores.rows.getState().filter).toBe('maybe'));
  });

  test('the selected packet stays selected, and is found where it is', async () => {
    await openWindow();
    const [, second = 0] = dnsPackets;
    act(() => void app.navigation.jumpTo(second));
    apply('dns');
    await waitFor(() => expect(stores.selection.getState()).toMatchObject({ packet: second, position: 1 }));
    act(() => app.filters.clear());
    await waitFor(() => expect(stores.selection.getState()).toMatchObject({ packet: second, position: second - 1 }));
    expect(stores.rows.getState()).toMatchObject({ filter: '', total: packets });
  });

  test('nothing matches: says how many are hidden, and clears', async () => {
    await openWindow();
    apply('maybe');
    await screen.findByText('No packet matches this filter');
    expect(screen.getByText(/42 packets are hidden/)).toBeDefined();
    fireEvent.click(screen.getAllByRole('button', { name: 'Clear filter' }).at(-1) as HTMLElement);
    await waitFor(() => expect(stores.rows.getState().total).toBe(packets));
  });

  test('filter and order hold together', async () => {
    await openWindow();
    apply('dns');
    await waitFor(() => expect(stores.rows.getState().filter).toBe('dns'));
    act(() => app.files.sortBy({ column: 'length', descending: true }));
    await waitFor(() => expect(stores.rows.getState()).toMatchObject({ filter: 'dns', sort: { column: 'length' }, total: dnsPackets.length }));
    act(() => app.filters.clear());
    await waitFor(() => expect(stores.rows.getState()).toMatchObject({ filter: '', sort: { column: 'length' }, total: packets }));
  });

  test('a reader that died and came back filters as before', async () => {
    await openWindow();
    apply('dns');
    await waitFor(() => expect(stores.rows.getState().filter).toBe('dns'));
    act(() => host.killEngine(true));
    await screen.findByText(/The reader stopped/);
    await waitFor(() => expect(stores.rows.getState()).toMatchObject({ filter: 'dns', making: null, total: dnsPackets.length }));
  });

  test('kept under a name, as a button, and removed', async () => {
    await openWindow();
    apply('dns');
    await waitFor(() => expect(within(bar()).getByText('Valid')).toBeDefined());
    fireEvent.click(within(bar()).getByRole('button', { name: 'Saved filters' }));
    const name = await screen.findByRole('textbox', { name: 'Name for the present filter' });
    fireEvent.change(name, { target: { value: 'Names//All' } });
    fireEvent.click(screen.getByRole('button', { name: 'As button' }));
    act(() => app.filters.clear());
    fireEvent.click(within(bar()).getByRole('button', { name: 'Names · All', hidden: true }));
    await waitFor(() => expect(stores.rows.getState().filter).toBe('dns'));
  });
});

test('a field of the tree becomes a filter', async () => {
  await openWindow();
  act(() => app.filters.write('dns'));
  act(() => app.filters.use('tcp', 'or-not', 'prepare'));
  expect(stores.filter.getState().text).toBe('(dns) || !(tcp)');
  expect(stores.rows.getState().filter).toBe('');
});

test.each([
  ['', 'a == 1', 'and', 'a == 1'],
  ['b', 'a == 1', 'selected', 'a == 1'],
  ['b', 'a == 1', 'not', '!(a == 1)'],
  ['b || c', 'a == 1', 'and', '(b || c) && (a == 1)'],
  ['b', 'a == 1', 'or', '(b) || (a == 1)'],
  ['b', 'a == 1', 'and-not', '(b) && !(a == 1)'],
  ['b', 'a == 1', 'or-not', '(b) || !(a == 1)'],
] as const)('"%s" joined with %s (%s) is %s', (present, term, join, expected) => {
  expect(joined(present, term, join)).toBe(expected);
});

test('find goes from one packet that holds the text to the next, round and round', async () => {
  await openWindow();
  fireEvent.keyDown(window, { key: 'f', ctrlKey: true });
  const field = await screen.findByRole('textbox', { name: 'Find' });
  await waitFor(() => expect(document.activeElement).toBe(field));
  fireEvent.change(field, { target: { value: 'Standard query' } });
  const holding = Array.from({ length: packets }, (_, index) => index + 1).filter((number) => fakeRow(number).info.includes('Standard query'));
  for (const number of [...holding, holding[0]]) {
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(stores.selection.getState().packet).toBe(number));
  }
  fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
  await waitFor(() => expect(stores.selection.getState().packet).toBe(holding.at(-1)));
  fireEvent.change(field, { target: { value: 'nowhere' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByText('No packet in the list holds that');
  fireEvent.change(screen.getByRole('combobox', { name: 'What to look for' }), { target: { value: 'hex' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByText(/pairs of hex digits/);
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(screen.queryByRole('textbox', { name: 'Find' })).toBeNull();
});

test('a long search shows how far it is, and can be stopped', async () => {
  await openWindow();
  fireEvent.keyDown(window, { key: 'f', ctrlKey: true });
  const field = await screen.findByRole('textbox', { name: 'Find' });
  fireEvent.change(field, { target: { value: 'endless' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByText('Searching … 42 %');
  expect(screen.getByRole('progressbar', { name: 'Packets looked through' }).getAttribute('aria-valuenow')).toBe('42');
  fireEvent.click(screen.getByRole('button', { name: 'Stop searching' }));
  await waitFor(() => expect(screen.queryByText(/Searching/)).toBeNull());
});

test('find in the details goes from line to line, within a packet and on', async () => {
  await openWindow();
  fireEvent.keyDown(window, { key: 'f', ctrlKey: true });
  const field = await screen.findByRole('textbox', { name: 'Find' });
  fireEvent.change(screen.getByRole('combobox', { name: 'Where to look' }), { target: { value: 'details' } });
  fireEvent.change(field, { target: { value: 'Address: 192.168.1.24' } });
  const places: string[] = [];
  for (let press = 0; press < 3; press += 1) {
    fireEvent.keyDown(field, { key: 'Enter' });
    const before = places.at(-1);
    await waitFor(() => {
      const { packet, field: node } = stores.selection.getState();
      const detail = stores.packet.getState().detail;
      expect(detail?.number).toBe(packet);
      expect(detail?.nodes[node]?.label).toContain('Address: 192.168.1.24');
      expect(`${packet}:${node}`).not.toBe(before);
    });
    places.push(`${stores.selection.getState().packet}:${stores.selection.getState().field}`);
  }
  expect(new Set(places).size).toBe(3);
});

test('a packet is marked, found again, and times count from it', async () => {
  await openWindow();
  act(() => void app.navigation.jumpTo(8));
  await waitFor(() => expect(stores.packet.getState().detail?.number).toBe(8));
  fireEvent.keyDown(window, { key: 'm', ctrlKey: true });
  await waitFor(() => expect(document.getElementById('packet-8')?.textContent).toContain('8 marked'));
  act(() => void app.navigation.jumpTo(3));
  fireEvent.keyDown(window, { key: 'N', ctrlKey: true, shiftKey: true });
  expect(stores.selection.getState().packet).toBe(8);
  await waitFor(() => expect(stores.packet.getState().detail?.number).toBe(8));
  fireEvent.keyDown(window, { key: 't', ctrlKey: true });
  await waitFor(() => expect(document.getElementById('packet-8')?.querySelectorAll('[role=gridcell]')[1]?.textContent).toMatch(/^0\.0+$/));
  expect(document.getElementById('packet-3')?.querySelectorAll('[role=gridcell]')[1]?.textContent).not.toMatch(/^0\.0+$/);
});
