/**
 * All live captures of a host, shared by its windows. A capture belongs to nobody: it goes on when its window
 * closes or the host is killed, until it is stopped, and can be found again (`orphans`, `adopt`).
 */
import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { attachCapture, backend, CaptureError, checkFilter, findRunningCaptures, listInterfaces, permissionProblem, startCapture, type CaptureOptions } from '../../../native/capture.ts';
import type { FlowEnd, SocketOwner, Transport } from '../../../native/socket-owners.ts';
import type { LiveCaptureFilter, LiveInterfaces, LiveOptions, LiveOrphans, LiveRemoteOptions, LiveSettings } from '../../../shared/ipc/capture-contract.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { trimTornTail } from '../../engine/torn-tail.ts';
import { displayFolder } from '../user-folders.ts';
import { CaptureFilters } from './capture-filters.ts';
import { captureFiles, chosenCapturePath, freePath, newCapturePath, totalBytes } from './capture-names.ts';
import { captureOptions } from './capture-options.ts';
import { CaptureRegistry, isAlive, markOf, type RegisteredCapture } from './capture-registry.ts';
import { FlowProcesses } from './flow-processes.ts';
import { driveByHelper, startedInterfaces } from './helper-capture.ts';
import { InterfaceActivity, type Activity } from './interface-activity.ts';
import { LiveCapture } from './live-capture.ts';
import { ownSshFilter } from './own-ssh.ts';
import { driveByProcess } from './process-capture.ts';
import { startRemoteCapture } from './remote-capture.ts';
import { watchRingFolder } from './ring-folder.ts';

export interface LiveCapturesOptions {
  readonly configFolder: string;
  /** For captures without a chosen file. */
  readonly captureFolder: string;
  /** For ssh, and for what SSH tells of itself; default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
}

interface Held {
  readonly capture: LiveCapture;
  /** Null for folders: there is nothing to find again. */
  readonly entry: RegisteredCapture | null;
  windows: number;
  /** Fulfilled when it has ended and that is noted. */
  settled: Promise<void>;
}

const mostListed = 100;

export class LiveCaptures {
  readonly #options: LiveCapturesOptions;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #registry: CaptureRegistry;
  readonly #filters: CaptureFilters;
  readonly #activity = new InterfaceActivity();
  readonly #processes = new FlowProcesses();
  /** Captures that this host knows, by id. */
  readonly #held = new Map<string, Held>();
  /** Of captures that this host knows or knew: one that has just ended may still answer. */
  readonly #knownSockets = new Set<string | null>();

  constructor(options: LiveCapturesOptions) {
    this.#options = options;
    this.#environment = options.environment ?? process.env;
    this.#registry = new CaptureRegistry(options.configFolder);
    this.#filters = new CaptureFilters(options.configFolder);
  }

  // ── before a capture ───────────────────────────────────────────────────────

  async interfaces(): Promise<LiveInterfaces> {
    const { kind, version, missing, limits } = backend();
    const described = { kind, version, missing, limits: [...limits] };
    if (kind === 'none') return { backend: described, permission: null, interfaces: [] };
    const [permission, listed] = await Promise.all([permissionProblem(), listInterfaces().catch(asMissing)]);
    if (typeof listed === 'string') return { backend: { ...described, missing: missing ?? listed }, permission, interfaces: [] };
    const interfaces = listed.slice(0, 256).map((each) => ({ ...each, addresses: [...each.addresses], linkTypes: [...each.linkTypes], timestampTypes: [...each.timestampTypes] }));
    return { backend: described, permission, interfaces };
  }

  /** What passes interfaces, twice a second; returns the function that ends it. */
  watch(names: readonly string[], emit: (activity: Activity) => void): () => void {
    return this.#activity.subscribe(names, emit);
  }

  async checkFilter(text: string, linkType: number, snaplen: number): Promise<{ ok: boolean; message: string | null; token: string | null; at: number | null }> {
    const answer = await checkFilter(text, linkType, snaplen).catch(refuse);
    return answer.ok ? { ok: true, message: null, token: null, at: null } : answer;
  }

