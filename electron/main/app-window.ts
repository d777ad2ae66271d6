/** One window: its BrowserWindow, what it shows, and how it comes back after its page died. */
import { BrowserWindow, dialog, type MessagePortMain } from 'electron';
import { IpcError } from '../../shared/ipc/errors.ts';
import { WindowShell, type ShellServices } from '../host/window-shell.ts';
import { appUrl } from './app-protocol.ts';
import { webPreferences } from './security.ts';

export interface AppWindowOptions {
  readonly services: Omit<ShellServices<MessagePortMain>, 'chooseFile' | 'chooseFolder'>;
  readonly preload: string;
  readonly isDevelopment: boolean;
  /** The window shows another capture, or none: for menus. */
  readonly onCaptureChanged: () => void;
  readonly onClosed: (window: AppWindow) => void;
}

/** A page that dies more often than this within a minute is not loaded again. */
const reloadsAMinute = 3;

export class AppWindow {
  readonly shell: WindowShell<MessagePortMain>;
  readonly #window: BrowserWindow;
  readonly #reloadTimesMs: number[] = [];

  constructor(options: AppWindowOptions) {
    this.shell = new WindowShell({ ...options.services, chooseFile: () => this.#chooseFile(), chooseFolder: () => this.#chooseFolder() }, options.onCaptureChanged);
    this.#window = new BrowserWindow({
      width: 1360,
      height: 860,
      minWidth: 640,
      minHeight: 400,
      show: false,
      title: 'Layerscope',
      webPreferences: webPreferences(options.preload, options.isDevelopment),
    });
    const { webContents } = this.#window;
    webContents.on('render-process-gone', (_event, { reason }) => this.#pageGone(reason));
    this.#window.once('ready-to-show', () => this.#window.show());
    this.#window.on('closed', () => {
      this.shell.close();
      options.onClosed(this);
    });
  }

  get contentsId(): number {
    return this.#window.webContents.id;
  }

  get isFocused(): boolean {
    return this.#window.isFocused();
  }

  /** Rejects where the page cannot be loaded. */
  load(): Promise<void> {
    return this.#window.loadURL(appUrl);
  }

  focus(): void {
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  minimize(): void {
    this.#window.minimize();
  }

  /** One step larger or smaller; 0 = normal size. */
  zoom(step: 1 | -1 | 0): void {
    const { webContents } = this.#window;
    webContents.setZoomLevel(step === 0 ? 0 : webContents.getZoomLevel() + step);
  }

  toggleDevTools(): void {
    this.#window.webContents.toggleDevTools();
  }

  /** Opens a file, and says in a box of the system why it could not. */
  async openFile(path: string): Promise<void> {
    await this.tellFailure(() => this.shell.openPath(path));
  }

  async tellFailure(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof IpcError)) throw error;
      if (error.code !== 'cancelled') await dialog.showMessageBox(this.#window, { type: 'error', message: error.message, buttons: ['OK'] });
    }
  }

  /** The capture is untouched: engine and shell live on, and the page finds them again. */
  #pageGone(reason: string): void {
    const nowMs = performance.now();
    while (this.#reloadTimesMs.length > 0 && nowMs - this.#reloadTimesMs[0]! > 60_000) this.#reloadTimesMs.shift();
    if (reason === 'clean-exit' || this.#window.isDestroyed()) return;
    if (this.#reloadTimesMs.length >= reloadsAMinute) {
      dialog.showErrorBox('Layerscope', `The window's page stopped again and again (${reason}) and is closed now.`);
      this.#window.destroy();
      return;
    }
    this.#reloadTimesMs.push(nowMs);
    this.#window.webContents.reload();
  }

  async #chooseFile(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: 'Open a capture',
      properties: ['openFile'],
      filters: [
        { name: 'Captures', extensions: ['pcap', 'pcapng', 'cap', 'dmp', 'ntar', 'gz'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }

  async #chooseFolder(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, { title: 'Choose the folder of a running capture', properties: ['openDirectory'] });
    return canceled ? null : (filePaths[0] ?? null);
  }
}
