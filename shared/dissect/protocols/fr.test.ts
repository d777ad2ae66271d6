import { describe, expect, test } from 'vitest';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch, bytes, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { CIRCUIT, CISCO_HDLC, FRAME_RELAY } from './fr.fixtures.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

function relayed(...parts: readonly (string | Uint8Array)[]): DissectedFrame {
  return one(bytes(...parts), { linkType: FRAME_RELAY });
}

describe('Frame Relay', () => {
  test('address, control and NLPID', () => {
    const frame = relayed('1c4f', '03cc', PACKET);
    expect(frame).toMatchObject({ protocols: 'fr:ip:udp:data', protocol: 'UDP' });
    expect(branch(frame, 'Frame Relay')).toBe(`Frame Relay, DLCI: 116
    First address octet: 0x1c
        0001 11.. = Upper DLCI: 0x07
        .... ..0. = CR: Command
        .... ...0 = EA: More Follows
    Second address octet: 0x4f
        0100 .... = Second DLCI: 0x04
        .... 1... = FECN: Yes
        .... .1.. = BECN: Yes
        .... ..1. = DE: Yes
        .... ...1 = EA: Last Octet
    [DLCI: 116]
    Control field: U, func=UI (0x03)
        000. 00.. = Command: Unnumbered Information (0x00)
        .... ..11 = Frame type: Unnumbered frame (0x03)
    NLPID: IP (0xcc)`);
  });

  test.each([
    ['three bytes', '1840 11', '6404'],
    ['four bytes', '1840 10 11', '819716'],
    ['four bytes, the last of control', '1840 10 13', '12808'],
  ])('an address of %s', (_, address, circuit) => {
    expect(relayed(address, '03cc', PACKET)).toMatchObject({ protocols: 'fr:ip:udp:data', values: { 'fr.dlci': [circuit] } });
  });

  test.each([
    ['padding before SNAP', '030080 000000 0806', 'fr:arp', { 'fr.nlpid': ['0x00', '0x80'], 'fr.snap.oui': ['0'], 'fr.snaptype': ['0x0806'] }],
    ['a number nobody knows', '0399 01', 'fr:data', { 'fr.nlpid': ['0x99'] }],
    ['Cisco\'s type in place of control', '2000 01', 'fr:data', { 'fr.chdlctype': ['0x2000'] }],
    ['neither', '9999 01', 'fr:data', { 'data.data': ['999901'] }],
  ])('%s', (_, content, protocols, values) => {
    const frame = relayed(CIRCUIT, content);
    expect(frame.protocols.replace(/:cdp$/, ':data')).toBe(protocols);
    expect(frame.values).toMatchObject(values);
  });

  test.each([['', 'FR', '[Malformed Packet]'], ['18', 'FR', '[Malformed Packet]'], ['1841', 'FR', 'DLCI 100[Malformed Packet]'], ['1841 03', 'FR', 'DLCI 100, U, func=UI[Malformed Packet]']])('cut off after "%s"', (content, protocol, info) => {
    expect(relayed(content)).toMatchObject({ protocol, info });
  });
});

describe('signalling on circuit 0', () => {
  test.each([
    ['information', '0001 0204 0801', 'DLCI 0, I, N(R)=2, N(S)=1', { 'fr.control': ['0x02'], 'fr.control.n_r': ['2'], 'fr.control.n_s': ['1'], 'fr.control.ftype': ['0x0000'] }],
    ['ready, the last of an answer', '0201 0103', 'DLCI 0, S F, func=RR, N(R)=1', { 'fr.control.n_r': ['1'], 'fr.control.f': ['1'], 'fr.control.s_ftype': ['0x0000'], 'fr.control.ftype': ['0x0001'] }],
    ['not ready', '0001 0504', 'DLCI 0, S, func=RNR, N(R)=2', { 'fr.control.s_ftype': ['0x0001'] }],
    ['a beginning', '0001 7f', 'DLCI 0, U P, func=SABME', { 'fr.control.p': ['1'], 'fr.control.u_modifier_cmd': ['0x1b'], 'fr.control.ftype': ['0x03'] }],
    ['half a number', '0001 00', 'DLCI 0[Malformed Packet]', {}],
  ])('%s', (_, frame, info, values) => {
    expect(one(bytes(frame), { linkType: FRAME_RELAY })).toMatchObject({ info, values });
  });

  test.each([['numbered', '2200', { 'fr.control.n_s': ['17'] }], ['unnumbered', '7f', { 'fr.control.p': ['1'] }]])('on another circuit, where it is known what follows: %s', (_, control, values) => {
    expect(one(bytes(CIRCUIT, control, 'cc', PACKET), { linkType: FRAME_RELAY })).toMatchObject({ protocols: 'fr:ip:udp:data', values: { ...values, 'fr.nlpid': ['0xcc'] } });
  });

  test('another circuit has no such numbers', () => {
    expect(one(bytes(CIRCUIT, '0204 9901'), { linkType: FRAME_RELAY }).values['fr.control']).toBeUndefined();
    expect(one(bytes(CIRCUIT, '7f'), { linkType: FRAME_RELAY }).protocols).toBe('fr:data');
  });
});

describe('Cisco HDLC', () => {
  test.each([
    ['IP', bytes('0f000800', PACKET), 'chdlc:ip:udp:data', 'UDP'],
    ['an unknown type', bytes('0f009999 01'), 'chdlc:data', '0x9999'],
    ['half a header', bytes('0f00'), 'chdlc', 'CHDLC'],
  ])('%s', (_, frame, protocols, protocol) => {
    expect(one(frame, { linkType: CISCO_HDLC })).toMatchObject({ protocols, protocol });
  });

  test('padding before OSI', () => {
    expect(one(bytes('0f00fefe 0383'), { linkType: CISCO_HDLC }).values['chdlc.clns_padding']).toEqual(['0x03']);
  });

  test.each([
    ['a request', '00000000 0a000001 ffffff00', 'Request, from 10.0.0.1, mask 255.255.255.0'],
    ['a keepalive', '00000002 00000005 00000004 ffff', 'Line keepalive, outgoing sequence 5, returned sequence 4'],
    ['a type nobody knows', '00000009 01', 'Unknown packet type 0x00000009'],
    ['half a keepalive', '00000002 00000005', '[Malformed Packet]'],
  ])('SLARP: %s', (_, content, info) => {
    expect(one(bytes('8f008035', content), { linkType: CISCO_HDLC })).toMatchObject({ protocol: 'SLARP', info });
  });
});
