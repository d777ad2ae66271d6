/**
 * The state of both ends of a TCP connection, judged from its segments (RFC 9293 §3.3.2 and §3.6).
 *
 * A capture shows segments, not sockets. What an end sends proves its state ("fact"); what reached
 * it can only be judged from its later behaviour ("inferred"); before the capture began nothing is
 * known ("assumed"). A state that was inferred becomes a fact when its end later sends what only
 * that state sends, and is taken back when it sends what that state never sends.
 */
import type { Certainty, StateName, StatePeriod } from '../../ipc/timeline-contract.ts';
import { formatDuration } from '../../format/time.ts';
import { ACK, FIN, RST, SYN, sequenceAfter, sequenceDistance, sequenceLength, type SideIndex } from './sequence.ts';

/** A segment as the inference needs it. */
export interface StateSegment {
  readonly packet: number;
  readonly timeNs: number;
  readonly side: SideIndex;
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly payloadLength: number;
}

export interface Remark {
  readonly packet: number;
  readonly text: string;
}

/** What a closed connection waits for late segments; Linux's value of 2·MSL (RFC 9293 §3.4.2 proposes 240 s). */
export const timeWaitNs = 60e9;

/** A state that lasts longer tells of trouble; the other states may last for ever. */
export const overlongNs: Readonly<Partial<Record<StateName, number>>> = {
  'SYN-SENT': 1e9,
  'SYN-RECEIVED': 3e9,
  'CLOSE-WAIT': 10e9,
  'FIN-WAIT-2': 60e9,
  'LAST-ACK': 3e9,
};

const mostPeriods = 64;
const mostRemarks = 64;

type Period = { -readonly [Key in keyof StatePeriod]: StatePeriod[Key] };

interface End {
  readonly periods: Period[];
  /** Number after its SYN; null while none was seen. */
  synEnd: number | null;
  /** Whether it has sent a SYN that acknowledges the other one. */
  answeredSyn: boolean;
  finEnd: number | null;
  /** Number after the last byte that it sent. */
  next: number | null;
  /** Highest acknowledgment and last window that it sent. */
  acknowledged: number | null;
  windowBytes: number;
}

interface Change {
  readonly certainty: Certainty;
  readonly byArrival?: boolean;
  readonly note?: string;
}

const fact: Change = { certainty: 'fact' };
/** The change happens when the segment reaches the other end, which the capture does not show. */
const onArrival: Change = { certainty: 'inferred', byArrival: true };

export class StateInference {
  readonly #ends: readonly [End, End] = [newEnd(), newEnd()];
  readonly #remarks: Remark[] = [];
  #clockNs = 0;
  #started = false;
  /** Who ended the connection with a valid RST; null while nobody did. */
  #resetBy: { readonly side: SideIndex; readonly packet: number } | null = null;

