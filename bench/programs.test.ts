import { expect, test } from 'vitest';
import { isLoaded, sharkdRequests, statisticsOf } from './programs.ts';

test('sharkd is asked to load and to end, one request a line', () => {
  const lines = sharkdRequests('/captures/with "quotes".pcap').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([
    { jsonrpc: '2.0', id: 1, method: 'load', params: { file: '/captures/with "quotes".pcap' } },
    { jsonrpc: '2.0', id: 2, method: 'bye' },
  ]);
});

test.each([
  ['Hello in child.\n{"jsonrpc":"2.0","id":1,"result":{"status":"OK"}}\n{"jsonrpc":"2.0","id":2,"result":{"status":"OK"}}\n', true],
  // Only the end was answered well.
  ['{"jsonrpc":"2.0","id":1,"error":{"code":-2001,"message":"Unable to open the file"}}\n{"jsonrpc":"2.0","id":2,"result":{"status":"OK"}}\n', false],
  ['', false],
])('%j: loaded %s', (output, loaded) => {
  expect(isLoaded(output)).toBe(loaded);
});

test('the statistics are what stat --json printed', () => {
  expect(statisticsOf({ wallMs: 1, cpuMs: 1, peakMemoryBytes: 1, output: '{"packets":42,"indexMs":1.5}\n' })).toMatchObject({ packets: 42, indexMs: 1.5 });
});
