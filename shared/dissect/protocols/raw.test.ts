import { expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../dissect-frames.ts';

const IPV4 = '45000014000040004001 0000 c0000201 c0000202';
const IPV6 = `6000000000003b40 ${'00'.repeat(15)}01 ${'00'.repeat(15)}02`;

test.each([
  [101, IPV4, 'raw:ip'],
  [12, IPV6, 'raw:ipv6'],
  [101, '9912', 'raw:data'],
  [228, IPV4, 'ip'],
])('link type %i with %s', (linkType, packet, protocols) => {
  const [frame] = dissectFrames([fromHex(packet)], { linkType });
  expect(frame?.protocols.startsWith(protocols)).toBe(true);
});

test('addresses are those of the IP header', () => {
  const [frame] = dissectFrames([fromHex(IPV4)], { linkType: 101 });
  expect([frame?.source, frame?.destination]).toEqual(['192.0.2.1', '192.0.2.2']);
});
