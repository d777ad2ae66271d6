/**
 * What a connection of SMTP is at: commands, a mail on its way, a login, or the change to TLS
 * (RFC 5321 §4.1.1.4, RFC 3030, RFC 4954, RFC 3207). Kept in the deep pass; what it means for a
 * packet is a fact of that packet.
 */
import { latin1 } from '../../../bytes/reader.ts';
import { MAX_PIECES, pieceOf } from '../../pieces.ts';
import type { Piece } from '../../pieces.ts';
import { linesOf } from '../../text-lines.ts';
import type { TextLine } from '../../text-lines.ts';
import type { SmtpLayer } from './fields.ts';
import { startTls } from '../tls/start-tls.ts';

/** What a line of the client is, besides a command: part of a login. */
export type Role = 'command' | 'username' | 'password' | 'credentials' | 'ntlm' | 'usernameInCommand' | 'credentialsInCommand';

/** What the client sends in one packet; plain data. */
export interface RequestFact {
  readonly kind: 'command' | 'message' | 'end';
  readonly role: Role;
  /** With `end`: bytes of the mail before the dot that ends it. */
  readonly mailLength: number;
  /** In the packet that ends a mail: all of it. */
  readonly pieces: readonly Piece[] | null;
  /** In the others: the packet that ends it. */
  readonly wholeIn: number;
}

type Login =
  | 'none' | 'started' | 'usernameWanted' | 'usernameSent' | 'passwordWanted' | 'passwordSent'
  | 'plainStarted' | 'plainWanted' | 'plainSent' | 'plainInCommand' | 'ntlmStarted' | 'ntlmChallenged' | 'ntlmSent' | 'over';

interface Session {
  state: 'start' | 'commands' | 'data' | 'startTls';
  login: Login;
  /** The bytes before ended a line. */
  afterLine: boolean;
  sawData: boolean;
  /** BDAT: bytes announced and seen, and whether the chunk is the last. */
  chunkTotal: number;
  chunkRead: number;
  isLastChunk: boolean;
  /** Pieces of the mail on its way, with what their packets know. */
  open: { readonly piece: Piece; readonly occurrence: number; readonly fact: RequestFact }[];
}

function begin(): Session {
  return { state: 'start', login: 'none', afterLine: false, sawData: false, chunkTotal: 0, chunkRead: 0, isLastChunk: true, open: [] };
}

/** Verdict over the lines of one packet, while they are read. */
interface Verdict {
  kind: RequestFact['kind'];
  role: Role;
  mailLength: number;
  /** The mail ends with this packet. */
  isLast: boolean;
}

/** What the packet is: found out in the deep pass, remembered in the show pass. */
export function requestFact(layer: SmtpLayer): RequestFact | undefined {
  const session = layer.learn(begin);
  if (session === null) return layer.fact<RequestFact>();
  const verdict: Verdict = { kind: 'command', role: 'command', mailLength: 0, isLast: false };
  for (const line of linesOf(layer.bytes, layer.start, layer.end)) if (!judgeLine(layer, session, line, verdict)) break;
  const fact = collect(layer, session, verdict);
  layer.setFact(fact);
  return fact;
}

/** False where the rest of the packet need not be looked at. */
function judgeLine(layer: SmtpLayer, session: Session, line: TextLine, verdict: Verdict): boolean {
  if (session.state !== 'data') {
    judgeCommand(layer, session, line, verdict);
    return true;
  }
  const { bytes, end } = layer;
  const isEnd = (session.afterLine && latin1(bytes, line.start, Math.min(end, line.start + 3)) === '.\r\n') || latin1(bytes, line.start, Math.min(end, line.start + 5)) === '\r\n.\r\n';
  session.afterLine = layer.reportedEnd === end && latin1(bytes, end - 2, end) === '\r\n';
  if (isEnd) {
    verdict.kind = 'end';
    verdict.mailLength = line.start - layer.start;
    session.state = 'commands';
    return false;
  }
  verdict.kind = 'message';
  if (session.chunkTotal === 0) return true;
  session.chunkRead += end - line.start;
  if (session.chunkRead !== session.chunkTotal) return true;
  session.state = 'commands';
  verdict.isLast = session.isLastChunk;
  return false;
}

/** RFC 5321 §2.4: four letters; the longer ones are named. */
function isCommand(word: string): boolean {
  return /^[a-z]{4}$/i.test(word) || /^(starttls|x-exps|x-link2state|xexch50)$/i.test(word);
}

