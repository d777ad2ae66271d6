/** What the packet that announced a media stream said about it. */
export interface MediaSetup {
  /** Codecs by payload type. */
  readonly codecs: Readonly<Record<number, string>>;
  /** Bytes of the authentication tag at the end of each packet (SRTP, RFC 3711 §3.1); -1: not encrypted. */
  readonly tagBytes: number;
  /** Calls that the stream has belonged to. */
  readonly callIds: readonly string[];
}
