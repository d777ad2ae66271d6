/**
 * Several channels over one: the web host reaches an engine's control contract
 * and all its windows through the one pipe of a child process.
 *
 * Each message is prefixed with a channel number (4 bytes, little-endian) and an
 * operation (1 byte). Channel 0 is there from the start; further ones are opened
 * by the host side only. Both sides are our own processes, yet the engine reads
 * hostile captures: what does not fit is dropped, never trusted.
 */
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';

const operations = { data: 0, open: 1, close: 2 } as const;
const prefixBytes = 5;
const noBytes = new Uint8Array(0);

export interface Multiplexer {
  /** Channel 0. */
  readonly control: Channel;
  /** Opens a further channel to the other side. */
  open(): Channel;
  /** Sets the one receiver of channels that the other side opens. */
  onOpen(handler: (channel: Channel) => void): void;
}

/** Splits `link`, which is its own from now on. When it closes, so do all channels. */
export function multiplex(link: Channel): Multiplexer {
  return new LinkMultiplexer(link);
}

class LinkMultiplexer implements Multiplexer {
  readonly control: Channel;
  readonly #link: Channel;
  readonly #inboxes = new Map<number, Inbox>();
  readonly #waiting: Channel[] = [];
  #openHandler: ((channel: Channel) => void) | null = null;
  #lastNumber = 0;

  constructor(link: Channel) {
    this.#link = link;
    this.control = this.#add(0);
    link.onMessage((bytes) => this.#receive(bytes));
    link.onClose(() => {
      const inboxes = [...this.#inboxes.values()];
      this.#inboxes.clear();
      for (const inbox of inboxes) inbox.end();
    });
  }

  open(): Channel {
    const number = ++this.#lastNumber;
    const channel = this.#add(number);
    this.#send(number, operations.open, noBytes);
    return channel;
  }

  onOpen(handler: (channel: Channel) => void): void {
    this.#openHandler = handler;
    for (const channel of this.#waiting.splice(0)) handler(channel);
  }

  #add(number: number): Channel {
    const inbox = new Inbox();
    this.#inboxes.set(number, inbox);
    return {
      send: (bytes) => {
        if (!inbox.closed) this.#send(number, operations.data, bytes);
      },
      onMessage: (handler) => inbox.onMessage(handler),
      onClose: (handler) => inbox.onClose(handler),
      close: () => {
        if (inbox.closed) return;
        this.#send(number, operations.close, noBytes);
        this.#end(number);
      },
    };
  }

  #send(number: number, operation: number, bytes: Uint8Array): void {
    const message = new Uint8Array(prefixBytes + bytes.length);
    new DataView(message.buffer).setUint32(0, number, true);
    message[4] = operation;
    message.set(bytes, prefixBytes);
    this.#link.send(message);
  }

  #receive(message: Uint8Array): void {
    if (message.length < prefixBytes) return;
    const number = new DataView(message.buffer, message.byteOffset, message.byteLength).getUint32(0, true);
    const operation = message[4];
    if (operation === operations.data) this.#inboxes.get(number)?.deliver(message.subarray(prefixBytes));
    else if (operation === operations.close) this.#end(number);
    else if (operation === operations.open && !this.#inboxes.has(number)) this.#accept(this.#add(number));
  }

  #accept(channel: Channel): void {
    if (this.#openHandler === null) this.#waiting.push(channel);
    else this.#openHandler(channel);
  }

  #end(number: number): void {
    const inbox = this.#inboxes.get(number);
    this.#inboxes.delete(number);
    inbox?.end();
  }
}
