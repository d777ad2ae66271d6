import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { decodeLz4Block } from './lz4-block.ts';
import { lz4Block, lz4Frame, lz4Legacy, skippable, zstdFrame } from './packed.test-helper.ts';
import { canUnpack, unpack } from './unpack.ts';
import type { UnpackDamage } from './unpack-decoder.ts';
import type { Packing } from '../../shared/capture-files/sniff.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

interface Unpacked {
  readonly bytes: Uint8Array;
  readonly damage: UnpackDamage | null;
}

async function unpacked(packing: Packing, packed: Uint8Array, pieceBytes = packed.length): Promise<Unpacked> {
  const parts: Uint8Array[] = [];
  const damage = await unpack({
    packing,
    canReopen: true,
    open: async function* () {
      for (let at = 0; at < packed.length; at += pieceBytes) yield packed.subarray(at, at + pieceBytes);
    },
    take: (bytes) => parts.push(bytes.slice()) > 0,
  });
  return { bytes: joined(...parts), damage };
}

/** Neither all alike nor all different. */
const sample = Uint8Array.from({ length: 300_000 }, (_, at) => (at % 7 === 0 ? (at * 2_654_435_761) >>> 13 : at >> 9) & 0xff);
const half = sample.subarray(0, 140_000);
const rest = sample.subarray(140_000);

describe('an LZ4 block', () => {
  const target = (): { bytes: Uint8Array; historyStart: number; start: number; limit: number } => ({ bytes: new Uint8Array(64), historyStart: 0, start: 0, limit: 64 });
  test.each([
    ['literals', '30616263', 'abc', null],
    ['a match that overlaps itself', '1f6101000550787978797a', 'a'.repeat(25) + 'xyxyz', null],
    ['a distance before the data', '10610200', 'a', 'a match begins before the data'],
    ['a distance of nothing', '10610000', 'a', 'a match begins before the data'],
    ['fewer literals than stated', '506162', 'ab', 'a block ends within its literals'],
    ['half a distance', '106101', 'a', 'a block ends within a match'],
    ['more than fits', '1f610100ff00', 'a'.repeat(64), 'a block is larger than its frame allows'],
  ])('%s', (_, hex, words, fault) => {
    const into = target();
    const decoded = decodeLz4Block(Uint8Array.from(Buffer.from(hex, 'hex')), into);
    expect(new TextDecoder().decode(into.bytes.subarray(0, decoded.end))).toBe(words);
    expect(decoded.fault).toBe(fault);
  });
});

const frames: readonly (readonly [string, Packing, (bytes: Uint8Array) => Uint8Array])[] = [
  ['gzip', 'gzip', (bytes) => new Uint8Array(gzipSync(bytes))],
  ['lz4', 'lz4', (bytes) => lz4Frame(bytes)],
  ['lz4, linked blocks', 'lz4', (bytes) => lz4Frame(bytes, { areLinked: true })],
  ['lz4, all check sums, size stated', 'lz4', (bytes) => lz4Frame(bytes, { hasBlockSums: true, hasContentSize: true })],
  ['lz4, stored blocks', 'lz4', (bytes) => lz4Frame(bytes, { areStored: true })],
  ['lz4, the older format', 'lz4', lz4Legacy],
  ['zstd', 'zstd', (bytes) => zstdFrame(bytes)],
  ['zstd, check sum', 'zstd', (bytes) => zstdFrame(bytes, { hasSum: true })],
];

test.each(frames)('%s: whatever the pieces, the bytes come out', async (_, packing, frame) => {
  const packed = frame(sample);
  expect(canUnpack(packing)).toBe(true);
  for (const pieceBytes of [packed.length, 1000, 7]) {
    const { bytes, damage } = await unpacked(packing, packed, pieceBytes);
    expect(damage).toBeNull();
    expect(Buffer.compare(bytes, sample)).toBe(0);
  }
});

test.each(frames)('%s: frames one after another are one, padding is none', async (_, packing, frame) => {
  const { bytes, damage } = await unpacked(packing, joined(frame(half), frame(rest), new Uint8Array(packing === 'gzip' ? 512 : 64)));
  expect(Buffer.compare(bytes, sample)).toBe(0);
  expect(damage?.kind ?? null).toBe(_.includes('older') ? 'trailing' : null);
});

