import { describe, expect, test } from 'vitest';
import { hex, u16 } from '../../../tools/craft/bytes.ts';
import { internetChecksum, withChecksum } from '../../../tools/craft/checksum.ts';
import { branch, bytes, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { greFrame } from './gre.fixtures.test-helper.ts';

const INNER = ipv4Packet({ protocol: 17, payload: udpDatagram('01020304'), source: '192.0.2.1' });

test('key and sequence number, whose packet comes next', () => {
  const frame = one(greFrame('3000 0800 00000007 00000009', INNER));
  expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:gre:ip:udp:data', source: '192.0.2.1' });
  expect(branch(frame, 'Generic Routing Encapsulation')).toBe(`Generic Routing Encapsulation (IP)
    Flags and Version: 0x3000
        0... .... .... .... = Checksum Bit: No
        .0.. .... .... .... = Routing Bit: No
        ..1. .... .... .... = Key Bit: Yes
        ...1 .... .... .... = Sequence Number Bit: Yes
        .... 0... .... .... = Strict Source Route Bit: No
        .... .000 .... .... = Recursion control: 0
        .... .... 0000 0... = Flags (Reserved): 0
        .... .... .... .000 = Version: GRE (0)
    Protocol Type: IP (0x0800)
    Key: 0x00000007
    Sequence Number: 9`);
});

test('the enhanced header of PPTP has a call in its key, and acknowledges', () => {
  const { values } = one(greFrame('3081 880b 0004 0018 00000002 00000001 ff03c021'));
  expect(values).toMatchObject({ 'gre.key.payload_length': ['4'], 'gre.key.call_id': ['24'], 'gre.flags.ack': ['1'], 'gre.ack_number': ['1'], 'gre.flags.version': ['1'] });
  expect(values).not.toHaveProperty('gre.key');
});

describe('checksum', () => {
  const message = bytes('8000 0800 0000 0000', INNER);

  test('a right one', () => {
    expect(one(greFrame(withChecksum(message, 4, internetChecksum(message)))).values).toMatchObject({ 'gre.checksum.status': ['1'] });
  });

  test('a wrong one is remarked on', () => {
    const { values } = one(greFrame(withChecksum(message, 4, 0x1234)));
    expect(values).toMatchObject({ 'gre.checksum': ['0x1234'], 'gre.checksum.status': ['0'] });
    expect(values).toHaveProperty('gre.checksum.incorrect');
  });

  test('none where only routes need its place', () => {
    const { values, protocols } = one(greFrame('4000 0800 1234 0000 0800 04 04 0a000001 0000 00 00', INNER));
    expect(values).toMatchObject({ 'gre.checksum.status': ['2'], 'gre.routing.information': ['0a000001'], 'gre.routing.src_length': ['4', '0'] });
    expect(protocols).toBe('eth:ethertype:ip:gre:ip:udp:data');
  });
});

test.each([
  ['0000 0000', 'Encapsulated Possible GRE keepalive packet', 'ip:gre'],
  ['0000 1234 00', 'Encapsulated 0x1234 (unknown)', 'ip:gre:data'],
  ['0000 8240 00', 'Encapsulated ARUBA WLAN', 'ip:gre:data'],
  ['2001 880b 0000 0001', 'Encapsulated PPP', 'ip:gre'],
])('%s: %s', (message, info, protocols) => {
  expect(one(greFrame(message))).toMatchObject({ info, protocol: 'GRE', protocols: `eth:ethertype:${protocols}` });
});

test('a redirected packet is told from one that only carries IPv4 under the same type', () => {
  expect(one(greFrame('0000 883e', INNER)).values).not.toHaveProperty('gre.wccp.service_id');
  expect(one(greFrame('0000 883e 03 05 06 07', INNER))).toMatchObject({
    protocols: 'eth:ethertype:ip:gre:ip:udp:data',
    values: { 'gre.wccp.dynamic_service': ['1'], 'gre.wccp.service_id': ['5'], 'gre.wccp.alternative_bucket': ['6'], 'gre.wccp.primary_bucket': ['7'] },
  });
});

test('attributes end with the one that is marked as the last', () => {
  expect(one(greFrame('0000 88d2 0102 8000 0202 c000 0302 0304 8402 4000 0102')).values).toMatchObject({
    'gre.3gpp2_attrib_id': ['0x01', '0x02', '0x03', '0x04'], 'gre.3gpp2_sdi': ['1'], 'gre.3gpp2_fci': ['1'], 'gre.3gpp2_di': ['1'], 'gre.ggp2_flow_disc': ['0304'], 'gre.ggp2_3gpp2_seg': ['0x0001'],
  });
});

test('a header that ends too early is malformed, one that the capture cut is not', () => {
  const frame = greFrame('b000 0800 1234 0000 0000');
  expect(one(frame).info).toContain('[Malformed Packet]');
  expect(one(frame, { wireLength: 200 }).tree).toContain('Malformed Packet: GRE');
  const whole = greFrame('3000 0800 00000007 00000009', INNER);
  expect(one(whole.subarray(0, 40), { wireLength: whole.length }).tree).toContain('Packet size limited during capture: GRE truncated');
});

test('Cisco MetaData names the packet that follows', () => {
  const frame = one(greFrame('0000 8909 0800 01 01 0001', u16(17), hex('45')));
  expect(frame.protocols).toBe('eth:ethertype:ip:gre:cmd:ip');
  expect(frame.values).toMatchObject({ 'cmd.type': ['0x0800'], 'cmd.sgt': ['17'], 'cmd.options': ['0x0001'] });
});
