import { describe, expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { internetChecksum, withChecksum } from '../../../tools/craft/checksum.ts';
import { branch, ipv4Frame, one } from '../internet.test-helper.ts';

/** A message with a correct checksum. */
function igmpFrame(message: string): Uint8Array {
  const content = hex(message);
  return ipv4Frame({ protocol: 2, destination: '224.0.0.1', ttl: 1, payload: withChecksum(content, 2, internetChecksum(content)) });
}

describe('messages', () => {
  test.each([
    ['1100 0000 00000000', 'IGMPv1', 'Membership Query'],
    ['1164 0000 00000000', 'IGMPv2', 'Membership Query, general'],
    ['1164 0000 e0000105', 'IGMPv2', 'Membership Query, specific for group 224.0.1.5'],
    ['1200 0000 e0000105', 'IGMPv1', 'Membership Report'],
    ['1600 0000 e0000105', 'IGMPv2', 'Membership Report group 224.0.1.5'],
    ['1700 0000 e0000105', 'IGMPv2', 'Leave Group 224.0.1.5'],
    ['1164 0000 00000000 027d 0000', 'IGMPv3', 'Membership Query, general'],
    ['1164 0000 e0000105 027d 0001 0a000009', 'IGMPv3', 'Membership Query, specific for group 224.0.1.5, source {10.0.0.9}'],
    ['1164 0000 e0000105 027d 0002 0a000009 0a00000a', 'IGMPv3', 'Membership Query, specific for group 224.0.1.5, sources {10.0.0.9, 10.0.0.10}'],
  ])('%s', (message, protocol, info) => {
    expect(one(igmpFrame(message))).toMatchObject({ protocols: 'eth:ethertype:ip:igmp:igmp', protocol, info, values: { 'igmp.checksum.status': ['1'] } });
  });

  test.each([
    ['0100 0000', 'Leave group 224.0.1.5'],
    ['0400 0000', 'Join group 224.0.1.5 for any sources'],
    ['0100 0001', 'Join group 224.0.1.5 for source {10.0.0.1}'],
    ['0300 0002', 'Join group 224.0.1.5 for sources in {10.0.0.1, 10.0.0.2}'],
    ['0200 0001', 'Join group 224.0.1.5, for source not {10.0.0.1}'],
    ['0400 0002', 'Join group 224.0.1.5, for sources not in {10.0.0.1, 10.0.0.2}'],
    ['0500 0001', 'Group 224.0.1.5, new source {10.0.0.1}'],
    ['0600 0002', 'Group 224.0.1.5, block sources {10.0.0.1, 10.0.0.2}'],
    ['0500 0000', 'Group 224.0.1.5, ALLOW_NEW_SOURCES but no source specified (?)'],
    ['0900 0000', 'Group 224.0.1.5, unknown record type (?)'],
  ])('report record %s', (record, words) => {
    const sources = ['0a000001', '0a000002'].slice(0, Number(record.at(-1))).join('');
    expect(one(igmpFrame(`2200 0000 0000 0001 ${record} e0000105 ${sources}`)).info).toBe(`Membership Report / ${words}`);
  });

  test('of types that are not its own', () => {
    expect(one(igmpFrame('2300 0000 01020304'))).toMatchObject({ protocols: 'eth:ethertype:ip:igmp', protocol: 'IGMP', info: 'Unknown Type:0x23' });
  });
});

test('a query of version 3 as a tree', () => {
  expect(branch(one(igmpFrame('11ff 0000 00000000 0aff 0000')), 'Internet Group')).toBe(`Internet Group Management Protocol
    [IGMP Version: 3]
    Type: Membership Query (0x11)
    Max Resp Time: 3174.4 sec
        .111 .... = Exponent: 0x07
        .... 1111 = Mantissa: 0x0f
    Checksum: 0xe301
    [Checksum Status: Good (1)]
    Multicast Address: 0.0.0.0
    .... 1... = S: SUPPRESS router side processing
    .... .010 = QRV: 2
    QQIC: 255
    Num Src: 0`);
});

test('a wrong checksum is remarked on', () => {
  expect(one(ipv4Frame({ protocol: 2, payload: '1600 1234 e0000105' })).values).toMatchObject({ 'igmp.checksum.status': ['0'], 'igmp.bad_checksum': ['1'] });
});

test('a report that promises more records than it has', () => {
  expect(one(igmpFrame('2200 0000 0000 0005 0400 0000 e0000105')).info).toBe('Membership Report / Join group 224.0.1.5 for any sources[Malformed Packet]');
});
