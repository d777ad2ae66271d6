import { expect, test } from 'vitest';
import { isMet } from './figure.ts';
import type { FilterResult } from './filter-bench.ts';
import { filtersSection } from './filter-section.ts';
import { sectionText } from './section.ts';

const filter = (kind: FilterResult['kind'], text: string, more: Partial<FilterResult> = {}): FilterResult => ({
  kind, text, found: 12, ready: { samples: 3, p50Ms: 20, p95Ms: 25, mostMs: 25 }, firstHitsMs: 15, engineCpuMs: 200, tshark: null, commandLine: null, ...more,
});

const section = filtersSection({
  capture: 'mix', packets: 100_000, versions: {},
  filters: [
    filter('columns', 'dns'),
    filter('scan', 'ip.ttl < 64'),
    filter('protocol', 'http', { tshark: { wallMs: 1500, cpuMs: 1400 }, commandLine: { wallMs: 800, cpuMs: 700 } }),
    filter('protocol', 'tls', { firstHitsMs: Number.NaN, engineCpuMs: null, tshark: { wallMs: 1500, cpuMs: null }, commandLine: { wallMs: 800, cpuMs: null } }),
  ],
});

test('figures are those of the kind of filter, and judged', () => {
  expect(section.figures.map((figure) => [figure.what, figure.value, isMet(figure)])).toEqual([
    ['dns: view ready', 20, true],
    ['ip.ttl < 64: scanned', 500_000, true],
    ['ip.ttl < 64: first hits', 15, true],
    ['http: faster than tshark -Y, warm', 7, true],
    ['http: faster than tshark -Y, cold', 2, false],
    ['http: first hits', 15, true],
  ]);
});

test('what could not be measured is a dash', () => {
  expect(section.tables[0]?.table.rows.at(-1)).toEqual(['tls', '12', '20.0 ms', '–', '–', '–', '–', '–', '–']);
  expect(sectionText(section)).not.toMatch(/NaN|undefined|Infinity|null/);
});
