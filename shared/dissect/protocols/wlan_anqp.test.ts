import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { action, WLAN } from './wlan.fixtures.test-helper.ts';
import { ANQP, answer, answerPart, hotspot, information, question, REALM, text } from './wlan_anqp.fixtures.test-helper.ts';

const AS_WLAN = { linkType: WLAN };
const START = 'Action, SN=1, FN=0, Flags=........, Dialog Token=';

describe('Access Network Query Protocol', () => {
  test('a question, field by field', () => {
    const frame = one(question(information(256, '0201 0701'), hotspot(1, '03')), AS_WLAN);
    expect(frame).toMatchObject({ protocols: 'wlan', protocol: '802.11', info: `${START}7, ANQP Req ANQP Query list, ..` });
    expect(branch(frame, 'IEEE 802.11 Wireless')).toBe(`IEEE 802.11 Wireless Management
    Fixed parameters
        Category code: Public Action (4)
        Public Action: GAS Initial Request (0x0a)
        Dialog token: 0x07
        Tag Number: Advertisement Protocol (108)
        Tag length: 2
        Advertisement Protocol element
            Advertisement Protocol Tuple
                .111 1111 = Query Response Length Limit: 127
                0... .... = PAME-BI: 0
                Advertisement Protocol ID: Access Network Query Protocol (0)
        Query Request
            Query Request Length: 19
            Info ID: ANQP Query list (256)
                Length: 4
                ANQP Query ID: Venue Name information (258)
                ANQP Query ID: NAI Realm list (263)
            Info ID: ANQP vendor-specific list (56797)
                Length: 7
                OUI: 50:6f:9a (Wi-Fi Alliance)
                WFA Subtype: Hotspot 2.0 ANQP (17)
                Subtype: HS Query list (1)
                Reserved: 0
                Queried Subtype: Operator Friendly Name (3)`);
  });

  test.each<[title: string, frame: Bytes, info: string, values: Record<string, string[]>]>([
    ['capabilities', answer(information(257, '0201 dddd 0700 506f9a11020003')), 'Resp ANQP Capability list', { 'wlan.fixed.anqp.capability': ['258', '56797'], 'wlan.hs20.anqp.hs_capability_list': ['3'] }],
    ['names of the venue', answer(information(258, '0102', text('engHall'))), 'Resp Venue Name information', { 'wlan.fixed.venue_info.group': ['1'], 'wlan.fixed.anqp.venue.language': ['eng'], 'wlan.fixed.anqp.venue.name': ['Hall'] }],
    ['organizations', answer(information(261, text('', '506f9a'))), 'Resp Roaming Consortium list', { 'wlan.fixed.anqp.roaming_consortium.oi': ['506f9a'] }],
    ['addresses', answer(information(262, '0d')), 'Resp IP Address Type Availability information', { 'wlan.fixed.anqp.ip_addr_availability.ipv6': ['1'], 'wlan.fixed.anqp.ip_addr_availability.ipv4': ['3'] }],
    ['realms', answer(information(263, '0100', REALM)), 'Resp NAI Realm list', { 'wlan.fixed.anqp_nai_realm_list.realm': ['example.com'], 'wlan.fixed.anqp_nai_realm_list.eap_method': ['21', '13'], 'wlan.fixed.anqp_nai_realm_list.auth_param_value': ['04', '07'] }],
    ['mobile networks', answer(information(264, '00 08 00 06 02 62f210 130184')), 'Resp 3GPP Cellular Network information', { 'wlan.fixed.anqp.3gpp_cellular_info.plmn_info': ['0x10f262', '0x840113'], 'e212.mcc': ['262', '311'], 'e212.mnc': ['1', '480'] }],
    ['domains', answer(information(268, text('a.test'), text('b.test'))), 'Resp Domain Name list', { 'wlan.fixed.anqp.domain_name_list.name': ['a.test', 'b.test'] }],
    ['a kind that nobody knows', answer(information(300, '0102')), 'Resp Unknown (300)', { 'wlan.fixed.anqp.info': ['0102'] }],
    ['the state of the line', answer(hotspot(4, '0d 10270000 e8030000 80 40 0a00')), 'Resp HS 2.0 WAN Metrics', { 'wlan.hs20.anqp.wan_metrics.link_status': ['1'], 'wlan.hs20.anqp.wan_metrics.downlink_speed': ['10000'], 'wlan.hs20.anqp.wan_metrics.lmd': ['10'] }],
    ['open ports', answer(hotspot(5, '06 5000 01')), 'Resp HS 2.0 Connection Capability', { 'wlan.hs20.anqp.cc.ip_proto': ['6'], 'wlan.hs20.anqp.cc.port_num': ['80'] }],
    ['cellular data', answer(information(56_797, '506f9a12 02 01')), 'Resp', { 'wlan.wfa.anqp.mbo.cellular_pref': ['1'] }],
    ['a vendor that nobody knows', answer(information(56_797, '00037f 0102')), 'Resp', { 'wlan.fixed.anqp.info': ['0102'] }],
    ['a length that leads out of the list', answer(information(261, '0950')), 'Resp Roaming Consortium list', { 'wlan.fixed.anqp.roaming_consortium.oi_len.invalid': ['1'] }],
    ['a length that leads out of the answer', answer('0c01 2800 0161'), 'Resp Domain Name list', { 'wlan.fixed.anqp.info_length.invalid': ['1'] }],
    ['a name that is cut', answer(information(268, '20 6162')), 'Resp Domain Name list[Malformed Packet]', { 'wlan.fixed.anqp.domain_name_list.len': ['32'] }],
  ])('%s', (_, frame, info, values) => {
    expect(one(frame, AS_WLAN)).toMatchObject({ info: `${START}7, ANQP ${info}`, values });
  });

  test('another language is not read', () => {
    const frame = one(action('040a07 6c027f01 0200 0102'), AS_WLAN);
    expect(frame).toMatchObject({ info: `${START}7`, values: { 'wlan.adv_proto.id': ['1'], 'wlan.fixed.query_request': ['0102'] } });
  });

  test('another element where the language belongs', () => {
    expect(one(action('040a07 6d0100 0200 0102'), AS_WLAN).values).toMatchObject({ 'wlan.tag.number.unexpected_ie': ['1'], 'wlan.fixed.query_request': ['0102'] });
  });

  test('an answer that is not ready', () => {
    expect(one(action('040b07 0000 0a00', ANQP, '0000'), AS_WLAN)).toMatchObject({ info: `${START}7`, values: { 'wlan.fixed.gas_comeback_delay': ['10'], 'wlan.fixed.query_response_length': ['0'] } });
  });
});

