/** A session of PPP over Ethernet: 6 bytes between the Ethernet header and PPP. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { headerFields, HEADER_LENGTH, TAG_CREDITS, takeHeader } from './pppoe/header.ts';

const fields = () => ({
  ...headerFields(),
  'tags': { type: 'none', label: 'PPPoE Tags' },
  'tags.credits.fcn': { type: 'u16', label: 'FCN', help: 'Forward credits: how many units of data the other end may send.' },
  'tags.credits.bcn': { type: 'u16', label: 'BCN' },
  'tags.credits': { type: 'bytes', label: 'Credits', name: 'pppoed.tags.credits' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const pppoes = protocol({
  id: 'pppoes',
  title: 'PPP-over-Ethernet Session',
  short: 'PPPoES',
  spec: 'RFC 2516 §4, §6',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x8864] }, { table: 'link', keys: [51] }],
  fields,
  parse(layer) {
    const length = takeHeader(layer, 'PPPoES');
    layer.summary(() => `Payload: ${length} bytes`);
    if (!layer.has(2)) return;
    if (layer.peekU16() === TAG_CREDITS) layer.group('tags', () => credits(layer));
    if (!layer.broken) layer.call('ppp', { length: Math.max(0, layer.start + HEADER_LENGTH + length - layer.cursor) });
  },
});

/** RFC 5578 §5: how much either end may send; stands before the PPP packet. */
function credits(layer: Own): void {
  layer.skip(2);
  const length = layer.peekU16();
  layer.skip(2);
  if (length !== 4) {
    layer.take('tags.credits', length);
    return;
  }
  layer.take('tags.credits.fcn');
  layer.take('tags.credits.bcn');
}
