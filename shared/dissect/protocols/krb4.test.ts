import { describe, expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { datagram } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { APPLICATION_REQUEST, REPLY, REPLY_LITTLE, REQUEST, REQUEST_LITTLE } from './krb4.fixtures.test-helper.ts';

function show(message: Bytes): DissectedFrame {
  return dissectFrames([datagram('up', 88, message)])[0] as DissectedFrame;
}

describe('a message', () => {
  test('asks for a ticket', () => {
    expect(branch(show(REQUEST), 'Kerberos v4')).toBe(`Kerberos v4
    Version: 4
    Msg Type: 0x02
        0000 001. = M Type: KDC Request (0x01)
        .... ...0 = Byte Order: Big Endian (0x00)
    Name: alice
    Instance:${' '}
    Realm: LAMP.TEST
    Time Sec: Sep  9, 2001 01:46:40.000000000 UTC
    Lifetime: 96 (480 minutes)
    Service Name: krbtgt
    Service Instance: LAMP.TEST`);
  });

  test.each([
    [REQUEST_LITTLE, 'KDC Request', { 'krb4.time_sec': ['Sep  9, 2001 01:46:40.000000000 UTC'], 'krb4.s_instance': ['LAMP.TEST'] }],
    [REPLY, 'KDC Reply', { 'krb4.kvno': ['7'], 'krb4.length': ['4'], 'krb4.encrypted_blob': ['aabbccdd'] }],
    [REPLY_LITTLE, 'KDC Reply', { 'krb4.length': ['4'], 'krb4.encrypted_blob': ['aabbccdd'] }],
    [APPLICATION_REQUEST, 'Appl Request', { 'krb4.realm': ['LAMP.TEST'], 'krb4.ticket.blob': ['aabbcc'], 'krb4.request.blob': ['ddee'] }],
    [hex('040e 01'), 'Safe', { 'krb4.m_type': ['0x07'] }],
  ])('%#: $1', (message, info, values) => {
    const frame = show(message);
    expect([frame.protocol, frame.info]).toEqual(['KRB4', info]);
    expect(frame.values).toMatchObject(values);
  });

  test('that ends within a text is malformed', () => {
    expect(show(hex('0402 616263')).info).toBe('KDC Request[Malformed Packet]');
  });
});

test.each([
  ['another version', '0502 01'],
  ['no message', '0400 01'],
  ['a message that there is not', '0412 01'],
])('%s is data', (_, bytes) => {
  expect(show(hex(bytes)).protocols).toBe('eth:ethertype:ip:udp:data');
});
