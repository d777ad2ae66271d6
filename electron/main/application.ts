/**
 * Electron's main process: windows, menus, files that the system hands over.
 * It stays thin, for when it is busy every window is: captures are read by
 * engines, and windows talk to those directly.
 */
import { app, Menu, session, type MessagePortMain } from 'electron';
import { EnginePool } from '../host/engine-pool.ts';
import { rehearsalFile, type ProgramFiles } from '../host/program-files.ts';
import { RecentFiles } from '../host/recent-files.ts';
import { Samples } from '../host/samples.ts';
import { LiveCaptures } from '../host/live/live-captures.ts';
import { captureFolder, configFolder } from '../host/user-folders.ts';
import { AppWindow } from './app-window.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { launchFiles } from './launch-files.ts';
import { menuTemplate } from './menu.ts';
import { startPortBroker } from './port-broker.ts';
import { guardContents, hardenSession } from './security.ts';
import { startUtilityEngine } from './utility-engine.ts';

export interface ApplicationOptions {
  readonly program: ProgramFiles;
  /** Bundle of preload.ts. */
  readonly preload: string;
  readonly onBug: (error: unknown, name: string) => void;
}

/** Starts the program, unless it runs already: then the running one gets the files, and this one ends. */
export function startApplication(options: ApplicationOptions): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  app.enableSandbox();
  const application = new Application(options);
  application.listen();
}

class Application {
  readonly #options: ApplicationOptions;
  readonly #recentFiles = new RecentFiles(configFolder());
  readonly #live = new LiveCaptures({ configFolder: configFolder(), captureFolder: captureFolder() });
  readonly #windows = new Set<AppWindow>();
  /** Files handed over before there can be a window. */
  readonly #waitingFiles: string[];
  #pool: EnginePool<MessagePortMain> | null = null;

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#waitingFiles = launchFiles(process.argv, process.cwd(), app.isPackaged);
  }

  listen(): void {
    // macOS hands over files by this event, on a start before `ready`.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#open([path]);
    });
    app.on('second-instance', (_event, argv, workingFolder) => {
      const files = launchFiles(argv, workingFolder, app.isPackaged);
      if (files.length > 0) this.#open(files);
      else this.#lastWindow()?.focus();
    });
    // Every page there will ever be, before it loads anything.
    app.on('web-contents-created', (_event, contents) => guardContents(contents));
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('activate', () => {
      if (this.#pool !== null && this.#windows.size === 0) this.#openWindow();
    });
    app.on('browser-window-focus', () => this.#updateMenu());
    app.on('quit', () => {
      this.#live.close();
      this.#pool?.close();
    });
    app.whenReady().then(() => this.#ready()).catch((error: unknown) => this.#startFailed(error));
  }

  async #ready(): Promise<void> {
    const { program, onBug } = this.#options;
    hardenSession(session.defaultSession);
    await serveApp(session.defaultSession, program.renderer);
    startPortBroker({ shellOf: (id) => [...this.#windows].find(({ contentsId }) => contentsId === id)?.shell ?? null, onBug });
    this.#pool = new EnginePool({ rehearsal: rehearsalFile(program), start: () => startUtilityEngine(program.engine) });
    this.#updateMenu();
    const files = this.#waitingFiles.splice(0);
    if (files.length > 0) this.#open(files);
    else this.#openWindow();
  }

  #startFailed(error: unknown): void {
    this.#options.onBug(error, 'start');
    app.exit(1);
  }

  /** A window without a capture takes the first file; others get windows of their own. */
  #open(files: readonly string[]): void {
    if (this.#pool === null) {
      this.#waitingFiles.push(...files);
      return;
    }
    for (const file of files) {
      const empty = [...this.#windows].find(({ shell }) => shell.capture === null && !shell.isOpening);
      const window = empty ?? this.#openWindow();
      window.focus();
      void window.openFile(file).catch((error: unknown) => this.#options.onBug(error, 'open-file'));
    }
  }

  #openWindow(): AppWindow {
    const { program, preload, onBug } = this.#options;
    const window = new AppWindow({
      services: { host: 'electron', version: app.getVersion(), pool: this.#pool!, recentFiles: this.#recentFiles, samples: new Samples(program.samples), live: this.#live },
      preload,
      isDevelopment: !app.isPackaged,
      onCaptureChanged: () => this.#updateMenu(),
      onClosed: (closed) => {
        this.#windows.delete(closed);
        this.#updateMenu();
      },
    });
    this.#windows.add(window);
    window.load().catch((error: unknown) => onBug(error, 'load'));
    return window;
  }

  #lastWindow(): AppWindow | null {
    return this.#focusedWindow() ?? [...this.#windows].at(-1) ?? null;
  }

  #focusedWindow(): AppWindow | null {
    return [...this.#windows].find(({ isFocused }) => isFocused) ?? null;
  }

  #updateMenu(): void {
    this.#setMenu().catch((error: unknown) => this.#options.onBug(error, 'menu'));
  }

  async #setMenu(): Promise<void> {
    const recentFiles = await this.#recentFiles.list();
    const hasCapture = (this.#lastWindow()?.shell.capture ?? null) !== null;
    const onWindow = (action: (window: AppWindow) => void) => () => {
      const window = this.#lastWindow();
      if (window !== null) action(window);
    };
    const template = menuTemplate(
      { platform: process.platform, appName: app.name, hasCapture, recentFiles, isDevelopment: !app.isPackaged },
      {
        // On macOS the menu is there without a window: opening needs one first.
        sendCommand: (command) => (this.#lastWindow() ?? this.#openWindow()).shell.sendCommand(command),
        newWindow: () => void this.#openWindow(),
        openRecent: (id) => void this.#openRecent(id),
        clearRecent: () => void this.#recentFiles.clear().then(() => this.#updateMenu()),
        minimize: onWindow((window) => window.minimize()),
        zoom: (step) => onWindow((window) => window.zoom(step))(),
        toggleDevTools: onWindow((window) => window.toggleDevTools()),
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #openRecent(id: string): Promise<void> {
    const path = await this.#recentFiles.pathOf(id);
    if (path !== null) this.#open([path]);
  }
}
