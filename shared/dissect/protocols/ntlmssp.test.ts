import { describe, expect, test } from 'vitest';
import { concat, hex, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch } from '../internet.test-helper.ts';
import {
  IN_SPNEGO, KERBEROS_OID, NEGOTIATE, NTLM_OID, answer, attribute, authenticate, challenge, initialToken, negotiation, ntlmMessage, proposal,
} from './ntlmssp.fixtures.test-helper.ts';

const HANDSHAKE = 3;
const TITLE = 'NTLM Secure Service Provider';

/** Client's and server's tokens in turn. */
function show(scheme: string, ...tokens: readonly Bytes[]): DissectedFrame[] {
  return dissectFrames(negotiation(scheme, ...tokens).frames).slice(HANDSHAKE);
}

describe('a logon by NTLM in HTTP', () => {
  const [first, second, third] = show('NTLM', NEGOTIATE, challenge(), authenticate()) as [DissectedFrame, DissectedFrame, DissectedFrame];

  test('is told in the Info column', () => {
    expect([first.info, second.info, third.info]).toEqual(['GET / HTTP/1.1 , NTLMSSP_NEGOTIATE', 'HTTP/1.1 401 Unauthorized , NTLMSSP_CHALLENGE', 'GET / HTTP/1.1 , NTLMSSP_AUTH, User: LAMP\\ada']);
  });

  test('the challenge', () => {
    expect(branch(second, TITLE).replace(/\n.*Negotiate Flags.*(\n {8}[.01 ]+=.*)+/, '')).toMatchInlineSnapshot(`
      "NTLM Secure Service Provider
          NTLMSSP identifier: NTLMSSP
          NTLM Message Type: NTLMSSP_CHALLENGE (0x00000002)
          Target Name: LAMP
              Length: 8
              Maxlen: 8
              Offset: 56
          NTLM Server Challenge: 0123456789abcdef
          Reserved: 0000000000000000
          Target Info
              Length: 68
              Maxlen: 68
              Offset: 64
              Attribute: NetBIOS domain name: LAMP
                  Target Info Item Type: NetBIOS domain name (0x0002)
                  Target Info Item Length: 8
                  NetBIOS Domain Name: LAMP
              Attribute: NetBIOS computer name: DC1
                  Target Info Item Type: NetBIOS computer name (0x0001)
                  Target Info Item Length: 6
                  NetBIOS Computer Name: DC1
              Attribute: DNS domain name: lamp.test
                  Target Info Item Type: DNS domain name (0x0004)
                  Target Info Item Length: 18
                  DNS Domain Name: lamp.test
              Attribute: Timestamp
                  Target Info Item Type: Timestamp (0x0007)
                  Target Info Item Length: 8
                  Timestamp: Jun 27, 2024 17:44:28.680601600 UTC
              Attribute: Flags
                  Target Info Item Type: Flags (0x0006)
                  Target Info Item Length: 4
                  Flags: 0x00000002
              Attribute: End of list
                  Target Info Item Type: End of list (0x0000)
                  Target Info Item Length: 0
          Version 10.0 (Build 19041); NTLM Current Revision 15
              Major Version: 10
              Minor Version: 0
              Build Number: 19041
              NTLM Current Revision: 15"
    `);
  });

  test('the response', () => {
    expect(branch(third, TITLE).replace(/\n.*Negotiate Flags.*(\n {8}[.01 ]+=.*)+/, '')).toMatchInlineSnapshot(`
      "NTLM Secure Service Provider
          NTLMSSP identifier: NTLMSSP
          NTLM Message Type: NTLMSSP_AUTH (0x00000003)
          Lan Manager Response: 11111111111111111111111111111111a1a2a3a4a5a6a7a8
              Length: 24
              Maxlen: 24
              Offset: 110
          NTLM Response: 00112233445566778899aabbccddeeff01010000000000000080c4a8b9c8da01b1b2b3b4b5b6b7b800000000020008004c0041004d00500001000600440043003100040012006c0061006d0070002e007400650073007400070008000080c4a8b9c8da0106000400020000000000000000000000
              Length: 116
              Maxlen: 116
              Offset: 134
              NTLMv2 Response: 00112233445566778899aabbccddeeff01010000000000000080c4a8b9c8da01b1b2b3b4b5b6b7b800000000020008004c0041004d00500001000600440043003100040012006c0061006d0070002e007400650073007400070008000080c4a8b9c8da0106000400020000000000000000000000
                  NTProofStr: 00112233445566778899aabbccddeeff
                  Response Version: 1
                  Hi Response Version: 1
                  Z: 000000000000
                  Time: Jun 27, 2024 17:44:28.680601600 UTC
                  NTLMv2 Client Challenge: b1b2b3b4b5b6b7b8
                  Z: 00000000
                  Attribute: NetBIOS domain name: LAMP
                      NTLMV2 Response Item Type: NetBIOS domain name (0x0002)
                      NTLMV2 Response Item Length: 8
                      NetBIOS Domain Name: LAMP
                  Attribute: NetBIOS computer name: DC1
                      NTLMV2 Response Item Type: NetBIOS computer name (0x0001)
                      NTLMV2 Response Item Length: 6
                      NetBIOS Computer Name: DC1
                  Attribute: DNS domain name: lamp.test
                      NTLMV2 Response Item Type: DNS domain name (0x0004)
                      NTLMV2 Response Item Length: 18
                      DNS Domain Name: lamp.test
                  Attribute: Timestamp
                      NTLMV2 Response Item Type: Timestamp (0x0007)
                      NTLMV2 Response Item Length: 8
                      Timestamp: Jun 27, 2024 17:44:28.680601600 UTC
                  Attribute: Flags
                      NTLMV2 Response Item Type: Flags (0x0006)
                      NTLMV2 Response Item Length: 4
                      Flags: 0x00000002
                  Attribute: End of list
                      NTLMV2 Response Item Type: End of list (0x0000)
                      NTLMV2 Response Item Length: 0
                  padding: 00000000
          Domain name: LAMP
              Length: 8
              Maxlen: 8
              Offset: 88
          User name: ada
              Length: 6
              Maxlen: 6
              Offset: 96
          Host name: DESK
              Length: 8
              Maxlen: 8
              Offset: 102
          Session Key: c0c1c2c3c4c5c6c7c8c9cacbcccdcecf
              Length: 16
              Maxlen: 16
              Offset: 250
          Version 10.0 (Build 19041); NTLM Current Revision 15
              Major Version: 10
              Minor Version: 0
              Build Number: 19041
              NTLM Current Revision: 15
          MIC: d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
    `);
  });
});

