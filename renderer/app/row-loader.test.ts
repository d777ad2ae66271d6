import { describe, expect, test, vi } from 'vitest';
import type { Row } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { createRowsStore, rowAt, rowsPerPage, showRowsOf, type RowsStore } from '../stores/rows.ts';
import { createRowLoader, type ReadRows, type RowLoader } from './row-loader.ts';

function row(number: number, info = ''): Row {
  return {
    number, info, time: { seconds: 0, nanos: number }, source: 'a', destination: 'b', protocol: 'TCP', wireLength: 60, capturedLength: 60,
    layer: 4, rule: null, severity: null, conversation: null, provisional: false, fields: [],
  };
}

interface Engine {
  readonly read: ReadRows;
  readonly asked: number[];
  total: number;
  generation: number;
}

function fakeEngine(total: number): Engine {
  const engine: Engine = {
    total,
    generation: 1,
    asked: [],
    read: async (_view, from, count, { signal }) => {
      engine.asked.push(from / rowsPerPage);
      const { generation } = engine;
      await Promise.resolve();
      if (signal?.aborted === true) throw new IpcError('cancelled', 'given up');
      const rows = Array.from({ length: Math.max(0, Math.min(count, engine.total - from)) }, (_, index) => row(from + index + 1, `generation ${generation}`));
      return { generation, rows };
    },
  };
  return engine;
}

function setExtent(store: RowsStore, total: number, generation: number, view = 0): void {
  showRowsOf(store, { view, sort: null, filter: '', sorted: 0, total, generation });
}

const soon = (run: () => void): void => queueMicrotask(run);
const noFailure = (message: string): void => expect.unreachable(message);

/** A loader of 1,000 rows that shows those of pages 4 and 5, whose neighbours are there, too. */
async function inTheMiddle(): Promise<{ readonly store: RowsStore; readonly engine: Engine; readonly loader: RowLoader }> {
  const store = createRowsStore();
  const engine = fakeEngine(1000);
  setExtent(store, 1000, 1);
  const loader = createRowLoader(store, engine.read, noFailure, soon);
  loader.show(300, 330);
  await vi.waitFor(() => expect(store.getState().pages.size).toBe(4));
  return { store, engine, loader };
}

