import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inflate } from './inflate.ts';

const LIMIT = 1024 * 1024;
const text = 'Decompression for the dissectors. '.repeat(50);

function textOf(coding: 'gzip' | 'deflate' | 'br', data: Uint8Array, maxBytes = LIMIT): string | null {
  const inflated = inflate(coding, data, maxBytes);
  return inflated === null ? null : `${Buffer.from(inflated.bytes).toString('latin1')}${inflated.cut === null ? '' : '…'}`;
}

test.each([
  ['gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
] as const)('%s is undone', (coding, data) => {
  expect(textOf(coding, data)).toBe(text);
});

test('bare deflate data may refer to what came before it', () => {
  const before = Buffer.from(text);
  const data = deflateRawSync(text, { dictionary: before });
  expect(Buffer.from(inflate('deflate-raw', data, LIMIT, before)?.bytes ?? []).toString()).toBe(text);
  expect(inflate('deflate-raw', data, LIMIT)).toBe(null);
});

describe('data that ends too early', () => {
  // Text that compresses badly, so that a part of the data makes a part of the text.
  const random = Array.from({ length: 4000 }, (_, index) => String.fromCharCode(33 + ((index * 7919 + (index >> 3) * 104729) % 90))).join('');

  test.each([
    ['gzip', gzipSync(random)],
    ['deflate', deflateSync(random)],
    ['br', brotliCompressSync(random)],
  ] as const)('%s gives what it holds', (coding, data) => {
    const start = textOf(coding, data.subarray(0, data.length - 100));
    expect(start === null ? null : random.startsWith(start) && start.length > 0).toBe(true);
  });
});

test.each([
  ['gzip', Buffer.from('not compressed at all')],
  ['deflate', Buffer.from([0x78, 0x9c, 0xff, 0xff, 0xff])],
  ['br', Buffer.from('not compressed at all, not even a little')],
] as const)('what is no %s gives nothing', (coding, data) => {
  expect(inflate(coding, data, LIMIT)).toBeNull();
});

test('damaged data gives what comes before', () => {
  const data = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * index) & 0xff)), { level: 1 });
  data.fill(0xff, data.length >> 1);
  const inflated = inflate('gzip', data, LIMIT);
  expect(inflated?.cut).toBe('damage');
  expect(inflated?.bytes.length).toBeGreaterThan(0);
});

test.each(['gzip', 'deflate', 'br'] as const)('%s stops at the limit', (coding) => {
  const large = Buffer.alloc(4 * LIMIT, 'abc');
  const data = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[coding](large);
  const inflated = inflate(coding, data, LIMIT);
  expect(inflated?.cut).toBe('limit');
  expect(inflated?.bytes.length).toBeLessThanOrEqual(LIMIT);
  expect(Buffer.from(inflated?.bytes ?? []).equals(large.subarray(0, inflated?.bytes.length))).toBe(true);
});
