/** The packet before or after another in its conversation. */
import { CHUNK_PACKETS, CONVERSATIONS, KIND_MASK, KIND_SHIFT } from './packet-columns.ts';
import type { ConversationKind, PacketColumns } from './packet-columns.ts';

/** Per kind: where a conversation's last packet is. */
export type LastPackets = Readonly<Record<Exclude<ConversationKind, 'none'>, { lastPacket(conversation: number): number }>>;

/**
 * Position of the nearest packet of the same conversation, −1 where there is none or the packet
 * belongs to none. Backwards follows a link. Forwards looks through two columns up to the
 * conversation's last packet: a few milliseconds for ten million packets in between.
 */
export function neighbourInConversation(columns: PacketColumns, conversations: LastPackets, position: number, step: -1 | 1): number {
  const kind = columns.conversationKind(position);
  if (kind === 'none') return -1;
  if (step < 0) return columns.previousInConversation(position);
  const conversation = columns.conversation(position);
  const last = conversations[kind].lastPacket(conversation);
  const wanted = CONVERSATIONS.indexOf(kind);
  for (let base = position - (position % CHUNK_PACKETS); base <= last; base += CHUNK_PACKETS) {
    const { conversation: numbers, marks } = columns.chunkAt(base / CHUNK_PACKETS);
    const end = Math.min(CHUNK_PACKETS, last + 1 - base);
    for (let at = Math.max(0, position + 1 - base); at < end; at += 1) {
      if (numbers[at] === conversation && (((marks[at] as number) >> KIND_SHIFT) & KIND_MASK) === wanted) return base + at;
    }
  }
  return -1;
}
