/**
 * `node scripts/run-ts.mjs FILE.ts [ARGUMENT…]`: bundles a TypeScript program of this repository and
 * runs it (Node 20 cannot run TypeScript by itself). Packages stay outside the bundle.
 */
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './ensure.mjs';
import { projectFolder } from './run.mjs';

/** In the bundle each module still knows the folder of its source. */
const keepFolders = {
  name: 'keep-folders',
  /**
   * @param {string} code
   * @param {string} id
   */
  transform: (code, id) => code.replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
};

/**
 * Bundles `entry` and imports it.
 * @param {string} entry path relative to the project
 * @returns {Promise<any>} its exports
 */
export async function importTypeScript(entry) {
  const { rolldown } = await import('rolldown');
  const file = join(projectFolder, '.cache', 'run', `${entry.replaceAll(/[/\\]/g, '-')}.mjs`);
  const bundle = await rolldown({
    input: resolve(projectFolder, entry),
    cwd: projectFolder,
    platform: 'node',
    // Bare names only: our own files are imported by relative path.
    external: /^[^./]/,
    logLevel: 'silent',
    plugins: [keepFolders],
    transform: { target: 'node20.19' },
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return import(pathToFileURL(file).href);
}

if (process.argv[1] === import.meta.filename) {
  const [entry, ...args] = process.argv.slice(2);
  if (entry === undefined) throw new Error('usage: node scripts/run-ts.mjs FILE.ts [ARGUMENT…]');
  await ensureInstalled();
  process.argv = [process.argv[0] ?? 'node', resolve(projectFolder, entry), ...args];
  await importTypeScript(entry);
}
