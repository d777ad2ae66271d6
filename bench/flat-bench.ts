/** What one packet costs in captures of ever more packets: it should cost the same. */
import type { CaptureSet } from './captures.ts';
import { layerscope, layerscopeDeep } from './programs.ts';
import { type CaptureResult, compare } from './read-bench.ts';

export interface FlatPoint {
  readonly packets: number;
  readonly indexUsPerPacket: number;
  readonly deepUsPerPacket: number | null;
  /** Processor time of the whole processes that index, and that wait for the deep pass: other programs on the machine hardly change it. */
  readonly indexCpuUsPerPacket: number | null;
  readonly deepCpuUsPerPacket: number | null;
  /** Of the process that only indexes. */
  readonly peakMemoryBytes: number | null;
  readonly columnBytesPerPacket: number | null;
}

export interface FlatResult {
  readonly points: readonly FlatPoint[];
}

export async function benchFlat({ growing }: CaptureSet, rounds: number): Promise<FlatResult> {
  const points: FlatPoint[] = [];
  for (const capture of growing) points.push(pointOf(await compare(capture, [layerscope, layerscopeDeep], rounds)));
  return { points };
}

export function pointOf({ packets, indexMs, deepMs, columnBytesPerPacket, programs }: CaptureResult): FlatPoint {
  const ours = programs.find(({ id }) => id === 'layerscope');
  const deep = programs.find(({ id }) => id === 'layerscope-deep');
  return {
    packets,
    indexUsPerPacket: (indexMs * 1000) / packets,
    deepUsPerPacket: perPacket(deepMs, packets),
    indexCpuUsPerPacket: perPacket(ours?.cpuMs, packets),
    deepCpuUsPerPacket: perPacket(deep?.cpuMs, packets),
    peakMemoryBytes: ours?.peakMemoryBytes ?? null,
    columnBytesPerPacket,
  };
}

function perPacket(milliseconds: number | null | undefined, packets: number): number | null {
  return milliseconds === null || milliseconds === undefined ? null : (milliseconds * 1000) / packets;
}

/** How much more a packet costs in the largest capture than in the smallest; 1 = the same. */
export function growth(points: readonly FlatPoint[], cost: (point: FlatPoint) => number | null): number {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return Number.NaN;
  return (cost(last) ?? Number.NaN) / (cost(first) ?? Number.NaN);
}
