import { describe, expect, test } from 'vitest';
import { ListView } from './list-view.ts';
import { madeUpNumber, makeUpCapture } from './made-up-capture.test-helper.ts';
import type { MadeUpCapture, MadeUpPacket } from './made-up-capture.test-helper.ts';
import type { PacketFilter } from './packet-filter.ts';
import { finish } from './steps.ts';
import { SORT_COLUMNS } from './view-sort.ts';
import type { SortColumn } from './view-sort.ts';

function entries(view: ListView): number[] {
  return Array.from({ length: view.length }, (_, entry) => view.at(entry));
}

/** The order of texts' UTF-8 bytes. */
function compareTexts(one: string, two: string): number {
  const [a, b] = [[...one], [...two]].map((characters) => characters.map((character) => character.codePointAt(0)!)) as [number[], number[]];
  const at = a.findIndex((point, index) => point !== b[index]);
  return at < 0 ? a.length - b.length : at >= b.length ? 1 : a[at]! - b[at]!;
}

const compare: Readonly<Record<SortColumn, (one: MadeUpPacket, two: MadeUpPacket) => number>> = {
  number: () => 0,
  time: (one, two) => Number(one.hasTime) - Number(two.hasTime) || (one.hasTime ? one.seconds - two.seconds || one.nanos - two.nanos : 0),
  length: (one, two) => one.length - two.length,
  source: (one, two) => compareTexts(one.texts.source, two.texts.source),
  destination: (one, two) => compareTexts(one.texts.destination, two.texts.destination),
  protocol: (one, two) => compareTexts(one.texts.protocol, two.texts.protocol),
  info: (one, two) => compareTexts(one.texts.info, two.texts.info),
  custom: (one, two) => {
    const [first, second] = [madeUpNumber(one), madeUpNumber(two)];
    return Number(!Number.isNaN(first)) - Number(!Number.isNaN(second)) || (Number.isNaN(first) ? 0 : first - second);
  },
};

function bruteForce({ packets }: MadeUpCapture, column: SortColumn, descending: boolean, positions = packets.map((_, position) => position)): number[] {
  const sign = descending ? -1 : 1;
  const inFileOrder = column === 'number' ? (one: number, two: number) => sign * (one - two) : (one: number, two: number) => one - two;
  return [...positions].sort((one, two) => sign * compare[column](packets[one]!, packets[two]!) || inFileOrder(one, two));
}

function sortedView(capture: MadeUpCapture, column: SortColumn, descending: boolean, filter: PacketFilter | null = null): ListView {
  const view = new ListView({ column, descending, custom: { text: 'x', occurrence: 0, names: false } }, capture, filter);
  finish(view.make(capture.columns.count));
  return view;
}

/** A filter that looks at the packets themselves. */
function tcpOnly({ packets }: MadeUpCapture): PacketFilter {
  return {
    needsFinal: false,
    prefersFinal: false,
    isProvisional: false,
    waiting: null,
    *scan(from, to, take) {
      for (let position = from; position < to; position += 1) if (packets[position]?.kind === 'tcp') take(Uint32Array.of(position), 1);
      yield 1;
    },
  };
}

const capture = makeUpCapture(4000, 11);

describe.each(SORT_COLUMNS)('sorted by %s', (column) => {
  test.each([false, true])('descending: %s gives the order of comparing all packets, equal ones in file order', (descending) => {
    // Packets without a time have times of their own in the reference, which must not count.
    expect(entries(sortedView(capture, column, descending))).toEqual(bruteForce(capture, column, descending));
  });

  test('every packet is found where it stands', () => {
    const view = sortedView(capture, column, false);
    for (let entry = 0; entry < view.length; entry += 97) expect(view.indexOf(view.at(entry))).toBe(entry);
    expect(view.indexOf(capture.packets.length)).toBe(-1);
  });
});

test("sorted by a column of one's own that is no number, texts decide", () => {
  const view = new ListView({ column: 'custom', descending: false, custom: { text: 'x', occurrence: 0, names: true } }, capture);
  finish(view.make(capture.columns.count));
  expect(entries(view)).toEqual(bruteForce(capture, 'info', false));
});

describe('a view', () => {
  const tcpPositions = (packets: readonly MadeUpPacket[]): number[] => packets.flatMap(({ kind }, position) => (kind === 'tcp' ? [position] : []));

  test('filters and sorts at once', () => {
    expect(entries(sortedView(capture, 'length', true, tcpOnly(capture)))).toEqual(bruteForce(capture, 'length', true, tcpPositions(capture.packets)));
  });

  test('of a filter alone is in file order and grows with the capture', () => {
    const growing = makeUpCapture(100, 5);
    const view = new ListView(null, growing, tcpOnly(growing));
    finish(view.make(100));
    const { generation } = view;
    growing.grow(400);
    finish(view.extend(500));
    expect(entries(view)).toEqual(tcpPositions(growing.packets));
    expect(view.generation).toBe(generation);
    for (const [entry, position] of entries(view).entries()) expect(view.indexOf(position)).toBe(entry);
    expect(view.indexOf(growing.packets.findIndex(({ kind }) => kind !== 'tcp'))).toBe(-1);
  });

  test('keeps its sorted part where it is while packets are added behind it, until it is made again', () => {
    const growing = makeUpCapture(300, 6);
    const view = sortedView(growing, 'length', false, tcpOnly(growing));
    const [before, generation] = [entries(view), view.generation];
    growing.grow(300);
    finish(view.extend(600));
    const added = tcpPositions(growing.packets).filter((position) => position >= 300);
    expect(entries(view)).toEqual([...before, ...added]);
    expect(view.sortedLength).toBe(before.length);
    expect(view.indexOf(added[3]!)).toBe(before.length + 3);
    finish(view.make(600));
    expect(entries(view)).toEqual(bruteForce(growing, 'length', false, tcpPositions(growing.packets)));
    expect(view.generation).toBeGreaterThan(generation);
  });

  test('sorts only as far as it is told to', () => {
    const view = new ListView({ column: 'protocol', descending: false }, capture);
    finish(view.extend(capture.packets.length));
    finish(view.make(1000));
    expect(view.sortedLength).toBe(1000);
    expect(entries(view).slice(0, 1000)).toEqual(bruteForce(capture, 'protocol', false).filter((position) => position < 1000));
    expect(entries(view).slice(1000)).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1000));
  });

  test('that is given up while it is made stays what it was', () => {
    const view = sortedView(capture, 'time', false);
    const before = entries(view);
    const making = view.make(capture.packets.length);
    making.next();
    making.next();
    making.return();
    expect(entries(view)).toEqual(before);
  });

  test('reads texts only of packets that the columns say nothing of', () => {
    const fresh = makeUpCapture(2000, 8);
    sortedView(fresh, 'source', false);
    expect(fresh.reads).toBe(fresh.packets.filter(({ kind }) => kind === 'none').length);
  });
});
