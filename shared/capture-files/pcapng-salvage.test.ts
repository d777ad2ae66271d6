import { describe, expect, test } from 'vitest';
import { EndianWriter } from '../bytes/endian-writer.ts';
import { digest, digests, joined, readAll, somePackets } from './collect.test-helper.ts';
import { PcapngBlocks, writePcapng } from './write-pcapng.ts';

const packets = somePackets(1000);
const damagedIndex = 499;
const headLength = 28 + 20;
const blockLength = (bytes: number): number => 32 + ((bytes + 3) & ~3);
const starts = packets.reduce<number[]>((all, { bytes }) => [...all, (all.at(-1) ?? 0) + blockLength(bytes.length)], [headLength]);
const start = starts[damagedIndex] ?? 0;
const next = starts[damagedIndex + 1] ?? 0;
const lastStart = starts[999] ?? 0;
const length = next - start;

interface Damage {
  readonly name: string;
  readonly apply: (file: Uint8Array, littleEndian: boolean) => Uint8Array;
  readonly shown: 999 | 1000;
  readonly problem: { readonly kind: 'gap' | 'odd'; readonly offset: number; readonly end: number };
  readonly moved?: number;
}

const put = (at: number, value: number) => (file: Uint8Array, littleEndian: boolean): Uint8Array => {
  file.set(new EndianWriter(littleEndian).u32(value).finish(), at);
  return file;
};
const gap = { kind: 'gap', offset: start, end: next } as const;

const damages: readonly Damage[] = [
  { name: 'length too large by one word', apply: put(start + 4, length + 4), shown: 999, problem: gap },
  { name: 'length too small by one word', apply: put(start + 4, length - 4), shown: 999, problem: gap },
  { name: 'trailing length differs', apply: put(next - 4, length + 4), shown: 1000, problem: { kind: 'odd', offset: next - 4, end: next } },
  { name: 'length of 4 GiB', apply: put(start + 4, 0xffff_fffc), shown: 999, problem: gap },
  { name: 'length past the end of the file', apply: put(start + 4, 0x00ff_fffc), shown: 999, problem: gap },
  { name: 'length of zero', apply: put(start + 4, 0), shown: 999, problem: gap },
  { name: 'length no multiple of 4', apply: put(start + 4, length + 1), shown: 999, problem: gap },
  { name: 'huge captured length', apply: put(start + 20, 0xffff_ffff), shown: 999, problem: gap },
  { name: 'captured length a little too large', apply: put(start + 20, length - 27), shown: 999, problem: gap },
  { name: 'interface that is not described', apply: put(start + 8, 77), shown: 999, problem: gap },
  { name: 'unknown block type', apply: put(start, 0x0000_0c0c), shown: 999, problem: { kind: 'odd', offset: start, end: next } },
  { name: 'header zeroed', apply: (file) => file.fill(0, start, start + 28), shown: 999, problem: gap },
  { name: 'block zeroed', apply: (file) => file.fill(0, start, next), shown: 999, problem: gap },
  { name: 'block all ones', apply: (file) => file.fill(0xff, start, next), shown: 999, problem: gap },
  { name: 'three bytes lost', apply: (file) => joined(file.subarray(0, start + 40), file.subarray(start + 43)), shown: 999, problem: { ...gap, end: next - 3 }, moved: -3 },
];

describe('damage to block 500 of 1,000', () => {
  for (const littleEndian of [true, false]) {
    describe(littleEndian ? 'little-endian' : 'big-endian', () => {
      test.each(damages)('$name', ({ apply, shown, problem, moved }) => {
        const sink = readAll(apply(writePcapng(packets, { linkType: 1 }, littleEndian), littleEndian), 4096);
        expect(sink.packets).toHaveLength(shown);
        expect(sink.problems).toMatchObject([problem]);
        const [before, after] = [sink.packets.slice(0, damagedIndex), sink.packets.slice(-500)];
        expect(before.map(({ data }) => digest(data))).toEqual(packets.slice(0, damagedIndex).map(({ bytes }) => digest(bytes)));
        expect(after.map(({ data }) => digest(data))).toEqual(packets.slice(damagedIndex + 1).map(({ bytes }) => digest(bytes)));
        expect(after[0]?.dataOffset).toBe(next + 28 + (moved ?? 0));
      });

      test.each(damages)('$name: chunk borders change nothing', ({ apply }) => {
        const file = apply(writePcapng(packets, { linkType: 1 }, littleEndian), littleEndian);
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
  const file = writePcapng(packets);

  test.each([1, 3, 11, 12, 30, 60])('torn %i bytes into the last block: told with packet number and byte', (bytes) => {
    const torn = file.slice(0, lastStart + bytes);
    const sink = readAll(torn, 4096);
    expect(sink.packets).toHaveLength(999);
    const what = bytes < 4 ? 'a block header' : 'packet 1,000';
    expect(sink.problems).toEqual([{
      kind: 'tail', code: 'torn-tail', offset: lastStart, end: torn.length, packetsBefore: 999,
      message: `The file ends inside ${what} at byte ${torn.length.toLocaleString('en-US')}. The 999 packets before it are shown.`,
    }]);
  });

  test('torn inside a block that is no packet', () => {
    const statistics = new PcapngBlocks().statistics(0, new Map([[4, 1000n]]));
    const sink = readAll(joined(file, statistics.slice(0, 20)));
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems[0]?.message).toMatch(/^The file ends inside a block that is no packet at byte/);
  });

  test('zeros behind the last block', () => {
    const sink = readAll(joined(file, new Uint8Array(1000)), 4096);
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toMatchObject([{ kind: 'tail', offset: file.length, end: file.length + 1000 }]);
  });

  test('two damaged blocks with a sound packet between them', () => {
    const broken = file.slice().fill(0xff, starts[400], (starts[400] ?? 0) + 12).fill(0xff, starts[402], (starts[402] ?? 0) + 12);
    const sink = readAll(broken);
    expect(sink.packets).toHaveLength(998);
    expect(sink.problems.map(({ kind, offset, end }) => [kind, offset, end])).toEqual([['gap', starts[400], starts[401]], ['gap', starts[402], starts[403]]]);
  });
});

describe('damage to the section header', () => {
  test('its length: the interface after it is found', () => {
    const file = writePcapng(packets).slice();
    file.fill(0xff, 4, 8);
    const sink = readAll(file);
    expect(sink.formats).toEqual(['pcapng']);
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toMatchObject([{ kind: 'gap', offset: 0, end: 28 }]);
  });

  test('of a second section: the packets of the first are unharmed and nothing of the second is mixed up', () => {
    const first = writePcapng(packets.slice(0, 10));
    const second = writePcapng(packets.slice(0, 10), { linkType: 113 }, false).fill(0xff, 0, 12);
    const sink = readAll(joined(first, second));
    expect(sink.packets).toHaveLength(10);
    expect(sink.problems).toMatchObject([{ kind: 'tail', offset: first.length }]);
  });
});

test('blocks damaged everywhere tell a bounded number of problems, the rest summed up', () => {
  const file = writePcapng(packets);
  for (let index = 0; index < 999; index += 2) file.fill(0xff, starts[index], (starts[index] ?? 0) + 8);
  const sink = readAll(file);
  expect(sink.packets).toHaveLength(500);
  expect(sink.problems).toHaveLength(201);
  expect(sink.problems.at(-1)).toMatchObject({ kind: 'gap', code: 'further-gaps' });
  expect(sink.problems.at(-1)?.message).toMatch(/^300 further damaged places \([\d,]+ bytes in all\) between byte [\d,]+ and byte [\d,]+ were skipped\.$/);
});
