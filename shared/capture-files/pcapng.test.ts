import { describe, expect, test } from 'vitest';
import { EndianWriter } from '../bytes/endian-writer.ts';
import { digests, joined, readAll, somePackets } from './collect.test-helper.ts';
import { PcapngBlocks, writePcapng } from './write-pcapng.ts';

const packets = somePackets(40);
const orders = [['little-endian', true], ['big-endian', false]] as const;
const frame = Uint8Array.of(1, 2, 3, 4, 5);
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(orders)('%s', (_, littleEndian) => {
  const blocks = (): PcapngBlocks => new PcapngBlocks(littleEndian);

  test.each([1, 5, 32, 1000, 1 << 20])('packets with nanoseconds, chunks of %i', (chunkBytes) => {
    const sink = readAll(writePcapng(packets, { linkType: 113, snapLength: 65_535, timeResolution: 9 }, littleEndian), chunkBytes);
    expect(sink.problems).toEqual([]);
    expect(sink.formats).toEqual(['pcapng']);
    expect(sink.interfaces).toMatchObject([{ id: 0, section: 0, linkType: 113, snapLength: 65_535, ticksPerSecond: 1_000_000_000n, offsetSeconds: 0n }]);
    expect(sink.packets.map(({ timeSeconds, timeNanos, capturedLength, wireLength, data }) => ({ timeSeconds, timeNanos, capturedLength, wireLength, data })))
      .toEqual(packets.map(({ timeSeconds, timeNanos, bytes }) => ({ timeSeconds, timeNanos, capturedLength: bytes.length, wireLength: bytes.length, data: bytes })));
  });

  test('packet data is found again at its offset', () => {
    const file = writePcapng(packets, { linkType: 1 }, littleEndian);
    for (const { dataOffset, data } of readAll(file, 100).packets) expect(file.subarray(dataOffset, dataOffset + data.length)).toEqual(data);
  });

  test('everything that is said about sections and interfaces', () => {
    const writer = blocks();
    const u64 = (value: bigint): Uint8Array => new EndianWriter(littleEndian).u64(value).finish();
    const file = joined(
      writer.section([
        { code: 1, value: 'first' }, { code: 2, value: 'abacus' }, { code: 3, value: 'CP/M' }, { code: 4, value: 'dumpcap' }, { code: 1, value: 'second, ünïcode' },
      ]),
      writer.interface({
        linkType: 1, snapLength: 96, timeResolution: 3, timeOffsetSeconds: -5n,
        options: [
          { code: 2, value: 'eth0' }, { code: 3, value: 'uplink\0' }, { code: 8, value: u64(10_000_000_000n) }, { code: 11, value: '\0tcp port 80' },
          { code: 12, value: 'Linux' }, { code: 13, value: Uint8Array.of(4) }, { code: 15, value: 'i210' }, { code: 1, value: 'by the door' }, { code: 2, value: 'not this one' },
        ],
      }),
      writer.interface({ linkType: 276, options: [{ code: 11, value: joined(Uint8Array.of(1), new Uint8Array(16)) }] }),
      writer.enhancedPacket({ timeSeconds: 100, timeNanos: 7_000_000, bytes: frame, comments: ['one', 'two'], packetFlags: 0x10001, wireLength: 99 }),
      writer.statistics(1, new Map([[4, 12n], [5, 3n], [7, 2n]])),
      writer.secrets(0x544c534b, ascii('CLIENT_RANDOM 00 11\n')),
    );
    const sink = readAll(file, 11);
    expect(sink.problems).toEqual([]);
    expect(sink.comments).toEqual(['first', 'second, ünïcode']);
    expect(sink.sections).toMatchObject([{ index: 0, littleEndian, hardware: 'abacus', os: 'CP/M', application: 'dumpcap' }]);
    expect(sink.interfaces).toEqual([
      {
        id: 0, section: 0, linkType: 1, snapLength: 96, ticksPerSecond: 1000n, offsetSeconds: -5n, fcsLength: 4, name: 'eth0', description: 'uplink',
        filter: 'tcp port 80', os: 'Linux', hardware: 'i210', speedBitsPerSecond: 10_000_000_000, comments: ['by the door'],
      },
      {
        id: 1, section: 0, linkType: 276, snapLength: 0, ticksPerSecond: 1_000_000n, offsetSeconds: 0n, fcsLength: null, name: null, description: null,
        filter: '(BPF program, 2 instructions)', os: null, hardware: null, speedBitsPerSecond: null, comments: [],
      },
    ]);
    expect(sink.packets).toMatchObject([{ timeSeconds: 100, timeNanos: 7_000_000, comments: ['one', 'two'], packetFlags: 0x10001, wireLength: 99, data: frame }]);
    expect(sink.statisticsSeen).toEqual([{ interfaceId: 1, received: 12, droppedByInterface: 3, droppedByKernel: 2 }]);
    expect(sink.secretsSeen).toEqual([{ type: 0x544c534b, data: ascii('CLIENT_RANDOM 00 11\n') }]);
  });

  test('comments and flags of one packet do not stick to the next', () => {
    const writer = blocks();
    const plain = { timeSeconds: 1, timeNanos: 0, bytes: frame };
    const sink = readAll(joined(writer.section(), writer.interface({ linkType: 1 }), writer.enhancedPacket({ ...plain, comments: ['a'], packetFlags: 2 }), writer.enhancedPacket(plain)));
    expect(sink.packets.map(({ comments, packetFlags }) => [comments, packetFlags])).toEqual([[['a'], 2], [null, 0]]);
  });

  test('simple packets have no time and end at the snapshot length', () => {
    const writer = blocks();
    const file = joined(writer.section(), writer.interface({ linkType: 1, snapLength: 4 }), writer.simplePacket(frame.slice(0, 4), 700), writer.simplePacket(frame.slice(0, 3)));
    expect(readAll(file)).toMatchObject({
      problems: [],
      packets: [
        { hasTime: false, timeSeconds: 0, timeNanos: 0, capturedLength: 4, wireLength: 700 },
        { hasTime: false, capturedLength: 3, wireLength: 3, data: frame.slice(0, 3) },
      ],
    });
  });

  test('obsolete packet blocks', () => {
    const writer = blocks();
    const body = new EndianWriter(littleEndian).u16(0).u16(9).u32(0).u32(5_000_001).u32(5).u32(60).bytes(frame).finish();
    expect(readAll(joined(writer.section(), writer.interface({ linkType: 1 }), writer.block(2, body)))).toMatchObject({
      problems: [], packets: [{ timeSeconds: 5, timeNanos: 1000, capturedLength: 5, wireLength: 60, data: frame, hasTime: true }],
    });
  });

  test('names of addresses', () => {
    const writer = blocks();
    const body = new EndianWriter(littleEndian)
      .u16(1).u16(18).bytes(Uint8Array.of(192, 0, 2, 1)).bytes(ascii('a.test\0b.test\0')).align(4)
      .u16(2).u16(18).bytes(Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)).bytes(ascii('c\0')).align(4)
      .u16(2).u16(18).bytes(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1)).bytes(ascii('d\0')).align(4)
      .u16(2).u16(18).bytes(Uint8Array.of(0x10, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2)).bytes(ascii('e\0')).align(4)
      .u32(0).finish();
    expect(readAll(joined(writer.section(), writer.block(4, body))).names)
      .toEqual(['192.0.2.1 a.test', '192.0.2.1 b.test', '2001:db8::1 c', '::ffff:10.0.0.1 d', '1000:0:1::2 e']);
  });

  test('custom, journal and unknown blocks are passed over, the unknown ones told once', () => {
    const writer = blocks();
    const packet = writer.enhancedPacket({ timeSeconds: 1, timeNanos: 0, bytes: frame });
    const skipped = [0x0bad, 0x40000bad, 9, 0x80000001].map((type) => writer.block(type, frame));
    const sink = readAll(joined(writer.section(), writer.interface({ linkType: 1 }), ...skipped, writer.block(0x777, frame), writer.block(0x777, frame), packet));
    expect(sink.packets).toHaveLength(1);
    expect(sink.problems.map(({ kind, code }) => [kind, code])).toEqual([['odd', 'unknown-block-0x00000777']]);
  });
});

