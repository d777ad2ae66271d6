import { expect, test } from 'vitest';
import { ConversationIndex } from './conversation-index.ts';
import { neighbourInConversation } from './conversation-neighbour.ts';
import { randomNumbers } from './made-up-capture.test-helper.ts';
import { PacketColumns } from './packet-columns.ts';
import type { ConversationKind } from './packet-columns.ts';

test('walking a conversation either way visits exactly its packets, chunks apart and with others of the same number between', () => {
  const random = randomNumbers(4);
  const columns = new PacketColumns();
  const conversations = { tcp: new ConversationIndex(), udp: new ConversationIndex(), ip: new ConversationIndex() };
  const packets = Array.from({ length: 150_000 }, (_, position) => {
    const kind = (['none', 'tcp', 'udp', 'ip'] as const)[random(4)]!;
    const conversation = random(5_000);
    columns.append(0, 60, 60, true, 0, 0, 0);
    if (kind !== 'none') columns.setConversation(position, kind, conversation, conversations[kind].add(conversation, position), 0);
    return `${kind} ${conversation}`;
  });
  for (const name of ['tcp 7', 'udp 7', 'ip 4999'] as const) {
    const own = packets.flatMap((of, position) => (of === name ? [position] : []));
    const walk = (from: number, step: -1 | 1): number[] => {
      const seen: number[] = [];
      for (let at = from; at >= 0; at = neighbourInConversation(columns, conversations, at, step)) seen.push(at);
      return seen;
    };
    expect(own.length).toBeGreaterThan(1);
    expect(walk(own[0]!, 1)).toEqual(own);
    expect(walk(own.at(-1)!, -1)).toEqual([...own].reverse());
  }
  const alone = packets.findIndex((name) => (name.split(' ')[0] as ConversationKind) === 'none');
  expect([neighbourInConversation(columns, conversations, alone, 1), neighbourInConversation(columns, conversations, alone, -1)]).toEqual([-1, -1]);
});
