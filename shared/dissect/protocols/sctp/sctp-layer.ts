/** SCTP's layer as its parts see it, and what they note of a packet. */
import type { Layer } from '../../layer.ts';
import type { sctpFields } from './fields.ts';

export type SctpLayer = Layer<ReturnType<typeof sctpFields>>;
export type SctpKey = keyof ReturnType<typeof sctpFields>;

/** User data that a chunk hands on, once the chunk has been read. */
export interface UserData {
  /** Absolute, in the layer's bytes. */
  readonly start: number;
  readonly length: number;
  /** The whole message, where it came in several chunks. */
  readonly whole: Uint8Array | null;
  readonly payloadProtocol: number;
}

/** What a chunk needs to know of its packet, and what it hands on. */
export interface ChunkContext {
  /** The packet's verification tag. */
  readonly tag: number;
  data: UserData | null;
}

/** A packet, and how many seconds lie between it and another. */
export interface Distance {
  readonly packet: number;
  readonly seconds: number;
}

/** A part of a message. */
export interface Piece {
  readonly packet: number;
  readonly occurrence: number;
  /** Where it begins in the captured packet; -1 where `bytes` has it. */
  readonly position: number;
  readonly length: number;
  readonly bytes: Uint8Array | null;
}

/** What the deep pass notes of a layer, which has one chunk with data at most; all of it plain data. */
export interface ChunkFact {
  /** The chunk was sent before. */
  readonly original?: Distance;
  /** The chunk was sent again: the first times, and how often. */
  readonly repeats?: readonly Distance[];
  readonly repeatCount?: number;
  readonly acknowledged?: Distance;
  /** TSNs that this packet acknowledges, absolute, and where they were sent. */
  readonly acknowledges?: readonly (Distance & { readonly tsn: number })[];
  /** The packet with the rest of the message. */
  readonly reassembledIn?: number;
  /** The parts that this packet completes to a message. */
  readonly pieces?: readonly Piece[];
}

/** Adds to what is known of a packet's layer; deep pass only. */
export function note({ run }: SctpLayer, packet: number, occurrence: number, part: ChunkFact): void {
  const known = run.state.facts.get('sctp', packet, occurrence) as ChunkFact | undefined;
  run.state.facts.set('sctp', packet, occurrence, { ...known, ...part });
}
