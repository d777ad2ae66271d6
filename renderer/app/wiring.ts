/**
 * Ties the host to the stores: what was opened, closed or interrupted outside the window reaches
 * the stores here, and the window's actions reach the host here. Views know neither.
 */
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Event } from '../../shared/ipc/define.ts';
import type { DecodeEntry } from '../../shared/ipc/decode-contract.ts';
import type { SortOrder, shellContract } from '../../shared/ipc/contract.ts';
import type { Host } from '../ipc/host.ts';
import { captureClosed, captureOpened, connectionLost, engineInterrupted, isReading, openFailed, packetCount, uploadProgressed, type OpenedCapture } from '../stores/capture.ts';
import { decodedAs, forgetDecodeAs } from '../stores/decode-as.ts';
import { forgetConversations } from '../stores/colouring.ts';
import { dismissProblems, notify } from '../stores/dialogs.ts';
import { showView } from '../stores/layout.ts';
import { clearPacket } from '../stores/packet.ts';
import { clearRows, forgetPages } from '../stores/rows.ts';
import { clearSelection } from '../stores/selection.ts';
import { createDecodeAs, type DecodeAsActions } from './decode-as.ts';
import { createFind, type FindActions } from './find.ts';
import { createFilters, type FilterActions } from './filters.ts';
import { createLive, type LiveActions } from './live.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { createRowCopier, type RowCopier } from './row-copier.ts';
import type { RowLoader } from './row-loader.ts';
import { createSession, type EngineClient, type Session } from './session.ts';
import { createStatistics, type StatisticsActions } from './statistics.ts';
import { createStores, type Stores } from './stores.ts';

export interface App {
  readonly host: Host;
  readonly stores: Stores;
  readonly navigation: Navigation;
  readonly files: FileActions;
  readonly live: LiveActions;
  readonly filters: FilterActions;
  readonly find: FindActions;
  readonly rowCopier: RowCopier;
  readonly decodeAs: DecodeAsActions;
  readonly statistics: StatisticsActions;
  /** The capture on show; null while there is none. */
  session(): Session | null;
  /** Names of commands chosen in the system's menu arrive here. */
  onSystemCommand(listener: (command: string) => void): void;
  start(): Promise<void>;
}

export interface FileActions {
  openWithDialog(): void;
  openFile(file: File): void;
  openRecent(id: string, name: string): void;
  openSample(id: string, name: string): void;
  close(): void;
  /** Stops reading, or else the deep pass. */
  stopReading(): void;
  /** Goes on with the deep pass after it was stopped. */
  resume(): void;
  /** Shows the list in another order; null is file order. */
  sortBy(sort: SortOrder | null): void;
  /** Gives up an order or a filter that is being made; false where none is. */
  cancelMaking(): boolean;
  verifyChecksums(verify: boolean): void;
  /** Connects to the host anew after the connection was lost. */
  reconnect(): void;
}

export interface AppOptions {
  /** Lets the user choose a file in the page; null when none was chosen. Not used where the host has its own dialog. */
  readonly chooseFile: () => Promise<File | null>;
  readonly reload: () => void;
}

export function createApp(host: Host, options: AppOptions, stores: Stores = createStores()): App {
  const wiring = new Wiring(host, options, stores);
  const live = createLive(host.shell, stores);
  const rowCopier = createRowCopier(stores, () => wiring.session);
  return {
    host,
    stores,
    navigation: wiring.navigation,
    files: wiring,
    live: live.actions,
    filters: wiring.filters,
    find: createFind(stores, wiring.navigation, () => wiring.session),
    rowCopier,
    statistics: createStatistics(stores, wiring.navigation, rowCopier, () => wiring.session),
    decodeAs: createDecodeAs(stores, () => wiring.session, (entries) => wiring.decodeAs(entries)),
    session: () => wiring.session,
    onSystemCommand: (listener) => {
      wiring.systemCommand = listener;
    },
    start: () => {
      live.begin();
      return wiring.start();
    },
  };
}

/** A connection mostly takes a few milliseconds; one that takes longer must not keep the view from saying so. */
const connectPatienceMs = 50;

