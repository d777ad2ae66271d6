/** What a frame or message carries, by its opcode. */
import { readU16 } from '../../../bytes/reader.ts';
import { BINARY, CLOSE, PING, PONG, TEXT } from './fields.ts';
import type { WebSocketLayer } from './fields.ts';

/** Shows `length` bytes at `start` of a byte source; text and binary messages are handed on, to the protocol that was agreed on if it takes them. */
export function putPayload(layer: WebSocketLayer, opcode: number, source: number, start: number, length: number): void {
  const { run } = layer;
  const options = { source, start, length };
  const isMessage = opcode === TEXT || opcode === BINARY;
  const subprotocol = run.upgrade?.subprotocol ?? null;
  if (isMessage && subprotocol !== null && layer.tryNext('ws.protocol', subprotocol, options) !== null) return;
  const bytes = run.sources[source]?.bytes ?? new Uint8Array(0);
  const show = (): void => {
    if (opcode === TEXT) layer.at('payload.text', start, length);
    else if (opcode === CLOSE) putClose(layer, bytes, start, length);
    else if (opcode === PING) layer.at('payload.ping', start, length);
    else if (opcode === PONG) layer.at('payload.pong', start, length);
    else if (opcode !== BINARY) {
      layer.at('payload.unknown', start, length);
      layer.expert('payload.unknown.expert', 'note', 'Undecoded', `Opcode ${opcode} is reserved (RFC 6455 §5.2)`);
    }
  };
  layer.inside(() => {
    if (source === layer.source) show();
    else layer.onSource(source, show);
  });
  if (!run.readsForViewers()) return;
  if (opcode === TEXT) {
    const outer = run.media;
    run.media = null;
    layer.call('data-text-lines', options);
    run.media = outer;
  } else if (opcode === BINARY) layer.data(options);
}

function putClose(layer: WebSocketLayer, bytes: Uint8Array, start: number, length: number): void {
  layer.put('payload.close', 0, start, length);
  if (length < 2) return;
  layer.inside(() => {
    layer.put('payload.close.status_code', readU16(bytes, start), start, 2);
    if (length > 2) layer.at('payload.close.reason', start + 2, length - 2);
  });
}
