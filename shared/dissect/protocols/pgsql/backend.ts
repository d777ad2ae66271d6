/** Messages of the server, by type (PostgreSQL 15 §55.7). */
import type { PgsqlKey, PgsqlLayer } from './fields.ts';
import { learnAuthentication } from './session.ts';
import { takeFormats, takeLengthsAndValues } from './values.ts';
import { takeText, textLength } from './text.ts';

type Reader = (layer: PgsqlLayer) => void;

const CRYPT = 4;
const MD5 = 5;
const GSS_CONTINUE = 8;
const SASL = 10;
const SASL_CONTINUE = 11;
const SASL_FINAL = 12;

function authentication(layer: PgsqlLayer): void {
  const type = layer.take('authtype');
  if (layer.broken) return;
  learnAuthentication(layer, type);
  if (type === CRYPT) layer.take('salt', 2);
  else if (type === MD5) layer.take('salt', 4);
  else if (type === GSS_CONTINUE) layer.take('auth.gssapi_sspi.data', layer.left);
  else if (type === SASL) {
    layer.each(() => {
      if (textLength(layer) !== 1) takeText(layer, 'auth.sasl.mech');
    });
  } else if ((type === SASL_CONTINUE || type === SASL_FINAL) && layer.reportedLeft > 0) layer.take('auth.sasl.data', layer.reportedLeft);
}

function rowDescription(layer: PgsqlLayer): void {
  const count = layer.take('field.count');
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
    layer.inside(() => {
      takeText(layer, 'col.name');
      layer.inside(() => {
        for (const key of ['oid.table', 'col.index', 'oid.type', 'val.length', 'col.typemod', 'format'] as const) takeSized(layer, key);
      });
    });
  }
}

/** Column numbers and lengths take two bytes here, four elsewhere. */
function takeSized(layer: PgsqlLayer, key: 'oid.table' | 'col.index' | 'oid.type' | 'val.length' | 'col.typemod' | 'format'): void {
  if (key === 'col.index') layer.take(key, 2);
  else if (key === 'val.length') {
    if (!layer.has(2)) return;
    layer.put(key, (layer.peekU16() << 16) >> 16, layer.cursor, 2);
    layer.skip(2);
  } else layer.take(key);
}

function parameterDescription(layer: PgsqlLayer): void {
  const count = layer.peekU16();
  if (!layer.has(2)) return;
  layer.group(null, () => {
    layer.skip(2);
    for (let index = 0; index < count && !layer.broken; index += 1) layer.take('oid.type');
  }, () => `Parameters: ${count}`);
}

function dataRow(layer: PgsqlLayer): void {
  const count = layer.take('field.count');
  layer.inside(() => takeLengthsAndValues(layer, count));
}

/** Fields of errors and notices, by their letters (§55.8). */
const REPORT_FIELDS: Readonly<Record<string, PgsqlKey>> = {
  S: 'severity', C: 'code', M: 'message', D: 'detail', H: 'hint', P: 'position', p: 'internal_position', q: 'internal_query', W: 'where', s: 'schema_name', t: 'table_name', c: 'column_name', d: 'type_name',
  n: 'constraint_name', F: 'file', L: 'line', R: 'routine',
};

function report(layer: PgsqlLayer): void {
  layer.each(() => {
    const letter = String.fromCharCode(layer.peekU8());
    if (letter === '\0') return;
    layer.skip(1);
    takeText(layer, REPORT_FIELDS[letter] ?? 'text');
  });
}

function notification(layer: PgsqlLayer): void {
  layer.take('pid');
  takeText(layer, 'condition');
  const length = textLength(layer);
  if (length !== 1) takeText(layer, 'text');
}

function copyResponse(layer: PgsqlLayer): void {
  layer.take('format', 1);
  takeFormats(layer, 'Columns');
}

function functionResult(layer: PgsqlLayer): void {
  const length = layer.take('val.length');
  if (length > 0) layer.take('val.data', length);
}

function negotiation(layer: PgsqlLayer): void {
  layer.take('version_supported_minor');
  const count = layer.take('number_nonsupported_options');
  for (let index = 0; index < count && !layer.broken; index += 1) takeText(layer, 'nonsupported_option');
}

export const BACKEND_READERS: Readonly<Record<string, Reader>> = {
  R: authentication,
  K: (layer) => {
    layer.take('pid');
    layer.take('key');
  },
  S: (layer) => {
    takeText(layer, 'parameter_name');
    takeText(layer, 'parameter_value');
  },
  Z: (layer) => layer.take('status'),
  C: (layer) => takeText(layer, 'tag'),
  T: rowDescription,
  t: parameterDescription,
  D: dataRow,
  E: report,
  N: report,
  A: notification,
  G: copyResponse,
  H: copyResponse,
  V: functionResult,
  v: negotiation,
  d: (layer) => layer.take('copydata', layer.reportedLeft),
};
