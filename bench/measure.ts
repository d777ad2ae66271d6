/** Runs a program to its end and measures it from outside. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Run {
  readonly wallMs: number;
  /** Largest resident set, sampled; null where /proc cannot tell. */
  readonly peakMemoryBytes: number | null;
  readonly output: string;
}

const sampleEveryMs = 20;

/** @throws when the program cannot be started or ends with an error */
export function measure(command: string, args: readonly string[], { keepOutput = false } = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', keepOutput ? 'pipe' : 'ignore', 'pipe'] });
    let output = '';
    let errors = '';
    let peakMemoryBytes: number | null = null;
    const sampler = setInterval(() => (peakMemoryBytes = highWaterMark(child.pid) ?? peakMemoryBytes), sampleEveryMs);
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', (error) => {
      clearInterval(sampler);
      reject(error);
    });
    child.once('close', (code) => {
      clearInterval(sampler);
      const wallMs = performance.now() - startedMs;
      if (code === 0) resolve({ wallMs, peakMemoryBytes, output });
      else reject(new Error(`${command} ended with status ${code ?? 'none'}: ${errors.trim()}`));
    });
  });
}

/** The kernel keeps the highest value itself: only what grew in the last moment before the end is missed. */
function highWaterMark(pid: number | undefined): number | null {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