describe('row loader', () => {
  test('asks for the page on screen first, then for its neighbours', async () => {
    const { store, engine } = await inTheMiddle();
    expect(engine.asked).toEqual([4, 5, 6, 3]);
    expect(rowAt(store.getState(), 300)?.number).toBe(301);
  });

  test('neighbours are asked for once what is on screen has been painted', async () => {
    const store = createRowsStore();
    const engine = fakeEngine(1000);
    setExtent(store, 1000, 1);
    const painted: (() => void)[] = [];
    const loader = createRowLoader(store, engine.read, noFailure, (run) => void painted.push(run));
    loader.show(300, 330);
    await vi.waitFor(() => expect(rowAt(store.getState(), 330)).toBeDefined());
    expect([engine.asked, painted.length]).toEqual([[4, 5], 1]);
    // Scrolled meanwhile: neighbours of what is on screen then.
    loader.show(500, 510);
    for (const run of painted.splice(0)) run();
    await vi.waitFor(() => expect(store.getState().pages.size).toBe(5));
    expect(engine.asked).toEqual([4, 5, 7, 8, 6]);
    loader.stop();
  });

  test('another view is shown with the rows that were read for it before', async () => {
    const { store, engine, loader } = await inTheMiddle();
    engine.asked.length = 0;
    engine.total = 200;
    await loader.prepare(7, 200);
    // Of fewer rows than before the last ones are on screen.
    expect(engine.asked).toEqual([2, 3]);
    expect(store.getState().pages.size).toBe(4);
    setExtent(store, 200, 1, 7);
    loader.refresh();
    expect(rowAt(store.getState(), 180)?.number).toBe(181);
    expect([...store.getState().pages.keys()]).toEqual([2, 3]);
  });

  test.each([
    ['come along are not asked for', 200, { from: 256, count: 128 }, { from: 128, rows: 72 }, []],
    ['come along are not enough where the view ends elsewhere by now', 900, { from: 256, count: 128 }, { from: 128, rows: 72 }, [4, 5]],
    ['come along are not enough where the last ones are missing', 900, { from: 256, count: 128 }, { from: 256, rows: 100 }, [4, 5]],
    ['come along are enough where the view has no more', 356, { from: 256, count: 128 }, { from: 256, rows: 100 }, []],
  ])('rows of another view that %s', async (_, total, screen, { from, rows }, asked) => {
    const { store, engine, loader } = await inTheMiddle();
    expect(loader.screen).toEqual(screen);
    engine.asked.length = 0;
    engine.total = total;
    await loader.prepare(7, total, { from, generation: 1, rows: Array.from({ length: rows }, (_row, index) => row(from + index + 1)) });
    expect(engine.asked).toEqual(asked);
    setExtent(store, total, 1, 7);
    loader.refresh();
    for (let position = total - 31; position < total && total < 400; position += 1) expect(rowAt(store.getState(), position)?.number).toBe(position + 1);
  });

  test('rows that cannot be read before a view is shown, or not soon, do not keep it from being shown', async () => {
    const store = createRowsStore();
    const broken = createRowLoader(store, () => Promise.reject(new IpcError('internal', 'broken')), noFailure, soon);
    await broken.prepare(7, 200);
    const slow = createRowLoader(store, (_view, _from, _count, { signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new IpcError('cancelled', 'given up')))), noFailure, soon);
    await slow.prepare(7, 200);
    expect(store.getState().pages.size).toBe(0);
  });

  test('a page of an older generation stays on screen until its successor comes', async () => {
    const store = createRowsStore();
    const engine = fakeEngine(100);
    setExtent(store, 100, 1);
    const loader = createRowLoader(store, engine.read, noFailure, soon);
    loader.show(0, 20);
    await vi.waitFor(() => expect(rowAt(store.getState(), 0)?.info).toBe('generation 1'));
    engine.generation = 2;
    setExtent(store, 100, 2);
    loader.refresh();
    expect(rowAt(store.getState(), 0)?.info).toBe('generation 1');
    await vi.waitFor(() => expect(rowAt(store.getState(), 0)?.info).toBe('generation 2'));
  });

  test('a short last page is asked for again once there are more rows', async () => {
    const store = createRowsStore();
    const engine = fakeEngine(10);
    setExtent(store, 10, 1);
    const loader = createRowLoader(store, engine.read, noFailure, soon);
    loader.show(0, 20);
    await vi.waitFor(() => expect(rowAt(store.getState(), 9)).toBeDefined());
    engine.total = 60;
    setExtent(store, 60, 1);
    loader.refresh();
    await vi.waitFor(() => expect(rowAt(store.getState(), 59)).toBeDefined());
  });

  test('pages that scrolled away are given up and their answers dropped', async () => {
    const store = createRowsStore();
    const engine = fakeEngine(100_000);
    setExtent(store, 100_000, 1);
    const loader = createRowLoader(store, engine.read, noFailure, soon);
    loader.show(0, 20);
    loader.show(50_000, 50_020);
    await vi.waitFor(() => expect(rowAt(store.getState(), 50_000)).toBeDefined());
    expect(rowAt(store.getState(), 0)).toBeUndefined();
  });

  test('rows of another view are dropped, and so are answers that come too late', async () => {
    const store = createRowsStore();
    const engine = fakeEngine(1000);
    setExtent(store, 1000, 1);
    const answers: (() => void)[] = [];
    const read: ReadRows = async (view, from, count, options) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      const reply = await engine.read(view, from, count, {});
      return { ...reply, rows: reply.rows.map((one) => ({ ...one, info: `view ${view}, ${options.signal?.aborted === true ? 'given up' : 'wanted'}` })) };
    };
    const loader = createRowLoader(store, read, noFailure, soon);
    loader.show(0, 20);
    setExtent(store, 1000, 1, 7);
    loader.refresh();
    for (const answer of answers.splice(0)) answer();
    await vi.waitFor(() => expect(answers.length + store.getState().pages.size).toBeGreaterThan(0));
    for (const answer of answers.splice(0)) answer();
    await vi.waitFor(() => expect(rowAt(store.getState(), 0)?.info).toBe('view 7, wanted'));
    expect([...store.getState().pages.values()].every(({ rows }) => rows.every(({ info }) => info.startsWith('view 7')))).toBe(true);
  });

  test('the number of kept pages is bounded, the least recently seen go first', async () => {
    const store = createRowsStore();
    const engine = fakeEngine(1_000_000);
    setExtent(store, 1_000_000, 1);
    const loader = createRowLoader(store, engine.read, noFailure, soon);
    for (let page = 0; page < 250; page += 1) {
      loader.show(page * rowsPerPage, page * rowsPerPage + 20);
      await vi.waitFor(() => expect(rowAt(store.getState(), page * rowsPerPage)).toBeDefined(), { interval: 1 });
    }
    expect(store.getState().pages.size).toBeLessThanOrEqual(193);
    expect(store.getState().pages.has(249)).toBe(true);
    expect(store.getState().pages.has(0)).toBe(false);
  });

  test('a failure is told once and not asked for again by itself', async () => {
    const store = createRowsStore();
    setExtent(store, 10, 1);
    const failures: string[] = [];
    let calls = 0;
    const loader = createRowLoader(store, () => ((calls += 1), Promise.reject(new IpcError('internal', 'broken'))), (message) => failures.push(message), soon);
    loader.show(0, 5);
    await vi.waitFor(() => expect(failures).toEqual(['broken']));
    expect(calls).toBe(1);
  });
});
