/** Tables: how many columns, what they are, and rows as text or in binary (MySQL Internals Manual §14.6.4, §14.7.2). */
import { readU8 } from '../../../bytes/reader.ts';
import { takeRest } from './fields.ts';
import type { MysqlLayer } from './fields.ts';
import { EXTENDED_NO_EOF, addColumn, columnAt } from './session.ts';
import type { Session } from './session.ts';
import { takeBinary, takeLabelled, takeNumber } from './values.ts';

const UNSIGNED = 0x20;

/** How many columns follow; none where the server asks for a file. */
export function takeTableHead(layer: MysqlLayer, session: Session): void {
  layer.infoAppend(() => 'TABULAR ');
  layer.summary(() => 'number of columns');
  layer.infoFence();
  const count = takeNumber(layer, 'num_fields');
  if (layer.reportedLeft > 0) takeNumber(layer, 'extra');
  takeRest(layer);
  session.columns = '';
  session.fieldsLeft = count;
  session.state = count > 0 ? 'field' : 'row';
}

const NAMES = [
  ['field.catalog', 'Catalog'], ['field.db', 'Database'], ['field.table', 'Table'], ['field.org_table', 'Original table'], ['field.name', 'Name'], ['field.org_name', 'Original name'],
] as const;

/** One column, or one parameter of a prepared statement. */
export function takeField(layer: MysqlLayer, session: Session): void {
  layer.summary(() => (session.state === 'preparedParameters' ? 'parameter' : 'column'));
  for (const [key, title] of NAMES) takeLabelled(layer, key, title);
  layer.skip(1);
  layer.take('field.charsetnr');
  layer.take('field.length');
  const type = layer.take('field.type');
  const flags = layer.takeFlags('field.flags');
  layer.take('field.decimals');
  layer.skip(2);
  if (layer.broken) return;
  if (layer.reportedLeft > 0 && session.state === 'showFields') takeLabelled(layer, 'field.default', 'Default');
  takeRest(layer);
  if (session.state === 'field') addColumn(session, { type, isUnsigned: (flags & UNSIGNED) !== 0 });
  if ((session.extendedCaps & EXTENDED_NO_EOF) !== 0) countField(session);
}

/** Without EOF packets fields end by their number. */
function countField(session: Session): void {
  session.fieldsLeft -= 1;
  if (session.fieldsLeft > 0) return;
  if (session.state === 'field') session.state = 'row';
  else if (session.state === 'preparedFields') session.state = 'request';
  else if (session.state === 'preparedParameters') {
    session.fieldsLeft = session.preparedFields;
    session.state = session.preparedFields > 0 ? 'preparedFields' : 'request';
  }
}

export function takeTextRow(layer: MysqlLayer): void {
  layer.summary(() => 'row');
  layer.each(() => takeLabelled(layer, 'row.text', 'text'));
}

/** The first two bits of a row's NULL bits are not used. */
const NULL_OFFSET = 2;

/** Behind the zero that every such row begins with. */
export function takeBinaryRow(layer: MysqlLayer, session: Session): void {
  layer.summary(() => 'row');
  const count = session.columns.length;
  const bitsAt = layer.cursor;
  layer.take('row.nullbuffer', Math.floor((count + 7 + NULL_OFFSET) / 8));
  for (let index = 0; index < count && !layer.broken; index += 1) {
    const { type, isUnsigned } = columnAt(session, index);
    const bit = index + NULL_OFFSET;
    if ((readU8(layer.bytes, bitsAt + (bit >> 3)) & (1 << (bit & 7))) !== 0) layer.put('exec.field.null', 0, layer.cursor, 0);
    else if (!takeBinary(layer, type, isUnsigned)) break;
  }
  takeRest(layer);
}

