/** The caller's side of a contract: typed calls and subscriptions over a channel. */
import type { Channel } from './channel.ts';
import { decodeFrame, encodeFrame, replyLimits, type Frame } from './codec.ts';
import type { CallName, Contract, Event, Reply, Request, StreamName } from './define.ts';
import { IpcError, isIpcErrorCode } from './errors.ts';

export interface CallOptions {
  /** Gives the call up: it rejects with code `cancelled`, and the handler's signal aborts. */
  readonly signal?: AbortSignal;
}

export interface ReplyWithPayload<R> {
  readonly value: R;
  /** Bytes beside the value; empty where the reply has none. Valid as long as it is kept. */
  readonly payload: Uint8Array;
}

/** Ends a subscription; further calls do nothing. */
export type Unsubscribe = () => void;

/**
 * Calls one contract's server. All rejections are `IpcError`s; once the
 * connection has ended, every call pending or new rejects with `disconnected`.
 */
export interface Client<C extends Contract> {
  call<K extends CallName<C>>(name: K, request: Request<C, K>, options?: CallOptions): Promise<Reply<C, K>>;
  /** As `call`, for replies with bytes beside them (`packet.read`). */
  callWithPayload<K extends CallName<C>>(name: K, request: Request<C, K>, options?: CallOptions): Promise<ReplyWithPayload<Reply<C, K>>>;
  /** Receives a stream's events; `onEnd` runs once when the other side ends it or the connection ends. */
  subscribe<K extends StreamName<C>>(name: K, request: Request<C, K>, onEvent: (event: Event<C, K>) => void, onEnd?: (error: IpcError | null) => void): Unsubscribe;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface ClientOptions {
  /**
   * Check replies and events with the contract's schemas too: on where the
   * other side is reached over a transport that others could speak on, and in tests.
   */
  readonly checkReplies: boolean;
}

interface Pending {
  readonly name: string;
  readonly kind: 'call' | 'stream';
  readonly onReply: (frame: Frame) => void;
  readonly onError: (error: IpcError) => void;
  readonly onEnd: () => void;
}

interface Schema {
  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: Error };
}

/** A client of `contract` on `channel`; the channel is its own from now on. */
export function createClient<C extends Contract>(contract: C, channel: Channel, options: ClientOptions): Client<C> {
  const core = new FrameClient(contract, channel, options);
  // The contract's types describe what the frames hold; with `checkReplies` that has been seen to.
  return core as unknown as Client<C>;
}

class FrameClient {
  readonly closed: Promise<void>;
  readonly #contract: Contract;
  readonly #channel: Channel;
  readonly #checkReplies: boolean;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended = false;

  constructor(contract: Contract, channel: Channel, options: ClientOptions) {
    this.#contract = contract;
    this.#channel = channel;
    this.#checkReplies = options.checkReplies;
    channel.onMessage((bytes) => this.#receive(bytes));
    this.closed = new Promise((resolve) => {
      channel.onClose(() => {
        this.#endAll();
        resolve();
      });
    });
  }

  async call(name: string, request: unknown, options: CallOptions = {}): Promise<unknown> {
    return (await this.callWithPayload(name, request, options)).value;
  }

  callWithPayload(name: string, request: unknown, options: CallOptions = {}): Promise<ReplyWithPayload<unknown>> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (this.#ended) return reject(disconnected());
      if (signal?.aborted === true) return reject(cancelled());
      const giveUp = (): void => {
        this.#forget(id);
        reject(cancelled());
      };
      const settled = (): void => signal?.removeEventListener('abort', giveUp);
      const id = this.#start('request', name, request, {
        name,
        kind: 'call',
        onReply: (frame) => {
          settled();
          const value = this.#checked(name, 'reply', frame.body);
          if (value instanceof IpcError) reject(value);
          else resolve({ value, payload: frame.payload });
        },
        onError: (error) => {
          settled();
          reject(error);
        },
        onEnd: () => undefined,
      });
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  subscribe(name: string, request: unknown, onEvent: (event: unknown) => void, onEnd: (error: IpcError | null) => void = () => undefined): Unsubscribe {
    if (this.#ended) {
      onEnd(disconnected());
      return () => undefined;
    }
    const id = this.#start('subscribe', name, request, {
      name,
      kind: 'stream',
      onReply: (frame) => {
        const event = this.#checked(name, 'event', frame.body);
        if (!(event instanceof IpcError)) return onEvent(event);
        this.#forget(id);
        onEnd(event);
      },
      onError: onEnd,
      onEnd: () => onEnd(null),
    });
    return () => this.#forget(id);
  }

  close(): void {
    this.#channel.close();
  }

  #start(kind: 'request' | 'subscribe', name: string, request: unknown, pending: Pending): number {
    do this.#lastId = (this.#lastId + 1) >>> 0;
    while (this.#pending.has(this.#lastId));
    const id = this.#lastId;
    this.#pending.set(id, pending);
    this.#channel.send(encodeFrame(kind, id, name, request));
    return id;
  }

  /** Drops a pending call or subscription and tells the other side. */
  #forget(id: number): void {
    if (!this.#pending.delete(id)) return;
    this.#channel.send(encodeFrame('cancel', id, '', null));
  }

  #receive(bytes: Uint8Array): void {
    const decoded = decodeFrame(bytes, replyLimits);
    // A server that sends garbage cannot be talked to: every pending call is told at once.
    if (!decoded.ok) return this.#channel.close();
    const frame = decoded.frame;
    const pending = this.#pending.get(frame.id);
    // An answer that crossed its cancellation.
    if (pending === undefined) return;
    if (frame.kind === 'event' && pending.kind === 'stream') return pending.onReply(frame);
    this.#pending.delete(frame.id);
    if (frame.kind === 'reply' && pending.kind === 'call') return pending.onReply(frame);
    if (frame.kind === 'end' && pending.kind === 'stream') return pending.onEnd();
    if (frame.kind === 'error') return pending.onError(remoteError(frame.body));
    pending.onError(new IpcError('malformed', `A ${pending.kind} was answered with ${frame.kind}.`));
  }

  #checked(name: string, part: 'reply' | 'event', body: unknown): unknown {
    if (!this.#checkReplies) return body;
    const entry = Object.hasOwn(this.#contract, name) ? this.#contract[name]! : null;
    const schema: Schema | null = entry === null ? null : entry.kind === 'call' ? entry.reply : entry.event;
    if (schema === null) return new IpcError('unknown-call', `There is no "${name}" in the contract.`);
    const result = schema.safeParse(body);
    return result.success ? result.data : new IpcError('invalid-reply', `The ${part} of "${name}" does not fit its schema.`, result.error.message);
  }

  #endAll(): void {
    this.#ended = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.onError(disconnected());
  }
}

/** The error that crossed, as far as it is one; anything else is a bug of the other side. */
function remoteError(body: unknown): IpcError {
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'detail' in body) {
    const { code, message, detail } = body;
    if (isIpcErrorCode(code) && typeof message === 'string' && typeof detail === 'string') return new IpcError(code, message, detail);
  }
  return new IpcError('malformed', 'An error arrived that has not the shape of one.');
}

function disconnected(): IpcError {
  return new IpcError('disconnected', 'The connection ended before the answer came.');
}

function cancelled(): IpcError {
  return new IpcError('cancelled', 'The call was given up.');
}
