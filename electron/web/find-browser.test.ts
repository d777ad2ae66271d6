import { expect, test } from 'vitest';
import { findBrowser, hasDisplay } from './find-browser.ts';

function find(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, installed: readonly string[]): string | null {
  return findBrowser({ platform, environment, isExecutable: (path) => installed.includes(path.replaceAll('\\', '/')) })?.replaceAll('\\', '/') ?? null;
}

test.each([
  ['linux', { PATH: '/usr/local/bin:/usr/bin' }, ['/usr/bin/chromium'], '/usr/bin/chromium'],
  ['linux', { PATH: '/usr/bin' }, ['/usr/bin/google-chrome-stable'], '/usr/bin/google-chrome-stable'],
  ['linux', { PATH: '/usr/bin' }, ['/usr/bin/microsoft-edge', '/usr/bin/chromium-browser'], '/usr/bin/chromium-browser'],
  ['linux', { PATH: '/snap/bin' }, ['/snap/bin/chromium'], '/snap/bin/chromium'],
  ['linux', { PATH: '/usr/bin' }, ['/usr/bin/firefox'], null],
  ['linux', {}, ['/usr/bin/chromium'], null],
  ['darwin', { HOME: '/Users/ada' }, ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'], '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['darwin', { HOME: '/Users/ada' }, ['/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium'], '/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium'],
  ['win32', { PROGRAMFILES: 'C:/Program Files' }, ['C:/Program Files/Google/Chrome/Application/chrome.exe'], 'C:/Program Files/Google/Chrome/Application/chrome.exe'],
  ['win32', { 'PROGRAMFILES(X86)': 'C:/Program Files (x86)' }, ['C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe'], 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe'],
  ['linux', { PATH: '/usr/bin', LAYERSCOPE_BROWSER: '/opt/my/chrome' }, ['/opt/my/chrome', '/usr/bin/chromium'], '/opt/my/chrome'],
  ['linux', { PATH: '/usr/bin', LAYERSCOPE_BROWSER: '/opt/none' }, ['/usr/bin/chromium'], null],
] as const)('on %s with %j and %j installed: %s', (platform, environment, installed, expected) => {
  expect(find(platform, environment, installed)).toBe(expected);
});

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
] as const)('%s with %j has a display: %s', (platform, environment, expected) => {
  expect(hasDisplay(platform, environment)).toBe(expected);
});
