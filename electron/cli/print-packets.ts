/** Packets of a session on standard output, while it is read or afterwards. */
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import type { CaptureSession } from '../engine/session.ts';
import type { Printer } from './printer.ts';
import { writer } from './writer.ts';

/** Prints what is final whenever there is more of it; Ctrl+C ends reading (`stop`), as with `tail -f`. */
export async function printWhileReading(session: CaptureSession, printing: Printing, stop = (): void => session.stop()): Promise<void> {
  let final = 0;
  let hasEnded = false;
  let wake = (): void => undefined;
  process.once('SIGINT', stop);
  session.onProgress(({ finalPackets }) => {
    final = finalPackets;
    wake();
  });
  void session.finished.then(() => {
    hasEnded = true;
    wake();
  });
  while (!hasEnded) {
    await printing.upTo(final);
    if (final === printing.printed && !hasEnded) await new Promise<void>((resolve) => (wake = resolve));
  }
  process.removeListener('SIGINT', stop);
}

/** The packets of a session on standard output, each once, or those of them that a filter lets through. */
export class Printing {
  /** Packets that were printed or passed over. */
  printed = 0;
  readonly #session: CaptureSession;
  readonly #printer: Printer;
  readonly #filter: PacketFilter | null;
  readonly #out = writer(process.stdout);
  #hasBegun = false;

  constructor(session: CaptureSession, printer: Printer, filter: PacketFilter | null = null) {
    this.#session = session;
    this.#printer = printer;
    this.#filter = filter;
  }

  /** Packets below `count` are final. */
  async upTo(count: number): Promise<void> {
    if (count === this.printed) return;
    await this.#begin();
    if (this.#filter === null) for (let position = this.printed; position < count; position += 1) await this.#print(position);
    else await this.#printMatching(this.#filter, this.printed, count);
    this.printed = count;
    await this.#out.flush();
  }

  async #printMatching(filter: PacketFilter, from: number, to: number): Promise<void> {
    let found: number[] = [];
    const steps = filter.scan(from, to, (positions, count) => void (found = found.concat(Array.from(positions.subarray(0, count)))));
    for (let isDone = false; !isDone; ) {
      isDone = steps.next().done === true;
      if (filter.waiting !== null) await filter.waiting;
      const matching = found;
      found = [];
      for (const position of matching) await this.#print(position);
    }
  }

  async #print(position: number): Promise<void> {
    await this.#out.write(this.#printer.packet(this.#session, position));
  }

  async #begin(): Promise<void> {
    if (!this.#hasBegun) await this.#out.write(this.#printer.begin());
    this.#hasBegun = true;
  }

  async end(): Promise<void> {
    await this.#begin();
    await this.upTo(this.#session.packetCount);
    await this.#out.write(this.#printer.end());
    await this.#out.flush();
  }
}
