/** How much memory a capture's tables may take, and where the rest of them goes. */
import { tmpdir, totalmem } from 'node:os';
import { ChunkPool } from '../../shared/bytes/chunk-pool.ts';
import type { Problem } from '../../shared/ipc/contract.ts';
import { SpillFile } from './spill-file.ts';

export interface MemorySettings {
  /** Bytes that what grows with the packets may take in memory; default a quarter of the machine's. */
  readonly columnBudgetBytes?: number | undefined;
  /** Folder of the temporary file for the rest; default the system's temporary folder. */
  readonly spillFolder?: string | undefined;
}

export interface MemoryUse {
  readonly budgetBytes: number;
  readonly bytesInMemory: number;
  readonly bytesOnDisk: number;
  readonly timesPutAway: number;
}

export class CaptureMemory {
  readonly pool: ChunkPool;
  readonly #file: SpillFile;

  /** `onProblem` is told once, when no more can be put away: the capture goes on, in memory. */
  constructor(settings: MemorySettings, onProblem: (problem: Problem) => void, file = new SpillFile(settings.spillFolder ?? tmpdir())) {
    this.#file = file;
    this.pool = new ChunkPool(settings.columnBudgetBytes ?? defaultBudgetBytes(), file);
    this.pool.onFull = () => onProblem(fullDisk(file.failure ?? 'unknown reason'));
  }

  get use(): MemoryUse {
    const { budgetBytes, bytesInMemory, timesPutAway } = this.pool;
    return { budgetBytes, bytesInMemory, bytesOnDisk: this.#file.length, timesPutAway };
  }

  /** Gives the temporary file back. What was put away is gone. */
  close(): void {
    this.#file.close();
  }
}

export function defaultBudgetBytes(): number {
  return Math.floor(totalmem() / 4);
}

function fullDisk(reason: string): Problem {
  return {
    kind: 'odd',
    code: 'spill-failed',
    message: `Parts of the index could not be moved to disk (${reason}); they stay in memory, which may become short.`,
    offset: 0,
    end: 0,
    packetsBefore: 0,
  };
}
