/**
 * Builds native/ (the capture helper and the addon) with node-gyp, as part of set-up. Live capture is
 * the only thing that needs it: a missing compiler or a failed build is told in one line and stops
 * nothing. `npm run build:native` tries again, whatever was tried before.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { projectFolder, run, say } from './run.mjs';

const nativeFolder = join(projectFolder, 'native');
export const releaseFolder = join(nativeFolder, 'build', 'Release');

/** Where native/native-files.ts looks when nothing was built here. */
export const prebuildFolder = join(nativeFolder, 'prebuilds', `${process.platform}-${process.arch}`);

export const compiledFiles = [process.platform === 'win32' ? 'layerscope-capture.exe' : 'layerscope-capture', 'layerscope_native.node'];

/** What the last attempt came to, for the next one and for native/native-files.ts. */
const outcomeFile = join(nativeFolder, 'build', 'outcome.json');

const sourceFolders = ['core', 'helper', 'addon', 'tools'];

/** A build takes a quarter of a minute; one that waits for a server that does not answer is given up. */
const timeLimitMs = 300_000;

/**
 * @typedef {object} Outcome
 * @property {string} inputs digest of the sources
 * @property {string | null} failure one sentence; null when it was built
 */

/** Builds what is not built from exactly these sources, unless these have failed already. */
export async function ensureNative() {
  const inputs = inputStamp();
  const last = lastOutcome();
  if (last?.inputs === inputs && (last.failure !== null || isBuilt())) return;
  // Built elsewhere, and nothing here that could do it again.
  if (missingTools().length > 0 && isBuilt(prebuildFolder)) return;
  say('Building the capture helper …');
  const outcome = await buildNative(inputs);
  if (outcome.failure !== null) say(outcome.failure);
}

/**
 * Builds, whatever was tried before.
 * @param {string} [inputs]
 * @returns {Promise<Outcome>}
 */
export async function buildNative(inputs = inputStamp()) {
  const missing = missingTools();
  const failure = missing.length > 0 ? `Live capture is not available: building it needs ${missing.join(', ')}. Install that, then run npm run build:native.` : await compile();
  mkdirSync(dirname(outcomeFile), { recursive: true });
  const outcome = { inputs, failure };
  writeFileSync(outcomeFile, `${JSON.stringify(outcome)}\n`);
  return outcome;
}

/** @returns {Promise<string | null>} why not */
async function compile() {
  const args = ['configure', 'build', '--directory', nativeFolder, '--jobs', '2', ...headerArguments()];
  const { code, output, timedOut } = await run(process.execPath, [join(projectFolder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'), ...args], { quiet: true, timeLimitMs });
  if (code === 0 && isBuilt()) return null;
  const log = join(nativeFolder, 'build', 'build.log');
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, output);
  return `Live capture is not available: building it ${timedOut ? 'took too long' : 'failed'} (see native/build/build.log). npm run build:native tries again.`;
}

/** Node's own headers where they were installed with it: nothing has to be fetched. */
function headerArguments() {
  if (process.env['npm_config_nodedir']) return [];
  const folder = dirname(dirname(process.execPath));
  return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? ['--nodedir', folder] : [];
}

/** On Windows node-gyp looks for Visual Studio itself. */
function missingTools() {
  if (process.platform === 'win32') return [];
  const compilers = process.env['CXX'] ? [process.env['CXX']] : ['g++', 'c++', 'clang++'];
  return [
    ...(compilers.some(isProgram) ? [] : ['a C++ compiler (g++)']),
    ...(isProgram('make') ? [] : ['make']),
    ...(isProgram('python3') ? [] : ['python3']),
  ];
}

/** @param {string} name a program on the path, or a path; options after it are not part of it */
function isProgram(name) {
  const program = name.split(' ')[0] ?? name;
  return existsSync(program) || (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** @param {string} [folder] */
function isBuilt(folder = releaseFolder) {
  return compiledFiles.every((file) => existsSync(join(folder, file)));
}

function inputStamp() {
  const files = ['native/binding.gyp', ...sourceFolders.flatMap((folder) => readdirSync(join(nativeFolder, folder)).map((name) => `native/${folder}/${name}`))];
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\0`);
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(projectFolder, file))).update('\0');
  return hash.digest('hex');
}

/** @returns {Outcome | null} */
function lastOutcome() {
  try {
    return JSON.parse(readFileSync(outcomeFile, 'utf8'));
  } catch {
    return null;
  }
}
