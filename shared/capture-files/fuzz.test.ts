/** Seeded damage of every kind to small files of every format: nothing throws, hangs or points outside the file. */
import { expect, test } from 'vitest';
import { EndianWriter } from '../bytes/endian-writer.ts';
import { digests, joined, readAll, somePackets, type Collector } from './collect.test-helper.ts';
import { writePcap } from './write-pcap.ts';
import { PcapngBlocks, writePcapng } from './write-pcapng.ts';

/** mulberry32: small, seeded, good enough to choose bytes. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const packets = somePackets(12);

function allBlocks(littleEndian: boolean): Uint8Array {
  const writer = new PcapngBlocks(littleEndian);
  const text = new TextEncoder().encode('CLIENT_RANDOM');
  const names = new EndianWriter(littleEndian).u16(1).u16(8).bytes(Uint8Array.of(10, 0, 0, 1, 0x61, 0x62, 0x63, 0)).u32(0).finish();
  return joined(
    writer.section([{ code: 1, value: 'a comment' }, { code: 4, value: 'writer' }]),
    writer.interface({ linkType: 1, snapLength: 1000, timeResolution: 9, timeOffsetSeconds: 3n, options: [{ code: 2, value: 'eth0' }, { code: 11, value: '\0ip' }] }),
    writer.interface({ linkType: 101, timeResolution: 0x8a }),
    ...packets.slice(0, 4).map((packet, index) => writer.enhancedPacket({ ...packet, interfaceIndex: index % 2, comments: ['note'], packetFlags: 1 })),
    writer.block(4, names),
    writer.simplePacket(Uint8Array.of(1, 2, 3)),
    writer.statistics(1, new Map([[4, 5n]])),
    writer.secrets(1, text),
    writer.block(0xbad, text),
    ...packets.slice(4, 8).map((packet) => writer.enhancedPacket(packet)),
  );
}

const patched = (littleEndian: boolean, mark: number, extra: number): Uint8Array => {
  const file = new EndianWriter(littleEndian).u32(mark).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(1);
  for (const { timeSeconds, timeNanos, bytes } of packets) file.u32(timeSeconds).u32(timeNanos / 1000).u32(bytes.length).u32(bytes.length).bytes(new Uint8Array(extra)).bytes(bytes);
  return file.finish();
};

const files: readonly (readonly [string, Uint8Array])[] = [
  ['pcap little-endian', writePcap(packets)],
  ['pcap big-endian, nanoseconds', writePcap(packets, { littleEndian: false, nanoseconds: true })],
  ['pcap modified', patched(true, 0xa1b2cd34, 8)],
  ['pcap Red Hat 6.1', patched(false, 0xa1b2c3d4, 8)],
  ['pcapng little-endian', writePcapng(packets)],
  ['pcapng with every block, little-endian', allBlocks(true)],
  ['pcapng with every block, big-endian', allBlocks(false)],
  ['pcapng with sections of both byte orders', joined(allBlocks(false), allBlocks(true))],
];

/** Values that length and count fields break on. */
const EXTREMES = [0, 1, 3, 0x7f, 0x80, 0xff];

function damage(original: Uint8Array, random: (below: number) => number): Uint8Array {
  const file = original.slice();
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const at = random(file.length);
    const kind = random(4);
    if (kind === 0) file[at] = (file[at] ?? 0) ^ (1 << random(8));
    else if (kind === 1) file[at] = random(256);
    else if (kind === 2) file.fill(EXTREMES[random(EXTREMES.length)] ?? 0, at, at + 1 + random(8));
    else file.copyWithin(at, random(file.length), random(file.length));
  }
  const ending = random(4);
  if (ending === 0) return file.slice(0, random(file.length + 1));
  if (ending === 1) return joined(file.subarray(0, random(file.length)), file.subarray(random(file.length)));
  return file;
}

function expectSane(file: Uint8Array, sink: Collector): void {
  let before = 0;
  for (const { dataOffset, capturedLength, timeSeconds, timeNanos, interfaceId, data } of sink.packets) {
    expect(dataOffset).toBeGreaterThanOrEqual(before);
    before = dataOffset + capturedLength;
    expect(before).toBeLessThanOrEqual(file.length);
    expect(data.every((byte, index) => byte === file[dataOffset + index])).toBe(true);
    expect(Number.isInteger(timeSeconds) && Number.isInteger(timeNanos) && timeNanos >= 0 && timeNanos < 1_000_000_000).toBe(true);
    expect(interfaceId).toBeLessThan(sink.interfaces.length);
  }
  for (const { offset, end, message, packetsBefore } of sink.problems) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(offset);
    expect(end).toBeLessThanOrEqual(file.length);
    expect(packetsBefore).toBeLessThanOrEqual(sink.packets.length);
    expect(message).toMatch(/^[A-Za-z0-9].*\.$/);
  }
}

test.each(files)('%s', (_, original) => {
  const random = randomNumbers(original.length);
  for (let round = 0; round < 400; round += 1) {
    const file = damage(original, random);
    const whole = readAll(file);
    expectSane(file, whole);
    const inChunks = readAll(file, 1 + random(200));
    expect(digests(inChunks.packets)).toBe(digests(whole.packets));
    expect(inChunks.problems).toEqual(whole.problems);
  }
});

test('bytes that are no capture but begin like one', () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 400; round += 1) {
    const noise = Uint8Array.from({ length: random(3000) }, () => random(256));
    noise.set((files[random(files.length)]?.[1] ?? noise).subarray(0, Math.min(noise.length, 24)));
    expectSane(noise, readAll(noise));
  }
});
