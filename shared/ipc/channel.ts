/**
 * What every transport offers: whole binary messages, in order, both ways.
 *
 * A message arrives whole or not at all. Messages that arrive before
 * `onMessage` was called are kept for it. Bytes handed to `send` must not be
 * changed afterwards: an in-memory channel passes them on uncopied.
 */
export interface Channel {
  /** Sends one message; does nothing once the channel is closed. */
  send(bytes: Uint8Array): void;
  /** Sets the one receiver of messages. */
  onMessage(handler: (bytes: Uint8Array) => void): void;
  /** Sets the one receiver of the end; called once, at once where the channel is closed already. */
  onClose(handler: () => void): void;
  /** Ends the channel for both sides; both sides' `onClose` handlers run. */
  close(): void;
}

/**
 * Keeps what a transport delivers until somebody listens: the part that all
 * channels share. The transport calls `deliver` and `end`.
 */
export class Inbox {
  #waiting: Uint8Array[] = [];
  #messageHandler: ((bytes: Uint8Array) => void) | null = null;
  #closeHandler: (() => void) | null = null;
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  deliver(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#messageHandler === null) this.#waiting.push(bytes);
    else this.#messageHandler(bytes);
  }

  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closeHandler?.();
  }

  onMessage(handler: (bytes: Uint8Array) => void): void {
    this.#messageHandler = handler;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) handler(bytes);
  }

  onClose(handler: () => void): void {
    this.#closeHandler = handler;
    if (this.#closed) handler();
  }
}
