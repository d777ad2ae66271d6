/** Starts the built web host for one test, as `layerscope serve FILE --no-open` does, and ends it after. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

export const projectFolder = join(import.meta.dirname, '..', '..');

export interface Host {
  /** With the token that is good once. */
  readonly address: string;
  readonly process: ChildProcess;
  /** Everything it printed so far, for a test's failure message. */
  output(): string;
  stop(): Promise<void>;
}

const addressPattern = /http:\/\/127\.0\.0\.1:\d+\/\S*/;

/**
 * Resolves once the host has printed its address; rejects, with what it printed instead, when it
 * ends before.
 */
export function startHost(file: string | null, environment: Readonly<Record<string, string>> = {}): Promise<Host> {
  const args = ['serve', ...(file === null ? [] : [file]), '--no-open'];
  return startHostProcess([join(projectFolder, 'dist/cli.js'), ...args], environment);
}

/** The same through another script, for example scripts/start.mjs. */
export function startHostProcess(nodeArguments: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Host> {
  const child = spawn(process.execPath, nodeArguments, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const lines: string[] = [];
  // A test that fails before it stops its host must not leave it behind.
  const endWithTests = (): boolean => child.kill('SIGKILL');
  process.once('exit', endWithTests);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void ended.then(() => process.off('exit', endWithTests));
  const host = (address: string): Host => ({
    address,
    process: child,
    output: () => lines.join('\n'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    void ended.then(() => reject(new Error(`the host ended with status ${child.exitCode ?? 'none'}:\n${lines.join('\n')}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const [address] = addressPattern.exec(line) ?? [];
        if (address) resolve(host(address));
      });
    }
  });
}
