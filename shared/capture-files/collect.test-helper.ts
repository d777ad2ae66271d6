/** A sink that keeps everything, and ways to read bytes into it. */
import { concatenated } from '../bytes/concatenated.ts';
import { createCaptureReader } from './capture-reader.ts';
import type {
  CaptureInterface, CaptureProblem, CaptureSection, CaptureSink, InterfaceStatistics, PacketRecord,
} from '../records/record.ts';
import type { WrittenPacket } from './write-pcap.ts';

export interface CollectedPacket extends Omit<PacketRecord, 'bytes' | 'bytesStart'> {
  readonly data: Uint8Array;
}

export class Collector implements CaptureSink {
  readonly formats: string[] = [];
  readonly interfaces: CaptureInterface[] = [];
  readonly sections: CaptureSection[] = [];
  readonly packets: CollectedPacket[] = [];
  readonly statisticsSeen: InterfaceStatistics[] = [];
  readonly names: string[] = [];
  readonly secretsSeen: { readonly type: number; readonly data: Uint8Array }[] = [];
  readonly comments: string[] = [];
  readonly problems: CaptureProblem[] = [];

  format({ name }: { readonly name: string }): void {
    this.formats.push(name);
  }
  interface(description: CaptureInterface): void {
    this.interfaces.push(description);
  }
  section(section: CaptureSection): void {
    this.sections.push(section);
  }
  packet({ bytes, bytesStart, ...record }: PacketRecord): void {
    this.packets.push({ ...record, data: bytes.slice(bytesStart, bytesStart + record.capturedLength) });
  }
  statistics(statistics: InterfaceStatistics): void {
    this.statisticsSeen.push(statistics);
  }
  name(address: string, name: string): void {
    this.names.push(`${address} ${name}`);
  }
  secrets(type: number, data: Uint8Array): void {
    this.secretsSeen.push({ type, data });
  }
  comment(text: string): void {
    this.comments.push(text);
  }
  problem(problem: CaptureProblem): void {
    this.problems.push(problem);
  }
}

/** Reads a whole file in chunks of the given size. Each chunk is a buffer of its own that is spoilt afterwards, as sources reuse theirs. */
export function readAll(file: Uint8Array, chunkBytes = file.length): Collector {
  const sink = new Collector();
  const reader = createCaptureReader(sink, 'test.pcap');
  for (let at = 0; at < file.length; at += Math.max(1, chunkBytes)) {
    const chunk = file.slice(at, at + chunkBytes);
    reader.push(chunk);
    chunk.fill(0xee);
  }
  reader.end();
  return sink;
}

/** Frames of 60 to 315 bytes, a millisecond apart, whose bytes and times are all different. */
export function somePackets(count: number): WrittenPacket[] {
  return Array.from({ length: count }, (_, index) => ({
    timeSeconds: 1_700_000_000 + Math.floor(index / 1000),
    timeNanos: (index % 1000) * 1_000_000 + 123_000,
    bytes: Uint8Array.from({ length: 60 + (index % 256) }, (_unused, at) => (index * 7 + at * 13) & 0xff),
  }));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return concatenated(parts);
}

/** One line per packet, to compare many at once. */
export function digests(packets: readonly CollectedPacket[]): string {
  return packets.map(({ data, ...record }) => `${JSON.stringify(record)} ${digest(data)}`).join('\n');
}

/** FNV-1a. */
export function digest(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x0100_0193), 0x811c_9dc5);
}
