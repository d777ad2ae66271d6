/**
 * A small file for each running capture, so that the next start finds it, whatever happened to this one:
 * to attach to it while it runs, or to offer its files when it does not.
 */
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { liveOptions } from '../../../shared/ipc/capture-contract.ts';
import { z } from '../../../shared/ipc/schema.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

const folderName = 'running-captures';
const idPattern = /^[0-9a-f]{32}$/;

/** A process, told from a later one of the same number by when it began. */
const processMark = z.object({ pid: z.int().positive(), startedAt: z.nullable(z.string().max(64)) });
export type ProcessMark = z.infer<typeof processMark>;

const registeredCapture = z.object({
  version: z.literal(1),
  id: z.string().regex(idPattern),
  name: z.string().max(4096),
  /** The file as it was asked for; of a set, files are named after it. */
  out: z.string().min(1).max(32_768),
  isSet: z.boolean(),
  interfaces: z.array(z.string().max(256)).max(64),
  startedAtMs: z.number(),
  /** Null where the capture cannot be attached to: it ends with its host. */
  controlSocket: z.nullable(z.string().max(4096)),
  /** What captures. */
  writer: processMark,
  /** The host that shows it; null = none does. */
  owner: z.nullable(processMark),
  /** For another capture of the same kind; null for remote ones. */
  options: z.nullable(liveOptions),
});
export type RegisteredCapture = z.infer<typeof registeredCapture>;

export class CaptureRegistry {
  readonly #folder: string;

  constructor(configFolder: string) {
    this.#folder = join(configFolder, folderName);
  }

  /** Newest first; files that do not fit are left alone. */
  async list(): Promise<RegisteredCapture[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const found = await Promise.all(ids.filter((id) => idPattern.test(id)).map((id) => this.find(id)));
    return found.filter((entry) => entry !== null).sort((left, right) => right.startedAtMs - left.startedAtMs);
  }

  async find(id: string): Promise<RegisteredCapture | null> {
    return idPattern.test(id) ? readJsonFile(this.#path(id), registeredCapture) : null;
  }

  put(entry: RegisteredCapture): Promise<void> {
    return writeJsonFile(this.#path(entry.id), entry);
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

/** `startedAt` is null where the system does not tell without native code. */
export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startOf(pid) };
}

export function isAlive({ pid, startedAt }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive all the same.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startedAt === null || startOf(pid) === startedAt;
}

/** Linux: field 22 of /proc/PID/stat, in ticks since the system's start (proc(5)); the name before it is in brackets. */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    // Z: ended, and only waiting to be asked how.
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
