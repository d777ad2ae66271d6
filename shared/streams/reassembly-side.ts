/** What the deep pass knows about one direction of a TCP stream, for putting messages together. */
import type { OpenMessage } from './reassembly-message.ts';

/** Finished messages that are remembered, to know their bytes when they come again. */
const REMEMBERED = 32;

export class ReassemblySide {
  /** Highest number + 1 seen; 0 = nothing yet. */
  highest = 0;
  /** A dissector waits for the end of the stream. */
  untilFin = false;
  /** The packet whose FIN ended the stream; 0 = none yet. */
  finPacket = 0;
  /** Ordered by start (as unsigned numbers). */
  private readonly messages: OpenMessage[] = [];

  /** The message that starts at `sequence`. */
  startingAt(sequence: number): OpenMessage | null {
    const message = this.messages[this.behind(sequence) - 1];
    return message !== undefined && message.start === sequence ? message : null;
  }

  /** The message with the highest start up to `sequence`. */
  startingUpTo(sequence: number): OpenMessage | null {
    return this.messages[this.behind(sequence) - 1] ?? null;
  }

  add(message: OpenMessage): void {
    const at = this.behind(message.start);
    if (this.messages[at - 1]?.start === message.start) this.messages[at - 1] = message;
    else this.messages.splice(at, 0, message);
    if (this.messages.length > REMEMBERED && this.messages[0]?.complete === true) this.messages.shift();
  }

  /** Index behind the last message that starts at or before `sequence`. */
  private behind(sequence: number): number {
    let low = 0;
    let high = this.messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.messages[middle] as OpenMessage).start <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
