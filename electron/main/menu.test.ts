import type { MenuItemConstructorOptions } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { menuTemplate, type MenuActions, type MenuState } from './menu.ts';

const actions = {
  sendCommand: vi.fn<MenuActions['sendCommand']>(),
  newWindow: vi.fn<MenuActions['newWindow']>(),
  openRecent: vi.fn<MenuActions['openRecent']>(),
  clearRecent: vi.fn<MenuActions['clearRecent']>(),
  minimize: vi.fn<MenuActions['minimize']>(),
  zoom: vi.fn<MenuActions['zoom']>(),
  toggleDevTools: vi.fn<MenuActions['toggleDevTools']>(),
} satisfies MenuActions;
const state: MenuState = { platform: 'linux', appName: 'Layerscope', hasCapture: true, recentFiles: [], isDevelopment: false };

type Item = MenuItemConstructorOptions;

function items(changes: Partial<MenuState> = {}): Item[] {
  const flatten = (list: readonly Item[]): Item[] => list.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
  return flatten(menuTemplate({ ...state, ...changes }, actions));
}

function click(item: Item | undefined): void {
  (item?.click as unknown as () => void)();
}

const platforms = ['linux', 'win32', 'darwin'] as const;

test.each(platforms)('on %s, no key has two meanings', (platform) => {
  const keys = items({ platform, isDevelopment: true }).flatMap(({ accelerator }) => (accelerator === undefined ? [] : [String(accelerator).replace('CommandOrControl', platform === 'darwin' ? 'Command' : 'Control')]));
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(platforms)("on %s, no entry is Electron's own reload, close, minimise, zoom or developer tools", (platform) => {
  const roles = items({ platform }).flatMap(({ role }) => (role === undefined ? [] : [role as string]));
  for (const role of ['reload', 'forceReload', 'close', 'minimize', 'toggleDevTools', 'zoomIn', 'zoomOut', 'resetZoom', 'viewMenu', 'windowMenu', 'fileMenu', 'editMenu', 'togglefullscreen']) expect(roles).not.toContain(role);
});

test('keys that mean something else in Electron mean what users of this field expect', () => {
  const keyOf = (key: string): string | undefined => items().find(({ accelerator }) => accelerator === key)?.id;
  expect(keyOf('CommandOrControl+W')).toBe('file.close');
  expect(keyOf('CommandOrControl+Shift+R')).toBe('view.resizeColumns');
  expect(keyOf('CommandOrControl+R')).toBe('capture.restart');
  expect(keyOf('F5')).toBe('capture.refresh');
  // Of the system's own: the window has these keys.
  const systemKeys = items().filter(({ registerAccelerator }) => registerAccelerator !== false).map(({ accelerator }) => accelerator);
  for (const key of ['CommandOrControl+Shift+I', 'CommandOrControl+M', 'CommandOrControl+N']) expect(systemKeys).not.toContain(key);
  expect(items().find(({ label }) => label === 'Normal Size')?.accelerator).toBe('CommandOrControl+=');
});

test("each command is one of the window's, and the window handles its key itself", () => {
  const commands = ['commands.ts', 'analyze-commands.ts', 'colour-commands.ts', 'column-commands.ts', 'mark-commands.ts', 'statistics-commands.ts'].map((file) => readFileSync(join(import.meta.dirname, '..', '..', 'renderer', 'app', file), 'utf8')).join('');
  for (const { id, accelerator, registerAccelerator } of items()) {
    if (id === undefined || id === 'window.new') continue;
    const [, pane] = id.split('.');
    // One of several that a table makes: "view.time.utc" of `view.time.${format}`.
    const family = `id: \`${id.slice(0, id.lastIndexOf('.') + 1)}\${`;
    expect([id, commands.includes(`id: '${id}'`) || commands.includes(family) || commands.includes(`Command('${pane}'`)]).toEqual([id, true]);
    if (accelerator !== undefined) expect([id, registerAccelerator]).toEqual([id, false]);
  }
});

test('an entry sends its command', () => {
  click(items().find(({ id }) => id === 'go.packet'));
  expect(actions.sendCommand).toHaveBeenCalledWith('go.packet');
});

test('without a capture, what needs one is grey', () => {
  const enabled = new Map(items({ hasCapture: false }).map(({ id, enabled: isEnabled }) => [id, isEnabled]));
  expect(enabled.get('file.open')).toBe(true);
  expect(enabled.get('help.keys')).toBe(true);
  expect(enabled.get('file.close')).toBe(false);
  expect(enabled.get('go.packet')).toBe(false);
});

test('recent files are listed as they are called, missing ones grey', () => {
  const file = { id: '1', name: 'R&D\n.pcap', folder: '~', missing: false };
  const listed = items({ recentFiles: [file, { ...file, id: '2', name: 'gone.pcap', missing: true }] });
  const [first, second] = listed.filter(({ label }) => label?.endsWith('(~)'));
  expect([first?.label, first?.enabled, second?.enabled]).toEqual(['R&&D\ufffd.pcap (~)', true, false]);
  click(first);
  expect(actions.openRecent).toHaveBeenCalledWith('1');
});

test('developer tools are in development builds only', () => {
  expect(items().some(({ label }) => label === 'Developer Tools')).toBe(false);
  expect(items({ isDevelopment: true }).some(({ label }) => label === 'Developer Tools')).toBe(true);
});
