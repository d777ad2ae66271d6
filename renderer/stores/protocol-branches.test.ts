import { expect, test } from 'vitest';
import { branchKey, hasChildren, openNodes, parentOf } from './protocol-branches.ts';

/** frame ▸ eth ▸ (ip ▸ tcp, arp), and another tree behind it. */
const nodes = [['frame', 0], ['eth', 1], ['ip', 2], ['tcp', 3], ['arp', 2], ['raw', 0]].map(([protocol, depth]) => ({ protocol: String(protocol), depth: Number(depth), osi: 3 }));

test.each([
  [[], [0, 1, 2, 3, 4, 5]],
  [[2], [0, 1, 2, 4, 5]],
  [[1], [0, 1, 5]],
  [[0, 2], [0, 5]],
  [[3, 5], [0, 1, 2, 3, 4, 5]],
])('with branches %j closed, nodes %j are open', (closed, expected) => {
  expect(openNodes(nodes, new Set(closed.map((index) => branchKey(nodes, index))))).toEqual(expected);
});

test('parents and children', () => {
  expect(nodes.map((_, index) => parentOf(nodes, index))).toEqual([-1, 0, 1, 2, 1, -1]);
  expect(nodes.map((_, index) => hasChildren(nodes, index))).toEqual([true, true, true, false, false, false]);
});
