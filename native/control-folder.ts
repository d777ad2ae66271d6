/**
 * Control sockets of running captures. Each helper listens on one of its own, in a folder that only its
 * user can enter, so that a later start finds captures that outlived the window.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from './capture-types.ts';

const socketName = /^capture-[0-9a-f]+\.sock$/;

/** Paths of sockets end at 107 bytes on Linux, 103 on macOS. */
const longestSocketPath = 103;

/**
 * A path for a new control socket; null on Windows, where a capture cannot be attached again.
 * @throws {CaptureError} when the folder is not safe to use
 */
export function newControlSocket(): string | null {
  if (process.platform === 'win32') return null;
  const path = join(controlFolder(), `capture-${randomBytes(8).toString('hex')}.sock`);
  if (Buffer.byteLength(path) > longestSocketPath) throw new CaptureError('unwritable', `The path ${path} is too long for a control socket; set XDG_RUNTIME_DIR to a folder with a shorter name.`);
  return path;
}

/** Sockets in the folder, of captures that run or have ended without tidying up. */
export function controlSockets(): readonly string[] {
  if (process.platform === 'win32') return [];
  try {
    const folder = controlFolder();
    return readdirSync(folder).filter((name) => socketName.test(name)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Made when missing; the user's own and closed to others, or refused: in a shared folder its name could be taken. */
function controlFolder(): string {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  const folder = runtime ? join(runtime, 'layerscope') : join(tmpdir(), `layerscope-${process.getuid?.() ?? 0}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const status = lstatSync(folder);
    if (!status.isDirectory() || status.uid !== process.getuid?.()) throw new Error('it belongs to somebody else');
    if ((status.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    throw new CaptureError('unwritable', `The folder ${folder} for control sockets cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return folder;
}
