/** JavaScript Object Notation (RFC 8259): objects, arrays and values, with the path to each. */
import { utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { putElement } from './json/elements.ts';
import { jsonFields } from './json/fields.ts';
import type { JsonLayer } from './json/fields.ts';
import { endOfText, skipSpace } from './json/scan.ts';

/** Media types that are JSON, as far as Wireshark shows them so. */
const JSON_TYPES: readonly string[] = [
  'application/json', 'application/json-patch+json', 'application/json-rpc', 'application/jsonrequest', 'application/merge-patch+json', 'application/problem+json',
  'application/senml+json', 'application/sensml+json', 'application/dds-web+json', 'application/vnd.oma.lwm2m+json', 'application/x-ndjson',
];

export const json = protocol({
  id: 'json',
  title: 'JavaScript Object Notation',
  short: 'JSON',
  spec: 'RFC 8259',
  osi: 6,
  claims: [{ table: 'media-type', keys: JSON_TYPES }],
  fields: jsonFields,
  parse(layer) {
    const type = layer.run.media?.type ?? '';
    layer.protocolName(layer.run.columns.protocol === '' ? 'JSON' : `${layer.run.columns.protocol}/JSON`);
    layer.infoAppend(() => 'JavaScript Object Notation', ', ');
    if (type !== '') layer.summary(() => `: ${type}`);
    const end = takeTexts(layer);
    layer.headerEnd = end;
    if (end < layer.end) layer.call('data-text-lines', { start: end });
    else if (type !== '') layer.infoAppend(() => `(${type})`, ' ');
  },
});

/** Objects and arrays one after the other; gives where the last ends, with the space behind it. What is no JSON is left. */
function takeTexts(layer: JsonLayer): number {
  const { bytes, end } = layer;
  let done = layer.start;
  while (!layer.run.full) {
    const start = skipSpace(bytes, done, end);
    const after = endOfText(bytes, start, end);
    if (after < 0) return done;
    if (layer.run.items) putElement(layer, start, '', '', (from, to) => utf8(bytes, from, to));
    done = skipSpace(bytes, after, end);
  }
  return done;
}
