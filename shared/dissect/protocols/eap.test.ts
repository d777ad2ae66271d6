import { describe, expect, test } from 'vitest';
import { u16, u8 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { eap, eapol, HELLO, tlsExchange, toGroup } from './eapol.fixtures.test-helper.ts';

/** "name" as hex. */
function text(name: string): Uint8Array {
  return Uint8Array.from(name, (letter) => letter.charCodeAt(0));
}

describe('EAP', () => {
  test('a challenge, field by field', () => {
    const frame = one(eap(1, 2, 4, '10', 'ab'.repeat(16), '6e'));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:eapol', protocol: 'EAP', info: 'Request, MD5-Challenge EAP (EAP-MD5-CHALLENGE)' });
    expect(branch(frame, 'Extensible')).toBe(`Extensible Authentication Protocol, Request
    Code: Request (1)
    Id: 2
    Length: 23
    Type: MD5-Challenge EAP (EAP-MD5-CHALLENGE) (4)
        [Expert Info (Warning/Security): Vulnerable to MITM attacks. If possible, change EAP type.]
    EAP-MD5 Value-Size: 16
    EAP-MD5 Value: ${'ab'.repeat(16)}
    EAP-MD5 Extra Data: 6e`);
  });

  test.each([
    ['identity', eap(2, 1, 1, text('user@realm')), 'Response, Identity', { 'eap.identity': ['user@realm'] }],
    ['identity behind a NUL', eap(2, 1, 1, '00', text('x')), 'Response, Identity', { 'eap.identity': ['x'] }],
    ['identity of a mobile network', eap(2, 1, 1, text('0123456789012345@wlan.mnc001.mcc234.3gppnetwork.org')), 'Response, Identity', { 'eap.identity.type': ['EAP-AKA Permanent'], 'eap.identity.mcc': ['234'] }],
    ['nak', eap(2, 1, 3, '15'), 'Response, Legacy Nak (Response Only)', { 'eap.desired_type': ['21'] }],
    ['LEAP', eap(1, 1, 17, '01 00 08 0102030405060708', text('a')), 'Request, Cisco Wireless EAP / Lightweight EAP (EAP-LEAP)', { 'eap.leap.count': ['8'], 'eap.leap.name': ['a'] }],
    ['SIM', eap(1, 1, 18, '0a 0000 0f02 0002 0001 0000'), 'Request, GSM Subscriber Identity Modules EAP (EAP-SIM)', { 'eap.sim.subtype.type': ['15'], 'eap.sim.subtype.value': ['000200010000'] }],
    ['AKA', eap(2, 1, 23, '05 0000 0e02 0003 61626300'), 'Response, UMTS Authentication and Key Agreement EAP (EAP-AKA)', { 'eap.identity': ['abc'], 'eap.identity.padding': ['00'] }],
    ['MS-CHAP-V2', eap(1, 1, 26, '01 05 0018 10', '01'.repeat(16), text('srv')), 'Request, MS-Authentication EAP (EAP-MS-AUTH)', { 'eap.ms_chap_v2.name': ['srv'] }],
    ['PSK', eap(1, 1, 47, '80', '05'.repeat(32), '06'), 'Request, Pre-Shared Key EAP (EAP-PSK) Third Message', { 'eap.psk.flags.t': ['0x02'], 'eap.psk.pchannel': ['06'] }],
    ['FAST', eap(1, 1, 43, '21 0004 0002 6162'), 'Request, Flexible Authentication via Secure Tunneling EAP (EAP-FAST)', { 'eap.fast.authority_id_data': ['6162'] }],
    ['WPS', eap(2, 1, 254, '00372a 00000001 04 00 104a 0001 10 1022 0001 04'), 'Response, Expanded Type, WPS, M1', { 'eap.wps.code': ['4'], 'wps.message_type': ['0x04'] }],
    ['a method that nobody reads', eap(1, 1, 99, '01'), 'Request, Unknown type (0x63)', { 'eap.data': ['01'] }],
  ])('%s', (_, frame, info, values) => {
    expect(one(frame)).toMatchObject({ info, values });
  });

  test.each([[3, 'Success'], [4, 'Failure'], [5, 'Initiate'], [9, 'Unknown code (0x09)']])('code %i: %s', (code, info) => {
    expect(one(eap(code, 1))).toMatchObject({ info, protocol: 'EAP' });
  });

  test('a TLS message in fragments', () => {
    const [, first, acknowledged, last] = dissectFrames([eap(1, 1, 13, '20'), eap(2, 1, 13, 'c0 0000', u16(HELLO.length), HELLO.subarray(0, 40)), eap(1, 2, 13, '00'), eap(2, 2, 13, '00', HELLO.subarray(40))]);
    expect(first).toMatchObject({ protocols: 'eth:ethertype:eapol', protocol: 'EAP' });
    expect(acknowledged?.protocol).toBe('EAP');
    expect(last?.protocols).toBe('eth:ethertype:eapol:tls');
    expect(last?.values).toMatchObject({ 'eap.tls.fragment': ['2', '4'], 'eap.tls.fragment.count': ['2'], 'eap.tls.reassembled.len': [String(HELLO.length)], 'tls.handshake.type': ['1'] });
  });

  test('TLS remembers what was agreed on before: versions, ways to exchange keys, what is spoken inside', () => {
    const [answer, keys, , data] = dissectFrames(tlsExchange(21)).slice(4);
    expect(answer?.protocol).toBe('TLSv1.2');
    expect(keys?.values).toMatchObject({ 'tls.handshake.client_point': ['01020304'] });
    expect(data?.values).toMatchObject({ 'tls.app_data_proto': ['Diameter Protocol'], 'tls.record.content_type': ['23'] });
  });

  test.each([[13, undefined], [21, 'Diameter Protocol'], [25, 'Protected Extensible Authentication Protocol'], [43, undefined], [55, 'Tunnel Extensible Authentication Protocol']])('method %i carries %s', (method, application) => {
    expect(dissectFrames(tlsExchange(method)).at(-1)?.values['tls.app_data_proto']).toEqual(application === undefined ? undefined : [application]);
  });

  test('where the server begins again, the handshake is in the clear again', () => {
    const frames = dissectFrames([...tlsExchange(25), ...tlsExchange(25)]);
    expect(frames.slice(10).map(({ values }) => values['tls.handshake.type']?.[0])).toEqual([undefined, '1', '2', '16', undefined, undefined]);
  });

  test('ends that send to a group belong together', () => {
    const grouped = tlsExchange(25).map((frame, index) => (index % 2 === 1 ? toGroup(frame) : frame));
    for (const frames of [grouped, grouped.map(toGroup)]) expect(dissectFrames(frames)[5]?.values['tls.handshake.client_point']).toEqual(['01020304']);
  });

  // Requests for the identity are repeated while nobody answers: that is no retransmission.
  test('packets sent again', () => {
    const frames = [eap(1, 7, 4, '00'), eap(1, 7, 4, '00'), eap(2, 7, 4, '00'), eap(2, 7, 4, '00'), eap(1, 8, 1), eap(1, 8, 1)];
    expect(dissectFrames(frames).map(({ values }) => values['eap.retransmission'] !== undefined)).toEqual([false, true, false, true, false, false]);
  });

  test.each([
    ['longer than the frame', eapol(0, '01 02 0040 01 61'), 'Request, Identity[Malformed Packet]'],
    ['shorter than its header', eapol(0, '01 02 0003 01'), 'Request[Malformed Packet]'],
    ['nothing', eapol(0), '[Malformed Packet]'],
  ])('%s', (_, frame, info) => {
    expect(one(frame).info).toBe(info);
  });

  test('cut short by the capture', () => {
    expect(one(eap(1, 2, 4, '10', 'ab'.repeat(16)).subarray(0, 26), { wireLength: 40 }).info).toContain('[Packet size limited during capture]');
    expect(one(eap(1, 2, 13, u8(0x80)).subarray(0, 24)).info).toContain('Request, TLS EAP (EAP-TLS)');
  });
});
