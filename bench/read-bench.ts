/** How soon captures are read and indexed, beside other programs on the same file in the same run. */
import { captureFile, type CaptureSet, type NamedCapture } from './captures.ts';
import { median, type Run } from './measure.ts';
import { capinfos, installed, layerscope, layerscopeDeep, type Program, sharkd, type Statistics, statisticsOf, tshark } from './programs.ts';

export interface ProgramResult {
  readonly id: Program['id'];
  readonly title: string;
  /** The whole process, from start to end. */
  readonly wallMs: number;
  readonly cpuMs: number | null;
  readonly peakMemoryBytes: number | null;
}

export interface CaptureResult {
  readonly capture: string;
  readonly description: string;
  readonly packets: number;
  readonly programs: readonly ProgramResult[];
  /** What the product says of itself, from the request on. */
  readonly firstRowsMs: number;
  readonly indexMs: number;
  readonly deepMs: number | null;
  readonly finalMs: number | null;
  /** Null where stat does not tell. */
  readonly columnBytesPerPacket: number | null;
}

export interface ReadingResult {
  readonly captures: readonly CaptureResult[];
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * sharkd keeps more than a kilobyte about each packet: ten million would not fit into many a
 * machine's memory, and what it takes is clear from the first capture.
 */
export async function benchReading({ large, many }: CaptureSet, rounds: number): Promise<ReadingResult> {
  const { programs, versions } = await installed([layerscope, layerscopeDeep, tshark, sharkd, capinfos]);
  const captures = [
    await compare(large, programs, rounds),
    await compare(many, programs.filter((program) => program.id !== 'sharkd'), rounds),
  ];
  return { captures, versions };
}

/** The programs take turns, so that what else the machine does hits all alike. */
export async function compare(capture: NamedCapture, programs: readonly Program[], rounds: number): Promise<CaptureResult> {
  const file = await captureFile(capture);
  const runs = new Map<Program, Run[]>(programs.map((program) => [program, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [program, ofProgram] of runs) {
      ofProgram.push(await program.run(file));
      process.stderr.write(`${capture.name}, round ${round + 1} of ${rounds}: ${program.id} ${Math.round(ofProgram.at(-1)?.wallMs ?? 0)} ms\n`);
    }
  }
  return summary(capture, runs);
}

function summary({ name, description }: NamedCapture, runs: ReadonlyMap<Program, readonly Run[]>): CaptureResult {
  const indexed = (runs.get(layerscope) ?? []).map(statisticsOf);
  const final = (runs.get(layerscopeDeep) ?? []).map(statisticsOf);
  const of = (statistics: readonly Statistics[], value: (one: Statistics) => number | null | undefined): number | null => known(statistics.map(value));
  const packets = of(indexed, (one) => one.packets) ?? 0;
  const columnBytes = of(indexed, (one) => one.columnBytes);
  return {
    capture: name,
    description,
    packets,
    programs: [...runs].map(([program, ofProgram]) => programResult(program, ofProgram)),
    firstRowsMs: of(indexed, (one) => one.firstRowsMs) ?? Number.NaN,
    indexMs: of(indexed, (one) => one.indexMs) ?? Number.NaN,
    deepMs: of(final, (one) => one.deepMs),
    finalMs: of(final, (one) => one.finalMs),
    columnBytesPerPacket: columnBytes === null || packets === 0 ? null : columnBytes / packets,
  };
}

function programResult({ id, title }: Program, runs: readonly Run[]): ProgramResult {
  return { id, title, wallMs: median(runs.map((run) => run.wallMs)), cpuMs: known(runs.map((run) => run.cpuMs)), peakMemoryBytes: known(runs.map((run) => run.peakMemoryBytes)) };
}

/** The median of what is known, or null where nothing is. */
function known(values: readonly (number | null | undefined)[]): number | null {
  const present = values.filter((value) => value !== null && value !== undefined);
  return present.length === 0 ? null : median(present);
}
