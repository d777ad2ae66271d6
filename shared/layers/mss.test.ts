import { expect, test } from 'vitest';
import { mssStory, usedSegmentSize } from './mss.ts';

const stories: readonly (readonly [mss: number, isIpv6: boolean, mtu: number, scenario: string | null])[] = [
  [1460, false, 1500, 'plain Ethernet, no tunnel'],
  [1440, true, 1500, 'plain Ethernet, no tunnel'],
  [1452, false, 1492, 'PPPoE, which takes 8 bytes'],
  [1432, true, 1492, 'PPPoE, which takes 8 bytes'],
  [1410, false, 1450, 'a VXLAN or Docker overlay, which takes 50 bytes'],
  [1390, true, 1450, 'a VXLAN or Docker overlay, which takes 50 bytes'],
  [1380, false, 1420, 'WireGuard, which takes 60 to 80 bytes'],
  [1360, true, 1420, 'WireGuard, which takes 60 to 80 bytes'],
  [1360, false, 1400, 'an IPsec tunnel'],
  [1340, true, 1400, 'an IPsec tunnel'],
  [8960, false, 9000, 'jumbo frames'],
  [8940, true, 9000, 'jumbo frames'],
  [65495, false, 65535, 'a loopback'],
  [536, false, 576, null],
];
test.each(stories)('MSS %i (IPv6: %s) means MTU %i: %s', (mss, isIpv6, mtu, scenario) => {
  expect(mssStory(mss, isIpv6)).toEqual({ mtu, scenario });
});

test('the smaller offer counts, less the timestamps', () => {
  expect([usedSegmentSize(1460, 1400, false), usedSegmentSize(1460, 1460, true), usedSegmentSize(null, 1460, true)]).toEqual([1400, 1448, null]);
});
