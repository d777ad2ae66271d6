import { describe, expect, test } from 'vitest';
import { ChunkPool } from './chunk-pool.ts';
import { MemoryStore } from './chunk-store.ts';
import { PacketNotes } from './packet-notes.ts';

describe.each([
  ['in memory', () => new ChunkPool()],
  ['put away', () => new ChunkPool(1, new MemoryStore())],
])('notes %s', (_name, pool) => {
  test('are found by kind, packet and occurrence', () => {
    const notes = new PacketNotes(pool());
    notes.set('tls', 7, 0, { a: 1 });
    notes.set('tls', 7, 1, { a: 2 });
    notes.set('dns', 7, 0, [3]);
    expect([notes.get('tls', 7, 0), notes.get('tls', 7, 1), notes.get('dns', 7, 0)]).toEqual([{ a: 1 }, { a: 2 }, [3]]);
    expect([notes.get('tls', 7, 2), notes.get('tls', 8, 0), notes.get('http', 7, 0), notes.get('tls', 1e7, 0)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('outlast any number of others, and changes to them do, too', () => {
    const notes = new PacketNotes(pool());
    const count = 200_000;
    for (let packet = 0; packet < count; packet += 5) notes.set('x', packet, 0, { packet });
    for (let packet = 0; packet < count; packet += 1000) notes.set('x', packet, 0, { changed: packet, by: 'a longer note than it was' });
    for (let packet = 0; packet < count; packet += 4999) notes.get('x', packet, 0);
    for (const packet of [0, 5, 995, 1000, 123_000, 123_005, count - 5]) {
      expect(notes.get('x', packet, 0)).toEqual(packet % 1000 === 0 ? { changed: packet, by: 'a longer note than it was' } : { packet });
    }
    expect(notes.get('x', 1, 0)).toBeUndefined();
  });

  test('of occurrences beyond those that are told apart share one', () => {
    const notes = new PacketNotes(pool());
    notes.set('x', 1, 63, 'first');
    notes.set('x', 1, 200, 'second');
    expect([notes.get('x', 1, 63), notes.get('x', 1, 99)]).toEqual(['second', 'second']);
  });
});

test('notes take a few bytes each, and little memory when they are put away', () => {
  const pool = new ChunkPool(64 * 1024, new MemoryStore());
  const notes = new PacketNotes(pool);
  for (let packet = 0; packet < 300_000; packet += 1) notes.set('x', packet, 0, { requestIn: packet, time: { seconds: 0, nanos: 1_000_000 } });
  expect(notes.byteLength / 300_000).toBeLessThan(24);
  expect(pool.bytesInMemory).toBeLessThan(1024 * 1024);
});
