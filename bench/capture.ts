/** Writes generated traffic as a capture file. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { pcapHeader, pcapRecord } from '../tools/craft/capture-file.ts';
import { concat } from '../tools/craft/bytes.ts';
import { Random } from '../tools/craft/random.ts';
import type { Mode } from './flow.ts';
import { TrafficGenerator } from './generator.ts';

export interface CapturePlan {
  readonly mode: Mode;
  readonly seed: number;
  /** The capture ends with the first packet that reaches either limit. */
  readonly bytes: number;
  readonly packets: number;
}

const flushBytes = 4 << 20;

export function writeCapture(path: string, { mode, seed, bytes, packets }: CapturePlan): void {
  const generator = new TrafficGenerator(new Random(seed), mode);
  const file = openSync(path, 'w');
  let pending = [pcapHeader()];
  let pendingBytes = 0;
  let written = pcapHeader().length;
  const flush = (): void => {
    writeSync(file, concat(...pending));
    pending = [];
    pendingBytes = 0;
  };
  for (let count = 0; written < bytes && count < packets; count++) {
    const frame = generator.next();
    const record = pcapRecord({ timeUs: generator.timeUs, bytes: frame });
    pending.push(record);
    pendingBytes += record.length;
    written += record.length;
    if (pendingBytes >= flushBytes) flush();
  }
  flush();
  closeSync(file);
}
