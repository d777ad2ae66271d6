/** Bytes that no protocol claims. */
import { protocol } from '../define.ts';

export const data = protocol({
  id: 'data',
  title: 'Data',
  short: 'Data',
  spec: 'Payload that no dissector claims',
  osi: 7,
  claims: [{ table: 'media-type', keys: ['application/octet-stream'] }],
  fields: () => ({
    data: { type: 'bytes', label: 'Data' },
    len: { type: 'u32', label: 'Length', unit: 'bytes' },
  }),
  parse(layer) {
    const length = layer.left;
    layer.summary(() => ` (${length} byte${length === 1 ? '' : 's'})`);
    layer.take('data', length);
    layer.putGenerated('len', length);
    // Only where no protocol said anything, the list says how many bytes there are.
    if (layer.run.text && layer.run.columns.protocol === '') layer.run.columns.protocol = 'Data';
  },
});
