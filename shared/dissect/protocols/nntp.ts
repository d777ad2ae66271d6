/** Network news: commands, answers and articles, a line each (RFC 3977). */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { goesToServer, lineAt, linesOf } from '../text-lines.ts';
import type { TextLine } from '../text-lines.ts';
import { shownText } from './http/lines.ts';
import { startTls } from './tls/start-tls.ts';

const NNTP_PORTS: readonly number[] = [119];
/** RFC 4642 §2.2.2: TLS follows. */
const GO_ON_WITH_TLS = '382';

const fields = () => ({
  'response': { type: 'bool', label: 'Response', hidden: true },
  'request': { type: 'bool', label: 'Request', hidden: true },
} as const satisfies Fields);

interface Session {
  wantsTls: boolean;
}

export const nntp = protocol({
  id: 'nntp',
  title: 'Network News Transfer Protocol',
  short: 'NNTP',
  spec: 'RFC 3977',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: NNTP_PORTS }],
  fields,
  parse(layer) {
    const { bytes, start, end } = layer;
    const isRequest = goesToServer(layer.run, NNTP_PORTS);
    const line = lineAt(bytes, start, end);
    layer.protocolName('NNTP');
    layer.info(() => `${isRequest ? 'Request' : 'Response'}: ${shownText(bytes, line.start, line.stop)}`);
    layer.put(isRequest ? 'request' : 'response', 1);
    for (const { start: from, next } of linesOf(bytes, start, end)) layer.text(() => shownText(bytes, from, next), from, next - from);
    layer.cursor = end;
    noteTls(layer, isRequest, line);
  },
});

/** Deep pass. */
function noteTls(layer: Layer<ReturnType<typeof fields>>, isRequest: boolean, { start, stop }: TextLine): void {
  const session = layer.learn<Session>(() => ({ wantsTls: false }));
  if (session === null) return;
  const words = latin1(layer.bytes, start, stop);
  if (isRequest) session.wantsTls = /^starttls\b/i.test(words);
  else if (session.wantsTls && words.startsWith(GO_ON_WITH_TLS)) startTls(layer);
}
