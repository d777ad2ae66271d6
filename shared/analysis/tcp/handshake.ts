/** The three-way handshake (RFC 9293 §3.5): what each end offered, how long each half took, and what that says about the capture point. */
import type { StreamTimeline, SynOffer } from '../../ipc/timeline-contract.ts';
import { ACK, RST, SYN, sequenceAfter, type SideIndex } from './sequence.ts';
import type { TimelineSegmentInput } from './timeline-input.ts';

interface Seen {
  readonly packet: number;
  readonly timeNs: number;
  readonly side: SideIndex;
  readonly offer: SynOffer;
}

/**
 * One half of the round trip below this share of the whole means that the capture was made at
 * that end. An end needs tens of microseconds to answer, so shares say nothing about round trips
 * shorter than `shortestToldRoundTripNs`, and "in the middle" takes two halves that only distance
 * explains.
 */
const shareAtAnEnd = 0.2;
const shortestToldRoundTripNs = 300_000;
const shortestTravelledHalfNs = 1_000_000;

export class HandshakeRecorder {
  #syn: Seen | null = null;
  #synAck: Seen | null = null;
  #ack: { readonly packet: number; readonly timeNs: number } | null = null;

  observe(segment: TimelineSegmentInput): void {
    if (this.#ack !== null) return;
    const isSyn = (segment.flags & SYN) !== 0;
    const isAck = (segment.flags & ACK) !== 0;
    if (isSyn && !isAck) {
      // The last SYN before the answer: the answer to an earlier one would have come earlier.
      if (this.#synAck === null) this.#syn = seen(segment);
    } else if (isSyn) {
      this.#synAck = seen(segment);
    } else if (isAck && (segment.flags & RST) === 0) {
      this.#complete(segment);
    }
  }

  #complete(segment: TimelineSegmentInput): void {
    const synAck = this.#synAck;
    if (synAck === null || segment.side === synAck.side) return;
    if (segment.acknowledgment !== sequenceAfter(synAck.offer.initialSequence, 1)) return;
    this.#ack = { packet: segment.packet, timeNs: segment.timeNs };
  }

  /** Side that a SYN shows to be the client; null where no SYN was seen. */
  get client(): SideIndex | null {
    if (this.#syn !== null) return this.#syn.side;
    if (this.#synAck !== null) return this.#synAck.side === 0 ? 1 : 0;
    return null;
  }

  /** Shift count for the windows that a side announces: only where both SYNs offer it (RFC 7323 §2.2). */
  windowShift(side: SideIndex): number {
    const syn = this.#syn;
    const synAck = this.#synAck;
    if (syn === null || synAck === null || syn.offer.windowScale === null || synAck.offer.windowScale === null) return 0;
    // RFC 7323 §2.3: a shift above 14 counts as 14.
    return Math.min(14, side === syn.side ? syn.offer.windowScale : synAck.offer.windowScale);
  }

  result(): StreamTimeline['handshake'] {
    if (this.#syn === null && this.#synAck === null) return null;
    return {
      syn: this.#syn?.packet ?? 0,
      synAck: this.#synAck?.packet ?? 0,
      ack: this.#ack?.packet ?? 0,
      synAckDelayNs: delay(this.#syn, this.#synAck),
      ackDelayNs: delay(this.#synAck, this.#ack),
      client: this.#syn?.offer ?? null,
      server: this.#synAck?.offer ?? null,
    };
  }
}

function seen(segment: TimelineSegmentInput): Seen {
  const options = segment.options ?? { mss: null, windowScale: null, sackPermitted: false, timestamps: false };
  return {
    packet: segment.packet,
    timeNs: segment.timeNs,
    side: segment.side,
    offer: {
      mss: options.mss,
      windowScale: options.windowScale,
      sackPermitted: options.sackPermitted,
      timestamps: options.timestamps,
      initialSequence: segment.sequence,
    },
  };
}

function delay(from: { readonly timeNs: number } | null, to: { readonly timeNs: number } | null): number | null {
  return from === null || to === null ? null : Math.max(0, to.timeNs - from.timeNs);
}

/** From the SYN to the ACK of the answer: one round trip, wherever between the ends it was captured. Null where a part is missing. */
export function roundTripNs(handshake: StreamTimeline['handshake']): number | null {
  const toServerNs = handshake?.synAckDelayNs ?? null;
  const toClientNs = handshake?.ackDelayNs ?? null;
  return toServerNs === null || toClientNs === null ? null : toServerNs + toClientNs;
}

/**
 * Where the capture was made. SYN to SYN-ACK is the way from the capture point to the server and
 * back, SYN-ACK to ACK the way to the client and back: the end whose half is short is near.
 */
export function judgeVantage(handshake: StreamTimeline['handshake']): StreamTimeline['vantage'] {
  const toServerNs = handshake?.synAckDelayNs ?? null;
  const toClientNs = handshake?.ackDelayNs ?? null;
  if (toServerNs === null || toClientNs === null) return 'unknown';
  const roundTripNs = toServerNs + toClientNs;
  if (roundTripNs < shortestToldRoundTripNs) return 'unknown';
  if (toClientNs < roundTripNs * shareAtAnEnd) return 'client';
  if (toServerNs < roundTripNs * shareAtAnEnd) return 'server';
  return Math.min(toServerNs, toClientNs) >= shortestTravelledHalfNs ? 'middle' : 'unknown';
}
