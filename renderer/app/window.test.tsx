/** The window over a made-up host, through the real contract: what a user does, and what then stands on screen. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '../App.tsx';
import { createFakeHost, type FakeCapture, type FakeHost } from '../dev/fake-host.ts';
import { fakeRow } from '../dev/fake-packets.ts';
import { standBy } from '../stores/layout.ts';
import { focusNextPane } from './panes.ts';
import { createStores, type Stores } from './stores.ts';
import { createApp, type App as WindowApp } from './wiring.ts';

let host: FakeHost;
let stores: Stores;
let app: WindowApp;
const clipboard: string[] = [];

async function openWindow(capture: FakeCapture | null, kind: FakeHost['kind'] = 'web'): Promise<void> {
  host = createFakeHost(kind);
  if (capture !== null) host.show(capture);
  stores = createStores(null);
  app = createApp(host, { chooseFile: () => Promise.resolve(new File(['x'], 'notes.txt')), reload: () => undefined }, stores);
  render(<App app={app} />);
  await act(() => app.start());
}

const capture: FakeCapture = { name: 'shop.pcapng', packets: 42 };

/** By id: asking by role and name takes a second among so many cells. Roles are checked in the first test. */
function row(number: number): HTMLElement {
  const element = document.getElementById(`packet-${number}`);
  if (element === null) throw new Error(`Packet ${number} is not on screen.`);
  return element;
}

function selectedPacket(): number | null {
  return stores.selection.getState().packet;
}

async function shown(packet: number): Promise<void> {
  await waitFor(() => expect(stores.packet.getState().detail?.number).toBe(packet));
}

beforeEach(() => {
  clipboard.length = 0;
  vi.stubGlobal('ResizeObserver', class { observe(): void {} unobserve(): void {} disconnect(): void {} });
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => (clipboard.push(text), Promise.resolve()) } });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the packets view stands by', () => {
  test('behind the start page: nobody meets it there, and a capture is drawn in it', async () => {
    await openWindow(null);
    act(() => standBy(stores.layout));
    const standing = document.querySelector('[data-pane="details"]');
    expect(standing).not.toBeNull();
    expect(screen.queryByRole('grid')).toBeNull();
    focusNextPane(1);
    expect(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')).toBe('interfaces');
    act(() => host.show(capture));
    await screen.findByRole('grid', { name: 'Packets' });
    expect(document.querySelector('[data-pane="details"]')).toBe(standing);
    await shown(1);
  });

  test('but not behind other views of an open capture', async () => {
    await openWindow(capture);
    await shown(1);
    act(() => standBy(stores.layout));
    act(() => stores.layout.setState({ view: 'timeline' }));
    expect(document.querySelector('[data-pane="details"]')).toBeNull();
  });
});

