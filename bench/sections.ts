/** What the measured results say: tables, figures with their goals, charts. */
import { barChart, lineChart } from './charts.ts';
import type { AnswersResult, EngineResult } from './engine-bench.ts';
import { atLeast, atMost, type Figure, type Goal, quantity } from './figure.ts';
import { type FlatResult, growth } from './flat-bench.ts';
import type { Latency } from './latency.ts';
import type { CaptureResult, ProgramResult, ReadingResult } from './read-bench.ts';
import type { Section, Table } from './section.ts';
import type { WindowResult } from './window-bench.ts';

const unknown = '–';

/** What the figures have to reach. Ratios hold on any machine; times are for a machine of two cores. */
const goals = {
  indexSooner: atLeast(20),
  finalSooner: atLeast(5),
  memoryBelowSharkd: atLeast(8),
  manyPacketsMemory: atMost(2 ** 30),
  columnBytes: atMost(64),
  /** A packet of the largest capture against one of the smallest. */
  growth: atMost(1.25),
  firstRows: atMost(100),
  rowsWhileWorking: atMost(30),
  rowsAtRest: atMost(10),
  tree: atMost(3),
  filter: atMost(30),
  decoderShare: atLeast(0.9),
  bombFirstRows: atMost(1000),
  bombMemory: atMost(256 * 2 ** 20),
  bombStop: atMost(200),
  rowsPainted: atMost(100),
  scrollFrame: atMost(34),
  jumpFrame: atMost(50),
  filteredRows: atMost(50),
} as const;

export function readingSection({ captures }: ReadingResult): Section {
  const [large, many] = captures;
  const charts = large === undefined ? [] : [readingChart(large)];
  return {
    title: 'Opening a capture',
    tables: captures.map((capture) => ({ caption: `${capture.capture}: ${capture.description}, ${quantity(capture.packets, 'packets')} packets. Whole processes.`, table: programTable(capture) })),
    figures: [...(large ? openingFigures(large) : []), ...(many ? manyFigures(many) : [])],
    charts,
  };
}

function programTable({ programs, packets }: CaptureResult): Table {
  const reference = programs.find(({ id }) => id === 'tshark');
  return {
    columns: ['Program', 'Time', 'A packet', 'Sooner than tshark', 'Processor time', 'Peak memory'],
    rows: programs.map(({ title, wallMs, cpuMs, peakMemoryBytes }) => [
      title,
      quantity(wallMs, 'ms'),
      quantity((wallMs * 1000) / packets, 'µs'),
      reference === undefined ? unknown : quantity(reference.wallMs / wallMs, 'times'),
      cpuMs === null ? unknown : quantity(cpuMs, 'ms'),
      peakMemoryBytes === null ? unknown : quantity(peakMemoryBytes, 'bytes'),
    ]),
  };
}

function program({ programs }: CaptureResult, id: ProgramResult['id']): ProgramResult | undefined {
  return programs.find((one) => one.id === id);
}

/** A ratio of two programs' figures; nothing where one of them was not measured. */
function ratio(what: string, goal: Goal, of: number | null | undefined, to: number | null | undefined): readonly Figure[] {
  return of === null || of === undefined || to === null || to === undefined ? [] : [{ what, value: of / to, unit: 'times', goal }];
}

function openingFigures(result: CaptureResult): readonly Figure[] {
  const [ours, deep, tshark, sharkd] = [program(result, 'layerscope'), program(result, 'layerscope-deep'), program(result, 'tshark'), program(result, 'sharkd')];
  const { capture } = result;
  return [
    ...ratio(`${capture}: index complete sooner than tshark is done`, goals.indexSooner, tshark?.wallMs, ours?.wallMs),
    ...ratio(`${capture}: every row final sooner than tshark is done`, goals.finalSooner, tshark?.wallMs, deep?.wallMs),
    ...ratio(`${capture}: index complete sooner than sharkd has loaded`, atLeast(20), sharkd?.wallMs, ours?.wallMs),
    ...ratio(`${capture}: sharkd's peak memory against that of the index`, goals.memoryBelowSharkd, sharkd?.peakMemoryBytes, ours?.peakMemoryBytes),
    ...asked(result),
  ];
}

function manyFigures(result: CaptureResult): readonly Figure[] {
  const [ours, tshark] = [program(result, 'layerscope'), program(result, 'tshark')];
  const { capture } = result;
  const peak = ours?.peakMemoryBytes ?? null;
  return [
    ...ratio(`${capture}: index complete sooner than tshark is done`, goals.indexSooner, tshark?.wallMs, ours?.wallMs),
    ...(peak === null ? [] : [{ what: `${capture}: peak memory of the index`, value: peak, unit: 'bytes', goal: goals.manyPacketsMemory } as const]),
    ...asked(result),
  ];
}

