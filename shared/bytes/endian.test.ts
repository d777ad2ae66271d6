import { describe, expect, test } from 'vitest';
import { EndianReader } from './endian-reader.ts';
import { EndianWriter } from './endian-writer.ts';

describe.each([['little-endian', true], ['big-endian', false]] as const)('%s', (_, littleEndian) => {
  test('what is written is read again', () => {
    const bytes = new EndianWriter(littleEndian).u8(0xfe).u16(0xfedc).u32(0xfedc_ba98).u64(-2n).u8(7).align(4).bytes(Uint8Array.of(1, 2)).finish();
    const reader = new EndianReader(littleEndian, bytes);
    expect([reader.u8(0), reader.u16(1), reader.u32(3), reader.i64(7), reader.u64(7), reader.u8(15)]).toEqual([0xfe, 0xfedc, 0xfedc_ba98, -2n, 0xffff_ffff_ffff_fffen, 7]);
    expect(bytes).toHaveLength(18);
  });

  test('nothing outside the bytes is ever read, not even of the same buffer', () => {
    const reader = new EndianReader(littleEndian, new Uint8Array(16).subarray(4, 8));
    expect(reader.u32(0)).toBe(0);
    for (const read of [() => reader.u32(1), () => reader.u8(4), () => reader.u8(-1), () => reader.u16(3), () => reader.u64(0)]) expect(read).toThrow(RangeError);
  });
});

test('the writer grows, and writes over only what is there', () => {
  const writer = new EndianWriter(false).bytes(new Uint8Array(300).fill(1)).setU32(0, 5);
  expect(Array.from(writer.finish().subarray(0, 5))).toEqual([0, 0, 0, 5, 1]);
  expect(() => writer.setU32(298, 1)).toThrow(RangeError);
});
