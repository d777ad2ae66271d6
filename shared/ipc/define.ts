/** Building blocks of a contract: a call has one reply, a stream has many events. */
import type * as z from 'zod';

export interface Call<Q extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly request: Q;
  readonly reply: A;
}

export interface Stream<Q extends z.ZodType = z.ZodType, E extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly request: Q;
  readonly event: E;
}

export type Contract = Readonly<Record<string, Call | Stream>>;

export function call<Q extends z.ZodType, A extends z.ZodType>(request: Q, reply: A): Call<Q, A> {
  return { kind: 'call', request, reply };
}

export function stream<Q extends z.ZodType, E extends z.ZodType>(request: Q, event: E): Stream<Q, E> {
  return { kind: 'stream', request, event };
}

/** Names of a contract's calls, and of its streams. */
export type CallName<C extends Contract> = { [K in keyof C]: C[K] extends Call ? K : never }[keyof C] & string;
export type StreamName<C extends Contract> = { [K in keyof C]: C[K] extends Stream ? K : never }[keyof C] & string;

export type Request<C extends Contract, K extends keyof C> = z.infer<C[K]['request']>;
export type Reply<C extends Contract, K extends CallName<C>> = C[K] extends Call<infer _Q, infer A> ? z.infer<A> : never;
export type Event<C extends Contract, K extends StreamName<C>> = C[K] extends Stream<infer _Q, infer E> ? z.infer<E> : never;
