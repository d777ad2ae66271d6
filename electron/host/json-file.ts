/** Small JSON files of the user's: checked when read, replaced as a whole when written. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from '../../shared/ipc/schema.ts';

/** What the file holds; null where there is none, or none that fits. */
export async function readJsonFile<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema> | null> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Written beside and renamed, so that no reader and no crash ever meets half a file; for the user's eyes only.
 * Rejects where the disk refuses.
 */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}
