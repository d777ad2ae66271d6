import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame, frameKinds, replyLimits, requestLimits, type Frame, type FrameKind } from './codec.ts';

interface Sample {
  readonly kind: FrameKind;
  readonly id: number;
  readonly name: string;
  readonly body: unknown;
  readonly payload: Uint8Array;
}

const none = new Uint8Array(0);
const frames: readonly Sample[] = [
  { kind: 'request', id: 1, name: 'rows.read', body: { view: 0, from: 0, count: 10 }, payload: none },
  { kind: 'request', id: 0xffffffff, name: 'shell.openDialog', body: {}, payload: none },
  { kind: 'reply', id: 2, name: '', body: { text: 'Zürich 東京 🦈 \u0000 \ud800' }, payload: new Uint8Array([0, 255, 7]) },
  { kind: 'reply', id: 2, name: '', body: null, payload: none },
  { kind: 'reply', id: 3, name: '', body: [1, 'two', { three: null }], payload: none },
  { kind: 'error', id: 4, name: '', body: { code: 'failed', message: 'no', detail: '' }, payload: none },
  { kind: 'cancel', id: 5, name: '', body: null, payload: none },
  { kind: 'subscribe', id: 6, name: 'capture.progress', body: {}, payload: none },
  { kind: 'event', id: 6, name: '', body: { state: 'done' }, payload: new Uint8Array(70_000) },
  { kind: 'end', id: 6, name: '', body: null, payload: none },
];

function decoded(bytes: Uint8Array): Frame {
  const result = decodeFrame(bytes, replyLimits);
  if (!result.ok) throw new Error(result.reason);
  return result.frame;
}

describe('a frame', () => {
  test.each(frames)('$kind $id $name comes out as it went in', ({ kind, id, name, body, payload }) => {
    expect(decoded(encodeFrame(kind, id, name, body, payload))).toEqual({ kind, id, name, body, payload });
  });

  test.each(frames)('$kind $id $name: no prefix of it is taken for a frame with the same body', ({ kind, id, name, body, payload }) => {
    const bytes = encodeFrame(kind, id, name, body, payload);
    // A payload is "the rest": with it cut off, the frame is one with a shorter payload.
    const end = bytes.length - payload.length;
    for (let length = 0; length < end; length += 1) expect(decodeFrame(bytes.subarray(0, length), replyLimits).ok).toBe(false);
  });

  test('may lie anywhere in a larger buffer', () => {
    const bytes = encodeFrame('reply', 9, '', { a: 1 }, new Uint8Array([1, 2]));
    const larger = new Uint8Array(bytes.length + 7).fill(0xee);
    larger.set(bytes, 5);
    expect(decoded(larger.subarray(5, 5 + bytes.length))).toEqual(decoded(bytes));
  });

  test('holds its numbers where the description says', () => {
    const bytes = encodeFrame('reply', 0x01020304, '', 'é', new Uint8Array([9]));
    expect([...bytes]).toEqual([2, 0, 0, 0, 4, 3, 2, 1, 4, 0, 0, 0, 0x22, 0xc3, 0xa9, 0x22, 9]);
  });
});

function edited(edit: (bytes: Uint8Array) => Uint8Array | undefined, kind: FrameKind = 'request', name = 'rows.read', body: unknown = {}): Uint8Array {
  const bytes = encodeFrame(kind, 1, name, body);
  return edit(bytes) ?? bytes;
}

describe('what is refused, and why', () => {
  test.each([
    ['nothing at all', new Uint8Array(0), 'too few'],
    ['an unknown kind', edited((bytes) => void (bytes[0] = 8)), 'unknown kind 8'],
    ['kind 0', edited((bytes) => void (bytes[0] = 0)), 'unknown kind 0'],
    ['a reserved byte', edited((bytes) => void (bytes[2] = 1)), 'reserved'],
    ['a body that runs past the end', edited((bytes) => void (bytes[8] = 3)), 'past the end'],
    ['a body length near 2^32', edited((bytes) => new Uint8Array(bytes).fill(0xff, 8, 12)), 'past the end'],
    ['a name that is too long', edited((bytes) => void (bytes[1] = 65)), 'name of 65'],
    ['a request without a name', edited(() => undefined, 'request', ''), 'needs a name'],
    ['a reply with a name', edited((bytes) => void (bytes[0] = frameKinds.reply)), 'has no name'],
    ['a cancel with a body', edited((bytes) => void (bytes[0] = frameKinds.cancel), 'reply', ''), 'has no body'],
    ['a reply without a body', edited((bytes) => void (bytes[0] = frameKinds.reply), 'cancel', '', null), 'needs a body'],
    ['a request with a payload', encodeFrame('request', 1, 'rows.read', {}, new Uint8Array(1)), 'no payload'],
    ['an error with a payload', encodeFrame('error', 1, '', {}, new Uint8Array(1)), 'no payload'],
    ['a name with a blank', edited(() => undefined, 'request', 'rows read'), 'not a name'],
    ['__proto__ as a name', edited(() => undefined, 'request', '__proto__'), 'not a name'],
    ['a name in another alphabet', edited(() => undefined, 'request', 'rows.réad'), 'not a name'],
    ['a body that is no JSON', edited((bytes) => void (bytes[bytes.length - 1] = 0x7b)), 'not JSON'],
    ['a body that is no UTF-8', edited((bytes) => void (bytes[bytes.length - 2] = 0xff)), 'not JSON'],
    ['a body after a byte order mark', edited(() => withBody(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))), 'not JSON'],
  ])('%s', (_title, bytes, reason) => {
    const result = decodeFrame(bytes, requestLimits);
    expect(result.ok ? 'accepted' : result.reason).toContain(reason);
  });

  test('a body or payload over the limit, before it is looked at', () => {
    const limits = { bodyBytes: 100, payloadBytes: 10 };
    expect(decodeFrame(encodeFrame('request', 1, 'a.b', 'x'.repeat(99)), limits)).toEqual({ ok: false, reason: 'body of 101 bytes, at most 100' });
    expect(decodeFrame(encodeFrame('request', 1, 'a.b', 'x'.repeat(98)), limits).ok).toBe(true);
    expect(decodeFrame(encodeFrame('reply', 1, '', 0, new Uint8Array(11)), limits)).toEqual({ ok: false, reason: 'payload of 11 bytes, at most 10' });
  });

  test('brackets as deep as the limit allows do no harm', () => {
    const depth = 30_000;
    expect(decodeFrame(withBody(new TextEncoder().encode('['.repeat(depth) + ']'.repeat(depth))), requestLimits).ok).toBe(true);
    expect(decodeFrame(withBody(new TextEncoder().encode('['.repeat(depth))), requestLimits).ok).toBe(false);
  });
});

function withBody(body: Uint8Array): Uint8Array {
  const head = encodeFrame('request', 1, 'rows.read', {}).subarray(0, 12 + 'rows.read'.length);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  new DataView(bytes.buffer).setUint32(8, body.length, true);
  return bytes;
}