describe('packet list', () => {
  test('is a grid that tells its true extent and opens at the first packet', async () => {
    await openWindow({ ...capture, packets: 5_000_000 });
    const grid = await screen.findByRole('grid', { name: 'Packets' });
    expect(grid.getAttribute('aria-rowcount')).toBe('5000001');
    await waitFor(() => expect(row(3).textContent).toContain('Standard query'));
    expect(within(grid).getByRole('row', { name: /^3 / })).toBe(row(3));
    expect(row(3).getAttribute('aria-rowindex')).toBe('4');
    await shown(1);
    expect(row(1).getAttribute('aria-selected')).toBe('true');
  });

  test('a click selects, keys step, Ctrl+End and Ctrl+Home reach the ends, Alt+Left goes back', async () => {
    await openWindow(capture);
    await waitFor(() => row(8));
    fireEvent.click(row(8));
    expect(selectedPacket()).toBe(8);
    const grid = screen.getByRole('grid', { name: 'Packets' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    expect(selectedPacket()).toBe(9);
    fireEvent.keyDown(window, { key: 'End', ctrlKey: true });
    expect(selectedPacket()).toBe(42);
    fireEvent.keyDown(window, { key: 'F8' });
    expect(selectedPacket()).toBe(42);
    fireEvent.keyDown(window, { key: 'ArrowLeft', altKey: true });
    expect(selectedPacket()).toBe(9);
    fireEvent.keyDown(window, { key: 'ArrowRight', altKey: true });
    expect(selectedPacket()).toBe(42);
    fireEvent.keyDown(window, { key: 'Home', ctrlKey: true });
    expect(selectedPacket()).toBe(1);
  });

  test('Ctrl+. and Ctrl+, stay within the conversation, also beyond the rows that are loaded', async () => {
    await openWindow(capture);
    await waitFor(() => row(12));
    fireEvent.click(row(12));
    await shown(12);
    fireEvent.keyDown(window, { key: '.', ctrlKey: true });
    await waitFor(() => expect(selectedPacket()).toBe(16));
    await shown(16);
    fireEvent.keyDown(window, { key: '.', ctrlKey: true });
    await screen.findByText('Last packet of tcp 0.');
    fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await waitFor(() => expect(selectedPacket()).toBe(12));
  });

  test('a click on a title sorts, another turns round, a third goes back; the packet stays selected and in view', async () => {
    await openWindow(capture);
    await waitFor(() => row(12));
    fireEvent.click(row(12));
    const title = screen.getByRole('columnheader', { name: 'Length' });
    // Row elements are used again in any order: positions tell where they stand.
    const inOrder = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-position]')].sort((one, two) => Number(one.dataset.position) - Number(two.dataset.position));
    const numbers = (): readonly number[] => inOrder().map(({ id }) => Number(id.replace('packet-', '')));
    const lengths = (): readonly number[] => numbers().map((number) => fakeRow(number).wireLength);
    fireEvent.click(within(title).getByRole('button'));
    await waitFor(() => expect(title.getAttribute('aria-sort')).toBe('ascending'));
    await waitFor(() => expect(numbers().every((number) => number > 0)).toBe(true));
    expect(lengths()).toEqual([...lengths()].sort((one, two) => one - two));
    expect([selectedPacket(), row(12).getAttribute('aria-selected')]).toEqual([12, 'true']);
    await waitFor(() => expect(stores.selection.getState().position).toBe(Number(row(12).dataset.position)));
    fireEvent.click(within(title).getByRole('button'));
    await waitFor(() => expect(title.getAttribute('aria-sort')).toBe('descending'));
    fireEvent.click(within(title).getByRole('button'));
    await waitFor(() => expect(title.getAttribute('aria-sort')).toBe('none'));
    expect(stores.selection.getState()).toMatchObject({ packet: 12, position: 11 });
  });

  test('in another order keys step from row to row, and packets are gone to by their number', async () => {
    await openWindow({ ...capture, packets: 5000 });
    await shown(1);
    fireEvent.click(within(screen.getByRole('columnheader', { name: 'No.' })).getByRole('button'));
    await waitFor(() => expect(stores.selection.getState()).toMatchObject({ packet: 1, position: 4999 }));
    fireEvent.keyDown(window, { key: 'Home', ctrlKey: true });
    await waitFor(() => expect(selectedPacket()).toBe(5000));
    fireEvent.keyDown(screen.getByRole('grid', { name: 'Packets' }), { key: 'ArrowDown' });
    expect(selectedPacket()).toBe(4999);
    // Rows that are not loaded.
    fireEvent.keyDown(window, { key: 'End', ctrlKey: true });
    await waitFor(() => expect(stores.selection.getState()).toMatchObject({ packet: 1, position: 4999 }));
    fireEvent.keyDown(window, { key: 'g', ctrlKey: true });
    const input = await screen.findByLabelText('Packet number, 1 to 5,000');
    fireEvent.change(input, { target: { value: '1234' } });
    fireEvent.submit(input);
    await waitFor(() => expect(stores.selection.getState()).toMatchObject({ packet: 1234, position: 5000 - 1234 }));
  });

  test('an order that takes long tells how far it is, and Esc keeps the one that was there', async () => {
    await openWindow({ ...capture, sortingMs: 20_000 });
    await waitFor(() => row(1));
    fireEvent.click(within(screen.getByRole('columnheader', { name: 'Info' })).getByRole('button'));
    await screen.findByText(/^Sorting by Info: /);
    fireEvent.keyDown(window, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByText(/^Sorting by Info/)).toBeNull());
    expect(screen.getByRole('columnheader', { name: 'Info' }).getAttribute('aria-sort')).toBe('none');
    row(1);
  });

  test('an empty capture says so', async () => {
    await openWindow({ ...capture, packets: 0 });
    await screen.findByText('This capture holds no packets');
  });
});

