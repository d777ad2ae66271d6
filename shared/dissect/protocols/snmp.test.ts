import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { nothing, octets, sequence, tlv } from '../../../tools/craft/der.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { REQUEST, RESPONSE, SYS_NAME, message, messageV3, pdu, scopedPdu, trap } from './snmp.fixtures.test-helper.ts';

function show(...messages: readonly Bytes[]): DissectedFrame[] {
  return dissectFrames(messages.map((each, index) => datagram(index % 2 === 0 ? 'up' : 'down', 161, each)));
}

const TITLE = 'Simple Network Management Protocol';

describe('a request and its response', () => {
  const [request, response] = show(REQUEST, RESPONSE);

  test('are told in a line each', () => {
    expect([request?.protocol, request?.info]).toEqual(['SNMP', 'get-request 1.3.6.1.2.1.1.5.0']);
    expect(response?.info).toMatch(/^get-response 1\.3\.6\.1\.2\.1\.1\.5\.0 1\.3\.6\.1\.2\.1\.1\.6\.0 /);
  });

  test('know each other', () => {
    expect(request?.values['snmp.response_in']).toEqual(['2']);
    expect(response?.values).toMatchObject({ 'snmp.response_to': ['1'], 'snmp.time': ['0.001000000'] });
  });

  test('values are what their tags say', () => {
    expect(response?.values).toMatchObject({
      'snmp.value.octets': ['6c616d70', '00ff'],
      'snmp.value.oid': ['1.3.6.1.4.1.8072'],
      'snmp.value.int': ['-5'],
      'snmp.value.ipv4': ['192.0.2.1'],
      'snmp.value.counter': ['4000000000', '18446744073709551615'],
      'snmp.value.g32': ['100'],
      'snmp.value.timeticks': ['12345'],
      'snmp.value.opaque': ['9f780442c80000'],
      'snmp.noSuchObject': ['1'],
      'snmp.endOfMibView': ['1'],
      'snmp.var-bind_str': ['lamp'],
    });
  });

  test('the tree', () => {
    expect(branch(request as DissectedFrame, TITLE)).toMatchInlineSnapshot(`
      "Simple Network Management Protocol
          version: version-1 (0)
          community: public
          data: get-request (0)
              get-request
                  request-id: 38
                  error-status: noError (0)
                  error-index: 0
                  variable-bindings: 1 item
                      1.3.6.1.2.1.1.5.0: Value (Null)
                          Object Name: 1.3.6.1.2.1.1.5.0
                          Value (Null)
          [Response In: 2]"
    `);
  });
});

test('a trap names what it is about', () => {
  const [frame] = dissectFrames([datagram('up', 162, trap())]);
  expect(frame?.info).toBe('trap iso.3.6.1.4.1.9 1.3.6.1.2.1.1.5.0');
  expect(frame?.values).toMatchObject({ 'snmp.generic_trap': ['6'], 'snmp.specific_trap': ['3'], 'snmp.agent_addr': ['192.0.2.7'], 'snmp.time_stamp': ['500'] });
});

