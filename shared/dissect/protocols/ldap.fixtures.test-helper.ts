/** Messages of LDAP: a bind, a search with its results, changes, extensions, controls, and what SASL wraps. */
import { concat, hex, latin1, u32 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { boolean, enumerated, explicit, implicit, integer, integerContent, octets, sequence, set, tlv } from '../../../tools/craft/der.ts';
import { fixture, over, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';
import { KERBEROS_OID, NEGOTIATE, NTLM_OID, answer, challenge, initialToken, proposal } from './ntlmssp.fixtures.test-helper.ts';

export function text(words: string): Bytes {
  return octets(latin1(words));
}

/** [APPLICATION tag], constructed. */
export function operation(tag: number, ...parts: readonly Bytes[]): Bytes {
  return tlv(0x60 | tag, ...parts);
}

export function ldapMessage(id: number, body: Bytes, ...controls: readonly Bytes[]): Bytes {
  return sequence(integer(id), body, ...(controls.length > 0 ? [explicit(0, ...controls)] : []));
}

export function control(type: string, value?: Bytes): Bytes {
  return sequence(text(type), boolean(true), ...(value === undefined ? [] : [octets(value)]));
}

/** Code, name and words of a response. */
export function outcome(code: number, name = '', words = ''): Bytes {
  return concat(enumerated(code), text(name), text(words));
}

export function attribute(type: string, ...values: readonly Bytes[]): Bytes {
  return sequence(text(type), set(...values.map((value) => octets(value))));
}

// ── operations ───────────────────────────────────────────────────────────────

export const ROOT = 'dc=lamp,dc=test';

export const SIMPLE_BIND = ldapMessage(1, operation(0, integer(3), text(`cn=ada,${ROOT}`), implicit(0, latin1('secret'))));
export const BOUND = ldapMessage(1, operation(1, outcome(0)));

export function saslBind(id: number, mechanism: string, credentials: Bytes): Bytes {
  return ldapMessage(id, operation(0, integer(3), text(''), explicit(3, text(mechanism), octets(credentials))));
}

export function saslAnswer(id: number, credentials: Bytes): Bytes {
  return ldapMessage(id, operation(1, outcome(14), implicit(7, credentials)));
}

function equals(tag: number, type: string, value: string): Bytes {
  return explicit(tag, text(type), text(value));
}

/** (&(objectClass=person)(|(cn=a*d*a)(!(age>=18))(age<=30)(name~=ada)(mail=*)(cn:dn:2.4.6.8:=Ada))) */
export const FILTER = explicit(
  0,
  equals(3, 'objectClass', 'person'),
  explicit(
    1,
    explicit(4, text('cn'), sequence(implicit(0, latin1('a')), implicit(1, latin1('d')), implicit(2, latin1('a')))),
    explicit(2, equals(5, 'age', '18')),
    equals(6, 'age', '30'),
    equals(8, 'name', 'ada'),
    implicit(7, latin1('mail')),
    explicit(9, implicit(1, latin1('2.4.6.8')), implicit(2, latin1('cn')), implicit(3, latin1('Ada')), implicit(4, hex('ff'))),
  ),
);

export function search(id: number, filter: Bytes, base = ROOT, ...controls: readonly Bytes[]): Bytes {
  return ldapMessage(id, operation(3, text(base), enumerated(2), enumerated(0), integer(0), integer(30), boolean(false), filter, sequence(text('cn'), text('objectGUID'))), ...controls);
}

export const PAGED = control('1.2.840.113556.1.4.319', sequence(integer(100), octets()));
export const SEARCH = search(2, FILTER, ROOT, PAGED);

const GUID = hex('00112233 4455 6677 8899aabbccddeeff');
const SID = hex('0105000000000005 15000000 01000000 02000000 03000000 f4010000');

export const ENTRY = ldapMessage(
  2,
  operation(
    4,
    text(`cn=ada,${ROOT}`),
    sequence(attribute('cn', latin1('ada'), latin1('lovelace')), attribute('objectGUID', GUID), attribute('objectSid', SID), attribute('supportedControl', latin1('1.2.840.113556.1.4.319')), attribute('photo', hex('ffd8'))),
  ),
);
export const REFERENCE = ldapMessage(2, operation(19, text(`ldap://dc2.lamp.test/${ROOT}`)));
export const DONE = ldapMessage(2, operation(5, outcome(0)), control('1.2.840.113556.1.4.319', sequence(integer(0), octets(hex('c0ffee')))));

export const START_TLS = ldapMessage(7, operation(23, implicit(0, latin1('1.3.6.1.4.1.1466.20037'))));

const CHANGES = [
  ldapMessage(3, operation(6, text(`cn=ada,${ROOT}`), sequence(sequence(enumerated(2), attribute('mail', latin1('ada@lamp.test')))))),
  ldapMessage(3, operation(7, outcome(50, '', 'not yours'))),
  ldapMessage(4, operation(8, text(`cn=bob,${ROOT}`), sequence(attribute('cn', latin1('bob'))))),
  ldapMessage(4, operation(9, outcome(68))),
  ldapMessage(5, tlv(0x4a, latin1(`cn=bob,${ROOT}`))),
  ldapMessage(5, operation(11, outcome(0))),
  ldapMessage(6, operation(12, text(`cn=ada,${ROOT}`), text('cn=lady'), boolean(true), implicit(0, latin1(`ou=people,${ROOT}`)))),
  ldapMessage(6, operation(13, outcome(0))),
  ldapMessage(8, operation(14, text(`cn=ada,${ROOT}`), sequence(text('cn'), text('ada')))),
  ldapMessage(8, operation(15, outcome(6))),
] as const;

const LAST = [
  ldapMessage(9, tlv(0x50, integerContent(8))),
  ldapMessage(10, operation(23, implicit(0, latin1('1.3.6.1.4.1.4203.1.11.1')), implicit(1, sequence(implicit(0, latin1('ada')), implicit(2, latin1('new')))))),
  ldapMessage(10, operation(24, outcome(53, '', 'too short'))),
  ldapMessage(11, operation(25, implicit(0, latin1('1.3.6.1.4.1.4203.1.9.1.4')), implicit(1, implicit(0, hex('01'))))),
  ldapMessage(12, tlv(0x42)),
] as const;

// ── SASL ─────────────────────────────────────────────────────────────────────

/** A buffer: its length, a token that wraps (RFC 1964 §1.2.2), data. */
export function saslBuffer(seal: 'sealed' | 'signed', data: Bytes): Bytes {
  const token = initialToken(KERBEROS_OID, hex(`0201 1100 ${seal === 'sealed' ? '1000' : 'ffff'} ffff 0102030405060708 1112131415161718 2122232425262728`));
  return concat(u32(token.length + data.length), token, data);
}

function turns(port: number, ...messages: readonly Bytes[]): TcpFrames {
  const frames = new TcpFrames(port);
  messages.forEach((message, index) => frames.send(index % 2 === 0 ? 'up' : 'down', message));
  return frames;
}

export function ldapTurns(...messages: readonly Bytes[]): TcpFrames {
  return turns(389, ...messages);
}

const PLAIN = ':ldap';
/** With a control or an extension whose value is read. */
const KNOWN = ':ldap:ldap';

function chains(...rest: readonly string[]): string[] {
  return ['', '', '', ...rest];
}

const NTLM_CHAIN = ':ldap:gss-api:spnego:ntlmssp';

export const LDAP_FIXTURES: readonly Fixture[] = [
  fixture('LDAP search', ...over(ldapTurns(SIMPLE_BIND, BOUND, SEARCH, concat(ENTRY, REFERENCE, DONE)), chains(PLAIN, PLAIN, KNOWN, KNOWN))),
  fixture('LDAP changes', ...over(ldapTurns(...CHANGES), chains(...CHANGES.map(() => PLAIN)))),
  fixture('LDAP extensions', ...over(ldapTurns(...LAST), chains(PLAIN, KNOWN, PLAIN, KNOWN, PLAIN))),
  fixture('LDAP with SPNEGO', ...over(ldapTurns(saslBind(1, 'GSS-SPNEGO', proposal([NTLM_OID], NEGOTIATE)), saslAnswer(1, answer(1, NTLM_OID, challenge()))), chains(NTLM_CHAIN, ':ldap:spnego:ntlmssp'))),
  fixture('LDAP in SASL', ...over(ldapTurns(saslBuffer('signed', SEARCH), saslBuffer('sealed', hex('a1b2c3'))), chains(':ldap:gss-api:spnego-krb5:ldap', ':ldap:gss-api:spnego-krb5'))),
  fixture('LDAP, a message in two segments', ...over(new TcpFrames(389).send('up', SEARCH.subarray(0, 30)).send('up', SEARCH.subarray(30)), chains('', KNOWN))),
  single('CLDAP', datagram('up', 389, search(1, equals(3, 'DnsDomain', 'lamp.test'), '')), 'eth:ethertype:ip:udp:cldap'),
];
