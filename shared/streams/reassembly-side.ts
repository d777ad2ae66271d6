/** What the deep pass knows about one direction of a TCP stream, for putting messages together. */
import type { OpenMessage } from './reassembly-message.ts';

/** Messages that are remembered: unfinished ones, and finished ones to know their bytes when they come again. */
const REMEMBERED = 64;

export class ReassemblySide {
  /** A dissector waits for the end of the stream. */
  untilFin = false;
  /** The packet whose FIN ended the stream; 0 = none yet. */
  finPacket = 0;
  /** Segments that came early wait in this message for those before them. */
  gap: OpenMessage | null = null;
  /** When the first of them came. */
  gapSinceSeconds = 0;
  /** In the order in which they were found; few, so they are looked through. */
  private readonly messages: OpenMessage[] = [];
  /** The message with the latest start; of several, the one found last. */
  latest: OpenMessage | null = null;

  /** The message that starts at `sequence`. */
  startingAt(sequence: number): OpenMessage | null {
    // Whatever starts latest is asked first: most segments lie behind it.
    if (this.latest !== null && ((this.latest.start - sequence) | 0) < 0) return null;
    return this.messages.findLast((message) => message.start === sequence) ?? null;
  }

  /** The message with the latest start up to `sequence`. */
  startingUpTo(sequence: number): OpenMessage | null {
    if (this.latest !== null && ((this.latest.start - sequence) | 0) <= 0) return this.latest;
    let found: OpenMessage | null = null;
    for (const message of this.messages) {
      if (((message.start - sequence) | 0) > 0) continue;
      if (found === null || ((message.start - found.start) | 0) >= 0) found = message;
    }
    return found;
  }

  /** Forgets a gap that will not be waited for any longer. */
  forget(gap: OpenMessage): void {
    this.gap = null;
    this.messages.splice(this.messages.indexOf(gap), 1);
    if (gap === this.latest) this.latest = this.messages.reduce<OpenMessage | null>((latest, other) => (latest !== null && isBefore(other, latest) ? latest : other), null);
  }

  /** Adds a message; the oldest that is remembered goes where there are too many. Returns it. */
  add(message: OpenMessage): OpenMessage | null {
    this.messages.push(message);
    if (this.latest === null || !isBefore(message, this.latest)) this.latest = message;
    if (this.messages.length <= REMEMBERED) return null;
    const forgotten = this.messages.shift() ?? null;
    if (forgotten === this.latest) this.latest = this.messages.reduce((latest, other) => (isBefore(other, latest) ? latest : other));
    return forgotten;
  }
}

function isBefore(message: OpenMessage, other: OpenMessage): boolean {
  return ((message.start - other.start) | 0) < 0;
}
