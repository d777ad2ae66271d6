/** Extensible Markup Language: tags as a tree, without regard to any schema (XML 1.0). */
import { protocol } from '../define.ts';
import { XML_FIELDS } from './xml/fields.ts';
import { takeMarkup } from './xml/markup.ts';
import { XML_TYPES } from './xml/media-types.ts';

export const xml = protocol({
  id: 'xml',
  title: 'eXtensible Markup Language',
  short: 'XML',
  spec: 'XML 1.0',
  osi: 6,
  claims: [{ table: 'media-type', keys: XML_TYPES }],
  fields: XML_FIELDS,
  parse(layer) {
    layer.protocolName(layer.run.columns.protocol === '' ? 'XML' : `${layer.run.columns.protocol}/XML`);
    if (layer.run.items) takeMarkup(layer);
  },
});
