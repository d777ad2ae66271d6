/** What the client sends: commands, parts of a login, and mails (RFC 5321 §4.1). */
import { latin1 } from '../../../bytes/reader.ts';
import { joinPieces, putPieces } from '../../pieces.ts';
import type { PieceFields } from '../../pieces.ts';
import type { Layer } from '../../layer.ts';
import { linesOf } from '../../text-lines.ts';
import type { TextLine } from '../../text-lines.ts';
import { shownText } from '../http/lines.ts';
import type { SmtpLayer } from './fields.ts';
import { requestFact } from './session.ts';
import type { RequestFact, Role } from './session.ts';

const PIECES: PieceFields = { list: 'data.fragments', piece: 'data.fragment', count: 'data.fragment.count', length: 'data.reassembled.length', word: 'DATA fragment' };
/** A command and the blank behind it. */
const COMMAND_LENGTH = 4;
const PARAMETER_AT = 5;
/** Where AUTH LOGIN and AUTH PLAIN have what they carry. */
const CREDENTIALS_AT = 11;

export function takeRequest(layer: SmtpLayer): void {
  const fact = requestFact(layer);
  if (fact === undefined) return;
  if (fact.kind === 'message') takeMessage(layer, fact);
  else if (fact.kind === 'end') takeEnd(layer);
  else for (const line of linesOf(layer.bytes, layer.start, layer.end)) takeLine(layer, line, fact.role);
  layer.cursor = layer.end;
  if (layer.run.readsForViewers()) putMail(layer, fact);
}

function takeMessage(layer: SmtpLayer, fact: RequestFact): void {
  const length = layer.end - layer.start;
  layer.info(() => `C: DATA fragment, ${length} byte${length === 1 ? '' : 's'}`);
  if (fact.pieces === null && layer.run.readsForViewers()) layer.call('data-text-lines', { start: layer.start });
}

/** The dot that ends a mail. */
function takeEnd(layer: SmtpLayer): void {
  layer.info(() => 'C: .');
  layer.put('eom', 0, layer.start, 0);
  layer.label(() => 'C: .');
}

/** The mail, in the packet that ends it; the others say which one that is. */
function putMail(layer: SmtpLayer, { pieces, wholeIn }: RequestFact): void {
  if (pieces === null) {
    if (wholeIn !== 0) layer.putGenerated('data.reassembled.in', wholeIn);
    return;
  }
  if (!layer.run.readsForViewers()) return;
  const source = layer.run.addSource('Reassembled SMTP', joinPieces(layer as unknown as Layer, pieces));
  putPieces(layer as unknown as Layer, PIECES, pieces, source);
  layer.call('imf', { source });
}

// ── command lines ────────────────────────────────────────────────────────────

function takeLine(layer: SmtpLayer, line: TextLine, role: Role): void {
  const { start, stop, next } = line;
  layer.infoAppend(() => (start === layer.start ? 'C: ' : ' | '));
  layer.put('req', 1);
  if (role === 'username' || role === 'password') {
    layer.at(role === 'username' ? 'auth.username' : 'auth.password', start, stop - start);
    layer.infoAppend(() => `${role === 'username' ? 'User' : 'Pass'}: ${shownText(layer.bytes, start, stop)}`);
  } else if (role === 'credentials') {
    putCredentials(layer, start, stop);
  } else if (role === 'ntlm') {
    layer.at('command_line', start, stop - start);
    layer.infoAppend(() => shownText(layer.bytes, start, stop));
  } else {
    layer.at('command_line', start, next - start);
    layer.inside(() => takeCommand(layer, line, role));
  }
}

function takeCommand(layer: SmtpLayer, { start, stop }: TextLine, role: Role): void {
  const length = stop - start;
  layer.at('req.command', start, Math.min(length, COMMAND_LENGTH));
  if (length <= PARAMETER_AT) {
    layer.infoAppend(() => shownText(layer.bytes, start, stop));
    return;
  }
  layer.at('req.parameter', start + PARAMETER_AT, length - PARAMETER_AT);
  if (role === 'command' || length < CREDENTIALS_AT) {
    layer.infoAppend(() => shownText(layer.bytes, start, stop));
    return;
  }
  const from = start + CREDENTIALS_AT;
  layer.infoAppend(() => shownText(layer.bytes, start, from));
  if (role === 'credentialsInCommand') {
    putCredentials(layer, from, stop);
    return;
  }
  layer.at('auth.username', from, stop - from);
  layer.infoAppend(() => `User: ${shownText(layer.bytes, from, stop)}`);
}

/** RFC 4616 §2: name and password in one Base64 text, which is shown as it is. */
function putCredentials(layer: SmtpLayer, start: number, stop: number): void {
  layer.at('auth.username_password', start, stop - start);
  layer.expert('base64_decode', 'warn', 'Protocol', 'base64 decode failed or is not enabled (check SMTP preferences)');
  layer.infoAppend(() => latin1(layer.bytes, start, stop));
}
