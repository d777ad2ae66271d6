/** Who has registered a name or addresses (RFC 3912). */
import { utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { endsWithLineEnd, exchangeFact, noteAnswer, noteQuestion, waitsForRest } from '../one-question.ts';
import { goesToServer, lineAt, linesOf } from '../text-lines.ts';
import { escapeText } from '../values.ts';

const WHOIS_PORTS: readonly number[] = [43];
const NO_LINE_END = 'Missing <CR><LF>';
const NO_ENCODING = 'WHOIS has no mechanism to indicate encoding (RFC 3912), assuming UTF-8';

const fields = () => ({
  'query': { type: 'string', label: 'Query', help: 'The name or the address that is asked about.' },
  'answer': { type: 'string', label: 'Answer' },
  'answer_in': { type: 'framenum', label: 'Answer In' },
  'answer_to': { type: 'framenum', label: 'Query In' },
  'response_time': { type: 'reltime', label: 'Response Time', unit: 'seconds' },
  'nocrlf': { type: 'none', label: NO_LINE_END },
  'encoding': { type: 'none', label: NO_ENCODING },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const whois = protocol({
  id: 'whois',
  title: 'WHOIS',
  short: 'WHOIS',
  spec: 'RFC 3912',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: WHOIS_PORTS }],
  fields,
  parse(layer) {
    const isQuery = goesToServer(layer.run, WHOIS_PORTS);
    if (waitsForRest(layer as unknown as Layer, isQuery)) return;
    layer.protocolName('WHOIS');
    layer.summary(() => (isQuery ? ': Query' : ': Answer'));
    if (isQuery) takeQuery(layer);
    else takeAnswer(layer);
  },
});

function takeQuery(layer: Own): void {
  const own = layer as unknown as Layer;
  const { bytes, start, end } = layer;
  const words = utf8(bytes, start, lineAt(bytes, start, end).stop);
  layer.info(() => `Query: ${escapeText(words)}`);
  layer.take('query', layer.left);
  if (!endsWithLineEnd(own)) layer.expert('nocrlf', 'warn', 'Malformed', NO_LINE_END);
  noteQuestion(own, words);
  const fact = exchangeFact(own);
  if (fact !== null) layer.putGenerated('answer_in', fact.other);
}

function takeAnswer(layer: Own): void {
  const own = layer as unknown as Layer;
  noteAnswer(own);
  const fact = exchangeFact(own);
  layer.info(() => (fact === null ? 'Answer' : `Answer: ${escapeText(fact.words)}`));
  if (fact !== null) {
    layer.putGenerated('answer_to', fact.other);
    if (fact.time !== null) layer.putGenerated('response_time', fact.time);
  }
  for (const { start, next } of linesOf(layer.bytes, layer.start, layer.end)) layer.at('answer', start, next - start);
  layer.text(() => NO_ENCODING);
  layer.expert('encoding', 'chat', 'Assumption', NO_ENCODING);
  layer.cursor = layer.end;
}
