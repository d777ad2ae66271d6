import { describe, expect, test } from 'vitest';
import { EndianWriter } from '../bytes/endian-writer.ts';
import { digest, digests, joined, readAll, somePackets } from './collect.test-helper.ts';
import { writePcap } from './write-pcap.ts';

const packets = somePackets(1000);
const damagedIndex = 499;
const starts = packets.reduce<number[]>((all, { bytes }) => [...all, (all.at(-1) ?? 0) + 16 + bytes.length], [24]);
const start = starts[damagedIndex] ?? 0;
const next = starts[damagedIndex + 1] ?? 0;
const lastStart = starts[999] ?? 0;

interface Damage {
  readonly name: string;
  readonly apply: (file: Uint8Array, littleEndian: boolean) => Uint8Array;
  /** Packets shown of 1,000. */
  readonly shown: 999 | 1000;
  /** Range of the told gap; null where the file is odd but nothing is left out. */
  readonly gap: readonly [number, number] | null;
  /** How far what follows the damage has moved. */
  readonly moved?: number;
}

const captured = packets[damagedIndex]?.bytes.length ?? 0;
const setLengths = (capturedLength: number, wireLength: number) => (file: Uint8Array, littleEndian: boolean): Uint8Array => {
  file.set(new EndianWriter(littleEndian).u32(capturedLength).u32(wireLength).finish(), start + 8);
  return file;
};

const damages: readonly Damage[] = [
  { name: 'captured length of 4 GiB', apply: setLengths(0xffff_ffff, captured), shown: 999, gap: [start, next] },
  { name: 'both lengths of 4 GiB', apply: setLengths(0xffff_ffff, 0xffff_ffff), shown: 999, gap: [start, next] },
  { name: 'captured length over what was on the wire, within the limit', apply: setLengths(30_000, captured), shown: 999, gap: [start, next] },
  { name: 'captured length past the end of the file', apply: setLengths(262_144, 262_144), shown: 999, gap: [start, next] },
  { name: 'captured length one too large', apply: setLengths(captured + 1, captured), shown: 999, gap: [start, next] },
  { name: 'captured length one too small', apply: setLengths(captured - 1, captured), shown: 1000, gap: [next - 1, next] },
  { name: 'captured length of zero', apply: setLengths(0, captured), shown: 1000, gap: [start + 16, next] },
  { name: 'both lengths zero', apply: setLengths(0, 0), shown: 1000, gap: [start + 16, next] },
  { name: 'header zeroed', apply: (file) => file.fill(0, start, start + 16), shown: 999, gap: [start, next] },
  { name: 'header all ones', apply: (file) => file.fill(0xff, start, start + 16), shown: 999, gap: [start, next] },
  { name: 'record zeroed', apply: (file) => file.fill(0, start, next), shown: 999, gap: [start, next] },
  { name: 'record all ones', apply: (file) => file.fill(0xff, start, next), shown: 999, gap: [start, next] },
  { name: 'seven bytes of the header lost', apply: (file) => joined(file.subarray(0, start + 3), file.subarray(start + 10)), shown: 999, gap: [start, next - 7], moved: -7 },
  { name: 'five bytes added before the record', apply: (file) => joined(file.subarray(0, start), Uint8Array.of(1, 2, 3, 4, 5), file.subarray(start)), shown: 1000, gap: [start, start + 5], moved: 5 },
];

describe('damage to record 500 of 1,000', () => {
  for (const littleEndian of [true, false]) {
    describe(littleEndian ? 'little-endian' : 'big-endian', () => {
      test.each(damages)('$name', ({ apply, shown, gap, moved }) => {
        const file = apply(writePcap(packets, { littleEndian }), littleEndian);
        const sink = readAll(file, 4096);
        expect(sink.packets).toHaveLength(shown);
        const [before, after] = [sink.packets.slice(0, damagedIndex), sink.packets.slice(-500)];
        expect(before.map(({ data }) => digest(data))).toEqual(packets.slice(0, damagedIndex).map(({ bytes }) => digest(bytes)));
        expect(after.map(({ data }) => digest(data))).toEqual(packets.slice(damagedIndex + 1).map(({ bytes }) => digest(bytes)));
        expect(after[0]?.dataOffset).toBe(next + 16 + (moved ?? 0));
        const gaps = sink.problems.filter(({ kind }) => kind !== 'odd');
        expect(gaps).toMatchObject(gap === null ? [] : [{ kind: 'gap', offset: gap[0], end: gap[1] }]);
      });

      test.each(damages)('$name: chunk borders change nothing', ({ apply }) => {
        const file = apply(writePcap(packets, { littleEndian }), littleEndian);
        const whole = readAll(file);
        for (const chunkBytes of [61, 1009]) {
          const inChunks = readAll(file, chunkBytes);
          expect(inChunks.problems).toEqual(whole.problems);
          expect(digests(inChunks.packets)).toBe(digests(whole.packets));
        }
      });
    });
  }
});

describe('the end of the file', () => {
  const file = writePcap(packets);

  test.each([1, 15, 16, 17, 200])('torn %i bytes into the last record: told with packet number and byte', (bytes) => {
    const torn = file.slice(0, lastStart + bytes);
    const sink = readAll(torn, 4096);
    expect(sink.packets).toHaveLength(999);
    expect(sink.problems).toEqual([{
      kind: 'tail', code: 'torn-tail', offset: lastStart, end: torn.length, packetsBefore: 999,
      message: `The file ends inside packet 1,000 at byte ${torn.length.toLocaleString('en-US')}. The 999 packets before it are shown.`,
    }]);
  });

  test('damage just before a torn end hides neither', () => {
    const torn = file.slice(0, lastStart + 20);
    torn.fill(0xff, starts[997], (starts[997] ?? 0) + 16);
    const sink = readAll(torn);
    expect(sink.packets).toHaveLength(998);
    expect(sink.problems.map(({ kind, offset }) => [kind, offset])).toEqual([['gap', starts[997]], ['tail', lastStart]]);
  });

  test('damage to the last record but one', () => {
    const sink = readAll(file.slice().fill(0xff, starts[998], (starts[998] ?? 0) + 16));
    expect(sink.packets).toHaveLength(999);
    expect(sink.problems).toMatchObject([{ kind: 'gap', offset: starts[998], end: lastStart }]);
  });

  test('zeros behind the last record are told and are no packets', () => {
    const sink = readAll(joined(file, new Uint8Array(1000)), 4096);
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toMatchObject([{ kind: 'tail', offset: file.length, end: file.length + 1000 }]);
  });
});

test('a file that is damaged everywhere tells a bounded number of problems', () => {
  const file = writePcap(packets);
  for (let index = 0; index < 999; index += 2) file.fill(0xff, starts[index], (starts[index] ?? 0) + 16);
  const sink = readAll(file);
  // Single records between damage do not make a chain, so the search goes past them; what is left out is told.
  expect(sink.problems.length).toBeLessThan(210);
  expect(sink.problems.at(-1)?.message).toMatch(/./);
});

test('a capture carried inside a packet is not taken for records', () => {
  const inner = writePcap(somePackets(20));
  const outer = packets.slice(0, 10).map((packet, index) => (index === 4 ? { ...packet, bytes: inner } : packet));
  const sink = readAll(writePcap(outer));
  expect(sink.packets).toHaveLength(10);
  expect(sink.problems).toEqual([]);
});