  /** Takes the next segment, in capture order. `windowBytes` is scaled where the scale is known. */
  observe(segment: StateSegment, windowBytes: number, isKeepAlive: boolean): void {
    // A clock that was set back must not give a state a negative duration.
    this.#clockNs = Math.max(this.#clockNs, segment.timeNs);
    this.#expireTimeWait(this.#clockNs);
    if (!this.#started) this.#start(segment);
    if (isKeepAlive) return;
    if ((segment.flags & RST) !== 0) this.#reset(segment);
    else if (this.#resetBy !== null && (segment.flags & (SYN | ACK)) !== SYN) this.#afterReset(segment);
    else this.#advance(segment);
    this.#remember(segment, windowBytes);
  }

  /** @param captureEndNs when the capture ended, as `timeNs`; null while it grows. */
  finish(captureEndNs: number | null): { readonly sides: readonly [StatePeriod[], StatePeriod[]]; readonly remarks: Remark[] } {
    const endNs = Math.max(captureEndNs ?? this.#clockNs, this.#clockNs);
    this.#expireTimeWait(endNs);
    const sides = this.#ends.map((end) => end.periods.slice(-mostPeriods).map((period) => ({ ...period, overlong: isOverlong(period, endNs) })));
    return { sides: [sides[0] ?? [], sides[1] ?? []], remarks: this.#remarks };
  }

  /** State after the segments so far; null before the first. */
  state(side: SideIndex): StateName | null {
    return this.#ends[side].periods.at(-1)?.state ?? null;
  }

  #start(segment: StateSegment): void {
    this.#started = true;
    const { side } = segment;
    if ((segment.flags & SYN) === 0) {
      const assumed: Change = { certainty: 'assumed', note: 'The capture starts in the middle of the connection' };
      this.#move(side, 'ESTABLISHED', 0, assumed);
      this.#move(other(side), 'ESTABLISHED', 0, assumed);
      return;
    }
    const opener = (segment.flags & ACK) === 0 ? side : other(side);
    this.#move(opener, 'CLOSED', 0, { certainty: 'inferred' });
    this.#move(other(opener), 'LISTEN', 0, { certainty: 'inferred', note: 'No packet shows it: the answer will' });
    if (opener !== side) this.#move(opener, 'SYN-SENT', segment.packet, { certainty: 'inferred', note: 'Its SYN is not in the capture, but this answers it' });
  }

  #advance(segment: StateSegment): void {
    if ((segment.flags & SYN) !== 0) this.#synchronize(segment);
    else this.#prove(segment);
    const finEnd = (segment.flags & FIN) !== 0 ? sequenceAfter(segment.sequence, sequenceLength(segment.flags, segment.payloadLength)) : null;
    const sender = this.#ends[segment.side];
    const newFin = finEnd !== null && sender.finEnd === null;
    if ((segment.flags & ACK) !== 0) {
      this.#acknowledgeSyn(segment);
      if (!newFin) this.#acknowledgeFin(segment);
    }
    if (newFin) this.#close(segment, finEnd);
    else if (finEnd !== null) this.#finAgain(segment);
    if (segment.payloadLength > 0 && !newFin) this.#noteHalfClosed(segment);
  }

  #synchronize(segment: StateSegment): void {
    const { side } = segment;
    const sender = this.#ends[side];
    const peer = other(side);
    const synEnd = sequenceAfter(segment.sequence, 1);
    if (sender.synEnd === synEnd) {
      // Sent again: nothing advances. An opening taken for complete was not, if the SYN-ACK comes again.
      if (sender.answeredSyn) this.#takeBack(side, 'ESTABLISHED');
      sender.answeredSyn ||= (segment.flags & ACK) !== 0;
      return;
    }
    if ((segment.flags & ACK) === 0 && sender.next !== null) this.#reuse(segment);
    sender.synEnd = synEnd;
    sender.answeredSyn = (segment.flags & ACK) !== 0;
    if ((segment.flags & ACK) !== 0) {
      this.#move(side, 'SYN-RECEIVED', segment.packet, fact);
    } else if (this.state(peer) === 'SYN-SENT') {
      const crossing: Change = { certainty: 'fact', note: 'Both SYNs crossed: simultaneous open' };
      this.#move(side, 'SYN-RECEIVED', segment.packet, crossing);
      this.#move(peer, 'SYN-RECEIVED', segment.packet, { ...crossing, byArrival: true });
    } else if (this.state(side) !== 'SYN-SENT') {
      this.#move(side, 'SYN-SENT', segment.packet, { certainty: 'fact', note: 'Sent; the answer will show whether it arrived' });
    }
  }

  /** A new connection between the same ports, in the same stream. */
  #reuse(segment: StateSegment): void {
    const { side } = segment;
    const since = this.#ends.map((end) => end.periods.at(-1)?.fromNs ?? 0);
    const idleNs = Math.max(0, segment.timeNs - Math.max(...since));
    this.#remark(segment.packet, `The same ports are used again ${formatDuration(idleNs)} after the connection before them changed last.`);
    for (const end of this.#ends) Object.assign(end, emptyNumbers());
    this.#resetBy = null;
    this.#move(other(side), 'LISTEN', segment.packet, { certainty: 'inferred', note: 'A new connection: no packet shows it, the answer will' });
  }

  #acknowledgeSyn(segment: StateSegment): void {
    const { side } = segment;
    const peer = other(side);
    const peerEnd = this.#ends[peer];
    const covers = peerEnd.synEnd !== null && sequenceDistance(peerEnd.synEnd, segment.acknowledgment) >= 0;
    const isSyn = (segment.flags & SYN) !== 0;
    if (!isSyn && this.state(side) === 'SYN-SENT' && (covers || peerEnd.synEnd === null)) {
      this.#move(side, 'ESTABLISHED', segment.packet, peerEnd.synEnd === null ? { certainty: 'fact', note: 'The SYN-ACK that it answers is not in the capture' } : fact);
      if (this.state(peer) === 'LISTEN') this.#move(peer, 'ESTABLISHED', segment.packet, onArrival);
    }
    if (covers && this.state(peer) === 'SYN-RECEIVED') this.#move(peer, 'ESTABLISHED', segment.packet, onArrival);
  }

