import { describe, expect, test } from 'vitest';
import { branch, bytes, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { switchLinkFrame } from './llc.fixtures.test-helper.ts';

const INNER = bytes(etherFrame(0x0800, ipv4Packet({ protocol: 17, payload: udpDatagram('0102') })), '01020304');

describe('Inter-Switch Link', () => {
  test('a frame around a frame, whose checksum it keeps', () => {
    const frame = one(bytes(switchLinkFrame(INNER), 'deadbeef'));
    expect(frame).toMatchObject({ protocols: 'eth:eth:ethertype:ip:udp:data', values: { 'isl.vlan_id': ['5'], 'isl.len': ['60'], 'eth.fcs': ['0xdeadbeef', '0x01020304'] } });
    expect(branch(frame, 'Inter-Switch Link')).toContain(`Inter-Switch Link, VLAN ID: 5
    Destination: 01:00:0c:00:00:00
        0000 .... = Type: Ethernet (0)
        .... ..00 = User: Normal Priority (0)
    Source: 02:00:00:00:00:09
    Length: 60`);
  });

  test('frames of other kinds are left alone', () => {
    expect(one(switchLinkFrame('0102', 3))).toMatchObject({ protocols: 'eth:data', protocol: 'ISL', info: 'VLAN ID: 5', values: { 'isl.type': ['3'], 'isl.user': ['0x00'] } });
  });

  test('half a header', () => {
    expect(one(bytes('01000c0000 00 020000000009 0010 aaaa')).info).toBe('[Malformed Packet]');
  });
});
