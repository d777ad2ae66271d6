/** Runs a program to its end and measures it from outside. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { engineEnvironment } from '../electron/engine/engine-environment.ts';

export interface Run {
  readonly wallMs: number;
  /** Processor time of all its threads, user and system; null where /proc cannot tell. */
  readonly cpuMs: number | null;
  /** Largest resident set; null where /proc cannot tell. */
  readonly peakMemoryBytes: number | null;
  readonly output: string;
}

export interface MeasureOptions {
  /** Default: what it prints is thrown away, as a reader that is infinitely quick would. */
  readonly keepOutput?: boolean;
  /** Written to its standard input, which then ends. */
  readonly input?: string;
}

const sampleEveryMs = 10;

/**
 * One program at a time: processor time is what this process's children have used in all, before and after.
 * @throws when the program cannot be started or ends with an error
 */
export function measure(command: string, args: readonly string[], { keepOutput = false, input }: MeasureOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const cpuBeforeMs = childrenCpuMs();
    const startedMs = performance.now();
    // A setting of this machine's owner, which takes every Node program 25 to 40 ms, is no property of the programs.
    const child = spawn(command, args, { env: engineEnvironment(), stdio: [input === undefined ? 'ignore' : 'pipe', keepOutput ? 'pipe' : 'ignore', 'pipe'] });
    let output = '';
    let errors = '';
    let peakMemoryBytes: number | null = null;
    const sampler = setInterval(() => (peakMemoryBytes = highWaterMark(child.pid) ?? peakMemoryBytes), sampleEveryMs);
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    // A program that ends without reading its input says why by its status.
    child.stdin?.on('error', () => undefined).end(input);
    child.once('error', (error) => {
      clearInterval(sampler);
      reject(error);
    });
    child.once('close', (code) => {
      clearInterval(sampler);
      const wallMs = performance.now() - startedMs;
      const cpuAfterMs = childrenCpuMs();
      const cpuMs = cpuBeforeMs === null || cpuAfterMs === null ? null : cpuAfterMs - cpuBeforeMs;
      if (code === 0) resolve({ wallMs, cpuMs, peakMemoryBytes, output });
      else reject(new Error(`${command} ended with status ${code ?? 'none'}: ${errors.trim()}`));
    });
  });
}

/** The kernel keeps the highest value itself: only what grew in the last moment before the end is missed. Null where it cannot be told. */
export function highWaterMark(pid: number | undefined): number | null {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}

/** Processor time of this process's children that have ended: cutime and cstime of proc(5), in ticks of 10 ms. */
function childrenCpuMs(): number | null {
  return statMs('self', 13);
}

/** Processor time that a process has used so far, all its threads; null where it cannot be told. */
export function processCpuMs(pid: number | undefined): number | null {
  return statMs(String(pid), 11);
}

/** The sum of two neighbouring times of proc(5), counted from behind the program's name. */
function statMs(process: string, field: number): number | null {
  try {
    const fields = readFileSync(`/proc/${process}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[field]) + Number(fields[field + 1])) * 10;
  } catch {
    return null;
  }
}

/** The middle value; the lower of the two middle ones would flatter, so the mean of both. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value that at least `percent` of all do not exceed (nearest rank). NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((sorted.length * percent) / 100));
  return sorted[rank - 1] ?? Number.NaN;
}
