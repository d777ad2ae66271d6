/**
 * Multipath TCP connections: begun, joined by a second path, used, and taken apart. Keys are made
 * up; tokens and initial data sequence numbers were computed with sha1sum and sha256sum.
 */
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { segmentFrame } from './tcp/frames.test-helper.ts';
import type { FrameParts } from './tcp/frames.test-helper.ts';

export const CLIENT_KEY = '0102030405060708';
export const SERVER_KEY = '1112131415161718';

/** By version: what SHA-1 and SHA-256 make of the keys. */
export const MEANINGS = [
  { clientToken: 0xdd5783bc, clientStart: 0x3a95ed6e4ebb4ad5n, serverToken: 0x3383d918, serverStart: 0x9e1ae42f702627a9n },
  { clientToken: 0x66840dda, clientStart: 0xf5a101d3d29d6f72n, serverToken: 0xccad45ac, serverStart: 0x535beea38e087c8en },
] as const;

function hexOf(value: bigint | number, bytes: 4 | 8): string {
  return BigInt.asUintN(bytes * 8, BigInt(value)).toString(16).padStart(bytes * 2, '0');
}

/** DSS of 32-bit numbers with a mapping of `length` bytes and without a checksum; positions are relative. */
export function shortSignal(from: 0 | 1, version: 0 | 1, position: bigint, acknowledged: bigint, length = 4): string {
  const { clientStart, serverStart } = MEANINGS[version];
  const [own, other] = from === 0 ? [clientStart, serverStart] : [serverStart, clientStart];
  return `1e122005 ${hexOf(other + acknowledged, 4)} ${hexOf(own + position, 4)} 00000001 ${length.toString(16).padStart(4, '0')}`;
}

/** DSS of 64-bit numbers with a mapping and a checksum. */
export function longSignal(from: 0 | 1, version: 0 | 1, position: bigint, acknowledged: bigint): string {
  const { clientStart, serverStart } = MEANINGS[version];
  const [own, other] = from === 0 ? [clientStart, serverStart] : [serverStart, clientStart];
  return `1e1c200f ${hexOf(other + acknowledged, 8)} ${hexOf(own + position, 8)} 00000005 0004 abcd`;
}

/** The handshake of the first path: TCP stream of port 9999. */
export function firstPath(version: 0 | 1): Uint8Array[] {
  const head = `0${version}81`;
  return [
    segmentFrame({ flags: 'S', sequence: 1000, options: version === 0 ? `020405b4 1e0c${head} ${CLIENT_KEY}` : `020405b4 1e04${head}` }),
    segmentFrame({ from: 1, flags: 'SA', sequence: 5000, acknowledgment: 1001, options: `020405b4 1e0c${head} ${SERVER_KEY}` }),
    segmentFrame({ flags: 'A', sequence: 1001, acknowledgment: 5001, options: `1e14${head} ${CLIENT_KEY} ${SERVER_KEY}` }),
  ];
}

/** The handshake of the second one: port 9998. */
export function secondPath(version: 0 | 1): Uint8Array[] {
  const at = (parts: FrameParts): Uint8Array => segmentFrame({ serverPort: 9998, ...parts });
  return [
    at({ flags: 'S', sequence: 7000, options: `020405b4 1e0c1002 ${hexOf(MEANINGS[version].serverToken, 4)} 0a0b0c0d` }),
    at({ from: 1, flags: 'SA', sequence: 8000, acknowledgment: 7001, options: '020405b4 1e101003 0011223344556677 0d0c0b0a' }),
    at({ flags: 'A', sequence: 7001, acknowledgment: 8001, options: `1e181000 ${'5a'.repeat(20)}` }),
  ];
}

/** Data on both paths, the second one's address withdrawn, and the connection given up. */
export function conversation(version: 0 | 1): Uint8Array[] {
  return [
    ...firstPath(version),
    segmentFrame({ flags: 'PA', sequence: 1001, acknowledgment: 5001, options: shortSignal(0, version, 1n, 1n), payload: 'abcd' }),
    segmentFrame({ from: 1, flags: 'A', sequence: 5001, acknowledgment: 1005, options: `1e082001 ${hexOf(MEANINGS[version].clientStart + 5n, 4)}` }),
    ...secondPath(version),
    segmentFrame({ from: 1, serverPort: 9998, flags: 'PA', sequence: 8001, acknowledgment: 7001, options: longSignal(1, version, 1n, 5n), payload: 'efgh' }),
    segmentFrame({ serverPort: 9998, flags: 'A', sequence: 7001, acknowledgment: 8005 }),
    segmentFrame({ flags: 'A', sequence: 1005, acknowledgment: 5001, options: '1e044002' }),
    segmentFrame({ flags: 'A', sequence: 1005, acknowledgment: 5001, options: `1e0c7000 ${SERVER_KEY}` }),
  ];
}

const WITH_OPTION = 'eth:ethertype:ip:tcp:mptcp';
const CHAINS = [...Array.from({ length: 3 }, () => WITH_OPTION), `${WITH_OPTION}:data`, ...Array.from({ length: 4 }, () => WITH_OPTION), `${WITH_OPTION}:data`, 'eth:ethertype:ip:tcp', WITH_OPTION, WITH_OPTION];

/** The echo of the server's key is wrong, and neither end says how keys are hashed. */
function quarrel(): Uint8Array[] {
  return [
    segmentFrame({ flags: 'S', sequence: 1000, options: `020405b4 1e0c0080 ${CLIENT_KEY}` }),
    segmentFrame({ from: 1, flags: 'SA', sequence: 5000, acknowledgment: 1001, options: `020405b4 1e0c0082 ${SERVER_KEY}` }),
    segmentFrame({ flags: 'A', sequence: 1001, acknowledgment: 5001, options: `1e140081 ${CLIENT_KEY} ${SERVER_KEY.replace('18', '19')}` }),
  ];
}

export const MPTCP_FIXTURES: readonly Fixture[] = [
  fixture('Multipath TCP, version 0, over two paths', conversation(0), CHAINS),
  fixture('Multipath TCP, version 1, over two paths', conversation(1), CHAINS),
  fixture('Multipath TCP without its beginning', conversation(0).slice(3), CHAINS.slice(3)),
  fixture('Multipath TCP with keys that differ', quarrel(), [WITH_OPTION, WITH_OPTION, WITH_OPTION]),
];
