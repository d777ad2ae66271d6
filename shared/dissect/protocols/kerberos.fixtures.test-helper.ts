/** Messages of Kerberos: a client asks for a first ticket, is refused, asks again, gets it, asks for another, and shows that to a server. */
import { concat, hex, ip, latin1, u32 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { bits, boolean, explicit, generalizedTime, integer, octets, sequence, tlv } from '../../../tools/craft/der.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';
import { KERBEROS_OID, answer, initialToken, negotiation, proposal } from './ntlmssp.fixtures.test-helper.ts';

const AES256 = 18;
const RC4 = 23;

function general(text: string): Bytes {
  return tlv(0x1b, latin1(text));
}

/** [APPLICATION tag], constructed. */
function application(tag: number, ...parts: readonly Bytes[]): Bytes {
  return tlv(0x60 | tag, ...parts);
}

export function principal(type: number, ...names: readonly string[]): Bytes {
  return sequence(explicit(0, integer(type)), explicit(1, sequence(...names.map(general))));
}

export function encrypted(cipher: Bytes, kvno?: number): Bytes {
  return sequence(explicit(0, integer(AES256)), ...(kvno === undefined ? [] : [explicit(1, integer(kvno))]), explicit(2, octets(cipher)));
}

export function padata(type: number, value: Bytes): Bytes {
  return sequence(explicit(1, integer(type)), explicit(2, octets(value)));
}

const REALM = 'LAMP.TEST';
const ADA = principal(1, 'ada');
const KDC = principal(2, 'krbtgt', REALM);
const TILL = generalizedTime('20370913024805Z');

export function ticket(...service: readonly string[]): Bytes {
  return application(1, sequence(explicit(0, integer(5)), explicit(1, general(REALM)), explicit(2, principal(2, ...service)), explicit(3, encrypted(hex('a1b2c3'), 2))));
}

function requestBody(service: Bytes): Bytes {
  return sequence(
    explicit(0, bits(hex('40810010'))),
    explicit(1, ADA),
    explicit(2, general(REALM)),
    explicit(3, service),
    explicit(5, TILL),
    explicit(7, integer(77)),
    explicit(8, sequence(integer(AES256), integer(RC4))),
    explicit(9, sequence(sequence(explicit(0, integer(20)), explicit(1, octets(latin1('DESK           \0')))), sequence(explicit(0, integer(2)), explicit(1, octets(ip('192.0.2.1')))))),
  );
}

/** @param type 10 AS-REQ, 12 TGS-REQ */
export function kdcRequest(type: number, proofs: readonly Bytes[], service = KDC): Bytes {
  return application(type, sequence(explicit(1, integer(5)), explicit(2, integer(type)), ...(proofs.length > 0 ? [explicit(3, sequence(...proofs))] : []), explicit(4, requestBody(service))));
}

/** @param type 11 AS-REP, 13 TGS-REP */
export function kdcReply(type: number, given: Bytes, proofs: readonly Bytes[] = []): Bytes {
  return application(
    type,
    sequence(
      explicit(0, integer(5)),
      explicit(1, integer(type)),
      ...(proofs.length > 0 ? [explicit(2, sequence(...proofs))] : []),
      explicit(3, general(REALM)),
      explicit(4, ADA),
      explicit(5, given),
      explicit(6, encrypted(hex('d1d2d3d4'), 3)),
    ),
  );
}

export function krbError(code: number, data?: Bytes): Bytes {
  return application(
    30,
    sequence(
      explicit(0, integer(5)),
      explicit(1, integer(30)),
      explicit(4, generalizedTime('20260102030405Z')),
      explicit(5, integer(123_456)),
      explicit(6, integer(code)),
      explicit(9, general(REALM)),
      explicit(10, KDC),
      ...(data === undefined ? [] : [explicit(12, octets(data))]),
    ),
  );
}

export function apRequest(given: Bytes): Bytes {
  return application(14, sequence(explicit(0, integer(5)), explicit(1, integer(14)), explicit(2, bits(hex('20000000'))), explicit(3, given), explicit(4, encrypted(hex('e1e2e3')))));
}

export const AP_REPLY = application(15, sequence(explicit(0, integer(5)), explicit(1, integer(15)), explicit(2, encrypted(hex('f1f2')))));

// ── pre-authentication ───────────────────────────────────────────────────────

export const PAC_REQUEST = padata(128, sequence(explicit(0, boolean(true))));
export const SALTS = padata(19, sequence(sequence(explicit(0, integer(AES256)), explicit(1, general(`${REALM}ada`))), sequence(explicit(0, integer(RC4)))));
const TIMESTAMP = padata(2, encrypted(hex('c1c2c3')));
const PAC_OPTIONS = padata(167, sequence(explicit(0, bits(hex('10000000')))));
const FOR_USER = padata(129, sequence(explicit(0, principal(10, 'bob')), explicit(1, general(REALM)), explicit(2, sequence(explicit(0, integer(-138)), explicit(1, octets(hex('1122'))))), explicit(3, general('Kerberos'))));
const SUPPORTED = padata(165, hex('1f000000'));

export const FIRST = kdcRequest(10, [PAC_REQUEST]);
export const REFUSED = krbError(25, sequence(SALTS, padata(2, hex(''))));
export const AGAIN = kdcRequest(10, [TIMESTAMP, PAC_REQUEST]);
export const GRANTED = kdcReply(11, ticket('krbtgt', REALM), [SALTS]);
export const ANOTHER = kdcRequest(12, [padata(1, apRequest(ticket('krbtgt', REALM))), PAC_OPTIONS, FOR_USER], principal(2, 'HTTP', 'www.lamp.test'));
export const GRANTED_TOO = kdcReply(13, ticket('HTTP', 'www.lamp.test'), [SUPPORTED]);

/** Over TCP, the length stands in front. */
export function record(message: Bytes): Bytes {
  return concat(u32(message.length), message);
}

/** The first token of GSS-API's mechanism (RFC 4121 §4.1). */
export const TOKEN = initialToken(KERBEROS_OID, hex('0100'), apRequest(ticket('HTTP', 'www.lamp.test')));
const TOKEN_BACK = initialToken(KERBEROS_OID, hex('0200'), AP_REPLY);

const UDP = 'eth:ethertype:ip:udp:kerberos';
const IN_SPNEGO = ':http:gss-api:spnego:spnego-krb5';

export const KERBEROS_FIXTURES: readonly Fixture[] = [
  fixture(
    'Kerberos over UDP',
    [FIRST, REFUSED, AGAIN, GRANTED].map((message, index) => datagram(index % 2 === 0 ? 'up' : 'down', 88, message)),
    [UDP, UDP, UDP, UDP],
  ),
  fixture('Kerberos over TCP', ...over(new TcpFrames(88).send('up', record(ANOTHER).subarray(0, 100)).send('up', record(ANOTHER).subarray(100)).send('down', record(GRANTED_TOO)), ['', '', '', '', ':kerberos', ':kerberos'])),
  fixture('Kerberos in SPNEGO in HTTP', ...over(negotiation('Negotiate', proposal([KERBEROS_OID], TOKEN), answer(0, KERBEROS_OID, TOKEN_BACK)), ['', '', '', IN_SPNEGO, IN_SPNEGO])),
];
