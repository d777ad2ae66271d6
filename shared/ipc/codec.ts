/**
 * One message = one binary frame, the same on every transport:
 *
 *     offset  size
 *     0       1     kind (1…7, see `FrameKind`)
 *     1       1     length of the name, 0…64
 *     2       2     zero
 *     4       4     id, little-endian: chosen by the caller, repeated in answers
 *     8       4     length of the body, little-endian
 *     12            name (ASCII), body (JSON as UTF-8), payload (the rest)
 *
 * Decoding never throws: what is not exactly such a frame comes back as a
 * reason. Nothing in a frame is optional or ignored (spare bytes are zero, each
 * kind says whether it has a name, a body, a payload), so that no two readers
 * can disagree about one.
 */

export const frameKinds = {
  /** Asks for one reply. */
  request: 1,
  reply: 2,
  /** Answers a request or ends a subscription with { code, message, detail }. */
  error: 3,
  /** The caller gives up a request, or ends a subscription. */
  cancel: 4,
  /** Asks for a stream's events. */
  subscribe: 5,
  event: 6,
  /** The stream has no more events. */
  end: 7,
} as const;

export type FrameKind = keyof typeof frameKinds;

export interface Frame {
  readonly kind: FrameKind;
  readonly id: number;
  /** Name of the call or stream; "" except in `request` and `subscribe`. */
  readonly name: string;
  /** Any JSON value; null where the kind has no body. */
  readonly body: unknown;
  /** Binary data beside a reply or event; empty where there is none. */
  readonly payload: Uint8Array;
}

export interface FrameLimits {
  readonly bodyBytes: number;
  readonly payloadBytes: number;
}

/** What a server takes: requests are small and carry no payload. */
export const requestLimits: FrameLimits = { bodyBytes: 64 * 1024, payloadBytes: 0 };
/** What a client takes: a tree of a large packet with its bytes fits. */
export const replyLimits: FrameLimits = { bodyBytes: 64 * 1024 * 1024, payloadBytes: 256 * 1024 * 1024 };

export type Decoded = { readonly ok: true; readonly frame: Frame } | { readonly ok: false; readonly reason: string };

const headerBytes = 12;
const nameBytesMax = 64;
const namePattern = /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/;
const noBytes = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

interface KindRule {
  readonly kind: FrameKind;
  readonly named: boolean;
  readonly bodied: boolean;
  readonly payload: boolean;
}

const rules: readonly (KindRule | null)[] = [
  null,
  { kind: 'request', named: true, bodied: true, payload: false },
  { kind: 'reply', named: false, bodied: true, payload: true },
  { kind: 'error', named: false, bodied: true, payload: false },
  { kind: 'cancel', named: false, bodied: false, payload: false },
  { kind: 'subscribe', named: true, bodied: true, payload: false },
  { kind: 'event', named: false, bodied: true, payload: true },
  { kind: 'end', named: false, bodied: false, payload: false },
];

/** The frame's bytes. `body` has to be a JSON value; a frame without a body passes null. */
export function encodeFrame(kind: FrameKind, id: number, name: string, body: unknown, payload: Uint8Array = noBytes): Uint8Array {
  const rule = rules[frameKinds[kind]]!;
  const nameBytes = encoder.encode(name);
  const bodyBytes = rule.bodied ? encoder.encode(JSON.stringify(body ?? null)) : noBytes;
  const bytes = new Uint8Array(headerBytes + nameBytes.length + bodyBytes.length + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = frameKinds[kind];
  bytes[1] = nameBytes.length;
  view.setUint32(4, id, true);
  view.setUint32(8, bodyBytes.length, true);
  bytes.set(nameBytes, headerBytes);
  bytes.set(bodyBytes, headerBytes + nameBytes.length);
  bytes.set(payload, headerBytes + nameBytes.length + bodyBytes.length);
  return bytes;
}

/** Reads one frame. The payload is a view into `bytes`, not a copy. */
export function decodeFrame(bytes: Uint8Array, limits: FrameLimits): Decoded {
  if (bytes.length < headerBytes) return refused(`${bytes.length} bytes are too few for a frame`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rule = rules[bytes[0]!] ?? null;
  if (rule === null) return refused(`unknown kind ${bytes[0]}`);
  if (view.getUint16(2, true) !== 0) return refused('reserved bytes are not zero');
  const nameLength = bytes[1]!;
  const bodyLength = view.getUint32(8, true);
  const payloadStart = headerBytes + nameLength + bodyLength;
  if (nameLength > nameBytesMax) return refused(`name of ${nameLength} bytes`);
  if (payloadStart > bytes.length) return refused('lengths run past the end');
  const payloadLength = bytes.length - payloadStart;
  const shape = shapeProblem(rule, nameLength, bodyLength, payloadLength, limits);
  if (shape !== null) return refused(shape);

  const name = asciiText(bytes.subarray(headerBytes, headerBytes + nameLength));
  if (rule.named && !namePattern.test(name)) return refused('not a name');
  const body = rule.bodied ? parseBody(bytes.subarray(headerBytes + nameLength, payloadStart)) : { value: null };
  if (body === null) return refused('body is not JSON');
  const payload = payloadLength === 0 ? noBytes : bytes.subarray(payloadStart);
  return { ok: true, frame: { kind: rule.kind, id: view.getUint32(4, true), name, body: body.value, payload } };
}

function shapeProblem(rule: KindRule, nameLength: number, bodyLength: number, payloadLength: number, limits: FrameLimits): string | null {
  if (rule.named !== nameLength > 0) return `a ${rule.kind} ${rule.named ? 'needs a' : 'has no'} name`;
  if (rule.bodied !== bodyLength > 0) return `a ${rule.kind} ${rule.bodied ? 'needs a' : 'has no'} body`;
  if (bodyLength > limits.bodyBytes) return `body of ${bodyLength} bytes, at most ${limits.bodyBytes}`;
  if (!rule.payload && payloadLength > 0) return `a ${rule.kind} has no payload`;
  if (payloadLength > limits.payloadBytes) return `payload of ${payloadLength} bytes, at most ${limits.payloadBytes}`;
  return null;
}

function parseBody(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch {
    return null;
  }
}

function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function refused(reason: string): Decoded {
  return { ok: false, reason };
}
