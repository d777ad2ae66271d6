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

/** Beside the columns, whatever the budget: what grows with the conversations alone must not take memory in a flood of them. */
const CONVERSATION_BUDGET_BYTES = 64 * 2 ** 20;

export class CaptureMemory {
  readonly pool: ChunkPool;
  /** For what grows with the conversations. */
  readonly conversationPool: ChunkPool;
  readonly #file: SpillFile;

  /** `onProblem` is told once, when no more can be put away: the capture goes on, in memory. */
  constructor(settings: MemorySettings, onProblem: (problem: Problem) => void, file = new SpillFile(settings.spillFolder ?? tmpdir())) {
    this.#file = file;
    const budgetBytes = settings.columnBudgetBytes ?? defaultBudgetBytes();
    this.pool = new ChunkPool(budgetBytes, file);
    this.conversationPool = new ChunkPool(Math.min(budgetBytes, CONVERSATION_BUDGET_BYTES), file, { comeAndGo: true });
    // Told once: problems of the same words are one.
    for (const pool of [this.pool, this.conversationPool]) pool.onFull = () => onProblem(fullDisk(file.failure ?? 'unknown reason'));
  }

  get use(): MemoryUse {
    const { pool, conversationPool } = this;
    return { budgetBytes: pool.budgetBytes, bytesInMemory: pool.bytesInMemory + conversationPool.bytesInMemory, bytesOnDisk: this.#file.length, timesPutAway: pool.timesPutAway + conversationPool.timesPutAway };
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
