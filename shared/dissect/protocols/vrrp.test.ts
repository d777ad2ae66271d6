import { describe, expect, test } from 'vitest';
import { branch, one } from '../internet.test-helper.ts';
import { vrrp2, vrrp3 } from './vrrp.fixtures.test-helper.ts';

test('version 2', () => {
  const frame = one(vrrp2('21 01 64 02 01 01 0000 0a000009 0a00000a 6162636400000000'));
  expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:vrrp', protocol: 'VRRP', info: 'Announcement (v2)' });
  expect(branch(frame, 'Virtual Router')).toBe(`Virtual Router Redundancy Protocol
    Version 2, Packet type 1 (Advertisement)
        0010 .... = VRRP protocol version: 2
        .... 0001 = VRRP packet type: Advertisement (1)
    Virtual Rtr ID: 1
    Priority: 100 (Default priority for a backup VRRP router)
    Addr Count: 2
    Auth Type: Simple Text Authentication [RFC 2338] / Reserved [RFC 3768] (1)
    Adver Int: 1
    Checksum: 0xa121 [correct]
    [Checksum Status: Good (1)]
    IP Address: 10.0.0.9
    IP Address: 10.0.0.10
    Authentication String: abcd`);
});

test('version 3 counts the IPv6 header in its checksum and its interval in hundredths', () => {
  const { values, info } = one(vrrp3('31 01 ff 01 f064 e2ed fe80000000000000000000000000000a'));
  expect(info).toBe('Announcement (v3)');
  expect(values).toMatchObject({ 'vrrp.reserved_mbz': ['15'], 'vrrp.short_adver_int': ['100'], 'vrrp.ipv6_addr': ['fe80::a'], 'vrrp.checksum.status': ['1'] });
});

describe('priority in words', () => {
  test.each([
    ['00', '0 (Current Master has stopped participating in VRRP)'],
    ['64', '100 (Default priority for a backup VRRP router)'],
    ['65', '101 (Non-default backup priority)'],
    ['ff', '255 (This VRRP router owns the virtual router\'s IP address(es))'],
  ])('%s', (priority, words) => {
    expect(one(vrrp2(`21 01 ${priority} 01 00 01 0000 0a000009`)).tree).toContain(`Priority: ${words}`);
  });
});

test('a wrong checksum is remarked on', () => {
  const { values } = one(vrrp3('31 01 64 01 0064 1234 fe80000000000000000000000000000a'));
  expect(values['vrrp.checksum.status']).toEqual(['0']);
  expect(values).toHaveProperty(['vrrp.checksum_bad.expert']);
});

test('Cisco\'s signature stands behind an empty password', () => {
  expect(one(vrrp2('21 01 64 01 fe 01 0000 0a000009 0000000000000000 000102030405060708090a0b0c0d0e0f')).values['vrrp.md5_auth_data']).toEqual(['000102030405060708090a0b0c0d0e0f']);
});

test('addresses that are not there are malformed, those that the capture cut are not', () => {
  const frame = vrrp2('21 01 64 02 00 01 0000 0a000009');
  expect(one(frame).tree).toContain('Malformed Packet: VRRP');
  const whole = vrrp2('21 01 64 02 00 01 0000 0a000009 0a00000a');
  expect(one(whole.subarray(0, whole.length - 2), { wireLength: whole.length }).tree).toContain('Packet size limited during capture: VRRP truncated');
});
