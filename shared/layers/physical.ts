/**
 * What a capture does not hold of the wire. Ethernet's arithmetic (IEEE 802.3 §3.1.1 and §4.4.2):
 * 7 bytes of preamble and 1 of start delimiter before the frame, 4 bytes of checksum after it,
 * then 12 byte times of silence. Frames shorter than 60 bytes (64 with checksum) are padded.
 */

export interface WireBytes {
  /** Preamble and start-of-frame delimiter. */
  readonly preamble: number;
  /** Padding that the network card adds after the capture point. */
  readonly padding: number;
  /** Checksum bytes that were not captured: 4, or 0 where the capture holds them. */
  readonly checksum: number;
  readonly gap: number;
  /** What the frame occupies, without the gap. */
  readonly total: number;
}

const preamble = 8;
const checksum = 4;
const gap = 12;
/** Shortest frame without its checksum. */
const shortestFrame = 60;

/** @param frameLength bytes of the frame as the capture counts them; @param hasChecksum whether they include the FCS. */
export function ethernetWireBytes(frameLength: number, hasChecksum: boolean): WireBytes {
  const padding = Math.max(0, shortestFrame - (hasChecksum ? frameLength - checksum : frameLength));
  const missing = hasChecksum ? 0 : checksum;
  return { preamble, padding, checksum: missing, gap, total: preamble + frameLength + padding + missing };
}

/** Why layer 1 is empty, by the outermost protocol of the packet. */
export function physicalText(linkProtocol: string): string {
  switch (linkProtocol) {
    case 'eth':
    case 'eth_maybefcs':
      return `Preamble ${preamble} B, FCS ${checksum} B, gap ${gap} B`;
    case 'null':
    case 'loop':
      return 'A loopback has no wire';
    case 'sll':
    case 'sll2':
      return 'Link and wire were left out by the capture';
    case 'wlan':
    case 'radiotap':
    case 'ppi':
      return 'The radio was decoded by the network card';
    default:
      return 'Bits were decoded by the network card';
  }
}
