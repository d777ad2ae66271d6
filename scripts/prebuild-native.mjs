/**
 * `npm run native:prebuilds`: puts the capture helper and the addon of this system into
 * native/prebuilds/PLATFORM-ARCH, for machines without a compiler. One build serves every Node and
 * Electron: the addon speaks Node-API, the helper neither.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure.mjs';
import { buildNative, compiledFiles, prebuildFolder, releaseFolder } from './native-parts.mjs';
import { run, say } from './run.mjs';

await ensureInstalled();
const { failure } = await buildNative();
if (failure === null) {
  mkdirSync(prebuildFolder, { recursive: true });
  for (const name of compiledFiles) {
    const target = join(prebuildFolder, name);
    copyFileSync(join(releaseFolder, name), target);
    // Symbols are for whoever builds; strip's absence changes nothing but the size.
    if (process.platform !== 'win32') await run('strip', process.platform === 'darwin' ? ['-x', target] : ['--strip-unneeded', target], { quiet: true });
  }
}
say(failure ?? `Copied ${compiledFiles.join(' and ')} to ${prebuildFolder}.`);
process.exitCode = failure === null ? 0 : 1;
