/** The programs that capture side by side: how each is started on an interface, and what it says at its end. */
import { type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Namespace } from '../tools/network/namespace.ts';

export interface LiveProgram {
  readonly id: 'helper' | 'tcpdump' | 'dumpcap';
  readonly title: string;
  /** Words that capture everything from an interface into a file. */
  readonly words: (networkInterface: string, file: string) => readonly string[];
  /** What it prints once packets are taken. */
  readonly ready: RegExp;
  /** Packets that it says are in its file. */
  readonly captured: RegExp;
  /** Packets that it says were dropped. */
  readonly dropped: RegExp;
  /** Bytes of a packet in its file beyond the packet. */
  readonly overheadBytes: number;
}

const release = resolve('native', 'build', 'Release');
export const helperFile = join(release, 'layerscope-capture');
export const senderFile = join(release, 'packet-sender');

/** Each with its defaults; tcpdump would otherwise become a user who may not write here. */
export const livePrograms: readonly LiveProgram[] = [
  {
    id: 'helper',
    title: 'layerscope-capture',
    words: (networkInterface, file) => [helperFile, 'capture', '-i', networkInterface, '--out', file],
    ready: /"event":"started"/,
    captured: /"event":"stopped".*?"written":(\d+)/,
    dropped: /"event":"stopped".*?"droppedByKernel":(\d+)/,
    overheadBytes: 32,
  },
  {
    id: 'tcpdump',
    title: 'tcpdump -w',
    words: (networkInterface, file) => ['tcpdump', '-Z', 'root', '-i', networkInterface, '-w', file],
    ready: /listening on/,
    captured: /(\d+) packets? captured/,
    dropped: /(\d+) packets? dropped by kernel/,
    overheadBytes: 16,
  },
  {
    id: 'dumpcap',
    title: 'dumpcap -w',
    words: (networkInterface, file) => ['dumpcap', '-q', '-i', networkInterface, '-w', file],
    ready: /File: /,
    captured: /Packets captured: (\d+)/,
    dropped: /received\/dropped on interface .*?: \d+\/(\d+)/,
    overheadBytes: 32,
  },
];

/** A started program; its text is all it has printed. */
export class LiveRun {
  readonly #child: ChildProcess;
  #text = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (piece: string) => (this.#text += piece));
  }

  /** @throws when it ends before it is ready */
  static start(namespace: Namespace, program: LiveProgram, file: string): Promise<LiveRun> {
    const run = new LiveRun(namespace.spawn(program.words('two', file), { stdio: ['ignore', 'pipe', 'pipe'] }));
    return new Promise((resolve, reject) => {
      const look = (): void => void (program.ready.test(run.#text) && resolve(run));
      run.#child.stdout?.on('data', look);
      run.#child.stderr?.on('data', look);
      run.#child.once('close', () => reject(new Error(`${program.title} did not start: ${run.#text.trim()}`)));
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Ends it as Ctrl+C does; what it has printed by then. */
  stop(): Promise<string> {
    return new Promise((resolve) => {
      this.#child.once('close', () => resolve(this.#text));
      this.#child.kill('SIGINT');
    });
  }
}
