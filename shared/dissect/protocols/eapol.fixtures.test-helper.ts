/** 802.1X frames: the handshake of WPA, MKA, and EAP. */
import { concat, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { Random } from '../../../tools/craft/random.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHello, serverHelloTls12, sessionIdOf } from '../../../tools/craft/tls.ts';
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, type Part } from '../internet.test-helper.ts';

export function eapol(type: number, ...body: readonly Part[]): Bytes {
  const content = bytes(...body);
  return etherFrame(0x888e, u8(1, type), u16(content.length), content);
}

export const RSN_ELEMENT = '30140100000fac040100000fac040100000fac020000';

/** A key frame of RSN: key information as given, nonce and check value made up. */
export function keyFrame(info: number, data: Part = '', type = 2): Bytes {
  const content = bytes(data);
  return eapol(3, u8(type), u16(info), '0010 0000000000000005', '11'.repeat(32), '00'.repeat(32), '22'.repeat(16), u16(content.length), content);
}

/** An EAP packet; `type` absent where the code has none. */
export function eapPacket(code: number, id: number, type?: number, ...body: readonly Part[]): Bytes {
  const content = bytes(type === undefined ? '' : u8(type), ...body);
  return bytes(u8(code, id), u16(4 + content.length), content);
}

const RESPONSE = 2;

/** From the server, or a response to it. */
export function eap(code: number, id: number, type?: number, ...body: readonly Part[]): Bytes {
  const frame = eapol(0, eapPacket(code, id, type, ...body));
  return code === RESPONSE ? bytes(frame.subarray(6, 12), frame.subarray(0, 6), frame.subarray(12)) : frame;
}

/** A parameter set of MKA: type, what its second byte and half of its third tell, and its body. */
export function mkaSet(type: number, second: number, third: number, body: Part): Bytes {
  const content = bytes(body);
  return bytes(u8(type, second, third, content.length), content, new Uint8Array((4 - (content.length % 4)) % 4));
}

export const MKA_BASIC = bytes(mkaSet(1, 0x10, 0xf0, `020000000001 0001 ${'aa'.repeat(12)} 00000001 0080c201 61626364`));
export const MKA_ICV = mkaSet(255, 0, 0, 'cc'.repeat(16));

export function mka(...sets: readonly Part[]): Bytes {
  return eapol(5, MKA_BASIC, ...sets, MKA_ICV);
}

export const MKA_IN_USE = mkaSet(3, 0x30, 0x10, `${'aa'.repeat(12)} 00000001 00000002 ${'bb'.repeat(12)} 00000003 00000004`);
export const MKA_KEY = mkaSet(4, 0x50, 0, `00000001 ${'dd'.repeat(24)}`);

export const EAPOL_FIXTURES: readonly Fixture[] = [
  fixture('WPA handshake', [keyFrame(0x008a), keyFrame(0x010a, RSN_ELEMENT), keyFrame(0x13ca, '00'.repeat(24)), keyFrame(0x030a), keyFrame(0x1382, '00'.repeat(8)), keyFrame(0x0302), keyFrame(0x0f0a)], Array.from({ length: 7 }, () => 'eth:ethertype:eapol')),
  fixture('EAPOL, other types', [eapol(1), eapol(2), eapol(4, '616263'), eapol(9, '01'), eapol(3, '01 0005 000000000000004d', '00'.repeat(16), '82', '33'.repeat(16), '6162636465'), eapol(3, '07 0102')], ['eth:ethertype:eapol', 'eth:ethertype:eapol', 'eth:ethertype:eapol:data', 'eth:ethertype:eapol:data', 'eth:ethertype:eapol', 'eth:ethertype:eapol']),
  fixture('MKA', [
    mka(), mka(MKA_IN_USE, MKA_KEY, mkaSet(1, 3, 0, `${'bb'.repeat(12)} 00000007`), mkaSet(2, 0, 0, `${'bb'.repeat(12)} 00000007`)),
    mka(mkaSet(4, 0, 0, `00000001 0080c20001000001 ${'dd'.repeat(24)}`), mkaSet(5, 0, 0, `${'ee'.repeat(24)} 616263`), mkaSet(6, 0, 0, '61626364'), mkaSet(8, 5, 0, '0000000100000002'), mkaSet(9, 0, 0, '01')),
    mka(mkaSet(7, 0, 0, 'de04 01020304 e00a 0002 0080c20001000001'), mkaSet(3, 0, 0, '0102')),
  ], Array.from({ length: 4 }, () => 'eth:ethertype:eapol')),
];

