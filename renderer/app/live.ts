/**
 * Ties live capture on the host to the stores: what there is to capture from, what passes it, the
 * status of the capture on show, and the user's wishes on the way back.
 */
import type { LiveOptions, LiveRemoteOptions } from '../../shared/ipc/capture-contract.ts';
import type { Unsubscribe } from '../../shared/ipc/client.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { ShellClient } from '../ipc/host.ts';
import { readCaptureForm } from '../stores/read-capture-form.ts';
import { chooseInterfaces } from '../stores/capture-form.ts';
import { closeDialog, notify, openDialog } from '../stores/dialogs.ts';
import {
  activityNoted, captureObstacle, followAgain, interfacesFound, isCapturing, liveForgotten, lookingFailed, lookingForInterfaces, orphansFound, settingsTold, startFailed, startingCapture, statusTold, stopAsked, stopFollowing,
} from '../stores/live.ts';
import { followFlowProcess } from './flow-process.ts';
import type { Stores } from './stores.ts';

/** What libpcap says of a capture filter. */
export interface FilterVerdict {
  readonly ok: boolean;
  readonly message: string | null;
  readonly token: string | null;
  /** Index of the token's first character. */
  readonly at: number | null;
}

export interface LiveActions {
  /** Asks for the interfaces, filters and orphans anew, for example after rights were given. */
  refresh(): void;
  /** Shows what passes the interfaces until the returned function is called. */
  watch(): () => void;
  /** Starts on the chosen interfaces as set up; shows the options where something in them is wrong. */
  start(): void;
  /** Starts on one interface as set up. */
  startOn(name: string): void;
  stop(): void;
  restart(): void;
  /** Lets the list stand still while the capture goes on, or catch up again. */
  setShowing(showing: boolean): void;
  /** Follows the end of the list from now on. */
  followEnd(): void;
  checkFilter(text: string, linkType: number, snaplen: number, signal: AbortSignal): Promise<FilterVerdict>;
  saveFilter(name: string, filter: string): void;
  removeFilter(name: string): void;
  adopt(id: string): void;
  discard(id: string): void;
  /** Rejects with an `IpcError` whose message is for the user. */
  startRemote(options: LiveRemoteOptions): Promise<void>;
  /** As above; null asks with the system's dialog. */
  showFolder(path: string | null): Promise<void>;
}

export interface Live {
  readonly actions: LiveActions;
  /** Begins to follow which capture is on show. */
  begin(): void;
}

export function createLive(shell: ShellClient, stores: Stores): Live {
  const control = new LiveControl(shell, stores);
  return { actions: control, begin: () => control.begin() };
}

class LiveControl implements LiveActions {
  readonly #shell: ShellClient;
  readonly #stores: Stores;
  #endStatus: Unsubscribe = () => undefined;
  #endActivity: Unsubscribe = () => undefined;
  /** Interfaces that are watched at present, one name a line. */
  #watched = '';
  #watchers = 0;

  constructor(shell: ShellClient, stores: Stores) {
    this.#shell = shell;
    this.#stores = stores;
  }

  begin(): void {
    const { capture, rows, selection } = this.#stores;
    followFlowProcess(this.#shell, this.#stores);
    capture.subscribe(({ opened }, before) => {
      if (opened?.captureId !== before.opened?.captureId) this.#followStatus(opened?.captureId ?? null);
    });
    // Who selects a packet wants to look at it: a list that runs on would take it away. The first one is selected by the window itself.
    selection.subscribe(({ packet, position }, before) => {
      if (packet === before.packet || before.packet === null || packet === null) return;
      const { total } = rows.getState();
      if (position < total - 1) stopFollowing(this.#stores.live, total);
    });
  }

  #followStatus(captureId: string | null): void {
    const { live } = this.#stores;
    this.#endStatus();
    this.#endStatus = () => undefined;
    liveForgotten(live);
    if (captureId === null) return;
    // For a file the stream ends at once with `not-found`: there is nothing to tell.
    this.#endStatus = this.#shell.subscribe('live.status', { captureId }, (status) => statusTold(live, status), () => undefined);
  }

  refresh(): void {
    const { live } = this.#stores;
    lookingForInterfaces(live);
    this.#shell.call('live.interfaces', {}).then(
      (found) => {
        interfacesFound(live, found);
        this.#chooseSome();
        this.#watchActivity();
      },
      (error: unknown) => lookingFailed(live, messageOf(error)),
    );
    // Without these one can capture all the same.
    this.#shell.call('live.settings', {}).then((settings) => settingsTold(live, settings), () => undefined);
    this.#lookForOrphans();
  }

