import { describe, expect, test } from 'vitest';
import { concat, hex } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { explicit, integer, octets, sequence } from '../../../tools/craft/der.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';
import { branch, icmpMessage, ipv4Frame } from '../internet.test-helper.ts';
import {
  AGAIN, ANOTHER, AP_REPLY, FIRST, GRANTED, GRANTED_TOO, REFUSED, TOKEN, apRequest, encrypted, kdcReply, kdcRequest, krbError, padata, principal, record, ticket,
} from './kerberos.fixtures.test-helper.ts';
import { KERBEROS_OID, initialToken, negotiation } from './ntlmssp.fixtures.test-helper.ts';

const HANDSHAKE = 3;

function show(message: Bytes): DissectedFrame {
  return dissectFrames([datagram('up', 88, message)])[0] as DissectedFrame;
}

describe('a ticket', () => {
  test('messages are told by their names, errors by theirs', () => {
    expect([FIRST, REFUSED, AGAIN, GRANTED, ANOTHER, GRANTED_TOO, krbError(6)].map((message) => show(message).info)).toEqual([
      'AS-REQ', 'KRB Error: KRB5KDC_ERR_PREAUTH_REQUIRED', 'AS-REQ', 'AS-REP', 'TGS-REQ', 'TGS-REP', 'KRB Error: KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN',
    ]);
  });

  test('is asked for', () => {
    expect(branch(show(AGAIN), 'Kerberos').replace(/(\n +[.01 ]+ = .*)+/g, '')).toMatchInlineSnapshot(`
      "Kerberos
          as-req
              pvno: 5
              msg-type: krb-as-req (10)
              padata: 2 items
                  PA-DATA
                      padata-type: pA-ENC-TIMESTAMP (2)
                      padata-value: 300ca003020112a2050403c1c2c3
                          etype: eTYPE-AES256-CTS-HMAC-SHA1-96 (18)
                          cipher: c1c2c3
                  PA-DATA
                      padata-type: pA-PAC-REQUEST (128)
                      padata-value: 3005a0030101ff
                          include-pac: True
              req-body
                  kdc-options: 40810010
                  cname
                      name-type: kRB5-NT-PRINCIPAL (1)
                      cname-string: 1 item
                          CNameString: ada
                  realm: LAMP.TEST
                  sname
                      name-type: kRB5-NT-SRV-INST (2)
                      sname-string: 2 items
                          SNameString: krbtgt
                          SNameString: LAMP.TEST
                  till: Sep 13, 2037 02:48:05.000000000 UTC
                  nonce: 77
                  etype: 2 items
                      ENCTYPE: eTYPE-AES256-CTS-HMAC-SHA1-96 (18)
                      ENCTYPE: eTYPE-ARCFOUR-HMAC-MD5 (23)
                  addresses: 2 items
                      HostAddress
                          addr-type: nETBIOS (20)
                          NetBIOS Address: DESK
                      HostAddress
                          addr-type: iPv4 (2)
                          IP Address: 192.0.2.1"
    `);
  });

  test('is not given without a proof: the error says how to prove', () => {
    expect(branch(show(REFUSED), 'Kerberos')).toMatchInlineSnapshot(`
      "Kerberos
          krb-error
              pvno: 5
              msg-type: krb-error (30)
              stime: Jan  2, 2026 03:04:05.000000000 UTC
              susec: 123456
              error-code: eRR-PREAUTH-REQUIRED (25)
              realm: LAMP.TEST
              sname
                  name-type: kRB5-NT-SRV-INST (2)
                  sname-string: 2 items
                      SNameString: krbtgt
                      SNameString: LAMP.TEST
              e-data: 30363029a103020113a2220420301e3015a003020112a10e1b0c4c414d502e544553546164613005a0030201173009a103020102a2020400
                  PA-DATA
                      padata-type: pA-ETYPE-INFO2 (19)
                      padata-value: 301e3015a003020112a10e1b0c4c414d502e544553546164613005a003020117
                          ETYPE-INFO2-ENTRY
                              etype: eTYPE-AES256-CTS-HMAC-SHA1-96 (18)
                              salt: LAMP.TESTada
                          ETYPE-INFO2-ENTRY
                              etype: eTYPE-ARCFOUR-HMAC-MD5 (23)
                  PA-DATA
                      padata-type: pA-ENC-TIMESTAMP (2)
                      padata-value: "
    `);
  });

  test('is given', () => {
    expect(branch(show(GRANTED), 'Kerberos')).toMatchInlineSnapshot(`
      "Kerberos
          as-rep
              pvno: 5
              msg-type: krb-as-rep (11)
              padata: 1 item
                  PA-DATA
                      padata-type: pA-ETYPE-INFO2 (19)
                      padata-value: 301e3015a003020112a10e1b0c4c414d502e544553546164613005a003020117
                          ETYPE-INFO2-ENTRY
                              etype: eTYPE-AES256-CTS-HMAC-SHA1-96 (18)
                              salt: LAMP.TESTada
                          ETYPE-INFO2-ENTRY
                              etype: eTYPE-ARCFOUR-HMAC-MD5 (23)
              crealm: LAMP.TEST
              cname
                  name-type: kRB5-NT-PRINCIPAL (1)
                  cname-string: 1 item
                      CNameString: ada
              ticket
                  tkt-vno: 5
                  realm: LAMP.TEST
                  sname
                      name-type: kRB5-NT-SRV-INST (2)
                      sname-string: 2 items
                          SNameString: krbtgt
                          SNameString: LAMP.TEST
                  enc-part
                      etype: eTYPE-AES256-CTS-HMAC-SHA1-96 (18)
                      kvno: 2
                      cipher: a1b2c3
              enc-part
                  etype: eTYPE-AES256-CTS-HMAC-SHA1-96 (18)
                  kvno: 3
                  cipher: d1d2d3d4"
    `);
  });

  test('proves who asks for the next one', () => {
    expect(show(ANOTHER).values).toMatchObject({
      'kerberos.padata_type': ['1', '167', '129'],
      'kerberos.SNameString': ['krbtgt', 'LAMP.TEST', 'HTTP', 'www.lamp.test'],
      'kerberos.KerberosString': expect.arrayContaining(['bob']) as unknown,
    });
    expect(show(GRANTED_TOO).values['kerberos.supported_entypes.aes256-cts-hmac-sha1-96']).toEqual(['1']);
  });
});

