import { expect, test } from 'vitest';
import type { Row } from '../../shared/ipc/contract.ts';
import { createRowsStore, putPage, rowAt } from './rows.ts';

function row(number: number, change: Partial<Row> = {}): Row {
  return {
    number, info: '', time: { seconds: 0, nanos: number }, source: 'a', destination: 'b', protocol: 'TCP', wireLength: 60, capturedLength: 60,
    layer: 4, rule: null, severity: null, conversation: null, provisional: true, fields: ['x'], ...change,
  };
}

test('of a page that is read again only rows that say something else are other ones', () => {
  const store = createRowsStore();
  putPage(store, { page: 0, generation: 1, rows: [row(1), row(2), row(3)] }, []);
  const [first, second, third] = [0, 1, 2].map((position) => rowAt(store.getState(), position));
  putPage(store, { page: 0, generation: 2, rows: [row(1), row(2, { provisional: false }), row(3, { fields: ['y'] }), row(4)] }, []);
  expect(rowAt(store.getState(), 0)).toBe(first);
  expect(rowAt(store.getState(), 1)).not.toBe(second);
  expect(rowAt(store.getState(), 1)?.provisional).toBe(false);
  expect(rowAt(store.getState(), 2)).not.toBe(third);
  expect(rowAt(store.getState(), 3)?.number).toBe(4);
  expect(store.getState().pages.get(0)?.generation).toBe(2);
});
