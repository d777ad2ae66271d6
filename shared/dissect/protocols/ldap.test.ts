import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { implicit, integer, sequence } from '../../../tools/craft/der.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import {
  BOUND, DONE, ENTRY, REFERENCE, SEARCH, SIMPLE_BIND, START_TLS, control, ldapMessage, ldapTurns, operation, outcome, saslAnswer, saslBind, saslBuffer, search,
} from './ldap.fixtures.test-helper.ts';
import { NEGOTIATE, challenge } from './ntlmssp.fixtures.test-helper.ts';

const HANDSHAKE = 3;
const TITLE = 'Lightweight Directory Access Protocol';

/** Messages of client and server in turn. */
function show(...messages: readonly Bytes[]): DissectedFrame[] {
  return dissectFrames(ldapTurns(...messages).frames).slice(HANDSHAKE);
}

describe('a bind and a search', () => {
  const [bind, , request, results] = show(SIMPLE_BIND, BOUND, SEARCH, concat(ENTRY, REFERENCE, DONE)) as [DissectedFrame, DissectedFrame, DissectedFrame, DissectedFrame];

  test('the bind, whose password everybody can read', () => {
    expect(branch(bind, TITLE)).toMatchInlineSnapshot(`
      "Lightweight Directory Access Protocol
          LDAPMessage bindRequest(1) "cn=ada,dc=lamp,dc=test" simple
              messageID: 1
              protocolOp: bindRequest (0)
                  bindRequest
                      version: 3
                      name: cn=ada,dc=lamp,dc=test
                      authentication: simple (0)
                          simple: secret
              [Response In: 5]"
    `);
  });

  test('the search', () => {
    expect(branch(request, TITLE)).toMatchInlineSnapshot(`
      "Lightweight Directory Access Protocol
          LDAPMessage searchRequest(2) "dc=lamp,dc=test" wholeSubtree
              messageID: 2
              protocolOp: searchRequest (3)
                  searchRequest
                      baseObject: dc=lamp,dc=test
                      scope: wholeSubtree (2)
                      derefAliases: neverDerefAliases (0)
                      sizeLimit: 0
                      timeLimit: 30
                      typesOnly: False
                      filter: and (0)
                          and: 2 items
                              and item: equalityMatch (3)
                                  equalityMatch
                                      attributeDesc: objectClass
                                      assertionValue: person
                              and item: or (1)
                                  or: 6 items
                                      or item: substrings (4)
                                          substrings
                                              type: cn
                                              substrings: 3 items
                                                  substrings item: initial (0)
                                                      initial: a
                                                  substrings item: any (1)
                                                      any: d
                                                  substrings item: final (2)
                                                      final: a
                                      or item: not (2)
                                          not: greaterOrEqual (5)
                                              greaterOrEqual
                                                  attributeDesc: age
                                                  assertionValue: 18
                                      or item: lessOrEqual (6)
                                          lessOrEqual
                                              attributeDesc: age
                                              assertionValue: 30
                                      or item: approxMatch (8)
                                          approxMatch
                                              attributeDesc: name
                                              assertionValue: ada
                                      or item: present (7)
                                          present: mail
                                      or item: extensibleMatch (9)
                                          extensibleMatch
                                              matchingRule: 2.4.6.8
                                              type: cn
                                              matchValue: Ada
                                              dnAttributes: True
                      attributes: 2 items
                          AttributeDescription: cn
                          AttributeDescription: objectGUID
              [Response In: 7]
              controls: 1 item
                  Control
                      controlType: 1.2.840.113556.1.4.319 (pagedResultsControl)
                      criticality: True
                      SearchControlValue
                          size: 100
                          cookie: "
    `);
  });

  test('its results', () => {
    expect(results.info).toBe('searchResEntry(2) "cn=ada,dc=lamp,dc=test"  | searchResRef(2)  | searchResDone(2) success  [1 result]');
    expect(branch(results, TITLE)).toMatchInlineSnapshot(`
      "Lightweight Directory Access Protocol
          LDAPMessage searchResEntry(2) "cn=ada,dc=lamp,dc=test"
              messageID: 2
              protocolOp: searchResEntry (4)
                  searchResEntry
                      objectName: cn=ada,dc=lamp,dc=test
                      attributes: 5 items
                          PartialAttributeList item (cn)
                              type: cn
                              vals: 2 items
                                  AttributeValue: ada
                                  AttributeValue: lovelace
                          PartialAttributeList item (objectGUID)
                              type: objectGUID
                              vals: 1 item
                                  GUID: 33221100-5544-7766-8899-aabbccddeeff
                          PartialAttributeList item (objectSid)
                              type: objectSid
                              vals: 1 item
                                  Sid: S-1-5-21-1-2-3-500
                          PartialAttributeList item (supportedControl)
                              type: supportedControl
                              vals: 1 item
                                  OID: 1.2.840.113556.1.4.319 (pagedResultsControl)
                          PartialAttributeList item (photo)
                              type: photo
                              vals: 1 item
                                  AttributeValue: 2 bytes
              [Response To: 6]
              [Time: 0.001000000 seconds]"
    `);
  });

  test('know each other', () => {
    expect(request.values['ldap.response_in']).toEqual(['7']);
    expect(results.values['ldap.response_to']).toEqual(['6', '6', '6']);
  });
});

