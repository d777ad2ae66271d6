/**
 * Made-up live capture behind the real contract: interfaces with traffic on them, a capture that grows,
 * orphans, filters. What tests and the development page want to be different, they say in `FakeLive`.
 */
import type { LiveInterface, LiveInterfaces, LiveOptions, LiveOrphans, LiveSettings, LiveStatus } from '../../shared/ipc/capture-contract.ts';
import type { shellContract } from '../../shared/ipc/contract.ts';
import type { Event } from '../../shared/ipc/define.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Handlers, StreamContext } from '../../shared/ipc/peer.ts';
import type { OpenedCapture } from '../ipc/host.ts';

export interface FakeLive {
  readonly interfaces?: readonly LiveInterface[];
  readonly backend?: LiveInterfaces['backend'];
  /** Read at each look, so that it can be mended meanwhile. */
  readonly permission?: () => LiveInterfaces['permission'];
  readonly orphans?: LiveOrphans;
  /** Packets a second of a running capture. */
  readonly packetsPerSecond?: number;
  /** How the drops are told. */
  readonly drops?: Pick<LiveStatus, 'droppedByKernel' | 'droppedByInterface'>;
  /** `live.start` fails with this. */
  readonly refusal?: IpcError;
  readonly ownSshFilter?: string;
  /** What has the flows of a capture. */
  readonly process?: { readonly pid: number; readonly name: string };
}

/** A capture that grows; for the engine and the status alike. */
export interface FakeRun {
  readonly options: LiveOptions;
  readonly name: string;
  readonly captureId: () => string;
  /** Packets so far, and those that the list shows. */
  readonly received: () => number;
  readonly shown: () => number;
  readonly isRunning: () => boolean;
}

export interface FakeLiveHost {
  readonly handlers: Pick<Handlers<typeof shellContract>, Extract<keyof Handlers<typeof shellContract>, `live.${string}`>>;
  /** What was asked to start, oldest first. */
  readonly started: readonly LiveOptions[];
  /** Ends the running capture by itself. */
  end(state: 'stopped' | 'failed', reason: string, problem?: LiveStatus['problems'][number]): void;
  /** Lets that many packets come at once. */
  receive(packets: number): void;
}

const noMac: LiveInterface['addresses'] = [];
const plain: LiveInterface = {
  name: '', description: null, friendlyName: null, addresses: noMac, isUp: true, isRunning: true, isLoopback: false, isWireless: false, hasCarrier: true, isDefaultRoute: false,
  linkTypes: [{ number: 1, name: 'EN10MB', description: 'Ethernet' }], canMonitor: false, timestampTypes: ['host'], problem: null,
};

export const fakeInterfaces: readonly LiveInterface[] = [
  { ...plain, name: 'lo', friendlyName: 'Loopback', isLoopback: true, addresses: [{ address: '127.0.0.1', netmask: '255.0.0.0', kind: 'ipv4' }, { address: '::1', netmask: null, kind: 'ipv6' }] },
  {
    ...plain, name: 'wlan0', friendlyName: 'Wi-Fi', isWireless: true, isDefaultRoute: true, canMonitor: true, timestampTypes: ['host', 'adapter'],
    addresses: [{ address: '192.168.1.24', netmask: '255.255.255.0', kind: 'ipv4' }, { address: '3c:22:fb:7a:1e:04', netmask: null, kind: 'mac' }],
    linkTypes: [...plain.linkTypes, { number: 127, name: 'IEEE802_11_RADIO', description: '802.11 plus radiotap header' }],
  },
  { ...plain, name: 'eth0', friendlyName: 'Ethernet', hasCarrier: false, isRunning: false },
  { ...plain, name: 'docker0', friendlyName: 'Bridge', addresses: [{ address: '172.17.0.1', netmask: '255.255.0.0', kind: 'ipv4' }] },
  { ...plain, name: 'wg0', friendlyName: 'Tunnel', addresses: [{ address: '10.8.0.2', netmask: '255.255.255.0', kind: 'ipv4' }], linkTypes: [{ number: 12, name: 'RAW', description: 'Raw IP' }] },
  { ...plain, name: 'wwan0', friendlyName: 'Mobile', isUp: false, isRunning: false, hasCarrier: null },
];

