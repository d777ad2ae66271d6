/** Whether a capture file holds what native/tools/packet-sender.cc sent: every frame, in order, byte by byte. Reads pcapng by itself, so that no reader of ours judges. */
import { createReadStream } from 'node:fs';

const enhancedPacketType = 6;
/** Of an enhanced packet block, before its packet. */
const packetOffset = 28;
const headerBytes = 42;
const numberBytes = 8;

export interface SentPackets {
  readonly packets: number;
  /** Packets that are not the sender's frame of their number, counted from 0. */
  readonly different: number;
}

/** Frame n is the headers, n as 8 bytes in network order, then (n + position) modulo 256. */
class ExpectedFrame {
  readonly bytes: Buffer;

  /** `first`: frame 0 as it was sent. */
  constructor(first: Uint8Array) {
    this.bytes = Buffer.from(first);
  }

  setNumber(number: number): void {
    const { bytes } = this;
    bytes.writeBigUInt64BE(BigInt(number), headerBytes);
    for (let at = headerBytes + numberBytes; at < bytes.length; at += 1) bytes[at] = (number + at) & 0xff;
  }
}

/** Ethernet, IPv4 and UDP headers of the sender's frames, and room behind them. */
export function firstFrame(frameBytes: number): Buffer {
  const frame = Buffer.alloc(frameBytes);
  frame.write('02000000000202000000000108004500000000000000401100' + '00c0000201c00002029c40000900000000', 'hex');
  frame.writeUInt16BE(frameBytes - 14, 16);
  frame.writeUInt16BE(frameBytes - 34, 38);
  let sum = 0;
  for (let at = 14; at < 34; at += 2) sum += frame.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  frame.writeUInt16BE(~sum & 0xffff, 24);
  return frame;
}

/** Takes a pcapng file of this machine's byte order, in pieces of any size. */
export class SentPacketCheck {
  packets = 0;
  different = 0;
  readonly #expected: ExpectedFrame;
  #rest: Buffer = Buffer.alloc(0);

  constructor(frameBytes: number) {
    this.#expected = new ExpectedFrame(firstFrame(frameBytes));
  }

  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    let at = 0;
    while (at + 8 <= bytes.length) {
      const length = bytes.readUInt32LE(at + 4);
      if (length < 12) throw new Error(`a block of ${length} bytes: this is no pcapng file`);
      if (at + length > bytes.length) break;
      if (bytes.readUInt32LE(at) === enhancedPacketType) this.#take(bytes, at);
      at += length;
    }
    this.#rest = bytes.subarray(at);
  }

  #take(bytes: Buffer, block: number): void {
    const expected = this.#expected;
    expected.setNumber(this.packets);
    const start = block + packetOffset;
    const captured = bytes.readUInt32LE(block + 20);
    if (captured !== expected.bytes.length || bytes.readUInt32LE(block + 24) !== captured || expected.bytes.compare(bytes, start, start + captured) !== 0) this.different += 1;
    this.packets += 1;
  }
}

/** @throws when the file is no pcapng file */
export async function checkSentPackets(file: string, frameBytes: number): Promise<SentPackets> {
  const check = new SentPacketCheck(frameBytes);
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) check.push(piece as Buffer);
  return { packets: check.packets, different: check.different };
}
