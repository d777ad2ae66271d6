import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureSession } from './session.ts';

async function rulesOf(sample: string): Promise<Map<number, string | null>> {
  const session = await CaptureSession.open(join(import.meta.dirname, '../../assets/samples', `${sample}.pcapng`), { verifyChecksums: false });
  await session.finished;
  return new Map(session.readRows(0, 0, 512).rows.map(({ number, rule }) => [number, rule]));
}

test.each([
  ['web-page', { 1: 'arp', 3: 'udp', 7: 'http' }],
  ['retransmission', { 19: 'bad' }],
  ['ping-traceroute', { 1: 'icmp' }],
] as const)('%s: rows carry the first colouring rule that matches', async (sample, expected) => {
  const rules = await rulesOf(sample);
  for (const [number, rule] of Object.entries(expected)) expect([number, rules.get(Number(number))]).toEqual([number, rule]);
});

test('ICMP errors stand out from other ICMP, resets from other TCP', async () => {
  expect([...(await rulesOf('ping-traceroute')).values()]).toContain('icmp-error');
  expect([...(await rulesOf('refused-filtered-reset')).values()]).toContain('rst');
});
