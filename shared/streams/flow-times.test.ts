import { expect, test } from 'vitest';
import { FlowTimes } from './flow-times.ts';

test('times count from the first packet and from the one before, exactly', () => {
  const times = new FlowTimes();
  times.begin(3, 1_700_000_000, 999_999_999);
  times.observe(3, 10, 0, 1_700_000_001, 1);
  times.observe(3, 12, 0, 1_700_000_003, 1);
  expect(times.sinceFirst(3, 1_700_000_001, 1)).toEqual({ seconds: 0, nanos: 2 });
  expect(times.sincePrevious(10, 0)).toEqual({ seconds: 0, nanos: 2 });
  expect(times.sincePrevious(12, 0)).toEqual({ seconds: 2, nanos: 0 });
});

test('only the first call begins a flow', () => {
  const times = new FlowTimes();
  times.begin(0, 100, 0);
  times.begin(0, 200, 0);
  expect(times.sinceFirst(0, 201, 0)).toEqual({ seconds: 101, nanos: 0 });
});

test('what was not observed is not known', () => {
  const times = new FlowTimes();
  times.begin(0, 100, 0);
  times.observe(0, 1, 1, 101, 0);
  expect(times.sincePrevious(1, 0)).toBeNull();
  expect(times.sincePrevious(70_000, 0)).toBeNull();
  expect(times.sinceFirst(5000, 1, 0)).toBeNull();
  expect(times.sincePrevious(1, 1)).toEqual({ seconds: 1, nanos: 0 });
});

test('more flows and packets than fit at first', () => {
  const times = new FlowTimes();
  for (let flow = 0; flow < 5000; flow += 1) times.begin(flow, flow, flow);
  times.observe(4999, 200_000, 0, 5000, 4999);
  expect(times.sinceFirst(1500, 1501, 1500)).toEqual({ seconds: 1, nanos: 0 });
  expect(times.sincePrevious(200_000, 0)).toEqual({ seconds: 1, nanos: 0 });
});

test('gaps of years stay exact, and time may run backwards', () => {
  const times = new FlowTimes();
  times.begin(0, 1_000_000_000, 999_999_998);
  times.observe(0, 2, 0, 1_700_000_000, 1);
  times.observe(0, 3, 0, 1_699_999_999, 500_000_001);
  expect(times.sincePrevious(2, 0)).toEqual({ seconds: 699_999_999, nanos: 3 });
  expect(times.sincePrevious(3, 0)).toEqual({ seconds: -1, nanos: 500_000_000 });
});
