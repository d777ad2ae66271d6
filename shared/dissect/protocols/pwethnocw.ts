/** An Ethernet pseudowire without control word: the frame stands right behind the labels. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

const fields = () => ({
  'plain': { type: 'bool', size: 0, label: 'PW (ethernet)', name: 'pweth', hidden: true },
} as const satisfies Fields);

export const pseudowirePlain = protocol({
  id: 'pwethnocw',
  title: 'Ethernet pseudowire, no control word',
  short: 'Ethernet PW (no CW)',
  spec: 'RFC 4448 §4.2',
  osi: 2,
  fields,
  parse(layer) {
    layer.put('plain', 1, layer.start, 0);
    layer.call('eth');
  },
});
