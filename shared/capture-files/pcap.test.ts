import { describe, expect, test } from 'vitest';
import { EndianWriter } from '../bytes/endian-writer.ts';
import { Collector, joined, readAll, somePackets } from './collect.test-helper.ts';
import { createCaptureReader } from './capture-reader.ts';
import { pcapFileHeader, pcapRecord, writePcap } from './write-pcap.ts';

const packets = somePackets(40);
const chunkSizes = [1, 3, 16, 24, 1000, 1 << 20];

describe('plain pcap', () => {
  for (const littleEndian of [true, false]) {
    for (const nanoseconds of [true, false]) {
      test.each(chunkSizes)(`${littleEndian ? 'little' : 'big'}-endian, ${nanoseconds ? 'nano' : 'micro'}seconds, chunks of %i`, (chunkBytes) => {
        const sink = readAll(writePcap(packets, { littleEndian, nanoseconds }), chunkBytes);
        expect(sink.problems).toEqual([]);
        expect(sink.formats).toEqual([`pcap (${nanoseconds ? 'nanoseconds' : 'microseconds'}, ${littleEndian ? 'little' : 'big'}-endian)`]);
        expect(sink.interfaces.map(({ linkType, snapLength, ticksPerSecond }) => ({ linkType, snapLength, ticksPerSecond })))
          .toEqual([{ linkType: 1, snapLength: 262_144, ticksPerSecond: nanoseconds ? 1_000_000_000n : 1_000_000n }]);
        let offset = 24;
        const expected = packets.map(({ timeSeconds, timeNanos, bytes }) => {
          offset += 16 + bytes.length;
          return { timeSeconds, timeNanos, capturedLength: bytes.length, wireLength: bytes.length, dataOffset: offset - bytes.length, data: bytes, hasTime: true, interfaceId: 0, comments: null, packetFlags: 0 };
        });
        expect(sink.packets).toEqual(expected);
      });
    }
  }

  test('times are unsigned seconds, exact to the nanosecond', () => {
    const late = { timeSeconds: 0xffff_ffff, timeNanos: 999_999_999, bytes: Uint8Array.of(1) };
    const [packet] = readAll(writePcap([late], { nanoseconds: true })).packets;
    expect(packet).toMatchObject({ timeSeconds: 0xffff_ffff, timeNanos: 999_999_999 });
  });

  test('a file without packets is a capture without packets', () => {
    const sink = readAll(writePcap([]));
    expect(sink).toMatchObject({ packets: [], problems: [] });
    expect(sink.interfaces).toHaveLength(1);
  });
});

