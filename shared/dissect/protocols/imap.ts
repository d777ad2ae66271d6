/** Internet Message Access Protocol: requests, answers, and mails in answers (RFC 9051). */
import { readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { goesToServer, lineAt } from '../text-lines.ts';
import type { TextLine } from '../text-lines.ts';
import { isWholeLine, shownText } from './http/lines.ts';
import { fetchOf } from './imap/fetch.ts';
import { imapFields } from './imap/fields.ts';
import type { ImapLayer } from './imap/fields.ts';
import { takeTagged } from './imap/lines.ts';
import { isTlsAlready } from './imap/session.ts';

const IMAP_PORTS: readonly number[] = [143];
const ASTERISK = 0x2a;

/** What is known while the lines of a packet are read. */
interface Progress {
  readonly isRequest: boolean;
  /** The list tells of the packet already. */
  isTold: boolean;
  tag: string | null;
}

export const imap = protocol({
  id: 'imap',
  title: 'Internet Message Access Protocol',
  short: 'IMAP',
  spec: 'RFC 9051',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: IMAP_PORTS }],
  fields: imapFields,
  parse(layer) {
    if (isTlsAlready(layer)) {
      const taken = layer.call('tls', { canDesegment: layer.canDesegment });
      layer.need = taken?.need ?? null;
      return;
    }
    const first = lineAt(layer.bytes, layer.start, layer.end);
    if (!isWholeLine(layer.bytes, first.stop, layer.end)) {
      wait(layer, layer.start);
      layer.withdraw();
      return;
    }
    layer.protocolName('IMAP');
    const progress: Progress = { isRequest: goesToServer(layer.run, IMAP_PORTS), isTold: false, tag: null };
    layer.put('isrequest', progress.isRequest ? 1 : 0);
    let last = first;
    layer.each(() => {
      last = takeLine(layer, progress) ?? last;
    });
    if (!progress.isTold && layer.need === null) tell(layer, progress, layer.start, layer.start + last.stop - last.start);
  },
});

/** Asks for the rest of a line, where it can be had; else the bytes are left alone. */
function wait(layer: ImapLayer, from: number): void {
  if (layer.canDesegment) layer.needMore(from, 'segment');
  else layer.cursor = layer.end;
}

function tell(layer: ImapLayer, progress: Progress, start: number, stop: number): void {
  progress.isTold = true;
  layer.info(() => `${progress.isRequest ? 'Request' : 'Response'}: ${shownText(layer.bytes, start, stop)}`);
}

/** One line, and the mail behind it; null where it is not all there. */
function takeLine(layer: ImapLayer, progress: Progress): TextLine | null {
  const { bytes, end, cursor } = layer;
  const line = lineAt(bytes, cursor, end);
  if (!isWholeLine(bytes, line.stop, end)) {
    wait(layer, cursor);
    return null;
  }
  if (readU8(bytes, cursor) === ASTERISK) return takeUntagged(layer, progress, line);
  if (!progress.isTold) tell(layer, progress, line.start, line.stop);
  layer.at('line', line.start, line.next - line.start);
  progress.tag = layer.inside(() => takeTagged(layer, line, progress.isRequest, progress.tag));
  layer.cursor = line.next;
  return line;
}

/** RFC 9051 §7: what the server tells on its own, and mails. */
function takeUntagged(layer: ImapLayer, progress: Progress, line: TextLine): TextLine | null {
  const fetch = fetchOf(layer, line);
  if (fetch.kind === 'unfinished') {
    wait(layer, line.start);
    return null;
  }
  const next = fetch.kind === 'line' ? fetch.next : line.next;
  layer.at('line', line.start, next - line.start);
  layer.cursor = next;
  if (fetch.kind !== 'mail') return line;
  progress.isTold = true;
  const length = Math.min(fetch.length, layer.left);
  if (length > 0 && layer.run.readsForViewers()) layer.call('imf', { start: next, length });
  layer.cursor = next + length;
  return line;
}
