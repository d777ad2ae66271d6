/** What the reassembler and dissectors tell each other about segments and messages. */
import { MAX_MESSAGE_BYTES } from './reassembly-message.ts';
import type { OpenMessage } from './reassembly-message.ts';

/** Stands for "until the stream ends": longer than any message, and short of half the numbers. */
export const UNTIL_FIN = 0x4000_0000;

/** What a dissector still wants: bytes behind what it was given, the next segment, or all until FIN. */
export type More = number | 'segment' | 'fin';

/** A segment's payload. Sequence numbers are relative. */
export interface SegmentPayload {
  readonly packet: number;
  readonly timeSeconds: number;
  readonly occurrence: number;
  /** 2 × stream + direction. */
  readonly side: number;
  /** ANALYSIS bits. */
  readonly flags: number;
  readonly sequence: number;
  /** Byte source that holds it, and its span there. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** True where the bytes are the frame's own and can be read again. */
  readonly fromFrame: boolean;
}

/** What a dissector answers about a message that is not all there. Places count from the start of the bytes it was given. */
export interface Need {
  /** Where the unfinished message begins. */
  readonly from: number;
  readonly more: More;
  /** With `segment`: so many bytes are missing at the least; it is not asked again before they are there. */
  readonly atLeast?: number | undefined;
  /** With `segment`: up to here it need not look again. */
  readonly checked?: number;
  /** With a number: nothing will be learned from the message, so that nobody need see it once it is all there. The protocol that says so; "" for none. */
  readonly opaque?: string | undefined;
}

/** Dissects bytes at `start` of the segment, or a whole message; answers what is wanted, or null. */
export interface Dissect {
  segment(start: number): Need | null;
  /** `mayAsk` false: this is all there will be. `checked`: as it said itself when it asked for more. */
  message(bytes: Uint8Array, mayAsk: boolean, checked: number): Need | null;
  /** The segment ends a message that nobody need see, of this protocol. */
  passOver(protocol: string): void;
}

/** Notes what a dissector said of a message of which there are `length` bytes. */
export function noteWish(message: OpenMessage, { from, more, atLeast, checked, opaque }: Need, length: number): void {
  message.opaqueTo = typeof more === 'number' ? (opaque ?? '') : '';
  message.wanted = more === 'segment' ? Math.min(length + (atLeast ?? 1), MAX_MESSAGE_BYTES) : 0;
  message.checked = more === 'segment' ? Math.max(0, (checked ?? from) - from) : 0;
}

/** Bytes that a message is taken to be longer than what is there of it. */
export function amount(more: More): number {
  return more === 'segment' ? 1 : more === 'fin' ? UNTIL_FIN : more;
}