class Wiring implements FileActions {
  readonly navigation: Navigation;
  readonly filters: FilterActions;
  session: Session | null = null;
  systemCommand: (command: string) => void = () => undefined;
  readonly #host: Host;
  readonly #options: AppOptions;
  readonly #stores: Stores;
  /** Counts what was opened, so that a slow connection to an engine cannot win over a newer one. */
  #openings = 0;

  constructor(host: Host, options: AppOptions, stores: Stores) {
    this.#host = host;
    this.#options = options;
    this.#stores = stores;
    this.navigation = createNavigation(stores, () => this.session);
    this.filters = createFilters(stores, () => this.session);
  }

  async start(): Promise<void> {
    const { shell } = this.#host;
    shell.subscribe('shell.captureChanged', {}, ({ capture }) => void this.#show(capture));
    shell.subscribe('shell.engineStopped', {}, (event) => void this.#engineStopped(event));
    shell.subscribe('shell.command', {}, ({ command }) => this.systemCommand(command));
    void shell.closed.then(() => connectionLost(this.#stores.capture));
    const { capture } = await shell.call('shell.describe', {});
    if (capture !== null && this.#openings === 0) await this.#show(capture);
  }

  async #show(capture: OpenedCapture | null): Promise<void> {
    const { stores } = this;
    const opening = (this.#openings += 1);
    this.#endSession();
    if (capture === null) {
      this.#forgetRows();
      captureClosed(stores.capture);
      showView(stores.layout, 'start');
      return;
    }
    const connecting = this.#host.connectEngine(capture.captureId);
    // Drawing the view keeps the page busy for a while: what is asked before that is answered by then.
    const engine = await settledWithin(connecting, connectPatienceMs);
    if (opening !== this.#openings) {
      connecting.then((late) => late.close(), () => undefined);
      return;
    }
    this.#forgetRows();
    captureOpened(stores.capture, capture);
    if (stores.layout.getState().view === 'start') showView(stores.layout, 'packets');
    await this.#attach(capture, 0, engine ?? connecting);
  }

  #forgetRows(): void {
    clearRows(this.stores.rows);
    clearPacket(this.stores.packet);
    clearSelection(this.stores.selection);
    forgetConversations(this.stores.colouring);
    forgetDecodeAs(this.stores.decodeAs);
    dismissProblems(this.stores.dialogs, false);
  }

  /** Takes the capture's engine and shows `packet` (0 for none) again. With an engine that is there, it is asked before anything is drawn. */
  async #attach(capture: OpenedCapture, packet: number, connected: EngineClient | Promise<EngineClient>, shown: RowLoader['shown'] = null): Promise<void> {
    const opening = this.#openings;
    try {
      const engine = connected instanceof Promise ? await connected : connected;
      if (opening !== this.#openings) return engine.close();
      this.session = createSession(this.stores, engine);
      // The list does not know that somebody else answers now: it says what is on screen only when that changes.
      if (shown !== null) this.session.rows.show(shown.first, shown.last);
      await this.session.start();
      // The user may have gone on to another packet while the engine started.
      if (packet > 0) this.session.showPacket(this.stores.selection.getState().packet ?? packet);
      this.#noteOpened(capture);
    } catch (error) {
      if (opening !== this.#openings || isExpectedEnd(error)) return;
      openFailed(this.stores.capture, { name: capture.name, message: messageOf(error) });
    }
  }

  async #engineStopped({ captureId, reason, restarted }: Event<typeof shellContract, 'shell.engineStopped'>): Promise<void> {
    const { capture, selection } = this.stores;
    const { opened } = capture.getState();
    if (opened?.captureId !== captureId) return;
    const goOn = this.#leaveEngine(opened);
    engineInterrupted(capture, { reason, restarted, packet: selection.getState().packet ?? 0 });
    if (restarted) await goOn();
  }

  /** Lets go of the capture's engine; what comes back goes on with whichever the capture has then, at the same rows and packet, unless something else was opened meanwhile. */
  #leaveEngine(capture: OpenedCapture): () => Promise<void> {
    const opening = (this.#openings += 1);
    const shown = this.session?.rows.shown ?? null;
    this.#endSession();
    return async () => {
      if (opening === this.#openings) await this.#attach(capture, this.stores.selection.getState().packet ?? 0, this.#host.connectEngine(capture.captureId), shown);
    };
  }

  /** Has the capture read again, and stays where it is. */
  decodeAs(entries: readonly DecodeEntry[]): void {
    const { opened } = this.stores.capture.getState();
    if (opened === null) return;
    const goOn = this.#leaveEngine(opened);
    const reading = this.#host.shell.call('shell.decodeAs', { captureId: opened.captureId, entries: [...entries] }).then(() => {
      if (this.stores.capture.getState().opened?.captureId !== opened.captureId) return;
      decodedAs(this.stores.decodeAs, entries);
      forgetPages(this.stores.rows);
    });
    this.#tell(reading.finally(goOn));
  }

  /** Tells the host how many packets there are, for its list of recent files, once that is known. */
  #noteOpened({ captureId }: OpenedCapture): void {
    const { capture } = this.stores;
    const note = (): boolean => {
      const state = capture.getState();
      if (state.opened?.captureId !== captureId) return true;
      if (state.progress === null || isReading(state) || state.progress.state === 'capturing' || state.progress.state === 'failed') return false;
      this.#host.shell.call('shell.noteOpened', { captureId, packets: packetCount(state) }).catch(() => undefined);
      return true;
    };
    if (note()) return;
    const unsubscribe = capture.subscribe(() => {
      if (note()) unsubscribe();
    });
  }

  #endSession(): void {
    this.session?.end();
    this.session = null;
  }

  get stores(): Stores {
    return this.#stores;
  }

  openWithDialog(): void {
    if (this.#host.kind === 'electron') this.#open('the file', () => this.#host.shell.call('shell.openDialog', {}));
    else void this.#options.chooseFile().then((file) => file !== null && this.openFile(file));
  }

  openFile(file: File): void {
    const { capture } = this.stores;
    const showShare = (sentBytes: number): void => uploadProgressed(capture, { name: file.name, share: file.size === 0 ? 1 : sentBytes / file.size });
    this.#open(file.name, () => this.#host.openFile(file, { onProgress: showShare }));
  }

  openRecent(id: string, name: string): void {
    this.#open(name, () => this.#host.shell.call('shell.openRecent', { id }));
  }

  openSample(id: string, name: string): void {
    this.#open(name, () => this.#host.shell.call('shell.openSample', { id }));
  }

  /** The capture itself arrives with `shell.captureChanged`; here only failures are told. */
  #open(name: string, open: () => Promise<unknown>): void {
    const { capture } = this.stores;
    openFailed(capture, null);
    open().then(
      () => uploadProgressed(capture, null),
      (error: unknown) => {
        uploadProgressed(capture, null);
        if (!isExpectedEnd(error)) openFailed(capture, { name, message: messageOf(error) });
      },
    );
  }

  close(): void {
    this.#tell(this.#host.shell.call('shell.closeCapture', {}));
  }

  stopReading(): void {
    if (this.session !== null) this.#tell(this.session.stopReading());
  }

  resume(): void {
    if (this.session !== null) this.#tell(this.session.resume());
  }

  sortBy(sort: SortOrder | null): void {
    this.session?.sortBy(sort);
  }

  cancelMaking(): boolean {
    return this.session?.cancelMaking() ?? false;
  }

  verifyChecksums(verify: boolean): void {
    if (this.session !== null) this.#tell(this.session.verifyChecksums(verify));
  }

  reconnect(): void {
    this.#options.reload();
  }

  #tell(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isExpectedEnd(error)) notify(this.stores.dialogs, messageOf(error));
    });
  }
}

/** What a promise resolves with, or null where that takes longer or it rejects. */
async function settledWithin<T>(promise: Promise<T>, patienceMs: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  const settled = await Promise.race([promise.catch(() => null), patience]);
  clearTimeout(timer);
  return settled;
}

function isExpectedEnd(error: unknown): boolean {
  return error instanceof IpcError && (error.code === 'disconnected' || error.code === 'cancelled');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
