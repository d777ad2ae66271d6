import { expect, test } from 'vitest';
import { branch, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { tunnelFrame } from './vxlan.fixtures.test-helper.ts';

const IPV4 = ipv4Packet({ protocol: 17, payload: udpDatagram('01020304') });

test('options, critical ones and ones with reserved bits', () => {
  const frame = one(tunnelFrame(6081, '05 c0 0800 00abcd 12 0102 81 02 0102030405060708 fff1 03 e1 01020304', IPV4));
  expect(frame.protocols).toBe('eth:ethertype:ip:udp:geneve:ip:udp:data');
  expect(branch(frame, 'Generic Network')).toBe(`Generic Network Virtualization Encapsulation, VNI: 0x00abcd, OAM
    Version: 0
    Length: 20 bytes
    Flags: 0xc0, Operations, Administration and Management Frame, Critical Options Present
        1... .... = Operations, Administration and Management Frame: True
        .1.. .... = Critical Options Present: True
        ..00 0000 = Reserved: False
    Protocol Type: IPv4 (0x0800)
    Virtual Network Identifier (VNI): 0x00abcd (43981)
    Reserved: 0x12
    Options: (20 bytes)
        Unknown, Class: Open Virtual Networking (OVN) (0x0102) Type: 0x81 (Critical)
            Class: Open Virtual Networking (OVN) (0x0102)
            Type: 0x81 (Critical)
            Length: 12 bytes
            Unknown Option Data: 0102030405060708
        Unknown, Class: Experimental (0xfff1) Type: 0x03 (Non-critical)
            Class: Experimental (0xfff1)
            Type: 0x03 (Non-critical)
            Flags: 0x07 (RSVD)
                111. .... = Reserved: True
            Length: 8 bytes
            Unknown Option Data: 01020304`);
});

test('what Google Cloud adds', () => {
  const { values } = one(tunnelFrame(6081, '08 00 0800 000001 00 0132 01 01 0000123f 0132 02 02 0000000000000005 0132 03 02 0000000000000009', IPV4));
  expect(values).toMatchObject({
    'geneve.option.gcp.vnid': ['291'], 'geneve.option.gcp.direction': ['1'], 'geneve.option.gcp.reserved': ['1'],
    'geneve.option.gcp.endpoint': ['0000000000000005'], 'geneve.option.gcp.profile': ['9'],
  });
});

test('an Ethernet frame', () => {
  expect(one(tunnelFrame(6081, '00 00 6558 000001 00', etherFrame(0x0800, IPV4))).protocols).toBe('eth:ethertype:ip:udp:geneve:eth:ethertype:ip:udp:data');
});

test('an option longer than all of them together is remarked on, and the payload still read', () => {
  const { values, protocols } = one(tunnelFrame(6081, '02 00 0800 000001 00 0102 01 03 01020304', IPV4));
  expect(values).toHaveProperty(['geneve.option.length.invalid']);
  expect(protocols).toBe('eth:ethertype:ip:udp:geneve:ip:udp:data');
});

test('an unknown type is named in the list', () => {
  expect(one(tunnelFrame(6081, '00 00 1234 000001 00 0102'))).toMatchObject({ info: 'Encapsulated 0x1234 (unknown)', protocol: 'Geneve' });
});

test('another version is remarked on', () => {
  expect(one(tunnelFrame(6081, '40 00 0800 000001 00', IPV4)).values).toHaveProperty(['geneve.version.unknown']);
});

test('options that the packet has not room for are malformed', () => {
  expect(one(tunnelFrame(6081, '3f 00 0800 000001 00 0102')).tree).toContain('Malformed Packet: Geneve');
});
