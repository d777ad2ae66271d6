/**
 * Words and bounds for what a reader could not read as written.
 *
 * Every damaged place is told with its byte range. A file that is damaged
 * everywhere must not bury the user (or fill the memory): after the first
 * `MOST_GAPS` gaps the rest is summed up in one sentence at the end.
 */
import type { CaptureProblem, CaptureSink } from '../records/record.ts';

const MOST_GAPS = 200;
const MOST_ODDITIES = 100;

/** 1234567 → "1,234,567". Not by Intl, whose first use costs every start 10 ms. */
export function grouped(value: number | bigint): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 byte", "12 bytes". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** "Bytes 10 to 19 were", "Byte 10 was". */
function range(start: number, end: number): string {
  return end - start === 1 ? `Byte ${grouped(start)} was` : `Bytes ${grouped(start)} to ${grouped(end - 1)} were`;
}

export class ProblemLog {
  #sink: CaptureSink;
  #gaps = 0;
  #untoldGaps = 0;
  #untoldBytes = 0;
  #untoldStart = 0;
  #untoldEnd = 0;
  #oddCodes = new Set<string>();

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  /** `reason` completes "… were skipped because". */
  gap(code: string, reason: string, offset: number, end: number, packetsBefore: number): void {
    this.#gaps += 1;
    if (this.#gaps > MOST_GAPS) {
      if (this.#untoldGaps === 0) this.#untoldStart = offset;
      this.#untoldGaps += 1;
      this.#untoldBytes += end - offset;
      this.#untoldEnd = end;
      return;
    }
    const message = `${range(offset, end)} skipped because ${reason}; reading goes on at byte ${grouped(end)}.`;
    this.#tell({ kind: 'gap', code, message, offset, end, packetsBefore });
  }

  /** Told once per code: what is odd in one record usually is in all. */
  odd(code: string, message: string, offset: number, end: number, packetsBefore: number): void {
    if (this.#oddCodes.has(code) || this.#oddCodes.size >= MOST_ODDITIES) return;
    this.#oddCodes.add(code);
    this.#tell({ kind: 'odd', code, message, offset, end, packetsBefore });
  }

  /** Bytes up to the end of the file that could not be read. `reason` completes "… because". */
  unreadableRest(code: string, reason: string, offset: number, end: number, packetsBefore: number): void {
    const message = `${range(offset, end)} not readable because ${reason}, and nothing readable follows up to the end of the file.`;
    this.#tell({ kind: 'tail', code, message, offset, end, packetsBefore });
  }

  /** The file ends inside `what`, for example "packet 12". */
  tornTail(what: string, offset: number, end: number, packetsBefore: number): void {
    const shown =
      packetsBefore === 0 ? 'No packet comes before it.'
      : packetsBefore === 1 ? 'The 1 packet before it is shown.'
      : `The ${grouped(packetsBefore)} packets before it are shown.`;
    const message = `The file ends inside ${what} at byte ${grouped(end)}. ${shown}`;
    this.#tell({ kind: 'tail', code: 'torn-tail', message, offset, end, packetsBefore });
  }

  refuse(code: string, message: string, offset: number): void {
    this.#tell({ kind: 'refused', code, message, offset, end: offset, packetsBefore: 0 });
  }

  /** At the end of the file: sums up what was not told one by one. */
  finish(packetsBefore: number): void {
    if (this.#untoldGaps === 0) return;
    const message =
      `${countOf(this.#untoldGaps, 'further damaged place')} (${countOf(this.#untoldBytes, 'byte')} in all) ` +
      `between byte ${grouped(this.#untoldStart)} and byte ${grouped(this.#untoldEnd)} were skipped.`;
    this.#tell({ kind: 'gap', code: 'further-gaps', message, offset: this.#untoldStart, end: this.#untoldEnd, packetsBefore });
    this.#untoldGaps = 0;
  }

  #tell(problem: CaptureProblem): void {
    this.#sink.problem(problem);
  }
}
