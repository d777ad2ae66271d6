/** Opens a capture and reads it into a sink: source, format and reader in one call. */
import { createCaptureReader } from '../../shared/capture-files/capture-reader.ts';
import type { CaptureProblem, CaptureReader, CaptureSink } from '../../shared/records/record.ts';
import { openFileSource } from './file-source.ts';
import type { FeedOptions, FeedOutcome, FileSource, OpenOptions } from './source.ts';
import { nextTurn } from './turn.ts';

export interface OpenCapture {
  readonly source: FileSource;
  readonly reader: CaptureReader;
  /** Settles when reading has ended; the sink was told of whatever was found by then. */
  readonly finished: Promise<FeedOutcome>;
}

export type OpenedCapture = ({ readonly ok: true } & OpenCapture) | { readonly ok: false; readonly problem: CaptureProblem };

/**
 * Reading starts in a later turn of the event loop, so that the caller has `source` before the
 * sink's first packet. Problems of the source go to the sink as those of the reader do.
 */
export function openCapture(
  path: string, sink: CaptureSink, options: FeedOptions & Omit<OpenOptions, 'onProblem'> = {},
): OpenedCapture {
  const opened = openFileSource(path, { ...options, onProblem: (problem) => sink.problem(problem) });
  if (!opened.ok) return opened;
  const { source } = opened;
  const reader = createCaptureReader(sink, source.name);
  const finished = nextTurn().then(() => source.feed(reader, options));
  return { ok: true, source, reader, finished };
}
