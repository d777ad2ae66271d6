import { expect, test } from 'vitest';
import { addIgnored, addMarks, clearMarks, createMarksStore, loadMarks, nextMark, referenceFor, toggleIgnored, toggleMarks, toggleReference } from './marks.ts';

function storage() {
  const entries = new Map<string, string>();
  return { entries, getItem: (key: string) => entries.get(key) ?? null, setItem: (key: string, value: string) => void entries.set(key, value) };
}

test('marks and packets that are left out come back with their capture, and only with it', () => {
  const kept = storage();
  const store = createMarksStore(kept);
  loadMarks(store, 'a.pcap', kept);
  toggleMarks(store, [[7, 7]]);
  toggleMarks(store, [[3, 5]]);
  toggleMarks(store, [[7, 7]]);
  addIgnored(store, [[1, 1_000_000]]);
  loadMarks(store, 'b.pcap', kept);
  expect(store.getState()).toMatchObject({ marked: [], ignored: [] });
  toggleMarks(store, [[1, 1]]);
  const later = createMarksStore(kept);
  loadMarks(later, 'a.pcap', kept);
  expect(later.getState()).toMatchObject({ marked: [[3, 5]], ignored: [[1, 1_000_000]] });
  clearMarks(later);
  const last = createMarksStore(kept);
  loadMarks(last, 'a.pcap', kept);
  expect(last.getState()).toMatchObject({ marked: [], ignored: [[1, 1_000_000]] });
  loadMarks(last, 'b.pcap', kept);
  expect(last.getState().marked).toEqual([[1, 1]]);
});

test.each([
  ['ranges that overlap', [[1, 5], [4, 9]]],
  ['ranges turned round', [[5, 1]]],
  ['numbers that are none of a packet', [[0, 1]]],
])('%s were never kept by this program, and mean none', (_what, marked) => {
  const kept = storage();
  kept.setItem('layerscope.marks', JSON.stringify({ version: 2, value: [{ capture: 'a.pcap', marked, ignored: [] }] }));
  const store = createMarksStore(kept);
  loadMarks(store, 'a.pcap', kept);
  expect(store.getState().marked).toEqual([]);
});

test('of several packets, all are marked first, and unmarked once all of them are', () => {
  const store = createMarksStore(null);
  addMarks(store, [[2, 2]]);
  toggleMarks(store, [[1, 3]]);
  expect(store.getState().marked).toEqual([[1, 3]]);
  toggleMarks(store, [[1, 2]]);
  expect(store.getState().marked).toEqual([[3, 3]]);
  toggleIgnored(store, [[3, 3]]);
  toggleIgnored(store, [[3, 3]]);
  expect(store.getState().ignored).toEqual([]);
});

test.each([[5, 1, 9], [9, 1, 2], [5, -1, 2], [2, -1, 9], [1, -1, 9]] as const)('from %i by %i goes to %i', (from, step, expected) => {
  expect(nextMark({ marked: [[2, 2], [5, 5], [9, 9]] }, from, step)).toBe(expected);
});

test('where none is marked there is nowhere to go', () => {
  expect(nextMark({ marked: [] }, 3, 1)).toBeNull();
});

test('times count from the last reference up to a packet', () => {
  const store = createMarksStore(null);
  const time = (seconds: number) => ({ seconds, nanos: 0 });
  toggleReference(store, 10, time(10));
  toggleReference(store, 20, time(20));
  expect([5, 10, 15, 20, 99].map((packet) => referenceFor(store.getState(), packet)?.seconds)).toEqual([undefined, 10, 10, 20, 20]);
  toggleReference(store, 20, time(20));
  expect(referenceFor(store.getState(), 99)?.seconds).toBe(10);
});