const random = new Random(5);
export const HELLO = clientHello(random, { serverName: 'radius.test', protocols: ['radius/1.1'] });
const ANSWER = serverHello(random, sessionIdOf(HELLO));
const ANSWER_1_2 = serverHelloTls12(random);
/** A point of 4 bytes as the client's share (RFC 8422 §5.7), and the end of its handshake. */
const KEY_EXCHANGE = bytes('16 0303 0009 10 000005 04 01020304');

/** A handshake of TLS 1.2 in a method, and data behind it. */
export function tlsExchange(method: number): readonly Bytes[] {
  return [
    eap(1, 0, 1), eap(2, 0, 1, '75736572'), eap(1, 1, method, '20'), eap(2, 1, method, '00', HELLO), eap(1, 2, method, '00', ANSWER_1_2), eap(2, 2, method, '00', KEY_EXCHANGE, changeCipherSpec()),
    eap(1, 3, method, '00', changeCipherSpec()), eap(2, 3, method, '00', encryptedRecords(random, 20)),
  ];
}

/** The same frame sent to the group of all ports that know 802.1X. */
export function toGroup(frame: Bytes): Bytes {
  return bytes('0180c2000003', frame.subarray(6));
}

export const EAP_FIXTURES: readonly Fixture[] = [
  fixture('EAP, simple methods', [
    eap(1, 1, 1), eap(2, 1, 1, '75736572'), eap(1, 2, 4, '10', 'ab'.repeat(16), '6e'), eap(2, 2, 3, '15'), eap(1, 3, 2, '6869'), eap(1, 4, 6, '3f'), eap(3, 5), eap(4, 6), eap(5, 7), eap(9, 8, 1), eap(2, 1, 1, '00 61ff'), eap(2, 9, 254, '0000000000000300'),
    eap(2, 1, 1, Uint8Array.from('0123456789012345@wlan.mnc001.mcc234.3gppnetwork.org', (letter) => letter.charCodeAt(0))),
  ], [...Array.from({ length: 11 }, () => 'eth:ethertype:eapol'), 'eth:ethertype:eapol:data', 'eth:ethertype:eapol']),
  fixture('EAP, methods with challenges', [
    eap(1, 1, 17, '01 00 08 0102030405060708 61'), eap(1, 2, 18, '0a 0000 0f02 0002 0001 0000 0a01 0000'), eap(1, 3, 23, '05 0000 0e02 0003 61626300 0c01 4000 1601 0001'), eap(1, 4, 26, '01 05 0018 10', '01'.repeat(16), '737276'),
    eap(2, 4, 26, '02 05 003a 31', '02'.repeat(49), '75736572'), eap(1, 5, 26, '03 05 0006 4f4b'), eap(2, 5, 26, '03'), eap(1, 6, 47, '00', '03'.repeat(16), '73'), eap(2, 6, 47, '40', '04'.repeat(48), '70'), eap(1, 7, 47, '80', '05'.repeat(40)), eap(1, 8, 43, '21 0004 0002 6162'),
  ], Array.from({ length: 11 }, () => 'eth:ethertype:eapol')),
  fixture('EAP-TLS, in fragments', [
    eap(1, 1, 13, '20'), eap(2, 1, 13, 'c0', u8(0, 0), u16(HELLO.length), HELLO.subarray(0, 40)), eap(1, 2, 13, '00'), eap(2, 2, 13, '00', HELLO.subarray(40)), eap(1, 3, 13, '80', u8(0, 0), u16(ANSWER.length), ANSWER),
  ], ['eth:ethertype:eapol', 'eth:ethertype:eapol', 'eth:ethertype:eapol', 'eth:ethertype:eapol:tls', 'eth:ethertype:eapol:tls']),
  fixture('EAP-TTLS, a session and another', [...tlsExchange(21), ...tlsExchange(21)], Array.from({ length: 16 }, (_, index) => (index % 8 < 3 ? 'eth:ethertype:eapol' : 'eth:ethertype:eapol:tls'))),
  fixture('WPS', [eap(1, 1, 254, '00372a 00000001 01 00'), eap(2, 1, 254, '00372a 00000001 04 02 00ce 104a 0001 10 1022 0001 04 1032 00c0', '05'.repeat(192))], ['eth:ethertype:eapol:data', 'eth:ethertype:eapol']),
  single('EAP, wrong lengths', concat(etherFrame(0x888e, '01 00 0004 01 02 0040')), 'eth:ethertype:eapol'),
];