/** Packets a second, by interface. */
const traffic: Readonly<Record<string, number>> = { wlan0: 412, docker0: 18, wg0: 55, lo: 31 };

const helper: LiveInterfaces['backend'] = { kind: 'helper', version: 'libpcap version 1.10.3', missing: null, limits: [] };
const noOrphans: LiveOrphans = { running: [], files: [] };
const tickMs = 100;

type Activity = Event<typeof shellContract, 'live.activity'>;

/** One of `words` misspelt or a field of the display filter: libpcap's kind of answer. */
export function fakeVerdict(text: string): { ok: boolean; message: string | null; token: string | null; at: number | null } {
  const wrong = /\b(prot|hots|tcp\.port)\b/.exec(text);
  return wrong === null ? { ok: true, message: null, token: null, at: null } : { ok: false, message: 'syntax error', token: wrong[0], at: wrong.index };
}

/** `open` shows a growing capture in the window, and tells the id that it got. */
export function createFakeLive(live: FakeLive, open: (run: FakeRun) => OpenedCapture): FakeLiveHost {
  const started: LiveOptions[] = [];
  let settings: LiveSettings = { recentFilters: ['tcp port 443'], savedFilters: [{ name: 'DNS', filter: 'port 53' }], captureFolder: '~/Captures', ownSshFilter: live.ownSshFilter ?? null };
  let orphans = live.orphans ?? noOrphans;
  let run: Run | null = null;

  function start(options: LiveOptions, state: LiveStatus['state'] = 'capturing'): { value: { opened: OpenedCapture } } {
    run?.stop('stopped', 'It was stopped.');
    const next = new Run(options, live, state);
    run = next;
    next.opened = open(next);
    return { value: { opened: next.opened } };
  }

  function settled(change: Partial<LiveSettings>): { value: LiveSettings } {
    settings = { ...settings, ...change };
    return { value: settings };
  }

  function runOf(captureId: string): Run {
    if (run?.opened?.captureId !== captureId) throw new IpcError('not-found', 'This is not a live capture.');
    return run;
  }

  return {
    started,
    end: (state, reason, problem) => void run?.stop(state, reason, problem),
    receive: (packets) => run?.receive(packets),
    handlers: {
      'live.interfaces': () => ({ value: { backend: live.backend ?? helper, permission: live.permission?.() ?? null, interfaces: [...(live.interfaces ?? fakeInterfaces)] } }),
      'live.activity': ({ names }, context) => emitActivity(names, context),
      'live.checkFilter': ({ text }) => ({ value: fakeVerdict(text) }),
      'live.start': (options) => {
        if (live.refusal !== undefined) throw live.refusal;
        started.push(options);
        return start(options);
      },
      'live.stop': ({ captureId }) => ({ value: runOf(captureId).stop('stopped', 'You stopped it.') }),
      'live.restart': ({ captureId }) => start(runOf(captureId).options),
      'live.pause': ({ captureId }) => ({ value: runOf(captureId).setShowing(false) }),
      'live.resume': ({ captureId }) => ({ value: runOf(captureId).setShowing(true) }),
      'live.status': ({ captureId }, context) => runOf(captureId).follow(context),
      'live.process': ({ captureId }) => ({ value: { process: runOf(captureId).isRunning() ? (live.process ?? null) : null } }),
      'live.orphans': () => ({ value: orphans }),
      'live.adopt': ({ id }) => {
        const found = orphans.running.find((one) => one.id === id);
        orphans = withoutOrphan(orphans, id);
        return start(optionsFor(found?.interfaces ?? ['eth0']), found === undefined ? 'stopped' : 'attached');
      },
      'live.discard': ({ id }) => {
        orphans = withoutOrphan(orphans, id);
        return { value: {} };
      },
      'live.remote': ({ host, remoteInterface }) => {
        if (host === 'nowhere') throw new IpcError('failed', 'ssh could not reach nowhere: no such host.', 'unreachable');
        return start(optionsFor([`${remoteInterface} on ${host}`]));
      },
      'live.folder': ({ path }) => ({ value: { opened: path === null ? null : start(optionsFor([path])).value.opened } }),
      'live.settings': () => ({ value: settings }),
      'live.saveFilter': ({ name, filter }) => settled({ savedFilters: [...settings.savedFilters.filter((one) => one.name !== name), { name, filter }] }),
      'live.removeFilter': ({ name }) => settled({ savedFilters: settings.savedFilters.filter((one) => one.name !== name) }),
    },
  };
}

