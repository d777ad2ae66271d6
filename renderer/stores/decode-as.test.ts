import { expect, test } from 'vitest';
import { keyOf, keyText } from './decode-as.ts';

test.each([
  ['tcp.port', '8888', 8888],
  ['tcp.port', ' 0x35 ', 53],
  ['tcp.port', '65536', null],
  ['ip.proto', '256', null],
  ['ip.proto', '255', 255],
  ['ethertype', '0x88b5', 0x88b5],
  ['udp.port', '-1', null],
  ['udp.port', '', null],
  ['udp.port', '53 54', null],
] as const)('a number of %s: %s', (table, text, expected) => {
  expect(keyOf(table, text)).toBe(expected);
});

test('numbers are written as the field writes them', () => {
  expect([keyText('ethertype', 0x800), keyText('tcp.port', 80)]).toEqual(['0x0800', '80']);
});
