/**
 * What a capture-file reader tells about a capture, whatever its container.
 *
 * Readers push; they never keep packet bytes. `dataOffset` is a position in the
 * *decompressed* source, so that a packet's bytes can be read again at any time.
 */

/** One interface (pcapng IDB) or the single implied interface of a pcap file. */
export interface CaptureInterface {
  /** Index over the whole file, counted on through pcapng sections. */
  readonly id: number;
  /** Index of the section the interface belongs to; 0 for pcap. */
  readonly section: number;
  /** LINKTYPE_ value as written in the file (tcpdump.org/linktypes.html). */
  readonly linkType: number;
  /** Largest number of bytes kept per packet; 0 = no limit stated. */
  readonly snapLength: number;
  /** Time stamp units per second, for example 1e6 or 1e9. */
  readonly ticksPerSecond: bigint;
  /** Seconds to add to each time stamp (pcapng if_tsoffset). */
  readonly offsetSeconds: bigint;
  /** Bytes of frame check sequence at the end of each packet; null = not stated. */
  readonly fcsLength: number | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly filter: string | null;
  readonly os: string | null;
  readonly hardware: string | null;
  readonly speedBitsPerSecond: number | null;
  readonly comments: readonly string[];
}

/**
 * One packet record. Readers reuse ONE object for all packets: a sink copies
 * what it wants to keep before it returns.
 */
export interface PacketRecord {
  /** Position of the first captured byte in the decompressed source. */
  dataOffset: number;
  capturedLength: number;
  /** Length on the wire; may be smaller than capturedLength in damaged files. */
  wireLength: number;
  /** Whole seconds since 1970-01-01T00:00:00Z; an integer, may be negative. */
  timeSeconds: number;
  /** 0…999,999,999. */
  timeNanos: number;
  /** False where the file gives no time (pcapng SPB); both time fields are then 0. */
  hasTime: boolean;
  /** CaptureInterface.id */
  interfaceId: number;
  /** The buffer that holds the captured bytes, from `bytesStart` on; valid during the call only. */
  bytes: Uint8Array;
  bytesStart: number;
  /** Packet comments (pcapng opt_comment); null where there are none. */
  comments: readonly string[] | null;
  /** pcapng epb_flags; 0 where absent. */
  packetFlags: number;
}

/** Statistics of one interface as written in the file (pcapng ISB); null = not stated. */
export interface InterfaceStatistics {
  readonly interfaceId: number;
  readonly received: number | null;
  readonly droppedByInterface: number | null;
  readonly droppedByKernel: number | null;
}

/**
 * Something in the file that could not be read as written.
 * `message` is one sentence for the user: what, at which byte.
 */
export interface CaptureProblem {
  /** `refused`: nothing can be shown. `gap`: bytes skipped, reading went on. `tail`: reading ended early. `odd`: read, but not as the format says. */
  readonly kind: 'refused' | 'gap' | 'tail' | 'odd';
  readonly code: string;
  readonly message: string;
  /** First byte concerned, in the decompressed source. */
  readonly offset: number;
  /** First byte after it; equal to offset where unknown. */
  readonly end: number;
  /** Packets read before the problem. */
  readonly packetsBefore: number;
}

/** Facts about the container, as they become known. */
export interface CaptureFormat {
  /** For people, e.g. "pcap (nanoseconds, big-endian)" or "pcapng". */
  readonly name: string;
  readonly container: 'pcap' | 'pcapng';
}

/** One section of a pcapng file (SHB): who wrote it. */
export interface CaptureSection {
  /** 0 for the first section. */
  readonly index: number;
  readonly littleEndian: boolean;
  readonly hardware: string | null;
  readonly os: string | null;
  readonly application: string | null;
  readonly comments: readonly string[];
}

/** Receives what a reader finds, in file order. */
export interface CaptureSink {
  format(format: CaptureFormat): void;
  interface(description: CaptureInterface): void;
  packet(record: PacketRecord): void;
  statistics(statistics: InterfaceStatistics): void;
  /** A name from a pcapng NRB: `address` as text. */
  name(address: string, name: string): void;
  /** Secrets from a pcapng DSB; type 0x544c534b = TLS key log. */
  secrets(type: number, data: Uint8Array): void;
  /** Section or file comment. */
  comment(text: string): void;
  problem(problem: CaptureProblem): void;
  /** A pcapng section begins; its comments also come through `comment`. */
  section?(section: CaptureSection): void;
}

/**
 * A push reader: chunks in, records out. Chunk borders mean nothing.
 * After `end()` no further call is allowed.
 */
export interface CaptureReader {
  push(chunk: Uint8Array): void;
  /**
   * Nothing more can be read at the moment, but more may come (a growing file, a pipe).
   * Decides what was put off until more bytes are there, for example which variant of
   * pcap a file with one packet is. Tells of no torn tail: the writer may be in mid-record.
   */
  flush(): void;
  /** No more bytes will come: tells about a torn tail, if any. */
  end(): void;
  /** True once the source was refused: no further bytes are wanted. */
  readonly refused: boolean;
  /** Bytes of the source that were consumed as complete records. */
  readonly consumedBytes: number;
  readonly packetCount: number;
}