function judgeCommand(layer: SmtpLayer, session: Session, line: TextLine, verdict: Verdict): void {
  const text = latin1(layer.bytes, line.start, line.stop);
  if (isCommand(text.split(' ', 1)[0] ?? '')) {
    verdict.kind = 'command';
    startCommand(session, text, verdict);
    return;
  }
  const answer = ANSWERS[session.login];
  if (answer === undefined) {
    verdict.kind = session.sawData || session.state === 'start' ? 'message' : 'command';
    return;
  }
  session.login = answer.next;
  verdict.role = answer.role;
}

/** What the client's line is while the server waits for part of a login. */
const ANSWERS: Readonly<Partial<Record<Login, { readonly next: Login; readonly role: Role }>>> = {
  usernameWanted: { next: 'usernameSent', role: 'username' },
  passwordWanted: { next: 'passwordSent', role: 'password' },
  plainWanted: { next: 'plainSent', role: 'credentials' },
  ntlmChallenged: { next: 'ntlmSent', role: 'ntlm' },
};

/** Commands that begin with a text, what they make of the session. The first that fits counts. */
const STARTERS: readonly { readonly begins: RegExp; readonly starts: (session: Session, text: string, verdict: Verdict) => void }[] = [
  {
    begins: /^data/i,
    starts: (session) => {
      session.state = 'data';
      session.sawData = true;
    },
  },
  { begins: /^bdat/i, starts: startChunk },
  { begins: /^auth login/i, starts: (session, text, verdict) => startLogin(session, verdict, text.length > 11 ? 'usernameSent' : 'started', text.length > 11 ? 'usernameInCommand' : 'command') },
  { begins: /^auth plain/i, starts: (session, text, verdict) => startLogin(session, verdict, text.length > 11 ? 'plainInCommand' : 'plainStarted', text.length > 11 ? 'credentialsInCommand' : 'command') },
  { begins: /^auth ntlm.{2}/i, starts: (session, _, verdict) => startLogin(session, verdict, 'ntlmStarted', 'command') },
  { begins: /^starttls/i, starts: (session) => void (session.state = 'startTls') },
];

function startCommand(session: Session, text: string, verdict: Verdict): void {
  STARTERS.find(({ begins }) => begins.test(text))?.starts(session, text, verdict);
}

function startLogin(session: Session, verdict: Verdict, login: Login, role: Role): void {
  session.state = 'commands';
  session.login = login;
  verdict.role = role;
}

/** RFC 3030 §2: a chunk of so many bytes follows, or none. */
function startChunk(session: Session, text: string, verdict: Verdict): void {
  const length = (parseInt(text.slice(5), 10) || 0) >>> 0;
  session.sawData = true;
  session.chunkTotal += length;
  session.state = length === 0 ? 'commands' : 'data';
  session.isLastChunk = /last$/i.test(text);
  if (session.isLastChunk && length === 0) verdict.isLast = true;
}

// ── the mail ─────────────────────────────────────────────────────────────────

/** Adds the packet's share to the mail on its way; ends the mail where this packet does. */
function collect(layer: SmtpLayer, session: Session, { kind, role, mailLength, isLast }: Verdict): RequestFact {
  const fact: RequestFact = { kind, role, mailLength, pieces: null, wholeIn: 0 };
  const length = kind === 'message' ? layer.end - layer.start : kind === 'end' ? mailLength : 0;
  if (length > 0 && session.open.length < MAX_PIECES) session.open.push({ piece: pieceOf(layer, layer.start, length), occurrence: layer.occurrence, fact });
  if (kind !== 'end' && !isLast) return fact;
  const { open } = session;
  session.open = [];
  if (open.length === 0) return fact;
  const { number } = layer.packet;
  for (const { piece, occurrence, fact: earlier } of open) if (piece.packet !== number) layer.setFactOf(piece.packet, occurrence, { ...earlier, wholeIn: number });
  return { ...fact, pieces: open.map(({ piece }) => piece) };
}

// ── the server ───────────────────────────────────────────────────────────────

const ON_334: Readonly<Partial<Record<Login, Login>>> = { started: 'usernameWanted', usernameSent: 'passwordWanted', plainStarted: 'plainWanted', plainWanted: 'plainSent', ntlmStarted: 'ntlmChallenged' };
const ENDS_LOGIN: ReadonlySet<Login> = new Set<Login>(['passwordSent', 'plainSent', 'ntlmSent', 'plainInCommand']);

/** Deep pass: what a reply changes. */
export function noteReply(layer: SmtpLayer, code: number): void {
  const session = layer.learn(begin);
  if (session === null) return;
  if (session.state === 'startTls') {
    if (code === 220) startTls(layer);
    session.state = 'commands';
  }
  if (code === 334) session.login = ON_334[session.login] ?? session.login;
  else if (ENDS_LOGIN.has(session.login)) session.login = 'over';
}
