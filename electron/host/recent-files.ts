/** The files opened last, kept as JSON in the user's configuration folder. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from '../../shared/ipc/schema.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { displayFolder } from './user-folders.ts';

const shownMax = 10;
const keptMax = 50;
const fileName = 'recent-files.json';

const storedFile = z.object({
  path: z.string().min(1).max(32_768),
  sizeBytes: z.int().nonnegative(),
  packets: z.nullable(z.int().nonnegative()),
  openedAtMs: z.number(),
});
const storedList = z.object({ version: z.literal(1), files: z.array(storedFile).max(keptMax) });
type StoredFile = z.infer<typeof storedFile>;

/** What a window is told: an opaque id stands for the path. */
export interface RecentFile {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly sizeBytes: number;
  readonly packets: number | null;
  readonly openedAtMs: number;
  readonly missing: boolean;
}

export class RecentFiles {
  readonly #folder: string;
  /** Changes run one after another, each on what the file holds then: other instances write it too. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Latest first, at most ten. A list that cannot be read counts as empty. */
  async list(): Promise<RecentFile[]> {
    await this.#lastChange;
    const files = await this.#read();
    return Promise.all(files.slice(0, shownMax).map(describe));
  }

  /** The path behind an id that `list` gave; null where it is not in the list any more. */
  async pathOf(id: string): Promise<string | null> {
    await this.#lastChange;
    return (await this.#read()).find((file) => idOf(file.path) === id)?.path ?? null;
  }

  /** Puts a file on top. Never rejects: a list that cannot be written must not keep a capture from opening. */
  noteOpened(path: string, sizeBytes: number): Promise<void> {
    return this.#change((files) => {
      const packets = files.find((file) => file.path === path)?.packets ?? null;
      return [{ path, sizeBytes, packets, openedAtMs: Date.now() }, ...files.filter((file) => file.path !== path)];
    });
  }

  /** Remembers how many packets a listed file has. */
  notePackets(path: string, packets: number): Promise<void> {
    return this.#change((files) => files.map((file) => (file.path === path ? { ...file, packets } : file)));
  }

  clear(): Promise<void> {
    return this.#change(() => []);
  }

  #change(edit: (files: StoredFile[]) => StoredFile[]): Promise<void> {
    const change = this.#lastChange.then(async () => {
      try {
        await this.#write(edit(await this.#read()).slice(0, keptMax));
      } catch {
        // A read-only or full disk: the list stays as it was.
      }
    });
    this.#lastChange = change;
    return change;
  }

  async #read(): Promise<StoredFile[]> {
    return (await readJsonFile(join(this.#folder, fileName), storedList))?.files ?? [];
  }

  #write(files: StoredFile[]): Promise<void> {
    return writeJsonFile(join(this.#folder, fileName), { version: 1, files });
  }
}

async function describe(file: StoredFile): Promise<RecentFile> {
  const missing = await stat(file.path).then((found) => !found.isFile(), () => true);
  const { path, ...rest } = file;
  return { id: idOf(path), name: basename(path), folder: displayFolder(dirname(path)), missing, ...rest };
}

/** Opaque to the window and stable between starts. */
function idOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32);
}
