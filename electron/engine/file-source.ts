/**
 * The bytes of a capture: read through once, in order, and again at random.
 *
 * Positions are those of the unpacked bytes. A plain file is read again from the
 * file; what comes out of a pipe or of decompression is kept in a spool. Nothing
 * is ever mapped: a mapped file that shrinks kills its reader.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { packedRefusal } from '../../shared/capture-files/capture-reader.ts';
import { sniff, SNIFF_BYTES, type Packing } from '../../shared/capture-files/sniff.ts';
import { abortable, fileChunks, pipeChunks } from './byte-streams.ts';
import { FileIdentity } from './file-identity.ts';
import { PlainSource } from './plain-source.ts';
import { openProblem, sourceProblem } from './source-problems.ts';
import type { OpenedSource, OpenOptions } from './source.ts';
import { SpooledSource } from './spooled-source.ts';
import { canUnpack } from './unpack.ts';

export type { FeedOptions, FeedOutcome, FeedProgress, FileSource, OpenedSource, OpenOptions } from './source.ts';

/** Opens a regular file, a named pipe or "-" (standard input), read-only. */
export function openFileSource(path: string, options: OpenOptions = {}): OpenedSource {
  if (path === '-') {
    const input = options.standardInput ?? process.stdin;
    return { ok: true, source: new SpooledSource({ name: 'standard input', open: (signal) => abortable(input, signal) }, options) };
  }
  const name = basename(path);
  try {
    // Non-blocking, so that opening a pipe does not wait for its writer; regular files do not care.
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return openDescriptor(name, path, descriptor, options);
  } catch (error) {
    return { ok: false, problem: openProblem(name, error) };
  }
}

function openDescriptor(name: string, path: string, descriptor: number, options: OpenOptions): OpenedSource {
  const stats = fstatSync(descriptor);
  if (stats.isFIFO()) {
    return { ok: true, source: new SpooledSource({ name, open: (signal) => pipeChunks(descriptor, signal) }, options) };
  }
  const refuse = (code: string, message: string): OpenedSource => {
    closeSync(descriptor);
    return { ok: false, problem: sourceProblem('refused', code, message) };
  };
  if (stats.isDirectory()) return refuse('is-a-folder', `${name} is a folder: choose a capture file in it.`);
  if (!stats.isFile()) return refuse('not-a-file', `${name} is no file but a device or socket: choose a capture file.`);
  if (stats.size === 0 && options.mayBeEmpty !== true) return refuse('empty-file', `${name} is empty: it has no bytes, so there is nothing to show.`);
  const packing = packingOf(descriptor);
  if (packing !== null && !canUnpack(packing)) {
    const { code, message } = packedRefusal(name, packing);
    return refuse(code, message);
  }
  if (packing === null) return { ok: true, source: new PlainSource(name, path, descriptor, options) };
  const file = { descriptor, identity: new FileIdentity(name, path, descriptor), packing };
  return { ok: true, source: new SpooledSource({ name, file, open: () => fileChunks(descriptor, 0) }, options) };
}

function packingOf(descriptor: number): Packing | null {
  const first = new Uint8Array(SNIFF_BYTES);
  const count = readSync(descriptor, first, 0, SNIFF_BYTES, 0);
  const found = sniff(first.subarray(0, count));
  return found.kind === 'packed' ? found.packing : null;
}
