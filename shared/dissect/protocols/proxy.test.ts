import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { IPV4_ENDS, PROXY_FIXTURES, TLS_ALERT, property, version2 } from './proxy.fixtures.test-helper.ts';
import { parseIpv4, parseIpv6 } from './proxy/addresses.ts';
import { hexText } from '../address-text.ts';

function dissect(...segments: readonly Bytes[]): DissectedFrame[] {
  return dissectAt(4430, ...segments);
}

/** Packets to a server's port. */
function dissectAt(port: number, ...segments: readonly Bytes[]): DissectedFrame[] {
  const frames = new TcpFrames(port);
  for (const segment of segments) frames.send('up', segment);
  return dissectFrames(frames.frames).slice(3);
}

function values(frame: DissectedFrame | undefined, key: string): readonly string[] | undefined {
  return frame?.values[`proxy.${key}`];
}

test('a header with properties, line by line', () => {
  const frame = dissectFrames(PROXY_FIXTURES[3]?.frames ?? [])[3] as DissectedFrame;
  expect(frame.protocol).toBe('PROXYv2');
  expect(branch(frame, 'PROXY')).toMatchInlineSnapshot(`
    "PROXY Protocol
        Magic: 0d0a0d0a000d0a515549540a
        0010 .... = Version: 2
        .... 0001 = Command: PROXY (1)
        [Version: 2]
        Address Family Protocol: TCP over IPv4 (0x11)
            0001 .... = Address Family: IPv4 (0x01)
            .... 0001 = Protocol: STREAM (0x01)
        Length: 52
        Source Address: 10.0.0.1
        Destination Address: 10.0.0.2
        Source Port: 4660
        Destination Port: 443
        TLV: ALPN
            Type: ALPN (0x01)
            Length: 2
            Value: 6832
        TLV: SSL
            Type: SSL (0x20)
            Length: 25
            Value: 0500000000210007544c5376312e3222000361646123000158
            Client: 0x05
            Verify: 0x00000000
            TLV: SSL VERSION
                Type: SSL VERSION (0x21)
                Length: 7
                Value: 544c5376312e32
                Version: TLSv1.2
            TLV: SSL CN
                Type: SSL CN (0x22)
                Length: 3
                Value: 616461
                CN: ada
            TLV: SSL CIPHER
                Type: SSL CIPHER (0x23)
                Length: 1
                Value: 58
                Cipher: X
            TLV: AWS
                Type: AWS (0xea)
                Length: 4
                Value: 76706365"
  `);
});

describe('version 1', () => {
  test('what follows goes to whom it would go without the header', () => {
    const [frame] = dissectAt(443, concat(latin1('PROXY TCP4 10.0.0.1 10.0.0.2 4660 443\r\n'), TLS_ALERT));
    expect([frame?.protocols, values(frame, 'src.ipv4'), values(frame, 'dstport')]).toEqual(['eth:ethertype:ip:tcp:proxy:tls', ['10.0.0.1'], ['443']]);
  });

  test('the next packet is not taken for another header', () => {
    const [frame, after] = dissectAt(443, latin1('PROXY TCP6 2001:db8::1 ::2 1 2\r\n'), TLS_ALERT);
    expect([frame?.protocol, values(frame, 'src.ipv6'), values(frame, 'dst.ipv6')]).toEqual(['PROXYv1', ['2001:db8::1'], ['::2']]);
    expect(after?.protocols).toBe('eth:ethertype:ip:tcp:tls');
  });

  test('a message that begins behind the header goes on in the next packet', () => {
    const [, after] = dissectAt(443, concat(latin1('PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n'), TLS_ALERT.subarray(0, 6)), TLS_ALERT.subarray(6));
    expect(after?.protocols).toBe('eth:ethertype:ip:tcp:tls');
  });

  test.each([
    ['PROXY UNKNOWN any thing\r\n', 'v1.unknown', ['any thing']],
    ['PROXY UNKNOWN\r\n', 'bad_format', ['1']],
    ['PROXY TCP4 10.0.0.1\r\n', 'bad_format', ['1']],
    ['PROXY TCP4 bad 10.0.0.2 1 2\r\n', 'bad_format', ['1']],
    ['PROXY TCP4 10.0.0.1 10.0.0.2 1 65536\r\n', 'bad_format', ['1']],
  ])('%j', (line, key, expected) => {
    expect(values(dissect(latin1(line))[0], key)).toEqual(expected);
  });
});

describe('version 2', () => {
  test.each([
    ['a family that is not known', version2(1, 0x99, hex('0102')), 'v2.unknown', ['0102']],
    ['paths', version2(1, 0x31, new Uint8Array(216)), 'v2.src.unix', ['00'.repeat(108)]],
    ['a common name', version2(1, 0x11, IPV4_ENDS, property(0x22, latin1('ada'))), 'v2.tlv.ssl.cn', ['ada']],
  ])('%s', (_, bytes, key, expected) => {
    expect(values(dissect(bytes)[0], key)).toEqual(expected);
  });

  test('addresses that are cut off make it malformed', () => {
    expect(dissect(version2(1, 0x11, IPV4_ENDS.subarray(0, 6)))[0]?.info).toMatch(/\[Malformed Packet]$/);
  });
});

test.each([['PROXY without an end of line'], ['PROXY'], ['\r\n\r\n\0\r\nQUIT']])('%j is no header', (text) => {
  expect(dissect(latin1(text))[0]?.protocols).toBe('eth:ethertype:ip:tcp:data');
});

test.each([
  ['1.2.3.4', '01020304'], ['1.2.3', null], ['1.2.3.256', null], ['1.2.3.x', null],
])('IPv4 %s', (text, expected) => {
  const bytes = parseIpv4(text);
  expect(bytes === null ? null : hexText(bytes, 0, 4)).toBe(expected);
});

test.each([
  ['::', '00'.repeat(16)], ['2001:db8::1', '20010db8000000000000000000000001'], ['::ffff:1.2.3.4', '00000000000000000000ffff01020304'], ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['1::2::3', null], ['1:2:3', null], ['::12345', null], ['1:2:3:4:5:6:7:8::', null],
])('IPv6 %s', (text, expected) => {
  const bytes = parseIpv6(text);
  expect(bytes === null ? null : hexText(bytes, 0, 16)).toBe(expected);
});
