import { expect, test } from 'vitest';
import { sniff } from './sniff.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test.each([
  ['d4c3b2a1', { kind: 'pcap', littleEndian: true, mark: 'micro' }],
  ['a1b2c3d4', { kind: 'pcap', littleEndian: false, mark: 'micro' }],
  ['4d3cb2a1', { kind: 'pcap', littleEndian: true, mark: 'nano' }],
  ['a1b23c4d', { kind: 'pcap', littleEndian: false, mark: 'nano' }],
  ['34cdb2a1', { kind: 'pcap', littleEndian: true, mark: 'modified' }],
  ['a1b2cd34', { kind: 'pcap', littleEndian: false, mark: 'modified' }],
  ['ac01001c', { kind: 'pcap', littleEndian: true, mark: 'ixia-hardware' }],
  ['1c0001ab', { kind: 'pcap', littleEndian: false, mark: 'ixia-software' }],
  ['0a0d0d0a', { kind: 'pcapng' }],
  ['1f8b0800', { kind: 'packed', packing: 'gzip' }],
  ['28b52ffd', { kind: 'packed', packing: 'zstd' }],
  ['04224d18', { kind: 'packed', packing: 'lz4' }],
  ['02214c18', { kind: 'packed', packing: 'lz4' }],
  ['502a4d18040000000102030428b52ffd', { kind: 'packed', packing: 'zstd' }],
  ['5f2a4d18040000000102030404224d18', { kind: 'packed', packing: 'lz4' }],
  ['5f2a4d18ffffffff', { kind: 'packed', packing: 'zstd' }],
  ['504b0304', { kind: 'packed', packing: 'zip' }],
  ['736e6f6f70000000', { kind: 'foreign', name: 'Sun snoop' }],
  ['0a0d0d', { kind: 'short' }],
  ['', { kind: 'short' }],
  ['3c3f786d', { kind: 'unknown' }],
  ['a1b2c3d5', { kind: 'unknown' }],
])('%s', (hex, expected) => {
  expect(sniff(bytesOf(hex))).toEqual(expected);
});