  #lookForOrphans(): void {
    this.#shell.call('live.orphans', {}).then((orphans) => orphansFound(this.#stores.live, orphans), () => undefined);
  }

  /** What was chosen last time may be gone; something is always chosen where there is anything. */
  #chooseSome(): void {
    const { live, captureForm } = this.#stores;
    const names = (live.getState().found?.interfaces ?? []).map(({ name }) => name);
    const { chosen } = captureForm.getState();
    const there = chosen.filter((name) => names.includes(name));
    if (there.length === 0 && names[0] !== undefined) chooseInterfaces(captureForm, [names[0]]);
    else if (there.length !== chosen.length) chooseInterfaces(captureForm, there);
  }

  watch(): () => void {
    this.#watchers += 1;
    this.refresh();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#watchers -= 1;
      this.#watchActivity();
    };
  }

  /** One subscription for all interfaces that can be watched; a new one only where others are to be watched. */
  #watchActivity(): void {
    const state = this.#stores.live.getState();
    const names = captureObstacle(state) === null ? (state.found?.interfaces ?? []).filter(({ problem, isUp }) => problem === null && isUp).map(({ name }) => name) : [];
    const wanted = this.#watchers > 0 ? names.join('\n') : '';
    if (wanted === this.#watched) return;
    this.#endActivity();
    this.#endActivity = () => undefined;
    this.#watched = wanted;
    if (wanted === '') return;
    this.#endActivity = this.#shell.subscribe('live.activity', { names }, (event) => activityNoted(this.#stores.live, event), () => {
      // The watching helper ended: the next look at the interfaces starts another.
      if (this.#watched === wanted) this.#watched = '';
    });
  }

  start(): void {
    const { captureForm, live, dialogs } = this.#stores;
    const obstacle = captureObstacle(live.getState());
    if (obstacle !== null) return startFailed(live, { message: obstacle, code: '' });
    const { options } = readCaptureForm(captureForm.getState(), live.getState().found?.interfaces ?? []);
    if (options === null) return openDialog(dialogs, 'capture-options');
    this.#start(options);
  }

  startOn(name: string): void {
    chooseInterfaces(this.#stores.captureForm, [name]);
    this.start();
  }

  #start(options: LiveOptions): void {
    const { live, dialogs } = this.#stores;
    if (live.getState().isStarting) return;
    startingCapture(live, true);
    this.#shell.call('live.start', options).then(
      () => {
        startingCapture(live, false);
        if (dialogs.getState().open === 'capture-options') closeDialog(dialogs);
      },
      (error: unknown) => startFailed(live, { message: messageOf(error), code: error instanceof IpcError ? error.detail : '' }),
    );
  }

  stop(): void {
    stopAsked(this.#stores.live);
    this.#tell((captureId) => this.#shell.call('live.stop', { captureId }));
  }

  restart(): void {
    const { live } = this.#stores;
    startingCapture(live, true);
    this.#tell(async (captureId) => {
      await this.#shell.call('live.restart', { captureId }).finally(() => startingCapture(live, false));
    });
  }

  setShowing(showing: boolean): void {
    this.#tell((captureId) => this.#shell.call(showing ? 'live.resume' : 'live.pause', { captureId }));
  }

  followEnd(): void {
    if (isCapturing(this.#stores.live.getState())) followAgain(this.#stores.live);
  }

  checkFilter(text: string, linkType: number, snaplen: number, signal: AbortSignal): Promise<FilterVerdict> {
    return this.#shell.call('live.checkFilter', { text, linkType, snaplen }, { signal });
  }

  saveFilter(name: string, filter: string): void {
    this.#settle(this.#shell.call('live.saveFilter', { name, filter }).then((settings) => settingsTold(this.#stores.live, settings)));
  }

  removeFilter(name: string): void {
    this.#settle(this.#shell.call('live.removeFilter', { name }).then((settings) => settingsTold(this.#stores.live, settings)));
  }

  adopt(id: string): void {
    this.#settle(this.#shell.call('live.adopt', { id }).finally(() => this.#lookForOrphans()));
  }

  discard(id: string): void {
    this.#settle(this.#shell.call('live.discard', { id }).finally(() => this.#lookForOrphans()));
  }

  async startRemote(options: LiveRemoteOptions): Promise<void> {
    await this.#shell.call('live.remote', options);
  }

  async showFolder(path: string | null): Promise<void> {
    await this.#shell.call('live.folder', { path });
  }

  #tell(call: (captureId: string) => Promise<unknown>): void {
    const { opened } = this.#stores.capture.getState();
    if (opened !== null) this.#settle(call(opened.captureId));
  }

  /** What fails is told in the status bar. */
  #settle(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof IpcError && (error.code === 'disconnected' || error.code === 'cancelled'))) notify(this.#stores.dialogs, messageOf(error));
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
