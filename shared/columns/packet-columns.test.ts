import { describe, expect, test } from 'vitest';
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { MemoryStore } from '../bytes/chunk-store.ts';
import { ConversationIndex } from './conversation-index.ts';
import { BYTES_PER_PACKET, CHUNK_PACKETS, FROM_B_SHIFT, PacketColumns, secondsAt } from './packet-columns.ts';

describe('packet columns', () => {
  test('give back what was appended, across chunk borders', () => {
    const columns = new PacketColumns();
    const count = 70_000;
    for (let index = 0; index < count; index += 1) columns.append(2 ** 33 + index, index % 2000, index % 3000, index % 7 !== 0, -5 + index, index % 1e9, index % 3);
    expect(columns.count).toBe(count);
    for (const at of [0, 1, 65_535, 65_536, count - 1]) {
      expect([columns.dataOffset(at), columns.capturedLength(at), columns.wireLength(at), columns.hasTime(at), columns.timeSeconds(at), columns.timeNanos(at), columns.interfaceId(at)]).toEqual([
        2 ** 33 + at, at % 2000, at % 3000, at % 7 !== 0, -5 + at, at % 1e9, at % 3,
      ]);
    }
  });

  test('keep settlement, severity and conversation apart from the time mark', () => {
    const columns = new PacketColumns();
    columns.append(0, 1, 1, true, 0, 0, 0);
    columns.append(0, 1, 1, false, 0, 0, 0);
    columns.setTcp(0, 7, -1, 0, 0x10, 0);
    columns.setSeverity(0, 4);
    columns.settle(0, 3);
    columns.setConversation(1, 'udp', 9, 0, 1);
    columns.setSeverity(1, 2);
    columns.setSeverity(1, 1);
    const facts = (at: number) => [columns.hasTime(at), columns.conversationKind(at), columns.conversation(at), columns.direction(at), columns.previousInConversation(at), columns.isSettled(at), columns.kind(at), columns.severity(at)];
    expect(facts(0)).toEqual([true, 'tcp', 7, 0, -1, true, 3, 4]);
    expect(facts(1)).toEqual([false, 'udp', 9, 1, 0, false, 0, 1]);
  });

  test('keep times that lie further apart than 32 bits can tell', () => {
    const columns = new PacketColumns();
    const times = [1_700_000_000, 0, 1_700_000_007, 1_700_000_000 + 2 ** 33, -(2 ** 40), 1_700_000_009];
    for (const seconds of times) columns.append(0, 1, 1, true, seconds, 5, 0);
    expect(times.map((_, at) => columns.timeSeconds(at))).toEqual(times);
  });

  test('refuse positions that hold no packet', () => {
    const columns = new PacketColumns();
    columns.append(0, 1, 1, true, 0, 0, 0);
    for (const at of [-1, 1, 65_536]) expect(() => columns.wireLength(at)).toThrow(RangeError);
  });

  test('stay within 48 bytes a packet', () => {
    expect(BYTES_PER_PACKET).toBeLessThanOrEqual(48);
  });
});

describe('conversation index', () => {
  test('links each packet to the one before it and knows first, last and count', () => {
    const index = new ConversationIndex();
    expect([index.add(0, 4), index.add(5000, 5), index.add(0, 9), index.add(0, 12)]).toEqual([-1, -1, 4, 9]);
    expect([index.firstPacket(0), index.lastPacket(0), index.packets(0)]).toEqual([4, 12, 3]);
    expect([index.firstPacket(5000), index.lastPacket(5000), index.packets(5000)]).toEqual([5, 5, 1]);
    expect(index.count).toBe(5001);
    expect(index.packets(77)).toBe(0);
  });
});

describe('chunks of columns, for scans', () => {
  test('hold the packets in use and their numbers as the getters give them', () => {
    const columns = new PacketColumns();
    const count = CHUNK_PACKETS + 10;
    for (let at = 0; at < count; at += 1) columns.append(2 ** 40 + at * 3, at, at, true, 1_700_000_000 + at, at, 0);
    columns.setTcp(CHUNK_PACKETS + 1, 5, 4, 1, 0x12, 0x40);
    expect([columns.chunkCount, columns.chunkLength(0), columns.chunkLength(1), columns.chunkLength(2)]).toEqual([2, CHUNK_PACKETS, 10, 0]);
    const chunk = columns.chunkAt(1);
    expect([chunk.dataOffsetHigh[1], chunk.dataOffsetLow[1]]).toEqual([256, (CHUNK_PACKETS + 1) * 3]);
    expect(columns.dataOffset(CHUNK_PACKETS + 1)).toBe(2 ** 40 + (CHUNK_PACKETS + 1) * 3);
    expect(secondsAt(chunk, 9)).toBe(columns.timeSeconds(count - 1));
    expect([chunk.conversation[1], chunk.previous[1], chunk.tcpFlags[1], chunk.analysis[1]]).toEqual([5, 5, 0x12, 0x40]);
    expect(((chunk.marks[1] as number) >> FROM_B_SHIFT) & 1).toBe(1);
    expect(() => columns.chunkAt(2)).toThrow(RangeError);
  });

  test('are the same after they were put away, distant times among them', () => {
    const columns = new PacketColumns(new ChunkPool(1, new MemoryStore()));
    const count = CHUNK_PACKETS * 40;
    const seconds = (at: number): number => (at === 5 ? 2 ** 40 : at);
    for (let at = 0; at < count; at += 1) columns.append(at, at & 0xffff, 60, true, seconds(at), 0, 0);
    columns.setSeverity(7, 3);
    for (const at of [0, 4, 5, 6, 7, CHUNK_PACKETS, count - 1]) expect([columns.dataOffset(at), columns.timeSeconds(at), columns.severity(at)]).toEqual([at, seconds(at), at === 7 ? 3 : 0]);
    expect(columns.byteLength).toBeGreaterThanOrEqual(count * BYTES_PER_PACKET);
  });
});
