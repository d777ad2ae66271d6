/** The fields of JSON, and the layer type that the parts of its dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const jsonFields = () => ({
  'array': { type: 'none', label: 'Array' },
  'object': { type: 'none', label: 'Object' },
  'member': { type: 'string', label: 'Member' },
  'key': { type: 'string', label: 'Key' },
  'path': { type: 'string', label: 'Path' },
  'path_with_value': { type: 'string', label: 'Path with value' },
  'member_with_value': { type: 'string', label: 'Member with value' },
  'value.string': { type: 'string', label: 'String value' },
  'value.number': { type: 'string', label: 'Number value' },
  'value.false': { type: 'none', label: 'False value' },
  'value.null': { type: 'none', label: 'Null value' },
  'value.true': { type: 'none', label: 'True value' },
  'value.nan': { type: 'none', label: 'NaN value' },
} as const satisfies Fields);

export type JsonLayer = Layer<ReturnType<typeof jsonFields>>;
