import { expect, test } from 'vitest';
import { branch, bytes, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { greFrame } from './gre.fixtures.test-helper.ts';

const FRAME = etherFrame(0x0800, ipv4Packet({ protocol: 17, payload: udpDatagram('01020304') }));
const INNER = ':eth:ethertype:ip:udp:data';

test('type I has no header: the frame follows GRE', () => {
  const frame = one(greFrame('0000 88be', FRAME));
  expect(frame.protocols).toBe(`eth:ethertype:ip:gre:erspan${INNER}`);
  expect(frame.tree).toContain('Encapsulated Remote Switch Packet ANalysis Type I\n');
});

test('type II', () => {
  const frame = one(greFrame('1000 88be 00000001 1123 b456 00100789', FRAME));
  expect(frame.protocols).toBe(`eth:ethertype:ip:gre:erspan${INNER}`);
  expect(branch(frame, 'Encapsulated')).toBe(`Encapsulated Remote Switch Packet ANalysis Type II
    0001 .... .... .... = Version: Type II (1)
    .... 0001 0010 0011 = Vlan: 291
    101. .... .... .... = COS: 5
    ...1 0... .... .... = Encap: Originally 802.1Q encapsulated (2)
    .... .1.. .... .... = Truncated: Truncated (1)
    .... ..00 0101 0110 = SpanID: 86
    0000 0000 0001 .... .... .... .... .... = Reserved: 1
    .... .... .... 0000 0000 0111 1000 1001 = Index: 1929`);
});

test.each([
  ['04aaaaaa', { 'erspan.pid1.rsvd1': ['2730'], 'erspan.pid1.vsmid': ['2730'], 'erspan.pid1.port_index': ['7'] }],
  ['0c008001', { 'erspan.pid3.rsvd1': ['2'], 'erspan.pid3.port_index': ['1'], 'erspan.pid3.timestamp': ['7'] }],
  ['14010002', { 'erspan.pid5.switchid': ['1'], 'erspan.pid5.port_index': ['2'], 'erspan.pid5.timestamp': ['7'] }],
  ['1c100002', { 'erspan.pid7.rsvd1': ['1'], 'erspan.pid7.source_index': ['2'], 'erspan.pid7.timestamp': ['7'] }],
])('type III with the subheader of platform %s', (word, values) => {
  const frame = one(greFrame('1000 22eb 00000001 2123 b456 00000009 1234 03fb', word, '00000007', FRAME));
  expect(frame.protocols).toBe(`eth:ethertype:ip:gre:erspan${INNER}`);
  expect(frame.values).toMatchObject({ 'erspan.timestamp': ['9'], 'erspan.sgt': ['4660'], 'erspan.direction': ['1'], 'erspan.gra': ['1'], 'erspan.hw': ['63'], ...values });
});

test('type III carries other things than frames, too; those stay bytes', () => {
  expect(one(greFrame('1000 22eb 00000001 2123 b456 00000009 1234 0800 4500')).protocols).toBe('eth:ethertype:ip:gre:erspan:data');
});

test('an unknown version is remarked on', () => {
  const { values, info } = one(greFrame('1000 88be 00000001 3000 0000'));
  expect(values).toHaveProperty('erspan.version.unknown');
  expect(info).toBe('ERSPAN:');
});

test('a header that ends too early is malformed', () => {
  expect(one(greFrame('1000 88be 00000001', bytes('1123 b456 0010'))).tree).toContain('Malformed Packet: ERSPAN');
});
