/** Decode As over a made-up host, which refuses to decode anything as data. */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FakeHost } from '../dev/fake-host.ts';
import type { Stores } from './stores.ts';
import { openWindowOn } from '../dev/open-window.test-helper.tsx';

let host: FakeHost;
let stores: Stores;

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', class { observe(): void {} unobserve(): void {} disconnect(): void {} });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function openDialog(): Promise<HTMLElement> {
  fireEvent.keyDown(window, { key: 'u', ctrlKey: true, shiftKey: true });
  return screen.findByRole('dialog', { name: 'Decode as' });
}

async function openWindow(): Promise<void> {
  ({ host, stores } = await openWindowOn(42));
}

const entry = (dialog: HTMLElement, position: number) => within(within(dialog).getByRole('group', { name: `Entry ${position}` }));

test('begins with the number of the selected packet that is likeliest; applied, the capture is read again at the same packet', async () => {
  await openWindow();
  const dialog = await openDialog();
  expect((entry(dialog, 1).getByLabelText('Number') as HTMLInputElement).value).toBe('8443');
  fireEvent.change(entry(dialog, 1).getByLabelText('Is'), { target: { value: 'tls' } });
  const before = stores.packet.getState().detail;
  fireEvent.click(within(dialog).getByRole('button', { name: 'Apply' }));
  await waitFor(() => expect(host.decodedAs()).toEqual([{ table: 'tcp.port', key: 8443, protocol: 'tls' }]));
  await waitFor(() => expect(stores.packet.getState().detail).not.toBe(before));
  expect(stores.selection.getState().packet).toBe(1);
  await waitFor(() => expect(stores.rows.getState().pages.get(0)?.rows.length).toBe(42));
  const again = await openDialog();
  expect(within(again).getAllByRole('group')).toHaveLength(1);
  fireEvent.click(entry(again, 1).getByRole('button', { name: 'Remove' }));
  fireEvent.click(within(again).getByRole('button', { name: 'Apply' }));
  await waitFor(() => expect(host.decodedAs()).toEqual([]));
});

test.each([
  ['a number too large', '65536', 'A number from 0 to 65535, or 0x0000 to 0xffff'],
  ['no number', 'https', 'A number from 0 to 65535, or 0x0000 to 0xffff'],
  ['a number that has an entry', '8443', 'There is an entry for this number already'],
])('%s is told at its place, and cannot be applied', async (_, text, message) => {
  await openWindow();
  const dialog = await openDialog();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Add' }));
  expect((entry(dialog, 2).getByLabelText('Number') as HTMLInputElement).value).toBe('51000');
  fireEvent.change(entry(dialog, 2).getByLabelText('Number'), { target: { value: text } });
  within(dialog).getByText(message);
  expect((within(dialog).getByRole('button', { name: 'Apply' }) as HTMLButtonElement).disabled).toBe(true);
});

test('where the capture cannot be read again it stays as it is, and the reason is told', async () => {
  await openWindow();
  const dialog = await openDialog();
  fireEvent.change(entry(dialog, 1).getByLabelText('Is'), { target: { value: 'data' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Apply' }));
  await screen.findByText(/cannot be read again/);
  expect(stores.decodeAs.getState().entries).toEqual([]);
  await waitFor(() => expect(stores.rows.getState().pages.get(0)?.rows.length).toBe(42));
});
