import { describe, expect, test } from 'vitest';
import { growth } from './live-window.ts';

const mebi = 2 ** 20;
const columnBytesPerPacket = 50;

/** A minute of an engine that keeps columns and besides them what `beyond` says, in MiB at a second. */
const minute = (beyond: (second: number) => number) =>
  Array.from({ length: 60 }, (_, second) => ({ packets: second * 200_000, engineBytes: beyond(second) * mebi + second * 200_000 * columnBytesPerPacket }));

describe('memory beyond the columns', () => {
  test('is flat where only columns grow', () => {
    expect(growth(minute(() => 150), columnBytesPerPacket)).toEqual({ beyondColumnsBytes: 150 * mebi, grownBytes: 0 });
  });

  test('does not count what a start takes, nor a single peak', () => {
    expect(growth(minute((second) => (second < 10 ? 40 : second === 55 ? 400 : 150)), columnBytesPerPacket).grownBytes).toBe(0);
  });

  test('tells a leak of a mebibyte a second', () => {
    expect(growth(minute((second) => 100 + second), columnBytesPerPacket).grownBytes).toBe(40 * mebi);
  });

  test('is not less than nothing', () => {
    expect(growth(minute((second) => 200 - second), columnBytesPerPacket).grownBytes).toBe(0);
  });
});
