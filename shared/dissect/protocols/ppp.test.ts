import { describe, expect, test } from 'vitest';
import { branch, bytes, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { control, PPP_LINK, PPP_WITH_DIRECTION } from './ppp.fixtures.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

function line(frame: Uint8Array, linkType = PPP_LINK): DissectedFrame {
  return one(frame, { linkType });
}

describe('PPP', () => {
  test.each([
    ['address, control and two bytes of protocol', bytes('ff030021', PACKET), 'ppp:ip:udp:data', 'UDP'],
    ['nothing but a short protocol number', bytes('21', PACKET), 'ppp:ip:udp:data', 'UDP'],
    ['another control byte', bytes('ff04c02101010004'), 'ppp:lcp', 'PPP LCP'],
    ['a protocol nobody knows', bytes('0041616263'), 'ppp:data', '0x0041'],
    ['an address alone', bytes('ff'), 'ppp', 'PPP'],
    ['half a protocol number', bytes('c0'), 'ppp', 'PPP'],
  ])('%s', (_, frame, protocols, protocol) => {
    expect(line(frame)).toMatchObject({ protocols, protocol });
  });

  test('an unknown protocol is named in the list', () => {
    expect(line(bytes('0041616263')).info).toBe('PPP Cisco Systems (0x0041)');
    expect(line(bytes('40fd616263')).info).toBe('PPP Unknown (0x40fd)');
  });

  test.each([[0, 'DCE', 'DTE', '1'], [1, 'DTE', 'DCE', '0']])('direction byte %i', (byte, source, destination, direction) => {
    const frame = line(bytes(Uint8Array.of(byte), 'c02101010004'), PPP_WITH_DIRECTION);
    expect(frame).toMatchObject({ source, destination, protocols: 'ppp:lcp', values: { 'ppp.direction': [direction], 'frame.p2p_dir': [direction], 'frame.len': ['6'] } });
  });
});

describe('LCP', () => {
  test('a request, option by option', () => {
    const frame = line(control('c021', '01', '0104 05dc 0305 c22305 0506 01020304 0702'));
    expect(frame).toMatchObject({ protocol: 'PPP LCP', info: 'Configuration Request' });
    expect(branch(frame, 'PPP Link Control Protocol')).toBe(`PPP Link Control Protocol: Configuration Request
    Code: Configuration Request (1)
    Identifier: 7 (0x7)
    Length: 21
    Options: (17 bytes), Maximum Receive Unit, Authentication Protocol, Magic Number, Protocol Field Compression
        Maximum Receive Unit: 1500
            Type: Maximum Receive Unit (1)
            Length: 4
            Maximum Receive Unit: 1500
        Authentication Protocol: Challenge Handshake Authentication Protocol (0xc223)
            Type: Authentication Protocol (3)
            Length: 5
            Authentication Protocol: Challenge Handshake Authentication Protocol (0xc223)
            Algorithm: CHAP with MD5 (5)
        Magic Number: 0x01020304
            Type: Magic Number (5)
            Length: 6
            Magic Number: 0x01020304
        Protocol Field Compression
            Type: Protocol Field Compression (7)
            Length: 2`);
  });

  test.each([
    ['too short for its kind', '0102', 'Maximum Receive Unit (with option length = 2 bytes; should be 4)'],
    ['shorter than its own header', '0501', 'Magic Number (with too-short option length = 1 byte)'],
    ['longer than the message', '0509 0102', 'Magic Number (option length = 9 bytes says option goes past end of options)'],
    ['no length at all', '05', 'Magic Number (length byte past end of options)'],
  ])('an option that is %s', (_, options, words) => {
    const { tree, values } = line(control('c021', '01', options));
    expect(values['ppp.opt.len.invalid']).toEqual(['1']);
    expect(tree).toContain(`        ${words}\n`);
  });

  test('an option after a wrong one is read', () => {
    expect(line(control('c021', '01', '0102 0506 0a0b0c0d')).values['lcp.opt.magic_number']).toEqual(['0x0a0b0c0d']);
  });

  test('control characters that are to be escaped', () => {
    expect(line(control('c021', '01', '0206 000a0000')).tree).toContain('Async Control Character Map: 0x000a0000 (DC1 (XON), DC3 (XOFF))');
    expect(line(control('c021', '01', '0206 ffffffff')).tree).toContain('Async Control Character Map: 0xffffffff (All)');
  });

  test('a rejected protocol is shown, but the list stays with the reject', () => {
    const frame = line(control('c021', '08', '8021 0101000a 0306 0a000001'));
    expect(frame).toMatchObject({ protocols: 'ppp:lcp:ipcp', protocol: 'PPP LCP', info: 'Protocol Reject', values: { 'lcp.rej_proto': ['0x8021'], 'ipcp.opt.ip_address': ['10.0.0.1'] } });
  });

  test.each([
    ['echo request', '09', '01020304 aabb', { 'lcp.magic_number': ['0x01020304'], 'lcp.data': ['aabb'] }],
    ['identification', '0c', '01020304 6869', { 'lcp.magic_number': ['0x01020304'], 'lcp.message': ['hi'] }],
    ['time remaining', '0d', '01020304 0000003c 6869', { 'lcp.secs_remaining': ['60'], 'lcp.message': ['hi'] }],
    ['vendor specific', '00', '01020304 00000c 05 aa', { 'ppp.magic_number': ['0x01020304'], 'ppp.oui': ['12'], 'ppp.kind': ['5'], 'ppp.data': ['aa'] }],
    ['a code nobody knows', '2a', 'aabb', { 'ppp.data': ['aabb'] }],
  ])('%s', (_, code, body, values) => {
    expect(line(control('c021', code, body)).values).toMatchObject(values);
  });

  test('a length beyond the frame', () => {
    expect(line(bytes('c021 01 01 0040 0104 05dc')).info).toBe('Configuration Request[Malformed Packet]');
  });
});

describe('control protocols of the network', () => {
  test('IPCP: addresses and name servers', () => {
    expect(line(control('8021', '03', '0306 0a000001 8106 08080808 8306 08080404')).values).toMatchObject({
      'ipcp.opt.type': ['3', '129', '131'], 'ipcp.opt.ip_address': ['10.0.0.1'], 'ipcp.opt.pri_dns_address': ['8.8.8.8'], 'ipcp.opt.sec_dns_address': ['8.8.4.4'],
    });
  });

  test('IPCP: header compression with options of its own', () => {
    const { values, tree } = line(control('8021', '01', '0214 0061 000f 00ff 0100 0005 00a8 0102 0303 02 05'));
    expect(values).toMatchObject({ 'ipcp.opt.tcp_space': ['15'], 'ipcp.opt.max_header': ['168'], 'ipcp.opt.iphc.type': ['1', '3'], 'ipcp.opt.iphc.param': ['2'] });
    expect(tree).toContain('Suboptions: (6 bytes), RTP compression (RFC2508), Negotiating header compression (RFC3545)');
  });

  test('IPV6CP: the interface identifier', () => {
    expect(line(control('8057', '01', '010a 0102030405060708')).values).toMatchObject({ 'ipv6cp.opt.interface_identifier': ['010a0102030405060708'], 'ipv6cp.interface_identifier': ['0102030405060708'] });
  });

  test('CCP: encryption and compression', () => {
    expect(line(control('80fd', '01', '1206 01000040 1a04 7800')).values).toMatchObject({ 'ccp.opt.supported_bits.h': ['1'], 'ccp.opt.supported_bits.s': ['1'], 'ccp.opt.supported_bits.c': ['0'], 'ccp.opt.window': ['7'], 'ccp.opt.method': ['8'] });
    expect(line(control('80fd', '0e', '0102')).info).toBe('Reset Request');
  });
});

describe('authentication', () => {
  test('PAP: name and password in the list', () => {
    expect(line(control('c023', '01', '03 616263 02 7077'))).toMatchObject({ protocol: 'PPP PAP', info: 'Authenticate-Request (Peer-ID=\'abc\', Password=\'pw\')', values: { 'pap.peer_id': ['abc'], 'pap.password': ['pw'] } });
    expect(line(control('c023', '03', '02 6e6f')).info).toBe('Authenticate-Nak (Message=\'no\')');
  });

  test('PAP: a name that is longer than the message', () => {
    expect(line(control('c023', '01', '09 6162')).info).toBe('Authenticate-Request[Malformed Packet]');
  });

  test('PAP: an answer whose length leaves out what it says', () => {
    expect(line(bytes('ff03c02302010004026f6b')).values['pap.message']).toEqual(['ok']);
    expect(line(bytes('ff03c02302010004')).info).toBe('Authenticate-Ack[Malformed Packet]');
  });

  test('CHAP: challenge and outcome', () => {
    expect(line(control('c223', '01', '03 010203 6e616d'))).toMatchObject({ info: 'Challenge (NAME=\'nam\', VALUE=0x010203)', values: { 'chap.value': ['010203'], 'chap.name': ['nam'] } });
    expect(line(control('c223', '04', '6e6f')).info).toBe('Failure (MESSAGE=\'no\')');
  });

  test('CHAP: a value that is longer than the message is not believed', () => {
    const { values, info } = line(control('c223', '02', '09 0102'));
    expect(values['chap.value']).toBeUndefined();
    expect(info).toBe('Response');
  });
});

describe('PPPoE', () => {
  test('a session around an IP packet, padded by Ethernet', () => {
    const payload = bytes('0021', PACKET);
    const frame = one(etherFrame(0x8864, '1100 1234', Uint8Array.of(0, payload.length), payload, '000000000000'));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:pppoes:ppp:ip:udp:data', values: { 'pppoe.session_id': ['0x1234'], 'pppoe.payload_length': ['32'], 'data.data': ['0102'] } });
  });

  test('no framing inside of a session: ff03 is a protocol number', () => {
    expect(one(etherFrame(0x8864, '1100 1234 0004 ff03 c021')).protocols).toBe('eth:ethertype:pppoes:ppp:data');
  });

  test('an offer, tag by tag', () => {
    const frame = one(etherFrame(0x8863, '1107 0000 0016 0102 0002 6163 0101 0000 0105 0006 00000001 aabb'));
    expect(frame).toMatchObject({ protocol: 'PPPoED', info: 'Active Discovery Offer (PADO) AC-Name=\'ac\'' });
    expect(branch(frame, 'PPP-over-Ethernet Discovery')).toBe(`PPP-over-Ethernet Discovery
    0001 .... = Version: 1
    .... 0001 = Type: 1
    Code: Active Discovery Offer (PADO) (0x07)
    Session ID: 0x0000
    Payload Length: 22
    PPPoE Tags
        AC-Name: ac
        Vendor id: 00:00:01
        Vendor unspecified: aabb`);
  });

  test('the end tag ends the list, whatever follows', () => {
    expect(one(etherFrame(0x8863, '1109 0000 000c 0000 0000 0103 0004 01020304')).values['pppoed.tags.host_uniq']).toBeUndefined();
  });

  test('a tag that reaches beyond the payload', () => {
    expect(one(etherFrame(0x8863, '1109 0000 0006 0103 0009 0102')).info).toBe('Active Discovery Initiation (PADI)[Malformed Packet]');
  });
});
