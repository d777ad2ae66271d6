import { expect, test } from 'vitest';
import { ipv4Bytes } from './views-bench.ts';

test.each([
  ['10.0.0.1', [10, 0, 0, 1]],
  ['255.255.255.255', [255, 255, 255, 255]],
  ['256.0.0.1', null],
  ['2001:db8::1', null],
  ['02:00:00:00:00:01', null],
  ['', null],
])('%j is %j', (text, bytes) => {
  expect(ipv4Bytes(text)).toEqual(bytes);
});
