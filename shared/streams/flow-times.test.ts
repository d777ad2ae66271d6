import { expect, test } from 'vitest';
import { FlowTimes } from './flow-times.ts';

test('times count from the first packet and from the one before, exactly', () => {
  const times = new FlowTimes();
  times.begin(3, 1_700_000_000, 999_999_999);
  times.observe(3, 10, 0, 1_700_000_001, 1);
  times.observe(3, 12, 0, 1_700_000_003, 1);
  expect(times.sinceFirstNs(3, 1_700_000_001, 1)).toBe(2);
  expect(times.sincePreviousNs(10, 0)).toBe(2);
  expect(times.sincePreviousNs(12, 0)).toBe(2_000_000_000);
});

test('only the first call begins a flow', () => {
  const times = new FlowTimes();
  times.begin(0, 100, 0);
  times.begin(0, 200, 0);
  expect(times.sinceFirstNs(0, 201, 0)).toBe(101_000_000_000);
});

test('what was not observed is not known', () => {
  const times = new FlowTimes();
  times.begin(0, 100, 0);
  times.observe(0, 1, 1, 101, 0);
  expect(times.sincePreviousNs(1, 0)).toBeNull();
  expect(times.sincePreviousNs(70_000, 0)).toBeNull();
  expect(times.sinceFirstNs(5000, 1, 0)).toBeNull();
  expect(times.sincePreviousNs(1, 1)).toBe(1_000_000_000);
});

test('more flows and packets than fit at first', () => {
  const times = new FlowTimes();
  for (let flow = 0; flow < 5000; flow += 1) times.begin(flow, flow, flow);
  times.observe(4999, 200_000, 0, 5000, 4999);
  expect(times.sinceFirstNs(1500, 1501, 1500)).toBe(1_000_000_000);
  expect(times.sincePreviousNs(200_000, 0)).toBe(1_000_000_000);
});
