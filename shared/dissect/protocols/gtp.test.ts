import { describe, expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { datagram, TcpFrames } from '../frames.test-helper.ts';
import { branch, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { ASKED, CREATE, gtpMessage, PLAIN_ELEMENTS, qualityOfService, TOLD } from './gtp.fixtures.test-helper.ts';

const IPV4 = ipv4Packet({ protocol: 17, payload: udpDatagram('01020304'), source: '192.0.2.99' });

test('a subscriber\'s packet in a tunnel of a 5G core', () => {
  const frame = one(datagram('up', 2152, gtpMessage(4, 255, 7, IPV4, '0000 00 85 01 0009 00')));
  expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:udp:gtp:ip:udp:data', protocol: 'GTP <UDP>', source: '192.0.2.99' });
  expect(branch(frame, 'GPRS')).toBe(`GPRS Tunneling Protocol
    Flags: 0x34
        001. .... = Version: GTP release 99 version (1)
        ...1 .... = Protocol type: GTP (1)
        .... 0... = Reserved: 0
        .... .1.. = Is Next Extension Header present?: Yes
        .... ..0. = Is Sequence Number present?: No
        .... ...0 = Is N-PDU number present?: No
    Message Type: T-PDU (0xff)
    Length: 40
    TEID: 0x00000007 (7)
    Next extension header type: PDU Session container (0x85)
    Extension header (PDU Session container)
        Extension Header Length: 1
        PDU Session Container
            0000 .... = PDU Type: DL PDU SESSION INFORMATION (0)
            .... 0000 = Spare: 0x00
            0... .... = Paging Policy Presence (PPP): Not Present
            .0.. .... = Reflective QoS Indicator (RQI): Not Present
            ..00 1001 = QoS Flow Identifier (QFI): 9
        Next extension header type: No more extension headers (0x00)`);
});

test('conversations in tunnels have numbers of their own', () => {
  const inside = new TcpFrames(80).frames.map((frame) => datagram('up', 2152, gtpMessage(0, 255, 7, frame.subarray(14))));
  expect(dissectFrames(inside).map(({ values, protocol }) => [values['tcp.stream'], protocol])).toEqual([[['0'], 'GTP <TCP>'], [['0'], 'GTP <TCP>'], [['0'], 'GTP <TCP>']]);
});

test('extension headers follow one another', () => {
  const { values } = one(datagram('up', 2152, gtpMessage(7, 255, 7, IPV4, '0001 02 c0 01 1234 40 01 0868 82 02 010203040506 00')));
  expect(values).toMatchObject({
    'gtp.seq_number': ['0x0001'], 'gtp.npdu_number': ['0x02'], 'gtp.ext_hdr.pdcp_sn': ['4660'], 'gtp.ext_hdr.udp_port': ['2152'], 'gtp.ext_hdr.long_pdcp_sn': ['66051'],
    'gtp.ext_hdr.next': ['0xc0', '0x40', '0x82', '0x00'],
  });
});

test('an extension header without a length ends it all', () => {
  const frame = one(datagram('up', 2152, gtpMessage(4, 255, 7, IPV4, '0000 00 40 00')));
  expect(frame.protocols).toBe('eth:ethertype:ip:udp:gtp');
  expect(frame.values).toHaveProperty(['gtp.ext_length.invalid']);
});

test('a message of GTP prime ends where its length says', () => {
  const { protocols, values } = one(datagram('up', 3386, hex('4e01 0002 0002 0e05 0e06')));
  expect(protocols).toBe('eth:ethertype:ip:udp:gtpprime');
  expect(values['gtp.recovery']).toEqual(['5']);
});

test('the long header of GTP prime has bytes that mean nothing', () => {
  const { values } = one(datagram('up', 3386, hex('0e01 0002 0002 000102030405060708090a0b0c0d 0e05')));
  expect(values).toMatchObject({ 'gtp.dummy_octets': ['000102030405060708090a0b0c0d'], 'gtp.recovery': ['5'] });
});

test.each([
  ['no type of GTP prime', 3386, '2700 0000 0002 0e05'],
  ['no type of GTP', 2152, '3000 0000 00000001'],
  ['no version that there is', 3386, '8001 0000 0002'],
])('not GTP: %s', (_what, port, bytes) => {
  expect(one(datagram('up', port, hex(bytes))).protocols).toBe('eth:ethertype:ip:udp:data');
});

test('requests and responses find each other', () => {
  const request = datagram('up', 2123, gtpMessage(2, 16, 0, CREATE, '0001 0000'));
  const response = datagram('down', 2123, gtpMessage(2, 17, 9, '0180', '0001 0000'));
  const other = datagram('down', 2123, gtpMessage(2, 17, 9, '0180', '0002 0000'));
  const shown = dissectFrames([request, response, other]);
  expect(shown.map(({ values }) => [values['gtp.response_in'], values['gtp.response_to'], values['gtp.time']])).toEqual([[['2'], undefined, undefined], [undefined, ['1'], ['0.001000000']], [undefined, undefined, undefined]]);
  expect(shown.map(({ info }) => info)).toEqual(['Create PDP context request', 'Create PDP context response', 'Create PDP context response']);
});

test('elements of a context', () => {
  expect(one(datagram('up', 2123, gtpMessage(2, 16, 0, CREATE, '0001 0000'))).values).toMatchObject({
    'e212.imsi': ['1234567890123456'], 'gtp.lac': ['4660', '4660'], 'gtp.rai_rac': ['5'], 'gtp.sel_mode': ['2'], 'gtp.recovery': ['7'], 'gtp.teid_data': ['0x00000011'], 'gtp.teid_cp': ['0x00000012'],
    'gtp.nsapi': ['5'], 'gtp.chrg_char_n': ['1'], 'gtp.apn': ['internet'], 'gtp.gsn_ipv4': ['10.0.0.1'], 'gtp.ext_rat_type': ['1'], 'gtp.sai_sac': ['22136'], 'gtp.timezone': ['8'], 'gtp.ext_imeisv': ['1234567890123456'],
    'gtp.qos_traf_class': ['3'], 'gtp.qos_max_sdu_size': ['1500'], 'gtp.qos_max_ul': ['8640'], 'gtp.qos_guar_dl': ['62'], 'gtp.ext_val': ['0203'], 'gtp.ext_hdr_type': ['133', '192'],
  });
});

describe('what a phone and its network agree on', () => {
  const asked = one(datagram('up', 2123, gtpMessage(2, 16, 0, ASKED, '0001 0000')));
  const told = one(datagram('up', 2123, gtpMessage(2, 17, 9, TOLD, '0001 0000')));

  test('is read as PPP reads it, and changes nothing of the packet\'s columns', () => {
    expect(asked).toMatchObject({ protocols: 'eth:ethertype:ip:udp:gtp:pap:ipcp:chap:data', protocol: 'GTP', info: 'Create PDP context request', values: { 'pap.password': ['b'], 'ipcp.opt.pri_dns_address': ['0.0.0.0'] } });
    expect(told).toMatchObject({ protocols: 'eth:ethertype:ip:udp:gtp:ipcp:ipv6cp:lcp', values: { 'ipcp.opt.pri_dns_address': ['10.0.0.53'] } });
  });

  test('has containers whose meaning the direction tells', () => {
    expect(asked.tree).toContain('Protocol or Container ID: DNS Server IPv4 Address Request (0x000d)');
    expect(told.tree).toContain(`Protocol or Container ID: DNS Server IPv4 Address (0x000d)
            Length: 0x04 (4)
            IPv4: 10.0.0.3`);
    expect(asked.values).toMatchObject({ 'gsm_a.gm.sm.link_dir': ['0'], 'gsm_a.gm.sm.pco.3gpp_data_off_ue_status': ['2'], 'gsm_a.gm.sm.pco.pdu_session_id': ['5'] });
    expect(told.values).toMatchObject({ 'gsm_a.gm.sm.link_dir': ['1'], 'gsm_a.gm.sm.pco.ipv4_link_mtu_size': ['1500'], 'gsm_a.gm.sm.pco.dsmipv6_home_network.ipv6_prefix_length': ['64'], 'gsm_a.gm.sm.pco.nbifom_mode': ['0x01'] });
  });

  test('goes on behind it', () => {
    expect(one(datagram('up', 2123, gtpMessage(2, 16, 0, Uint8Array.of(...ASKED, 14, 7), '0001 0000'))).values['gtp.recovery']).toEqual(['7']);
  });

  test('is malformed where an option is longer than all of them', () => {
    expect(one(datagram('up', 2123, gtpMessage(2, 16, 0, '840005 80 8021 0a 01', '0001 0000'))).tree).toContain('Malformed Packet: GTP');
  });
});

test.each([
  ['00 00 00 00', { 'gtp.qos_max_dl': ['8640'], 'gtp.max_bit_rate_value': ['1', '1'], 'gtp.guaranteed_bit_rate_value': ['1', '1'] }],
  ['4a 4b bb fa', { 'gtp.qos_max_dl': ['8640', '16000'], 'gtp.qos_guar_dl': ['62', '17'], 'gtp.qos_max_ul': ['8640', '130'], 'gtp.qos_guar_ul': ['62', '256'] }],
  ['fb', { 'gtp.qos_max_dl': ['8640'] }],
])('rates beyond those of release 99: %s', (rates, expected) => {
  expect(one(datagram('up', 2123, gtpMessage(2, 18, 9, qualityOfService(rates), '0002 0000'))).values).toMatchObject(expected);
});

test('later elements of one value or of flags', () => {
  expect(one(datagram('up', 2123, gtpMessage(2, 17, 9, PLAIN_ELEMENTS, '0002 0000'))).values).toMatchObject({
    'gtp.ext_apn_res': ['1'], 'gtp.ei': ['1'], 'gtp.gcsi': ['0'], 'gtp.dti': ['1'], 'gtp.EARP_priority_level': ['5'], 'gtp.apn_ambr_ul': ['256'], 'gtp.sub_ue_ambr_dl': ['512', '512'], 'gtp.auth_ue_ambr_dl': ['1024'],
    'gtp.ie_id': ['184', '191', '193', '195', '197', '198', '200', '200', '203', '205', '206'],
  });
});

test('after an element of an unknown type nothing can be read', () => {
  const { values } = one(datagram('up', 2123, gtpMessage(2, 18, 9, '0e01 7d 0e02', '0002 0000')));
  expect(values['gtp.recovery']).toEqual(['1']);
  expect(values).toHaveProperty(['gtp.unknown_extension_header']);
});

describe('other versions', () => {
  test('0 names the subscriber in every packet', () => {
    const frame = one(datagram('up', 3386, hex(`1e10 0002 0001 0002 ff ffffff 2143658709214365 0e05`)));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:udp:gtpprime', values: { 'gtp.tid': ['1234567890123456'], 'gtp.flow_label': ['0x0002'], 'gtp.recovery': ['5'] } });
  });

  test('prime has no tunnels', () => {
    expect(one(datagram('up', 3386, hex('4f02 0002 0007 0e01')))).toMatchObject({ info: 'Echo response', protocol: 'GTP', values: { 'gtp.seq_number': ['0x0007'], 'gtp.prim.flags.version': ['2'] } });
  });
});

test.each([
  ['a message that does not exist', '304d 0002 00000009 0102', 'eth:ethertype:ip:udp:data'],
  ['something else than IP', '30ff 0002 00000009 0102', 'eth:ethertype:ip:udp:gtp'],
])('%s', (_, message, protocols) => {
  expect(one(datagram('up', 2152, hex(message))).protocols).toBe(protocols);
});

test('a header that ends too early is malformed, one that the capture cut is not', () => {
  expect(one(datagram('up', 2152, hex('36ff 0010 00000001 0001'))).tree).toContain('Malformed Packet: GTP');
  const whole = datagram('up', 2152, gtpMessage(2, 1, 0, '', '0005 0000'));
  expect(one(whole.subarray(0, whole.length - 6), { wireLength: whole.length }).tree).toContain('Packet size limited during capture: GTP truncated');
});
