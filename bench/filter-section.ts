/** What the measured filters say: one table, and figures with their goals. */
import { atLeast, atMost, type Figure, quantity } from './figure.ts';
import type { Cost, FilterResult, FiltersResult } from './filter-bench.ts';
import type { Section } from './section.ts';

const unknown = '–';
const goals = { columns: atMost(30), scan: atLeast(300_000), sooner: atLeast(5), firstHits: atMost(200) } as const;

export function filtersSection({ capture, packets, filters }: FiltersResult): Section {
  const columns = ['Filter', 'Found', 'Ready, median', 'First hits', 'Processor time', 'Packets of it', 'tshark -Y', 'Warm', 'Cold'];
  return {
    title: 'Display filters',
    tables: [{ caption: `${capture}: ${quantity(packets, 'packets')} packets. Processor time of the engine, and of tshark.`, table: { columns, rows: filters.map((filter) => row(filter, packets)) } }],
    figures: filters.flatMap((filter) => figuresOf(filter, packets)),
    charts: [],
  };
}

function row(filter: FilterResult, packets: number): readonly string[] {
  const { text, found, ready, firstHitsMs, engineCpuMs, tshark } = filter;
  const speed = perSecond(filter, packets);
  const times = (value: number | null): string => (value === null ? unknown : quantity(value, 'times'));
  return [
    text,
    quantity(found, 'packets'),
    quantity(ready.p50Ms, 'ms'),
    Number.isNaN(firstHitsMs) ? unknown : quantity(firstHitsMs, 'ms'),
    engineCpuMs === null ? unknown : quantity(engineCpuMs, 'ms'),
    speed === null ? unknown : quantity(speed, 'packets/s'),
    tshark === null || tshark.cpuMs === null ? unknown : quantity(tshark.cpuMs, 'ms'),
    times(warm(filter)),
    times(cold(filter)),
  ];
}

function figuresOf(filter: FilterResult, packets: number): readonly Figure[] {
  const { kind, text, ready, firstHitsMs } = filter;
  const first: readonly Figure[] = Number.isNaN(firstHitsMs) ? [] : [{ what: `${text}: first hits`, value: firstHitsMs, unit: 'ms', goal: goals.firstHits }];
  if (kind === 'columns') return [{ what: `${text}: view ready`, value: ready.p50Ms, unit: 'ms', goal: goals.columns }];
  const speed = perSecond(filter, packets);
  if (kind === 'scan') return [...(speed === null ? [] : [{ what: `${text}: scanned`, value: speed, unit: 'packets/s', goal: goals.scan } as const]), ...first];
  const sooner = (how: string, value: number | null): readonly Figure[] => (value === null ? [] : [{ what: `${text}: faster than tshark -Y, ${how}`, value, unit: 'times', goal: goals.sooner }]);
  return [...sooner('warm', warm(filter)), ...sooner('cold', cold(filter)), ...first];
}

/** Packets of the capture for each second of processor time. */
function perSecond({ engineCpuMs }: FilterResult, packets: number): number | null {
  return engineCpuMs === null || engineCpuMs === 0 ? null : (packets * 1000) / engineCpuMs;
}

function warm({ tshark, engineCpuMs }: FilterResult): number | null {
  return ratio(tshark?.cpuMs, engineCpuMs);
}

function cold({ tshark, commandLine }: FilterResult): number | null {
  return ratio(tshark?.cpuMs, commandLine?.cpuMs);
}

function ratio(of: Cost['cpuMs'] | undefined, to: Cost['cpuMs'] | undefined): number | null {
  return of === null || of === undefined || to === null || to === undefined || to === 0 ? null : of / to;
}
