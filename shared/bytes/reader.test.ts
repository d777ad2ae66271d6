import { expect, test } from 'vitest';
import { readI32, readU16, readU32, readU8 } from './reader.ts';

/** Bytes with others on both sides in the same buffer, none of which may ever be read. */
const bytes = new Uint8Array(16).fill(0xaa, 0, 6).fill(0xbb, 10);
const window = bytes.subarray(6, 10);
window.set([0xfe, 0xdc, 0xba, 0x98]);

test.each([
  [-4, 0, 0, 0, 0],
  [-3, 0, 0, 0xfe, 0xfe],
  [-1, 0, 0xfe, 0x00fe_dcba, 0x00fe_dcba],
  [0, 0xfe, 0xfedc, 0xfedc_ba98, 0xfedc_ba98 - 2 ** 32],
  [1, 0xdc, 0xdcba, 0xdcba_9800, 0xdcba_9800 - 2 ** 32],
  [3, 0x98, 0x9800, 0x9800_0000, 0x9800_0000 - 2 ** 32],
  [4, 0, 0, 0, 0],
  [2 ** 31, 0, 0, 0, 0],
])('at %d: what lies outside the bytes counts as zero', (at, u8, u16, u32, i32) => {
  expect([readU8(window, at), readU16(window, at), readU32(window, at), readI32(window, at)]).toEqual([u8, u16, u32, i32]);
});
