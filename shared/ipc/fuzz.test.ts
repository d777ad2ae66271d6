/**
 * Hostile messages against the real contracts. `LAYERSCOPE_FUZZ_MESSAGES=1000000`
 * for the long run; the seed is fixed, so a failure comes back.
 */
import { expect, test } from 'vitest';
import type { Channel } from './channel.ts';
import { createClient } from './client.ts';
import { decodeFrame, encodeFrame, replyLimits, type FrameKind } from './codec.ts';
import { engineContract, shellContract } from './contract.ts';
import type { Contract } from './define.ts';
import { createServer, type Handlers } from './peer.ts';

const messages = Number(process.env['LAYERSCOPE_FUZZ_MESSAGES'] ?? 200_000);
const timeoutMs = 10_000 + messages / 5;

/** mulberry32: small, seeded, the same everywhere. */
function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What each call may be given, written by hand and apart from the schemas. */
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 4096;
const isName = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 256;
const isPath = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 32_768;
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const mayHandle: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  'capture.configure': { verifyChecksums: (value) => typeof value === 'boolean' },
  'rows.read': { view: isCount, from: isCount, count: (value) => isCount(value) && (value as number) <= 512 },
  'rows.bytes': { view: isCount, from: isCount, count: (value) => isCount(value) && (value as number) <= 512 },
  'rows.numbers': { view: isCount, rows: isEmptyList },
  'capture.ignore': { packets: isEmptyList },
  'colouring.set': { rules: isEmptyList },
  'decode.choices': { number: isCount },
  'filter.macros': { macros: (value) => typeof value === 'object' && value !== null && Object.keys(value).length === 0 },
  'view.follow': { sort: (value) => value === null },
  'filter.check': { text: (value) => typeof value === 'string' },
  'filter.find': { text: (value) => typeof value === 'string', from: isCount, step: (value) => value === 1 || value === -1 },
  'filter.complete': { text: (value) => typeof value === 'string', at: isCount },
  'statistics.protocols': { text: (value) => typeof value === 'string' },
  'view.locate': { view: isCount, number: isCount },
  'packet.read': { number: isCount },
  'packet.neighbour': { number: isCount, step: (value) => value === 1 || value === -1 },
  'stream.timeline': { stream: isCount, aroundPacket: isCount },
  'shell.openRecent': { id: isText },
  'shell.openSample': { id: isText },
  'shell.decodeAs': { captureId: isText, entries: isEmptyList },
  'shell.noteOpened': { captureId: isText, packets: isCount },
  'live.activity': { names: (value) => Array.isArray(value) && value.length > 0 && value.length <= 256 && value.every(isName) },
  'live.checkFilter': { text: isText, linkType: isCount, snaplen: isCount },
  'live.stop': { captureId: isText },
  'live.restart': { captureId: isText },
  'live.pause': { captureId: isText },
  'live.resume': { captureId: isText },
  'live.status': { captureId: isText },
  'live.adopt': { id: isText },
  'live.discard': { id: isText },
  'live.folder': { path: (value) => value === null || isPath(value) },
  'live.removeFilter': { name: isName },
};

/** Calls whose requests are too large to come right but by rare chance; that wrong ones are refused is seen all the same. */
const seldomReached: ReadonlySet<string> = new Set(['live.start', 'live.remote', 'live.saveFilter', 'live.activity', 'live.process', 'filter.find', 'packet.find', 'rows.overview', 'statistics.traffic', 'statistics.rows']);

function isAllowed(name: string, request: unknown): boolean {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return false;
  const fields = mayHandle[name] ?? {};
  const keys = Object.keys(request);
  return keys.length === Object.keys(fields).length && keys.every((key) => fields[key]?.((request as Record<string, unknown>)[key]) === true);
}

const kinds: readonly FrameKind[] = ['request', 'request', 'request', 'subscribe', 'subscribe', 'cancel', 'reply', 'error', 'event', 'end'];
const oddNames = ['__proto__', 'constructor', 'to.string', 'has.own', 'rows.reads', 'shell.', '.read', 'rows.read\0'];
const oddValues: readonly unknown[] = [0, 1, 511, 512, 513, -1, 0.5, 1e300, 2 ** 53, null, true, false, '', 'x', 'x'.repeat(4097), [], {}, [1], { view: 0 }, '__proto__', '\ud800'];
const keys = ['view', 'from', 'count', 'number', 'step', 'filter', 'sort', 'stream', 'aroundPacket', 'id', 'captureId', 'packets', 'verifyChecksums', '__proto__', 'constructor', 'toString'];

