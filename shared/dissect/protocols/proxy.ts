/** PROXY protocol: before a connection's own bytes, a proxy tells for whom it connects. */
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import { proxyFields, V1_MAGIC, V1_MAX_BYTES, V2_HEADER_BYTES, V2_MAGIC } from './proxy/fields.ts';
import type { ProxyLayer } from './proxy/fields.ts';
import { takeVersion1 } from './proxy/version1.ts';
import { takeVersion2 } from './proxy/version2.ts';
import type { Layer } from '../layer.ts';

function isVersion1(peek: Peek): boolean {
  return peek.text(0, V1_MAGIC.length) === V1_MAGIC && peek.text(0, Math.min(peek.length, V1_MAX_BYTES)).includes('\r\n');
}

function isVersion2(peek: Peek): boolean {
  return peek.length >= V2_HEADER_BYTES && peek.text(0, V2_MAGIC.length) === V2_MAGIC;
}

function looksLikeHeader(peek: Peek): boolean {
  const first = peek.u8(0);
  return (first === V1_MAGIC.charCodeAt(0) && isVersion1(peek)) || (first === V2_MAGIC.charCodeAt(0) && isVersion2(peek));
}

export const proxy = protocol({
  id: 'proxy',
  title: 'PROXY Protocol',
  short: 'PROXY',
  spec: 'PROXY protocol 2.4',
  osi: 5,
  guesses: [
    { table: 'tcp', rank: 60, accepts: looksLikeHeader },
    { table: 'udp', rank: 60, accepts: looksLikeHeader },
  ],
  accepts: looksLikeHeader,
  fields: proxyFields,
  parse(layer) {
    if (isVersion2(layer.run.peek(layer as unknown as Layer, layer.start))) {
      layer.protocolName('PROXYv2');
      takeVersion2(layer);
      return;
    }
    layer.protocolName('PROXYv1');
    if (takeVersion1(layer)) handOn(layer);
  },
});

/** The connection's own bytes, to whom they would go without the header. */
function handOn(layer: ProxyLayer): void {
  if (layer.left <= 0) return;
  const { run } = layer;
  const options = { canDesegment: layer.canDesegment };
  const ports = [Math.min(run.sourcePort, run.destinationPort), Math.max(run.sourcePort, run.destinationPort)];
  const table = run.flow?.protocol === 'udp' ? 'udp' : 'tcp';
  let inner: Layer | null = null;
  for (const port of ports) inner ??= port > 0 ? layer.tryNext(`${table}.port`, port, options) : null;
  const guessed = inner === null ? run.registry.guess(table, run.peek(layer as unknown as Layer, layer.cursor)) : undefined;
  if (inner === null) inner = guessed === undefined ? layer.data() : layer.call(guessed.id, options);
  if (inner !== null && inner.need !== null) layer.need = inner.need;
}
