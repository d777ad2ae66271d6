import { describe, expect, test } from 'vitest';
import { branch, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { attribute, controlMessage, tunnelled } from './l2tp.fixtures.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

describe('L2TP', () => {
  test('a control message, attribute by attribute', () => {
    const frame = one(controlMessage('000a', attribute(14, '0005'), attribute(7, '6162', 0xc0)));
    expect(frame).toMatchObject({ protocol: 'L2TP', info: 'Control Message - ICRQ (tunnel id=1, session id=2)' });
    expect(branch(frame, 'Layer 2 Tunneling')).toBe(`Layer 2 Tunneling Protocol
    Flags: 0xc802
        1... .... .... .... = Type: Control Message (1)
        .1.. .... .... .... = Length Bit: Set
        .... 1... .... .... = Sequence Bit: Set
        .... ..0. .... .... = Offset bit: Not set
        .... ...0 .... .... = Priority: Not set
        .... .... .... 0010 = Version: 2
    Length: 36
    Tunnel ID: 1
    Session ID: 2
    Ns: 3
    Nr: 4
    Control Message AVP
        1... .... .... .... = Mandatory: Set
        .0.. .... .... .... = Hidden: Not set
        .... ..00 0000 1000 = Length: 8
        Vendor ID: 0
        AVP Type: Control Message (0)
        Message Type: Incoming_Call_Request (10)
    Assigned Session AVP
        1... .... .... .... = Mandatory: Set
        .0.. .... .... .... = Hidden: Not set
        .... ..00 0000 1000 = Length: 8
        Vendor ID: 0
        AVP Type: Assigned Session (14)
        Assigned Session ID: 5
    Host Name AVP
        1... .... .... .... = Mandatory: Set
        .1.. .... .... .... = Hidden: Set
        .... ..00 0000 1000 = Length: 8`);
  });

  test.each([
    ['PPP in its framing', '0002 0001 0002 ff030021', 'eth:ethertype:ip:udp:l2tp:ppp:ip:udp:data'],
    ['PPP without framing, behind padding', '0202 0001 0002 0002 aabb 21', 'eth:ethertype:ip:udp:l2tp:ppp:ip:udp:data'],
    ['version 3', '0003 0000 00000007', 'eth:ethertype:ip:udp:l2tp:data'],
    ['another version', '0001 0001 0002', 'eth:ethertype:ip:udp:data'],
  ])('%s', (_, header, protocols) => {
    expect(one(tunnelled(header, PACKET)).protocols).toBe(protocols);
  });

  test.each([
    ['no body', tunnelled('c802 000c 0001 0002 0003 0004'), 'Control Message - ZLB      (tunnel id=1, session id=2)'],
    ['version 3', tunnelled('c803 0014 00000005 0001 0002', attribute(0, '0006')), 'Control Message - Hello (ccid=0x00000005)'],
    ['data without payload', tunnelled('0002 0001 0002'), 'Data    Message            (tunnel id=1, session id=2)'],
    ['an unknown message', controlMessage('0063'), 'Control Message - Unknown (99) (tunnel id=1, session id=2)'],
    ['half a header', tunnelled('0002 0001'), '[Malformed Packet]'],
    ['an attribute cut off', controlMessage('0001', '8004'), 'Control Message - SCCRQ (tunnel id=1, session id=2)[Malformed Packet]'],
  ])('%s', (_, frame, info) => {
    expect(one(frame).info).toBe(info);
  });

  test('an attribute shorter than its header ends the message', () => {
    expect(one(controlMessage('0001', '8002 0000 0001', attribute(14, '0005'))).values).toMatchObject({ 'l2tp.avp_length.bad': ['1'], 'l2tp.avp.length': ['8', '2'] });
  });
});
