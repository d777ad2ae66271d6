/** The sample captures that come with the program (assets/samples). */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from '../../shared/ipc/schema.ts';

const sample = z.object({
  id: z.string().min(1).max(256),
  title: z.string().min(1).max(4096),
  description: z.string(),
  layers: z.array(z.int().min(1).max(7)),
  packets: z.int().nonnegative(),
  /** File name within the folder. */
  file: z.string().min(1).refine((file) => basename(file) === file, 'a plain file name'),
});
const sampleList = z.array(sample).max(100);

export type Sample = z.infer<typeof sample>;

export class Samples {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** In the order of samples.json; empty where there is none. Rejects where it is not as it should be: it is ours. */
  async list(): Promise<readonly Sample[]> {
    const text = await readFile(join(this.#folder, 'samples.json'), 'utf8').catch(() => null);
    return text === null ? [] : sampleList.parse(JSON.parse(text));
  }

  async find(id: string): Promise<{ readonly path: string; readonly title: string } | null> {
    const found = (await this.list()).find((one) => one.id === id);
    return found === undefined ? null : { path: join(this.#folder, found.file), title: found.title };
  }
}
