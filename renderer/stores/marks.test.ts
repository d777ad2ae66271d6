import { expect, test } from 'vitest';
import { clearMarks, createMarksStore, loadMarks, nextMark, referenceFor, toggleMark, toggleReference } from './marks.ts';

function storage() {
  const entries = new Map<string, string>();
  return { getItem: (key: string) => entries.get(key) ?? null, setItem: (key: string, value: string) => void entries.set(key, value) };
}

test('marks come back with their capture, and only with it', () => {
  const kept = storage();
  const store = createMarksStore(kept);
  loadMarks(store, 'a.pcap', kept);
  toggleMark(store, 7);
  toggleMark(store, 3);
  toggleMark(store, 7);
  loadMarks(store, 'b.pcap', kept);
  expect([...store.getState().marked]).toEqual([]);
  toggleMark(store, 1);
  const later = createMarksStore(kept);
  loadMarks(later, 'a.pcap', kept);
  expect([...later.getState().marked]).toEqual([3]);
  clearMarks(later);
  const last = createMarksStore(kept);
  loadMarks(last, 'a.pcap', kept);
  expect([...last.getState().marked]).toEqual([]);
  loadMarks(last, 'b.pcap', kept);
  expect([...last.getState().marked]).toEqual([1]);
});

test.each([[5, 1, 9], [9, 1, 2], [5, -1, 2], [2, -1, 9], [1, -1, 9]] as const)('from %i by %i goes to %i', (from, step, expected) => {
  expect(nextMark({ capture: '', marked: new Set([9, 2, 5]), references: new Map() }, from, step)).toBe(expected);
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
