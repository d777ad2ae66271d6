import { describe, expect, test } from 'vitest';
import { branch, ipv4Frame, one, udpDatagram } from '../internet.test-helper.ts';
import { hsrpFrame } from './vrrp.fixtures.test-helper.ts';

const HELLO = '00 00 10 03 0a 78 01 00 636973636f000000 0a000001';
const GROUP_STATE = '0128 02 00 06 04 0001 020000000009 00000064 00000bb8 00002711 0a000001 000000000000000000000000';
const SIGNATURE = '041c 01 00 0000 0a000005 00000001 000102030405060708090a0b0c0d0e0f';

test('version 1', () => {
  const frame = one(hsrpFrame(HELLO));
  expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:udp:hsrp', protocol: 'HSRP', info: 'Hello (state Active)' });
  expect(branch(frame, 'Cisco Hot')).toBe(`Cisco Hot Standby Router Protocol
    Version: 0
    Op Code: Hello (0)
    State: Active (16)
    Hellotime: Default (3)
    Holdtime: Default (10)
    Priority: 120
    Group: 1
    Reserved: 0
    Authentication Data: Default (cisco)
    Virtual IP Address: 10.0.0.1`);
});

test('version 2 is a list of parts', () => {
  const frame = one(hsrpFrame(`${GROUP_STATE} 0308 4142000000000000 ${SIGNATURE}`, 102));
  expect(frame).toMatchObject({ protocol: 'HSRPv2', info: 'Hello (state Active)' });
  expect(branch(frame, 'Cisco Hot')).toBe(`Cisco Hot Standby Router Protocol
    Group State TLV: Type=1 Len=40
        Version: 2
        Op Code: Hello (0)
        State: Active (6)
        IP Ver.: IPv4 (4)
        Group: 1
        Identifier: 02:00:00:00:00:09
        Priority: 100
        Hellotime: Default (3000)
        Holdtime: Non-Default (10001)
        Virtual IP Address: 10.0.0.1
    Text Authentication TLV: Type=3 Len=8
        Authentication Data: Non-Default (AB)
    MD5 Authentication TLV: Type=4 Len=28
        MD5 Algorithm: MD5 (1)
        Padding: 0x00
        MD5 Flags: 0
        Sender's IP Address: 10.0.0.5
        MD5 Key ID: 1
        MD5 Authentication Data: 000102030405060708090a0b0c0d0e0f`);
});

describe('the list', () => {
  test.each([
    ['01 01 08 03 0a 78 01 00 636973636f000000 0a000001', 2, 'Coup (state Standby)'],
    ['00 03 0001 000a 02 00 0001 0002 00000000', 2, 'Advertise (state Passive)'],
    ['00 09 00', 2, 'Unknown'],
    ['0204 0001 0002', 102, 'Interface State TLV (Act=1 Pass=2)'],
  ])('%s', (message, group, info) => {
    expect(one(hsrpFrame(message, group)).info).toBe(info);
  });
});

test('what follows a message of version 1 is read where it is a signature', () => {
  expect(one(hsrpFrame(`${HELLO} ${SIGNATURE}`)).values['hsrp.md5_ip_address']).toEqual(['10.0.0.5']);
  expect(one(hsrpFrame(`${HELLO} ${SIGNATURE.replace('041c', '051c')}`)).values).toHaveProperty(['hsrp.unknown_tlv']);
});

test('unknown parts stay bytes', () => {
  expect(one(hsrpFrame(`${GROUP_STATE} 0902 0102`, 102)).protocols).toBe('eth:ethertype:ip:udp:hsrp:data');
});

test('only what goes to the groups and ports of the protocol is taken for it', () => {
  const elsewhere = ipv4Frame({ protocol: 17, payload: udpDatagram(HELLO, { source: 1985, destination: 1985 }) });
  const back = ipv4Frame({ protocol: 17, destination: '224.0.0.2', payload: udpDatagram(HELLO, { source: 1985, destination: 4000 }) });
  expect([elsewhere, back].map((frame) => one(frame).protocols)).toEqual(['eth:ethertype:ip:udp', 'eth:ethertype:ip:udp:data']);
});

test('a message that ends too early is malformed', () => {
  expect(one(hsrpFrame('00 00 10 03 0a')).tree).toContain('Malformed Packet: HSRP');
});
