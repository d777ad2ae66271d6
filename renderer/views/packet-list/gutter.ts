/** The line left of the rows that ties the packets of one conversation together. */

export interface ConversationSpan {
  /** As rows name it, for example "tcp 3". */
  readonly id: string;
  readonly firstPacket: number;
  readonly lastPacket: number;
}

/** Drawn beside a row: the conversation's own packets solid, others passed by dashed, with a hook at either end. */
export type GutterMark = 'first' | 'through' | 'last' | 'only' | 'past' | 'none';

export function gutterMark(packet: number, conversation: string | null, span: ConversationSpan | null): GutterMark {
  if (span === null || packet < span.firstPacket || packet > span.lastPacket) return 'none';
  if (conversation !== span.id) return 'past';
  if (span.firstPacket === span.lastPacket) return 'only';
  if (packet === span.firstPacket) return 'first';
  return packet === span.lastPacket ? 'last' : 'through';
}