describe('the file header', () => {
  test('the link type field may hold the length of the frame check sequence', () => {
    const [description] = readAll(writePcap(packets, { fcsLength: 4 })).interfaces;
    expect(description).toMatchObject({ linkType: 1, fcsLength: 4 });
  });

  test('reserved link type bits are told and left out', () => {
    const file = writePcap(packets);
    file[22] = 0x13;
    const sink = readAll(file);
    expect(sink.interfaces[0]).toMatchObject({ linkType: 1 });
    expect(sink.problems.map(({ code }) => code)).toEqual(['reserved-link-bits']);
    expect(sink.packets).toHaveLength(40);
  });

  test.each([
    ['2.3, lengths where they are now', 3, false],
    ['2.3, lengths interchanged', 3, true],
    ['2.2, lengths interchanged', 2, true],
  ])('version %s', (_, minor, interchanged) => {
    const record = (captured: number, wire: number): Uint8Array => {
      const lengths = interchanged ? [wire, captured] : [captured, wire];
      return new EndianWriter(true).u32(1000).u32(1).u32(lengths[0] ?? 0).u32(lengths[1] ?? 0).bytes(new Uint8Array(captured)).finish();
    };
    const header = new EndianWriter(true).u32(0xa1b2c3d4).u16(2).u16(minor).u32(0).u32(0).u32(65_535).u32(1).finish();
    const sink = readAll(joined(header, record(20, 90), record(60, 60)));
    expect(sink.packets.map(({ capturedLength, wireLength }) => [capturedLength, wireLength])).toEqual([[20, 90], [60, 60]]);
    expect(sink.problems).toEqual([]);
  });

  test('AIX files have nanoseconds and interface types of RFC 1573', () => {
    const header = new EndianWriter(false).u32(0xa1b2c3d4).u16(2).u16(2).u32(0).u32(0).u32(65_535).u32(6).finish();
    const record = new EndianWriter(false).u32(1000).u32(999_999_999).u32(60).u32(60).bytes(new Uint8Array(60)).finish();
    const sink = readAll(joined(header, record));
    expect(sink.interfaces[0]).toMatchObject({ linkType: 1, ticksPerSecond: 1_000_000_000n });
    expect(sink.packets[0]).toMatchObject({ timeSeconds: 1000, timeNanos: 999_999_999 });
  });

  test.each([[1, 4, 'refused'], [3, 0, 'odd'], [2, 5, 'odd']])('version %i.%i is %s', (major, minor, kind) => {
    const file = writePcap(packets);
    file.set([major, 0, minor, 0], 4);
    const sink = readAll(file);
    expect(sink.problems.map((problem) => problem.kind)).toEqual([kind]);
    expect(sink.packets).toHaveLength(kind === 'refused' ? 0 : 40);
  });

  test('a torn header is refused', () => {
    const sink = readAll(writePcap(packets).slice(0, 20));
    expect(sink.problems).toMatchObject([{ kind: 'refused', code: 'torn-header', offset: 20 }]);
  });
});

/** A variant's file: the plain record header, then the fields that the variant adds. */
function variantFile(mark: number, littleEndian: boolean, extra: (writer: EndianWriter) => void): Uint8Array {
  const file = new EndianWriter(littleEndian).u32(mark).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(1);
  for (const { timeSeconds, timeNanos, bytes } of packets) {
    file.u32(timeSeconds).u32(timeNanos / 1000).u32(bytes.length).u32(bytes.length);
    extra(file);
    file.bytes(bytes);
  }
  return file.finish();
}

describe('variants that only their records give away', () => {
  const patched = (file: EndianWriter): unknown => file.u32(2).u16(0x0800).u8(0).u8(0x77);
  const nokiaMark = (file: EndianWriter): unknown => file.u32(0x9fbfb601);
  const cases = [
    ['Red Hat 6.1 variant', 0xa1b2c3d4, patched],
    ['Nokia variant', 0xa1b2c3d4, nokiaMark],
    ['modified by Kuznetsov', 0xa1b2cd34, patched],
    ['SuSE 6.3 variant', 0xa1b2cd34, (file: EndianWriter) => file.u32(2).u16(0x0800).u8(4).u8(1).u8(2).u8(0xaa).u8(0xbb).u8(0xcc)],
  ] as const;
  for (const [name, mark, extra] of cases) {
    for (const littleEndian of [true, false]) {
      test.each([1, 50, 1 << 20])(`${name}, ${littleEndian ? 'little' : 'big'}-endian, chunks of %i`, (chunkBytes) => {
        const sink = readAll(variantFile(mark, littleEndian, extra), chunkBytes);
        expect(sink.formats).toEqual([`pcap (microseconds, ${littleEndian ? 'little' : 'big'}-endian, ${name})`]);
        expect(sink.packets.map(({ data }) => data)).toEqual(packets.map(({ bytes }) => bytes));
        expect(sink.problems).toEqual([]);
      });
    }
  }

  test.each([['hardware', 0x1c0001ac, 1_000_000_000n], ['software', 0x1c0001ab, 1_000_000n]] as const)('Ixia %s captures', (_, mark, ticksPerSecond) => {
    const file = new EndianWriter(true).u32(mark).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(1).u32(999).u32(5).u32(7).u32(2).u32(2).u16(0xabcd);
    const sink = readAll(file.finish());
    expect(sink.interfaces[0]).toMatchObject({ ticksPerSecond });
    expect(sink.packets).toMatchObject([{ timeSeconds: 5, timeNanos: ticksPerSecond === 1_000_000n ? 7000 : 7, capturedLength: 2 }]);
  });
});

