/** The processes below one, as /proc tells them (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  /** Its words, one space between them. */
  readonly command: string;
}

/** All processes that a process has started, and those that they have, that still run. */
export function processesBelow(pid: number): readonly RunningProcess[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(described);
  const found: RunningProcess[] = [];
  const parents = [pid];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (const each of all) {
      if (each.parent !== parent) continue;
      found.push({ pid: each.pid, command: each.command });
      parents.push(each.pid);
    }
  }
  return found;
}

/** Nothing for a process that has ended meanwhile. */
function described(name: string): readonly (RunningProcess & { readonly parent: number })[] {
  try {
    const [, parent = ''] = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [{ pid: Number(name), parent: Number(parent), command }];
  } catch {
    return [];
  }
}

/** Bytes of a process that are in memory; null once it has ended. */
export function residentBytes(pid: number): number | null {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}
