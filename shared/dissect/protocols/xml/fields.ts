/** The fields of XML, and the layer type that the parts of its dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { vocabularyFields } from './vocabulary.ts';

const OWN_FIELDS = {
  'xmlpi': { type: 'string', label: 'XMLPI' },
  'xmlpi.xml': { type: 'string', label: 'XML declaration' },
  'xmlpi.xml.version': { type: 'string', label: 'version' },
  'xmlpi.xml.encoding': { type: 'string', label: 'encoding' },
  'xmlpi.xml.standalone': { type: 'string', label: 'standalone' },
  'cdatasection': { type: 'string', label: 'CDATASection' },
  'comment': { type: 'string', label: 'Comment' },
  'attribute': { type: 'string', label: 'Attribute' },
  'doctype': { type: 'string', label: 'Doctype' },
  'dtdtag': { type: 'string', label: 'DTD Tag' },
  'cdata': { type: 'string', label: 'CDATA' },
  'tag': { type: 'string', label: 'Tag' },
  'unknown': { type: 'string', label: 'Unknown' },
  'closing_unopened_tag': { type: 'none', label: 'Closing an unopened tag' },
  'unrecognized_text': { type: 'none', label: 'Unrecognized text' },
} as const satisfies Fields;

export function xmlFields(): typeof OWN_FIELDS {
  return { ...vocabularyFields(), ...OWN_FIELDS };
}

export type XmlLayer = Layer<typeof OWN_FIELDS>;

/** Fields of vocabularies have keys that are made when the program starts. */
export function withVocabularies(layer: XmlLayer): Layer {
  return layer as unknown as Layer;
}