describe('odd but readable records', () => {
  const odd = (header: readonly [number, number, number, number], bytes: number): Uint8Array =>
    joined(
      pcapFileHeader({ snapLength: 96 }),
      ...[1, 2, 3].map((second) => new EndianWriter(true).u32(header[0] + second).u32(header[1]).u32(header[2]).u32(header[3]).bytes(new Uint8Array(bytes).fill(second)).finish()),
    );

  test.each([
    ['longer than the snapshot length', [100, 5, 200, 200] as const, 200, 'captured-over-snaplen'],
    ['longer than on the wire', [100, 5, 80, 60] as const, 80, 'captured-over-wire'],
    ['no wire length', [100, 5, 80, 0] as const, 80, 'captured-over-wire'],
    ['a fraction of more than a second', [100, 1_500_000, 80, 80] as const, 80, 'fraction-over-second'],
  ])('%s: all three are shown and it is told once', (_, header, bytes, code) => {
    const sink = readAll(odd(header, bytes), 50);
    expect(sink.packets.map(({ capturedLength, wireLength }) => [capturedLength, wireLength])).toEqual(Array(3).fill([header[2], header[3]]));
    expect(sink.problems).toMatchObject([{ kind: 'odd', code, offset: 24, packetsBefore: 0 }]);
  });

  test('a fraction of more than a second is carried over', () => {
    const [packet] = readAll(odd([100, 1_500_000, 80, 80], 80)).packets;
    expect(packet).toMatchObject({ timeSeconds: 102, timeNanos: 500_000_000 });
  });

  test('empty packets are packets', () => {
    const file = joined(pcapFileHeader(), ...[1, 2].map((second) => pcapRecord({ timeSeconds: second, timeNanos: 0, bytes: new Uint8Array(0), wireLength: 60 })));
    expect(readAll(file)).toMatchObject({ packets: [{ capturedLength: 0, wireLength: 60 }, { capturedLength: 0 }], problems: [] });
  });

  test('link types of large messages have larger packets', () => {
    const large = { timeSeconds: 1, timeNanos: 0, bytes: new Uint8Array(300_000).fill(7) };
    expect(readAll(writePcap([large, large], { linkType: 249, snapLength: 0 }), 65_536)).toMatchObject({ packets: [{ capturedLength: 300_000 }, {}], problems: [] });
    expect(readAll(writePcap([large, large], { linkType: 1, snapLength: 0 })).packets).toEqual([]);
  });
});

describe('a growing file', () => {
  test('shows a packet as soon as it is complete, and an unfinished one is no damage', () => {
    const file = writePcap(packets.slice(0, 3));
    const sink = new Collector();
    const reader = createCaptureReader(sink, 'live.pcap');
    const seen = Array.from(file, (byte) => {
      reader.push(Uint8Array.of(byte));
      reader.flush();
      return sink.packets.length;
    });
    const ends = [24 + 76, 24 + 76 + 77, 24 + 76 + 77 + 78];
    expect(seen.map((count, index) => [index + 1, count]).filter(([, count], index) => count !== (seen[index - 1] ?? 0))).toEqual(ends.map((end, index) => [end, index + 1]));
    expect(sink.problems).toEqual([]);
    reader.end();
    expect(sink.problems).toEqual([]);
    expect(reader).toMatchObject({ packetCount: 3, consumedBytes: file.length });
  });

  test('damage is passed over as soon as sound records follow', () => {
    const file = writePcap(packets).fill(0xff, 100, 116);
    const sink = new Collector();
    const reader = createCaptureReader(sink, 'live.pcap');
    reader.push(file);
    reader.flush();
    expect(sink.packets).toHaveLength(39);
    expect(sink.problems).toMatchObject([{ kind: 'gap', offset: 100, end: 177 }]);
  });
});