describe('pre-authentication data', () => {
  test.each([
    ['old salts', 11, sequence(sequence(explicit(0, integer(23)), explicit(1, octets(hex('aabb'))))), 'kerberos.info_salt', 'aabb'],
    ['a salt', 3, hex('aabbcc'), 'kerberos.pw_salt', 'aabbcc'],
    ['an error of Windows', 3, hex('6d0000c0 00000000 01000000'), 'kerberos.smb.nt_status', '0xc000006d'],
    ['a checksum', 149, sequence(explicit(0, integer(16)), explicit(1, octets(hex('0102')))), 'kerberos.checksum', '0102'],
    ['an armoured request', 136, explicit(0, sequence(explicit(1, sequence(explicit(0, integer(16)), explicit(1, octets(hex('0304'))))), explicit(2, encrypted(hex('0506'))))), 'kerberos.cipher', '0506'],
    ['groups of SPAKE', 151, explicit(0, sequence(explicit(0, sequence(integer(1), integer(2))))), 'kerberos.SPAKEGroup', '1'],
    ['a challenge of SPAKE', 151, explicit(1, sequence(explicit(0, integer(1)), explicit(1, octets(hex('0708'))), explicit(2, sequence(sequence(explicit(0, integer(1))))))), 'kerberos.pubkey', '0708'],
  ])('%s', (_, type, value, field, expected) => {
    expect(show(kdcRequest(10, [padata(type, value)])).values[field]?.[0]).toBe(expected);
  });
});