/** What the product says of itself, counted from the request on. */
function asked({ capture, firstRowsMs, indexMs, deepMs, columnBytesPerPacket }: CaptureResult): readonly Figure[] {
  return [
    { what: `${capture}: first rows, from the request on`, value: firstRowsMs, unit: 'ms', goal: goals.firstRows },
    { what: `${capture}: index complete, from the request on`, value: indexMs, unit: 'ms' },
    ...(deepMs === null ? [] : [{ what: `${capture}: deep pass`, value: deepMs, unit: 'ms' } as const]),
    ...(columnBytesPerPacket === null ? [] : [{ what: `${capture}: columns and side tables, a packet`, value: columnBytesPerPacket, unit: 'bytes', goal: goals.columnBytes } as const]),
  ];
}

function readingChart(result: CaptureResult): Section['charts'][number] {
  const bars = (value: (one: ProgramResult) => number | null, unit: 'ms' | 'bytes') =>
    result.programs.flatMap((one) => {
      const measured = value(one);
      const kind = one.id === 'layerscope' ? 'ours' : one.id === 'layerscope-deep' ? 'deep' : 'other';
      return measured === null ? [] : [{ name: one.title, value: measured, label: quantity(measured, unit), kind } as const];
    });
  const title = `Opening ${result.description} (${quantity(result.packets, 'packets')} packets)`;
  const groups = [
    { heading: 'Time of the whole process (shorter is better)', bars: bars((one) => one.wallMs, 'ms') },
    { heading: 'Peak memory (shorter is better)', bars: bars((one) => one.peakMemoryBytes, 'bytes') },
  ];
  return { fileName: 'bench-reading.svg', svg: barChart({ title, groups }), alternative: `${title}: time and peak memory of each program` };
}

export function flatSection({ points }: FlatResult): Section {
  const microseconds = (value: number | null): string => (value === null ? unknown : quantity(value, 'µs'));
  const bytes = (value: number | null): string => (value === null ? unknown : quantity(value, 'bytes'));
  const rows = points.map((point) => [
    quantity(point.packets, 'packets'),
    microseconds(point.indexUsPerPacket),
    microseconds(point.deepUsPerPacket),
    microseconds(point.indexCpuUsPerPacket),
    microseconds(point.deepCpuUsPerPacket),
    bytes(point.columnBytesPerPacket),
    bytes(point.peakMemoryBytes),
  ]);
  const columns = ['Packets', 'Index', 'Deep pass', 'Processor time, index', 'Processor time, both', 'Columns, a packet', 'Peak memory'];
  const table = { columns, rows };
  return {
    title: 'What a packet costs',
    tables: [{ caption: 'The same traffic, ever longer. Times are for one packet; processor times are of whole processes, start included.', table }],
    figures: [
      ...growthFigure('index', growth(points, (point) => point.indexUsPerPacket)),
      ...growthFigure('deep pass', growth(points, (point) => point.deepUsPerPacket)),
    ],
    charts: [flatChart({ points })],
  };
}

function growthFigure(pass: string, value: number): readonly Figure[] {
  return Number.isNaN(value) ? [] : [{ what: `${pass}: a packet of the largest against one of the smallest`, value, unit: 'times', goal: goals.growth }];
}

function flatChart({ points }: FlatResult): Section['charts'][number] {
  const title = 'What a packet costs in captures of ever more packets';
  const line = (name: string, kind: 'ours' | 'deep', cost: (point: FlatResult['points'][number]) => number | null) => ({
    name,
    kind,
    points: points.flatMap((point) => {
      const y = cost(point);
      return y === null ? [] : [{ x: point.packets, y }];
    }),
  });
  const svg = lineChart({
    title,
    xLabel: 'packets in the capture',
    yLabel: 'Microseconds a packet',
    xText: (packets) => `${packets / 1e6} M`,
    yText: (microseconds) => quantity(microseconds, 'µs'),
    lines: [line('Deep pass', 'deep', (point) => point.deepUsPerPacket), line('Index', 'ours', (point) => point.indexUsPerPacket)],
  });
  return { fileName: 'bench-flat.svg', svg, alternative: title };
}

export function engineSection({ answers, packed, bomb }: EngineResult): Section {
  return {
    title: 'What the engine answers',
    tables: [...answers.map((one) => ({ caption: `${one.capture}: ${quantity(one.packets, 'packets')} packets; an engine process asked through the contract of the window, one call at a time.`, table: answersTable(one) })), { caption: 'Compressed captures.', table: packedTable(packed) }],
    figures: [
      ...answers.flatMap(answerFigures),
      ...answers.slice(0, 1).map(filterFigure),
      ...packed.map(({ packing, decoderMs, indexMs }) => ({ what: `${packing}: speed of reading, against the decoder alone`, value: decoderMs / indexMs, unit: 'share', goal: goals.decoderShare }) as const),
      { what: `bomb, ${quantity(bomb.packedBytes, 'bytes')} that become ${quantity(bomb.unpackedBytes, 'bytes')}: first rows`, value: bomb.firstRowsMs, unit: 'ms', goal: goals.bombFirstRows },
      ...(bomb.peakMemoryBytes === null ? [] : [{ what: 'bomb: peak memory beyond the columns', value: bomb.peakMemoryBytes - (bomb.columnBytes ?? 0), unit: 'bytes', goal: goals.bombMemory } as const]),
      { what: 'bomb: stopped after', value: bomb.stopMs, unit: 'ms', goal: goals.bombStop },
    ],
    charts: [],
  };
}

