import { describe, expect, test } from 'vitest';
import { branch, one } from '../internet.test-helper.ts';
import { eapol, mka, MKA_BASIC, MKA_IN_USE, MKA_KEY, mkaSet } from './eapol.fixtures.test-helper.ts';

describe('MKA', () => {
  test('a key given out, field by field', () => {
    const frame = one(mka(MKA_KEY));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:eapol', protocol: 'EAPOL-MKA', info: 'Key Server, Distributed SAK, ICV Indicator' });
    expect(branch(frame, 'MACsec')).toBe(`MACsec Key Agreement
    Basic Parameter set
        MKA Version Identifier: 1
        Key Server Priority: 16
        1... .... = Key Server: Set
        .1.. .... = MACsec Desired: Set
        ..11 .... = MACsec Capability: MACsec Integrity with/without confidentiality, confidentiality offset 0, 30, or 50 (3)
        .... 0000 0010 0000 = Parameter set body length: 32
        SCI: 0200000000010001
        Actor Member Identifier: ${'aa'.repeat(12)}
        Actor Message Number: 00000001
        Algorithm Agility: IEEE Std 802.1X-2010 (0x0080c201)
        CAK Name: 61626364
    Distributed SAK parameter set
        Parameter set type: Distributed SAK (4)
        01.. .... = Distributed AN: 1
        ..01 .... = Confidentiality Offset: No confidentiality offset (1)
        .... 0000 0001 1100 = Parameter set body length: 28
        Key Number: 00000001
        AES Key Wrap of SAK: ${'dd'.repeat(24)}
    Integrity Check Value Indicator
        Parameter set type: ICV Indicator (255)
        .... 0000 0001 0000 = Parameter set body length: 16
    Integrity Check Value: ${'cc'.repeat(16)}`);
  });

  test.each([
    ['keys in use', MKA_IN_USE, { 'mka.latest_key_tx': ['1'], 'mka.latest_key_rx': ['1'], 'mka.delay_protect': ['1'], 'mka.old_key_number': ['00000003'] }],
    ['a peer', mkaSet(1, 3, 0, `${'bb'.repeat(12)} 00000007`), { 'mka.key_server_ssci': ['0x03'], 'mka.peer_mn': ['00000007'] }],
    ['a key of another suite', mkaSet(4, 0, 0, `00000001 0080c20001000001 ${'dd'.repeat(24)}`), { 'mka.macsec_cipher_suite': ['0x0080c20001000001'] }],
    ['a key for a group', mkaSet(5, 0, 0, `${'ee'.repeat(24)} 616263`), { 'mka.cak_name': ['61626364', '616263'], 'mka.padding': ['00'] }],
    ['wider packet numbers', mkaSet(8, 5, 0, '0000000100000002'), { 'mka.suspension_time': ['5'], 'mka.old_lowest_acceptable_pn': ['00000002'] }],
    ['announcements', mkaSet(7, 0, 0, 'e00a 0002 0080c20001000001 de01 05'), { 'mka.tlv_type': ['112', '111'], 'mka.tlv.cipher_suite_impl_cap': ['2'], 'mka.tlv_data': ['05'], 'mka.expert.unimplemented': ['1'] }],
    ['an unknown set', mkaSet(9, 0, 0, '01'), { 'mka.unknown_param_set': ['01'] }],
    ['a set of the wrong length', mkaSet(3, 0, 0, '0102'), { 'mka.expert.undecoded_data': ['1'] }],
  ])('%s', (_, set, values) => {
    expect(one(mka(set)).values).toMatchObject(values);
  });

  test('cut short', () => {
    expect(one(eapol(5, MKA_BASIC)).info).toBe('Key Server[Malformed Packet]');
    expect(one(eapol(5, '01')).info).toBe('[Malformed Packet]');
  });
});
