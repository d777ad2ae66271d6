/** What chooses packets for a view: by the columns alone, or also by what is in the packets. */
import type { Steps } from './steps.ts';

export interface PacketFilter {
  /** Only packets that the deep pass has finished can be judged. */
  readonly needsFinal: boolean;
  /** Final packets are judged better than others: what will be final in a moment is waited for. */
  readonly prefersFinal: boolean;
  /** Packets were judged that were not final: once all are, the view is made again. */
  readonly isProvisional: boolean;
  /** What it goes by has changed: the view is to be made again. Absent: it never does. */
  readonly isOutdated?: boolean;
  /**
   * Positions from `from` up to (not including) `to` that match, ascending, handed to `take` array
   * by array; each array is used again. Bytes that have to be read first are asked for by `waiting`.
   */
  scan(from: number, to: number, take: (positions: Uint32Array, count: number) => void): Steps<void>;
  /** Set while the scan stands still until something has been read; whoever runs the steps waits for it. */
  readonly waiting: Promise<void> | null;
}
