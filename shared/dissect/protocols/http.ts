/**
 * Hypertext Transfer Protocol 1.x over a stream: requests, responses, who answers whom, and
 * bodies with their codings undone (RFC 9112, RFC 9110).
 */
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { conversationOf } from './http/exchanges.ts';
import type { Conversation, Handover } from './http/exchanges.ts';
import { httpFields } from './http/fields.ts';
import type { HttpLayer } from './http/fields.ts';
import { takeMessage } from './http/message.ts';
import { HTTP_PORTS, takeTunnel } from './http/tunnel.ts';

/** Messages in one stretch of bytes; more show as one. */
const MAX_MESSAGES = 4096;

/** How a client begins HTTP/2 that nobody asked for (RFC 9113 §3.4). */
const HTTP2_PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** A line that begins or ends with "HTTP/1.", on a port where nothing says so. */
function looksLikeHttp(peek: Peek): boolean {
  const text = peek.text(0, 4096);
  const stop = text.search(/[\r\n]/);
  // A lone CR at the end of the bytes does not end the line for sure.
  if (stop < 0 || stop === 8 || (text[stop] === '\r' && stop + 1 >= peek.length)) return false;
  return /^HTTP\/1\./i.test(text) || (stop > 8 && /^HTTP\/1\./i.test(text.slice(stop - 8, stop - 1)));
}

export const http = protocol({
  id: 'http',
  title: 'Hypertext Transfer Protocol',
  short: 'HTTP',
  spec: 'RFC 9112',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: HTTP_PORTS }, { table: 'sctp.port', keys: [80] }],
  guesses: [{ table: 'tcp', rank: 50, accepts: looksLikeHttp }],
  fields: httpFields,
  parse(layer) {
    const conversation = conversationOf(layer);
    if (conversation !== undefined && takeTunnel(layer, conversation)) return;
    const { run, end, reportedEnd } = layer;
    let at = takeNext(layer);
    let before = layer as unknown as Layer;
    for (let message = 1; at >= 0 && at < end && message < MAX_MESSAGES; message += 1) {
      layer.infoFence();
      const following = run.follow(before, at, end, reportedEnd, (next) => void (at = takeNext(next as unknown as HttpLayer)));
      if (following === null) return;
      layer.need = following.need;
      before = following;
    }
    if (at >= end && at < reportedEnd) cutOff(before, reportedEnd);
  },
});

/** Marks the last layer where the capture has fewer bytes than were sent. */
function cutOff(layer: Layer, reportedEnd: number): void {
  layer.reportedEnd = reportedEnd;
  layer.reaches(layer.end + 1);
}

/** One message, or what the connection speaks instead. Gives where it ends; -1 where nothing more can be read. */
function takeNext(layer: HttpLayer): number {
  const conversation = conversationOf(layer);
  if (layer.run.pass === 'deep' && conversation?.handover === null && layer.peekText(0, HTTP2_PREFACE.length) === HTTP2_PREFACE) {
    conversation.handover = { packet: layer.packet.number, occurrence: layer.occurrence - 1, protocol: 'http2', upgrade: null };
  }
  const handover = handoverAt(layer, conversation);
  return handover === null ? takeMessage(layer) : handOver(layer, handover);
}

/** The protocol that the connection has switched to before this layer; null while it is HTTP. */
function handoverAt(layer: HttpLayer, conversation: Conversation | undefined): Handover | null {
  const handover = conversation?.handover ?? null;
  if (handover === null) return null;
  const { number } = layer.packet;
  return number > handover.packet || (number === handover.packet && layer.occurrence > handover.occurrence) ? handover : null;
}

function handOver(layer: HttpLayer, handover: Handover): number {
  const name = handover.protocol.split('/')[0] ?? '';
  const options = { start: layer.start, canDesegment: layer.canDesegment };
  const { run } = layer;
  run.upgrade = handover.upgrade;
  const taken = run.registry.protocol(name) === undefined ? layer.data(options) : layer.call(name, options);
  run.upgrade = null;
  layer.need = taken?.need ?? null;
  return -1;
}
