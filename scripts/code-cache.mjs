/**
 * `node scripts/code-cache.mjs FOLDER SAMPLE`: lays a code cache beside each CommonJS chunk of a
 * bundle folder. The command line opens the sample first: what a start compiles is then in the
 * cache, too, and not only what V8 compiles at once.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, sample] = process.argv.slice(2);
if (folder === undefined || sample === undefined) throw new Error('usage: node scripts/code-cache.mjs FOLDER SAMPLE');

const { ProgramLoader, cacheFile } = createRequire(import.meta.url)(join(folder, 'program-loader.js'));
const loader = new ProgramLoader();
process.on('exit', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.cjs'))) {
    const file = join(folder, name);
    writeFileSync(cacheFile(file), (loader.scripts.get(file) ?? loader.compile(file)).createCachedData());
  }
});
process.argv = [process.execPath, join(folder, 'cli.js'), 'stat', sample, '--deep'];
loader.load(join(folder, 'cli.cjs'));
