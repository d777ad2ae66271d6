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
  /** TCP flags as in the header (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128, AE 256). */
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
  /** The first later packet that sends this one's bytes again; 0 = none seen. */
  retransmittedBy: uint,
  /** First later packet whose ACK covers this segment's end; 0 = none seen. */
  acknowledgedBy: uint,
  /** Time from this segment to that ACK; null where none was seen. */
  acknowledgedAfterNs: z.nullable(z.number()),
  /** The earliest packet that this one's ACK newly covers; 0 where it covers nothing new. Of bytes sent twice the last copy counts. */
  acknowledges: uint,
  /** Number of packets that this one's ACK newly covers, `acknowledges` included. */
  acknowledgedPackets: uint,
  /** Payload bytes of the sender that were on their way and not acknowledged, this segment included. */
  bytesInFlight: uint,
});

const statePeriod = z.object({
  state: z.enum(['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']),
  fromNs: relativeNs,
  /** Null: still in this state when the capture ended. */
  toNs: z.nullable(relativeNs),
  certainty,
  /** Packet that caused the change into this state; 0 = none. */
  cause: uint,
  /** True where that packet was sent by the other end, so that the change happened when it arrived. */
  byArrival: z.boolean(),
  /** True where the state lasted longer than is usual for it, for example CLOSE-WAIT over 10 s. */
  overlong: z.boolean(),
  note: z.string(),
});

const synOffer = z.object({ mss: z.nullable(uint), windowScale: z.nullable(uint), sackPermitted: z.boolean(), timestamps: z.boolean(), initialSequence: uint });

/** The whole stream in equal slices of time, for the overview; arrays are parallel. */
const activity = z.object({
  sliceNs: z.number(),
  /** Segments of each side in the slice. */
  client: z.array(uint).max(1024),
  server: z.array(uint).max(1024),
  /** Retransmissions and resets in the slice. */
  trouble: z.array(uint).max(1024),
  /** First packet in the slice; 0 = none. */
  packet: z.array(uint).max(1024),
});

export const streamTimeline = z.object({
  stream: uint,
  /** TCP streams in the capture so far. */
  streamCount: uint,
  client: endpoint,
  server: endpoint,
  /** True when a SYN showed who the client is. */
  clientKnown: z.boolean(),
  /** All segments of the stream; `segments` holds a window around the asked packet when there are too many. */
  totalSegments: uint,
  /** Position in the stream of the first of `segments`. */
  firstShown: uint,
  segments: z.array(segment).max(5000),
  firstPacket: uint,
  lastPacket: uint,
  durationNs: z.number(),
  /** New bytes only: what was sent again counts once. */
  payloadBytes: z.object({ client: z.number(), server: z.number() }),
  retransmissions: uint,
  /** Where the capture was probably made, judged from the handshake's round-trip halves. */
  vantage: z.enum(['client', 'server', 'middle', 'unknown']),
  initialRoundTripNs: z.nullable(z.number()),
  lanes: z.object({ client: z.array(statePeriod).max(64), server: z.array(statePeriod).max(64) }),
  handshake: z.nullable(
    z.object({
      /** 0 = not seen. */
      syn: uint,
      /** 0 = not seen. */
      synAck: uint,
      /** 0 = not seen. */
      ack: uint,
      /** From the capture point to the server and back. */
      synAckDelayNs: z.nullable(z.number()),
      /** From the capture point to the client and back. */
      ackDelayNs: z.nullable(z.number()),
      client: z.nullable(synOffer),
      server: z.nullable(synOffer),
    }),
  ),
  activity,
  /** What the states alone do not say, with the packet that shows it; packet 0 where none does. */
  remarks: z.array(z.object({ packet: uint, text: z.string() })).max(64),
});

export type StreamTimeline = z.infer<typeof streamTimeline>;
export type TimelineSegment = z.infer<typeof segment>;
export type StatePeriod = z.infer<typeof statePeriod>;
export type StateName = StatePeriod['state'];
export type Certainty = z.infer<typeof certainty>;
export type SynOffer = z.infer<typeof synOffer>;
