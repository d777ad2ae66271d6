/**
 * Calls and streams over a channel, typed and checked by a contract.
 *
 * The server checks every request with the contract's schema before a handler
 * sees it; a handler cannot opt out. A name is looked up with `Object.hasOwn`
 * in the contract, never on an object that happens to have methods. Malformed
 * frames reach no handler and throw nothing.
 */
import type { Channel } from './channel.ts';
import { decodeFrame, encodeFrame, requestLimits, type Frame } from './codec.ts';
import type { Call, CallName, Contract, Event, Reply, Request, Stream, StreamName } from './define.ts';
import { IpcError, type IpcErrorBody } from './errors.ts';

export interface CallContext {
  /** Aborted when the caller gives up, or the connection ends. */
  readonly signal: AbortSignal;
}

export interface StreamContext<E> extends CallContext {
  /** Sends an event; does nothing once the subscription has ended. */
  readonly emit: (event: E) => void;
  /** Ends the subscription from this side. */
  readonly end: () => void;
}

/** A handler's answer; the payload travels beside the value, as bytes. */
export interface Answer<R> {
  readonly value: R;
  readonly payload?: Uint8Array;
}

/** One function for each call and each stream of a contract. Expected failures are thrown as `IpcError`. */
export type Handlers<C extends Contract> = {
  readonly [K in CallName<C>]: (request: Request<C, K>, context: CallContext) => Answer<Reply<C, K>> | Promise<Answer<Reply<C, K>>>;
} & {
  readonly [K in StreamName<C>]: (request: Request<C, K>, context: StreamContext<Event<C, K>>) => void;
};

export interface ServerOptions {
  /** Told of bytes that are no frame, and of frames that no client of ours sends. */
  readonly onViolation?: (reason: string) => void;
  /** Told of exceptions that are bugs; the other side only learns that there was one. */
  readonly onBug?: (error: unknown, name: string) => void;
  /** Requests and subscriptions under way at once; further ones are answered `busy`. */
  readonly limit?: number;
}

export interface Server {
  /** Ends the connection, as if the other side had. */
  close(): void;
}

type AnyHandler = (request: unknown, context: StreamContext<unknown>) => unknown;

const defaultLimit = 256;

/** Serves `handlers` on `channel` until it closes. */
export function createServer<C extends Contract>(contract: C, handlers: NoInfer<Handlers<C>>, channel: Channel, options: ServerOptions = {}): Server {
  const server = new FrameServer(contract, handlers as unknown as Record<string, AnyHandler>, channel, options);
  channel.onMessage((bytes) => server.receive(bytes));
  channel.onClose(() => server.abortAll());
  return { close: () => channel.close() };
}

class FrameServer {
  readonly #contract: Contract;
  readonly #handlers: Readonly<Record<string, AnyHandler>>;
  readonly #channel: Channel;
  readonly #options: ServerOptions;
  readonly #underWay = new Map<number, AbortController>();

  constructor(contract: Contract, handlers: Readonly<Record<string, AnyHandler>>, channel: Channel, options: ServerOptions) {
    this.#contract = contract;
    this.#handlers = handlers;
    this.#channel = channel;
    this.#options = options;
  }

  receive(bytes: Uint8Array): void {
    const decoded = decodeFrame(bytes, requestLimits);
    if (!decoded.ok) return this.#violation(decoded.reason);
    const frame = decoded.frame;
    if (frame.kind === 'cancel') return this.#cancel(frame.id);
    if (frame.kind === 'request' || frame.kind === 'subscribe') return this.#admit(frame, frame.kind);
    this.#violation(`a client sends no ${frame.kind}`);
  }

  abortAll(): void {
    const controllers = [...this.#underWay.values()];
    this.#underWay.clear();
    for (const controller of controllers) controller.abort();
  }

  #cancel(id: number): void {
    const controller = this.#underWay.get(id);
    this.#underWay.delete(id);
    controller?.abort();
  }

  #admit(frame: Frame, kind: 'request' | 'subscribe'): void {
    const { id, name } = frame;
    // An answer to a second request of the same id could be taken for that to the first.
    if (this.#underWay.has(id)) return this.#violation(`id ${id} is in use`);
    const entry = contractEntry(this.#contract, name, kind === 'request' ? 'call' : 'stream');
    if (entry === null) return this.#refuse(id, 'unknown-call', `There is no ${kind === 'request' ? 'call' : 'stream'} "${name}".`);
    const request = entry.request.safeParse(frame.body);
    if (!request.success) return this.#refuse(id, 'invalid-request', `The request to "${name}" does not fit its schema.`, request.error.message);
    if (this.#underWay.size >= (this.#options.limit ?? defaultLimit)) return this.#refuse(id, 'busy', 'Too many calls are under way.');
    const controller = new AbortController();
    this.#underWay.set(id, controller);
    void this.#run(kind, id, name, request.data, controller);
  }

  async #run(kind: 'request' | 'subscribe', id: number, name: string, request: unknown, controller: AbortController): Promise<void> {
    const isLive = (): boolean => this.#underWay.get(id) === controller;
    const send = (frameKind: 'reply' | 'event' | 'end', body: unknown, payload?: Uint8Array): void => {
      if (!isLive()) return;
      if (frameKind !== 'event') this.#underWay.delete(id);
      this.#channel.send(encodeFrame(frameKind, id, '', body, payload));
    };
    const endStream = (): void => {
      send('end', null);
      controller.abort();
    };
    try {
      // contractEntry has shown that the name is the contract's own; `handlers` has the same keys by type.
      const handler = this.#handlers[name]!;
      const context = { signal: controller.signal, emit: (event: unknown) => send('event', event), end: endStream };
      const answer = (await handler(request, context)) as Answer<unknown> | undefined;
      if (kind === 'request') send('reply', answer!.value, answer!.payload);
    } catch (error) {
      if (!isLive()) return;
      this.#underWay.delete(id);
      controller.abort();
      this.#fail(id, name, error);
    }
  }

  #fail(id: number, name: string, error: unknown): void {
    if (error instanceof IpcError) return this.#refuse(id, error.code, error.message, error.detail);
    this.#options.onBug?.(error, name);
    this.#refuse(id, 'internal', 'Something went wrong inside Layerscope.');
  }

  #refuse(id: number, code: IpcErrorBody['code'], message: string, detail = ''): void {
    this.#channel.send(encodeFrame('error', id, '', { code, message, detail } satisfies IpcErrorBody));
  }

  #violation(reason: string): void {
    this.#options.onViolation?.(reason);
  }
}

/** The contract's entry of that name and kind, or null. */
export function contractEntry(contract: Contract, name: string, kind: 'call'): Call | null;
export function contractEntry(contract: Contract, name: string, kind: 'stream'): Stream | null;
export function contractEntry(contract: Contract, name: string, kind: 'call' | 'stream'): Call | Stream | null;
export function contractEntry(contract: Contract, name: string, kind: 'call' | 'stream'): Call | Stream | null {
  if (!Object.hasOwn(contract, name)) return null;
  const entry = contract[name]!;
  return entry.kind === kind ? entry : null;
}
