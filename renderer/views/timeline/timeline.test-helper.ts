/** Timelines as the engine tells them, written down as ladders: one line per segment. */
import type { StatePeriod, StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';

const bits: Readonly<Record<string, number>> = { S: 2, A: 16, F: 1, R: 4, P: 8 };

export type SegmentExtras = Partial<Pick<TimelineSegment, 'content' | 'analysis' | 'retransmissionOf' | 'retransmittedBy' | 'acknowledgedBy' | 'acknowledgedAfterNs' | 'acknowledges' | 'acknowledgedPackets' | 'bytesInFlight'>>;

/** `5 0 c S 0`, `6 28.2 s SA 0/1`, `8 28.9 c PA 1/1 +517`: packet, milliseconds, end, flags, numbers, payload. */
export function segment(line: string, extras: SegmentExtras = {}): TimelineSegment {
  const match = /^(\d+) ([\d.]+) ([cs]) ([SAFRP]+) (\d+)(?:\/(\d+))?(?: \+(\d+))?$/.exec(line);
  if (match === null) throw new Error(`not a segment: ${line}`);
  const [, packet, at, end, letters = '', sequence, acknowledgment = '0', length = '0'] = match;
  return {
    packet: Number(packet),
    timeNs: Math.round(Number(at) * 1e6),
    fromClient: end === 'c',
    flags: [...letters].reduce((flags, letter) => flags | (bits[letter] ?? 0), 0),
    sequence: 1000 + Number(sequence),
    acknowledgment: 2000 + Number(acknowledgment),
    relativeSequence: Number(sequence),
    relativeAcknowledgment: Number(acknowledgment),
    payloadLength: Number(length),
    windowBytes: 64_240,
    content: '',
    analysis: [],
    retransmissionOf: 0,
    retransmittedBy: 0,
    acknowledgedBy: 0,
    acknowledgedAfterNs: null,
    acknowledges: 0,
    acknowledgedPackets: 0,
    bytesInFlight: Number(length),
    ...extras,
  };
}

const offer = { mss: 1460, windowScale: 7, sackPermitted: true, timestamps: true };

/** A timeline around segments; `halves` in milliseconds: from the capture point to the server and back, and to the client and back. */
export function timelineWith(segments: readonly TimelineSegment[], more: Partial<StreamTimeline> = {}, halves: readonly [number, number] | null = [28.2, 0.1]): StreamTimeline {
  const first = segments[0]?.packet ?? 0;
  return {
    stream: 0,
    streamCount: 1,
    client: { address: '192.168.1.24', port: 51516 },
    server: { address: '203.0.113.10', port: 443 },
    clientKnown: true,
    totalSegments: segments.length,
    firstShown: 0,
    segments: [...segments],
    firstPacket: first,
    lastPacket: segments.at(-1)?.packet ?? 0,
    durationNs: segments.at(-1)?.timeNs ?? 0,
    payloadBytes: { client: 0, server: 0 },
    retransmissions: 0,
    vantage: halves === null ? 'unknown' : 'client',
    initialRoundTripNs: halves === null ? null : (halves[0] + halves[1]) * 1e6,
    lanes: { client: [], server: [] },
    handshake: halves === null
      ? null
      : { syn: first, synAck: first + 1, ack: first + 2, synAckDelayNs: halves[0] * 1e6, ackDelayNs: halves[1] * 1e6, client: { ...offer, initialSequence: 1000 }, server: { ...offer, initialSequence: 2000 } },
    activity: { sliceNs: 1000, client: [], server: [], trouble: [], packet: [] },
    remarks: [],
    ...more,
  };
}

export function period(state: StatePeriod['state'], fromMs: number, toMs: number | null, more: Partial<StatePeriod> = {}): StatePeriod {
  return { state, fromNs: fromMs * 1e6, toNs: toMs === null ? null : toMs * 1e6, certainty: 'fact', cause: 0, byArrival: false, overlong: false, note: '', ...more };
}

/** Handshake, a request that is lost and sent again, its ACK, an answer: packets 5-12. */
export const lossySegments: readonly TimelineSegment[] = [
  segment('5 0 c S 0', { acknowledgedBy: 6 }),
  segment('6 28.2 s SA 0/1', { acknowledges: 5, acknowledgedPackets: 1, acknowledgedBy: 7 }),
  segment('7 28.3 c A 1/1', { acknowledges: 6, acknowledgedPackets: 1 }),
  segment('8 29 c PA 1/1 +517', { content: 'Client Hello (SNI=shop.example.com)', acknowledgedBy: 9, acknowledgedAfterNs: 28_200_000 }),
  segment('9 57.2 s A 1/518', { acknowledges: 8, acknowledgedPackets: 1 }),
  segment('10 60 c PA 518/1 +130', { content: 'Application Data', retransmittedBy: 12, acknowledgedBy: 13 }),
  segment('11 62 s PA 1/518 +100', { content: 'Application Data' }),
  segment('12 276.4 c PA 518/1 +130', { content: 'Application Data', retransmissionOf: 10, acknowledgedBy: 13, analysis: ['retransmission'] }),
  segment('13 304.6 s A 101/648', { acknowledges: 12, acknowledgedPackets: 1 }),
  segment('14 400 s PA 101/648 +1448', { content: 'HTTP/1.1 200 OK  (text/html)' }),
];
