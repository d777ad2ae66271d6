/**
 * Set-up that is part of every command: packages as the lock file says, and a build of the current
 * sources. Both are skipped when they are already there. No packages needed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureNative } from './native-parts.mjs';
import { projectFolder, run, say } from './run.mjs';

const oldestNode = [20, 19];
const stampFile = join(projectFolder, 'dist', '.inputs');

/** What the build reads. Tests beside the code are left out: changing one changes no bundle. */
const buildInputs = ['shared', 'native', 'electron', 'renderer', 'assets', 'scripts/bundle.mjs', 'vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json'];

/** Set-up failed for a reason that the user can act on; the message is one sentence. */
export class SetupError extends Error {}

/** @throws {SetupError} when packages cannot be installed or the build fails */
export async function ensureReady() {
  await ensureInstalled();
  await ensureNative();
  await ensureBuilt();
}

/** Installs the packages of package-lock.json unless exactly these are installed. */
export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  say('Installing packages (npm ci) …');
  const { command, args } = npm();
  // Electron's binary is fetched on request only (electron-binary.mjs): a download must never hold up an installation.
  const { code, output } = await run(command, [...args, 'ci', '--no-audit', '--no-fund'], { quiet: true, env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } });
  if (code !== 0) throw new SetupError(`npm ci failed (status ${code}):\n${output.trim()}`);
}

/** Builds dist/ unless it was built from exactly the sources that are here. */
export async function ensureBuilt() {
  const stamp = inputStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('Building …');
  // The build needs packages, so it is loaded only once they are there.
  const { build } = await import('./bundle.mjs');
  await build(stamp).catch((error) => {
    throw new SetupError(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** A digest of all that a build depends on, as text. */
export function inputStamp() {
  const hash = createHash('sha256');
  for (const file of buildInputs.flatMap(filesBelow).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(projectFolder, file))).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path relative to the project
 * @returns {string[]} files at or below it, with forward slashes on every platform
 */
function filesBelow(path) {
  const absolute = join(projectFolder, path);
  const status = statSync(absolute, { throwIfNoEntry: false });
  if (!status) return [];
  if (status.isFile()) return [path];
  // What is compiled is none of the bundler's inputs.
  if (path === 'native/build' || path === 'native/prebuilds') return [];
  return readdirSync(absolute, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
    .filter((file) => !/\.test\.tsx?$/.test(file));
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetupError(`Layerscope needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
  }
}

/**
 * npm records what it installed in node_modules/.package-lock.json: comparing that with the lock file
 * needs no stamp of our own and also sees an installation made by hand. Optional packages are those
 * of other platforms.
 */
function isInstalled() {
  try {
    const wanted = lockedPackages('package-lock.json');
    const present = lockedPackages('node_modules/.package-lock.json');
    return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional || present[path]?.version === version);
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(join(projectFolder, file), 'utf8')).packages;
}

/** The npm that called us, or the one beside this Node, run without a shell (on Windows npm is a .cmd file). */
function npm() {
  const beside = [
    process.env['npm_execpath'],
    join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
  if (beside) return { command: process.execPath, args: [beside] };
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'npm')).find(existsSync);
  return { command: onPath ?? 'npm', args: [] };
}
