/** Answers of the server: what they are is told by their first byte and by what was asked. */
import { readU32le } from '../../../bytes/reader.ts';
import { takeEof, takeError, takeOk, takePrepared } from './answers.ts';
import type { MysqlLayer } from './fields.ts';
import { takePayload, takeRest } from './fields.ts';
import { takeAuthSwitch } from './handshake.ts';
import type { Session } from './session.ts';
import { takeBinaryRow, takeField, takeTableHead, takeTextRow } from './tables.ts';

const OK = 0x00;
const EOF = 0xfe;
const ERROR = 0xff;
/** What is as long and begins as an EOF packet is a long number. */
const LONG_NUMBER_BYTES = 9;
/** An EOF packet has no more; a longer one is an OK packet that took its place (WL#7766). */
const EOF_BYTES = 5;

export function takeResponse(layer: MysqlLayer, session: Session): void {
  layer.info(() => 'Response ');
  if (!layer.has(1)) return;
  const code = layer.peekU8();
  if (code === ERROR) {
    layer.take('response_code');
    takeError(layer);
    session.state = 'request';
  } else if (code === EOF && session.state === 'authSwitch') {
    takeEndCode(layer);
    takeAuthSwitch(layer, session);
  } else if (code === EOF && layer.reportedLeft < LONG_NUMBER_BYTES) takeEnd(layer, session);
  else if (code === OK && takeZero(layer, session)) return;
  else takeByState(layer, session);
}

function takeEndCode(layer: MysqlLayer): void {
  layer.at('response_code', layer.cursor);
  layer.take('eof');
}

/** The end of fields or rows. */
function takeEnd(layer: MysqlLayer, session: Session): void {
  const isEof = layer.reportedLeft <= EOF_BYTES;
  takeEndCode(layer);
  if (isEof) takeEof(layer, session);
  else session.state = takeOk(layer, session) ? 'tabular' : 'request';
}

/** An answer that begins with 0; false where that is the length of an empty text. */
function takeZero(layer: MysqlLayer, session: Session): boolean {
  if (session.state === 'row' && !session.isBinary) return false;
  layer.take('response_code');
  if (session.state === 'prepare') takePrepared(layer, session);
  else if (session.state === 'row') takeBinaryRow(layer, session);
  else if (session.state === 'binlog') takeBinlogEvent(layer);
  else session.state = takeOk(layer, session) ? 'tabular' : 'request';
  return true;
}

function takeByState(layer: MysqlLayer, session: Session): void {
  switch (session.state) {
    case 'message':
      layer.take('message', layer.reportedLeft);
      session.state = 'request';
      return;
    case 'tabular':
    case 'request':
      takeTableHead(layer, session);
      return;
    case 'showFields':
    case 'field':
    case 'preparedParameters':
    case 'preparedFields':
      takeField(layer, session);
      return;
    case 'row':
      takeTextRow(layer);
      return;
    case 'authSwitch':
      takeAuthSwitch(layer, session);
      return;
    default:
      takePayload(layer);
      layer.expert('unknown_response', 'warn', 'Undecoded', 'unknown/invalid response');
  }
}

const CHECKSUM_BYTES = 4;

/** An event of the replication log: a head of 19 bytes, its data, and a checksum (§14.9). */
function takeBinlogEvent(layer: MysqlLayer): void {
  layer.info(() => 'Response Binlog Event ');
  if (!layer.has(4)) return;
  layer.put('binlog.event_header.timestamp', { seconds: readU32le(layer.bytes, layer.cursor), nanos: 0 }, layer.cursor, 4);
  layer.skip(4);
  for (const name of ['event_type', 'server_id', 'event_size', 'log_position', 'flags'] as const) layer.take(`binlog.event_header.${name}`);
  const data = layer.reportedLeft - CHECKSUM_BYTES;
  if (layer.broken || data < 0) {
    takeRest(layer);
    return;
  }
  layer.text(() => `Event data (${data} bytes)`, layer.cursor, data);
  layer.skip(data);
  layer.take('binlog.event_checksum');
}
