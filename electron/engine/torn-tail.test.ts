import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { somePackets } from '../../shared/capture-files/collect.test-helper.ts';
import { writePcap } from '../../shared/capture-files/write-pcap.ts';
import { PcapngBlocks } from '../../shared/capture-files/write-pcapng.ts';
import { trimTornTail } from './torn-tail.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-tail-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function trim(bytes: Uint8Array): Promise<{ readonly cut: number; readonly left: Uint8Array }> {
  const path = join(folder, 'a');
  writeFileSync(path, bytes);
  const cut = await trimTornTail(path);
  return { cut, left: new Uint8Array(readFileSync(path)) };
}

function pcapng(packets: number, littleEndian = true, packetBytes = 61): Uint8Array {
  const blocks = new PcapngBlocks(littleEndian);
  const parts = [blocks.section(), blocks.interface({ linkType: 1, timeResolution: 9 })];
  for (let index = 0; index < packets; index += 1) parts.push(blocks.enhancedPacket({ timeSeconds: index, timeNanos: 0, bytes: new Uint8Array(packetBytes).fill(index) }));
  return new Uint8Array(Buffer.concat(parts));
}

const kinds: readonly (readonly [string, (packets: number) => Uint8Array])[] = [
  ['pcapng, little-endian', (packets) => pcapng(packets)],
  ['pcapng, big-endian', (packets) => pcapng(packets, false)],
  ['pcapng, longer than a chunk', (packets) => pcapng(packets * 1500, true, 1000)],
  ['pcap', (packets) => writePcap(somePackets(packets))],
];

test.each(kinds)('%s: whole files stay, torn ones end with their last whole packet', async (_, write) => {
  const [shorter, whole] = [write(2), write(3)];
  const kept = await trim(whole);
  expect([kept.cut, Buffer.compare(kept.left, whole)]).toEqual([0, 0]);
  const steps = whole.length - shorter.length > 10_000 ? [1, 500, 990] : Array.from({ length: whole.length - shorter.length - 1 }, (__, index) => index + 1);
  for (const torn of steps) {
    const { cut, left } = await trim(whole.subarray(0, shorter.length + torn));
    expect(cut).toBe(torn);
    expect(Buffer.compare(left, shorter)).toBe(0);
  }
});

test.each(kinds)('%s: zeros that a power cut left are cut off', async (_, write) => {
  const whole = write(2);
  const { cut, left } = await trim(Buffer.concat([whole, new Uint8Array(2 << 20)]));
  expect(cut).toBe(2 << 20);
  expect(Buffer.compare(left, whole)).toBe(0);
});

test.each([
  ['damage in the middle', () => { const bytes = pcapng(3); bytes.fill(0xff, 60, 80); return bytes; }],
  ['no capture', () => new Uint8Array(Buffer.from('these are notes, no packets'))],
  ['nothing', () => new Uint8Array(0)],
])('%s is left as it is', async (_, make) => {
  const bytes = make();
  expect(await trim(bytes)).toEqual({ cut: 0, left: bytes });
});
