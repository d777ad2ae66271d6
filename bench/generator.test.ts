import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { internetChecksum } from '../tools/craft/checksum.ts';
import { Random } from '../tools/craft/random.ts';
import type { Mode } from './flow.ts';
import { TrafficGenerator } from './generator.ts';

function frames(mode: Mode, seed: number, count: number): readonly Uint8Array[] {
  const generator = new TrafficGenerator(new Random(seed), mode);
  return Array.from({ length: count }, () => generator.next());
}

function digest(all: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const frame of all) hash.update(frame);
  return hash.digest('hex');
}

const mix = frames('mix', 1, 20_000);

describe('benchmark traffic', () => {
  test('is the same for the same seed and differs for another', () => {
    const start = digest(mix.slice(0, 2000));
    expect(digest(frames('mix', 1, 2000))).toBe(start);
    expect(digest(frames('mix', 2, 2000))).not.toBe(start);
  });

  test('has an average packet length like real traffic, or a small one', () => {
    const average = (all: readonly Uint8Array[]): number => all.reduce((sum, frame) => sum + frame.length, 0) / all.length;
    expect(average(mix)).toBeGreaterThan(450);
    expect(average(mix)).toBeLessThan(800);
    expect(average(frames('small', 1, 5000))).toBeLessThan(100);
  });

  test('has valid IPv4 header checksums', () => {
    const headers = mix.filter((frame) => frame[12] === 0x08 && frame[13] === 0x00).map((frame) => frame.subarray(14, 34));
    expect(headers.length).toBeGreaterThan(12_000);
    expect(headers.filter((header) => internetChecksum(header) !== 0)).toEqual([]);
  });

  test('mixes protocols in the intended shares', () => {
    const share = (matches: (frame: Uint8Array) => boolean): number => (mix.filter(matches).length / mix.length) * 100;
    expect(share((frame) => frame[12] === 0x08 && frame[13] === 0x06)).toBeCloseTo(0.5, 0);
    expect(share((frame) => frame[12] === 0x08 && frame[13] === 0x00 && frame[23] === 17)).toBeCloseTo(3.4, 0);
  });
});
