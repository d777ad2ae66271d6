/**
 * Makes dist/: the Node bundles with rolldown, the window with vite. Needs the packages.
 *
 * dist/ is replaced as a whole once everything is built, so that a failed build leaves the last one
 * in place and a running host never sees half of a new one.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build as buildWindow } from 'vite';
import { projectFolder, run } from './run.mjs';

/** Node programs that share chunks: command line and engine process. */
const nodeEntries = { cli: 'electron/cli/main.ts', engine: 'electron/engine/engine.ts' };

/** What starts them: see electron/start/program-loader.ts. */
const starters = { cli: 'electron/start/cli.ts', engine: 'electron/start/engine.ts', 'program-loader': 'electron/start/program-loader.ts' };

/** What runs for every packet, in one chunk: names of other chunks are properties that each call looks up. */
const core = { name: 'core', test: /[\\/]shared[\\/](bytes|records|capture-files|streams|dissect|columns|filter|format|layers)[\\/]/ };

/** What the code caches are made with: the sample with the most protocols. */
const rehearsalSample = join(projectFolder, 'assets/samples/web-page.pcapng');

/** Programs that Electron loads. Each is one CommonJS file: a sandboxed preload script can be nothing else. */
const electronEntries = { main: 'electron/main/main.ts', preload: 'electron/main/preload.ts' };

/** Never bundled: given by the runtime, or optional parts of ws that are found when installed. */
const external = ['electron', 'bufferutil', 'utf-8-validate'];

/**
 * @param {string} stamp what was built, written to dist/.inputs
 * @returns {Promise<void>} rejects with the bundler's message when a source does not build
 */
export async function build(stamp) {
  const next = join(projectFolder, '.cache', `dist-${process.pid}`);
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  try {
    await bundleNode(next);
    for (const [name, entry] of Object.entries(electronEntries)) await bundleElectron(name, entry, next);
    await bundleWindow(join(next, 'renderer'));
    writeFileSync(join(next, '.inputs'), stamp);
    replaceFolder(next, join(projectFolder, 'dist'));
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

/**
 * The Node programs: CommonJS chunks with their code caches, and what starts them.
 * @param {string} folder empty, but there
 */
export async function bundleNode(folder) {
  // White space and comments out, names kept: a third less for every start to read, and traces still name functions.
  const minify = { compress: true, mangle: false, codegen: true };
  // Chunks lie beside the entries: modules find their neighbours (the engine, the window) from import.meta.url.
  const bundle = await rolldown({ input: nodeEntries, cwd: projectFolder, platform: 'node', external, transform: { target: 'node20.19' } });
  await bundle.write({ dir: folder, format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs', codeSplitting: { groups: [core] }, minify });
  await bundle.close();
  for (const name of readdirSync(folder)) inAscii(join(folder, name));
  const starter = await rolldown({ input: starters, cwd: projectFolder, platform: 'node', external, transform: { target: 'node20.19' } });
  // CommonJS by the folder's own word: Node sets up its loader of ES modules only where there is one.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await starter.write({ dir: folder, format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
  await starter.close();
  const { code, output } = await run(process.execPath, [join(projectFolder, 'scripts/code-cache.mjs'), folder, rehearsalSample], { quiet: true });
  if (code !== 0) throw new Error(`no code cache could be made (status ${code}):\n${output.trim()}`);
}

/**
 * Characters beyond ASCII stand in texts and patterns only, where their escapes mean the same. Without them every start
 * reads a chunk as one byte a character (program-loader.ts), and V8 keeps half as much.
 * @param {string} file
 */
function inAscii(file) {
  const source = readFileSync(file, 'utf8');
  const escaped = source.replace(/[^\x00-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (escaped !== source) writeFileSync(file, escaped);
}

/**
 * @param {string} name
 * @param {string} entry
 * @param {string} folder
 */
async function bundleElectron(name, entry, folder) {
  const bundle = await rolldown({ input: entry, cwd: projectFolder, platform: 'node', external, transform: { target: 'node20.19' } });
  await bundle.write({ file: join(folder, `${name}.cjs`), format: 'cjs', codeSplitting: false });
  await bundle.close();
}

/** @param {string} folder */
async function bundleWindow(folder) {
  await buildWindow({ root: join(projectFolder, 'renderer'), configFile: join(projectFolder, 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder } });
}

/**
 * @param {string} next
 * @param {string} target
 */
function replaceFolder(next, target) {
  rmSync(target, { recursive: true, force: true });
  try {
    renameSync(next, target);
  } catch {
    // Windows refuses while a file below is open; other file systems refuse to rename across a mount.
    cpSync(next, target, { recursive: true });
  }
}