function emitActivity(names: readonly string[], { emit, signal }: StreamContext<Activity>): void {
  let ticks = 0;
  const packets = (name: string): number => Math.round((traffic[name] ?? 0) * ticks * 0.5 * (1 + 0.3 * Math.sin(ticks / 3)));
  const timer = setInterval(() => {
    ticks += 1;
    emit({ seconds: ticks * 0.5, counters: names.map((name) => ({ name, packets: packets(name), bytes: packets(name) * 940 })) });
  }, 500);
  signal.addEventListener('abort', () => clearInterval(timer));
}

function withoutOrphan({ running, files }: LiveOrphans, id: string): LiveOrphans {
  return { running: running.filter((one) => one.id !== id), files: files.filter((one) => one.id !== id) };
}

function optionsFor(names: readonly string[]): LiveOptions {
  return {
    interfaces: names.map((name) => ({ name, promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter: '' })),
    file: null,
    autostop: { packets: null, bytes: null, seconds: null, files: null },
    rotate: { bytes: null, seconds: null, packets: null, ring: null },
    excludeOwnSsh: false,
  };
}

class Run implements FakeRun {
  readonly options: LiveOptions;
  opened: OpenedCapture | null = null;
  readonly #live: FakeLive;
  readonly #listeners = new Set<StreamContext<LiveStatus>>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #startedAt = performance.now();
  #seconds = 0;
  #packets = 0;
  #state: LiveStatus['state'];
  #heldAt: number | null = null;
  #reason: string | null = null;
  #problems: LiveStatus['problems'] = [];

  constructor(options: LiveOptions, live: FakeLive, state: LiveStatus['state']) {
    this.options = options;
    this.#live = live;
    this.#state = state;
    this.#packets = state === 'capturing' ? 0 : 1200;
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  get name(): string {
    return `layerscope_${this.options.interfaces[0]?.name ?? 'none'}_20261121120000.pcapng`;
  }

  captureId = (): string => this.opened?.captureId ?? '';
  received = (): number => this.#packets;
  shown = (): number => this.#heldAt ?? this.#packets;
  isRunning = (): boolean => this.#state === 'capturing' || this.#state === 'attached';

  receive(packets: number): void {
    if (this.isRunning()) this.#packets += packets;
    this.#tell();
  }

  stop(state: 'stopped' | 'failed', reason: string, problem?: LiveStatus['problems'][number]): Record<string, never> {
    clearInterval(this.#timer);
    this.#state = state;
    this.#reason = reason;
    this.#heldAt = null;
    if (problem !== undefined) this.#problems = [...this.#problems, problem];
    this.#tell();
    return {};
  }

  setShowing(showing: boolean): Record<string, never> {
    this.#heldAt = showing ? null : this.#packets;
    this.#tell();
    return {};
  }

  follow(context: StreamContext<LiveStatus>): void {
    this.#listeners.add(context);
    context.signal.addEventListener('abort', () => this.#listeners.delete(context));
    context.emit(this.#status());
  }

  #tick(): void {
    this.#seconds = (performance.now() - this.#startedAt) / 1000;
    this.#packets += Math.round(((this.#live.packetsPerSecond ?? 0) * tickMs) / 1000);
    this.#tell();
  }

  #tell(): void {
    for (const { emit } of this.#listeners) emit(this.#status());
  }

  #status(): LiveStatus {
    const drops = this.#live.drops ?? { droppedByKernel: 0, droppedByInterface: null };
    return {
      state: this.#state,
      isShowing: this.#heldAt === null,
      backend: this.#live.backend?.kind === 'cap' ? 'cap' : 'helper',
      interfaces: this.options.interfaces.map(({ name, snaplen }) => ({ name, linkTypeName: 'Ethernet', snaplen, precision: 'nano', received: this.#packets, ...drops })),
      seconds: this.#seconds,
      received: this.#packets,
      written: this.#packets,
      bytes: this.#packets * 261,
      ...drops,
      file: this.name,
      folder: '~/Captures',
      files: 1,
      deletedFiles: 0,
      stopReason: this.#reason,
      problems: [...this.#problems],
    };
  }
}
