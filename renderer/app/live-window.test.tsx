/** Live capture in the window, over a made-up host through the real contract. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IpcError } from '../../shared/ipc/errors.ts';
import { App } from '../App.tsx';
import { createFakeHost, type FakeHost } from '../dev/fake-host.ts';
import type { FakeLive } from '../dev/fake-live.ts';
import { changeForm, chooseInterfaces, type CaptureForm } from '../stores/capture-form.ts';
import { selectPacket } from '../stores/selection.ts';
import { createStores, type Stores } from './stores.ts';
import { createApp } from './wiring.ts';

let host: FakeHost;
let stores: Stores;
const clipboard: string[] = [];

async function openWindow(live: FakeLive = {}, form: Partial<CaptureForm> = {}): Promise<void> {
  host = createFakeHost('web', live);
  stores = createStores(null);
  changeForm(stores.captureForm, form);
  const app = createApp(host, { chooseFile: () => Promise.resolve(null), reload: () => undefined }, stores);
  render(<App app={app} />);
  await act(() => app.start());
}

function list(): Promise<HTMLElement> {
  return screen.findByRole('listbox', { name: 'Interfaces' });
}

function option(name: string): HTMLElement {
  const found = document.getElementById(`interface-${name}`);
  if (found === null) throw new Error(`The interface ${name} is not on screen.`);
  return found;
}

async function startedCapture(): Promise<void> {
  fireEvent.keyDown(window, { key: 'e', ctrlKey: true });
  await waitFor(() => expect(stores.live.getState().status?.state).toBe('capturing'));
}

function receive(packets: number): Promise<void> {
  host.live.receive(packets);
  const { total } = stores.rows.getState();
  return waitFor(() => expect(stores.rows.getState().total).toBeGreaterThan(total));
}

const statusBar = (): string => screen.getByRole('contentinfo').textContent;

beforeEach(() => {
  clipboard.length = 0;
  vi.stubGlobal('ResizeObserver', class { observe(): void {} unobserve(): void {} disconnect(): void {} });
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => (clipboard.push(text), Promise.resolve()) } });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('interfaces', () => {
  test('stand with what they are, the one that leads out first and chosen, those that are down last', async () => {
    await openWindow();
    const names = within(await list()).getAllByRole('option').map(({ id }) => id.replace('interface-', ''));
    expect(names).toEqual(['wlan0', 'docker0', 'wg0', 'lo', 'eth0', 'wwan0']);
    expect(option('wlan0').getAttribute('aria-label')).toBe('wlan0, Wi-Fi, 192.168.1.24, default route');
    expect(option('eth0').getAttribute('aria-label')).toBe('eth0, Ethernet, no cable');
    expect(option('wwan0').getAttribute('aria-label')).toBe('wwan0, Mobile, down');
    expect(option('wlan0').getAttribute('aria-selected')).toBe('true');
    await waitFor(() => expect(option('wlan0').textContent).toMatch(/\d+ p\/s/), { timeout: 3000 });
  });

  test('keys move, add and choose all; Enter starts on what is chosen', async () => {
    await openWindow();
    const box = await list();
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    expect(stores.captureForm.getState().chosen).toEqual(['docker0']);
    fireEvent.keyDown(box, { key: 'ArrowDown', shiftKey: true });
    expect(stores.captureForm.getState().chosen).toEqual(['docker0', 'wg0']);
    fireEvent.keyDown(box, { key: ' ' });
    expect(stores.captureForm.getState().chosen).toEqual(['docker0']);
    fireEvent.keyDown(box, { key: 'a', ctrlKey: true });
    screen.getByRole('button', { name: 'Start on 6 interfaces' });
    fireEvent.keyDown(box, { key: 'Home' });
    fireEvent.click(option('wg0'), { shiftKey: true });
    expect(stores.captureForm.getState().chosen).toEqual(['wlan0', 'docker0', 'wg0']);
    fireEvent.click(option('lo'), { ctrlKey: true });
    fireEvent.click(option('docker0'), { ctrlKey: true });
    expect(stores.captureForm.getState().chosen).toEqual(['wlan0', 'wg0', 'lo']);
    fireEvent.keyDown(box, { key: 'Home' });
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(host.live.started.map(({ interfaces }) => interfaces.map(({ name }) => name))).toEqual([['wlan0']]));
    await waitFor(() => expect(stores.layout.getState().view).toBe('packets'));
  });

  test('a double-click starts on that one', async () => {
    await openWindow();
    await list();
    fireEvent.doubleClick(option('lo'));
    await waitFor(() => expect(host.live.started[0]?.interfaces[0]?.name).toBe('lo'));
  });

  test('a right that is missing is told before Start with its remedy, and found once it was given', async () => {
    let allowed = false;
    const permission = { message: 'Listening needs rights that this user lacks.', remedy: 'Give them to the helper:', command: 'sudo setcap cap_net_raw=eip helper' };
    await openWindow({ permission: () => (allowed ? null : permission) });
    await screen.findByText(permission.message);
    expect((screen.getByRole('button', { name: 'Start on wlan0' }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(clipboard).toEqual([permission.command]));
    fireEvent.keyDown(window, { key: 'e', ctrlKey: true });
    expect(host.live.started).toEqual([]);
    allowed = true;
    fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(screen.queryByText(permission.message)).toBeNull());
    expect((screen.getByRole('button', { name: 'Start on wlan0' }) as HTMLButtonElement).disabled).toBe(false);
  });

  test('a lesser backend says what it cannot', async () => {
    await openWindow({ backend: { kind: 'cap', version: null, missing: null, limits: ['It cannot tell what the interface dropped.'] } });
    await screen.findByText(/^Limited capture: the capture helper is missing/);
    screen.getByText('It cannot tell what the interface dropped.');
  });

  test('without libpcap it says what is missing; files open all the same', async () => {
    await openWindow({ interfaces: [], backend: { kind: 'none', version: null, missing: 'libpcap is not installed: apt-get install libpcap0.8.', limits: [] } });
    await screen.findByText(/libpcap is not installed/);
    screen.getByRole('button', { name: /One web page/ });
  });
});

describe('the capture filter', () => {
  test('is compiled as one types: the offending place is shown, and Start waits', async () => {
    await openWindow();
    await list();
    const box = screen.getByLabelText('Capture filter');
    fireEvent.change(box, { target: { value: 'tcp prot 443' } });
    await screen.findByText('Not valid');
    expect(screen.getByText('prot', { selector: 'mark' })).toBeTruthy();
    screen.getByText(/at character 5: syntax error\./);
    const start = screen.getByRole('button', { name: 'Start on wlan0' }) as HTMLButtonElement;
    expect([start.disabled, start.title]).toEqual([true, 'The capture filter is not valid']);
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(host.live.started).toEqual([]);
    fireEvent.change(box, { target: { value: 'tcp port 443' } });
    await screen.findByText('Valid');
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(host.live.started[0]?.interfaces[0]?.filter).toBe('tcp port 443'));
  });

  test('a display filter is told from it and translated', async () => {
    await openWindow();
    await list();
    const box = screen.getByLabelText('Capture filter') as HTMLInputElement;
    fireEvent.change(box, { target: { value: 'tcp.port == 443' } });
    fireEvent.click(await screen.findByRole('button', { name: 'tcp port 443' }));
    expect(box.value).toBe('tcp port 443');
    await screen.findByText('Valid');
  });

  test('is kept under a name, taken again and removed', async () => {
    await openWindow({}, { filter: 'udp port 67' });
    await list();
    await screen.findByText('Valid');
    fireEvent.click(screen.getByRole('button', { name: 'Capture filters' }));
    const name = await screen.findByLabelText('Name for the present filter');
    fireEvent.change(name, { target: { value: 'Leases' } });
    fireEvent.submit(name);
    await screen.findByRole('button', { name: 'Leases udp port 67' });
    fireEvent.click(screen.getByRole('button', { name: 'DNS port 53' }));
    expect(stores.captureForm.getState().filter).toBe('port 53');
    fireEvent.click(screen.getByRole('button', { name: 'Capture filters' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Remove Leases' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Leases udp port 67' })).toBeNull());
  });
});

describe('options', () => {
  test('Ctrl+K sets up several interfaces, output and limits; Start hands all of it over', async () => {
    await openWindow({ ownSshFilter: 'not tcp port 50022' });
    await list();
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Capture options' });
    fireEvent.click(within(dialog).getByLabelText('Capture on lo'));
    fireEvent.change(within(dialog).getByLabelText(/^Bytes kept of each packet/), { target: { value: '96' } });
    fireEvent.click(within(dialog).getByRole('tab', { name: 'Output' }));
    fireEvent.click(within(dialog).getByLabelText(/^Begin another file/));
    fireEvent.click(within(dialog).getByLabelText('Ring: keep the last'));
    fireEvent.click(within(dialog).getByRole('tab', { name: 'Stop' }));
    fireEvent.click(within(dialog).getByLabelText('After a number of', { selector: 'fieldset > div:nth-of-type(1) input' }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(host.live.started).toHaveLength(1));
    expect(host.live.started[0]).toMatchObject({
      interfaces: [{ name: 'wlan0', snaplen: 0 }, { name: 'lo', snaplen: 96 }],
      rotate: { bytes: 100_000_000, seconds: null, packets: null, ring: 10 },
      autostop: { packets: 1000, bytes: null },
      excludeOwnSsh: true,
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('what is wrong is told wherever one is, and leads to its tab', async () => {
    await openWindow({}, { stopPackets: { on: true, value: 'many' } });
    await list();
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Capture options' });
    await within(dialog).findByText(/must be a whole number, not “many”/);
    expect((within(dialog).getByRole('button', { name: 'Start' }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Stop' }));
    expect(within(dialog).getByLabelText('After a number of, number', { selector: '[aria-invalid=true]' })).toBeTruthy();
  });

  test('a capture that the host refuses is told, with the way to the options', async () => {
    await openWindow({ refusal: new IpcError('failed', 'The folder ~/Captures cannot be written to.', 'unwritable') });
    await list();
    fireEvent.keyDown(window, { key: 'e', ctrlKey: true });
    await screen.findByText('The capture did not start. The folder ~/Captures cannot be written to.');
    fireEvent.click(screen.getAllByRole('button', { name: 'Capture options' }).at(0)!);
    await screen.findByRole('dialog', { name: 'Capture options' });
  });
});

describe('while capturing', () => {
  test('the process behind the selected flow stands above its headers, and goes with the capture', async () => {
    await openWindow({ process: { pid: 4312, name: 'curl' } });
    await list();
    await startedCapture();
    await receive(10);
    // The first packets are ARP, which has no flow.
    act(() => selectPacket(stores.selection, 5, -1, true));
    await screen.findByText(/\(process 4312\) has this conversation/);
    screen.getByText('not stored in the file');
    host.live.end('stopped', 'You stopped it.');
    fireEvent.keyDown(window, { key: 'F8' });
    await waitFor(() => expect(screen.queryByText(/has this conversation/)).toBeNull());
  });

  test('counters are on screen, "unknown" where nobody tells; Ctrl+E stops and they stay', async () => {
    await openWindow({ drops: { droppedByKernel: 3, droppedByInterface: null } });
    await list();
    await startedCapture();
    await screen.findByText('Waiting for packets');
    await receive(1234);
    await waitFor(() => expect(statusBar()).toContain('Received: 1,234Written: 1,234Dropped by kernel: 3by interface: unknown'));
    expect(statusBar()).toContain('Capturing');
    fireEvent.keyDown(window, { key: 'e', ctrlKey: true });
    await waitFor(() => expect(statusBar()).toContain('Complete'));
    expect(statusBar()).toContain('Received: 1,234');
    // Who stopped it needs not be told.
    expect(screen.queryByText(/^The capture ended/)).toBeNull();
  });

  test('Ctrl+E while one runs never starts another, and Ctrl+R begins anew with the same options', async () => {
    await openWindow({}, { filter: 'port 53' });
    await list();
    await startedCapture();
    await receive(10);
    const first = stores.capture.getState().opened?.captureId;
    fireEvent.keyDown(window, { key: 'r', ctrlKey: true });
    await waitFor(() => expect(stores.capture.getState().opened?.captureId).not.toBe(first));
    await waitFor(() => expect(stores.live.getState().status).toMatchObject({ state: 'capturing', received: 0 }));
    expect(host.live.started).toHaveLength(1);
  });

  test('Pause lets the list stand still while the capture goes on', async () => {
    await openWindow();
    await list();
    await startedCapture();
    await receive(50);
    fireEvent.click(screen.getByRole('button', { name: 'Pause the list' }));
    await screen.findByText(/^The list stands still\./);
    host.live.receive(500);
    await waitFor(() => expect(stores.live.getState().status?.received).toBe(550));
    expect(stores.rows.getState().total).toBe(50);
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(stores.rows.getState().total).toBe(550));
  });

  test('the list follows its end until a packet is looked at; the button and End go on with it', async () => {
    await openWindow();
    await list();
    await startedCapture();
    await receive(100);
    expect(stores.live.getState().follows).toBe(true);
    await waitFor(() => expect(stores.selection.getState().packet).toBe(1));
    fireEvent.keyDown(screen.getByRole('grid', { name: 'Packets' }), { key: 'ArrowDown' });
    expect(stores.live.getState().follows).toBe(false);
    await receive(1200);
    fireEvent.click(await screen.findByRole('button', { name: '1,200 new packets' }));
    expect(stores.live.getState().follows).toBe(true);
    fireEvent.keyDown(window, { key: 'Home', ctrlKey: true });
    expect(stores.live.getState().follows).toBe(false);
    fireEvent.keyDown(screen.getByRole('grid', { name: 'Packets' }), { key: 'End' });
    expect([stores.live.getState().follows, stores.selection.getState().packet]).toEqual([true, 1300]);
  });

  test('an end by itself says why, where the packets are, and starts again', async () => {
    await openWindow();
    await list();
    await startedCapture();
    await receive(7);
    host.live.end('failed', 'the interface is gone', { code: 'interface-gone', message: 'wlan0 is gone: it was unplugged or renamed.', fatal: true });
    await screen.findByText(/^The capture ended: wlan0 is gone: it was unplugged or renamed\. The 7 packets that came before are in layerscope_wlan0/);
    fireEvent.click(screen.getByRole('button', { name: 'Start again' }));
    await waitFor(() => expect(stores.live.getState().status?.state).toBe('capturing'));
  });

  test('a limit that was reached is told, since nobody asked at that moment', async () => {
    await openWindow();
    await list();
    await startedCapture();
    host.live.end('stopped', '1,000 packets were captured.');
    await screen.findByText('The capture ended: 1,000 packets were captured.');
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText(/^The capture ended/)).toBeNull();
  });

  test('a file that is opened has no counters of a live capture', async () => {
    await openWindow();
    await list();
    act(() => void host.show({ name: 'shop.pcapng', packets: 42 }));
    await waitFor(() => expect(statusBar()).toContain('Packets: 42'));
    expect(statusBar()).not.toContain('Received');
    expect(stores.live.getState().status).toBeNull();
  });
});

describe('captures without a window', () => {
  const orphans = {
    running: [{ id: 'run', name: 'night.pcapng', interfaces: ['eth0'], startedAtMs: 0, sizeBytes: 5000 }],
    files: [{ id: 'file', name: 'torn.pcapng', interfaces: ['lo'], startedAtMs: 0, modifiedAtMs: 0, sizeBytes: 900, files: 1 }],
  };

  test('one that runs is shown again, and says that nothing is lost', async () => {
    await openWindow({ orphans });
    await screen.findByText('night.pcapng');
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    await screen.findByText(/^The capture on eth0 had gone on without a window\..*nothing is lost\.$/);
    await waitFor(() => expect(stores.rows.getState().total).toBe(1200));
  });

  test('deleting one is asked twice', async () => {
    await openWindow({ orphans });
    await screen.findByText('torn.pcapng');
    fireEvent.click(screen.getAllByRole('button', { name: 'Discard…' })[1]!);
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    fireEvent.click(screen.getAllByRole('button', { name: 'Discard…' })[1]!);
    fireEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    await waitFor(() => expect(screen.queryByText('torn.pcapng')).toBeNull());
    screen.getByText('night.pcapng');
  });
});

test('a remote capture is asked for in a dialog, which tells what went wrong', async () => {
  await openWindow();
  await list();
  fireEvent.click(screen.getByRole('button', { name: 'Remote' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remote capture' });
  fireEvent.submit(within(dialog).getByLabelText(/^Host/));
  await within(dialog).findByText('Name the machine.');
  fireEvent.change(within(dialog).getByLabelText(/^Host/), { target: { value: 'nowhere' } });
  fireEvent.submit(within(dialog).getByLabelText(/^Host/));
  await within(dialog).findByText('ssh could not reach nowhere: no such host.');
  fireEvent.change(within(dialog).getByLabelText(/^Host/), { target: { value: 'router' } });
  fireEvent.submit(within(dialog).getByLabelText(/^Host/));
  await waitFor(() => expect(stores.live.getState().status?.interfaces[0]?.name).toBe('eth0 on router'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('what was chosen last and is gone gives way to what there is', async () => {
  await openWindow({}, { chosen: ['tun7'] });
  await list();
  expect(stores.captureForm.getState().chosen).toEqual(['wlan0']);
  act(() => chooseInterfaces(stores.captureForm, ['lo']));
  fireEvent.keyDown(window, { key: 'F5' });
  await waitFor(() => expect(stores.live.getState().isLooking).toBe(false));
  expect(stores.captureForm.getState().chosen).toEqual(['lo']);
});
