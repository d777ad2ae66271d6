/**
 * A capture on another machine: `ssh host tcpdump -U -w -` into a file here, which is shown as it grows.
 * ssh asks no questions (there is nobody to answer them): keys, an agent, or its configuration must do.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { LiveRemoteOptions } from '../../../shared/ipc/capture-contract.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { bothFilters } from './own-ssh.ts';
import { LiveCapture } from './live-capture.ts';

export interface RemoteStart {
  readonly id: string;
  /** The file here; made when the first bytes come. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
}

const CONNECT_SECONDS = 15;
/** The connection, and then tcpdump, which writes its header at once. */
const START_LIMIT_MS = 30_000;
const COUNT_MS = 500;
const OUTPUT_GRACE_MS = 1000;
const LONGEST_DIAGNOSIS = 4096;

/** Words of ssh's command line. Rejects, with an `IpcError`, words that ssh would take for options. */
export function sshArguments({ host, port, user, keyFile, ...options }: LiveRemoteOptions): string[] {
  for (const word of [host, user ?? '', options.remoteInterface]) {
    if (word.startsWith('-') || /[\0-\x1f]/.test(word)) throw new IpcError('failed', `"${word}" is no name of a host, user or interface.`, 'bad-remote');
  }
  return [
    '-T',
    ...['-o', 'BatchMode=yes', '-o', `ConnectTimeout=${CONNECT_SECONDS}`, '-o', 'ServerAliveInterval=15', '-o', 'ClearAllForwardings=yes'],
    ...['-p', String(port)],
    ...(user === null ? [] : ['-l', user]),
    ...(keyFile === null ? [] : ['-i', keyFile, '-o', 'IdentitiesOnly=yes']),
    ...['--', host, remoteCommand(options, port)],
  ];
}

/**
 * Run by sh whatever the user's own shell is. On the other machine SSH_CONNECTION tells the connection as
 * its network sees it, behind any translation of addresses between here and there.
 */
function remoteCommand({ remoteInterface, filter, ownPortExcluded }: Pick<LiveRemoteOptions, 'remoteInterface' | 'filter' | 'ownPortExcluded'>, port: number): string {
  const start = `exec tcpdump -i ${quoted(remoteInterface)} -U -w -`;
  if (!ownPortExcluded) return `sh -c ${quoted(`${start} ${quoted(filter)}`)}`;
  const own = 'not (tcp and host $1 and port $2 and host $3 and port $4)';
  const known = `set -- $SSH_CONNECTION; if [ $# -eq 4 ]; then own="${own}"; else own="not tcp port ${port}"; fi`;
  const wanted = filter.trim() === '' ? '"$own"' : `${quoted(`${bothFilters(filter, '')}`)}"$own"`;
  return `sh -c ${quoted(`${known}; ${start} ${wanted}`)}`;
}

/** For a POSIX shell: nothing within single quotes means anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Resolves when packets may come. Rejects with an `IpcError` that has ssh's or tcpdump's own words. */
export async function startRemoteCapture(options: LiveRemoteOptions, { id, file, environment }: RemoteStart): Promise<LiveCapture> {
  const child = spawn('ssh', sshArguments(options), { stdio: ['ignore', 'pipe', 'pipe'], env: environment, windowsHide: true });
  const diagnosis = diagnosisOf(child);
  const first = await firstBytes(child, options.host, diagnosis);
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await once(out, 'open').catch((error: unknown) => {
    child.kill();
    throw new IpcError('failed', `The file ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, 'unwritable');
  });
  const interfaces = [{ name: options.remoteInterface, linkTypeName: '', snaplen: 0, precision: 'micro' as const, received: null, droppedByKernel: null, droppedByInterface: null }];
  const name = `${options.host} ${options.remoteInterface}`;
  const capture = new LiveCapture({ id, name, backend: 'remote', interfaces, files: [file], startedAtMs: Date.now(), isAttached: false });
  spool(capture, child, out, first, diagnosis, options.host);
  return capture;
}

function diagnosisOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (text = (text + more).slice(-LONGEST_DIAGNOSIS)));
  // tcpdump announces itself and counts at its end; the line that matters is the last other one.
  return () => text.trim().split('\n').filter((line) => !/^tcpdump: (listening|data link)|packets? (captured|received|dropped)|^Warning: Permanently added/.test(line)).at(-1)?.trim() ?? '';
}

function firstBytes(child: ChildProcess, host: string, diagnosis: () => string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => {
      clearTimeout(timer);
      child.kill();
      reject(new IpcError('failed', `The capture on ${host} did not start: ${why}`, 'remote-failed'));
    };
    const timer = setTimeout(() => refuse(`nothing came within ${START_LIMIT_MS / 1000} seconds.`), START_LIMIT_MS);
    child.once('error', (error: NodeJS.ErrnoException) => refuse(error.code === 'ENOENT' ? 'the program ssh is not installed here.' : `${error.message}.`));
    child.once('close', (code) => refuse(diagnosis() || `ssh ended with status ${String(code)}.`));
    child.stdout?.once('data', (bytes: Uint8Array) => {
      clearTimeout(timer);
      // Until a file is open for it.
      child.stdout?.pause();
      child.removeAllListeners('close');
      resolve(bytes);
    });
  });
}

function spool(capture: LiveCapture, child: ChildProcess, out: WriteStream, first: Uint8Array, diagnosis: () => string, host: string): void {
  const fromMs = performance.now();
  let isWanted = true;
  let hasFailed = false;
  const count = (): void => capture.counted({ seconds: (performance.now() - fromMs) / 1000, bytes: out.bytesWritten });
  const timer = setInterval(count, COUNT_MS);
  const stop = (): void => {
    isWanted = false;
    child.kill('SIGTERM');
  };
  const end = (): void => {
    clearInterval(timer);
    count();
    const why = diagnosis();
    if (isWanted && !hasFailed) capture.problem({ code: 'remote-ended', message: `The capture on ${host} ended: ${why || 'the connection was closed'}. What came is in the file.`, fatal: true });
    capture.end(isWanted ? 'The other machine ended it.' : 'You stopped it.', isWanted);
  };
  // It ends with this host: nobody else takes its bytes.
  capture.drive({ stop, detach: stop });
  out.on('error', (error: NodeJS.ErrnoException) => {
    hasFailed = true;
    const full = error.code === 'ENOSPC';
    capture.problem({ code: full ? 'disk-full' : 'unwritable', message: `Writing ${out.path.toString()} failed (${error.message}). The capture ends with what is in the file.`, fatal: true });
    child.kill('SIGTERM');
    end();
  });
  out.once('finish', end);
  child.once('error', () => undefined);
  // Whatever ssh started may hold its output open longer than it lives.
  child.once('exit', () => setTimeout(() => child.stdout?.destroy() && out.end(), OUTPUT_GRACE_MS).unref());
  out.write(first);
  child.stdout?.pipe(out);
}
