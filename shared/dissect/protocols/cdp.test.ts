import { describe, expect, test } from 'vitest';
import { branch, one } from '../internet.test-helper.ts';
import { cdpFrame, cdpTlv } from './cdp.fixtures.test-helper.ts';

describe('CDP', () => {
  test('who is there, field by field', () => {
    const frame = one(cdpFrame('88f4', cdpTlv('0001', '737731'), cdpTlv('0003', '4661302f31'), cdpTlv('000a', '0064')));
    expect(frame).toMatchObject({ protocols: 'eth:llc:cdp', protocol: 'CDP', info: 'Device ID: sw1  Port ID: Fa0/1  ' });
    expect(branch(frame, 'Cisco Discovery').replace(/    Checksum: 0x.*\n(.*Expert.*\n)?.*Status.*\n/, '')).toBe(`Cisco Discovery Protocol
    Version: 2
    TTL: 180 seconds
    Device ID: sw1
        Type: Device ID (0x0001)
        Length: 7
        Device ID: sw1
    Port ID: Fa0/1
        Type: Port ID (0x0003)
        Length: 9
        Sent through Interface: Fa0/1
    Native VLAN: 100
        Type: Native VLAN (0x000a)
        Length: 6
        Native VLAN: 100`);
  });

  // 02b4 + 0001 + 0005 + 73.. added by hand, the last byte as Cisco does it.
  test.each([
    ['even', '8a13', cdpTlv('0001', '7331'), '1'],
    ['odd', 'fdd2', cdpTlv('0001', '73'), undefined],
    ['odd and negative', '8a21', cdpTlv('0001', '7331f1'), '1'],
    ['wrong', '1234', cdpTlv('0001', '7331'), '0'],
  ])('checksum: %s', (name, checksum, content, status) => {
    const { values } = one(cdpFrame(checksum, content));
    if (status !== undefined) expect(values['cdp.checksum.status']).toEqual([status]);
    expect(values['cdp.bad_checksum'], name).toEqual(values['cdp.checksum.status']?.[0] === '0' ? ['1'] : undefined);
  });

  test.each([
    ['addresses', '0002', '00000002 01 01 cc 0004 0a000001 02 08 aaaa0300000086dd 0010 20010db8000000000000000000000001', { 'cdp.nrgyz.ip_address': ['10.0.0.1'], 'cdp.nrgyz.ipv6_address': ['2001:db8::1'] }],
    ['capabilities', '0004', '00000029', { 'cdp.capabilities': ['0x00000029'], 'cdp.capabilities.router': ['1'], 'cdp.capabilities.switch': ['1'], 'cdp.capabilities.host': ['0'] }],
    ['software, line by line', '0005', '494f530a3132', { 'cdp.software_version': ['IOS', '12'] }],
    ['a gateway', '0007', '0a000001', { 'cdp.odr_default_gateway': ['10.0.0.1'] }],
    ['prefixes', '0007', '0a000000 18 0b000000 10', { 'cdp.ip_prefix': ['10.0.0.0', '11.0.0.0'] }],
    ['cluster', '0008', '00000c 0112 0a000001 0a000002 01 02 03 00 020000000001 020000000002 ff 0001', { 'cdp.cluster.master_ip': ['10.0.0.1'], 'cdp.cluster.unknown': ['0x00', '0xff'], 'cdp.cluster.management_vlan': ['1'] }],
    ['power', '0019', '0001 0002 00000064 000000c8', { 'cdp.power_requested': ['100', '200'] }],
    ['an unknown type', '9999', 'aabb', { 'cdp.data': ['aabb'] }],
  ])('%s', (_, type, content, values) => {
    expect(one(cdpFrame('0000', cdpTlv(type, content))).values).toMatchObject(values);
  });

  test.each([
    ['a TLV shorter than its header', '0001 0002 aa', '', 'eth:llc:cdp:data'],
    ['a TLV longer than the message', '0001 0040 6162', '[Malformed Packet]', 'eth:llc:cdp'],
    ['half a TLV', '0001', '[Malformed Packet]', 'eth:llc:cdp'],
  ])('%s', (_, content, info, protocols) => {
    expect(one(cdpFrame('0000', content))).toMatchObject({ info, protocols });
  });
});
