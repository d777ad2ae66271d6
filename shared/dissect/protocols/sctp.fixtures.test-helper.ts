/** Packets of SCTP between a client and a server, whose tags are 0xaaaaaaaa (the client's) and 0xbbbbbbbb. */
import { concat, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import { fixture, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Frame } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

const CLIENT = '10.0.0.1';
const SERVER = '10.0.0.2';
const CLIENT_TAG = 'aaaaaaaa';
const SERVER_TAG = 'bbbbbbbb';

function packet(source: string, destination: string, tag: Part, chunks: readonly Part[], port: number): Uint8Array {
  return ipv4Frame({ protocol: 132, source, destination, payload: concat(u16(port), u16(port), bytes(tag), u32(0), ...chunks.map((chunk) => bytes(chunk))) });
}

/** A packet from the client. */
export function up(...chunks: readonly Part[]): Uint8Array {
  return packet(CLIENT, SERVER, SERVER_TAG, chunks, 5000);
}

/** A packet from the server. */
export function down(...chunks: readonly Part[]): Uint8Array {
  return packet(SERVER, CLIENT, CLIENT_TAG, chunks, 5000);
}

/** A packet before there is an association. */
export function early(...chunks: readonly Part[]): Uint8Array {
  return packet(CLIENT, SERVER, '00000000', chunks, 5000);
}

/** A packet from the client to a server's port that a protocol claims. */
export function upTo(port: number, ...chunks: readonly Part[]): Uint8Array {
  return packet(CLIENT, SERVER, SERVER_TAG, chunks, port);
}

/** Type, flags, length, value and padding. */
export function chunk(type: number, flags: number, ...value: readonly Part[]): Uint8Array {
  const content = bytes(...value);
  return concat(u8(type, flags), u16(4 + content.length), content, new Uint8Array((4 - (content.length % 4)) % 4));
}

export function parameter(type: number, ...value: readonly Part[]): Uint8Array {
  const content = bytes(...value);
  return concat(u16(type), u16(4 + content.length), content, new Uint8Array((4 - (content.length % 4)) % 4));
}

export interface DataOptions {
  readonly flags?: number;
  readonly stream?: number;
  readonly order?: number;
  readonly protocol?: number;
}

/** A chunk with user data; a whole message unless `flags` say otherwise. */
export function data(tsn: number, payload: Part, { flags = 3, stream = 0, order = 0, protocol = 0 }: DataOptions = {}): Uint8Array {
  return chunk(0, flags, u32(tsn), u16(stream), u16(order), u32(protocol), payload);
}

export function sack(tsn: number, gaps: readonly (readonly [number, number])[] = [], duplicates: readonly number[] = []): Uint8Array {
  return chunk(3, 0, u32(tsn), u32(65_535), u16(gaps.length), u16(duplicates.length), ...gaps.flatMap(([start, end]) => [u16(start), u16(end)]), ...duplicates.map((duplicate) => u32(duplicate)));
}

const ADDRESS = parameter(5, '0a000009');
const PARAMETERS = concat(
  parameter(1, '01020304'), ADDRESS, parameter(6, '20010db8000000000000000000000001'), parameter(7, 'aabb'), parameter(8, parameter(0x1234, '0102')), parameter(9, '00001000'), parameter(11, '686f737400'),
  parameter(12, '0005000600ff'), parameter(0x8000), parameter(0x8002, '01020304'), parameter(0x8003, '00c1'), parameter(0x8004, '00030001'), parameter(0x8008, 'c0c1'), parameter(0xc000), parameter(0xc006, '00000007'),
);
const CAUSES = concat(
  parameter(1, '00050000'), parameter(2, '00000001 0007'), parameter(3, '00000123'), parameter(5, ADDRESS), parameter(6, chunk(63, 0, '0102')), parameter(8, parameter(0xc123, '0102')), parameter(9, '00000009'),
  parameter(11, ADDRESS), parameter(12, '627965'), parameter(0xa0, parameter(0xc002, '00000001', ADDRESS)), parameter(0x99, '01'), parameter(0x105, '00020000'),
);

const CHAIN = 'eth:ethertype:ip:sctp';

export const SCTP_FIXTURES: readonly Fixture[] = [
  fixture('SCTP handshake', [
    early(chunk(1, 0, 'aaaaaaaa 0000ffff 0010 0010 00000064', PARAMETERS)), down(chunk(2, 0, 'bbbbbbbb 0000ffff 0010 0010 000000c8', parameter(7, '001122'))), up(chunk(10, 0, '001122')), down(chunk(11, 0)),
  ], [CHAIN, CHAIN, CHAIN, CHAIN]),
  fixture('SCTP data, repeated and acknowledged', [
    up(data(100, '0102'), data(101, '03')), down(sack(101, [[2, 3]], [100])), up(data(100, '0102')), down(data(200, '05'), sack(101)), down(chunk(16, 0, '00000065 0000ffff 0001 0001 0001 0000 0002 0003 0005 0006 00000065')),
  ], [`${CHAIN}:data:data`, CHAIN, CHAIN, `${CHAIN}:data`, CHAIN]),
  fixture('SCTP messages in several chunks', [
    up(data(100, '0102', { flags: 2 })), up(data(102, '05', { flags: 1 })), up(data(101, '0304', { flags: 0 })),
    up(chunk(64, 2, '00000067 0001 0000 00000007 00000000 0102')), up(chunk(64, 1, '00000068 0001 0000 00000007 00000001 0304')),
  ], [CHAIN, CHAIN, `${CHAIN}:data`, CHAIN, `${CHAIN}:data`]),
  fixture('SCTP, the other chunks', [
    up(chunk(4, 0, parameter(1, '0102'))), up(chunk(6, 1, CAUSES)), up(chunk(9, 0, CAUSES)), up(chunk(7, 0, '00000064')), down(chunk(8, 0)), up(chunk(14, 1)), up(chunk(12, 0, '00000064'), chunk(13, 0, '00000064')),
    up(chunk(15, 0, '0001 0003', new Uint8Array(32))), up(chunk(193, 0, '00000001', ADDRESS, parameter(0xc001, '00000001', ADDRESS))), down(chunk(128, 0, '00000001', parameter(0xc003, '00000001', parameter(0xa3)), parameter(0xc005, '00000002'))),
    up(chunk(130, 0, parameter(13, '00000001 00000002 00000003 0001'), parameter(14, '00000001 0001'), parameter(15, '00000001'), parameter(16, '00000001 00000001'), parameter(17, '00000001 0005 0000'), parameter(18, '00000001 0005 0000'))),
    up(chunk(192, 0, '0000006e 0001 0005')), up(chunk(194, 0, '0000006f 0001 0001 00000005')), up(chunk(132, 0, '00000000')), up(chunk(255, 0, '0102')), up(chunk(129, 4, '00000001 00000002 0010 0000 01020304')),
  ], Array.from({ length: 16 }, () => CHAIN)),
  fixture('SCTP that counts from 0', [
    up(data(0, '01')), down(sack(0)), up(data(1, '02'), data(2, '03')), down(sack(0, [[2, 2]])), down(sack(2)), up(data(3, '04')), down(sack(1)), down(sack(3)),
  ], [`${CHAIN}:data`, CHAIN, `${CHAIN}:data:data`, CHAIN, CHAIN, `${CHAIN}:data`, CHAIN, CHAIN]),
  fixture('SCTP that counts over the highest number', [
    up(data(0xffff_fffe, '01')), down(sack(0xffff_fffe)), up(data(0xffff_ffff, '02'), data(0, '03')), down(sack(0)),
  ], [`${CHAIN}:data`, CHAIN, `${CHAIN}:data:data`, CHAIN]),
  single('SCTP, a dropped packet inside', up(chunk(129, 0, '00000001 00000002 0010 0000 1388 1388 bbbbbbbb 00000000', data(5, '01'))), `${CHAIN}:data`),
  single('SCTP with HTTP', upTo(80, data(1, bytes(Uint8Array.from('GET / HTTP/1.1\r\n\r\n', (char) => char.charCodeAt(0))))), `${CHAIN}:http`),
];
