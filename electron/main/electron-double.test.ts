import type * as Electron from 'electron';
import { expect, expectTypeOf, test } from 'vitest';
import * as double from './electron-double.test-helper.ts';

type Exports = typeof Electron;
/** What a double has and Electron has not, tests' own members aside. */
type Extra<Double, Real> = Exclude<keyof Double, keyof Real | `test${string}`>;

test("the double's names are Electron's", () => {
  expectTypeOf<Exclude<keyof typeof double, keyof Exports | 'MessagePortMain' | 'UtilityProcess'>>().toBeNever();
  expectTypeOf<Extra<typeof double.app, Electron.App>>().toBeNever();
  expectTypeOf<Extra<typeof double.protocol, Electron.Protocol>>().toBeNever();
  expectTypeOf<Extra<typeof double.session.defaultSession, Electron.Session>>().toBeNever();
  expectTypeOf<Extra<typeof double.session.defaultSession.webRequest, Electron.WebRequest>>().toBeNever();
  expectTypeOf<Extra<double.BrowserWindow, Electron.BrowserWindow>>().toBeNever();
  expectTypeOf<Extra<double.BrowserWindow['webContents'], Electron.WebContents>>().toBeNever();
  expectTypeOf<Extra<double.MessagePortMain, Electron.MessagePortMain>>().toBeNever();
  expectTypeOf<Extra<double.MessageChannelMain, Electron.MessageChannelMain>>().toBeNever();
  expectTypeOf<Extra<double.UtilityProcess, Electron.UtilityProcess>>().toBeNever();
  expectTypeOf<Extra<typeof double.utilityProcess, typeof Electron.utilityProcess>>().toBeNever();
  expectTypeOf<Extra<typeof double.Menu, typeof Electron.Menu>>().toBeNever();
  expectTypeOf<Extra<typeof double.dialog, Electron.Dialog>>().toBeNever();
  expectTypeOf<Extra<typeof double.ipcMain, Electron.IpcMain>>().toBeNever();
  expectTypeOf<Extra<typeof double.ipcRenderer, Electron.IpcRenderer>>().toBeNever();
  expectTypeOf<Extra<typeof double.webUtils, Electron.WebUtils>>().toBeNever();
  expect(Object.keys(double).length).toBeGreaterThan(10);
});