describe('v3', () => {
  test('in the clear, with what the engine id tells', () => {
    const [frame] = show(messageV3(scopedPdu(pdu(0, 40, [[SYS_NAME, nothing()]])), 4));
    expect(branch(frame as DissectedFrame, TITLE)).toMatchInlineSnapshot(`
      "Simple Network Management Protocol
          msgVersion: snmpv3 (3)
          msgGlobalData
              msgID: 77
              msgMaxSize: 65507
              msgFlags: 04
                  .... .1.. = Reportable: Set
                  .... ..0. = Encrypted: Not set
                  .... ...0 = Authenticated: Not set
              msgSecurityModel: USM (3)
          msgAuthoritativeEngineID: 80001f888059dc486145a26322
              1... .... = Engine ID Conformance: RFC3411 (SNMPv3)
              Engine Enterprise ID: 8072
              Engine ID Format: Unknown (128)
              Engine ID Data: 59dc4861
              Engine ID Data: Creation Time: Apr 13, 1988 17:15:49.000000000 UTC
          msgAuthoritativeEngineBoots: 8
          msgAuthoritativeEngineTime: 2745
          msgUserName: ada
          msgAuthenticationParameters: 1122
          msgPrivacyParameters: 3344
          msgData: plaintext (0)
              plaintext
                  contextEngineID: 80001f888059dc486145a26322
                      1... .... = Engine ID Conformance: RFC3411 (SNMPv3)
                      Engine Enterprise ID: 8072
                      Engine ID Format: Unknown (128)
                      Engine ID Data: 59dc4861
                      Engine ID Data: Creation Time: Apr 13, 1988 17:15:49.000000000 UTC
                  contextName: 
                  data: get-request (0)
                      get-request
                          request-id: 40
                          error-status: noError (0)
                          error-index: 0
                          variable-bindings: 1 item
                              1.3.6.1.2.1.1.5.0: Value (Null)
                                  Object Name: 1.3.6.1.2.1.1.5.0
                                  Value (Null)"
    `);
  });

  test('encrypted: nobody without the key reads on', () => {
    const [frame] = show(messageV3(octets(hex('a1b2c3')), 7));
    expect(frame?.info).toBe('encryptedPDU: privKey Unknown');
    expect(frame?.values).toMatchObject({ 'snmp.encryptedPDU': ['a1b2c3'], 'snmp.v3.flags.crypt': ['1'], 'snmp.msgUserName': ['ada'] });
  });

  test.each([
    ['an IPv4 address', '80000009 01 c0000201', 'snmp.engineid.ipv4', '192.0.2.1'],
    ['an IPv6 address', '80000009 02 20010db8000000000000000000000001', 'snmp.engineid.ipv6', '2001:db8::1'],
    ['a MAC address', '80000009 03 00005e005301', 'snmp.engineid.mac', '00:00:5e:00:53:01'],
    ['a MAC address of Cisco', '80000009 03 00 00005e005301', 'snmp.engineid.cisco.type', '0x00'],
    ['text', '80000009 04 6c616d70', 'snmp.engineid.text', 'lamp'],
    ['bytes', '80000009 05 0102', 'snmp.engineid.data', '0102'],
    ['an agent of old', '00000009 0102030405060708', 'snmp.agentid_trailer', '0102030405060708'],
    ['bytes that are none of these', '80000009 01 01', 'snmp.rfc3411_non_conformant', '1'],
  ])('an engine id can be %s', (_, engine, field, value) => {
    const [frame] = show(messageV3(octets(hex('00')), 3, hex(engine)));
    expect(frame?.values[field]).toEqual([value]);
  });
});

describe('over TCP', () => {
  test('messages are put together and told apart', () => {
    const both = concat(REQUEST, message(pdu(1, 39, [[SYS_NAME, nothing()]])));
    const frames = new TcpFrames(161).send('up', both.subarray(0, 4)).send('up', both.subarray(4)).frames;
    expect(dissectFrames(frames).at(-1)?.values['snmp.request_id']).toEqual(['38', '39']);
  });
});

describe('what is wrong', () => {
  test.each([
    ['a value of a wrong length', tlv(0x05, hex('00')), 'snmp.varbind.wrong_length_value'],
    ['a number without bytes', tlv(0x41), 'snmp.integral_value0'],
    ['a number of too many bytes', tlv(0x41, hex('010203040506070809')), 'snmp.uint_too_large'],
    ['an unknown exception', tlv(0x87), 'snmp.varbind.wrong_tag'],
    ['a constructed value', tlv(0x24, octets(hex('01'))), 'snmp.value_not_primitive_encoding'],
  ])('%s', (_, value, field) => {
    expect(Object.keys(show(message(pdu(2, 1, [[SYS_NAME, value]])))[0]?.values ?? {})).toContain(field);
  });

  test('an unknown version', () => {
    expect(show(message(pdu(0, 1, []), 9))[0]?.values['snmp.version.unknown']).toEqual(['1']);
  });

  test('a message that ends too early is malformed, one longer than its datagram is none', () => {
    expect(show(sequence(hex('020100'), octets(latin1('public')), hex('a005')))[0]?.info).toContain('[Malformed Packet]');
    expect(show(REQUEST.subarray(0, -1))[0]?.protocols).toBe('eth:ethertype:ip:udp:data');
  });

  test('what follows a message is data', () => {
    expect(show(concat(REQUEST, hex('aabb')))[0]?.protocols).toBe('eth:ethertype:ip:udp:snmp:data');
  });
});
