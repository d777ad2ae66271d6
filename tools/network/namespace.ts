/**
 * A network of its own for tests and benchmarks (Linux, root): a loopback and a veth pair, what is sent on
 * "one" arrives on "two". It lives as long as a process that waits for the end of its input, so nothing stays
 * behind however whoever made it ends: the kernel removes namespaces, links and mounts with their last process.
 */
import { type ChildProcess, execFileSync, spawn, type SpawnOptions } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';

/** /sys shows the namespace in which it was mounted. "asleep" stays down. No IPv6: its neighbour discovery would be counted. */
const setUp = `
set -e
mount --make-rprivate /
mount -t sysfs sysfs /sys
echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add one type veth peer name two
ip link add asleep type veth peer name asleep2
ip link set lo up
ip link set one up
ip link set two up
`;

/** Why namespaces cannot be made here; null when they can. */
export function namespacesMissing(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux\'s';
  if (process.getuid?.() !== 0) return 'making network namespaces needs root';
  const missing = ['ip', 'unshare', 'nsenter', 'mount', 'sh'].filter((program) => !hasProgram(program));
  if (missing.length > 0) return `${missing.join(', ')} not found`;
  try {
    execFileSync('unshare', ['--net', '--mount', 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'namespaces are not permitted';
  }
}

export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`));
}

export class Namespace {
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  /** `extra`: more lines of shell that prepare it. Rejects when one of them fails. */
  static async create(extra = ''): Promise<Namespace> {
    const holder = spawn('unshare', ['--net', '--mount', 'sh', '-c', `${setUp}${extra}\necho ready\nexec cat`], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      holder.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('ready') && resolve());
      holder.once('exit', (code) => reject(new Error(`the network could not be made (status ${String(code)})`)));
    });
    return new Namespace(holder);
  }

  /** Words that start a program in the namespace, under their own process id. */
  get entry(): readonly string[] {
    const folder = `/proc/${String(this.#holder.pid)}/ns`;
    return ['nsenter', `--net=${folder}/net`, `--mount=${folder}/mnt`, '--'];
  }

  /** Writes a program that starts another one in the namespace, under its own process id. `prefix`: words before it, as "prlimit --fsize=1000". */
  writeProgram(file: string, program: string, prefix = ''): void {
    writeFileSync(file, `#!/bin/sh\nexec ${this.entry.join(' ')} ${prefix} ${program} "$@"\n`);
    chmodSync(file, 0o755);
  }

  /** Runs a program to its end. @throws when it fails */
  run(...words: readonly string[]): string {
    const [command, ...args] = [...this.entry, ...words];
    return execFileSync(command!, args, { encoding: 'utf8' });
  }

  spawn(words: readonly string[], options: SpawnOptions): ChildProcess {
    const [command, ...args] = [...this.entry, ...words];
    return spawn(command!, args, options);
  }

  /** A path of its file system as seen from outside. */
  inside(path: string): string {
    return `/proc/${String(this.#holder.pid)}/root${path}`;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#holder.once('exit', resolve));
    this.#holder.stdin?.end();
    await ended;
  }
}
