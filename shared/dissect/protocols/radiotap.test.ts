import { describe, expect, test } from 'vitest';
import { branch, bytes, one } from '../internet.test-helper.ts';
import { RADIOTAP, STATION, withRadiotap } from './wlan.fixtures.test-helper.ts';

const AS_RADIOTAP = { linkType: RADIOTAP };
const ACK = bytes(`d400 0000 ${STATION}`);

describe('radiotap', () => {
  test('the usual fields, in their places', () => {
    const frame = one(withRadiotap('2f480000', '0100000000000000 00 02 6c09 a000 d8 00 0000', ACK), AS_RADIOTAP);
    expect(frame).toMatchObject({ protocols: 'radiotap:wlan_radio:wlan', protocol: '802.11', info: 'Acknowledgement, Flags=........', destination: '02:00:00:00:00:01 (RA)' });
    expect(branch(frame, 'Radiotap').replace(/( {8,}[01.]{4} .*\n?)+/g, '')).toBe(`Radiotap Header v0, Length 26
    Header revision: 0
    Header pad: 0
    Header length: 26
    Present flags
        Present flags word: 0x0000482f
    MAC timestamp: 1
    Flags: 0x00
    Data rate: 1 Mb/s
    Channel frequency: 2412 MHz [BG 1]
    Channel flags: 0x00a0
    Antenna signal: -40 dBm
    Antenna: 0
    RX flags: 0x0000
`);
  });

  test.each([
    ['MCS', '00000800', '07 05 07', { 'radiotap.mcs.index': ['7'], 'wlan_radio.11n.bandwidth': ['1'], 'wlan_radio.11n.short_gi': ['1'], 'wlan_radio.data_rate': ['150'] }],
    ['VHT', '00002000', '4400 04 04 92 00 00 00 00 00 0000', { 'radiotap.vht.mcs.0': ['9'], 'wlan_radio.11ac.nss': ['2'], 'wlan_radio.data_rate': ['866.667'] }],
    ['A-MPDU', '00001000', '2a000000 0c00 00 00', { 'radiotap.ampdu.reference': ['42'], 'wlan_radio.a_mpdu_aggregate_id': ['42'] }],
    ['timestamp', '00004000', '0100000000000000 0100 12 03', { 'radiotap.timestamp.ts': ['1'] }],
    ['two words', '000000a0 20000000', 'd8', { 'radiotap.dbm_antsignal': ['-40'] }],
    ['a vendor', '000000c0 00000020', 'aabbcc 01 0200 0102', { 'radiotap.vendor_oui': ['11189196'], 'radiotap.vendor_data_len': ['2'] }],
  ])('%s', (_, present, fields, values) => {
    expect(one(withRadiotap(present, fields, ACK), AS_RADIOTAP)).toMatchObject({ protocols: 'radiotap:wlan_radio:wlan', values });
  });

  test('a checksum behind the frame, where the flags say so', () => {
    expect(one(withRadiotap('02000000', '10', bytes(ACK, '01020304')), AS_RADIOTAP)).toMatchObject({ info: 'Acknowledgement, Flags=........C', values: { 'wlan.fcs': ['0x04030201'] } });
  });

  test.each([
    ['fields beyond the header', withRadiotap('01000000', '0102', ACK), 'radiotap.data_past_header'],
    ['a header shorter than its own fields', bytes('0000 0400 00000000', ACK), 'radiotap.length.invalid'],
  ])('%s are told', (_, frame, remark) => {
    expect(one(frame, AS_RADIOTAP).values).toHaveProperty([remark]);
  });

  test('a header longer than the packet', () => {
    expect(one(bytes('0000 4000 00000000', ACK), AS_RADIOTAP)).toMatchObject({ protocols: 'radiotap', info: 'Radiotap Capture v0, Length 64[Malformed Packet]' });
    expect(one(bytes('0000 40'), { ...AS_RADIOTAP, wireLength: 90 }).info).toContain('[Packet size limited during capture]');
  });
});
