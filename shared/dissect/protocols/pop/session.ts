/** What a connection of POP is at: a mail that was asked for, or the change to TLS (RFC 1939 §5, RFC 2595 §4). */
import { MAX_PIECES, pieceOf } from '../../pieces.ts';
import type { Piece } from '../../pieces.ts';
import type { PopLayer } from './fields.ts';
import { startTls } from '../tls/start-tls.ts';

/** A packet's share of a mail; plain data. */
export interface MailFact {
  /** In the packet that ends a mail: all of it. */
  readonly pieces: readonly Piece[] | null;
  /** In the others: the packet that ends it, 0 where none does. */
  readonly wholeIn: number;
}

interface Session {
  wantsMail: boolean;
  wantsTls: boolean;
  /** Bytes of the mail as the server has announced them, and those seen. */
  total: number;
  seen: number;
  /** Set by an answer to RETR or TOP that announces no length. */
  open: { readonly piece: Piece; readonly occurrence: number }[];
}

function begin(): Session {
  return { wantsMail: false, wantsTls: false, total: 0, seen: 0, open: [] };
}

export function noteRequest(layer: PopLayer, line: string): void {
  const session = layer.learn(begin);
  if (session === null) return;
  if (/^(retr|top)/i.test(line)) session.wantsMail = true;
  if (/^stls/i.test(line)) session.wantsTls = true;
}

/** True where the answer should have told a length, and has not. */
export function noteReply(layer: PopLayer, line: string): boolean {
  const session = layer.learn(begin);
  if (session === null) return layer.fact<boolean>() === true;
  const isPositive = /^\+ok /i.test(line);
  if (session.wantsTls && isPositive) startTls(layer);
  session.wantsTls = false;
  const tells = session.wantsMail && isPositive && line.length > 4;
  session.wantsMail = false;
  if (!tells) return false;
  const length = /^\S+\s+(\d+)/.exec(line)?.[1];
  session.seen = 0;
  session.total = length === undefined ? 0 : Number(length);
  if (length === undefined) layer.setFact(true);
  return length === undefined;
}

/** The packet is part of a mail: found out in the deep pass, remembered in the show pass. */
export function mailFact(layer: PopLayer): MailFact | undefined {
  const session = layer.learn(begin);
  if (session === null) return layer.fact<MailFact>();
  const { start, end } = layer;
  session.seen += layer.reportedEnd - start;
  if (session.open.length < MAX_PIECES) session.open.push({ piece: pieceOf(layer, start, end - start), occurrence: layer.occurrence });
  const fact: MailFact = { pieces: null, wholeIn: 0 };
  if (session.seen < session.total) {
    layer.setFact(fact);
    return fact;
  }
  const { open } = session;
  Object.assign(session, { open: [], seen: 0, total: 0 });
  const { number } = layer.packet;
  for (const { piece, occurrence } of open) if (piece.packet !== number) layer.setFactOf(piece.packet, occurrence, { pieces: null, wholeIn: number } satisfies MailFact);
  const whole: MailFact = { pieces: open.map(({ piece }) => piece), wholeIn: 0 };
  layer.setFact(whole);
  return whole;
}
