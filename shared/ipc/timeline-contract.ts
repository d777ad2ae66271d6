/** The TCP timeline as the engine hands it to the window. Owned by the timeline view. */
import { z } from './schema.ts';

const uint = z.int().nonnegative();
const endpoint = z.object({ address: z.string(), port: uint });
/** Nanoseconds since the stream's first segment. */
const relativeNs = z.number();

/** How sure a statement is: seen in a packet, follows from one, or merely assumed. */
const certainty = z.enum(['fact', 'inferred', 'assumed']);

const segment = z.object({
  packet: uint,
  timeNs: relativeNs,
  fromClient: z.boolean(),
  /** TCP flags as in the header, low byte (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128). */
  flags: uint,
  /** Raw numbers as on the wire. */
  sequence: uint,
  acknowledgment: uint,
  /** Relative to each side's initial number. */
  relativeSequence: z.number(),
  relativeAcknowledgment: z.number(),
  payloadLength: uint,
  /** Scaled where the scale is known. */
  windowBytes: uint,
  /** What it carries, for example "Client Hello" or "GET / HTTP/1.1"; "" where nothing is known. */
  content: z.string(),
  /** Names of tcp.analysis flags, for example "retransmission". */
  analysis: z.array(z.string()),
  /** The packet this one sends again; 0 = none. */
  retransmissionOf: uint,
  /** First later packet whose ACK covers this segment's end; 0 = none seen. */
  acknowledgedBy: uint,
});

const statePeriod = z.object({
  state: z.enum(['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']),
  fromNs: relativeNs,
  /** Null: still in this state when the capture ended. */
  toNs: z.nullable(relativeNs),
  certainty,
  /** Packet that caused the change into this state; 0 = none. */
  cause: uint,
  note: z.string(),
});

export const streamTimeline = z.object({
  stream: uint,
  client: endpoint,
  server: endpoint,
  /** True when a SYN showed who the client is. */
  clientKnown: z.boolean(),
  /** All segments of the stream; `segments` holds a window around the asked packet when there are too many. */
  totalSegments: uint,
  firstShown: uint,
  segments: z.array(segment).max(5000),
  durationNs: z.number(),
  payloadBytes: z.object({ client: z.number(), server: z.number() }),
  retransmissions: uint,
  /** Where the capture was probably made, judged from the handshake's round-trip halves. */
  vantage: z.enum(['client', 'server', 'middle', 'unknown']),
  initialRoundTripNs: z.nullable(z.number()),
  lanes: z.object({ client: z.array(statePeriod).max(64), server: z.array(statePeriod).max(64) }),
  handshake: z.nullable(
    z.object({
      syn: uint,
      synAck: uint,
      ack: uint,
      synAckDelayNs: z.nullable(z.number()),
      ackDelayNs: z.nullable(z.number()),
      client: z.object({ mss: z.nullable(uint), windowScale: z.nullable(uint), sackPermitted: z.boolean(), timestamps: z.boolean(), initialSequence: uint }),
      server: z.nullable(z.object({ mss: z.nullable(uint), windowScale: z.nullable(uint), sackPermitted: z.boolean(), timestamps: z.boolean(), initialSequence: uint })),
    }),
  ),
});

export type StreamTimeline = z.infer<typeof streamTimeline>;
export type TimelineSegment = z.infer<typeof segment>;
export type StatePeriod = z.infer<typeof statePeriod>;
