/** Packets of DCCP between a client (port 4000) and a server (5001). */
import { concat, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import { fixture, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Frame } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

export interface DccpParts {
  readonly type: number;
  readonly sequence: number;
  readonly acknowledgment?: number;
  /** What the type has between the acknowledgment and the options. */
  readonly rest?: Part;
  readonly options?: Part;
  readonly data?: Part;
  /** Words of the header, where they are to differ from the truth. */
  readonly words?: number;
  readonly isShort?: boolean;
  readonly ports?: readonly [number, number];
}

function padded(options: Part): Uint8Array {
  const content = bytes(options);
  return concat(content, new Uint8Array((4 - (content.length % 4)) % 4));
}

function packet(from: string, to: string, [source, destination]: readonly [number, number], parts: DccpParts): Uint8Array {
  const { type, sequence, acknowledgment, rest = '', options = '', data = '', isShort = false } = parts;
  const number = (value: number): Uint8Array => (isShort ? u32(value).subarray(1) : concat(u16(0), u32(value)));
  const fixed = concat(u8((type << 1) | (isShort ? 0 : 1)), isShort ? u8() : u8(0), number(sequence));
  const acknowledged = acknowledgment === undefined ? u8() : concat(isShort ? u8(0) : u16(0), number(acknowledgment));
  const after = concat(fixed, acknowledged, bytes(rest), padded(options));
  const header = concat(u16(source), u16(destination), u8(parts.words ?? (8 + after.length) / 4, 0), u16(0), after);
  return ipv4Frame({ protocol: 33, source: from, destination: to, payload: concat(header, bytes(data)) });
}

export function up(parts: DccpParts): Uint8Array {
  return packet('10.0.0.1', '10.0.0.2', parts.ports ?? [4000, 5001], parts);
}

export function down(parts: DccpParts): Uint8Array {
  return packet('10.0.0.2', '10.0.0.1', parts.ports ?? [5001, 4000], parts);
}

export const ALL_OPTIONS = '00 01 02 20040102 2105020304 2203 05 2405010203 2508010203040506 2604c001 270340 28048001 290600000009 2a0a0000000700000005 2b040005 2c0612345678 2d0301 800301 c00600000001 c10401 02 c20600000003';
const CHAIN = 'eth:ethertype:ip:dccp';

export const DCCP_FIXTURES: readonly Fixture[] = [
  fixture('DCCP connection', [
    up({ type: 0, sequence: 1000, rest: '00000000', options: '20040102' }), down({ type: 1, sequence: 500, acknowledgment: 1000, rest: '00000000' }), up({ type: 3, sequence: 1001, acknowledgment: 500 }),
    up({ type: 4, sequence: 1002, acknowledgment: 500, data: '0102' }), up({ type: 2, sequence: 1003, data: '0304' }), down({ type: 5, sequence: 501, acknowledgment: 1003 }), up({ type: 6, sequence: 1004, acknowledgment: 501 }),
    down({ type: 7, sequence: 502, acknowledgment: 1004, rest: '01000000' }), up({ type: 8, sequence: 1005, acknowledgment: 502 }), down({ type: 9, sequence: 503, acknowledgment: 1005 }),
  ], [CHAIN, CHAIN, CHAIN, `${CHAIN}:data`, `${CHAIN}:data`, CHAIN, CHAIN, CHAIN, CHAIN, CHAIN]),
  single('DCCP options', up({ type: 3, sequence: 1, acknowledgment: 2, options: ALL_OPTIONS }), CHAIN),
  single('DCCP with short numbers', up({ type: 4, sequence: 1, acknowledgment: 2, isShort: true, data: '01' }), `${CHAIN}:data`),
  single('DCCP, a header that is too short', up({ type: 7, sequence: 1, acknowledgment: 2 }), CHAIN),
];
