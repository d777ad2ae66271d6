/**
 * What holds for calls and streams over every transport. A transport's test
 * gives a client channel whose other end is served by `serveSuite`, in this
 * process or another: everything is observed from the client's side.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from './channel.ts';
import { createClient, type Client } from './client.ts';
import { call, stream } from './define.ts';
import { IpcError } from './errors.ts';
import { suiteContract } from './peer-suite-server.test-helper.ts';

export interface SuiteConnection {
  readonly channel: Channel;
  /** Ends the connection from the server's side, or by ending the server. */
  readonly breakOff: () => void;
  readonly close: () => Promise<void> | void;
}

export function describeTransport(title: string, connect: () => Promise<SuiteConnection>): void {
  describe(`calls over ${title}`, () => {
    let connection: SuiteConnection;
    let client: Client<typeof suiteContract>;
    beforeEach(async () => {
      connection = await connect();
      client = createClient(suiteContract, connection.channel, { checkReplies: true });
    });
    afterEach(() => connection.close());

    test('a call is answered', async () => {
      expect(await client.call('echo.text', { text: 'Zürich → 東京 \u0000 🦈' })).toEqual({ text: 'Zürich → 東京 \u0000 🦈' });
    });

    test('a thousand calls at once are each answered with their own', async () => {
      const texts = Array.from({ length: 1000 }, (_, index) => `call ${index}`);
      const calls: Promise<{ text: string }>[] = [];
      for (let index = 0; index < texts.length; index += 200) {
        calls.push(...texts.slice(index, index + 200).map((text) => client.call('echo.text', { text })));
        await Promise.all(calls);
      }
      expect((await Promise.all(calls)).map(({ text }) => text)).toEqual(texts);
    });

    test.each([0, 1, 65_536, 3_000_000])('a reply carries %i bytes beside its value', async (length) => {
      const { value, payload } = await client.callWithPayload('echo.bytes', { length });
      expect(value).toEqual({ length });
      expect(payload.length).toBe(length);
      expect(payload.every((byte, index) => byte === index % 251)).toBe(true);
    });

    test('a request that does not fit is refused before any handler', async () => {
      const before = await client.call('count.handled', {});
      await expect(client.call('echo.text', { text: 7 as unknown as string })).rejects.toMatchObject({ code: 'invalid-request' });
      expect((await client.call('count.handled', {})).handled).toBe(before.handled + 1);
    });

    test('a reply that does not fit is refused by the client', async () => {
      await expect(client.call('fail.shape', {})).rejects.toMatchObject({ code: 'invalid-reply' });
    });

    test('an expected failure crosses with its code, message and detail', async () => {
      await expect(client.call('fail.expected', {})).rejects.toMatchObject({ code: 'not-found', message: 'There is no shark.', detail: 'tank 3' });
    });

    test('a bug crosses without its words', async () => {
      const error = await client.call('fail.bug', {}).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(IpcError);
      expect(error).toMatchObject({ code: 'internal', detail: '' });
      expect((error as IpcError).message).not.toContain('secret');
    });

    test('names that objects merely inherit are no calls', async () => {
      const wild = { ...suiteContract, 'to.string': call(suiteContract['fail.bug'].request, suiteContract['fail.bug'].reply) };
      const stranger = createClient(wild, connection.channel, { checkReplies: true });
      await expect(stranger.call('to.string', {})).rejects.toMatchObject({ code: 'unknown-call' });
    });

    test('a call cannot be subscribed to, nor a stream called', async () => {
      const { request, reply } = suiteContract['echo.text'];
      const swapped = { 'echo.text': stream(request, reply), 'count.up': call(suiteContract['count.up'].request, suiteContract['count.up'].event) };
      const stranger = createClient(swapped, connection.channel, { checkReplies: true });
      await expect(stranger.call('count.up', { to: 1 })).rejects.toMatchObject({ code: 'unknown-call' });
      const ended = await new Promise((resolve) => stranger.subscribe('echo.text', { text: '' }, () => resolve('event'), resolve));
      expect(ended).toMatchObject({ code: 'unknown-call' });
    });

    test('giving a call up rejects it and aborts its handler', async () => {
      const controller = new AbortController();
      const waiting = client.call('wait.forever', {}, { signal: controller.signal });
      await client.call('echo.text', { text: 'the server has both' });
      controller.abort();
      await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
      expect((await client.call('wait.aborted', {})).aborted).toBe(1);
    });

    test('a call given up before it was made is never sent', async () => {
      const before = await client.call('count.handled', {});
      await expect(client.call('wait.forever', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
      expect((await client.call('count.handled', {})).handled).toBe(before.handled + 1);
    });

    test('a stream delivers its events in order, then its end', async () => {
      const events: number[] = [];
      const end = await new Promise((resolve) => client.subscribe('count.up', { to: 100 }, ({ count }) => events.push(count), resolve));
      expect(end).toBeNull();
      expect(events).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });

    test('an ended subscription delivers nothing more and stops its source', async () => {
      let seen = 0;
      const stop = await new Promise<() => void>((resolve) => {
        const unsubscribe = client.subscribe('count.forever', {}, () => {
          seen += 1;
          if (seen === 3) resolve(unsubscribe);
        });
      });
      stop();
      const seenAtStop = seen;
      expect((await client.call('wait.aborted', {})).aborted).toBe(1);
      expect(seen).toBe(seenAtStop);
    });

    test('too many calls at once are answered busy, the others go on', async () => {
      const controllers = Array.from({ length: 256 }, () => new AbortController());
      const calls = controllers.map(({ signal }) => client.call('wait.forever', {}, { signal }).catch((error: IpcError) => error.code));
      await expect(client.call('echo.text', { text: '' })).rejects.toMatchObject({ code: 'busy' });
      for (const controller of controllers) controller.abort();
      expect(new Set(await Promise.all(calls))).toEqual(new Set(['cancelled']));
      expect(await client.call('echo.text', { text: 'again' })).toEqual({ text: 'again' });
    });

    test('when the connection breaks, everything pending rejects, and so does everything after', async () => {
      const waiting = client.call('wait.forever', {}).catch((error: unknown) => error);
      const streamEnd = new Promise((resolve) => client.subscribe('count.forever', {}, () => undefined, resolve));
      await client.call('echo.text', { text: 'both have arrived' });
      connection.breakOff();
      expect(await waiting).toMatchObject({ code: 'disconnected' });
      expect(await streamEnd).toMatchObject({ code: 'disconnected' });
      await client.closed;
      await expect(client.call('echo.text', { text: '' })).rejects.toMatchObject({ code: 'disconnected' });
    });
  });
}