describe('who authenticates how', () => {
  test.each([
    ['NTLM by the name of a mechanism', [saslBind(1, 'NTLM', NEGOTIATE)], 'ldap:gss-api:ntlmssp'],
    ['Sicily', [ldapMessage(1, operation(0, integer(3), hex('0400'), implicit(10, NEGOTIATE)))], 'ldap:ntlmssp'],
    ['Sicily, the server', [SIMPLE_BIND, ldapMessage(1, operation(1, outcome(0, String.fromCharCode(...challenge()))))], 'ldap:ntlmssp'],
    ['NTLM, the server', [SIMPLE_BIND, saslAnswer(1, challenge())], 'ldap:ntlmssp'],
    ['a mechanism that nobody reads', [saslBind(1, 'PLAIN', latin1('\0ada\0secret'))], 'ldap'],
  ])('%s', (_, messages, chain) => {
    expect(show(...messages).at(-1)?.protocols).toBe(`eth:ethertype:ip:tcp:${chain}`);
  });
});

describe('in SASL', () => {
  test('what is signed is read, what is encrypted is not', () => {
    const [signed, sealed] = show(saslBuffer('signed', SEARCH), saslBuffer('sealed', hex('a1b2c3')));
    expect(signed?.info).toBe('SASL GSS-API Integrity: searchRequest(2) "dc=lamp,dc=test" wholeSubtree ');
    expect(signed?.values['ldap.baseObject']).toEqual(['dc=lamp,dc=test']);
    expect(sealed?.info).toBe('SASL GSS-API Privacy: payload (3 bytes)');
    expect(sealed?.values['ldap.gssapi_encrypted_payload']).toEqual(['a1b2c3']);
  });
});

describe('extensions', () => {
  test('after StartTLS the conversation is one of TLS', () => {
    const hello = hex(`16030100 31 0100002d 0303 ${'00'.repeat(32)} 00 0002c02f 0100 0002 0000`);
    const answers = [ldapMessage(7, operation(24, outcome(0))), ldapMessage(7, operation(24, outcome(52)))];
    expect(answers.map((answer) => show(START_TLS, answer, hello).at(-1)?.protocols.split(':').at(-1))).toEqual(['tls', 'ldap']);
  });

  test('an unknown one goes by its number, and its value stays bytes', () => {
    const [frame] = show(ldapMessage(1, operation(23, implicit(0, latin1('1.2.3.4')), implicit(1, hex('0102')))));
    expect(frame?.info).toBe('extendedReq(1) iso.2.3.4 ');
    expect(frame?.values['ldap.requestValue']).toEqual(['0102']);
  });

  test('an unknown control too', () => {
    const [frame] = show(search(1, implicit(7, latin1('cn')), '', control('1.2.3.5', hex('0102')), control('1.2.840.113556.1.4.417')));
    expect(frame?.values).toMatchObject({ 'ldap.controlType': ['1.2.3.5', '1.2.840.113556.1.4.417'], 'ldap.controlValue': ['0102'] });
    expect(frame?.tree).toContain('controlType: 1.2.840.113556.1.4.417 (LDAP_SERVER_SHOW_DELETED_OID)');
  });
});

test('over UDP it is CLDAP', () => {
  const [frame] = dissectFrames([datagram('up', 389, search(1, implicit(7, latin1('cn')), ''))]);
  expect([frame?.protocol, frame?.info]).toEqual(['CLDAP', 'searchRequest(1) "<ROOT>" wholeSubtree ']);
});

describe('what is wrong', () => {
  test('an unknown operation', () => {
    expect(show(ldapMessage(1, operation(30)))[0]?.protocols).toBe('eth:ethertype:ip:tcp:ldap');
  });

  test('a message whose parts reach beyond it', () => {
    expect(show(sequence(integer(1), hex('632004')))[0]?.info).toContain('[Malformed Packet]');
  });

  test('a message that is cut off is waited for', () => {
    const frames = dissectFrames(new TcpFrames(389).send('up', SEARCH.subarray(0, 30)).send('up', SEARCH.subarray(30)).frames);
    expect(frames.slice(HANDSHAKE).map(({ values }) => values['ldap.messageID'])).toEqual([undefined, ['2']]);
  });
});
