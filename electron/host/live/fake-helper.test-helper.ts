/** Makes the made-up helper the one that this process starts, and folders of its own for what it writes. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntry } from '../../../scripts/bundle-entry.test-helper.ts';

export interface FakeHelper {
  readonly folder: string;
  readonly configFolder: string;
  readonly captureFolder: string;
  /** Other, empty ones from now on: what an earlier test writes late is not seen. */
  freshFolders(): void;
  remove(): Promise<void>;
}

/** Packets until a capture that ends by itself does. */
export const packetsBeforeEnding = 20;

const variables = ['LAYERSCOPE_CAPTURE_HELPER', 'XDG_RUNTIME_DIR', 'FAKE_PACKETS_BEFORE_ENDING'] as const;

export async function installFakeHelper(): Promise<FakeHelper> {
  const bundle = await bundleEntry(fileURLToPath(new URL('../../engine/fake-capture-helper.test-helper.ts', import.meta.url)));
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-live-'));
  const helper = join(folder, 'layerscope-capture');
  writeFileSync(helper, `#!/bin/sh\nexec '${process.execPath}' '${bundle.path}' "$@"\n`);
  chmodSync(helper, 0o755);
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime);
  const before = variables.map((name) => process.env[name]);
  process.env['LAYERSCOPE_CAPTURE_HELPER'] = helper;
  process.env['XDG_RUNTIME_DIR'] = runtime;
  process.env['FAKE_PACKETS_BEFORE_ENDING'] = String(packetsBeforeEnding);
  let round = 0;
  return {
    folder,
    get configFolder() {
      return join(folder, `config-${round}`);
    },
    get captureFolder() {
      return join(folder, `captures-${round}`);
    },
    freshFolders: () => void (round += 1),
    async remove() {
      for (const [index, name] of variables.entries()) {
        if (before[index] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[index];
      }
      await bundle.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
