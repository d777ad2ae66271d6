import { describe, expect, test } from 'vitest';
import { smallPacket } from '../../dev/packet.test-helper.ts';
import { byteAtHexColumn, fieldAtByte, layerOfBytes, lineRuns, moveByte, spanOf, type Highlight, termOfBytes } from './hex-model.ts';

const { nodes } = smallPacket;
const plain: Highlight = { field: null, parent: null, hover: null, osi: 0, hoveredOsi: 0 };

test('a byte takes the colour of the innermost layer, a trailer that of the link', () => {
  const osi = layerOfBytes(smallPacket, 0, 40);
  expect([osi[0], osi[13], osi[14], osi[35], osi[36], osi[39]]).toEqual([2, 2, 3, 3, 2, 2]);
  expect(layerOfBytes(smallPacket, 1, 4)).toEqual(new Uint8Array(4));
});

describe('from a byte to its field', () => {
  test.each([
    ['the smallest field', 3, 3],
    ['a header without a field there', 12, 2],
    ['bit fields side by side in one byte: the first, since nothing of that extent contains them', 14, 5],
    ['flags: the field that contains its bits', 20, 7],
    ['a byte outside every header: the frame', 38, 0],
  ])('%s', (_what, offset, index) => {
    expect(fieldAtByte(nodes, 0, offset)).toBe(index);
  });

  test('another source has other fields', () => {
    expect(fieldAtByte(nodes, 1, 0)).toBe(-1);
    expect(spanOf(nodes[3], 0)).toEqual({ start: 0, end: 6 });
    expect(spanOf(nodes[3], 1)).toBeNull();
    expect(spanOf(nodes[1], 0)).toBeNull();
  });
});

describe('a line in runs', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, index) => 0x40 + index);
  const osi = layerOfBytes(smallPacket, 0, 40);

  test('is cut where the layer changes and keeps its gap', () => {
    const runs = lineRuns(bytes, osi, 0, plain);
    expect(runs.map((run) => run.osi)).toEqual([2, 3]);
    expect(runs.map((run) => run.hex).join('')).toBe('40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f');
    expect(runs.map((run) => run.characters).join('')).toBe('@ABCDEFGHIJKLMNO');
  });

  test.each([
    ['around the field', { start: 20, end: 23 }, [[4, 'parent'], [1, 'field'], [2, 'hover'], [9, 'parent']]],
    ['beside it', { start: 22, end: 23 }, [[4, 'parent'], [1, 'field'], [1, 'parent'], [1, 'hover'], [9, 'parent']]],
  ])('what is pointed at %s leaves the field its look', (_where, hover, expected) => {
    const runs = lineRuns(bytes, osi, 16, { field: { start: 20, end: 21 }, parent: { start: 14, end: 34 }, hover, osi: 3, hoveredOsi: 0 });
    expect(runs.map((run) => [run.characters.length, run.emphasis])).toEqual(expected);
  });

  test('what is pointed at within the field stands out from it', () => {
    const runs = lineRuns(bytes, osi, 16, { field: { start: 16, end: 24 }, parent: null, hover: { start: 18, end: 20 }, osi: 3, hoveredOsi: 0 });
    expect(runs.map((run) => [run.characters.length, run.emphasis])).toEqual([[2, 'field'], [2, 'hover'], [4, 'field'], [8, 'none']]);
  });

  test('a layer pointed at elsewhere shows its bytes', () => {
    const runs = lineRuns(bytes, osi, 0, { ...plain, hoveredOsi: 2 });
    expect(runs.map((run) => run.emphasis)).toEqual(['hover', 'none']);
  });

  test('a short last line has no trailing space', () => {
    expect(lineRuns(bytes, osi, 32, plain).map((run) => run.hex).join('')).toBe('60 61 62 63 64 65 66 67');
  });
});

test('columns of hex text belong to the byte they show', () => {
  expect([0, 1, 2, 3, 22, 23, 24, 25, 48].map(byteAtHexColumn)).toEqual([0, 0, 0, 1, 7, 7, 7, 8, 15]);
});

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 3, 19],
  ['ArrowDown', 30, 30],
  ['ArrowUp', 3, 3],
  ['PageDown', 0, 39],
  ['End', 0, 39],
  ['Home', 39, 0],
  ['x', 5, null],
])('%s at byte %i', (key, from, to) => {
  expect(moveByte(from, 40, key, 10)).toBe(to);
});

test.each([
  [14, 34, 'ip == 1'],
  [14, 15, 'ip.hdr_len == 1'],
  [12, 14, 'frame[12:2] == 0c:0d'],
  [3, 4, 'frame[3:1] == 0x03'],
  [0, 0, ''],
])('bytes %i to %i are looked for by "%s"', (start, end, term) => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  expect(termOfBytes(smallPacket.nodes, 0, { start, end }, bytes)).toBe(term);
});

test('bytes that are not those of the frame, and very many, have a filter only where a field has just them', () => {
  const bytes = new Uint8Array(200);
  expect(termOfBytes(smallPacket.nodes, 1, { start: 0, end: 4 }, bytes)).toBe('');
  expect(termOfBytes(smallPacket.nodes, 0, { start: 50, end: 199 }, bytes)).toBe('');
});
