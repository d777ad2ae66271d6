/** Writers of pcap and pcapng, little-endian. */
import { type Bytes, concat, latin1, u8, zeros } from './bytes.ts';

export interface CapturedFrame {
  /** Microseconds since 1970-01-01T00:00:00Z. */
  readonly timeUs: number;
  readonly bytes: Bytes;
  readonly comment?: string;
}

export const linkType = { ethernet: 1 } as const;

function le16(value: number): Bytes {
  return u8(value, value >>> 8);
}

function le32(value: number): Bytes {
  return u8(value, value >>> 8, value >>> 16, value >>> 24);
}

/** draft-ietf-opsawg-pcap §4: microseconds, no limit worth naming on the packets' length. */
export function pcapHeader(link: number = linkType.ethernet): Bytes {
  return concat(le32(0xa1b2c3d4), le16(2), le16(4), le32(0), le32(0), le32(262144), le32(link));
}

/** draft-ietf-opsawg-pcap §5. */
export function pcapRecord({ timeUs, bytes }: CapturedFrame): Bytes {
  return concat(le32(Math.floor(timeUs / 1e6)), le32(timeUs % 1e6), le32(bytes.length), le32(bytes.length), bytes);
}

export interface PcapngOptions {
  readonly interfaceName: string;
  readonly application: string;
  readonly comment?: string;
  readonly link?: number;
}

/** One section with one interface (draft-ietf-opsawg-pcapng §4). */
export function pcapngFile(frames: readonly CapturedFrame[], { interfaceName, application, comment, link = linkType.ethernet }: PcapngOptions): Bytes {
  const microseconds = 6;
  const section = block(0x0a0d0d0a, concat(le32(0x1a2b3c4d), le16(1), le16(0), new Uint8Array(8).fill(0xff)), [...commentOption(comment), option(4, latin1(application))]);
  const description = block(1, concat(le16(link), le16(0), le32(262144)), [option(2, latin1(interfaceName)), option(9, u8(microseconds))]);
  return concat(section, description, ...frames.map(enhancedPacket));
}

function enhancedPacket({ timeUs, bytes, comment }: CapturedFrame): Bytes {
  const time = [Math.floor(timeUs / 0x1_0000_0000), timeUs % 0x1_0000_0000].map(le32);
  return block(6, concat(le32(0), ...time, le32(bytes.length), le32(bytes.length), padded(bytes)), commentOption(comment));
}

function commentOption(comment: string | undefined): readonly Bytes[] {
  return comment === undefined ? [] : [option(1, latin1(comment))];
}

function block(type: number, body: Bytes, options: readonly Bytes[]): Bytes {
  const optionBytes = options.length === 0 ? u8() : concat(...options, le32(0));
  const length = le32(12 + body.length + optionBytes.length);
  return concat(le32(type), length, body, optionBytes, length);
}

function option(code: number, value: Bytes): Bytes {
  return concat(le16(code), le16(value.length), padded(value));
}

/** pcapng pads everything to 32 bits (§3.1). */
function padded(value: Bytes): Bytes {
  return concat(value, zeros(-value.length & 3));
}
