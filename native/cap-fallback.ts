/**
 * The package `cap`, for systems where neither helper nor addon could be built: it asks for libpcap's headers
 * and a compiler when it is installed, and is bound to one version of Node. Loaded on first use.
 */
import { createRequire } from 'node:module';
import { closeSync, openSync, writeSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { PcapngBlocks } from '../shared/capture-files/write-pcapng.ts';
import { CaptureError, type CaptureOptions, type Counts, type RunningCapture, type StopReason } from './capture-types.ts';
import { ChannelCapture } from './event-channel.ts';
import type { NativeInterface } from './helper-messages.ts';

/** What the user has to know of a capture with `cap`. */
export const capLimits: readonly string[] = [
  'Time stamps are taken when packets reach this program, not when they arrived.',
  'Nobody can tell how many packets were lost; at high rates it is a large part of them.',
  'It captures on one interface, always in promiscuous mode, into one file.',
  'The capture runs inside this program: it ends when the program ends, and the program itself needs the rights.',
];

interface CapDevice {
  readonly name: string;
  readonly description?: string;
  readonly addresses: readonly { readonly addr?: string; readonly netmask?: string }[];
  readonly flags?: string;
}

interface CapCapture {
  open(device: string, filter: string, bufferBytes: number, packet: Buffer): string;
  close(): void;
  setMinBytes?(bytes: number): void;
  on(event: 'packet', listener: (length: number, truncated: boolean) => void): void;
}

export interface CapModule {
  readonly Cap: { new (): CapCapture; deviceList(): readonly CapDevice[] };
}

/** cap names link types; these are their LINKTYPE_ numbers (tcpdump.org/linktypes.html). */
const linkTypes: Readonly<Record<string, number>> = { NULL: 0, ETHERNET: 1, IEEE802_11_RADIO: 127, LINKTYPE_LINUX_SLL: 113, RAW: 101 };

const largestPacket = 65_535;
const countersEveryMs = 500;
const flushEveryMs = 100;
const flushAtBytes = 1 << 18;
const ticksPerSecondExponent = 6;

let loaded: CapModule | null | undefined;

/** Null when the package is not installed or was built for another Node. */
export function loadCap(): CapModule | null {
  if (loaded !== undefined) return loaded;
  try {
    loaded = createRequire(import.meta.url)('cap') as CapModule;
  } catch {
    loaded = null;
  }
  return loaded;
}

export function capInterfaces({ Cap }: CapModule): readonly NativeInterface[] {
  const known = networkInterfaces();
  return Cap.deviceList().map(({ name, description, addresses, flags }) => ({
    name,
    description: description ?? null,
    addresses: addresses.flatMap(({ addr, netmask }) => (addr === undefined ? [] : [{ address: addr, netmask: netmask ?? null, kind: addr.includes(':') ? ('ipv6' as const) : ('ipv4' as const) }])),
    // Node lists the interfaces that are up and have an address.
    isUp: known[name] !== undefined,
    isRunning: known[name] !== undefined,
    isLoopback: flags === 'PCAP_IF_LOOPBACK',
    isWireless: false,
    hasCarrier: null,
    linkTypes: [],
    canMonitor: null,
    timestampTypes: [],
    problem: null,
  }));
}

/**
 * @throws {CaptureError} when the device cannot be opened, the file not written, or the options ask for what cap cannot do
 */
export function capCapture({ Cap }: CapModule, options: CaptureOptions): Promise<RunningCapture> {
  const [device, second] = options.interfaces;
  if (device === undefined || second !== undefined || options.nextFileAfter !== undefined || options.file === '-') {
    throw new CaptureError('internal', 'The package cap captures on one interface into one file. Build the capture helper for more: npm run build:native.');
  }
  const settings = { ...options, ...device };
  const packet = Buffer.alloc(Math.min(settings.snaplen || largestPacket, largestPacket));
  const capture = new Cap();
  const linkType = open(capture, device.name, settings.filter ?? '', (settings.bufferKib ?? 65_536) * 1024, packet);
  capture.setMinBytes?.(0);
  const writer = new CapWriter(options, device.name, linkType, packet, capture);
  const running = new ChannelCapture({ requestStop: () => writer.end('request'), release: () => undefined }, null);
  writer.begin((event) => running.receive(`${JSON.stringify(event)}\n`));
  return running.ready;
}

function open(capture: CapCapture, device: string, filter: string, bufferBytes: number, packet: Buffer): number {
  try {
    const name = capture.open(device, filter, bufferBytes, packet);
    const linkType = linkTypes[name];
    if (linkType === undefined) throw new Error(`link type ${name} is not known to it`);
    return linkType;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const code = /permi(t|ssion)/i.test(reason) ? 'no-permission' : /No such device|does not exist/i.test(reason) ? 'no-such-interface' : filter !== '' && /syntax|filter/i.test(reason) ? 'bad-filter' : 'internal';
    throw new CaptureError(code, `The package cap could not capture on ${device}: ${reason}.`);
  }
}

/** Writes what cap emits, and says so in the helper's events. */
class CapWriter {
  readonly #file: number;
  readonly #blocks = new PcapngBlocks();
  readonly #startedMs = performance.now();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #options: CaptureOptions;
  readonly #device: string;
  readonly #linkType: number;
  readonly #packet: Buffer;
  readonly #capture: CapCapture;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #received = 0;
  #written = 0;
  #bytes = 0;
  #emit: (event: object) => void = () => undefined;
  #ended = false;

  constructor(options: CaptureOptions, device: string, linkType: number, packet: Buffer, capture: CapCapture) {
    this.#options = options;
    this.#device = device;
    this.#linkType = linkType;
    this.#packet = packet;
    this.#capture = capture;
    try {
      this.#file = openSync(options.file, 'w', 0o600);
    } catch (error) {
      capture.close();
      throw new CaptureError('unwritable', `The file ${options.file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  begin(emit: (event: object) => void): void {
    this.#emit = emit;
    this.#add(this.#blocks.section([{ code: 4, value: 'Layerscope (cap)' }]));
    this.#add(this.#blocks.interface({ linkType: this.#linkType, snapLength: this.#packet.length, timeResolution: ticksPerSecondExponent, options: [{ code: 2, value: this.#device }] }));
    this.#flush();
    this.#capture.on('packet', (length) => this.#onPacket(length));
    this.#timers.push(setInterval(() => this.#flush(), flushEveryMs), setInterval(() => this.#emit({ event: 'counters', ...this.#counts() }), countersEveryMs));
    const { seconds } = this.#options.stopAfter ?? {};
    if (seconds !== undefined) this.#timers.push(setTimeout(() => this.end('seconds'), seconds * 1000));
    const started = { name: this.#device, linkType: this.#linkType, linkTypeName: String(this.#linkType), snaplen: this.#packet.length, precision: 'micro', timestampType: null };
    emit({ event: 'started', pid: process.pid, file: this.#options.file, interfaces: [started] });
  }

  end(reason: StopReason): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#capture.close();
    this.#flush();
    closeSync(this.#file);
    this.#emit({ event: 'stopped', reason, ...this.#counts() });
  }

  #onPacket(length: number): void {
    if (this.#ended) return;
    const nowUs = Math.round((performance.timeOrigin + performance.now()) * 1000);
    const timeSeconds = Math.floor(nowUs / 1_000_000);
    this.#add(this.#blocks.enhancedPacket({ timeSeconds, timeNanos: (nowUs - timeSeconds * 1_000_000) * 1000, bytes: this.#packet.subarray(0, length) }));
    this.#received += 1;
    const { packets, bytes } = this.#options.stopAfter ?? {};
    if (this.#received === packets) this.end('packets');
    else if (bytes !== undefined && this.#bytes + this.#pendingBytes >= bytes) this.end('bytes');
  }

  #add(block: Uint8Array): void {
    this.#pending.push(block);
    this.#pendingBytes += block.length;
    if (this.#pendingBytes >= flushAtBytes) this.#flush();
  }

  #flush(): void {
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      writeSync(this.#file, bytes);
      this.#bytes += bytes.length;
      this.#written = this.#received;
    } catch (error) {
      const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
      this.#emit({ event: 'problem', code: full ? 'disk-full' : 'unwritable', message: `Writing to ${this.#options.file} failed: ${String(error)}. The capture ends with what is in the file.`, fatal: true });
      this.end(full ? 'disk-full' : 'error');
    }
  }

  #counts(): Counts {
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const unknown = { droppedByKernel: null, droppedByInterface: null };
    return { seconds, received: this.#received, written: this.#written, bytes: this.#bytes, ...unknown, perInterface: [{ name: this.#device, received: this.#received, ...unknown }] };
  }
}