describe('an answer in several frames', () => {
  const whole = information(268, text('example.com'));

  test('is put together in the last', () => {
    const [first, other, last] = dissectFrames([answerPart(8, 0x80, whole.subarray(0, 6)), answerPart(9, 0, whole), answerPart(8, 1, whole.subarray(6))], AS_WLAN);
    expect(first?.values).toMatchObject({ 'wlan.fixed.more_gas_fragments': ['1'], 'wlan.fixed.reassembled.in': ['3'] });
    expect(other).toMatchObject({ info: `${START}9, ANQP Resp Domain Name list` });
    expect(last).toMatchObject({ info: `${START}8, ANQP Resp Domain Name list`, values: { 'wlan.fixed.anqp.domain_name_list.name': ['example.com'], 'wlan.fixed.fragment': ['1', '3'], 'wlan.fixed.reassembled.length': ['16'] } });
  });

  test('stays in parts where one is missing, or comes twice', () => {
    for (const parts of [[0x80, 2], [1], [0x80, 0x81, 1]]) {
      const frames = dissectFrames(parts.map((part) => answerPart(8, part, whole.subarray(0, 6))), AS_WLAN);
      expect(frames.map(({ values }) => values['wlan.fixed.fragments'] ?? values['wlan.fixed.reassembled.in'])).toEqual(parts.map(() => undefined));
    }
  });
});
