/** How capture files are named, and which files belong together. */
import { mkdir, readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { IpcError } from '../../../shared/ipc/errors.ts';

/** "layerscope_eth0_20260131094500.pcapng"; `at` in local time, as people look for it. */
export function captureName(interfaces: readonly string[], at: Date, extension = '.pcapng'): string {
  const first = (interfaces[0] ?? 'capture').replaceAll(/[^\w.-]/g, '_').slice(0, 60);
  const others = interfaces.length > 1 ? `_and_${interfaces.length - 1}` : '';
  return `layerscope_${first}${others}_${stamp(at)}${extension}`;
}

function stamp(at: Date): string {
  const digits = (value: number, count = 2): string => String(value).padStart(count, '0');
  return `${at.getFullYear()}${digits(at.getMonth() + 1)}${digits(at.getDate())}${digits(at.getHours())}${digits(at.getMinutes())}${digits(at.getSeconds())}`;
}

/** The path itself, or one with a number where that is taken. */
export function freePath(path: string): string {
  const extension = extname(path);
  const base = path.slice(0, path.length - extension.length);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? path : `${base}_${number}${extension}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** A new file in the user's capture folder, which is made where it is missing. Rejects with an `IpcError`. */
export async function newCapturePath(folder: string, interfaces: readonly string[], extension?: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new IpcError('failed', `The folder ${folder} for captures cannot be made (${error instanceof Error ? error.message : String(error)}); choose a file elsewhere.`, 'unwritable');
  }
  return freePath(join(folder, captureName(interfaces, new Date(), extension)));
}

/** A path that a window named: it may make a file, never replace one. Rejects with an `IpcError`. */
export async function chosenCapturePath(path: string): Promise<string> {
  if (!isAbsolute(path)) throw new IpcError('failed', `"${path}" is no absolute path: say in which folder the capture goes.`, 'unwritable');
  const folder = await stat(dirname(path)).catch(() => null);
  if (folder === null || !folder.isDirectory()) throw new IpcError('failed', `There is no folder "${dirname(path)}" to write the capture into.`, 'unwritable');
  if (existsSync(path)) throw new IpcError('failed', `"${basename(path)}" exists already; a capture never replaces a file. Choose another name.`, 'unwritable');
  return path;
}

/**
 * Files of a capture that was asked to write `out`, oldest first: the file itself, or of a set
 * BASE_00001_YYYYMMDDhhmmss.EXT and so on, as dumpcap and our helper name them.
 */
export async function captureFiles(out: string, isSet: boolean): Promise<string[]> {
  if (!isSet) return existsSync(out) ? [out] : [];
  const folder = dirname(out);
  const extension = extname(out);
  const base = basename(out, extension);
  const names = await readdir(folder).catch(() => []);
  const numbered = names.flatMap((name) => {
    const middle = name.startsWith(`${base}_`) && name.endsWith(extension) ? name.slice(base.length + 1, name.length - extension.length) : '';
    const number = /^(\d{5,})_\d{14}$/.exec(middle)?.[1];
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  return numbered.sort((left, right) => left.number - right.number).map(({ name }) => join(folder, name));
}

export async function totalBytes(files: readonly string[]): Promise<{ readonly bytes: number; readonly modifiedAtMs: number }> {
  const found = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return { bytes: found.reduce((total, each) => total + (each?.size ?? 0), 0), modifiedAtMs: Math.max(0, ...found.map((each) => each?.mtimeMs ?? 0)) };
}
