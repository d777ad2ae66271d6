/**
 * Runs other programs for the scripts of this folder. No packages needed.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {object} RunOptions
 * @property {boolean} [quiet] collect the output instead of showing it
 * @property {number} [timeLimitMs] end the program, and what it started, after this time
 * @property {Record<string, string | undefined>} [env] added to this process's environment
 *
 * @typedef {object} RunResult
 * @property {number} code exit status; 128 and more after a signal, 127 when it could not be started
 * @property {string} output what it printed, when quiet
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end. Never throws: a program that cannot be started has the status 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  const { quiet = false, timeLimitMs, env = {} } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectFolder,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
      // A group of its own, so that a time limit also ends what the program started.
      detached: timeLimitMs !== undefined && process.platform !== 'win32',
    });
    let output = '';
    let timedOut = false;
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const timer = timeLimitMs === undefined ? undefined : setTimeout(() => ((timedOut = true), endGroup(child)), timeLimitMs);
    const stopForwarding = forwardSignals(child);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      stopForwarding();
      resolve({ code, output, timedOut });
    };
    child.once('error', (error) => ((output += `${error.message}\n`), finish(127)));
    child.once('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/**
 * A terminal sends Ctrl+C to the child as well, so this process only has to outlive it;
 * a plain `kill` reaches this process alone and is passed on.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} undoes it
 */
function forwardSignals(child) {
  const wait = () => {};
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', pass);
  return () => {
    process.off('SIGINT', wait);
    process.off('SIGTERM', pass);
  };
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * Runs a program of an installed package with this very Node, without npx and its shell.
 * @param {string} script path below node_modules, for example "typescript/bin/tsc"
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runPackage(script, args, options) {
  return run(process.execPath, [`node_modules/${script}`, ...args], options);
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