test('sections have byte orders and interfaces of their own, counted on', () => {
  const sections = [true, false, true].map((littleEndian, index) => {
    const writer = new PcapngBlocks(littleEndian);
    return joined(writer.section(), writer.interface({ linkType: index }), writer.interface({ linkType: 10 + index }), writer.enhancedPacket({ timeSeconds: index, timeNanos: 0, bytes: frame, interfaceIndex: 1 }));
  });
  for (const chunkBytes of [1, 9, 10_000]) {
    const sink = readAll(joined(...sections), chunkBytes);
    expect(sink.problems).toEqual([]);
    expect(sink.formats).toHaveLength(1);
    expect(sink.interfaces.map(({ id, section, linkType }) => [id, section, linkType])).toEqual([[0, 0, 0], [1, 0, 10], [2, 1, 1], [3, 1, 11], [4, 2, 2], [5, 2, 12]]);
    expect(sink.packets.map(({ interfaceId, timeSeconds }) => [interfaceId, timeSeconds])).toEqual([[1, 0], [3, 1], [5, 2]]);
  }
});

/** What an Enhanced Packet Block with these ticks must show, by exact arithmetic. */
function expectedTime(resolution: number, ticks: bigint, offsetSeconds: bigint): readonly [number, number] {
  const exponent = BigInt(resolution & 0x7f);
  const perSecond = (resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
  return [Number(ticks / perSecond + offsetSeconds), Number(((ticks % perSecond) * 1_000_000_000n) / perSecond)];
}

test('all 256 time resolutions, with an offset, over the range of 64 bits', () => {
  const stamps = [0n, 1n, 999_999n, 1_000_000n, 1_700_000_000_123_456n, 1_700_000_000_999_999n, (1n << 53n) - 1n, 1_700_000_000_999_999_999n, 1_700_000_001_000_000_000n, (1n << 64n) - 1n];
  for (let resolution = 0; resolution < 256; resolution += 1) {
    const writer = new PcapngBlocks();
    const bodies = stamps.map((ticks) => writer.block(6, new EndianWriter(true).u32(0).u32(Number(ticks >> 32n)).u32(Number(ticks & 0xffff_ffffn)).u32(5).u32(5).bytes(frame).finish()));
    const sink = readAll(joined(writer.section(), writer.interface({ linkType: 1, timeResolution: resolution, timeOffsetSeconds: 3600n }), ...bodies));
    expect(sink.problems).toEqual([]);
    expect(sink.packets.map(({ timeSeconds, timeNanos }) => [timeSeconds, timeNanos]), `if_tsresol ${resolution}`)
      .toEqual(stamps.map((ticks) => {
        const [seconds, nanos] = expectedTime(resolution, ticks, 0n);
        return [seconds + 3600, nanos];
      }));
  }
});

describe('odd but readable', () => {
  const writer = new PcapngBlocks();
  const packet = { timeSeconds: 1, timeNanos: 0, bytes: frame };

  test('a time offset beyond what numbers hold is told and left out', () => {
    const sink = readAll(joined(writer.section(), writer.interface({ linkType: 1, timeOffsetSeconds: 1n << 62n }), new PcapngBlocks().block(6, new EndianWriter(true).u32(0).u32(0).u32(5).u32(5).u32(5).bytes(frame).finish())));
    expect(sink.problems.map(({ code }) => code)).toEqual(['time-offset']);
    expect(sink.packets).toMatchObject([{ timeSeconds: 0, timeNanos: 5000 }]);
  });

  test('options that run past their block: those before count', () => {
    const options = new EndianWriter(true).u16(1).u16(2).bytes(ascii('ok')).align(4).u16(1).u16(60_000).bytes(ascii('gone')).finish();
    const body = new EndianWriter(true).u32(0).u32(0).u32(1).u32(4).u32(4).bytes(frame.slice(0, 4)).bytes(options).finish();
    const sink = readAll(joined(writer.section(), writer.interface({ linkType: 1 }), writer.block(6, body), writer.enhancedPacket(packet)));
    expect(sink.problems).toMatchObject([{ kind: 'odd', code: 'options-overrun' }]);
    expect(sink.packets.map(({ comments }) => comments)).toEqual([['ok'], null]);
  });

  test('a packet of an interface that is not described is left out, neighbours of its kind with it in one gap', () => {
    const head = joined(writer.section(), writer.interface({ linkType: 1 }));
    const good = writer.enhancedPacket(packet);
    const bad = writer.enhancedPacket({ ...packet, interfaceIndex: 7 });
    const sink = readAll(joined(head, good, bad, bad, good));
    expect(sink.packets).toHaveLength(2);
    const start = head.length + good.length;
    expect(sink.problems).toMatchObject([{ kind: 'gap', code: 'unknown-interface', offset: start, end: start + 2 * bad.length, packetsBefore: 1 }]);
  });

  test('a later section of an unknown version is passed over and told', () => {
    const other = new PcapngBlocks();
    const strange = other.section();
    strange[12] = 2;
    const section = joined(writer.section(), writer.interface({ linkType: 1 }), writer.enhancedPacket(packet));
    const sink = readAll(joined(section, strange, other.interface({ linkType: 1 }), other.enhancedPacket(packet), section));
    expect(sink.packets).toHaveLength(2);
    expect(sink.problems).toMatchObject([{ kind: 'gap', code: 'unsupported-version', offset: section.length, packetsBefore: 1 }]);
  });
});

describe('refused', () => {
  const file = writePcapng(packets);

  test.each([
    ['an unknown version', (bytes: Uint8Array) => bytes.fill(9, 12, 13), 'unsupported-version', 'This pcapng file says at byte 12 that its version is 9.0; only version 1 can be read.'],
    ['a torn section header', (bytes: Uint8Array) => bytes.slice(0, 20), 'torn-header', 'The file ends inside the pcapng section header at byte 20; no packet can be read.'],
  ])('%s', (_, damage, code, message) => {
    expect(readAll(damage(file.slice())).problems).toMatchObject([{ kind: 'refused', code, message }]);
  });
});

test('a growing file shows complete packets at once', () => {
  const file = writePcapng(packets);
  const whole = readAll(file);
  expect(digests(readAll(file.slice(0, file.length - 1)).packets)).toBe(digests(whole.packets.slice(0, -1)));
});
