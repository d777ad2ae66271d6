/** Packets of a session on standard output, while it is read or afterwards. */
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

/** The packets of a session on standard output, each once. */
export class Printing {
  printed = 0;
  readonly #session: CaptureSession;
  readonly #printer: Printer;
  readonly #out = writer(process.stdout);
  #hasBegun = false;

  constructor(session: CaptureSession, printer: Printer) {
    this.#session = session;
    this.#printer = printer;
  }

  async upTo(count: number): Promise<void> {
    if (count === this.printed) return;
    await this.#begin();
    for (; this.printed < count; this.printed += 1) await this.#out.write(this.#printer.packet(this.#session, this.printed));
    await this.#out.flush();
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
