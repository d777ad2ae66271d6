/**
 * Electron's binary: is it here, and fetching it once, on request, for a limited time.
 * `electron` itself is never imported to find out: that would start a download. No packages needed.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, run } from './run.mjs';

const packageFolder = join(projectFolder, 'node_modules', 'electron');
const failureFile = join(projectFolder, '.cache', 'electron-download-failed');
const fetchLimitMs = 20_000;
const retryAfterMs = 24 * 60 * 60 * 1000;

/** Whether a window can be shown: X11 or Wayland; macOS and Windows always have a desktop. */
export function hasDesktop() {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** @returns {string | null} path of Electron's executable, or null where it was not fetched */
export function findElectron() {
  try {
    const executable = join(packageFolder, 'dist', readFileSync(join(packageFolder, 'path.txt'), 'utf8'));
    return existsSync(executable) ? executable : null;
  } catch {
    return null;
  }
}

/**
 * The binary, fetched first where that can be done in a short time. A failure is remembered for a
 * day, so that only one start in a day waits for it.
 * @returns {Promise<{ executable: string } | { reason: string }>}
 */
export async function fetchElectron() {
  const present = findElectron();
  if (present) return { executable: present };
  const remembered = rememberedFailure();
  if (remembered) return { reason: remembered };
  const { code, timedOut, output } = await run(process.execPath, [join(packageFolder, 'install.js')], { quiet: true, timeLimitMs: fetchLimitMs });
  const fetched = findElectron();
  if (code === 0 && fetched) {
    rmSync(failureFile, { force: true });
    return { executable: fetched };
  }
  const reason = timedOut ? `its download took longer than ${fetchLimitMs / 1000} s` : `its download failed (${firstReason(output)})`;
  mkdirSync(join(projectFolder, '.cache'), { recursive: true });
  writeFileSync(failureFile, JSON.stringify({ atMs: Date.now(), reason }));
  return { reason };
}

/** @returns {string | null} */
function rememberedFailure() {
  try {
    const { atMs, reason } = JSON.parse(readFileSync(failureFile, 'utf8'));
    return Date.now() - atMs < retryAfterMs ? `${reason}; "npx install-electron --no" tries again` : null;
  } catch {
    return null;
  }
}

/**
 * The line of a stack trace that says why.
 * @param {string} output
 */
function firstReason(output) {
  if (/fetch failed|ENOTFOUND|ECONNREFUSED|EAI_AGAIN/.test(output)) return 'its server cannot be reached';
  const lines = output.split('\n').map((line) => line.trim()).filter(Boolean);
  return lines.find((line) => /^\w*Error\b|ERR_/.test(line))?.slice(0, 160) ?? lines[0]?.slice(0, 160) ?? 'no reason given';
}
