/**
 * What a host says to an engine that it started, and to nobody else: the only
 * place where a path crosses. Windows never reach this contract.
 */
import { decodeEntry } from '../../shared/ipc/decode-contract.ts';
import { call } from '../../shared/ipc/define.ts';
import { z } from '../../shared/ipc/schema.ts';

const nothing = z.object({});

export const engineSettings = z.object({
  verifyChecksums: z.boolean(),
  /** See DissectSettings. */
  reassembleOutOfOrder: z.boolean().optional(),
  /** What the user said is what. */
  decodeAs: z.array(decodeEntry).max(256).optional(),
  /** Memory for what grows with the packets, and the folder of the temporary file for the rest; see MemorySettings. */
  columnBudgetBytes: z.number().positive().optional(),
  spillFolder: z.string().min(1).optional(),
});
export type EngineSettings = z.infer<typeof engineSettings>;

const count = z.nullable(z.int().nonnegative());
const liveChange = z.discriminatedUnion('kind', [
  /** The next file has begun; the one before is complete. */
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
  /** The ring has deleted a file. */
  z.object({ kind: z.literal('deleted'), path: z.string().min(1) }),
  z.object({ kind: z.literal('counts'), counts: z.object({ received: count, written: count, droppedByKernel: count, droppedByInterface: count }) }),
  /** False: what comes is not shown until true comes, or the end. */
  z.object({ kind: z.literal('showing'), isShowing: z.boolean() }),
  /** Nothing more will be written. */
  z.object({ kind: z.literal('ended') }),
]);
export type LiveChange = z.infer<typeof liveChange>;

export const controlContract = {
  /** For an engine that waits for its capture: to go through its first steps on a sample (rehearse.ts). Answered when it is done, or wanted. */
  'engine.rehearse': call(z.object({ path: z.string().min(1) }), nothing),
  /** Opens the engine's one capture; path "-" is its standard input. `follow`: it is read on as it grows. `name` is what the window shows, whatever the file is called on disk. */
  'engine.open': call(z.object({ path: z.string().min(1), name: z.string().min(1).max(4096), settings: engineSettings, follow: z.optional(z.boolean()), live: z.optional(z.boolean()) }), nothing),
  /** What happens to the live capture whose first file was opened with `live`. Sent in order, from the beginning, also while it opens. */
  'engine.live': call(liveChange, nothing),
  /** Answered between two slices of work: an engine that does not answer is stuck. */
  'engine.ping': call(nothing, nothing),
  /** Closes the capture and ends the process. */
  'engine.close': call(nothing, nothing),
} as const;
