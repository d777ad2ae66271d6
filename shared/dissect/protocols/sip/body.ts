/** The body: handed on by its media type, else shown as lines of text. */
import type { Layer } from '../../layer.ts';
import { lineEnd, nextLine, shownText } from '../http/lines.ts';
import type { SipLayer } from './fields.ts';
import type { Summary } from './summary.ts';
import type { MessageFact } from './transactions.ts';

/** What comes before is provisional (RFC 3261 §7.2). */
const FIRST_FINAL = 200;
const FIRST_FAILURE = 300;

/** Shows what lies between `start` and `end`, or as much as Content-Length says. */
export function takeBody(layer: SipLayer, summary: Summary, fact: MessageFact, status: number, start: number, end: number): void {
  const length = Math.min(end - start, summary.contentLength < 0 ? Infinity : summary.contentLength);
  if (length <= 0) return;
  const { run } = layer;
  layer.put('msg_body', 0, start, Math.max(0, Math.min(start + length, layer.end) - start));
  const outer = { media: run.media, agreement: run.agreement };
  const type = /^[^;,\s]*/.exec(summary.contentType)?.[0].toLowerCase() ?? '';
  run.media = { type, parameters: summary.contentType.slice(type.length).replace(/^[;\s]+/, '') };
  run.agreement = {
    packet: status >= FIRST_FINAL && fact.request > 0 && fact.repeats === 0 ? fact.request : run.packet.number,
    callId: summary.callId,
    isEffective: status >= FIRST_FAILURE ? false : fact.repeats === 0 || status > 0,
  };
  if (!handOn(layer, type, start, length)) takeLines(layer, start, Math.min(start + length, layer.end));
  run.media = outer.media;
  run.agreement = outer.agreement;
}

function handOn(layer: SipLayer, type: string, start: number, length: number): boolean {
  const { registry } = layer.run;
  const key = type.startsWith('multipart/') && registry.lookup('media-type', type) === undefined ? 'multipart/' : type;
  if (type === '' || registry.lookup('media-type', key) === undefined) return false;
  const taken: Layer | null = layer.tryNext('media-type', key, { start, length });
  return taken !== null;
}

function takeLines(layer: SipLayer, start: number, end: number): void {
  const { bytes, run } = layer;
  if (!run.items) return;
  layer.inside(() => {
    for (let at = start; at < end && !run.full; ) {
      const stop = lineEnd(bytes, at, end);
      const next = nextLine(bytes, stop, end);
      const from = at;
      layer.text(() => shownText(bytes, from, stop), from, next - from);
      at = next;
    }
  });
}
