import { expect, test } from 'vitest';
import { parseAddress } from './address-parser.ts';

test.each([
  ['192.0.2.1', 'c0000201'],
  ['0.0.0.0', '00000000'],
  ['2001:db8::1', '20010db8000000000000000000000001'],
  ['::', '00000000000000000000000000000000'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
])('%s is an address', (text, hex) => {
  expect(Buffer.from(parseAddress(text) ?? []).toString('hex')).toBe(hex);
});

test.each(['', 'host.example', '1.2.3', '1.2.3.256', '1.2.3.4.5', '1:2:3', '1::2::3', '1:2:3:4:5:6:7:8:9', '::1:2:3:4:5:6:7:8', 'g::1', '12345::', '[::1]'])('"%s" is none', (text) => {
  expect(parseAddress(text)).toBeNull();
});
