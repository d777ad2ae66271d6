import { describe, expect, test } from 'vitest';
import { branch, bytes, etherFrame, one } from '../internet.test-helper.ts';
import { ACK, COMMON, MAC, MAC_AND_PHY, PPI, ppi, ppiField } from './ppi.fixtures.test-helper.ts';

const AS_PPI = { linkType: PPI };

describe('PPI', () => {
  test('802.11-Common, field by field', () => {
    const frame = one(ppi([COMMON], bytes(ACK, '01020304')), AS_PPI);
    expect(frame).toMatchObject({ protocols: 'ppi:wlan_radio:wlan', protocol: '802.11', info: 'Acknowledgement, Flags=........C', destination: '02:00:00:00:00:01 (RA)' });
    expect(branch(frame, 'PPI').replace(/( {8,}[01.]{4} .*\n?)+/g, '')).toBe(`PPI version 0, 32 bytes
    Version: 0
    Flags: 0x00
    Header length: 32
    DLT: 105
    802.11-Common
        Field type: 802.11-Common (2)
        Field length: 20
        TSFT: 5
        Flags: 0x0001
        Rate: 54.0 Mbps
        Channel frequency: 2422 MHz [BG 3]
        Channel flags: 0x00c0
        FHSS hopset: 0x00
        FHSS pattern: 0x00
        dBm antenna signal: -56
        dBm antenna noise: -96`);
  });

  test.each([
    ['802.11n MAC and PHY', MAC_AND_PHY, { 'ppi.80211n-mac-phy.mcs': ['7'], 'wlan_radio.11n.mcs_index': ['7'], 'wlan_radio.11n.bandwidth': ['1'], 'wlan_radio.data_rate': ['150'] }],
    ['802.11n MAC', MAC, { 'ppi.80211n-mac.ampdu_id': ['0x00000002'], 'wlan_radio.a_mpdu_aggregate_id': ['2'] }],
    ['a clock in milliseconds', ppiField(2, '0500000000000000 0200 6c00 7609 c000 00 00 80 00'), { 'wlan_radio.timestamp': ['5000'] }],
    ['bytes that others define', ppiField(5, '01'), { 'ppi.spectrum-map': ['0500010001'] }],
    ['a length that is wrong', ppiField(2, '01'), { 'ppi.invalid_length': ['1'] }],
  ])('%s', (_, content, values) => {
    expect(one(ppi([content], ACK), AS_PPI)).toMatchObject({ protocols: 'ppi:wlan_radio:wlan', values });
  });

  test('around another link', () => {
    expect(one(ppi([ppiField(8, '03000000')], etherFrame(0x1234, '01'), 1), AS_PPI)).toMatchObject({ protocols: 'ppi:eth:ethertype:data', values: { 'ppi.aggregation_extension.interface_id': ['3'] } });
  });

  test('a header that ends too early', () => {
    expect(one(bytes('00 00 4000 69000000', ACK), AS_PPI)).toMatchObject({ protocols: 'ppi', info: 'PPI version 0, 64 bytes[Malformed Packet]' });
    expect(one(bytes('00 00 0c00 69000000 0500 4000'), AS_PPI).info).toBe('PPI version 0, 12 bytes[Malformed Packet]');
    expect(one(bytes('00 00 20'), { ...AS_PPI, wireLength: 60 }).info).toBe('[Packet size limited during capture]');
  });
});
