import { describe, expect, test } from 'vitest';
import { isMet } from './figure.ts';
import { growth, pointOf } from './flat-bench.ts';
import type { CaptureResult, ProgramResult } from './read-bench.ts';
import { sectionText } from './section.ts';
import { flatSection, readingSection } from './sections.ts';

const mebi = 2 ** 20;

function program(id: ProgramResult['id'], wallMs: number, peakMemoryBytes: number | null): ProgramResult {
  return { id, title: id, wallMs, cpuMs: wallMs, peakMemoryBytes };
}

function capture(packets: number, programs: readonly ProgramResult[]): CaptureResult {
  return { capture: 'mix1g', description: '1 GB of web traffic', packets, programs, firstRowsMs: 30, indexMs: 1000, deepMs: 3000, finalMs: 4000, columnBytesPerPacket: 61 };
}

const all = [program('layerscope', 1000, 200 * mebi), program('layerscope-deep', 4000, 300 * mebi), program('tshark', 30_000, 1800 * mebi), program('sharkd', 42_000, 1500 * mebi), program('capinfos', 400, 10 * mebi)];

describe('the figures of reading', () => {
  const { figures, charts, tables } = readingSection({ captures: [capture(1_500_000, all)], versions: {} });
  const of = (what: RegExp) => figures.find((figure) => what.test(figure.what));

  test('say how much sooner, and with how much less memory, the product is ready', () => {
    expect(of(/index complete sooner than tshark/)).toMatchObject({ value: 30 });
    expect(of(/every row final sooner than tshark/)).toMatchObject({ value: 7.5 });
    expect(of(/sharkd's peak memory/)).toMatchObject({ value: 7.5 });
  });

  test('are judged by their goals', () => {
    expect(isMet(of(/index complete sooner than tshark/)!)).toBe(true);
    expect(isMet(of(/sharkd's peak memory/)!)).toBe(false);
  });

  test('come with a row and a bar for every program', () => {
    expect(tables[0]?.table.rows.map(([name]) => name)).toEqual(['layerscope', 'layerscope-deep', 'tshark', 'sharkd', 'capinfos']);
    expect(charts[0]?.svg.match(/<rect class="(ours|deep|other)"/g)).toHaveLength(10);
  });

  test('are left out where a program is missing or memory cannot be told', () => {
    const lean = readingSection({ captures: [capture(1000, [program('layerscope', 100, null)])], versions: {} });
    expect(lean.figures.map(({ what }) => what).filter((what) => /tshark|sharkd/.test(what))).toEqual([]);
    expect(sectionText(lean)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('the cost of a packet', () => {
  const point = (packets: number, indexMs: number) => pointOf({ ...capture(packets, [program('layerscope', 2 * indexMs, 100 * mebi)]), indexMs, deepMs: null });

  test('is time by packets, in microseconds', () => {
    expect(point(1e6, 700)).toEqual({ packets: 1e6, indexUsPerPacket: 0.7, deepUsPerPacket: null, indexCpuUsPerPacket: 1.4, deepCpuUsPerPacket: null, peakMemoryBytes: 100 * mebi, columnBytesPerPacket: 61 });
  });

  test('grows by what the largest costs against the smallest', () => {
    const points = [point(1e6, 500), point(2e6, 9000), point(10e6, 10_000)];
    expect(growth(points, ({ indexUsPerPacket }) => indexUsPerPacket)).toBe(2);
    expect(growth([], ({ indexUsPerPacket }) => indexUsPerPacket)).toBeNaN();
  });

  test('that is unknown is no line in the chart and no number in the table', () => {
    const section = flatSection({ points: [point(1e6, 700), point(2e6, 1400)] });
    expect(section.charts[0]?.svg).not.toContain('Deep pass,');
    expect(sectionText(section)).toContain('–');
    expect(section.figures.map(({ what }) => what)).toEqual(['index: a packet of the largest against one of the smallest']);
  });
});
