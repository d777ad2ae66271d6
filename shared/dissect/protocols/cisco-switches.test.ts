import { describe, expect, test } from 'vitest';
import { branch, one } from '../internet.test-helper.ts';
import { cdpTlv } from './cdp.fixtures.test-helper.ts';
import { dtpFrame, udldFrame, VTP_SUMMARY, VTP_VLANS, vtpFrame } from './cisco-switches.fixtures.test-helper.ts';

describe('DTP', () => {
  test('field by field', () => {
    const frame = one(dtpFrame(cdpTlv('0001', '636973636f00'), cdpTlv('0002', '81'), cdpTlv('0003', 'a5'), cdpTlv('0004', '020000000001')));
    expect(frame).toMatchObject({ protocols: 'eth:llc:dtp', protocol: 'DTP', info: 'Dynamic Trunk Protocol' });
    expect(branch(frame, 'Dynamic Trunk')).toBe(`Dynamic Trunk Protocol: cisco
    Version: 1
    Domain
        Type: Domain (0x0001)
        Length: 10
        Domain: cisco
    Trunk Status
        Type: Trunk Status (0x0002)
        Length: 5
        Value: Trunk/On (0x81)
            1... .... = Trunk Operating Status: Trunk (0x01)
            .... .001 = Trunk Administrative Status: On (0x01)
    Trunk Type
        Type: Trunk Type (0x0003)
        Length: 5
        Value: 802.1Q/802.1Q (0xa5)
            101. .... = Trunk Operating Type: 802.1Q (0x05)
            .... .101 = Trunk Administrative Type: 802.1Q (0x05)
    Sender ID
        Type: Sender ID (0x0004)
        Length: 10
        Sender ID: 02:00:00:00:00:01`);
  });

  test.each([
    ['a length below the header', '0002 0003', { 'dtp.tlv_len.too_short': ['1'] }],
    ['a length that does not fit the type', '0002 0006 8101', { 'dtp.tlv_len.invalid': ['1'] }],
    ['half a TLV', '0002', { 'dtp.truncated': ['1'] }],
    ['an unknown type', '0009 000a 020000000001', { 'dtp.data': ['02:00:00:00:00:01'] }],
  ])('%s', (_, content, values) => {
    expect(one(dtpFrame(content)).values).toMatchObject(values);
  });

  test('a TLV longer than the message', () => {
    expect(one(dtpFrame('0002 0008 81'))).toMatchObject({ values: { '_ws.malformed': [''] } });
  });
});

describe('UDLD', () => {
  test('field by field', () => {
    const frame = one(udldFrame(cdpTlv('0001', '464f43'), cdpTlv('0002', '4661302f31'), cdpTlv('0004', '07')));
    expect(frame).toMatchObject({ protocols: 'eth:llc:udld', protocol: 'UDLD', info: 'Device ID: FOC  Port ID: Fa0/1  ' });
    expect(branch(frame, 'Unidirectional')).toBe(`Unidirectional Link Detection
    001. .... = Version: 1
    ...0 0001 = Opcode: Probe (1)
    Flags: 3
        .... ...1 = Recommended timeout: 0x01
        .... ..1. = ReSynch: 0x01
    Checksum: 0x1234
    Device ID: FOC
        Type: Device ID (0x0001)
        Length: 7
        Device ID: FOC
    Port ID: Fa0/1
        Type: Port ID (0x0002)
        Length: 9
        Sent through Interface: Fa0/1
    Type: Message interval, length: 5
        Type: Message interval (0x0004)
        Length: 5
        Data: 07`);
  });

  test('a length below the header ends the message', () => {
    const { values } = one(udldFrame('0001 0003', '0001 0007 414243'));
    expect(values['udld.tlv.len.invalid']).toEqual(['1']);
    expect(values['udld.device_id']).toBeUndefined();
  });

  test.each([
    ['half a TLV', '000100'],
    ['a TLV longer than the message', '0001 0020 aa'],
  ])('%s', (_, content) => {
    expect(one(udldFrame(content))).toMatchObject({ values: { '_ws.malformed': [''] } });
  });
});

describe('VTP', () => {
  test('summary, field by field', () => {
    const frame = one(vtpFrame('01 01 01', VTP_SUMMARY));
    expect(frame).toMatchObject({ protocols: 'eth:llc:vtp', protocol: 'VTP', info: 'Summary Advertisement, Revision: 5, Followers: 1' });
    expect(branch(frame, 'VLAN Trunking')).toBe(`VLAN Trunking Protocol
    Version: 0x01
    Code: Summary Advertisement (0x01)
    Followers: 1
    Management Domain Length: 5
    Management Domain: cisco
    Configuration Revision Number: 5
    Updater Identity: 10.0.0.1
    Update Timestamp: 24-01-01 12:00:00
    MD5 Digest: 11111111111111111111111111111111`);
  });

  test('the VLANs', () => {
    const { info, values } = one(vtpFrame('01 02 01', VTP_VLANS));
    expect(info).toBe('Subset Advertisement, Revision: 5, Seq: 1');
    expect(values).toMatchObject({
      'vtp.vlan_info.vlan_name': ['default', 'fddi'],
      'vtp.vlan_info.isl_vlan_id': ['0x0001', '0x03ea'],
      'vtp.vlan_info.status.vlan_susp': ['0', '1'],
      'vtp.vlan_info.parent_vlan': ['0x0004'],
      'vtp.vlan_info.translationally_bridged_vlans': ['0x0006', '0x0007'],
      'vtp.vlan_info.max_ste_hop_count': ['9'],
    });
  });

  test.each([
    ['a request', '01 03 00', '0007', 'Advertisement Request', { 'vtp.start_value': ['0x0007'] }],
    ['a join counts its bits from the first VLAN', '02 04 00', '0001 03ff 0102', 'Join', { 'vtp.pruning.active': ['8', '15'] }],
    ['an unknown code', '01 09 00', '', 'Unrecognized VTP message', { 'vtp.code': ['0x09'] }],
    ['an attribute of a length it cannot have', '01 02 00', '00000005 18 00 01 04 0001 05dc 000186a1 61626364 0103 000000000000', 'Subset Advertisement, Revision: 5, Seq: 0', { 'vtp.vlan_info.tlv_len.bad': ['1'] }],
  ])('%s', (_, start, content, info, values) => {
    expect(one(vtpFrame(start, content))).toMatchObject({ info, values });
  });

  test('a VLAN shorter than its header', () => {
    expect(one(vtpFrame('01 02 00', '00000005 05 00'))).toMatchObject({ values: { '_ws.malformed': [''] } });
  });
});
