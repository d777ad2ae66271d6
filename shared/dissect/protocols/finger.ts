/** Who is logged in somewhere, and what people say about themselves (RFC 1288). */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { endsWithLineEnd, exchangeFact, noteAnswer, noteQuestion, waitsForRest } from '../one-question.ts';
import { goesToServer } from '../text-lines.ts';

const FINGER_PORTS: readonly number[] = [79];
const NO_LINE_END = 'Missing <CR><LF>';

const fields = () => ({
  'query': { type: 'string', encoding: 'ascii', label: 'Query', help: 'The name of a user; an empty line asks for everybody.' },
  'response': { type: 'string', encoding: 'ascii', label: 'Response' },
  'response_in': { type: 'framenum', label: 'Response In' },
  'response_to': { type: 'framenum', label: 'Request In' },
  'response_time': { type: 'reltime', label: 'Response Time', unit: 'seconds' },
  'nocrlf': { type: 'none', label: NO_LINE_END },
} as const satisfies Fields);

export const finger = protocol({
  id: 'finger',
  title: 'FINGER',
  short: 'FINGER',
  spec: 'RFC 1288',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: FINGER_PORTS }],
  fields,
  parse(layer) {
    const own = layer as unknown as Layer;
    const isQuery = goesToServer(layer.run, FINGER_PORTS);
    if (waitsForRest(own, isQuery)) return;
    const kind = isQuery ? 'Query' : 'Response';
    layer.protocolName('FINGER');
    layer.info(() => kind);
    layer.summary(() => `: ${kind}`);
    layer.take(isQuery ? 'query' : 'response', layer.left);
    if (isQuery) {
      if (!endsWithLineEnd(own)) layer.expert('nocrlf', 'warn', 'Malformed', NO_LINE_END);
      noteQuestion(own, '');
    } else noteAnswer(own);
    const fact = exchangeFact(own);
    if (fact === null) return;
    layer.putGenerated(isQuery ? 'response_in' : 'response_to', fact.other);
    if (fact.time !== null) layer.putGenerated('response_time', fact.time);
  },
});