test.each(frames)('%s: a torn file gives what can be had, and tells where it ends', async (_, packing, frame) => {
  const packed = frame(sample);
  for (const length of [5, 20, packed.length >> 1, packed.length - 1]) {
    const { bytes, damage } = await unpacked(packing, packed.subarray(0, length), 1000);
    expect(damage).toMatchObject({ kind: 'torn', offset: length });
    expect(Buffer.compare(bytes, sample.subarray(0, bytes.length))).toBe(0);
    if (length > 1000) expect(bytes.length).toBeGreaterThan(sample.length / 2 - 140_000);
  }
});

describe('skippable frames', () => {
  test.each(frames.filter(([name, packing]) => packing !== 'gzip' && !name.includes('older')))('%s: are skipped wherever they are', async (_, packing, frame) => {
    const other = skippable(text('not for us'));
    const { bytes, damage } = await unpacked(packing, joined(other, frame(half), other, other, frame(rest), other), 11);
    expect(damage).toBeNull();
    expect(Buffer.compare(bytes, sample)).toBe(0);
  });

  test('a torn one is told', async () => {
    const packed = joined(lz4Frame(half), skippable(text('not for us')).subarray(0, 12));
    expect((await unpacked('lz4', packed)).damage).toMatchObject({ kind: 'torn', offset: packed.length });
  });
});

describe('damage', () => {
  test.each([
    ['lz4: a block', 'lz4', (packed: Uint8Array) => packed.fill(0xff, 60_000, 60_010), lz4Frame(sample, { hasBlockSums: true })],
    ['zstd: a block header', 'zstd', (packed: Uint8Array) => packed.fill(0xff, 6 + 3 + 131_072, 6 + 3 + 131_072 + 3), zstdFrame(sample)],
  ] as const)('%s: what comes before is given', async (_, packing, damageIt, packed) => {
    damageIt(packed);
    const { bytes, damage } = await unpacked(packing, packed);
    expect(damage).toMatchObject({ kind: 'damaged' });
    expect(Buffer.compare(bytes, sample.subarray(0, bytes.length))).toBe(0);
    if (packing === 'zstd') expect(bytes.length).toBe(131_072);
  });

  test.each([
    ['lz4', lz4Frame(sample)],
    ['zstd', zstdFrame(sample, { hasSum: true })],
  ] as const)('%s: a wrong check sum of the contents loses nothing and is told', async (packing, packed) => {
    packed[packed.length - 1] = (packed.at(-1) ?? 0) ^ 1;
    const { bytes, damage } = await unpacked(packing, packed);
    expect(bytes).toHaveLength(sample.length);
    expect(damage).toMatchObject({ kind: 'damaged' });
  });

  test.each([['lz4', lz4Frame(half)], ['zstd', zstdFrame(half)]] as const)('%s: words behind the last frame are told', async (packing, packed) => {
    const { bytes, damage } = await unpacked(packing, joined(packed, text('trailing words')));
    expect(bytes).toHaveLength(half.length);
    expect(damage).toMatchObject({ kind: 'trailing', offset: packed.length });
  });

  test('zstd: a window that no memory should be spent on is refused in words', async () => {
    const packed = zstdFrame(half);
    packed[5] = 21 << 3;
    expect((await unpacked('zstd', packed)).damage).toMatchObject({ kind: 'unsupported', reason: 'it needs 2.1 GB of memory at once, more than the 134 MB allowed here' });
  });

  test('a dictionary is refused in words', async () => {
    const zstd = joined(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x58, 7), text('x'.repeat(20)));
    expect((await unpacked('zstd', zstd)).damage).toMatchObject({ kind: 'unsupported', reason: 'it needs a dictionary' });
  });
});

test('any bytes at all end in damage or the end, never in a hang or a throw', async () => {
  let seed = 1;
  const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 8;
  const sources = frames.map(([, packing, frame]) => [packing, frame(half.subarray(0, 4000))] as const);
  for (let turn = 0; turn < 150; turn += 1) {
    const [packing, sound] = sources[turn % sources.length]!;
    const packed = sound.slice();
    for (let flip = 0; flip < 3; flip += 1) packed[6 + (random() % (packed.length - 6))] = random() & 0xff;
    await unpacked(packing, packed, 1 + (random() % 5000));
  }
});

test('lz4 blocks of the test helper hold matches', () => {
  expect(lz4Block(new Uint8Array(10_000)).length).toBeLessThan(100);
});