function packedTable(packed: EngineResult['packed']): Table {
  return {
    columns: ['Compressed with', 'Packed', 'Unpacked', 'Decoder alone', 'Index complete', 'Index of the plain file'],
    rows: packed.map(({ packing, packedBytes, unpackedBytes, decoderMs, indexMs, plainIndexMs }) => [packing, quantity(packedBytes, 'bytes'), quantity(unpackedBytes, 'bytes'), quantity(decoderMs, 'ms'), quantity(indexMs, 'ms'), quantity(plainIndexMs, 'ms')]),
  };
}

function answersTable(answers: AnswersResult): Table {
  const row = (what: string, { samples, p50Ms, p95Ms, mostMs }: Latency): readonly string[] => [what, quantity(p50Ms, 'ms'), quantity(p95Ms, 'ms'), quantity(mostMs, 'ms'), String(samples)];
  return {
    columns: ['Asked for', 'p50', 'p95', 'Longest', 'Samples'],
    rows: [
      row('first rows, from the request to open', answers.firstRows),
      row('50 rows, while indexing', answers.rowsWhileIndexing),
      row('50 rows, during the deep pass', answers.rowsWhileAnalysing),
      row('50 rows at a random place, first time', answers.rowsCold),
      row('50 rows at a random place, again', answers.rowsWarm),
      row('full tree of a packet, again', answers.treeWarm),
      row(`filter ip.src == x && tcp.flags.syn == 1 (${quantity(answers.views.filteredPackets, 'packets')} rows)`, answers.views.filter),
      ...answers.views.sorts.map(({ column, readyMs, rowsMeanwhile }) => row(`50 rows, while sorting by ${column} (${quantity(readyMs, 'ms')})`, rowsMeanwhile)),
    ],
  };
}

function answerFigures({ capture, firstRows, rowsWhileIndexing, rowsWhileAnalysing, rowsCold, treeWarm, views }: AnswersResult): readonly Figure[] {
  const p95 = (what: string, { samples, p95Ms }: Latency, goal: Goal): readonly Figure[] => (samples === 0 ? [] : [{ what: `${capture}: ${what}, p95`, value: p95Ms, unit: 'ms', goal }]);
  return [
    ...p95('first rows', firstRows, goals.firstRows),
    ...p95('rows while indexing', rowsWhileIndexing, goals.rowsWhileWorking),
    ...p95('rows during the deep pass', rowsWhileAnalysing, goals.rowsWhileWorking),
    ...p95('rows at a random place', rowsCold, goals.rowsAtRest),
    ...p95('tree of a packet', treeWarm, goals.tree),
    { what: `${capture}: rows while sorting, p95 of the slowest column`, value: Math.max(...views.sorts.map(({ rowsMeanwhile }) => rowsMeanwhile.p95Ms)), unit: 'ms', goal: goals.rowsWhileWorking },
  ];
}

/** The goal is for a million and a half packets. */
function filterFigure({ capture, views }: AnswersResult): Figure {
  return { what: `${capture}: filter on columns, p95`, value: views.filter.p95Ms, unit: 'ms', goal: goals.filter };
}

export function windowSection({ openings, scrolled, scrolling, jumping, filtering }: WindowResult): Section {
  return {
    title: 'The window',
    tables: [],
    figures: [
      ...openings.flatMap(({ capture, medianMs, p95Ms }): Figure[] => [
        { what: `${capture}: rows painted after the click, median`, value: medianMs, unit: 'ms' },
        { what: `${capture}: rows painted after the click, p95`, value: p95Ms, unit: 'ms', goal: goals.rowsPainted },
      ]),
      { what: `${scrolled}: frame at three rows a frame, median`, value: scrolling.medianMs, unit: 'ms' },
      { what: `${scrolled}: frame at three rows a frame, p95`, value: scrolling.p95Ms, unit: 'ms', goal: goals.scrollFrame },
      { what: `${scrolled}: frame at a jump to anywhere, median`, value: jumping.medianMs, unit: 'ms' },
      { what: `${scrolled}: frame at a jump to anywhere, p95`, value: jumping.p95Ms, unit: 'ms', goal: goals.jumpFrame },
      ...filtering.flatMap(({ capture, text, medianMs, p95Ms }): Figure[] => [
        { what: `${capture}: rows painted after Enter, ${text}, median`, value: medianMs, unit: 'ms' },
        { what: `${capture}: rows painted after Enter, ${text}, p95`, value: p95Ms, unit: 'ms', goal: goals.filteredRows },
      ]),
    ],
    charts: [],
  };
}
