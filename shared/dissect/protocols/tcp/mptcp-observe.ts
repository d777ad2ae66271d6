/** Index pass: tells the tracker of Multipath TCP connections what a segment's options say of them (RFC 8684 §3; version 0: RFC 6824). */
import { readU32, readU64, readU8 } from '../../../bytes/reader.ts';
import type { MultipathTracker } from '../../../streams/multipath-tracker.ts';
import { OPTION, optionLength } from '../../../streams/tcp-options.ts';
import { meaningOfKey } from './mptcp-key.ts';

/** Up to the subtype. */
const MIN_LENGTH = 3;
/** Subtypes of the option (RFC 8684 §8.1). */
const CAPABLE = 0;
const JOIN = 1;
/** Lengths of MP_CAPABLE with the sender's key; from 20 bytes on the receiver's follows (RFC 8684 §3.1). */
const WITH_KEY: ReadonlySet<number> = new Set([12, 20, 22, 24]);
const WITH_BOTH_KEYS = 20;
const KEY_LENGTH = 8;
/** Length of MP_JOIN in a SYN, which carries a token (RFC 8684 §3.2). */
const WITH_TOKEN = 12;

/** A segment's place: its TCP stream, and who sent it. */
interface Place {
  readonly stream: number;
  readonly direction: 0 | 1;
}

/** Takes the options between two positions of `bytes`; whatever they hold, it ends and does not throw. */
export function observeMultipath(tracker: MultipathTracker, place: Place, bytes: Uint8Array, from: number, end: number): void {
  for (let at = from; at < end; ) {
    const kind = readU8(bytes, at);
    const length = optionLength(kind, bytes, at, end);
    if (length === 0) return;
    if (length >= MIN_LENGTH && kind === OPTION.multipath) observeOption(tracker, place, bytes, at, length);
    at += length;
  }
}

function observeOption(tracker: MultipathTracker, { stream, direction }: Place, bytes: Uint8Array, at: number, length: number): void {
  const first = readU8(bytes, at + 2);
  const subtype = first >> 4;
  const opposite = direction === 0 ? 1 : 0;
  if (subtype === CAPABLE) {
    if (!WITH_KEY.has(length)) return;
    const version = first & 0x0f;
    observeKey(tracker, { stream, direction }, version, bytes, at + 4);
    if (length >= WITH_BOTH_KEYS) observeKey(tracker, { stream, direction: opposite }, version, bytes, at + 12);
    tracker.takeMaster(stream);
  } else if (subtype === JOIN && length === WITH_TOKEN) {
    // The token is that of the end that the SYN goes to.
    tracker.takeToken(stream, opposite, readU32(bytes, at + 4));
  } else {
    tracker.takeStream(stream);
  }
}

/** `place.direction`: in which the key's owner sends. */
function observeKey(tracker: MultipathTracker, { stream, direction }: Place, version: number, bytes: Uint8Array, at: number): void {
  if (tracker.hasKey(stream, direction)) return;
  const meaning = meaningOfKey(version, bytes.subarray(at, at + KEY_LENGTH));
  if (meaning === null) tracker.takeStream(stream);
  else tracker.takeKey(stream, direction, readU64(bytes, at), meaning);
}
