/** Answers of the server that are no tables: OK, error, EOF, prepared statements, and what the session tracks. */
import { readU16le } from '../../../bytes/reader.ts';
import { takeRest, takeStatus } from './fields.ts';
import type { MysqlKey, MysqlLayer } from './fields.ts';
import { CLIENT_41, EXTENDED_SESSION_TRACK, learnStatement } from './session.ts';
import type { Session } from './session.ts';
import { peekNumber, skipNumber, takeNumber } from './values.ts';

const MORE_RESULTS = 0x0008;
const SESSION_CHANGED = 0x4000;
const HASH = 0x23;

/** Behind the code of an error packet. */
export function takeError(layer: MysqlLayer): void {
  layer.summary(() => 'error');
  const code = layer.take('error_code');
  if (layer.broken) return;
  layer.infoAppend(() => ` Error ${code} `);
  layer.infoFence();
  if (layer.peekU8() === HASH && layer.reportedLeft > 0) {
    layer.skip(1);
    layer.take('sqlstate', 5);
  }
  layer.take('error.message', layer.left);
}

/** Behind the code of an OK packet; gives whether more results follow. */
export function takeOk(layer: MysqlLayer, session: Session): boolean {
  layer.infoAppend(() => ' OK ');
  layer.summary(() => 'OK');
  layer.infoFence();
  takeNumber(layer, 'affected_rows');
  if (Number(peekNumber(layer).value) > 0) takeNumber(layer, 'insert_id');
  else skipNumber(layer);
  let status = 0;
  if (layer.reportedLeft > 0) {
    status = takeStatus(layer);
    if ((session.caps & CLIENT_41) !== 0) layer.take('warnings');
  }
  if ((session.extendedCaps & EXTENDED_SESSION_TRACK) !== 0) takeTracked(layer, status);
  else takeMessage(layer);
  takeRest(layer);
  return (status & MORE_RESULTS) !== 0;
}

/** Text to the end; what holds a zero is none. */
function takeMessage(layer: MysqlLayer): void {
  if (layer.reportedLeft <= 0) return;
  const isText = !layer.bytes.subarray(layer.cursor, layer.end).includes(0);
  layer.take('message', isText ? layer.reportedLeft : 0);
}

// ── session tracking ─────────────────────────────────────────────────────────

function takeTracked(layer: MysqlLayer, status: number): void {
  if (layer.reportedLeft <= 0) return;
  const length = skipNumber(layer);
  if (length > 0) layer.take('message', length);
  if ((status & SESSION_CHANGED) === 0 || layer.reportedLeft <= 0) return;
  layer.group('session_track.data', () => {
    const size = takeNumber(layer, 'session_track.data.length');
    layer.each(() => layer.group('session_track', () => takeTracker(layer)), layer.cursor + size);
  });
}

/** Trackers with one text, by type: the key of its length, and its own. */
const TEXT_TRACKERS: Readonly<Record<number, readonly [length: MysqlKey, text: MysqlKey]>> = {
  1: ['session_track.schema.length', 'session_track.schema'],
  4: ['session_track.transaction_characteristics.length', 'session_track.transaction_characteristics'],
  5: ['session_track.transaction_state.length', 'session_track.transaction_state'],
};

function takeTracker(layer: MysqlLayer): void {
  const type = layer.take('session_track.type');
  const length = takeNumber(layer, 'session_track.length');
  const end = layer.cursor + length;
  const keys = TEXT_TRACKERS[type];
  if (keys !== undefined) layer.take(keys[1], takeNumber(layer, keys[0]));
  else if (type === 0) takeVariable(layer);
  else if (type === 2) layer.take('session_track.state_change', skipNumber(layer));
  else if (type === 3) {
    layer.take('session_track.gtids.encoding');
    layer.take('session_track.gtids', takeNumber(layer, 'session_track.gtids.length'));
  } else {
    layer.take('payload', length);
    layer.expert('dissector_incomplete', 'warn', 'Undecoded', 'Unknown kind of session tracking');
  }
  if (layer.reaches(end)) layer.cursor = end;
}

function takeVariable(layer: MysqlLayer): void {
  layer.take('session_track.sysvar.name', takeNumber(layer, 'session_track.sysvar.length'));
  layer.take('session_track.sysvar.value', takeNumber(layer, 'session_track.sysvar.length'));
}

// ── EOF and prepared statements ──────────────────────────────────────────────

/** Behind the code of an EOF packet, which ends fields or rows. */
export function takeEof(layer: MysqlLayer, session: Session): void {
  layer.summary(() => 'end');
  let status = 0;
  if (layer.reportedLeft > 0) {
    layer.take('warnings');
    status = takeStatus(layer);
  }
  takeRest(layer);
  switch (session.state) {
    case 'field':
      session.state = 'row';
      return;
    case 'row':
      session.state = (status & MORE_RESULTS) !== 0 ? 'tabular' : 'request';
      return;
    case 'preparedParameters':
      session.state = session.preparedFields > 0 ? 'preparedFields' : 'request';
      return;
    default:
      session.state = 'request';
  }
}

/** Behind the code: the statement's number, and how many columns and parameters it has. */
export function takePrepared(layer: MysqlLayer, session: Session): void {
  layer.summary(() => 'prepared statement');
  const id = layer.take('stmt_id');
  if (!layer.has(2)) return;
  const columns = readU16le(layer.bytes, layer.cursor);
  layer.put('num_fields', columns, layer.cursor, 2);
  layer.skip(2);
  const parameters = layer.take('num_params');
  layer.skip(1);
  layer.take('warnings');
  if (layer.broken) return;
  learnStatement(layer, id, parameters);
  session.preparedFields = columns;
  session.fieldsLeft = parameters > 0 ? parameters : columns;
  session.state = parameters > 0 ? 'preparedParameters' : columns > 0 ? 'preparedFields' : 'request';
}
