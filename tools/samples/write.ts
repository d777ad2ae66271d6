/** `npm run samples`: writes assets/samples. The files are committed; a test compares them with what this would write. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFiles } from './list.ts';

const folder = join('assets', 'samples');
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of sampleFiles()) {
  writeFileSync(join(folder, name), bytes);
  process.stdout.write(`${join(folder, name)} ${bytes.length} bytes\n`);
}
