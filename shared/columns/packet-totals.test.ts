import { expect, test } from 'vitest';
import type { PacketRecord } from '../records/record.ts';
import { PacketTotals } from './packet-totals.ts';

function record(timeSeconds: number, timeNanos: number, hasTime = true): PacketRecord {
  return { dataOffset: 0, capturedLength: 60, wireLength: 1500, timeSeconds, timeNanos, hasTime, interfaceId: 0, bytes: new Uint8Array(0), bytesStart: 0, comments: null, packetFlags: 0 };
}

function totalsOf(...records: readonly PacketRecord[]): PacketTotals {
  const totals = new PacketTotals();
  for (const one of records) totals.add(one);
  return totals;
}

test('bytes are added up, beyond what 32 bits hold', () => {
  const totals = new PacketTotals();
  for (let packet = 0; packet < 3; packet += 1) totals.add({ ...record(0, 0), capturedLength: 2 ** 31, wireLength: 2 ** 32 - 1 });
  expect(totals).toMatchObject({ capturedBytes: 3 * 2 ** 31, wireBytes: 3 * (2 ** 32 - 1) });
});

test('without packets that have a time there is none', () => {
  expect(totalsOf(record(0, 0, false))).toMatchObject({ earliest: null, latest: null, wireBytes: 1500 });
});

test.each([
  ['in order', [record(5, 1), record(5, 2), record(7, 0)], { seconds: 5, nanos: 1 }, { seconds: 7, nanos: 0 }],
  ['not in order', [record(7, 0), record(5, 2), record(5, 1), record(6, 9)], { seconds: 5, nanos: 1 }, { seconds: 7, nanos: 0 }],
  ['before 1970', [record(-3, 999_999_999), record(-3, 0)], { seconds: -3, nanos: 0 }, { seconds: -3, nanos: 999_999_999 }],
  ['of one packet, and of one without a time', [record(0, 4), record(0, 0, false)], { seconds: 0, nanos: 4 }, { seconds: 0, nanos: 4 }],
])('the first and the last moment of times %s', (_, records, earliest, latest) => {
  expect(totalsOf(...records)).toMatchObject({ earliest, latest });
});
