/** Extensible Markup Language: tags as a tree; elements of some vocabularies have fields of their own (XML 1.0). */
import { protocol } from '../define.ts';
import { xmlFields } from './xml/fields.ts';
import { takeMarkup } from './xml/markup.ts';
import { XML_TYPES } from './xml/media-types.ts';
import { vocabularyOfType } from './xml/vocabulary.ts';

export const xml = protocol({
  id: 'xml',
  title: 'eXtensible Markup Language',
  short: 'XML',
  spec: 'XML 1.0',
  osi: 6,
  claims: [{ table: 'media-type', keys: XML_TYPES }],
  fields: xmlFields,
  parse(layer) {
    const { run } = layer;
    const vocabulary = vocabularyOfType(run.media?.type);
    const name = vocabulary.name.toUpperCase();
    layer.protocolName(run.columns.protocol === '' ? name : `${run.columns.protocol}/${name}`);
    if (run.items) takeMarkup(layer, vocabulary);
  },
});
