/** A body whose media type nobody here knows. */
import { protocol } from '../define.ts';

export const media = protocol({
  id: 'media',
  title: 'Media Type',
  short: 'Media',
  spec: 'RFC 2046',
  osi: 6,
  fields: () => ({
    type: { type: 'bytes', label: 'Media type' },
  }),
  parse(layer) {
    const type = layer.run.media?.type ?? '';
    const length = layer.left;
    if (type !== '') layer.infoAppend(() => ` (${type})`);
    layer.summary(() => `: ${type} (${length} byte${length === 1 ? '' : 's'})`);
    layer.take('type', length);
    layer.label(() => `Media type: ${type} (${length} byte${length === 1 ? '' : 's'})`);
  },
});
