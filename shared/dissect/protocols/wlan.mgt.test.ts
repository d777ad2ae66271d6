import { describe, expect, test } from 'vitest';
import { Random } from '../../../tools/craft/random.ts';
import { u8 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { action, beacon, element, extended, management, RSN, SSID, WLAN, WMM, WPA } from './wlan.fixtures.test-helper.ts';

const AS_WLAN = { linkType: WLAN };

describe('802.11 management', () => {
  test('a beacon, field by field', () => {
    const frame = one(beacon(SSID, element(3, '06'), RSN), AS_WLAN);
    expect(frame).toMatchObject({ protocols: 'wlan', protocol: '802.11', info: 'Beacon frame, SN=1, FN=0, Flags=........, BI=100, SSID="home"', source: '02:00:00:00:00:02', destination: '02:00:00:00:00:01' });
    expect(branch(frame, 'IEEE 802.11 Wireless').replace(/( {12}[01.]{4} .*\n)+/, '').replace(/\n {12}RSN Capabilities[\s\S]*/, '')).toBe(`IEEE 802.11 Wireless Management
    Fixed parameters
        Timestamp: 1
        Beacon Interval: 0.102400 seconds
        Capabilities Information: 0x0411
    Tagged parameters
        Tag: SSID parameter set
            Tag Number: SSID parameter set (0)
            Tag length: 4
            SSID: "home"
        Tag: DS Parameter set
            Tag Number: DS Parameter set (3)
            Tag length: 1
            Current Channel: 6
        Tag: RSN Information
            Tag Number: RSN Information (48)
            Tag length: 20
            RSN Version: 1
            Group Cipher Suite: 00:0f:ac (IEEE 802.11) AES (CCM)
                Group Cipher Suite OUI: 00:0f:ac (IEEE 802.11)
                Group Cipher Suite type: AES (CCM) (4)
            Pairwise Cipher Suite Count: 1
            Pairwise Cipher Suite List
                Pairwise Cipher Suite: 00:0f:ac (IEEE 802.11) AES (CCM)
                    Pairwise Cipher Suite OUI: 00:0f:ac (IEEE 802.11)
                    Pairwise Cipher Suite type: AES (CCM) (4)
            Auth Key Management (AKM) Suite Count: 1
            Auth Key Management (AKM) List
                Auth Key Management (AKM) Suite: 00:0f:ac (IEEE 802.11) PSK
                    Auth Key Management (AKM) OUI: 00:0f:ac (IEEE 802.11)
                    Auth Key Management (AKM) type: PSK (2)`);
  });

  test.each([
    ['a hidden name', element(0, ''), 'SSID=Wildcard (Broadcast)'],
    ['a name in UTF-8', element(0, '63616665cc81'), 'SSID="cafe\u0301"'],
  ])('%s', (_, name, info) => {
    expect(one(management(4, name), AS_WLAN).info).toBe(`Probe Request, SN=1, FN=0, Flags=........, ${info}`);
  });

  test.each([
    ['rates', element(1, '82848b96'), { 'wlan.supported_rates': ['0x82', '0x84', '0x8b', '0x96'] }],
    ['traffic map', element(5, '01 02 00 06'), { 'wlan.tim.dtim_period': ['2'], 'wlan.tim.aid': ['0x01', '0x02'] }],
    ['country', element(7, '444520 010d14'), { 'wlan.country_info.code': ['DE'], 'wlan.country_info.fnm.fcn': ['1'] }],
    ['WPA', WPA, { 'wlan.wfa.ie.wpa.version': ['1'], 'wlan.wfa.ie.wpa.mcs.type': ['2'] }],
    ['WMM', WMM, { 'wlan.wfa.ie.wme.acp.txop_limit': ['0', '0', '94', '47'] }],
    ['HT', element(45, 'ef19 17 ffff0000000000000000000000000000 0000 00000000 00'), { 'wlan.ht.capabilities': ['0x19ef'], 'wlan.ht.mcsset.rxbitmask.0to7': ['0x000000ff'] }],
    ['VHT', element(191, '32008003 faff 0000 faff 0000'), { 'wlan.vht.capabilities': ['0x03800032'] }],
    ['a new channel', element(37, '01 0b 05'), { 'wlan.csa.new_channel_number': ['11'], 'wlan.csa.channel_switch.count': ['5'] }],
    ['extended capabilities of nine bytes', element(127, '00000000000000 4080 01'), { 'wlan.extcap': ['0x00', '0x00', '0x00', '0x00', '0x00', '0x00', '0x00', '0x8040', '0x01'] }],
    ['operating classes, and lists behind a delimiter', element(59, '51 53 54 82 51 51'), { 'wlan.supopeclass.current': ['81'], 'wlan.supopeclass.alt': ['1'] }],
    ['a vendor', element(221, '00aabb 01 02'), { 'wlan.tag.oui': ['43707'], 'wlan.tag.vendor.data': ['0102'] }],
  ])('element: %s', (_, content, values) => {
    expect(one(beacon(content), AS_WLAN).values).toMatchObject(values);
  });

  test.each([
    ['what a station can do', '01 01 40  03 01 02', { 'wlan.wfa.ie.mbo.ap_cap.cell': ['1'], 'wlan.wfa.ie.mbo.cellular_cap': ['2'] }],
    ['channels it would rather not have', '02 05 51 01 06 00 02', { 'wlan.wfa.ie.mbo.non_pref_chan.chan': ['1', '6'], 'wlan.wfa.ie.mbo.non_pref_chan.pref': ['0'], 'wlan.wfa.ie.mbo.non_pref_chan.reason': ['2'] }],
    ['no channels any more', '02 00', { 'wlan.wfa.ie.mbo_oce.attr': ['0200'] }],
    ['what an access point can do', '65 01 31', { 'wlan.wfa.ie.oce.cap.release': ['0x01'], 'wlan.wfa.ie.oce.cap.11b_only_ap': ['1'], 'wlan.wfa.ie.oce.cap.hlp': ['1'] }],
    ['networks not to be looked for', '69 07 00 020000000009  6a 06 02 6162 02 6364', { 'wlan.wfa.ie.oce.probe_suppr.bssid': ['00:02:00:00:00:00'], 'wlan.wfa.ie.oce.probe_suppr.ssid': ['ab', 'cd'] }],
    ['one that is too long', '03 02 0102', { 'ieee80211.bad_length': ['1'] }],
    ['one that is not all there', '03 02 01', { 'ieee80211.bad_length': ['1'] }],
  ])('attributes of several bands: %s', (_, attributes, values) => {
    expect(one(beacon(element(221, `506f9a 16 ${attributes}`)), AS_WLAN).values).toMatchObject(values);
  });

  test('where only a delimiter follows it, the current operating class has no alternates', () => {
    expect(one(beacon(element(59, '51 00')), AS_WLAN).values['wlan.supopeclass.alt']).toBeUndefined();
  });

  test('a report of a sounding: one ratio a stream, one matrix a subcarrier', () => {
    const { tree, values } = one(action('15 00 088414 f8', new Uint8Array(65)), AS_WLAN);
    expect(values).toMatchObject({ 'wlan.vht.mimo_control.nrindex': ['0x000001'], 'wlan.vht.mimo_control.sounding_dialog_tocken_nbr': ['0x000005'], 'wlan.vht.compressed_beamforming_report.snr': ['-8'] });
    expect(values['wlan.vht.compressed_beamforming_report.feedback_matrix']).toHaveLength(52);
    expect(tree).toContain('Stream 1 - Signal to Noise Ratio: 20.00 dB');
    expect(tree).toContain('Compressed Beamforming Feedback Matrix 52 of 52');
  });

  test.each([
    ['for several stations', action('15 00 098e14 f8 f8', new Uint8Array(32 + 10)), 16, 20],
    ['that is too short', action('15 00 088414 f8', new Uint8Array(64)), undefined, undefined],
    ['of a reserved grouping', action('15 00 088714 f8', new Uint8Array(65)), undefined, undefined],
  ])('a report of a sounding %s', (_, frame, matrices, ratios) => {
    const { info, values } = one(frame, AS_WLAN);
    expect([values['wlan.vht.compressed_beamforming_report.feedback_matrix']?.length, values['wlan.vht.exclusive_beamforming_report.delta_snr']?.length]).toEqual([matrices, ratios]);
    expect(info.includes('[Malformed Packet]')).toBe(matrices === undefined);
  });

  test('the groups of a station, and its places there', () => {
    const { tree, values } = one(action('15 01 0200000000000040', '0c000000000000000000000000000020'), AS_WLAN);
    expect([values['wlan.vht.membership_status_array.field'], values['wlan.vht.user_position_array.field']]).toEqual([['1', '1'], ['3', '2']]);
    expect(tree).toContain('User Position in Group ID 62: 2');
  });

  test.each([
    ['authentication', management(11, '0000 0100 0000'), { 'wlan.fixed.auth.alg': ['0'], 'wlan.fixed.status_code': ['0x0000'] }],
    ['association', management(1, '1104 0000 01c0'), { 'wlan.fixed.aid': ['0x0001'] }],
    ['deauthentication', management(12, '0700'), { 'wlan.fixed.reason_code': ['0x0007'] }],
    ['block ack', action('03 00 05 0210 0000 1000'), { 'wlan.fixed.category_code': ['3'], 'wlan.fixed.dialog_token': ['0x05'] }],
  ])('%s', (_, frame, values) => {
    expect(one(frame, AS_WLAN).values).toMatchObject(values);
  });

  test.each([
    ['an element longer than the frame', beacon(u8(0, 9), '6162'), 'wlan.tag.length.bad'],
    ['an element of the wrong length', beacon(element(3, '0601')), 'wlan.tag.length.bad'],
    ['more suites than fit', beacon(element(48, '0100 000fac04 0500 000fac04')), 'wlan.rsn.pcs.count.invalid'],
    ['an element that nobody knows', beacon(element(252, '01')), 'wlan.tag.data.undecoded'],
  ])('%s is told', (_, frame, remark) => {
    expect(one(frame, AS_WLAN).values).toHaveProperty([remark]);
  });

  // What no capture has: every element and every action has to name fields that exist.
  test('elements and actions of any number and content', () => {
    const random = new Random(11);
    const frames: Uint8Array[] = [];
    for (const length of [0, 1, 3, 7, 16, 33, 90]) {
      for (let number = 0; number < 256; number += 1) frames.push(beacon(element(number, random.bytes(length))), beacon(extended(number, random.bytes(length))));
      for (let category = 0; category < 32; category += 1) for (let kind = 0; kind < 24; kind += 1) if (length > 3) frames.push(action(u8(category, kind), random.bytes(length)));
    }
    expect(dissectFrames(frames, AS_WLAN).filter(({ protocols }) => !protocols.startsWith('wlan'))).toEqual([]);
  });
});
