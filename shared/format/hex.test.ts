import { expect, test } from 'vitest';
import { hexByte, hexDump, hexOffset, hexStream, offsetDigits, printableChar, printableText } from './hex.ts';

const hello = new TextEncoder().encode('Hello, layers of a net\r\n');

test('bytes are two digits and characters are printable or a dot', () => {
  expect([0, 10, 255].map(hexByte)).toEqual(['00', '0a', 'ff']);
  expect([0x1f, 0x20, 0x7e, 0x7f, 0xe4].map(printableChar)).toEqual(['.', ' ', '~', '.', '.']);
});

test('offsets grow past four digits only when the source does', () => {
  expect(offsetDigits(0)).toBe(4);
  expect(offsetDigits(0x10000)).toBe(4);
  expect(offsetDigits(0x10001)).toBe(5);
  expect(hexOffset(0xc0, 4)).toBe('00c0');
});

test('a dump lines up its last, short line', () => {
  expect(hexDump(hello)).toBe(
    ['0000   48 65 6c 6c 6f 2c 20 6c 61 79 65 72 73 20 6f 66   Hello, layers of', '0010   20 61 20 6e 65 74 0d 0a                            a net..'].join('\n'),
  );
  expect(hexDump(hello.subarray(0, 2), 0x40)).toMatch(/^0040 {3}48 65 {45}He$/);
  expect(hexDump(new Uint8Array())).toBe('');
});

test('stream and text keep every byte', () => {
  expect(hexStream(hello.subarray(0, 4))).toBe('48656c6c');
  expect(printableText(Uint8Array.of(0x41, 0, 0x0d, 0x0a))).toBe('A.\r\n');
});
