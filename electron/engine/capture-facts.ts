/** What a capture's file says of itself beside its packets, and the description that windows get of it. */
import type { CaptureCounts, CaptureDescription, CaptureProgress, Problem } from '../../shared/ipc/contract.ts';
import type { IndexPass } from '../../shared/columns/index-pass.ts';
import { linkTypeName } from '../../shared/format/link-types.ts';
import type { InterfaceStatistics } from '../../shared/records/record.ts';
import { countsOf, droppedOf } from './capture-counts.ts';
import type { CaptureInput } from './capture-input.ts';

/** The contract's limit to lists in a description. */
const MOST_LISTED = 1024;

/** What describes a capture besides. */
export interface CaptureStatus {
  readonly progress: CaptureProgress;
  readonly problems: readonly Problem[];
  readonly settings: CaptureDescription['settings'];
}

export class CaptureFacts {
  format = '';
  readonly comments: string[] = [];
  /** By interface; of several, the last counts. */
  readonly statistics = new Map<number, InterfaceStatistics>();
  readonly #index: IndexPass;
  readonly #input: Pick<CaptureInput, 'name' | 'totalBytes' | 'source'>;
  readonly #liveCounts: () => CaptureCounts | null;

  /** `liveCounts`: of the capture while it runs; null where none does. */
  constructor(index: IndexPass, input: Pick<CaptureInput, 'name' | 'totalBytes' | 'source'>, liveCounts: () => CaptureCounts | null) {
    this.#index = index;
    this.#input = input;
    this.#liveCounts = liveCounts;
  }

  describe({ progress, problems, settings }: CaptureStatus): CaptureDescription {
    const { columns, interfaces, totals } = this.#index;
    const counts = this.#liveCounts() ?? countsOf(this.statistics.values(), columns.count);
    return {
      name: this.#input.name,
      sizeBytes: this.#input.totalBytes,
      format: this.format,
      compression: this.#input.source?.compression ?? null,
      progress,
      firstTime: this.#timeAt(0),
      lastTime: this.#timeAt(columns.count - 1),
      capturedBytes: totals.capturedBytes,
      wireBytes: totals.wireBytes,
      droppedPackets: droppedOf(counts),
      counts,
      interfaces: interfaces.slice(0, MOST_LISTED).map(({ id, name, description, linkType }) => ({ id, name, description, linkType, linkTypeName: linkTypeName(linkType) })),
      comments: this.comments.slice(0, MOST_LISTED),
      problems: problems.slice(0, MOST_LISTED),
      settings,
    };
  }

  #timeAt(position: number): CaptureDescription['firstTime'] {
    const { columns } = this.#index;
    return columns.count > 0 && columns.hasTime(position) ? { seconds: columns.timeSeconds(position), nanos: columns.timeNanos(position) } : null;
  }
}
