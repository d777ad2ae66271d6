/** The control word of an Ethernet pseudowire: four bytes before the frame. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

const fields = () => ({
  'cw': { type: 'bool', size: 0, label: 'PW Control Word (ethernet)', name: 'pweth.cw', hidden: true },
  'sequence_number': { type: 'u16', label: 'PW sequence number (ethernet)', name: 'pweth.cw.sequence_number', help: 'Counts the frames, so that the other end notices lost and reordered ones; 0 when it is not used.' },
} as const satisfies Fields);

export const pseudowireControlWord = protocol({
  id: 'pwethcw',
  title: 'PW Ethernet Control Word',
  short: 'Ethernet PW (with CW)',
  spec: 'RFC 4448 §4.6',
  osi: 2,
  fields,
  parse(layer) {
    if (!layer.has(4)) return;
    layer.put('cw', 1, layer.start, 0);
    layer.skip(2);
    const sequence = layer.take('sequence_number');
    layer.summary(() => `Sequence: ${sequence}`);
    layer.call('eth');
  },
});
