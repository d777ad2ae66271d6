/**
 * Which process a flow belongs to, from Linux's socket tables: /proc/net/{tcp,udp}{,6} give the sockets'
 * inodes, /proc/PID/fd the processes that hold them. Cheap and bounded: the tables are read at most once
 * a second, links of processes only for sockets that were never seen, and what is kept has a limit. Flows
 * that are over are remembered, so that their packets can still be asked about; those that live shorter than
 * from one look to the next can be missed. Nothing of this is ever stored in a capture.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';

export interface SocketOwner {
  readonly pid: number;
  /** Name of the program, as /proc/PID/comm gives it (at most 15 characters). */
  readonly name: string;
}

export interface FlowEnd {
  readonly address: string;
  readonly port: number;
}

export type Transport = 'tcp' | 'udp';

/** Flows and processes that are looked at in one refresh; what is beyond waits for a later one. */
const mostSockets = 20_000;
const mostProcesses = 4_000;
const mostLinksOfProcess = 4_000;
const refreshEveryMs = 1_000;
/** Flows that are over, of which those seen last are kept. */
const mostRemembered = 20_000;

/** Looks flows up by their two ends, in either direction. */
export class SocketOwners {
  readonly #procFolder: string;
  readonly #now: () => number;
  #inodes = new Map<string, string>();
  #owners = new Map<string, SocketOwner | null>();
  /** By the key of a flow, seen longest ago first. */
  readonly #remembered = new Map<string, SocketOwner>();
  #refreshedMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | null = null;

  constructor(procFolder = '/proc', now: () => number = () => performance.now()) {
    this.#procFolder = procFolder;
    this.#now = now;
  }

  /** Reads the tables, unless that was done within the last second. Never rejects: without rights there are fewer owners. */
  refresh(): Promise<void> {
    if (this.#now() - this.#refreshedMs < refreshEveryMs) return Promise.resolve();
    this.#refreshing ??= this.#read().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /** The owner of the end that is on this machine; null when there is none or it is not known. */
  ownerOf(transport: Transport, one: FlowEnd, other: FlowEnd): SocketOwner | null {
    const keys = [...keysOf(transport, one, other), ...keysOf(transport, other, one)];
    const key = keys.find((each) => this.#inodes.has(each)) ?? keys.find((each) => this.#remembered.has(each));
    return key === undefined ? null : (this.#owners.get(this.#inodes.get(key) ?? '') ?? this.#remembered.get(key) ?? null);
  }

  async #read(): Promise<void> {
    this.#refreshedMs = this.#now();
    const inodes = new Map<string, string>();
    for (const transport of ['tcp', 'udp'] as const) {
      for (const version of ['', '6']) {
        const table = await readFile(`${this.#procFolder}/net/${transport}${version}`, 'latin1').catch(() => '');
        addTable(inodes, transport, table);
      }
    }
    this.#inodes = inodes;
    await this.#findOwners(new Set(inodes.values()));
    this.#remember();
  }

  #remember(): void {
    for (const [key, inode] of this.#inodes) {
      const owner = this.#owners.get(inode) ?? null;
      if (owner === null) continue;
      this.#remembered.delete(key);
      this.#remembered.set(key, owner);
    }
    for (const key of this.#remembered.keys()) {
      if (this.#remembered.size <= mostRemembered) break;
      this.#remembered.delete(key);
    }
  }

  async #findOwners(inodes: ReadonlySet<string>): Promise<void> {
    // Sockets that are gone are forgotten; those whose owner could not be seen are not looked for again and again.
    const owners = new Map([...this.#owners].filter(([inode]) => inodes.has(inode)));
    const wanted = new Set([...inodes].filter((inode) => !owners.has(inode)));
    const processes = wanted.size === 0 ? [] : (await readdir(this.#procFolder).catch(() => [])).filter((name) => /^\d+$/.test(name)).slice(0, mostProcesses);
    for (const pid of processes) {
      if (wanted.size === 0) break;
      await this.#claim(pid, wanted, owners);
    }
    for (const inode of wanted) owners.set(inode, null);
    this.#owners = owners;
  }

  /** Gives the wanted sockets that a process holds to it. */
  async #claim(pid: string, wanted: Set<string>, owners: Map<string, SocketOwner | null>): Promise<void> {
    const folder = `${this.#procFolder}/${pid}`;
    const links = (await readdir(`${folder}/fd`).catch(() => [])).slice(0, mostLinksOfProcess);
    let owner: SocketOwner | null = null;
    for (const link of links) {
      const inode = /^socket:\[(\d+)\]$/.exec(await readlink(`${folder}/fd/${link}`).catch(() => ''))?.[1];
      if (inode === undefined || !wanted.delete(inode)) continue;
      owner ??= { pid: Number(pid), name: (await readFile(`${folder}/comm`, 'utf8').catch(() => '')).trim() };
      owners.set(inode, owner);
    }
  }
}

/** Columns: sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode … */
function addTable(inodes: Map<string, string>, transport: Transport, table: string): void {
  for (const line of table.split('\n').slice(1, 1 + mostSockets)) {
    const columns = line.trim().split(/\s+/);
    const inode = columns[9];
    const local = parseEnd(columns[1]);
    const remote = parseEnd(columns[2]);
    // Sockets in TIME_WAIT belong to nobody.
    if (inode === undefined || inode === '0' || local === null || remote === null) continue;
    if (remote.port !== 0) inodes.set(socketKey(transport, local, remote), inode);
    else if (transport === 'udp') inodes.set(boundKey(/^[0.:]+$/.test(local.address) ? '*' : local.address, local.port), inode);
  }
}

/** Under which a flow may stand: its own socket, or a UDP socket that is not connected, bound to this address or to all. */
function keysOf(transport: Transport, local: FlowEnd, remote: FlowEnd): readonly string[] {
  const exact = socketKey(transport, local, remote);
  return transport === 'tcp' ? [exact] : [exact, boundKey(local.address, local.port), boundKey('*', local.port)];
}

function socketKey(transport: Transport, local: FlowEnd, remote: FlowEnd): string {
  return `${transport} ${plainAddress(local.address)} ${local.port} ${plainAddress(remote.address)} ${remote.port}`;
}

function boundKey(address: string, port: number): string {
  return `udp ${plainAddress(address)} ${port}`;
}

/** "0100007F:0016": words in this machine's byte order (little-endian on all that run Electron), port in hexadecimal. */
function parseEnd(text: string | undefined): FlowEnd | null {
  const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(text ?? '');
  if (match === null) return null;
  const words = match[1]!.match(/.{8}/g)!.map((word) => word.match(/../g)!.reverse().join('').toLowerCase());
  const port = Number.parseInt(match[2]!, 16);
  if (words.length === 1) return { address: dotted(words[0]!), port };
  return { address: words.join('').match(/.{4}/g)!.join(':'), port };
}

function dotted(word: string): string {
  return word.match(/../g)!.map((byte) => Number.parseInt(byte, 16)).join('.');
}

/** One spelling for every address: IPv6 in full, IPv4 in IPv6 (::ffff:0:0/96) as IPv4. */
function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  const full = expandIpv6(address.split('%')[0]!.toLowerCase());
  return full.startsWith('0000:0000:0000:0000:0000:ffff:') ? dotted(full.slice(-9).replace(':', '')) : full;
}

function expandIpv6(address: string): string {
  const withoutDots = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`);
  const [head = '', tail] = withoutDots.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(':');
}

function hex(decimal: string): string {
  return Number(decimal).toString(16).padStart(2, '0');
}
