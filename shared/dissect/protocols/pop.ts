/** Post Office Protocol: commands, answers, and the mails between them (RFC 1939). */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { joinPieces, putPieces } from '../pieces.ts';
import type { PieceFields } from '../pieces.ts';
import { goesToServer, lineAt, linesOf } from '../text-lines.ts';
import type { TextLine } from '../text-lines.ts';
import { shownText, skipSpaces, tokenEnd } from './http/lines.ts';
import { popFields } from './pop/fields.ts';
import type { PopLayer } from './pop/fields.ts';
import { mailFact, noteReply, noteRequest } from './pop/session.ts';

const POP_PORTS: readonly number[] = [110];
const PIECES: PieceFields = { list: 'data.fragments', piece: 'data.fragment', count: 'data.fragment.count', length: 'data.reassembled.length', word: 'DATA fragment' };

export const pop = protocol({
  id: 'pop',
  title: 'Post Office Protocol',
  short: 'POP',
  spec: 'RFC 1939',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: POP_PORTS }],
  fields: popFields,
  parse(layer) {
    layer.protocolName('POP');
    const isRequest = goesToServer(layer.run, POP_PORTS);
    const first = lineAt(layer.bytes, layer.start, layer.end);
    if (!isRequest && !/^(\+OK|-ERR)/.test(layer.peekText(0, 4))) takeMail(layer);
    else takeLines(layer, isRequest, first);
  },
});

// ── mails ────────────────────────────────────────────────────────────────────

/** Bytes that are no answer by themselves: they go on with the answer before. */
function takeMail(layer: PopLayer): void {
  const length = layer.reportedEnd - layer.start;
  layer.info(() => `S: DATA fragment, ${length} byte${length === 1 ? '' : 's'}`);
  const fact = mailFact(layer);
  layer.cursor = layer.end;
  if (fact === undefined) return;
  const { pieces, wholeIn } = fact;
  if (pieces === null) {
    if (wholeIn !== 0) layer.putGenerated('data.reassembled.in', wholeIn);
    return;
  }
  if (!layer.run.readsForViewers()) return;
  if (pieces.length === 1) layer.call('imf', { start: layer.start });
  else {
    const source = layer.run.addSource('Reassembled DATA', joinPieces(layer as unknown as Layer, pieces));
    putPieces(layer as unknown as Layer, PIECES, pieces, source);
    layer.call('imf', { source });
  }
}

// ── commands and answers ─────────────────────────────────────────────────────

function takeLines(layer: PopLayer, isRequest: boolean, first: TextLine): void {
  const { bytes, end } = layer;
  layer.info(() => `${isRequest ? 'C' : 'S'}: ${shownText(bytes, first.start, first.stop)}`);
  putLine(layer, isRequest ? 'request' : 'response', first);
  layer.inside(() => takeWords(layer, isRequest, first));
  for (const line of linesOf(bytes, first.next, end)) putLine(layer, isRequest ? 'request.data' : 'response.data', line);
  layer.cursor = end;
}

/** A whole line: its fields have no value of their own, only the line's text is shown. */
function putLine(layer: PopLayer, key: 'request' | 'response' | 'request.data' | 'response.data', { start, next }: TextLine): void {
  layer.put(key, '', start, next - start);
  layer.label(() => shownText(layer.bytes, start, next));
}

function takeWords(layer: PopLayer, isRequest: boolean, { start, stop }: TextLine): void {
  const { bytes } = layer;
  const wordEnd = tokenEnd(bytes, start, stop);
  let rest = start;
  if (wordEnd > start) {
    layer.at(isRequest ? 'request.command' : 'response.indicator', start, wordEnd - start);
    const line = latin1(bytes, start, stop);
    if (isRequest) noteRequest(layer, line);
    else if (noteReply(layer, line)) layer.expert('response.tot_len.invalid', 'error', 'Malformed', 'Length must be a string containing an integer');
    rest = skipSpaces(bytes, wordEnd, stop);
  }
  if (rest < stop) layer.at(isRequest ? 'request.parameter' : 'response.description', rest, stop - rest);
}
