import { describe, expect, test } from 'vitest';
import { KeyIndex } from './key-index.ts';

/** Numbers whose keys are themselves, and whose hashes meet often. */
class Numbers {
  readonly index = new KeyIndex();

  find(key: number): number {
    return this.index.at(this.slotOf(key));
  }

  add(key: number): void {
    this.index.add(this.slotOf(key), key, this.hash(key));
  }

  private hash(key: number): number {
    return (key % 1000) * 0x10001;
  }

  private slotOf(key: number): number {
    const { index } = this;
    const hash = this.hash(key);
    let slot = index.start(hash);
    while (index.at(slot) >= 0 && !(index.hash(slot) === hash && index.at(slot) === key)) slot = index.next(slot);
    return slot;
  }
}

describe('numbers by the hash of their keys', () => {
  test('are found, also those of one hash, while the table grows', () => {
    const numbers = new Numbers();
    for (let key = 0; key < 10_000; key += 1) numbers.add(key);
    expect([0, 1, 1000, 9999].map((key) => numbers.find(key))).toEqual([0, 1, 1000, 9999]);
    expect(numbers.find(10_000)).toBe(-1);
    expect(numbers.index.count).toBe(10_000);
  });

  test('that are let go are not found, all others are, and room is there for new ones', () => {
    const numbers = new Numbers();
    for (let key = 0; key < 5000; key += 1) numbers.add(key);
    const { byteLength } = numbers.index;
    numbers.index.keep((number) => number % 3 === 0);
    for (let key = 0; key < 5000; key += 1) expect(numbers.find(key)).toBe(key % 3 === 0 ? key : -1);
    expect([...numbers.index.numbers()]).toEqual(Array.from({ length: 1667 }, (_, index) => index * 3));
    for (let key = 5000; key < 8000; key += 1) numbers.add(key);
    expect(numbers.find(7999)).toBe(7999);
    expect(numbers.index.byteLength).toBe(byteLength);
  });
});
