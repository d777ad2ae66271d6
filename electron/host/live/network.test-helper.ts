/**
 * A network namespace with a veth pair, in which the real capture helper runs: nothing of the machine's own
 * network is touched or seen. Needs root, Linux and a built helper; `missing` says what is not there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backend } from '../../../native/capture.ts';
import { findHelper } from '../../../native/native-files.ts';

export const device = 'lsveth0';
export const filter = 'udp dst port 9099';
/** Ethernet, IPv4 and UDP headers. */
export const payloadOffset = 42;

/** Why captures cannot be made for real here; null when they can. */
export function missing(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux\'s';
  if (process.getuid?.() !== 0) return 'it takes root';
  const { kind, missing: reason } = backend();
  if (kind !== 'helper' || reason !== null) return reason ?? 'the capture helper is not built';
  try {
    execFileSync('ip', ['netns', 'add', `lsprobe-${process.pid}`], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'delete', `lsprobe-${process.pid}`], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `network namespaces cannot be made here (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`;
  }
}

export interface TestNetwork {
  readonly configFolder: string;
  readonly captureFolder: string;
  /** Sends UDP packets, each with its number as its first four bytes, over the veth pair; fulfilled when all are sent. */
  send(count: number, everyMs?: number): Promise<void>;
  removeDevice(): void;
  remove(): void;
}

const sender = `
const socket = require('dgram').createSocket('udp4');
const [count, everyMs] = process.argv.slice(1).map(Number);
let sent = 0;
const step = () => {
  let waiting = 0;
  for (let burst = 0; burst < 20 && sent < count; burst += 1, sent += 1, waiting += 1) {
    const bytes = Buffer.alloc(58);
    bytes.writeUInt32BE(sent);
    socket.send(bytes, 9099, '10.99.0.2', (error) => {
      if (error) throw error;
      if (--waiting > 0) return;
      if (sent < count) setTimeout(step, everyMs);
      else socket.close();
    });
  }
};
step();`;

export function makeNetwork(): TestNetwork {
  const namespace = `layerscope-${process.pid}-${Date.now() % 100_000}`;
  const ip = (...words: string[]): void => void execFileSync('ip', ['-n', namespace, ...words], { stdio: 'pipe' });
  execFileSync('ip', ['netns', 'add', namespace], { stdio: 'pipe' });
  ip('link', 'add', device, 'type', 'veth', 'peer', 'name', 'lsveth1');
  ip('address', 'add', '10.99.0.1/24', 'dev', device);
  for (const name of [device, 'lsveth1', 'lo']) ip('link', 'set', name, 'up');
  ip('neighbour', 'add', '10.99.0.2', 'lladdr', '02:00:00:00:00:02', 'dev', device, 'nud', 'permanent');
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-real-'));
  const helper = join(folder, 'helper');
  writeFileSync(helper, `#!/bin/sh\nexec ip netns exec '${namespace}' '${findHelper() ?? ''}' "$@"\n`);
  chmodSync(helper, 0o755);
  mkdirSync(join(folder, 'runtime'));
  process.env['LAYERSCOPE_CAPTURE_HELPER'] = helper;
  process.env['XDG_RUNTIME_DIR'] = join(folder, 'runtime');
  return {
    configFolder: join(folder, 'config'),
    captureFolder: join(folder, 'captures'),
    send: (count, everyMs = 1) =>
      new Promise((resolve, reject) => {
        const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', sender, String(count), String(everyMs)], { stdio: ['ignore', 'ignore', 'inherit'] });
        child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`the sender ended with ${String(code)}`))));
      }),
    removeDevice: () => ip('link', 'delete', device),
    remove() {
      for (const name of ['LAYERSCOPE_CAPTURE_HELPER', 'XDG_RUNTIME_DIR']) Reflect.deleteProperty(process.env, name);
      execFileSync('ip', ['netns', 'delete', namespace], { stdio: 'pipe' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
