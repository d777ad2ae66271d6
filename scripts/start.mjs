/**
 * `npm start -- [FILE] [--follow] [--no-open] [--web]`: sets up what is missing, then opens the capture.
 *
 * In Electron where its binary is here or can be fetched in a short time; else through the web host,
 * which opens a window of an installed Chromium or Chrome, or prints its address. `--no-open` only
 * prints the address; `--web` leaves Electron out. Says in one line what was chosen and why.
 */
import { resolve } from 'node:path';
import { SetupError, ensureReady } from './ensure.mjs';
import { fetchElectron, hasDesktop } from './electron-binary.mjs';
import { projectFolder, run, say } from './run.mjs';

/** An Electron that ends with an error this soon never showed a window (no usable sandbox, no libraries). */
const failedAtStartMs = 5_000;

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
async function start(args) {
  await ensureReady();
  // npm runs scripts in the project's folder; the file was named in the folder where npm was called.
  const callerFolder = process.env['INIT_CWD'] ?? process.cwd();
  const isFile = (/** @type {string} */ arg) => arg === '-' || !arg.startsWith('-');
  const files = args.filter(isFile).map((file) => (file === '-' ? file : resolve(callerFolder, file)));
  const electron = args.includes('--no-open') ? { reason: null } : webReason(args) !== null ? { reason: webReason(args) } : await usableElectron();
  if ('executable' in electron) {
    say(`Opening in Electron (${electron.why}).`);
    const status = await startElectron(electron.executable, files);
    if (status !== 'failed at start') return status;
    say('Electron could not start here; opening through the web host instead.');
  } else if (electron.reason !== null) {
    say(`Opening through the web host: ${electron.reason}.`);
  }
  const options = args.filter((arg) => !isFile(arg) && arg !== '--web');
  return (await run(process.execPath, [resolve(projectFolder, 'dist/cli.js'), 'serve', ...files, ...options])).code;
}

/**
 * @param {readonly string[]} args
 * @returns {string | null} why the web host serves what was asked for; null where Electron may
 */
function webReason(args) {
  if (args.includes('--web')) return 'the web host was asked for';
  // Electron's engines have no standard input, and its windows follow no files yet.
  if (args.includes('-')) return 'it can read standard input';
  return args.includes('--follow') || args.includes('-f') ? 'it can follow a file' : null;
}

/** @returns {Promise<{ executable: string, why: string } | { reason: string }>} */
async function usableElectron() {
  if (!hasDesktop()) return { reason: 'there is no desktop for Electron (neither DISPLAY nor WAYLAND_DISPLAY is set)' };
  const result = await fetchElectron();
  return 'executable' in result ? { ...result, why: 'its binary is installed' } : { reason: `Electron's binary is not here and ${result.reason}` };
}

/**
 * @param {string} executable
 * @param {readonly string[]} files
 * @returns {Promise<number | 'failed at start'>}
 */
async function startElectron(executable, files) {
  // Chromium refuses to run as root with its sandbox on.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedMs = performance.now();
  const { code } = await run(executable, [projectFolder, ...asRoot, ...files]);
  const stoppedByUser = code === 130 || code === 143;
  return code !== 0 && !stoppedByUser && performance.now() - startedMs < failedAtStartMs ? 'failed at start' : code;
}
