/** The window, open on a capture of a made-up host, with its first packet shown. */
import { act, render, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import { App } from '../App.tsx';
import { createStores, type Stores } from '../app/stores.ts';
import { createApp, type App as WindowApp } from '../app/wiring.ts';
import type { SettingsStorage } from '../stores/persist.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

export interface OpenWindow {
  readonly host: FakeHost;
  readonly stores: Stores;
  readonly app: WindowApp;
}

/** `storage`: what is kept from window to window; null keeps nothing. */
export async function openWindowOn(packets: number, storage: SettingsStorage | null = null): Promise<OpenWindow> {
  const host = createFakeHost('web');
  host.show({ name: 'shop.pcapng', packets });
  const stores = createStores(storage);
  const app = createApp(host, { chooseFile: () => Promise.resolve(null), reload: () => undefined }, stores);
  render(<App app={app} />);
  await act(() => app.start());
  await waitFor(() => expect(stores.packet.getState().detail?.number).toBe(1));
  return { host, stores, app };
}
