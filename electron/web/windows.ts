/**
 * The pages that are open on this host. A window is known by an id that it
 * keeps through reloads; it is given up some seconds after its connection ended.
 */
import type { Channel } from '../../shared/ipc/channel.ts';
import { shellContract } from '../../shared/ipc/contract.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import { STANDARD_INPUT } from '../host/engine-pool.ts';
import { WindowShell, type ShellServices } from '../host/window-shell.ts';

export interface WindowsOptions {
  readonly services: ShellServices<Channel>;
  /** What a window shows at first; "-" (standard input) only the first one, as it can be read once. */
  readonly initialFile: string | null;
  /** The initial file is read on as it grows. */
  readonly follow: boolean;
  /** How long a window without a connection is kept. */
  readonly graceMs: number;
  readonly onBug: (error: unknown, name: string) => void;
  /** The last window was given up. */
  readonly onLastGone: () => void;
}

interface WebWindow {
  readonly shell: WindowShell<Channel>;
  /** Settles, never rejects, when the initial file was opened or refused. */
  readonly ready: Promise<unknown>;
  connection: Channel | null;
  graceTimer: NodeJS.Timeout | null;
}

export class Windows {
  readonly #options: WindowsOptions;
  readonly #byId = new Map<string, WebWindow>();
  /** The first window, made ahead of its page so that its file is being read while the browser starts. */
  #prepared: WebWindow | null = null;
  #hadConnection = false;
  #hasOpenedInput = false;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Opens the initial file for the first window; rejects with an `IpcError` where it cannot be opened. */
  async prepare(): Promise<void> {
    const window = this.#makeWindow();
    this.#prepared = window;
    await window.ready;
  }

  /** Serves a window's page over `channel`; false where the id has a connection already. */
  connect(windowId: string, channel: Channel): boolean {
    const window = this.#byId.get(windowId) ?? this.#adopt(windowId);
    if (window.connection !== null) return false;
    if (window.graceTimer !== null) clearTimeout(window.graceTimer);
    window.graceTimer = null;
    window.connection = channel;
    this.#hadConnection = true;
    // Until then the channel keeps what the page asks.
    void window.ready.catch(() => undefined).then(() => {
      createServer(shellContract, window.shell.handlers, relayClose(channel, () => this.#disconnected(windowId, window)), {
        onBug: this.#options.onBug,
        onViolation: () => channel.close(),
      });
    });
    return true;
  }

  /** Connects a page to a capture's engine; false where no window shows that capture. */
  connectEngine(captureId: string, channel: Channel): boolean {
    return [...this.#byId.values()].some(({ shell }) => shell.connectEngine(captureId, channel));
  }

  /** Whether any page has ever connected. */
  get hadConnection(): boolean {
    return this.#hadConnection;
  }

  shellOf(windowId: string): WindowShell<Channel> | null {
    return this.#byId.get(windowId)?.shell ?? null;
  }

  close(): void {
    const windows = [...this.#byId.values(), ...(this.#prepared === null ? [] : [this.#prepared])];
    this.#byId.clear();
    this.#prepared = null;
    for (const window of windows) {
      if (window.graceTimer !== null) clearTimeout(window.graceTimer);
      window.connection?.close();
      window.shell.close();
    }
  }

  #adopt(windowId: string): WebWindow {
    const window = this.#prepared ?? this.#makeWindow();
    this.#prepared = null;
    this.#byId.set(windowId, window);
    return window;
  }

  #makeWindow(): WebWindow {
    const { services, initialFile, follow } = this.#options;
    const shell = new WindowShell<Channel>(services);
    const file = initialFile === STANDARD_INPUT && this.#hasOpenedInput ? null : initialFile;
    this.#hasOpenedInput ||= file === STANDARD_INPUT;
    const ready = file === null ? Promise.resolve() : shell.openPath(file, { follow });
    return { shell, ready, connection: null, graceTimer: null };
  }

  #disconnected(windowId: string, window: WebWindow): void {
    window.connection = null;
    if (!this.#byId.has(windowId)) return;
    window.graceTimer = setTimeout(() => {
      this.#byId.delete(windowId);
      window.shell.close();
      if (this.#byId.size === 0) this.#options.onLastGone();
    }, this.#options.graceMs);
  }
}

/** `channel`, whose end is also told to `onClose`: a channel has one receiver only. */
function relayClose(channel: Channel, onClose: () => void): Channel {
  return {
    send: (bytes) => channel.send(bytes),
    onMessage: (handler) => channel.onMessage(handler),
    close: () => channel.close(),
    onClose: (handler) =>
      channel.onClose(() => {
        handler();
        onClose();
      }),
  };
}
