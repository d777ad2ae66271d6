/** What the deep pass knows about one direction of a TCP stream, for putting messages together. */
import type { OpenMessage } from './reassembly-message.ts';

/** Messages that are remembered: unfinished ones, and finished ones to know their bytes when they come again. */
const REMEMBERED = 64;

export class ReassemblySide {
  /** A dissector waits for the end of the stream. */
  untilFin = false;
  /** The packet whose FIN ended the stream; 0 = none yet. */
  finPacket = 0;
  /** In the order in which they were found; few, so they are looked through. */
  private readonly messages: OpenMessage[] = [];

  /** The message that starts at `sequence`. */
  startingAt(sequence: number): OpenMessage | null {
    return this.messages.findLast((message) => message.start === sequence) ?? null;
  }

  /** The message with the latest start up to `sequence`. */
  startingUpTo(sequence: number): OpenMessage | null {
    let found: OpenMessage | null = null;
    for (const message of this.messages) {
      if (((message.start - sequence) | 0) > 0) continue;
      if (found === null || ((message.start - found.start) | 0) >= 0) found = message;
    }
    return found;
  }

  /** Adds a message; the oldest that is remembered goes where there are too many. Returns it. */
  add(message: OpenMessage): OpenMessage | null {
    this.messages.push(message);
    return this.messages.length > REMEMBERED ? (this.messages.shift() ?? null) : null;
  }
}