function makeMessage(random: (below: number) => number, names: readonly string[]): Uint8Array {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const way = random(10);
  if (way === 0) return Uint8Array.from({ length: random(64) }, () => random(256));
  const kind = pick(kinds);
  const name = kind === 'request' || kind === 'subscribe' ? (random(12) === 0 ? pick(oddNames) : pick(names)) : '';
  const bytes = encodeFrame(kind, random(1000), name, makeBody(name, random, pick), random(20) === 0 ? new Uint8Array(random(9)) : undefined);
  if (way < 6) return bytes;
  if (way === 6) return bytes.subarray(0, random(bytes.length + 1));
  if (way === 7) return Uint8Array.from([...bytes, random(256)]);
  for (let flips = 1 + random(3); flips > 0; flips -= 1) bytes[random(bytes.length)]! ^= 1 << random(8);
  return bytes;
}

/** Half of them with the call's own fields, so that nearly right ones are common. */
function makeBody(name: string, random: (below: number) => number, pick: <T>(list: readonly T[]) => T): unknown {
  if (random(10) === 0) return pick(oddValues);
  const fields = random(2) === 0 ? Object.keys(mayHandle[name] ?? {}) : Array.from({ length: random(5) }, () => pick(keys));
  const parts = fields.map((field) => `${JSON.stringify(field)}:${JSON.stringify(random(2) === 0 ? random(600) : random(2) === 0 ? pick([[], null]) : pick(oddValues))}`);
  // Parsed, so that "__proto__" and repeated keys arrive as they would over the wire.
  return JSON.parse(`{${parts.join(',')}}`);
}

/** A channel without another side: what a test delivers is received, what is sent is handed back. */
function testChannel(): { readonly channel: Channel; deliver: (bytes: Uint8Array) => void; readonly sent: Uint8Array[]; closed: boolean } {
  const ends = { sent: [] as Uint8Array[], deliver: (_bytes: Uint8Array): void => undefined, closed: false };
  const channel: Channel = {
    send: (bytes) => void ends.sent.push(bytes),
    onMessage: (handler) => void (ends.deliver = handler),
    onClose: () => undefined,
    close: () => void (ends.closed = true),
  };
  return Object.assign(ends, { channel });
}

test.each([
  ['engine', engineContract as Contract],
  ['shell', shellContract as Contract],
])(`the %s's server lets no wrong request through and throws nothing, in ${messages} messages`, async (_title, contract) => {
  const names = Object.keys(contract);
  const random = randomSource(20_260_801);
  const handled: Record<string, number> = {};
  const wrong: unknown[] = [];
  const bugs: unknown[] = [];
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      (request: unknown) => {
        handled[name] = (handled[name] ?? 0) + 1;
        if (!isAllowed(name, request)) wrong.push({ name, request });
        return { value: {} };
      },
    ]),
  );
  const ends = testChannel();
  createServer(contract, handlers as unknown as Handlers<Contract>, ends.channel, { onBug: (error) => bugs.push(error), limit: 1 << 20 });
  let answers = 0;
  for (let count = 0; count < messages; count += 1) {
    ends.deliver(makeMessage(random, names));
    if (count % 1000 > 0) continue;
    await Promise.resolve();
    for (const bytes of ends.sent.splice(0)) if (decodeFrame(bytes, replyLimits).ok) answers += 1;
  }
  expect(wrong).toEqual([]);
  expect(bugs).toEqual([]);
  // The messages are close enough to right ones that every call was reached: else the test would say nothing.
  expect(names.filter((name) => handled[name] === undefined && !seldomReached.has(name))).toEqual([]);
  expect(answers).toBeGreaterThan(0);
}, timeoutMs);

test('a client throws nothing, whatever a server sends, and believes no reply that does not fit', () => {
  const random = randomSource(7);
  const names = Object.keys(engineContract);
  for (let round = 0; round < Math.ceil(messages / 1000); round += 1) {
    const ends = testChannel();
    const client = createClient(engineContract, ends.channel, { checkReplies: true });
    const settled: Promise<unknown>[] = [];
    for (let count = 0; count < 20; count += 1) {
      const reading = client.call('rows.read', { view: 0, from: 0, count: 1 });
      settled.push(reading.then((reply) => expect(Number.isSafeInteger(reply.generation)).toBe(true), () => undefined));
      client.subscribe('capture.progress', {}, (progress) => expect(typeof progress.state).toBe('string'));
    }
    for (let count = 0; count < 1000 && !ends.closed; count += 1) ends.deliver(makeMessage(random, names));
  }
}, timeoutMs);