describe('what is unusual', () => {
  test('the challenge of the client in place of an old response', () => {
    const old = hex(`a1a2a3a4a5a6a7a8${'00'.repeat(16)}`);
    const at = hex('1800180040000000');
    const nothing = hex('0000000040000000');
    const [frame] = show('NTLM', ntlmMessage(3, at, nothing, nothing, nothing, nothing, nothing, hex('01020000'), old));
    expect(frame?.values).toMatchObject({ 'ntlmssp.ntlmclientchallenge': ['a1a2a3a4a5a6a7a8'], 'ntlmssp.auth.username': ['NULL'] });
  });

  test('an attribute that nobody knows', () => {
    const [frame] = show('NTLM', challenge(concat(attribute(77, hex('0102')), attribute(0, zeros(0)))));
    expect(Object.keys(frame?.values ?? {})).toContain('ntlmssp.target_info_attr.unknown');
  });

  test('a message of an unknown type', () => {
    const [frame] = show('NTLM', ntlmMessage(9));
    expect(Object.keys(frame?.values ?? {})).toContain('ntlmssp.messagetype.unknown');
  });

  test('a message that ends too early, and a string that lies beyond its end', () => {
    for (const token of [challenge().subarray(0, 20), authenticate().subarray(0, 100), ntlmMessage(1, hex('01000000 0400040000ff0000'), zeros(8))]) {
      expect(show('NTLM', token)[0]?.info).toContain('[Malformed Packet]');
    }
  });
});

describe('SPNEGO', () => {
  test('names mechanisms, and passes the tokens of one on', () => {
    const [first, second, third] = show('Negotiate', ...IN_SPNEGO) as [DissectedFrame, DissectedFrame, DissectedFrame];
    expect([first.protocols, third.protocols].map((chain) => chain.replace(/^.*http:/, ''))).toEqual(['gss-api:spnego:ntlmssp', 'gss-api:spnego:ntlmssp:ntlmssp']);
    expect(first.values).toMatchObject({ 'gss-api.OID': ['1.3.6.1.5.5.2'], 'spnego.MechType': [NTLM_OID, KERBEROS_OID] });
    expect(second.values).toMatchObject({ 'spnego.negResult': ['1'], 'spnego.supportedMech': [NTLM_OID] });
    expect(third.values).toMatchObject({ 'ntlmssp.auth.username': ['ada'], 'ntlmssp.verf.vers': ['1'] });
  });

  test('the tree', () => {
    const [, frame] = show('Negotiate', IN_SPNEGO[0], answer(2, NTLM_OID, hex('')));
    expect(branch(frame as DissectedFrame, 'Simple Protected Negotiation')).toMatchInlineSnapshot(`
      "Simple Protected Negotiation
          negTokenTarg
              negResult: reject (2)
              supportedMech: 1.3.6.1.4.1.311.2.2.10 (NTLMSSP - Microsoft NTLM Security Support Provider)
              responseToken: "
    `);
  });

  test('a token whose mechanism was named before the capture began', () => {
    expect(show('Negotiate', answer(1, null, NEGOTIATE))[0]?.tree).toContain('Unknown header (0xa1)');
    expect(show('Negotiate', hex('0504 06ff 0000 0000 0000000000000007 a1a2a3'))[0]?.values).toMatchObject({ 'spnego.krb5.cfx_seq': ['7'], 'spnego.krb5.sgn_cksum': ['a1a2a3'] });
  });

  test('a mechanism that nobody knows', () => {
    const [frame] = show('Negotiate', initialToken('1.2.3.4', hex('0102')));
    expect(frame?.values).toMatchObject({ 'gss-api.OID': ['1.2.3.4'], 'gss-api.token_object': ['0102'] });
    expect(show('Negotiate', proposal(['1.2.3.4'], hex('0102')))[0]?.values['spnego.mechToken']).toEqual(['0102']);
  });

  test('a token that ends too early is malformed', () => {
    expect(show('Negotiate', proposal([NTLM_OID], NEGOTIATE).subarray(0, 30))[0]?.info).toContain('[Malformed Packet]');
  });
});
