/** What `unpack` asks of a decompressor, whichever format it reads. */

/** Where and why decompression went no further. */
export interface UnpackDamage {
  /** Position in the packed bytes at which the damage showed. */
  readonly offset: number;
  /** torn: they end too early. trailing: what follows is no packed data. unsupported: sound, but more than is unpacked here. */
  readonly kind: 'torn' | 'damaged' | 'trailing' | 'unsupported';
  /** For example "incorrect data check". */
  readonly reason: string;
}

/** Unpacked bytes, which are valid until the next are asked for. */
export type Unpacked = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Packed bytes go in in order; after damage nothing more may be written. */
export interface Decoder {
  /** Unpacks one piece. What is written is used up when the iteration has ended. */
  write(piece: Uint8Array): Unpacked;
  /** No more will come: gives what is left, and notices a torn end. */
  end(): Unpacked;
  /** Null while all is well. */
  readonly damage: UnpackDamage | null;
  /** True when nothing more can follow but padding. */
  readonly ended: boolean;
  /** True where the output of the piece with the damage is lost: smaller pieces then give more of it. */
  readonly losesOutput: boolean;
  close(): void;
}
