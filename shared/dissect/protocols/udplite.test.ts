import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, ipv4Frame, one, udpDatagram } from '../internet.test-helper.ts';

const lite = (coverage: string): Uint8Array => ipv4Frame({ protocol: 136, payload: `1000 2000 ${coverage} 1234 68656c6c6f` });

test('a datagram whose header alone is covered', () => {
  const frame = one(lite('0008'));
  expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:udplite:data', protocol: 'UDP-Lite', info: '4096 → 8192 Len=5' });
  expect(branch(frame, 'Lightweight')).toBe(`Lightweight User Datagram Protocol, Src Port: 4096, Dst Port: 8192
    Source Port: 4096
    Destination Port: 8192
    Checksum coverage: 8
    [Length: 13]
    Checksum: 0x1234
    [Checksum Status: Unverified (2)]
    [Stream index: 0]
    [Timestamps]
        [Time since first frame: 0.000000000 seconds]
        [Time since previous frame: 0.000000000 seconds]
    UDP payload (5 bytes)`);
});

test.each(['0007', '000e', 'ffff'])('a coverage of 0x%s bytes is impossible', (coverage) => {
  const { values, info } = one(lite(coverage));
  expect(values).toHaveProperty(['udplite.checksum_coverage.bad']);
  expect(info).toContain(`[BAD LIGHTWEIGHT UDP CHECKSUM COVERAGE LENGTH ${parseInt(coverage, 16)} < 8 or > 13]`);
});

test('a coverage of 0 is all of it', () => {
  expect(one(lite('0000')).values).not.toHaveProperty(['udplite.checksum_coverage.bad']);
});

test('conversations are counted with UDP\'s', () => {
  const shown = dissectFrames([lite('0008'), ipv4Frame({ protocol: 17, payload: udpDatagram('01', { source: 1, destination: 2 }) })]);
  expect(shown.map(({ values }) => values['udp.stream'])).toEqual([['0'], ['1']]);
});

test('a header that ends too early', () => {
  expect(one(ipv4Frame({ protocol: 136, payload: '1000 2000 00' })).tree).toContain('Malformed Packet: UDP-Lite');
});