describe('tree and bytes', () => {
  test('a field selected in the tree is named in the status bar, and the next packet keeps it', async () => {
    await openWindow(capture);
    await waitFor(() => row(8));
    fireEvent.click(row(8));
    const tree = await screen.findByRole('tree', { name: 'Headers of packet 8' });
    fireEvent.click(within(tree).getByText(/^Ethernet II/));
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    fireEvent.click(await within(tree).findByText('Destination: e4:c3:2a:90:b8:5c'));
    screen.getByText('(eth.dst)', { exact: false });
    fireEvent.click(row(9));
    await shown(9);
    expect(stores.packet.getState().detail?.nodes[stores.selection.getState().field]?.label).toBe('Destination: 3c:22:fb:7a:1e:04');
  });

  test('a byte selects its field and opens what hides it', async () => {
    await openWindow(capture);
    await waitFor(() => row(8));
    fireEvent.click(row(8));
    await screen.findByRole('tree', { name: 'Headers of packet 8' });
    const hex = screen.getByRole('table', { name: 'Bytes of Frame' }).querySelector('[data-line="0"] [data-part=hex]')!;
    vi.spyOn(hex, 'getBoundingClientRect').mockReturnValue({ left: 100, width: 480 } as DOMRect);
    // The seventh pair: columns 18 and 19 of 48.
    fireEvent.pointerDown(hex, { clientX: 100 + 18 * 10 + 5, button: 0 });
    const node = stores.packet.getState().detail?.nodes[stores.selection.getState().field];
    expect(node?.field).toBe('eth.src');
    await screen.findByText('Source: 3c:22:fb:7a:1e:04');
  });

  test('a link to another packet jumps there', async () => {
    await openWindow(capture);
    await waitFor(() => row(11));
    fireEvent.click(row(11));
    const tree = await screen.findByRole('tree', { name: 'Headers of packet 11' });
    fireEvent.click(within(tree).getByText(/^Transmission Control Protocol/));
    fireEvent.keyDown(tree, { key: 'ArrowRight', shiftKey: true });
    fireEvent.click(await within(tree).findByTitle('Go to packet 8'));
    expect(selectedPacket()).toBe(8);
  });

  test('copying takes what the pane shows', async () => {
    await openWindow(capture);
    await waitFor(() => row(1));
    await shown(1);
    fireEvent.keyDown(window, { key: 'c', ctrlKey: true });
    await waitFor(() => expect(clipboard).toEqual([`1\t0.000000\t3c:22:fb:7a:1e:04\tff:ff:ff:ff:ff:ff\tARP\t42\t${fakeRow(1).info}`]));
    await screen.findByText('Copied one row.');
  });
});

describe('what can go wrong', () => {
  test('a refused file says why and offers another', async () => {
    const problem = { kind: 'refused', code: 'no-magic', message: 'Byte 0 is 0x50, not a pcap or pcapng mark.', offset: 0, end: 4, packetsBefore: 0 } as const;
    await openWindow({ name: 'notes.pcap', packets: 0, refused: true, problems: [problem] });
    await screen.findByText('notes.pcap cannot be shown');
    screen.getByText(problem.message);
    screen.getByRole('button', { name: 'Open another' });
  });

  test('damage is told in a line, all of it in a dialog', async () => {
    const tail = { kind: 'tail', code: 'torn', message: 'The file ends inside packet 43.', offset: 900, end: 930, packetsBefore: 42 } as const;
    const odd = { kind: 'odd', code: 'odd', message: 'A block of an unknown type was skipped.', offset: 28, end: 60, packetsBefore: 0 } as const;
    await openWindow({ ...capture, problems: [odd, tail] });
    await screen.findByText(/The file ends inside packet 43\. \(1 more\)/);
    fireEvent.click(screen.getByRole('button', { name: 'Details' }));
    const dialog = await screen.findByRole('dialog', { name: 'Problems of this capture' });
    within(dialog).getByText('A block of an unknown type was skipped.');
    within(dialog).getByText('900 to 930');
  });

  test('a reader that died and came back shows the same packet again', async () => {
    await openWindow(capture);
    await waitFor(() => row(8));
    fireEvent.click(row(8));
    await shown(8);
    act(() => host.killEngine(true));
    await screen.findByText(/The reader stopped \(it ran out of memory\)\. It restarted at packet 8/);
    fireEvent.click(row(9));
    await shown(9);
  });

  test('a reader that came back verifies checksums as the one before did', async () => {
    await openWindow(capture);
    await waitFor(() => row(8));
    const verifies = (): boolean | undefined => stores.capture.getState().description?.settings.verifyChecksums;
    expect(verifies()).toBe(false);
    act(() => app.files.verifyChecksums(true));
    await waitFor(() => expect(verifies()).toBe(true));
    const before = stores.capture.getState().description;
    act(() => host.killEngine(true));
    await screen.findByText(/It restarted/);
    // What the new engine itself says.
    await waitFor(() => expect(stores.capture.getState().description).not.toBe(before));
    expect(verifies()).toBe(true);
  });

  test('a reader that died and came back sorts as before', async () => {
    await openWindow(capture);
    await shown(1);
    fireEvent.click(within(screen.getByRole('columnheader', { name: 'Length' })).getByRole('button'));
    await waitFor(() => expect(stores.rows.getState().sort?.column).toBe('length'));
    act(() => host.killEngine(true));
    await screen.findByText(/The reader stopped/);
    await waitFor(() => expect(stores.rows.getState()).toMatchObject({ sort: { column: 'length' }, making: null, total: 42 }));
    await waitFor(() => expect(stores.rows.getState().pages.size).toBeGreaterThan(0));
    expect([selectedPacket(), stores.dialogs.getState().notice]).toEqual([1, null]);
  });

  test('a lost connection is told, and the rows stay', async () => {
    await openWindow(capture);
    await waitFor(() => row(8));
    act(() => host.disconnect());
    await screen.findByText(/The connection to Layerscope was lost/);
    row(8);
  });

  test('a file that the host refuses leaves the capture on screen', async () => {
    await openWindow(capture);
    await waitFor(() => row(1));
    fireEvent.keyDown(window, { key: 'o', ctrlKey: true });
    await screen.findByText(/could not be opened/);
    row(1);
  });
});

