/**
 * A program that speaks as the capture helper does, for tests of what is around it: it makes its packets up.
 * The interface's name says what happens: "fake…" goes on until it is stopped, the others end as they are called.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { PcapngBlocks } from '../../shared/capture-files/write-pcapng.ts';

/** Packets until a capture on these ends by itself. */
const endings: Readonly<Record<string, string>> = { 'gone0': 'interface-gone', 'full0': 'disk-full', 'dies0': 'killed' };
const packetsBeforeEnding = Number(process.env['FAKE_PACKETS_BEFORE_ENDING'] ?? 20);
const packetEveryMs = 5;
const nativeInterface = {
  name: 'fake0', description: 'Made up', addresses: [{ address: '192.0.2.1', netmask: '255.255.255.0', kind: 'ipv4' }],
  isUp: true, isRunning: true, isLoopback: false, isWireless: false, hasCarrier: true,
  linkTypes: [{ number: 1, name: 'EN10MB', description: 'Ethernet' }], canMonitor: false, timestampTypes: [], problem: null,
};

const [command = '', ...words] = process.argv.slice(2);
const value = (name: string): string | null => (words.includes(name) ? (words[words.indexOf(name) + 1] ?? null) : null);
const answer = (object: object): void => void process.stdout.write(`${JSON.stringify(object)}\n`);

function watch(): void {
  const names = words.filter((_, index) => words[index - 1] === '-i');
  let seconds = 0;
  setInterval(() => {
    seconds += 0.02;
    const interfaces = names.map((name) => ({ name, packets: Math.round(seconds * 100), bytes: Math.round(seconds * 6000), droppedByInterface: null }));
    answer({ event: 'counters', seconds, interfaces });
  }, 20);
  process.stdin.on('end', () => process.exit(0)).resume();
}

function capture(): void {
  const device = value('-i') ?? '';
  const fail = (code: string, message: string): never => {
    answer({ event: 'problem', code, message, fatal: true, token: code === 'bad-filter' ? 'nonsense' : null, at: code === 'bad-filter' ? 0 : null });
    process.exit(1);
  };
  if (device.startsWith('none')) fail('no-such-interface', `There is no interface ${device}.`);
  if (device.startsWith('closed')) fail('no-permission', 'You may not capture.');
  if (value('--filter')?.includes('nonsense')) fail('bad-filter', 'syntax error in filter expression');
  new FakeCapture(device).run();
}

class FakeCapture {
  readonly #device: string;
  readonly #out = value('--out') ?? '';
  readonly #blocks = new PcapngBlocks();
  readonly #clients = new Set<Socket>();
  readonly #perFile = Number(value('--file-packets') ?? Infinity);
  readonly #ring = Number(value('--ring-files') ?? Infinity);
  readonly #most = Number(value('--max-packets') ?? Infinity);
  readonly #files: string[] = [];
  #file = 0;
  #number = 0;
  #inFile = 0;
  #written = 0;
  #bytes = 0;
  #started: object = {};
  #hasStopped = false;

  constructor(device: string) {
    this.#device = device;
  }

