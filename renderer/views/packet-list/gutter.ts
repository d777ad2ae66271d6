/**
 * What stands left of the rows: the line that ties a conversation together, and a sign on packets
 * that the selected one is about. Pure; the signs come from the links of the selected packet's tree.
 */
import type { PacketDetail, TreeNode } from '../../../shared/ipc/contract.ts';

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

/** How a packet relates to the selected one: what asked for it, what answers it, what it acknowledges once or again, or otherwise. */
export type GutterSign = 'request' | 'response' | 'acknowledged' | 'duplicate' | 'related';

export const signTitles: Readonly<Record<GutterSign, string>> = {
  request: 'Asked what the selected packet answers',
  response: 'Answers the selected packet',
  acknowledged: 'Acknowledged by the selected packet',
  duplicate: 'Acknowledged again by the selected packet, which is a duplicate ACK',
  related: 'Named by the selected packet',
};

/** By the last part of a field's name, as protocols have them: dns.response_in, icmp.resp_to, tcp.analysis.acks_frame. */
const signsByName: readonly (readonly [RegExp, GutterSign])[] = [
  [/\.(response_in|resp_in|rep_in|reply_in|answer_in)$/, 'response'],
  [/\.(request_in|response_to|resp_to|rep_to|answer_to|query_in|request_frame)$/, 'request'],
  [/\.acks_frame$/, 'acknowledged'],
  [/\.duplicate_ack_frame$/, 'duplicate'],
];

/** Signs by packet number, for every packet that the tree links to. The first, most telling link wins. */
export function gutterSigns(nodes: readonly TreeNode[]): ReadonlyMap<number, GutterSign> {
  const signs = new Map<number, GutterSign>();
  for (const { link, field } of nodes) {
    if (link === 0) continue;
    const sign = signsByName.find(([name]) => name.test(field))?.[1] ?? 'related';
    if (!signs.has(link) || signs.get(link) === 'related') signs.set(link, sign);
  }
  return signs;
}

/** What rows show of the selected packet: the span of its conversation, and signs by packet number. */
export interface Relations {
  readonly span: ConversationSpan | null;
  readonly signs: ReadonlyMap<number, GutterSign>;
}

const noRelations: Relations = { span: null, signs: new Map() };
const known = new WeakMap<PacketDetail, Relations>();

/** Found once for a packet's details, however many rows ask. */
export function relationsOf(detail: PacketDetail | null): Relations {
  if (detail === null) return noRelations;
  const found = known.get(detail);
  if (found !== undefined) return found;
  const { row, conversation, nodes } = detail;
  const span = row.conversation === null || conversation === null ? null : { id: row.conversation, firstPacket: conversation.firstPacket, lastPacket: conversation.lastPacket };
  const relations: Relations = { span, signs: gutterSigns(nodes) };
  known.set(detail, relations);
  return relations;
}