describe('reading', () => {
  test('a long read shows its progress, and Stop ends it with what was read', async () => {
    await openWindow({ name: 'gateway.pcapng', packets: 1_000_000, readingMs: 20_000 });
    await screen.findByText(/^Reading gateway\.pcapng: [\d,]+ packets/, {}, { timeout: 3000 });
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await screen.findByText('Reading was stopped');
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(stores.rows.getState().total).toBeGreaterThan(0);
  });
});

describe('frame', () => {
  test('without a capture the start page offers recent files and samples', async () => {
    await openWindow(null);
    const missing = await screen.findByRole('button', { name: /printer-dhcp/ });
    expect((missing as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(await screen.findByRole('button', { name: /One web page, all layers/ }));
    await waitFor(() => row(5));
    expect(stores.layout.getState().view).toBe('packets');
  });

  test('Ctrl+G goes to a packet and says which there are not', async () => {
    await openWindow(capture);
    await waitFor(() => row(1));
    fireEvent.keyDown(window, { key: 'g', ctrlKey: true });
    const input = await screen.findByLabelText('Packet number, 1 to 42');
    fireEvent.change(input, { target: { value: '43' } });
    fireEvent.submit(input);
    await screen.findByText('There is no packet 43 in this capture.');
    fireEvent.change(input, { target: { value: '12' } });
    fireEvent.submit(input);
    expect(selectedPacket()).toBe(12);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('a maximised pane fills the view until Escape', async () => {
    await openWindow(capture);
    await shown(1);
    fireEvent.doubleClick(screen.getByRole('heading', { name: 'Details' }));
    expect(screen.queryByRole('grid', { name: 'Packets' })).toBeNull();
    fireEvent.keyDown(window, { key: 'Escape' });
    await screen.findByRole('grid', { name: 'Packets' });
  });

  test('time formats and colours follow the View menu’s commands', async () => {
    await openWindow(capture);
    await waitFor(() => row(2));
    fireEvent.keyDown(window, { key: '3', code: 'Digit3', ctrlKey: true, altKey: true });
    await waitFor(() => expect(row(2).textContent).toContain('1795248301.000412'));
    fireEvent.keyDown(window, { key: '6', code: 'Digit6', ctrlKey: true, altKey: true });
    await waitFor(() => expect(row(3).textContent).toContain('0.000277'));
  });

  test('Electron has the system’s menu: the page draws none, and its commands arrive', async () => {
    await openWindow(capture, 'electron');
    await waitFor(() => row(1));
    expect(screen.queryByRole('menubar')).toBeNull();
  });
});