  run(): void {
    this.#begin();
    this.#started = { event: 'started', pid: process.pid, file: this.#files[0], interfaces: [{ name: this.#device, linkType: 1, linkTypeName: 'EN10MB', snaplen: 262_144, precision: 'nano', timestampType: 'host' }] };
    const socket = value('--control');
    if (socket !== null) createServer((client) => this.#serve(client)).listen(socket);
    process.stdin.setEncoding('utf8').on('data', (text) => String(text).includes('stop') && this.#stop('request'));
    process.stdout.on('error', () => undefined);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.#stop('signal'));
    this.#tell(this.#started);
    setInterval(() => this.#packet(), packetEveryMs);
    setInterval(() => this.#tell({ event: 'counters', ...this.#counts() }), 25);
  }

  #serve(client: Socket): void {
    this.#clients.add(client);
    client.write(`${JSON.stringify(this.#started)}\n${JSON.stringify({ event: 'counters', ...this.#counts() })}\n`);
    client.on('data', (text) => String(text).includes('stop') && this.#stop('request')).on('error', () => undefined).on('close', () => this.#clients.delete(client));
  }

  #begin(): void {
    this.#number += 1;
    this.#inFile = 0;
    const isSet = this.#perFile < Infinity;
    const path = isSet ? this.#out.replace(/(\.\w+)$/, `_${String(this.#number).padStart(5, '0')}_20260101000000$1`) : this.#out;
    this.#files.push(path);
    this.#file = openSync(path, 'w', 0o600);
    this.#write(Buffer.concat([this.#blocks.section(), this.#blocks.interface({ linkType: 1, snapLength: 262_144, timeResolution: 9, options: [{ code: 2, value: this.#device }] })]));
    if (this.#number > 1) this.#tell({ event: 'file', file: path, number: this.#number });
    if (this.#files.length > this.#ring) this.#delete(this.#files.shift()!);
  }

  #delete(path: string): void {
    rmSync(path);
    this.#tell({ event: 'deleted', file: path });
  }

  #packet(): void {
    if (this.#hasStopped) return;
    if (this.#inFile >= this.#perFile) {
      closeSync(this.#file);
      this.#begin();
    }
    const bytes = new Uint8Array(60);
    bytes.set([this.#written & 255, this.#written >> 8], 14);
    const block = this.#blocks.enhancedPacket({ timeSeconds: 1_700_000_000 + this.#written, timeNanos: 0, bytes });
    const ending = endings[this.#device];
    if (ending !== undefined && this.#written === packetsBeforeEnding) return this.#endBy(ending, block);
    this.#write(block);
    this.#written += 1;
    this.#inFile += 1;
    if (this.#written >= this.#most) this.#stop('packets');
  }

  #endBy(ending: string, block: Uint8Array): void {
    if (ending === 'killed') {
      // In the middle of a block: what a kill leaves.
      this.#write(block.subarray(0, 50));
      process.kill(process.pid, 'SIGKILL');
    }
    this.#tell({ event: 'problem', code: ending, message: `It ended: ${ending}.`, fatal: true });
    this.#stop(ending);
  }

  #write(bytes: Uint8Array): void {
    writeSync(this.#file, bytes);
    this.#bytes += bytes.length;
  }

  #counts(): object {
    const drops = { droppedByKernel: 2, droppedByInterface: null };
    return { seconds: this.#written / 100, received: this.#written + 2, written: this.#written, bytes: this.#bytes, ...drops, perInterface: [{ name: this.#device, received: this.#written + 2, ...drops }] };
  }

  #stop(reason: string): void {
    if (this.#hasStopped) return;
    this.#hasStopped = true;
    this.#tell({ event: 'stopped', reason, ...this.#counts() });
    const socket = value('--control');
    if (socket !== null) rmSync(socket, { force: true });
    // After what was told has gone out; a client that has left takes nothing any more.
    const out = [process.stdout, ...this.#clients].map((stream) => new Promise((resolve) => void stream.write('', resolve)));
    void Promise.all(out).then(() => process.exit(0));
  }

  #tell(event: object): void {
    const line = `${JSON.stringify(event)}\n`;
    process.stdout.write(line);
    for (const client of this.#clients) client.write(line);
  }
}

if (command === 'version') answer({ version: '1', library: 'made up 1.0', mayCapture: process.env['FAKE_MAY_CAPTURE'] !== 'no', problem: null });
else if (command === 'interfaces') answer({ ok: true, interfaces: [nativeInterface] });
else if (command === 'check') answer(words.at(-1) === 'nonsense' ? { ok: false, code: 'bad-filter', message: 'syntax error', token: 'nonsense', at: 0 } : { ok: true });
else if (command === 'watch') watch();
else if (command === 'capture') capture();
