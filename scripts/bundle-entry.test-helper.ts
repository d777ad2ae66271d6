/** Bundles an entry for tests that need it in a process of its own: Node 20 runs no TypeScript. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

export interface TestBundle {
  readonly path: string;
  remove(): Promise<void>;
}

export async function bundleEntry(entry: string): Promise<TestBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
  const bundle = await rolldown({ input: entry, platform: 'node', external: ['electron', 'bufferutil', 'utf-8-validate'] });
  const path = join(folder, 'entry.mjs');
  await bundle.write({ file: path, format: 'esm', codeSplitting: false });
  await bundle.close();
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
