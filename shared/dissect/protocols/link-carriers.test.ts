import { describe, expect, test } from 'vitest';
import { branch, bytes, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { ARCNET_BSD, ARCNET_LINUX, attribute, ipxPacket, LOGGED, NFLOG, ringFrame, TOKEN_RING } from './link-carriers.fixtures.test-helper.ts';
import { lengthFrame } from './llc.fixtures.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

describe('Token Ring', () => {
  test('over bridges, field by field', () => {
    const frame = one(ringFrame('40', 'f0f003', true), { linkType: TOKEN_RING });
    expect(frame).toMatchObject({ protocols: 'tr:llc', source: '82:00:5a:50:17:5b', destination: '00:04:ac:76:91:6a' });
    expect(frame.values).toMatchObject({ 'tr.src': ['82:00:5a:50:17:5b', '02:00:5a:50:17:5b'], 'tr.rif.ring': ['0x0001', '0x0002', '0x0003'], 'tr.rif.bridge': ['0x01', '0x02'] });
    expect(branch(frame, 'Token-Ring')).toBe(`Token-Ring
    Access Control: 0x10
        000. .... = Priority: 0
        ...1 .... = Frame: Frame
        .... 0... = Monitor Count: 0
        .... .000 = Priority Reservation: 0
    Frame Control: 0x40
        01.. .... = Frame Type: LLC (1)
        .... 0000 = Frame PCF: Normal buffer (0)
    Destination: 00:04:ac:76:91:6a
    Source: 82:00:5a:50:17:5b
    Source Routed: True
    RIF Length: 8 bytes
    Broadcast Type: Non-broadcast (0)
    Maximum Frame Size: 2052 (32)
    Direction: From originating station (-->) (0)
    Ring-Bridge Pairs: 001-1-002-2-003`);
  });

  test.each([
    ['a frame of LLC', ringFrame('40', bytes('aaaa03 000000 0800', PACKET)), 'tr:llc:ip:udp:data', 'UDP'],
    ['a frame of the ring itself', ringFrame('00', '0004 0000'), 'tr:data', 'TR'],
    ['nothing behind the header', ringFrame('80', ''), 'tr', 'TR'],
  ])('%s', (_, packet, protocols, protocol) => {
    expect(one(packet, { linkType: TOKEN_RING })).toMatchObject({ protocols, protocol });
  });

  test.each([
    ['half a header', bytes('1040 0004ac76'), '[Malformed Packet]'],
    ['a way without its first bytes', bytes('1040 0004ac76916a 82005a50175b 08'), 'Token-Ring LLC[Malformed Packet]'],
    ['a way longer than the frame', bytes('1040 0004ac76916a 82005a50175b 0820 0011'), 'Token-Ring LLC[Malformed Packet]'],
  ])('%s', (_, packet, info) => {
    expect(one(packet, { linkType: TOKEN_RING })).toMatchObject({ protocols: 'tr', info });
  });
});

describe('ARCNET', () => {
  test('with the offset that Linux keeps', () => {
    const frame = one(bytes('be 50 a8e7 d4 00 0166', PACKET), { linkType: ARCNET_LINUX });
    expect(frame.protocols).toBe('arcnet:ip:udp:data');
    expect(branch(frame, 'ARCNET')).toBe(`ARCNET
    Source: 0xbe
    Dest: 0x50
    Offset: a8e7
    Protocol ID: RFC 1201 IP (0xd4)
    Split Flag: 0
    Sequence: 358`);
  });

  test('a packet that was filled up names its protocol twice', () => {
    const { protocols, values } = one(bytes('01 02 d4 ff 0000 d4 00 0001', PACKET), { linkType: ARCNET_BSD });
    expect(protocols).toBe('arcnet:ip:udp:data');
    expect(values).toMatchObject({ 'arcnet.exception_flag': ['0xff'], 'arcnet.protID': ['0xd4', '0xd4'], 'arcnet.sequence': ['1'] });
  });

  test.each([
    ['the older form of IP has no pieces', bytes('01 02 f0', PACKET), 'arcnet:ip:udp:data', 'UDP'],
    ['BACnet stands behind LLC', bytes('01 02 cd 82 82 03 01'), 'arcnet:llc:data', 'LLC'],
    ['a number that nobody knows', bytes('01 02 99 00 0001 0102'), 'arcnet:data', '0x0099'],
  ])('%s', (_, packet, protocols, protocol) => {
    expect(one(packet, { linkType: ARCNET_BSD })).toMatchObject({ protocols, protocol });
  });

  test.each(['0102', '0102d4', '0102d400'])('%s ends too early', (start) => {
    expect(one(bytes(start), { linkType: ARCNET_BSD })).toMatchObject({ protocols: 'arcnet', info: 'ARCNET[Malformed Packet]' });
  });
});

describe('NFLOG', () => {
  test('what the firewall knew, then the packet', () => {
    const frame = one(LOGGED, { linkType: NFLOG });
    expect(frame.protocols).toBe('nflog:ip:udp:data');
    expect(branch(frame, 'Linux Netfilter')).toBe(`Linux Netfilter NFLOG
    Family: IPv4 (2)
    Version: 0
    Resource id: 42
    TLV Type: NFULA_PACKET_HDR (1), Length: 8
        Length: 8
        .000 0000 0000 0001 = Type: NFULA_PACKET_HDR (1)
        HW protocol: IPv4 (0x0800)
        Netfilter hook: Local out (3)
    TLV Type: NFULA_PREFIX (10), Length: 8
        Length: 8
        .000 0000 0000 1010 = Type: NFULA_PREFIX (10)
        Prefix: OUT
    TLV Type: NFULA_IFINDEX_OUTDEV (5), Length: 8
        Length: 8
        .000 0000 0000 0101 = Type: NFULA_IFINDEX_OUTDEV (5)
        IFINDEX_OUTDEV: 2
    TLV Type: NFULA_UID (11), Length: 8
        Length: 8
        .000 0000 0000 1011 = Type: NFULA_UID (11)
        UID: 1000
    TLV Type: NFULA_TIMESTAMP (3), Length: 20
        Length: 20
        .000 0000 0000 0011 = Type: NFULA_TIMESTAMP (3)
        Timestamp: Jan 24, 2024 08:05:20.123456000 UTC
    TLV Type: NFULA_PAYLOAD (9), Length: 34
        Length: 34
        .000 0000 0000 1001 = Type: NFULA_PAYLOAD (9)
    TLV Type: NFULA_MARK (2), Length: 8
        Length: 8
        .000 0000 0000 0010 = Type: NFULA_MARK (2)
        Value: 00000007`);
  });

  test.each([
    ['IPv4 by the family', '02', '0000', 'nflog:ip:udp:data'],
    ['a bridge tells the EtherType', '07', '0800', 'nflog:ip:udp:data'],
    ['a bridge with an unknown EtherType', '07', '1234', 'nflog:data'],
    ['a family without packets', '01', '0800', 'nflog:data'],
  ])('%s', (_, family, etherType, protocols) => {
    expect(one(bytes(family, '00 0000', attribute(1, `${etherType} 00 00`), attribute(9, PACKET)), { linkType: NFLOG }).protocols).toBe(protocols);
  });

  test.each([
    ['an attribute shorter than its header ends the list', '0300 0100', ''],
    ['bytes behind the last attribute', '08', ''],
    ['an attribute longer than the packet', '2000 0100 00', '[Malformed Packet]'],
  ])('%s', (_, content, info) => {
    expect(one(bytes('02 00 0000', content), { linkType: NFLOG })).toMatchObject({ protocols: 'nflog', info });
  });
});

describe('IPX', () => {
  test('field by field', () => {
    const frame = one(etherFrame(0x8137, ipxPacket('0102')));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:ipx:data', protocol: 'IPX', info: 'Unknown (0x1234)', source: '00000002.020000000002', destination: '00000001.020000000001' });
    expect(frame.values).toMatchObject({ 'ipx.addr': ['00000002.020000000002', '00000001.020000000001'], 'ipx.socket': ['0x1234', '0x4008'] });
    expect(branch(frame, 'Internetwork')).toBe(`Internetwork Packet eXchange
    Checksum: 0xffff
    Length: 32 bytes
    Transport Control: 1 hops
    Packet Type: PEP (0x04)
    Destination Network: 0x00000001
    Destination Node: 02:00:00:00:00:01
    Destination Socket: Unknown (0x1234)
    Source Network: 0x00000002
    Source Node: 02:00:00:00:00:02
    Source Socket: Unknown (0x4008)`);
  });

  test('the length tells the carrier where its padding begins', () => {
    expect(one(etherFrame(0x8137, ipxPacket(''), '00'.repeat(16))).values['eth.padding']).toEqual(['00'.repeat(16)]);
  });

  test.each([
    ['without LLC', lengthFrame(ipxPacket('01')), 'eth:ipx:data'],
    ['without LLC, in a VLAN', etherFrame(0x8100, '0001 001f', ipxPacket('01')), 'eth:ethertype:vlan:ipx:data'],
    ['with LLC', lengthFrame('e0e003', ipxPacket('01')), 'eth:llc:ipx:data'],
    ['a message of the sender\'s socket', etherFrame(0x8137, ipxPacket('01', { from: 0x0452 })), 'eth:ethertype:ipx'],
  ])('%s', (_, packet, protocols) => {
    expect(one(packet).protocols).toBe(protocols);
  });

  test.each([
    ['a length below the header', etherFrame(0x8137, ipxPacket('01', { length: 29 }))],
    ['half a header', etherFrame(0x8137, 'ffff 001e 00')],
  ])('%s', (_, packet) => {
    expect(one(packet).values['_ws.malformed']).toEqual(['']);
  });
});
