import { describe, expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../dissect-frames.ts';

const IPV4 = '45000014000040004001 0000 7f000001 7f000001';

describe('null', () => {
  test.each([
    ['a little-endian machine', '02000000', 0, 'null:ip', '2'],
    ['a big-endian machine', '00000002', 0, 'null:ip', '2'],
    ['16 bits in the first half, big-endian', '00020000', 0, 'null:ip', '2'],
    ['OpenBSD LOOP, network order', '00000002', 108, 'null:ip', '2'],
    ['an unknown family', '63000000', 0, 'null:data', '99'],
  ])('family from %s', (_who, header, linkType, protocols, family) => {
    const [frame] = dissectFrames([fromHex(header + IPV4)], { linkType });
    expect(frame?.protocols.startsWith(protocols)).toBe(true);
    expect(frame?.values['null.family']).toEqual([family]);
  });

  test.each(['1e000000', '1c000000', '18000000'])('%s is IPv6 on one of the BSDs', (header) => {
    const [frame] = dissectFrames([fromHex(`${header} 6000000000003b40 ${'00'.repeat(15)}01 ${'00'.repeat(15)}01`)], { linkType: 0 });
    expect(frame?.protocols).toBe('null:ipv6');
  });

  test('numbers too large for a family are EtherTypes', () => {
    const [frame] = dissectFrames([fromHex(`00000800${IPV4}`)], { linkType: 0 });
    expect(frame?.values['null.type']).toEqual(['0x0800']);
    expect(frame?.protocols.startsWith('null:ip')).toBe(true);
  });

  test('a frame shorter than the header is cut off', () => {
    const [frame] = dissectFrames([fromHex('0200')], { linkType: 0, wireLength: 64 });
    expect(frame?.info).toContain('Packet size limited during capture');
    expect(frame?.values['null.family']).toBeUndefined();
  });
});
