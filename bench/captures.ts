/** The captures that the benchmarks read: made once, kept in .cache/bench. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturePlan, writeCapture } from './capture.ts';

/** In the folder's name: captures of an earlier generator must not pass for those of this one. */
const generatorVersion = 2;
const folder = join('.cache', 'bench', `v${generatorVersion}`);

export interface NamedCapture {
  readonly name: string;
  readonly plan: CapturePlan;
  /** What it is, for readers of the figures. */
  readonly description: string;
}

function mix(name: string, bytes: number, seed: number, size: string): NamedCapture {
  return { name, plan: { mode: 'mix', seed, bytes, packets: Infinity }, description: `${size} of web traffic` };
}

/** All from one seed: the shorter is the start of the longer, so that only the number of packets differs. */
function small(name: string, packets: number): NamedCapture {
  return { name, plan: { mode: 'small', seed: 3, bytes: Infinity, packets }, description: `${packets / 1e6} million small packets` };
}

export interface CaptureSet {
  /** Many bytes, and many packets. */
  readonly large: NamedCapture;
  readonly many: NamedCapture;
  /** Ever more packets of the same kind. */
  readonly growing: readonly NamedCapture[];
  /** What the window opens; it scrolls the last one, with the most packets. */
  readonly window: readonly NamedCapture[];
  /** Unpacked bytes of the decompression bomb. */
  readonly bombBytes: number;
}

const mix100 = mix('mix100', 100e6, 1, '100 MB');
const small1m = small('small1m', 1e6);
const small10m = small('small10m', 10e6);

const mix1g = mix('mix1g', 1e9, 2, '1 GB');

export const fullSet: CaptureSet = {
  large: mix1g,
  many: small10m,
  growing: [small1m, small('small2m', 2e6), small('small5m', 5e6), small10m],
  window: [mix100, mix1g, small10m],
  bombBytes: 4 * 2 ** 30,
};

export const quickSet: CaptureSet = {
  large: mix100,
  many: small1m,
  growing: [small('small100k', 1e5), small('small200k', 2e5), small('small500k', 5e5), small1m],
  window: [mix100, small1m],
  bombBytes: 2 ** 29,
};

/** Path of the capture, which is written first where it is not there. */
export function captureFile({ name, plan }: NamedCapture): Promise<string> {
  return cached(`${name}.pcap`, (path) => writeCapture(path, plan));
}

/** Path of a file in the cache; `write` makes it where it is not there. */
export async function cached(name: string, write: (path: string) => void | Promise<void>): Promise<string> {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  process.stderr.write(`making ${name} …\n`);
  mkdirSync(folder, { recursive: true });
  // Under another name until it is complete: an interrupted run must not leave half a file.
  const part = `${path}.part`;
  await write(part);
  renameSync(part, path);
  return path;
}
