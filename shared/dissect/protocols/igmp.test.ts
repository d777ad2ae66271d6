import { describe, expect, test } from 'vitest';
import { branch, ipv4Frame, one } from '../internet.test-helper.ts';
import { BLOCK, igmpFrame, rgmpFrame, TRACE } from './igmp.fixtures.test-helper.ts';

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
    Checksum: 0xe301 [correct]
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

describe('other messages', () => {
  test.each([
    ['0101 0000', 'Create Group Request', 'igmp.group_type', '1'],
    ['0301 0000', 'Join Group Request', 'igmp.identifier', '7'],
    ['0402 0000', 'Join Group Reply', 'igmp.reply', '2'],
    ['0805 0000', 'Confirm Group Reply', 'igmp.reply.pending', '5'],
  ])('version 0: %s', (head, info, field, value) => {
    const frame = one(igmpFrame(`${head} 00000007 e0000105 0102030405060708`));
    expect(frame).toMatchObject({ protocol: 'IGMPv0', info, values: { 'igmp.version': ['0'], 'igmp.checksum.status': ['1'], [field]: [value] } });
  });

  test.each([
    [`1f20 0000 ${TRACE}`, 'Traceroute Query'],
    [`1f20 0000 ${TRACE}${BLOCK}`, 'Traceroute Request'],
    [`1e20 0000 ${TRACE}${BLOCK}`, 'Traceroute Response, 1 block'],
    [`1e20 0000 ${TRACE}${BLOCK}${BLOCK}`, 'Traceroute Response, 2 blocks'],
  ])('%s', (message, info) => {
    expect(one(igmpFrame(message))).toMatchObject({ protocol: 'IGMP', info, values: { 'igmp.mtrace.q_id': ['7'], 'igmp.checksum.status': ['1'] } });
  });

  test('a router of a multicast path tells what it knows', () => {
    const { tree, values } = one(igmpFrame(`1e20 0000 ${TRACE}${BLOCK}`));
    expect(tree).toContain('Response data block: 10.0.0.4 -> 10.0.0.5,  Proto: DVMRP,  Forwarding Code: NO_SPACE');
    expect(values).toMatchObject({ 'igmp.mtrace.q_total': ['18'], 'igmp.mtrace.q_src_mask': ['0x05'] });
  });

  test('RGMP is known by its group', () => {
    expect(one(rgmpFrame('fd00 0000 e0010203'))).toMatchObject({ protocols: 'eth:ethertype:ip:igmp:rgmp', protocol: 'RGMP', info: 'Join', values: { 'rgmp.checksum.status': ['1'], 'rgmp.maddr': ['224.1.2.3'] } });
    expect(one(igmpFrame('fd00 0000 e0010203'))).toMatchObject({ protocols: 'eth:ethertype:ip:igmp', info: 'Unknown Type:0xfd' });
  });

  test('types that have protocols of their own are named', () => {
    expect(one(igmpFrame('1301 0000 0000'))).toMatchObject({ info: 'DVMRP Protocol', values: { 'igmp.type': ['0x13'] } });
  });
});