  #acknowledgeFin(segment: StateSegment): void {
    const { side } = segment;
    const peer = other(side);
    const { finEnd } = this.#ends[peer];
    if (finEnd === null || sequenceDistance(finEnd, segment.acknowledgment) < 0) return;
    const peerState = this.state(peer);
    if (peerState === 'FIN-WAIT-1') {
      this.#move(peer, 'FIN-WAIT-2', segment.packet, { certainty: 'fact', byArrival: true });
      if (this.state(side) === 'ESTABLISHED') this.#move(side, 'CLOSE-WAIT', segment.packet, { certainty: 'fact', note: 'Its own program has not closed yet' });
    } else if (peerState === 'CLOSING') {
      this.#move(peer, 'TIME-WAIT', segment.packet, { certainty: 'fact', byArrival: true, note: timeWaitNote });
    } else if (peerState === 'LAST-ACK') {
      this.#move(peer, 'CLOSED', segment.packet, { ...onArrival, note: 'When the last ACK arrives' });
      if (this.state(side) === 'FIN-WAIT-1' || this.state(side) === 'FIN-WAIT-2') this.#move(side, 'TIME-WAIT', segment.packet, { certainty: 'fact', note: timeWaitNote });
    }
  }

  /** The first FIN of an end. */
  #close(segment: StateSegment, finEnd: number): void {
    const { side } = segment;
    const peer = other(side);
    const peerFin = this.#ends[peer].finEnd;
    this.#ends[side].finEnd = finEnd;
    if (peerFin === null) {
      this.#move(side, 'FIN-WAIT-1', segment.packet, { certainty: 'fact', note: 'Closes first' });
      return;
    }
    const answers = this.state(side) === 'CLOSE-WAIT' || ((segment.flags & ACK) !== 0 && sequenceDistance(peerFin, segment.acknowledgment) >= 0);
    if (answers) {
      const note = this.state(side) === 'CLOSE-WAIT' ? '' : 'Acknowledges the other FIN and closes in one segment';
      this.#move(side, 'LAST-ACK', segment.packet, { certainty: 'fact', note });
      return;
    }
    const crossing: Change = { certainty: 'fact', note: 'Both FINs crossed: simultaneous close' };
    this.#move(side, 'CLOSING', segment.packet, crossing);
    this.#move(peer, 'CLOSING', segment.packet, { ...crossing, byArrival: true });
  }

  /** A FIN sent again shows that the ACK which was taken for its last did not arrive. */
  #finAgain(segment: StateSegment): void {
    if (this.#takeBack(segment.side, 'CLOSED')) this.#note(segment.side, 'Sent its FIN again: the last ACK did not arrive in time');
  }

  #noteHalfClosed(segment: StateSegment): void {
    if (this.state(segment.side) !== 'CLOSE-WAIT') return;
    this.#note(segment.side, 'Half-closed: it still sends');
    if (this.state(other(segment.side)) === 'FIN-WAIT-2') this.#note(other(segment.side), 'Half-closed: it still receives');
  }

  /** What an end sends outside of the opening proves that its opening is complete. */
  #prove(segment: StateSegment): void {
    const period = this.#ends[segment.side].periods.at(-1);
    if (period?.state !== 'ESTABLISHED' || period.certainty !== 'inferred') return;
    period.certainty = 'fact';
    period.note = `Since packet ${period.cause} arrived; packet ${segment.packet} proves it`;
  }

  /**
   * A valid RST ends the connection at both ends at once (RFC 9293 §3.5.2 and §3.10.7).
   * One that the receiver must ignore changes nothing.
   */
  #reset(segment: StateSegment): void {
    const { side } = segment;
    if (!this.#resetIsValid(segment)) {
      this.#remark(segment.packet, 'Suspicious RST: its number is outside the window, so the receiver ignores it.');
      return;
    }
    const peer = other(side);
    const refused = this.state(peer) === 'SYN-SENT' && (segment.flags & ACK) !== 0;
    if (this.state(side) !== 'CLOSED') this.#move(side, 'CLOSED', segment.packet, { certainty: 'fact', note: refused ? 'Refuses: no program listens on the port' : 'Ends the connection at once' });
    if (this.state(peer) !== 'CLOSED') this.#move(peer, 'CLOSED', segment.packet, { certainty: 'fact', byArrival: true, note: refused ? 'Refused' : 'Ended by the other side' });
    this.#resetBy ??= { side, packet: segment.packet };
  }

  #resetIsValid(segment: StateSegment): boolean {
    const receiver = this.#ends[other(segment.side)];
    const sender = this.#ends[segment.side];
    if (this.state(other(segment.side)) === 'SYN-SENT') {
      // Only an RST that acknowledges the SYN counts (RFC 9293 §3.10.7.3).
      if ((segment.flags & ACK) === 0) return sender.next !== null && sender.next === segment.sequence;
      return receiver.next === null || receiver.synEnd === null || (sequenceDistance(receiver.synEnd, segment.acknowledgment) >= 0 && sequenceDistance(segment.acknowledgment, receiver.next) >= 0);
    }
    const expected = receiver.acknowledged ?? sender.next;
    if (expected === null || sender.next === segment.sequence) return true;
    const ahead = sequenceDistance(expected, segment.sequence);
    return ahead >= 0 && ahead <= Math.max(receiver.windowBytes, 1);
  }

  #afterReset(segment: StateSegment): void {
    const resetBy = this.#resetBy;
    if (resetBy === null || segment.side !== resetBy.side || segment.payloadLength === 0) return;
    this.#remark(segment.packet, `Suspicious RST: after packet ${resetBy.packet} its sender goes on sending data, so somebody else may have sent the RST.`);
    this.#resetBy = { ...resetBy, side: other(resetBy.side) };
  }

  /** TIME-WAIT ends by a timer that no packet shows. */
  #expireTimeWait(nowNs: number): void {
    for (const side of [0, 1] as const) {
      const period = this.#ends[side].periods.at(-1);
      if (period?.state !== 'TIME-WAIT' || nowNs - period.fromNs < timeWaitNs) continue;
      const endNs = period.fromNs + timeWaitNs;
      period.toNs = endNs;
      this.#ends[side].periods.push(newPeriod('CLOSED', endNs, 0, { certainty: 'inferred', note: '60 s after TIME-WAIT began, assumed' }));
    }
  }

  #remember(segment: StateSegment, windowBytes: number): void {
    const end = this.#ends[segment.side];
    const next = sequenceAfter(segment.sequence, sequenceLength(segment.flags, segment.payloadLength));
    if ((segment.flags & RST) === 0 && (end.next === null || sequenceDistance(end.next, next) > 0)) end.next = next;
    if ((segment.flags & (ACK | RST)) !== ACK) return;
    end.windowBytes = windowBytes;
    if (end.acknowledged === null || sequenceDistance(end.acknowledged, segment.acknowledgment) > 0) end.acknowledged = segment.acknowledgment;
  }

  /** @param cause packet that shows the change; 0 for none. */
  #move(side: SideIndex, state: StateName, cause: number, change: Change): void {
    const { periods } = this.#ends[side];
    const last = periods.at(-1);
    if (last !== undefined) last.toNs = this.#clockNs;
    periods.push(newPeriod(state, this.#clockNs, cause, change));
    // Bounded whatever the capture holds: what is oldest goes first.
    if (periods.length > mostPeriods * 2) periods.splice(0, mostPeriods);
  }

  /** Undoes an inferred change, as if it had never been drawn. Returns whether there was one. */
  #takeBack(side: SideIndex, state: StateName): boolean {
    const { periods } = this.#ends[side];
    const last = periods.at(-1);
    const before = periods.at(-2);
    if (last?.state !== state || last.certainty !== 'inferred' || before === undefined) return false;
    periods.pop();
    before.toNs = null;
    return true;
  }

  #note(side: SideIndex, note: string): void {
    const period = this.#ends[side].periods.at(-1);
    if (period !== undefined) period.note = note;
  }

  #remark(packet: number, text: string): void {
    if (this.#remarks.length < mostRemarks) this.#remarks.push({ packet, text });
  }
}

const timeWaitNote = 'Waits for late segments; 60 s assumed';

function other(side: SideIndex): SideIndex {
  return side === 0 ? 1 : 0;
}

function emptyNumbers(): Omit<End, 'periods'> {
  return { synEnd: null, answeredSyn: false, finEnd: null, next: null, acknowledged: null, windowBytes: 0 };
}

function newEnd(): End {
  return { periods: [], ...emptyNumbers() };
}

function newPeriod(state: StateName, fromNs: number, cause: number, change: Change): Period {
  return { state, fromNs, toNs: null, certainty: change.certainty, cause, byArrival: change.byArrival ?? false, overlong: false, note: change.note ?? '' };
}

function isOverlong(period: StatePeriod, endNs: number): boolean {
  const limit = overlongNs[period.state];
  return limit !== undefined && (period.toNs ?? endNs) - period.fromNs > limit;
}
