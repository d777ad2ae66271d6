/** What the tests of native/ share: a network of their own with a small disk, and what its sender sends. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collector, readAll } from '../shared/capture-files/collect.test-helper.ts';
import { EndianWriter } from '../shared/bytes/endian-writer.ts';
import { Namespace, namespacesMissing } from '../tools/network/namespace.ts';

const release = join(import.meta.dirname, 'build', 'Release');

export const helperFile = join(release, 'layerscope-capture');
const senderFile = join(release, 'packet-sender');

/** Of the disk in the namespace. */
export const smallDiskBytes = 512 * 1024;

/** Why tests on real interfaces cannot run here; null when they can. */
export function captureTestsMissing(): string | null {
  if (process.platform === 'linux' && !(existsSync(helperFile) && existsSync(senderFile))) return 'the capture helper is not built (npm run build:native)';
  return namespacesMissing();
}

export class TestNetwork {
  /** Shared with the world outside; removed at the end. */
  readonly folder: string;
  /** A mount point whose small disk is seen in the namespace only; through `inside` from here. */
  readonly disk: string;
  /** A program to set as LAYERSCOPE_CAPTURE_HELPER: the helper, started in the namespace. */
  readonly helper: string;
  readonly #namespace: Namespace;

  private constructor(folder: string, disk: string, namespace: Namespace) {
    this.folder = folder;
    this.disk = disk;
    this.#namespace = namespace;
    this.helper = this.wrapper('helper', helperFile);
  }

  static async create(): Promise<TestNetwork> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'layerscope-network-'));
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    return new TestNetwork(folder, disk, await Namespace.create(`mount -t tmpfs -o size=${smallDiskBytes} tmpfs ${disk}`));
  }

  async close(): Promise<void> {
    await this.#namespace.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A program that starts another one in the namespace. `prefix`: words before it, as "prlimit --fsize=1000". */
  wrapper(name: string, program: string, prefix = ''): string {
    const file = join(this.folder, name);
    this.#namespace.writeProgram(file, program, prefix);
    return file;
  }

  /** Runs a program in the namespace to its end. */
  run(...words: readonly string[]): string {
    return this.#namespace.run(...words);
  }

  /** Sends numbered frames on "one" and returns how many; 0 packets a second: as fast as possible. */
  send(count: number, frameBytes = 100, perSecond = 0): number {
    return (JSON.parse(this.run(senderFile, 'one', String(count), String(frameBytes), String(perSecond))) as { readonly sent: number }).sent;
  }

  /** Sends until it is killed or has sent all. */
  startSending(count: number, frameBytes: number, perSecond: number): ChildProcess {
    return this.#namespace.spawn([senderFile, 'one', String(count), String(frameBytes), String(perSecond)], { stdio: 'ignore' });
  }

  /** A path of the namespace's files as seen from here. */
  inside(path: string): string {
    return this.#namespace.inside(path);
  }
}

/** Frame n of native/tools/packet-sender.cc. */
export function sentFrame(number: number, frameBytes = 100): Uint8Array {
  const writer = new EndianWriter(false).u32(0x02000000).u16(0x0002).u32(0x02000000).u16(0x0001).u16(0x0800);
  const ip = new EndianWriter(false).u16(0x4500).u16(frameBytes - 14).u32(0).u16(0x4011).u16(0).u32(0xc0000201).u32(0xc0000202).finish();
  let sum = 0;
  for (let at = 0; at < ip.length; at += 2) sum += (ip[at]! << 8) | ip[at + 1]!;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  ip[10] = (~sum >> 8) & 0xff;
  ip[11] = ~sum & 0xff;
  writer.bytes(ip).u16(40_000).u16(9).u16(frameBytes - 34).u16(0).u64(BigInt(number));
  return writer.bytes(Uint8Array.from({ length: frameBytes - 50 }, (_, index) => (number + index + 50) & 0xff)).finish();
}

/** Numbers of the sender's frames in a capture, each checked byte by byte. @throws when a frame differs */
export function numbersIn(capture: Collector, frameBytes = 100): readonly number[] {
  return capture.packets.map(({ data }, index) => {
    const number = Number(Buffer.from(data).readBigUInt64BE(42));
    if (!Buffer.from(data).equals(sentFrame(number, frameBytes))) throw new Error(`packet ${index} differs from what was sent`);
    return number;
  });
}

export function readCapture(file: string): Collector {
  return readAll(new Uint8Array(readFileSync(file)));
}

/** Waits for a state, with a limit that only ends what hangs. */
export async function until(isReached: () => boolean, what: string, limitMs = 20_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!isReached()) {
    if (performance.now() > endMs) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Numbers from 0. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
