/** All fields of TCP, and the layer type that the parts of its dissector share. */
import type { SegmentFacts } from '../../../streams/tcp-facts.ts';
import type { StreamSide, StreamSummary } from '../../../streams/tcp-segment.ts';
import type { Layer } from '../../layer.ts';
import { tcpFields } from './fields.ts';
import { multipathFields } from './mptcp-fields.ts';
import { optionFields } from './option-fields.ts';

export const fields = () => ({ ...tcpFields(), ...optionFields(), ...multipathFields() } as const);

export type TcpLayer = Layer<ReturnType<typeof fields>>;

/** What dissecting a payload takes of its header. */
export interface PayloadContext {
  readonly flags: number;
  /** Counted from the start of the stream, as far as that is known. */
  readonly sequence: number;
  readonly payloadLength: number;
  readonly analysis: Pick<SegmentFacts, 'stream' | 'direction' | 'flags'> | null;
  /** The port that a SYN of the stream went to; 0 where none was seen. */
  readonly serverPort: number;
}

/** A header as the parts of the dissector see it: what it says, and what its stream adds. */
export interface Header extends PayloadContext {
  /** As in the header. */
  readonly rawSequence: number;
  readonly rawAcknowledgment: number;
  readonly rawWindow: number;
  readonly headerLength: number;
  /** Payload bytes on the wire; -1 where nobody knows: the segment is quoted by an ICMP error, or shorter than its header. */
  readonly payloadLength: number;
  readonly acknowledgment: number;
  /** Scaled. */
  readonly window: number;
  readonly analysis: SegmentFacts | null;
  /** Null also where nothing is to be shown. */
  readonly stream: StreamSummary | null;
  /** The side that sent the segment. */
  readonly forward: StreamSide | null;
  /** Raw number that counts as relative 0 for the other side: SACK edges count from it. */
  readonly reverseBase: number;
}