  async settings(): Promise<LiveSettings> {
    return { ...(await this.#filters.read()), captureFolder: displayFolder(this.#options.captureFolder), ownSshFilter: ownSshFilter(this.#environment) };
  }

  async saveFilter(filter: LiveCaptureFilter): Promise<LiveSettings> {
    await this.#filters.save(filter);
    return this.settings();
  }

  async removeFilter(name: string): Promise<LiveSettings> {
    await this.#filters.remove(name);
    return this.settings();
  }

  // ── captures ───────────────────────────────────────────────────────────────

  /** Rejects with an `IpcError` whose `detail` is the helper's code. */
  async start(options: LiveOptions): Promise<LiveCapture> {
    const names = options.interfaces.map(({ name }) => name);
    const out = options.file === null ? await newCapturePath(this.#options.captureFolder, names) : await chosenCapturePath(options.file);
    const own = options.excludeOwnSsh ? ownSshFilter(this.#environment) : null;
    const capture = await this.startAs(captureOptions(options, out, own), options);
    void this.#filters.noteUsed(options.interfaces.map(({ filter }) => filter));
    return capture;
  }

  /** As `start`, for callers that speak the helper's language; they may replace a file. */
  async startAs(options: CaptureOptions, asked: LiveOptions | null): Promise<LiveCapture> {
    const running = await startCapture(options).catch(refuse);
    const id = newId();
    const { file, started } = running;
    const name = options.nextFileAfter === undefined ? basename(file) : basename(options.file, extname(options.file));
    const capture = new LiveCapture({ id, name, backend: liveBackend(), interfaces: startedInterfaces(started), files: [file], startedAtMs: Date.now(), isAttached: false });
    driveByHelper(capture, running);
    await this.#hold(capture, {
      version: 1,
      id,
      name,
      out: options.file,
      isSet: options.nextFileAfter !== undefined,
      interfaces: options.interfaces.map((each) => each.name),
      startedAtMs: capture.startedAtMs,
      controlSocket: running.controlSocket,
      writer: markOf(running.pid),
      owner: markOf(process.pid),
      options: asked,
    });
    return capture;
  }

  /** Another capture with the same options; rejects with an `IpcError` where this one was not begun here. */
  async restart(capture: LiveCapture): Promise<LiveCapture> {
    const options = this.#held.get(capture.id)?.entry?.options ?? null;
    if (options === null) throw new IpcError('failed', 'How this capture was started is not known; start a new one from the list of interfaces.');
    capture.stop();
    await capture.ended;
    return this.start({ ...options, file: options.file === null ? null : freePath(options.file) });
  }

  async remote(options: LiveRemoteOptions): Promise<LiveCapture> {
    const names = [options.host, options.remoteInterface];
    const file = await newCapturePath(this.#options.captureFolder, [names.join('_')], '.pcap');
    const id = newId();
    const capture = await startRemoteCapture(options, { id, file, environment: this.#environment });
    const here = markOf(process.pid);
    const { name, startedAtMs } = capture;
    await this.#hold(capture, { version: 1, id, name, out: file, isSet: false, interfaces: names, startedAtMs, controlSocket: null, writer: here, owner: here, options: null });
    void this.#filters.noteUsed([options.filter]);
    return capture;
  }

  async folder(path: string): Promise<LiveCapture> {
    const capture = await watchRingFolder(path, newId()).catch((error: unknown) => {
      if (error instanceof IpcError) throw error;
      throw new IpcError('failed', `The folder "${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    });
    await this.#hold(capture, null);
    return capture;
  }

  /** A window shows it from now on. Returns the function by which the window lets it go: it goes on. */
  show(capture: LiveCapture): () => void {
    const held = this.#held.get(capture.id);
    if (held === undefined) {
      void this.#registry.remove(capture.id).catch(() => undefined);
      return () => undefined;
    }
    held.windows += 1;
    let isShown = true;
    return () => {
      if (!isShown) return;
      isShown = false;
      held.windows -= 1;
      if (held.windows === 0) this.#letGo(held);
    };
  }

  /** Lets go of everything: captures of the helper go on. */
  close(): void {
    this.#activity.close();
    this.#processes.close();
    for (const { capture } of this.#held.values()) capture.detach();
    this.#held.clear();
  }

  /** The process behind a flow of a capture; null where it is not known, or the packets come from elsewhere. */
  async processOf(capture: LiveCapture, transport: Transport, one: FlowEnd, other: FlowEnd): Promise<SocketOwner | null> {
    return capture.isOfThisMachine ? this.#processes.ownerOf(transport, one, other) : null;
  }

  // ── captures without a window ──────────────────────────────────────────────

  async orphans(): Promise<LiveOrphans> {
    const found = await this.#findOrphans();
    const listed = await Promise.all(found.slice(0, mostListed).map(async ({ entry, isRunning }) => {
      const files = await captureFiles(entry.out, entry.isSet);
      const { bytes, modifiedAtMs } = await totalBytes(files);
      const { id, name, interfaces, startedAtMs } = entry;
      return { isRunning, id, name, interfaces: interfaces.filter((each) => each !== ''), startedAtMs, sizeBytes: bytes, modifiedAtMs, files: files.length };
    }));
    // Files that somebody has deleted or moved are nobody's business any more.
    for (const { id, files, isRunning } of listed) if (!isRunning && files === 0) void this.#registry.remove(id);
    return {
      running: listed.filter(({ isRunning }) => isRunning).map(({ id, name, interfaces, startedAtMs, sizeBytes }) => ({ id, name, interfaces, startedAtMs, sizeBytes })),
      files: listed.filter(({ isRunning, files }) => !isRunning && files > 0).map(({ isRunning: _isRunning, ...file }) => file),
    };
  }

  /** Rejects with an `IpcError` where there is no such capture any more. */
  async adopt(id: string): Promise<LiveCapture> {
    const held = this.#held.get(id);
    if (held !== undefined) return held.capture;
    const orphan = await this.#findOrphan(id);
    return orphan.isRunning ? this.#attach(orphan.entry) : this.#openFiles(orphan.entry);
  }

  /** Ends it and deletes its files. */
  async discard(id: string): Promise<void> {
    const { entry, isRunning } = await this.#findOrphan(id);
    if (isRunning) {
      const capture = await this.adopt(id);
      capture.stop();
      await this.#held.get(id)?.settled;
    }
    for (const file of await captureFiles(entry.out, entry.isSet)) await rm(file, { force: true });
    await this.#registry.remove(id);
    this.#held.delete(id);
  }

  async #findOrphan(id: string): Promise<{ readonly entry: RegisteredCapture; readonly isRunning: boolean }> {
    const orphan = (await this.#findOrphans()).find(({ entry }) => entry.id === id);
    if (orphan === undefined) throw new IpcError('not-found', 'This capture is not there any more, or another window shows it.');
    return orphan;
  }

  async #findOrphans(): Promise<{ readonly entry: RegisteredCapture; readonly isRunning: boolean }[]> {
    const [entries, running] = await Promise.all([this.#registry.list(), findRunningCaptures().catch(() => [])]);
    const orphans = entries.filter((entry) => !this.#hasWindow(entry)).map((entry) => {
      const isRunning = running.some(({ controlSocket }) => controlSocket === entry.controlSocket) || (this.#held.get(entry.id)?.capture.isRunning ?? (entry.owner?.pid !== entry.writer.pid && isAlive(entry.writer)));
      return { entry, isRunning };
    });
    // Begun by a host that did not live to note it.
    const known = new Set([...this.#knownSockets, ...entries.map(({ controlSocket }) => controlSocket)]);
    const unknown = running.filter(({ controlSocket }) => !known.has(controlSocket)).map(({ controlSocket, pid, file }) => ({ entry: unregistered(controlSocket, pid, file), isRunning: true }));
    return [...orphans, ...unknown];
  }

  #hasWindow({ id, owner }: RegisteredCapture): boolean {
    const held = this.#held.get(id);
    if (held !== undefined) return held.windows > 0;
    return owner !== null && isAlive(owner);
  }

  async #attach(entry: RegisteredCapture): Promise<LiveCapture> {
    const { id, name, out, isSet: hasSeveral, startedAtMs } = entry;
    const running = entry.controlSocket === null ? null : await attachCapture(entry.controlSocket).catch(() => null);
    const interfaces = running === null ? entry.interfaces.map(unknownInterface) : startedInterfaces(running.started);
    const files = await captureFiles(out, hasSeveral);
    const capture = new LiveCapture({ id, name, backend: 'helper', interfaces, files: files.length > 0 ? files : [out], startedAtMs, isAttached: true });
    if (running === null) driveByProcess(capture, entry.writer);
    else driveByHelper(capture, running);
    // One that was begun between the two questions.
    for (const file of await captureFiles(out, hasSeveral)) capture.fileBegun(file);
    await this.#hold(capture, { ...entry, owner: markOf(process.pid) });
    return capture;
  }

  /** The files of a capture that was killed, each cut back to its last whole packet. */
  async #openFiles(entry: RegisteredCapture): Promise<LiveCapture> {
    const { id, name, out, startedAtMs } = entry;
    const files = await captureFiles(out, entry.isSet);
    if (files.length === 0) throw new IpcError('not-found', `The files of "${name}" are not there any more.`);
    // A file that may not be changed is shown as it is: the reader copes with its tail.
    for (const file of files) await trimTornTail(file).catch(() => 0);
    const capture = new LiveCapture({ id, name, backend: 'helper', interfaces: entry.interfaces.map(unknownInterface), files, startedAtMs, isAttached: true });
    const { bytes } = await totalBytes(files);
    capture.counted({ bytes });
    capture.end('It ended without its window.', false);
    await this.#registry.remove(id);
    return capture;
  }

  // ── what is kept of captures ───────────────────────────────────────────────

  async #hold(capture: LiveCapture, entry: RegisteredCapture | null): Promise<void> {
    const held: Held = { capture, entry, windows: 0, settled: Promise.resolve() };
    this.#held.set(capture.id, held);
    this.#knownSockets.add(entry?.controlSocket ?? null);
    // Where it cannot be written, the control socket still leads to the capture.
    if (entry !== null) await this.#registry.put(entry).catch(() => undefined);
    held.settled = capture.ended.then(() => this.#onEnded(held));
    if (capture.isOfThisMachine) this.#processes.watch(capture.ended);
  }

  /** A window that shows it has told the user; without one, its files are offered. */
  async #onEnded(held: Held): Promise<void> {
    const { capture, entry } = held;
    if (entry !== null && held.windows === 0) await this.#registry.put({ ...entry, owner: null }).catch(() => undefined);
    // One may have come meanwhile: short captures end before they are shown.
    if (held.windows > 0 || entry === null) return this.#registry.remove(capture.id).catch(() => undefined);
    this.#held.delete(capture.id);
  }

  #letGo(held: Held): void {
    const { capture, entry } = held;
    if (entry === null) capture.stop();
    if (!capture.isRunning || entry === null) this.#held.delete(capture.id);
  }
}

function newId(): string {
  return randomBytes(16).toString('hex');
}

function liveBackend(): 'helper' | 'addon' | 'cap' {
  const { kind } = backend();
  return kind === 'none' ? 'helper' : kind;
}

function unknownInterface(name: string) {
  return { name, linkTypeName: '', snaplen: 0, precision: 'micro' as const, received: null, droppedByKernel: null, droppedByInterface: null };
}

function unregistered(controlSocket: string, pid: number, file: string): RegisteredCapture {
  const id = createHash('sha256').update(controlSocket).digest('hex').slice(0, 32);
  return { version: 1, id, name: basename(file), out: file, isSet: false, interfaces: [], startedAtMs: 0, controlSocket, writer: markOf(pid), owner: null, options: null };
}

/** The helper's refusal, for a window. */
function refuse(error: unknown): never {
  if (error instanceof CaptureError) throw new IpcError('failed', error.message, error.code);
  throw error;
}

function asMissing(error: unknown): string {
  if (error instanceof CaptureError) return error.message;
  throw error;
}

