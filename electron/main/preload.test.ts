import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toMainChannel, toPreloadChannel } from '../../shared/ipc/window-messages.ts';
import type * as Double from './electron-double.test-helper.ts';

const origin = 'layerscope://app';
let double: typeof Double;
let page: { addEventListener: ReturnType<typeof vi.fn>; postMessage: ReturnType<typeof vi.fn>; location: { origin: string } };

beforeEach(async () => {
  page = { addEventListener: vi.fn(), postMessage: vi.fn(), location: { origin } };
  vi.stubGlobal('window', page);
  vi.resetModules();
  double = await import('./electron-double.test-helper.ts');
  vi.doMock('electron', () => double);
  await import('./preload.ts');
});
afterEach(() => vi.unstubAllGlobals());

/** A message event as the preload script's own listener gets it. */
function arrive(data: unknown, from: { source?: unknown; origin?: string } = {}): void {
  const [type, listener] = page.addEventListener.mock.calls[0] as [string, (event: object) => void];
  expect(type).toBe('message');
  listener({ data, source: page, origin, ...from });
}

test('what the page asks goes to main', () => {
  arrive({ layerscope: 'connect-shell', request: 1 });
  arrive({ layerscope: 'connect-engine', request: 2, captureId: 'abc', more: 'left out' });
  expect(double.ipcRenderer.testSent).toEqual([
    { channel: toMainChannel, message: { ask: 'connect-shell', request: 1 } },
    { channel: toMainChannel, message: { ask: 'connect-engine', request: 2, captureId: 'abc' } },
  ]);
});

test('a file goes as the path that the system knows it by', () => {
  arrive({ layerscope: 'open-file', request: 3, file: new File([], '/captures/a.pcap') });
  expect(double.ipcRenderer.testSent).toEqual([{ channel: toMainChannel, message: { ask: 'open-file', request: 3, path: '/captures/a.pcap' } }]);
});

test.each([['a file that the page made', new File([], 'made.pcap')], ['a path', '/etc/passwd'], ['an object like a file', { name: '/etc/passwd', path: '/etc/passwd' }], ['nothing', undefined]])(
  '%s is refused without asking main',
  (_title, file) => {
    arrive({ layerscope: 'open-file', request: 4, file });
    expect(double.ipcRenderer.testSent).toEqual([]);
    expect(page.postMessage).toHaveBeenCalledWith(expect.objectContaining({ layerscope: 'refused', request: 4 }), origin);
  },
);

test.each([
  ['another origin', { layerscope: 'connect-shell', request: 1 }, { origin: 'https://example.com' }],
  ['another window', { layerscope: 'connect-shell', request: 1 }, { source: {} }],
  ['an unknown question', { layerscope: 'quit', request: 1 }, {}],
  ['no number', { layerscope: 'connect-shell' }, {}],
  ['text', 'connect-shell', {}],
  ['nothing', null, {}],
] as const)('a message with %s is nobody\'s', (_title, data, from) => {
  arrive(data, from);
  expect(double.ipcRenderer.testSent).toEqual([]);
});

test("main's answer goes to the page alone, with its port", () => {
  const port = {};
  double.ipcRenderer.emit(toPreloadChannel, { ports: [port] }, { layerscope: 'connected', request: 1 });
  expect(page.postMessage).toHaveBeenCalledWith({ layerscope: 'connected', request: 1 }, origin, [port]);
});

test('the page gets no function of Electron\'s: nothing is put into its world', () => {
  expect(Object.keys(double)).not.toContain('contextBridge');
  expect(Object.keys(page)).toEqual(['addEventListener', 'postMessage', 'location']);
});