describe('over TCP', () => {
  test('lengths divide the stream', () => {
    const both = concat(record(FIRST), record(AGAIN));
    const frames = dissectFrames(new TcpFrames(88).send('up', both.subarray(0, 2)).send('up', both.subarray(2)).frames).slice(HANDSHAKE);
    expect(frames.map(({ values }) => values['kerberos.rm.length'])).toEqual([undefined, [String(FIRST.length), String(AGAIN.length)]]);
  });
});

describe('in the GSS-API', () => {
  function token(inner: Bytes): DissectedFrame {
    return dissectFrames(negotiation('Negotiate', inner).frames)[HANDSHAKE] as DissectedFrame;
  }

  test('a first token holds a message', () => {
    const frame = token(TOKEN);
    expect(frame.protocols).toMatch(/http:gss-api:spnego-krb5$/);
    expect(frame.values).toMatchObject({ 'spnego.krb5.tok_id': ['0x0001'], 'kerberos.msg_type': ['14'] });
  });

  test.each([
    ['a signature', '0101 0000 ffffffff 0102030405060708 1112131415161718', 'spnego.krb5.sgn_cksum', '1112131415161718'],
    ['wrapped data', '0201 1100 1000 ffff 0102030405060708 1112131415161718 2122232425262728', 'spnego.krb5.confounder', '2122232425262728'],
    ['a newer signature', '0404 05 ffffffffff 0000000000000009 0a0b', 'spnego.krb5.cfx_seq', '9'],
    ['newer wrapped data', '0504 02 ff 0001 0002 0000000000000009 0a0b', 'spnego.krb5.cfx_rrc', '2'],
  ])('%s', (_, inner, field, value) => {
    expect(token(initialToken(KERBEROS_OID, hex(inner))).values[field]).toEqual([value]);
  });

  test('the reply of the server', () => {
    expect(token(initialToken(KERBEROS_OID, hex('0200'), AP_REPLY)).values['kerberos.msg_type']).toEqual(['15']);
  });
});

test('a ticket alone is recognised on other ports', () => {
  const [frame, other] = dissectFrames([datagram('up', 4444, ticket('afs')), datagram('up', 4444, concat(ticket('afs'), hex('00')), 40_001)]);
  expect([frame?.protocols, frame?.protocol, frame?.info]).toEqual(['eth:ethertype:ip:udp:kerberos', 'KRB5', '']);
  expect(other?.protocols).toBe('eth:ethertype:ip:udp:data');
});

test('what an error message quotes of a ticket is known by its conversation', () => {
  const sent = datagram('up', 4444, ticket('afs'));
  const refused = ipv4Frame({ protocol: 1, payload: icmpMessage(3, 3, '00000000', sent.subarray(14, 14 + 20 + 8 + 24)) });
  expect(dissectFrames([sent, refused])[1]?.protocols).toBe('eth:ethertype:ip:icmp:ip:udp:kerberos');
  expect(dissectFrames([refused])[0]?.protocols).toBe('eth:ethertype:ip:icmp:ip:udp:data');
});

describe('what is wrong', () => {
  test('what is no message of Kerberos is not called one', () => {
    expect(show(hex('0102030405060708')).protocols).toBe('eth:ethertype:ip:udp:data');
  });

  test('a message that ends too early', () => {
    for (const end of [3, 20, 80]) expect(show(FIRST.subarray(0, end)).info).toContain('[Malformed Packet]');
  });

  test('messages within messages end somewhere', () => {
    let inner = apRequest(ticket('a'));
    for (let depth = 0; depth < 40; depth += 1) inner = kdcRequest(10, [padata(1, inner)], principal(1, 'a'));
    expect(show(kdcReply(11, ticket('a'), [padata(1, inner)])).protocols).toMatch(/kerberos/);
  });
});
