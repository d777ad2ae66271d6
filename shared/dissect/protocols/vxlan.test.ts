import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { datagram, TcpFrames } from '../frames.test-helper.ts';
import { branch, bytes, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { tunnelFrame } from './vxlan.fixtures.test-helper.ts';

const IPV4 = ipv4Packet({ protocol: 17, payload: udpDatagram('01020304'), source: '192.0.2.99' });
const FRAME = etherFrame(0x0800, IPV4);

describe('VXLAN', () => {
  test('carries a frame', () => {
    const frame = one(tunnelFrame(4789, '8848 0123 000001 00', FRAME));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:udp:data', source: '192.0.2.99' });
    expect(branch(frame, 'Virtual eXtensible')).toBe(`Virtual eXtensible Local Area Network
    Flags: 0x8848, GBP Extension, VXLAN Network ID (VNI), Don't Learn, Policy Applied
        1... .... .... .... = GBP Extension: Defined
        .... 1... .... .... = VXLAN Network ID (VNI): True
        .... .... .1.. .... = Don't Learn: True
        .... .... .... 1... = Policy Applied: True
        .000 .000 0.00 .000 = Reserved(R): 0x0000
    Group Policy ID: 291
    VXLAN Network Identifier (VNI): 1
    Reserved: 0`);
  });

  test('conversations inside have numbers of their own', () => {
    const inside = new TcpFrames(80);
    const frames = inside.frames.map((frame) => datagram('up', 4789, bytes('0800 0000 000001 00', frame)));
    const shown = dissectFrames(frames);
    expect(shown.map(({ values }) => [values['udp.stream'], values['tcp.stream']])).toEqual([[['0'], ['0']], [['0'], ['0']], [['0'], ['0']]]);
    expect(shown[1]?.info).toBe('80 → 40000 [SYN, ACK] Seq=0 Ack=1 Win=502 Len=0');
  });

  test('a frame inside has no checksum of its own behind it', () => {
    expect(one(tunnelFrame(4789, '0800 0000 000001 00', FRAME, new Uint8Array(30))).values).not.toHaveProperty('eth.fcs');
  });

  test('a header that ends too early is malformed', () => {
    expect(one(tunnelFrame(4789, '0800 0000 00')).tree).toContain('Malformed Packet: VXLAN');
  });
});

describe('VXLAN-GPE', () => {
  test('says what it carries, and Wireshark leaves it out of the list of protocols', () => {
    const frame = one(tunnelFrame(4790, '0c 0000 01 000007 00', IPV4));
    expect(frame.protocols).toBe('eth:ethertype:ip:udp:ip:udp:data');
    expect(frame.values).toMatchObject({ 'vxlan.ver': ['0'], 'vxlan.i_bit': ['1'], 'vxlan.p_bit': ['1'], 'vxlan.o_bit': ['0'], 'vxlan.next_proto': ['1'], 'vxlan.vni': ['7'] });
  });

  test('an unknown payload stays bytes', () => {
    expect(one(tunnelFrame(4790, '0c 0000 09 000007 00 0102'))).toMatchObject({ protocols: 'eth:ethertype:ip:udp:data', protocol: 'VxLAN' });
  });
});
