/** UDP datagrams and TCP segments, with their checksums. */
import { type Bytes, concat, u16, u32, u8 } from './bytes.ts';
import { transportChecksum, withChecksum } from './checksum.ts';
import { ipProtocol } from './internet.ts';

/** Addresses that the pseudo-header needs. */
export interface Path {
  readonly source: Bytes;
  readonly destination: Bytes;
}

export interface Ports {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** RFC 768; a sum of zero is sent as 0xffff. */
export function udp({ source, destination }: Path, { sourcePort, destinationPort }: Ports, payload: Bytes): Bytes {
  const datagram = concat(u16(sourcePort), u16(destinationPort), u16(8 + payload.length), u16(0), payload);
  return withChecksum(datagram, 6, transportChecksum(source, destination, ipProtocol.udp, datagram) || 0xffff);
}

/** Bits of the flags byte (RFC 9293 §3.1). */
export const tcpFlag = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

export interface TcpOptions {
  readonly maximumSegmentSize?: number;
  readonly sackPermitted?: boolean;
  readonly windowScale?: number;
  readonly timestamps?: { readonly value: number; readonly echo: number };
  readonly sackBlocks?: readonly { readonly from: number; readonly to: number }[];
}

export interface TcpSegment extends Ports {
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly window: number;
  readonly options?: TcpOptions;
  readonly payload?: Bytes;
}

/** RFC 9293 §3.1. */
export function tcp({ source, destination }: Path, segment: TcpSegment): Bytes {
  const options = tcpOptions(segment.options ?? {});
  const header = concat(
    u16(segment.sourcePort),
    u16(segment.destinationPort),
    u32(segment.sequence),
    u32(segment.acknowledgment),
    u8(((20 + options.length) / 4) << 4, segment.flags),
    u16(segment.window),
    u32(0),
    options,
  );
  const whole = concat(header, segment.payload ?? u8());
  return withChecksum(whole, 16, transportChecksum(source, destination, ipProtocol.tcp, whole));
}

/** In the order and with the padding that Linux uses. */
function tcpOptions({ maximumSegmentSize, sackPermitted, windowScale, timestamps, sackBlocks = [] }: TcpOptions): Bytes {
  const parts: Bytes[] = [];
  if (maximumSegmentSize !== undefined) parts.push(u8(2, 4), u16(maximumSegmentSize));
  if (timestamps) parts.push(sackPermitted ? u8(4, 2) : u8(1, 1), u8(8, 10), u32(timestamps.value), u32(timestamps.echo));
  else if (sackPermitted) parts.push(u8(1, 1, 4, 2));
  if (windowScale !== undefined) parts.push(u8(1, 3, 3, windowScale));
  if (sackBlocks.length > 0) parts.push(u8(1, 1, 5, 2 + 8 * sackBlocks.length), ...sackBlocks.flatMap((block) => [u32(block.from), u32(block.to)]));
  return concat(...parts);
}
