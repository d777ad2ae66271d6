import { describe, expect, test } from 'vitest';
import { Tape } from './tape.ts';

/** A tape whose entries are told apart by their numbers; `layers` gives the layer of each. */
function tapeOf(layers: readonly number[]): Tape {
  const tape = new Tape();
  layers.forEach((layer, index) => tape.add(null, 0, index, 1, 0, layer, 0, index, null));
  return tape;
}

describe('entries that a layer adds late', () => {
  test.each([
    [[0, 1, 2, 1], [0, 1, 3, 2]],
    [[0, 1, 2, 2, 0, 1], [0, 4, 1, 5, 2, 3]],
    [[0, 3, 1], [0, 2, 1]],
    [[], []],
  ])('of layers %j stand in order %j', (layers, order) => {
    const tape = tapeOf(layers);
    tape.groupByLayer();
    expect(tape.numbers.slice(0, tape.count)).toEqual(order);
    expect(tape.starts.slice(0, tape.count)).toEqual(order);
  });

  test('are noticed', () => {
    expect(tapeOf([0, 1, 2]).disordered).toBe(false);
    expect(tapeOf([0, 1, 0]).disordered).toBe(true);
  });

  test('take their labels along, and the new places are told', () => {
    const tape = tapeOf([0, 1, 0]);
    tape.labels.set(2, 'late');
    expect(tape.groupByLayer()).toEqual([0, 2, 1]);
    expect([...tape.labels]).toEqual([[1, 'late']]);
    expect(tape.disordered).toBe(false);
  });
});
