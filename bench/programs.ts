/** The programs that are compared: how each reads a capture from its start to its end. */
import { resolve } from 'node:path';
import { measure, type Run } from './measure.ts';

export interface Program {
  readonly id: 'layerscope' | 'layerscope-deep' | 'tshark' | 'sharkd' | 'capinfos';
  /** As in tables and charts: what it is asked for. */
  readonly title: string;
  readonly run: (capture: string) => Promise<Run>;
}

/** The part of `layerscope stat --json` that is used here. */
export interface Statistics {
  readonly packets: number;
  readonly firstRowsMs: number;
  readonly indexMs: number;
  readonly indexMsSinceProcessStart: number;
  readonly deepMs: number | null;
  readonly finalMs: number | null;
  readonly peakMemoryBytes: number;
  /** What the index keeps about all packets. */
  readonly columnBytes?: number;
}

const commandLine = resolve('dist/cli.js');

export const layerscope: Program = {
  id: 'layerscope',
  title: 'layerscope, index complete',
  run: (capture) => measure(process.execPath, [commandLine, 'stat', capture, '--json'], { keepOutput: true }),
};

export const layerscopeDeep: Program = {
  id: 'layerscope-deep',
  title: 'layerscope, every row final',
  run: (capture) => measure(process.execPath, [commandLine, 'stat', capture, '--json', '--deep'], { keepOutput: true }),
};

/** Prints the packets that match a display filter. */
export function readFiltered(capture: string, filter: string): Promise<Run> {
  return measure(process.execPath, [commandLine, 'read', capture, '-Y', filter]);
}

export const tshark: Program = {
  id: 'tshark',
  title: 'tshark -r -n',
  run: (capture) => measure('tshark', ['-r', capture, '-n']),
};

export const sharkd: Program = {
  id: 'sharkd',
  title: 'sharkd, load',
  run: async (capture) => {
    const run = await measure('sharkd', ['-'], { keepOutput: true, input: sharkdRequests(resolve(capture)) });
    if (!isLoaded(run.output)) throw new Error(`sharkd did not load ${capture}: ${run.output.trim()}`);
    return run;
  },
};

export const capinfos: Program = {
  id: 'capinfos',
  title: 'capinfos -c',
  run: (capture) => measure('capinfos', ['-c', capture]),
};

/** Loads the capture and ends; sharkd takes one JSON-RPC request a line. */
export function sharkdRequests(capture: string): string {
  const requests = [{ method: 'load', params: { file: capture } }, { method: 'bye' }];
  return requests.map((request, index) => `${JSON.stringify({ jsonrpc: '2.0', id: index + 1, ...request })}\n`).join('');
}

/** Whether sharkd's answers, one a line, say that request 1 succeeded. */
export function isLoaded(output: string): boolean {
  return output.split('\n').some((line) => {
    try {
      const answer = JSON.parse(line) as { readonly id?: unknown; readonly result?: { readonly status?: unknown } };
      return answer.id === 1 && answer.result?.status === 'OK';
    } catch {
      // It prints other lines as well.
      return false;
    }
  });
}

export function statisticsOf({ output }: Run): Statistics {
  return JSON.parse(output) as Statistics;
}

/** The version that `program --version` tells, or null where it is not installed. */
export async function installedVersion(program: 'tshark' | 'sharkd' | 'capinfos'): Promise<string | null> {
  try {
    const { output } = await measure(program, ['--version'], { keepOutput: true });
    return /\d+\.\d+\.\d+/.exec(output)?.[0] ?? 'unknown';
  } catch {
    return null;
  }
}

/** Those of `programs` that are installed, after a line for each that is not. */
export async function installed(programs: readonly Program[]): Promise<{ readonly programs: readonly Program[]; readonly versions: Readonly<Record<string, string>> }> {
  const present: Program[] = [];
  const versions: Record<string, string> = {};
  for (const program of programs) {
    if (program.id === 'layerscope' || program.id === 'layerscope-deep') {
      present.push(program);
      continue;
    }
    const version = await installedVersion(program.id);
    if (version === null) {
      process.stdout.write(`${program.id} is not installed: it was left out.\n`);
      continue;
    }
    versions[program.id] = version;
    present.push(program);
  }
  return { programs: present, versions };
}
