/** Certificates and answers about them, built part by part. */
import { concat, counted, hex, ip, latin1, u16, u8, zeros } from '../../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../../tools/craft/bytes.ts';
import { bits, boolean, enumerated, explicit, generalizedTime, ia5String, implicit, integer, nothing, octets, oid, printableString, sequence, set, tlv, utcTime, utf8String } from '../../../../tools/craft/der.ts';

export function nameOf(...attributes: readonly (readonly [arc: string, value: Bytes])[]): Bytes {
  return sequence(...attributes.map(([arc, value]) => set(sequence(oid(arc), value))));
}

export function algorithm(dotted: string, ...parameters: readonly Bytes[]): Bytes {
  return sequence(oid(dotted), ...parameters);
}

export const SHA256_RSA = algorithm('1.2.840.113549.1.1.11', nothing());
export const ISSUER = nameOf(['2.5.4.6', printableString('DE')], ['2.5.4.3', utf8String('Test CA')]);
export const SUBJECT = nameOf(['2.5.4.10', utf8String('Ada & Co')], ['2.5.4.3', utf8String('www.example.com')], ['1.2.840.113549.1.9.1', ia5String('ada@example.com')]);
const RSA_KEY = sequence(algorithm('1.2.840.113549.1.1.1', nothing()), bits(sequence(integer(0xc0ffee), integer(65_537))));
export const EC_KEY = sequence(algorithm('1.2.840.10045.2.1', oid('1.2.840.10045.3.1.7')), bits(hex('04aabb')));

export function extension(dotted: string, value: Bytes, critical?: boolean): Bytes {
  return sequence(oid(dotted), ...(critical === undefined ? [] : [boolean(critical)]), octets(value));
}

const GENERAL_NAMES = sequence(
  explicit(0, oid('1.3.6.1.4.1.311.20.2.3'), explicit(0, utf8String('ada@corp'))),
  implicit(1, latin1('ada@example.com')),
  implicit(2, latin1('www.example.com')),
  explicit(4, ISSUER),
  implicit(6, latin1('http://example.com/')),
  implicit(7, ip('192.0.2.1')),
  implicit(7, ip('2001:db8::1')),
  implicit(8, hex('2a0304')),
);

const TIMESTAMP = concat(u8(0), zeros(32), hex('0000018bcfe56800'), u16(0), hex('0403'), counted(16, hex('3000')));
const TIMESTAMPS = octets(counted(16, counted(16, TIMESTAMP)));

export const EXTENSIONS: readonly Bytes[] = [
  extension('2.5.29.19', sequence(boolean(true), integer(1)), true),
  extension('2.5.29.15', bits(hex('a0'), 5), true),
  extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2'))),
  extension('2.5.29.17', GENERAL_NAMES),
  extension('2.5.29.14', octets(hex('0102'))),
  extension('2.5.29.35', sequence(implicit(0, hex('0304')), explicit(1, explicit(4, ISSUER)), implicit(2, hex('05')))),
  extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, implicit(6, latin1('http://example.com/crl'))))))),
  extension('1.3.6.1.5.5.7.1.1', sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), implicit(6, latin1('http://ocsp.example.com'))))),
  extension(
    '2.5.29.32',
    sequence(
      sequence(oid('2.23.140.1.2.2'), sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), ia5String('http://example.com/cps')), sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(sequence(utf8String('Ada'), sequence(integer(1))), utf8String('Notice'))))),
    ),
  ),
  extension('2.5.29.30', sequence(explicit(0, sequence(implicit(2, latin1('example.com')))))),
  extension('1.3.6.1.4.1.11129.2.4.2', TIMESTAMPS),
  extension('1.3.6.1.5.5.7.1.24', sequence(integer(5))),
  extension('1.3.6.1.5.5.7.1.3', sequence(sequence(oid('1.3.6.1.5.5.7.11.2'), sequence(oid('1.2.3'))))),
  extension('2.16.840.1.113730.1.1', bits(hex('40'), 6)),
  extension('1.3.6.1.4.1.311.21.7', sequence(oid('1.2.3.4'), integer(100), integer(2))),
  extension('1.2.3.4.5', octets(hex('00'))),
];

export function certificate({ subject = SUBJECT, key = RSA_KEY, extensions = EXTENSIONS }: { readonly subject?: Bytes; readonly key?: Bytes; readonly extensions?: readonly Bytes[] } = {}): Bytes {
  const body = sequence(
    explicit(0, integer(2)),
    integer(0x1234),
    SHA256_RSA,
    ISSUER,
    sequence(utcTime('240102030405Z'), generalizedTime('20500102030405Z')),
    subject,
    key,
    explicit(3, sequence(...extensions)),
  );
  return sequence(body, SHA256_RSA, bits(hex('5161')));
}

const CERT_ID = sequence(algorithm('1.3.14.3.2.26', nothing()), octets(hex('aa')), octets(hex('bb')), integer(0x1234));

/** An answer about one certificate: good, or revoked. */
export function ocspResponse(revoked = false): Bytes {
  const status = revoked ? explicit(1, generalizedTime('20240203040506Z'), explicit(0, enumerated(1))) : implicit(0, u8());
  const single = sequence(CERT_ID, status, generalizedTime('20240102030405Z'), explicit(0, generalizedTime('20240109030405Z')));
  const data = sequence(explicit(2, octets(hex('cc'))), generalizedTime('20240102030405Z'), sequence(single), explicit(1, sequence(extension('1.3.6.1.5.5.7.48.1.2', octets(hex('dd'))))));
  const basic = sequence(data, SHA256_RSA, bits(hex('ee')));
  return sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}

export function ocspRequest(): Bytes {
  return sequence(sequence(sequence(sequence(CERT_ID)), explicit(2, sequence(extension('1.3.6.1.5.5.7.48.1.2', octets(hex('dd')))))));
}

/** A list of one revoked certificate. */
export function revocationList(): Bytes {
  const revoked = sequence(integer(7), utcTime('240102030405Z'), sequence(extension('2.5.29.21', enumerated(1))));
  const body = sequence(integer(1), SHA256_RSA, ISSUER, utcTime('240102030405Z'), utcTime('240109030405Z'), sequence(revoked), explicit(0, sequence(extension('2.5.29.20', integer(9)))));
  return sequence(body, SHA256_RSA, bits(hex('ee')));
}

// ── in TLS ───────────────────────────────────────────────────────────────────

function message(type: number, body: Bytes): Bytes {
  return concat(u8(type), counted(24, body));
}

/** Handshake messages of a server that shows certificates, and what an authority says of the first. */
export function serverMessages(certificates: readonly Bytes[], status?: Bytes): Bytes {
  const hello = message(2, concat(u16(0x0303), zeros(32), counted(8, u8()), u16(0xc02f), u8(0)));
  return concat(
    hello,
    message(11, counted(24, concat(...certificates.map((each) => counted(24, each))))),
    ...(status === undefined ? [] : [message(22, concat(u8(1), counted(24, status)))]),
    message(13, concat(counted(8, u8(1)), counted(16, hex('0403')), counted(16, counted(16, ISSUER)))),
    message(14, u8()),
  );
}

export function handshakeRecord(content: Bytes): Bytes {
  return concat(u8(22), u16(0x0303), counted(16, content));
}

/** An attribute of a name whose value has a tag of its own. */
export function attribute(arc: string, tag: number, value: Bytes): Bytes {
  return nameOf([arc, tlv(tag, value)]);
}
