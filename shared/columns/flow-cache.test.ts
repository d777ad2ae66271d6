import { expect, test } from 'vitest';
import { FlowCache } from './flow-cache.ts';

test('remembers a flow by direction, and only for exactly these addresses and ports', () => {
  const cache = new FlowCache();
  const [near, far, ports] = [0x0a00_0001, 0xc000_0201 | 0, 0x9c40_0050 | 0] as const;
  cache.note(near, far, ports, 7, 1);
  expect([cache.find(near, far, ports), cache.direction]).toEqual([7, 1]);
  expect(cache.find(far, near, 0x0050_9c40)).toBe(-1);
  expect(cache.find(near, far, ports + 0x1_0000)).toBe(-1);
  expect(new FlowCache().find(0, 0, 0)).toBe(-1);
});

test('forgets flows where others take their places, and never mistakes one for another', () => {
  const cache = new FlowCache();
  for (let flow = 0; flow < 100_000; flow += 1) cache.note(flow, -1, (0x8000_0000 + flow) | 0, flow, (flow & 1) as 0 | 1);
  let remembered = 0;
  for (let flow = 0; flow < 100_000; flow += 1) {
    const found = cache.find(flow, -1, (0x8000_0000 + flow) | 0);
    if (found < 0) continue;
    remembered += 1;
    expect([found, cache.direction]).toEqual([flow, flow & 1]);
  }
  expect(remembered).toBeGreaterThan(1000);
});
